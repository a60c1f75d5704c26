"""Has what was accepted recorded, one passage after the other: each may need what the one before has made."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QObject, Signal

from archive.cases.records import Citation
from archive.errors import ArchiveError
from desktop.entry import actions
from desktop.entry.actions import Kept
from desktop.entry.material import Gatherer
from desktop.entry.work import Work
from desktop.session import Session


class Saving(QObject):
    """While a work waits or is on its way, its `saving` says which rows it was given with."""

    answered = Signal(object, object, bool)  # Work, Kept, go on
    failed = Signal(object, object)  # Work, ArchiveError

    def __init__(self, session: Session, gatherer: Gatherer) -> None:
        super().__init__()
        self._session, self._gatherer = session, gatherer
        self._waiting: deque[tuple[Work, Citation, bool]] = deque()

    @property
    def is_busy(self) -> bool:
        """Whether something is on its way."""
        return bool(self._waiting)

    def save(self, work: Work, citation: Citation, go_on: bool) -> None:
        """Have the rows that are accepted by now recorded."""
        work.saving = tuple(work.draft.rows)
        self._waiting.append((work, citation, go_on))
        if len(self._waiting) == 1:
            self._send()

    def _send(self) -> None:
        work, citation, go_on = self._waiting[0]

        def done(kept: Kept) -> None:
            self.answered.emit(work, kept, go_on)
            self._next()

        def failed(error: ArchiveError) -> None:
            work.saving = None
            self.failed.emit(work, error)
            self._next()

        rows = [row for row in work.saving or () if row.accepted]
        abouts = tuple(work.draft.abouts)
        actions.save(self._session, self._gatherer, work.selected, citation, abouts, rows, done, failed)

    def _next(self) -> None:
        self._waiting.popleft()
        if self._waiting:
            self._send()
