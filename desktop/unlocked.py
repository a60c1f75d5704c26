"""An archive whose key is known, and what was seen of its folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from archive import slots
from archive.keys import ArchiveKey
from archive.places import is_writable
from archive.signing import bag
from desktop import trusting


@dataclass(frozen=True, slots=True)
class Unlocked:
    """An archive's folder with its key, and what was seen of the folder on the way; `release` is the folder of the
    release that it is or lies in. `stripped` says that it is a release without what was signed."""

    path: Path
    key: ArchiveKey
    protected: bool
    writable: bool
    release: Path | None = None
    stripped: bool = False


def unlocked(path: Path, key: ArchiveKey) -> Unlocked:
    """Look at the folder of an archive whose key is known; a slow stick takes its time, so not in the window's
    thread."""
    release = bag.around(path)
    stripped = release is None and trusting.is_stripped(path, key)
    writable = not stripped and not bag.is_inside(path) and is_writable(path)
    return Unlocked(path, key, slots.is_protected(path), writable, release, stripped)
