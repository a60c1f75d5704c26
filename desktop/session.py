"""An archive that is open in the window: its key and its lanes, each with a workspace of its own."""

from __future__ import annotations

from collections.abc import Callable

from desktop.lanes import Lane
from desktop.notebook.desk import Desk
from desktop.unlocked import Unlocked
from desktop.workspace import Workspace


class Session:
    """The reading lane answers what is on screen and may be interrupted; the others never are.

    The index has a lane apart, so that an import of hours becomes searchable while it runs: the import writes the
    archive's file, the index its own. So have copies, because a film takes minutes to save, and what is recorded by
    hand, which waits for no import. The reader's notebook has its own lane, so that one that does not open hinders
    nothing; what waits there is still kept when the session ends.
    """

    def __init__(self, archive: Unlocked, broken: Callable[[BaseException], None]) -> None:
        path, key = archive.path, archive.key
        self.path, self.key = path, key
        self.name = path.stem
        self.protected, self.writable = archive.protected, archive.writable

        def lane(write: bool, interruptible: bool = False) -> Lane[Workspace]:
            return Lane(
                lambda: Workspace(path, key, write=write, frozen=archive.stripped),
                interruptible=interruptible,
                broken=broken,
            )

        self.reading = lane(write=False, interruptible=True)
        self.writing = lane(write=True)
        self.recording = lane(write=True)
        self.indexing = lane(write=self.writable)
        self.copying = lane(write=False)
        self.notebook: Lane[Desk] = Lane(
            lambda: Desk(path, key, protected=archive.protected),
            interruptible=False,
            broken=broken,
            file="notebook.db",
        )

    def stop(self) -> None:
        """Have everything end that runs, as soon as it may; the notebook keeps what it was given."""
        for lane in self._lanes():
            lane.stop()

    def close(self) -> None:
        """Stop what runs, keep what is committed, and close every file; waits until that is done."""
        self.stop()
        for lane in self._lanes():
            lane.close()
        self.notebook.finish()

    def _lanes(self) -> tuple[Lane[Workspace], ...]:
        return self.reading, self.writing, self.recording, self.indexing, self.copying
