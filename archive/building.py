"""A folder that appears whole or not at all: filled under another name beside its place, then renamed."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from archive.connect import translated
from archive.errors import EnvironmentFault

LOCK = "building.lock"  # held as long as somebody fills the folder; the system lets go of it with the process
UNFINISHED = re.compile(r"\..+\.[0-9a-f]{8}\.new")
BAG = r"data|bagit\.txt|bag-info\.txt|(tag)?manifest-sha256\.txt(\.minisig)?"
HOLDS = re.compile(
    rf"keys|{BAG}|{re.escape(LOCK)}|(archive|notebook|originals-\d{{4}})\.db(-wal|-shm|-journal|\.part.*)?"
)
SETTLED = 600  # seconds after which a folder without a held lock is nobody's: lock and folder are not made at once


@contextlib.contextmanager
def building(target: Path, settled: Callable[[], Path] | None = None) -> Iterator[Path]:
    """A folder beside `target` to fill, which takes that name when the block ends; where it raises nothing is left.

    With `settled` the name in the same place is asked for at the end. What a killed program left unfinished in the same
    place goes first. Raises environment faults.
    """
    _collect(target.parent)
    folder = target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}.new")
    make(folder, target, mode=0o700)
    lock = FileLock(folder / LOCK)
    try:
        with translated(target):
            lock.acquire(timeout=0)
        yield folder
        with translated(target):
            if sys.platform == "win32":  # where an open file can be neither removed nor moved
                lock.release()
            (folder / LOCK).unlink(missing_ok=True)
            os.rename(folder, settled() if settled else target)
    except BaseException:
        lock.release()
        shutil.rmtree(folder, ignore_errors=True)
        raise
    lock.release()


def make(folder: Path, wanted_for: Path, *, mode: int = 0o777, parents: bool = False) -> None:
    """Make a folder, with `parents` also those above it, where it may be there already. Raises environment faults,
    which name what it is wanted for: also where the place is gone, is no folder, or the name is too long for it."""
    try:
        with translated(wanted_for):
            folder.mkdir(mode=mode, parents=parents, exist_ok=parents)
    except OSError as error:
        raise EnvironmentFault(path=str(wanted_for), why=str(error.strerror)) from error


def _collect(place: Path) -> None:
    """Remove the folders that nobody is filling any more; what cannot be told or removed stays."""
    if not place.is_dir():
        return
    for folder in place.glob(".*.new"):
        with contextlib.suppress(OSError):
            if UNFINISHED.fullmatch(folder.name) and not folder.is_symlink() and _is_left(folder):
                shutil.rmtree(folder)


def _is_left(folder: Path) -> bool:
    """Whether a folder holds nothing but parts of an archive or release, and no program that fills it is alive."""
    names = [path.name for path in folder.iterdir()]
    if time.time() - folder.stat().st_mtime < SETTLED or not all(map(HOLDS.fullmatch, names)):
        return False
    try:
        with FileLock(folder / LOCK, timeout=0):
            return True
    except Timeout:
        return False
