"""Deletes a release so that until the last moment it says which one it is: what a crash leaves is known as that."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

from archive.signing import bag

LAST = (bag.INFO, bag.BAGIT)
"""What says which release it is, in the order in which it goes at the end."""


def remove(folder: Path) -> None:
    """Delete a release; the signed lists go last. Raises OSError where something would not go."""
    for path in sorted(folder.iterdir()):
        if path.name in LAST:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, onerror=_insist)
        else:
            path.unlink()
    for name in LAST:
        (folder / name).unlink(missing_ok=True)
    folder.rmdir()


def is_remainder(folder: Path) -> bool:
    """Whether a folder holds nothing but what `remove` deletes last."""
    try:
        return {path.name for path in folder.iterdir()} <= {bag.BAGIT}
    except OSError:
        return False


def _insist(function: Callable[..., object], path: str, error: object) -> None:
    """Windows deletes no file that is marked as read-only, as those copied from a disc are."""
    os.chmod(path, stat.S_IWRITE | stat.S_IREAD)
    function(path)
