"""Tells whether what opened a release opens the one that takes its place.

A release that an update puts together has the key slots of the one before, byte for byte. A full release has its
publisher's own: they wrap the same key of the line, under a passphrase or for recipients that may be others.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from archive import keys, slots
from archive.layout import home


class Locks(StrEnum):
    """What opens the later release."""

    SAME = "same"
    """Exactly what opened the one before; or neither is protected."""
    OTHER = "other"
    """Slots of its own: nobody can tell whether the same passphrase opens them."""
    NONE = "none"
    """It is not protected, though the one before was."""


def locks(before: Path, after: Path) -> Locks:
    """Compare the key slots of two releases. Raises Damaged (one that is no small file) and environment faults."""
    if not slots.is_protected(after):
        return Locks.NONE if slots.is_protected(before) else Locks.SAME
    return Locks.SAME if _slots(before) == _slots(after) else Locks.OTHER


def _slots(release: Path) -> dict[str, bytes]:
    folder = home(release) / keys.FOLDER
    return {slot.name: slots.read(slot) for slot in sorted(folder.glob("*.age"))}
