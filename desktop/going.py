"""Going from record to record: what is opened, where one came from, and back."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from archive.records import Passage
from desktop.cases.controller import CaseController
from desktop.columns import Reader
from desktop.find import lenses
from desktop.find.controller import FindController
from desktop.find.places import FIGURES
from desktop.find.results import Results
from desktop.history import History, Visit
from desktop.read.controller import ReadController
from desktop.translate import tr
from index.answers import Hit, Query
from index.entries import DOCUMENT


class Going(QObject):
    """Opens documents, pages of casework and figures for the query in force, and remembers the way."""

    ways_changed = Signal(bool, bool)  # whether one can go back, and forward

    def __init__(
        self, finding: FindController, results: Results, reader: Reader, reading: ReadController, cases: CaseController
    ) -> None:
        super().__init__()
        self._finding, self._results, self._reader = finding, results, reader
        self._reading, self._cases = reading, cases
        self._history = History()
        self.is_under_way = False
        """Whether one goes back or forward just now."""

    def open_record(self, record: str, at: int = 0, passage: tuple[int, int] | None = None) -> None:
        """Read a document, whether or not it is among the results; marked is what the query finds, or one passage."""
        self._results.mark(record)
        self._reader.show_document()
        self._cases.close()
        self._reading.open(record, self._finding.query, at, passage)
        self._arrive(Visit(self._finding.query, record, at))

    def open_subject(self, record: str, fact: str = "") -> None:
        """Show the page of a record of casework, at a fact of it."""
        self._results.mark(record)
        self._show_casework()
        self._cases.open(record, fact)
        self._arrive(Visit(self._finding.query, record, fact=fact, is_document=False))

    def open_hit(self, hit: Hit) -> None:
        """Open what a hit is of, at its passage."""
        if hit.kind == DOCUMENT:
            self.open_record(hit.id, hit.passage.start)
        else:
            self.open_subject(hit.id)

    def open_noted(self, record: str, at: int) -> None:
        """Read a document where a note stands, with the keyboard in its text."""
        self.open_record(record, at)
        self._reader.read_text()

    def open_fact(self, record: str, fact: str = "") -> None:
        """Show a page, at a fact of it, with the keyboard on it."""
        self.open_subject(record, fact)
        self._reader.read_text()

    def read_passage(self, passage: Passage) -> None:
        """Read the passage a fact rests on; Back leads to the fact."""
        self._history.stay_at(self._cases.fact)
        self.open_record(passage.document, passage.start, (passage.start, passage.end))
        self._reader.read_text()

    def read_nothing(self) -> None:
        """Read nothing."""
        self._results.mark("")
        self._cases.close()
        self._reader.show_document()
        self._reading.close(tr("Choose a record to read it here."))

    def show_figures(self, fact: str = "") -> None:
        """Show the figures found beside each other."""
        self._show_casework()
        self._cases.open_figures(lenses.effective(self._finding.query), fact)

    def show_review(self) -> None:
        """Show what is to be reviewed in place of a record."""
        self._close_document()
        self._cases.close()
        self._reader.show_review()

    def ask(self, query: Query) -> None:
        """A new query was put: among figures, show them beside each other."""
        self._arrive(Visit(query))
        if lenses.place_of(query) == FIGURES and not self.is_under_way:
            self.show_figures()
        elif self._reader.shows_casework and not self._cases.record:
            self.read_nothing()

    def back(self) -> None:
        """Go where one was before."""
        self._visit(self._history.back())

    def forward(self) -> None:
        """Go where one was before one went back."""
        self._visit(self._history.forward())

    def _visit(self, visit: Visit | None) -> None:
        if visit is None:
            return
        self.is_under_way = True
        if visit.query != self._finding.query:
            self._finding.ask(visit.query)
        if visit.record and visit.is_document:
            self.open_record(visit.record, visit.at)
        elif visit.record:
            self.open_fact(visit.record, visit.fact)
        elif lenses.place_of(visit.query) == FIGURES:
            self.show_figures(visit.fact)
            self._reader.read_text()
        else:
            self.read_nothing()
        self.is_under_way = False
        self._say_ways()

    def _arrive(self, visit: Visit) -> None:
        if not self.is_under_way:
            self._history.go(visit)
        self._say_ways()

    def _say_ways(self) -> None:
        self.ways_changed.emit(self._history.can_go_back, self._history.can_go_forward)

    def _show_casework(self) -> None:
        self._close_document()
        self._reader.show_casework()

    def _close_document(self) -> None:
        if self._reading.record:
            self._reading.close("")
