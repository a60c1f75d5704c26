"""Writes a new file outside of any archive: whole or not at all, and never over another."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from archive.connect import translated
from archive.errors import AlreadyExists, EnvironmentFault


def write(destination: Path, chunks: Iterable[bytes]) -> None:
    """Write `chunks` to `destination`. Raises AlreadyExists, EnvironmentFault, and what `chunks` raises."""
    try:
        with translated(destination):
            _write(destination, chunks)
    except OSError as error:  # a folder that is gone by now, a name too long for it
        raise EnvironmentFault(path=str(destination), why=str(error.strerror)) from error


def _write(destination: Path, chunks: Iterable[bytes]) -> None:
    part = destination.with_name(destination.name + ".part")
    if destination.exists() or part.exists():
        raise AlreadyExists(path=str(destination))
    try:
        with part.open("xb") as file:
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, destination)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
