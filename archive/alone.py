"""The lock of whoever adds to the originals or erases from them: one import, or one withdrawal, at a time."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from archive.connect import translated
from archive.errors import Busy


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock of the archive at a path. Raises Busy, and what the medium says in our errors."""
    with translated(path):
        lock = FileLock(path / "import.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise Busy(path=str(path)) from error
        try:
            yield
        finally:
            lock.release()
