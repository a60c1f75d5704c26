"""An archive that is open in the window: its key and its lanes, each with a workspace of its own."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from archive import keys
from archive.keys import ArchiveKey
from desktop.lanes import Lane
from desktop.workspace import Workspace


class Session:
    """The reading lane answers what is on screen and may be interrupted; the two that write are never.

    The index has a lane apart, so that an import of hours becomes searchable while it runs: the import writes the
    archive's file, the index its own.
    """

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
        self.writable = os.access(path, os.W_OK) and os.access(path / "archive.db", os.W_OK)
        self.indexing: Lane[Workspace] = Lane(
            lambda: Workspace(path, key, write=self.writable), interruptible=False, broken=broken
        )

    def close(self) -> None:
        """Stop what runs, keep what is committed, and close every file."""
        lanes = (self.reading, self.writing, self.indexing)
        for lane in lanes:
            lane.stop()
        for lane in lanes:
            lane.close()
