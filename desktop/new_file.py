"""Writes a new file outside of any archive: whole or not at all, and never over another."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from archive.connect import translated
from archive.errors import AlreadyExists


def write(destination: Path, chunks: Iterable[bytes]) -> None:
    """Write `chunks` to `destination`. Raises AlreadyExists, environment faults, and what `chunks` raises."""
    part = destination.with_name(destination.name + ".part")
    if destination.exists() or part.exists():
        raise AlreadyExists(path=str(destination))
    with translated(destination):
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
