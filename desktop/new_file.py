"""Writes a new file outside of any archive: whole or not at all, and never over another."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from archive.connect import translated
from archive.errors import AlreadyExists, EnvironmentFault, NotSaved
from archive.medium import flush_folder


def write(destination: Path, chunks: Iterable[bytes]) -> None:
    """Write `chunks` to `destination`. Raises AlreadyExists, NotSaved, and what `chunks` raises."""
    path = str(destination)
    try:
        with translated(destination):
            _write(destination, chunks)
    except EnvironmentFault as error:
        if error.facts.get("path") != path:  # where the chunks come from
            raise
        raise NotSaved(path=path, fault=error.code, why=str(error.facts.get("why", ""))) from error
    except OSError as error:  # a folder that is gone by now, a name too long for it
        raise NotSaved(path=path, fault=EnvironmentFault.code, why=str(error.strerror)) from error


def _write(destination: Path, chunks: Iterable[bytes]) -> None:
    if os.path.lexists(destination):
        raise AlreadyExists(path=str(destination))
    nameless = _nameless(destination.parent)
    if nameless is None:
        _write_by_name(destination, chunks)
        return
    with nameless as file:
        _fill(file, chunks)
        try:
            _name(file, destination)
        except FileExistsError as error:
            raise AlreadyExists(path=str(destination)) from error
        except OSError:  # no /proc, a file system without links
            file.seek(0)
            _write_by_name(destination, iter(lambda: file.read(1 << 20), b""))


def _nameless(folder: Path) -> BinaryIO | None:
    """A file that has no name yet, so that nothing is left of it if the program is killed; None where there is none."""
    flag = getattr(os, "O_TMPFILE", None)
    try:
        return os.fdopen(os.open(folder, flag | os.O_RDWR, 0o600), "w+b") if flag else None
    except OSError:  # not on every file system; what else is amiss is said when a name is tried
        return None


def _name(file: BinaryIO, destination: Path) -> None:
    """Give a nameless file its name. Raises FileExistsError where somebody else has it by now."""
    folder = os.open(destination.parent, os.O_RDONLY)
    try:
        os.link(f"/proc/self/fd/{file.fileno()}", destination.name, dst_dir_fd=folder)
    finally:
        os.close(folder)
    flush_folder(destination.parent)


def _write_by_name(destination: Path, chunks: Iterable[bytes]) -> None:
    part = destination.with_name(destination.name + ".part")
    if part.exists():  # of a program that was killed: nobody knows whose it is
        raise AlreadyExists(path=str(part))
    try:
        # for nobody else, as a nameless one is: it may be a secret key
        with open(part, "xb", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
            _fill(file, chunks)
        if os.path.lexists(destination):
            raise AlreadyExists(path=str(destination))
        os.replace(part, destination)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    flush_folder(destination.parent)


def _fill(file: BinaryIO, chunks: Iterable[bytes]) -> None:
    for chunk in chunks:
        file.write(chunk)
    file.flush()
    os.fsync(file.fileno())
