"""The backup: a verified, encrypted copy of an archive, made while it is in use, that appears whole or not at all."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path

from archive import connect, medium, meta, slots
from archive.building import building
from archive.connect import Database, FileSecret, translated, writing
from archive.container import ENDING, Archive, refuse_unsafe
from archive.errors import AlreadyExists, Cancelled, Damaged, Frozen
from archive.verify import Step, check


def backup(
    archive: Archive,
    destination: Path,
    progress: Callable[[Step], None] = lambda step: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Path:
    """Copy `archive` to `destination`, or into it where that is a folder; returns where the copy lies.

    Databases are copied page by page through SQLite, never as files, and the copy is opened and verified in full
    before it gets its name. It opens with the same passphrases. The index is left out: it is built anew.
    Raises Frozen (a release is copied as a folder), AlreadyExists, UnsafePlace, Cancelled, Damaged (the copy does not
    verify) and environment faults; then nothing is left.
    """
    if archive.is_release or archive.is_stripped:
        raise Frozen(path=str(archive.path))
    target = _target(archive, destination)
    with translated(target):
        with building(target) as folder:
            slots.copy(archive.path, folder)
            # The archive first: its records name only originals that are already in the volumes looked for after it.
            _copy(archive.db, folder / "archive.db", archive.key.secret("archive"), progress, cancelled)
            for number in archive.originals.volumes():
                source = archive.originals.database(number)
                name = f"originals-{number:04d}.db"
                _copy(source, folder / name, archive.key.secret("originals", number), progress, cancelled)
            _verify(folder, archive, progress, cancelled)
            flush(folder)
        medium.flush_folder(target.parent)
    return target


def _target(archive: Archive, destination: Path) -> Path:
    target = destination
    if os.path.isdir(destination):  # unlike the path's own method it bears a name that is too long
        name = archive.path.name if archive.path.name.endswith(ENDING) else archive.path.name + ENDING
        target = destination / name
    if os.path.exists(target):
        raise AlreadyExists(path=str(target))
    if archive.path.resolve() in target.resolve().parents:
        raise AlreadyExists(path=str(archive.path))
    refuse_unsafe(target)
    return target


def _copy(
    source: Database,
    path: Path,
    secret: FileSecret,
    progress: Callable[[Step], None],
    cancelled: Callable[[], bool],
) -> None:
    def step(remaining: int, total: int) -> None:
        progress(Step("copy", path.name, (total - remaining) * 4096, total * 4096))
        if cancelled():
            raise Cancelled()

    connect.copy(source, path, secret, step)


def _verify(folder: Path, archive: Archive, progress: Callable[[Step], None], cancelled: Callable[[], bool]) -> None:
    with Archive(folder, archive.key, write=True) as copy:
        with writing(copy.db):
            meta.new_generation(copy.db)
        findings = check(copy, progress, cancelled)
    if findings.faults:
        raise Damaged(path=str(folder), why=findings.faults[0].what)


def flush(folder: Path) -> None:
    """Have the medium hold every file before the copy gets its name: sticks are pulled early."""
    for file in folder.rglob("*"):
        if file.is_file():
            with contextlib.suppress(OSError), file.open("rb+") as handle:
                os.fsync(handle.fileno())
    for place in (*(one for one in folder.rglob("*") if one.is_dir()), folder):
        medium.flush_folder(place)
