"""What is done with several hits of the list at once: documents corrected together, cases put into one dossier."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from archive.errors import ArchiveError, Cancelled
from archive.records import Confidentiality
from desktop import changes, messages
from desktop.actions import NOW
from desktop.changes import Back, Change
from desktop.find.controller import FindController
from desktop.find.places import CASES
from desktop.find.results import Results, ranges
from desktop.lanes import Errand
from desktop.overview import actions as overview
from desktop.overview.actions import Page
from desktop.overview.controller import OverviewController
from desktop.overview.table import CaseTable
from desktop.review.many import CorrectManyDialog
from desktop.session import Session
from desktop.translate import tr, trn
from desktop.workspace import Workspace
from index.answers import Query
from index.entries import DOCUMENT

PAGE = 500
"""Hits asked for at once."""
Marked = Sequence[tuple[int, int]]
"""The marked rows of the list as ranges: the first, and the one after the last."""


class SeveralReview(QObject):
    """Several hits are marked with Shift, Ctrl or Ctrl+A; with one or none of them all that were found are meant."""

    told = Signal(str)
    failed = Signal(object)  # ArchiveError
    changed = Signal()
    made = Signal(object)  # Change

    def __init__(
        self,
        session: Session,
        results: Results,
        finding: FindController,
        table: CaseTable,
        cases: OverviewController,
        window: QWidget,
    ) -> None:
        """`results` is the list of hits, `table` stands in its place among cases; `cases` knows its order."""
        super().__init__()
        self._session, self._results, self._finding, self._window = session, results, finding, window
        self._table, self._overview = table, cases
        self.writable = session.writable

    def has_marked(self) -> bool:
        """Whether more than one hit is marked."""
        return sum(end - start for start, end in self._marked()) > 1

    def of_kind(self, kind: str, done: Callable[[tuple[str, ...]], None]) -> None:
        """The UUIDs of the records of a kind among those marked, or among all that were found."""
        marked: Marked = self._marked() if self.has_marked() else ((0, -1),)
        if self._is_table():
            self._of_table(marked, done)
            return
        every = [(0, self._results.hits.rowCount())]
        if marked == every:  # with each that is marked, what is folded under it is meant
            marked = ((0, -1),)
        query = self._finding.listed()
        self._session.reading.submit(
            lambda w, errand: records(w, query, kind, marked, errand),
            done,
            self.failed.emit,
            topic="several",
            urgency=NOW,
        )

    def _is_table(self) -> bool:
        return self._finding.place == CASES

    def _marked(self) -> Marked:
        return ranges(self._table) if self._is_table() else self._results.marked()

    def _of_table(self, marked: Marked, done: Callable[[tuple[str, ...]], None]) -> None:
        def take(page: Page) -> None:
            cases = [page.rows[start : len(page.rows) if end < 0 else end] for start, end in marked]
            done(tuple(row.id for some in cases for row in some))

        overview.every_row(self._session, self._overview.listing, take, self.failed.emit)

    def correct(self) -> None:
        """Ask what the documents have in common."""
        if not self.writable:
            return
        if self._is_table():
            self._ask(())
        else:
            self.of_kind(DOCUMENT, self._ask)

    def _ask(self, documents: tuple[str, ...]) -> None:
        if not documents:
            self.told.emit(tr("There is no document among them."))
            return
        dialog = CorrectManyDialog(self._window, len(documents))

        def refuse(error: ArchiveError) -> None:
            dialog.refuse_error(messages.sentence(error), error)

        def save(given: dict[str, Any], level: Confidentiality | None) -> None:
            altered = 0

            def do(workspace: Workspace) -> Back | None:
                nonlocal altered
                corrected = workspace.correct_many(documents, given, level)
                altered = len(corrected)
                return (lambda w: w.take_back(corrected)) if corrected else None

            def kept(change: Change | None) -> None:
                dialog.accept()
                said = trn("{n} document was corrected.", "{n} documents were corrected.", altered)
                if change is None:
                    self.told.emit(said)
                else:
                    self.made.emit(replace(change, sentence=said))
                self.changed.emit()

            changes.make(self._session, "", do, kept, refuse)

        dialog.save_wanted.connect(save)
        dialog.open()


def records(
    workspace: Workspace, query: Query, kind: str, marked: Marked, errand: Errand[Workspace, Any]
) -> tuple[str, ...]:
    """The UUIDs of hits of a kind in these rows of the list; an end of -1 is that of the list, with all that is folded
    in it. Raises Cancelled."""
    found: dict[str, None] = {}
    if (0, -1) in marked:
        query, marked = replace(query, fold=False), ((0, -1),)
    total = workspace.totals(query, ()).listed
    for start, end in marked:
        last = total if end < 0 else min(end, total)
        for at in range(start, last, PAGE):
            if errand.cancelled():
                raise Cancelled()
            hits = workspace.search(replace(query, limit=min(PAGE, last - at), offset=at)).hits
            found.update(dict.fromkeys(hit.id for hit in hits if hit.kind == kind))
    return tuple(found)
