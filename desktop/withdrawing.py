"""The verbs of withdrawing: what would go, taking it out, and making the index anew that still holds its words."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

from archive.alone import alone
from archive.container import Archive
from archive.errors import ArchiveError, EnvironmentFault
from archive.notebook import opening, pending
from archive.notebook.opening import Notebook
from archive.withdrawal import erasing, replacing, tombstones, withdrawal
from archive.withdrawal.erasing import Step
from archive.withdrawal.preview import Preview
from archive.withdrawal.replacing import Instead
from archive.withdrawal.tombstones import Reason
from archive.withdrawal.withdrawal import Withdrawal
from index.purge import purge
from index.sync import Index


class Withdrawals:
    """What a workspace does to take records out. Everything raises ArchiveError for what may go wrong."""

    def __init__(self, archive: Archive, index: Callable[[], Index]) -> None:
        self._archive, self._index = archive, index

    def preview(self, identity: str, *, members: bool = True) -> Preview:
        """What would go with a record. Raises Withdrawn, NoSuchRecord, AmbiguousId."""
        return withdrawal.preview(self._archive.db, identity, members=members)

    def withdraw(
        self,
        seen: Preview,
        reason: Reason,
        note: str = "",
        progress: Step = lambda step, done, total: None,
        instead: Instead | None = None,
    ) -> Withdrawal:
        """Take out what was seen; the index is made anew afterwards by `catch_up` of the workspace. `instead` is
        recorded in the place of a fact.

        Raises ChangedMeanwhile, Busy, InvalidValue, and environment faults; then nothing is changed.
        """
        with self._intended(seen):
            return withdrawal.withdraw(self._archive, seen, reason, note=note, instead=instead, progress=progress)

    def require(self, fact: str, instead: Instead) -> None:
        """Raise InvalidValue where this cannot be recorded in the place of a fact, and NoSuchRecord."""
        replacing.require(self._archive.db, fact, instead)

    def erase(self) -> None:
        """Erase from the archive's files what is noted to be; what is in the way is erased at the next opening."""
        with contextlib.suppress(EnvironmentFault), alone(self._archive.path):
            erasing.finish(self._archive)

    def is_erased(self) -> bool:
        """Whether the archive's own files hold nothing any more of what was taken out of it."""
        return not erasing.pending(self._archive.db)

    @contextlib.contextmanager
    def _intended(self, seen: Preview) -> Iterator[None]:
        """Have the notebook about the archive know the names that it is to be purged of, whatever ends the program
        before that is done; they are forgotten only where the record is still there. A notebook that does not open is
        purged by nobody now, and that is said elsewhere."""
        if not opening.place(self._archive.id).exists():
            yield
            return
        with contextlib.suppress(ArchiveError, OSError), self._notebook() as notebook:
            pending.intend(notebook, seen.id, seen.names)
        try:
            yield
        except ArchiveError:  # nothing went; of anything else the tombstone tells at the next opening
            with contextlib.suppress(ArchiveError, OSError), self._notebook() as notebook:
                if tombstones.find(self._archive.db, seen.id) is None:
                    pending.stays(notebook, seen.id)
            raise

    def _notebook(self) -> Notebook:
        return opening.of_archive(self._archive.key, protected=self._archive.protected)

    def follow(
        self, progress: Callable[[int, int], None] = lambda done, total: None, cancelled: Callable[[], bool] = bool
    ) -> None:
        """Bring the index up to the archive; after a withdrawal make it anew. Raises Cancelled, Busy."""
        if self._archive.mode == "write" and erasing.derived(self._archive.db):
            purge(self._archive, self._index(), progress, cancelled)
            erasing.derived_anew(self._archive.db)
        else:
            self._index().update(progress, cancelled)
