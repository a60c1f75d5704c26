"""An archive that is open in the window: its key and its two lanes, each with a workspace of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from archive import keys
from archive.keys import ArchiveKey
from desktop.lanes import Lane
from desktop.workspace import Workspace


class Session:
    """The reading lane answers what is on screen and may be interrupted; the writing lane is never."""

    def __init__(self, path: Path, key: ArchiveKey, broken: Callable[[BaseException], None]) -> None:
        self.path, self.key = path, key
        self.name = path.stem
        self.protected = keys.is_protected(path)
        self.reading: Lane[Workspace] = Lane(
            lambda: Workspace(path, key, write=False), interruptible=True, broken=broken
        )
        self.writing: Lane[Workspace] = Lane(
            lambda: Workspace(path, key, write=True), interruptible=False, broken=broken
        )

    def close(self) -> None:
        """Stop what runs, keep what is committed, and close every file."""
        self.reading.close()
        self.writing.close()
