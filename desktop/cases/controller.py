"""Opens records of casework, shows the sources of the fact one stands on, and leads to their passages."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from archive.cases.pages import SubjectPage
from archive.cases.records import Fact
from archive.errors import ArchiveError
from archive.records import Passage
from desktop.cases import actions
from desktop.cases.actions import Shown
from desktop.cases.lines import Line, Shape, fold
from desktop.cases.sources import Weighing
from desktop.cases.view import CaseView
from desktop.session import Session
from index.answers import Query


class CaseController(QObject):
    """Holds which record of casework is shown."""

    passage_wanted = Signal(object)  # Passage: read the document there
    document_wanted = Signal(str)
    subject_wanted = Signal(str)
    search_wanted = Signal(str)  # words that may find what is not recorded yet
    shown = Signal()
    failed = Signal(object)  # ArchiveError

    def __init__(self, session: Session, view: CaseView) -> None:
        super().__init__()
        self._session, self._view = session, view
        self._page: SubjectPage | None = None
        self._shown: Shown | None = None
        self._query: Query | None = None
        self._coming, self._coming_fact = "", ""
        self._unfolded = False
        view.page.fact_reached.connect(self._show_sources)
        view.page.entered.connect(self._enter)

    @property
    def record(self) -> str:
        """The UUID of the record shown, or on its way; empty for none."""
        return self._page.subject.id if self._page else self._coming

    @property
    def fact(self) -> str:
        """The UUID of the fact one stands on; empty for none."""
        line = self._view.page.line()
        return line.fact if line else ""

    @property
    def page(self) -> SubjectPage | None:
        """What is shown of a record; None where none is shown, or figures beside each other."""
        return self._page

    @property
    def line(self) -> Line | None:
        """The line one stands on."""
        return self._view.page.line()

    def fact_shown(self, fact: str) -> Fact | None:
        """A fact as it was when it was shown, whether it stands or was set apart."""
        return self._shown.facts.get(fact) if self._shown else None

    def facts_shown(self) -> tuple[Fact, ...]:
        """Every fact of the page."""
        return tuple(self._shown.facts.values()) if self._shown else ()

    def weighed(self, fact: str) -> Weighing | None:
        """A fact in words."""
        return self._shown.weighed.get(fact) if self._shown else None

    def open(self, record: str, fact: str = "") -> None:
        """Show a record's page, at a fact of it."""
        self._coming, self._coming_fact = record, fact
        actions.open_subject(self._session, record, lambda shown: self._show(shown, fact), self._refuse)

    def open_figures(self, query: Query, fact: str = "") -> None:
        """Show the figures that a query finds beside each other."""
        self._query, self._coming = query, ""
        actions.open_figures(self._session, query, lambda shown: self._show(shown, fact), self.failed.emit)

    def again(self) -> None:
        """Show the same as it is by now; where another record is on its way, that comes as it is by now."""
        if self._coming:
            self.open(self._coming, self._coming_fact)
        elif self._page is not None:
            fact, row = self.fact, self._view.page.currentIndex().row()
            record = self._page.subject.id
            actions.open_subject(self._session, record, lambda shown: self._show(shown, fact, row), self.failed.emit)
        elif self._shown is not None and self._query is not None:
            self.open_figures(self._query, self.fact)

    def close(self) -> None:
        """Show none."""
        self._page = self._shown = None
        self._coming, self._unfolded = "", False
        self._session.reading.drop("subject")

    def repaint(self) -> None:
        """Take the colours of now."""
        self._view.sources.repaint_all()
        self._view.page.viewport().update()

    def _show(self, shown: Shown, fact: str, near: int = -1) -> None:
        if shown.page is None or shown.page.subject.id != self.record:
            self._unfolded = False
        if near < 0 and any(line.fact == fact for line in shown.apart if fact):
            self._unfolded = True  # it was asked for, and not only shown anew
        self._shown, self._page, self._coming = shown, shown.page, ""
        self._view.page.show_lines(self._lines(shown), fact, near)
        self.shown.emit()

    def _refuse(self, error: ArchiveError) -> None:
        self._coming = ""
        self.failed.emit(error)

    def _lines(self, shown: Shown) -> tuple[Line, ...]:
        """The lines of a page with what was set apart, which is folded at first."""
        if not shown.apart:
            return shown.lines
        head = fold(len(shown.apart), unfolded=self._unfolded)
        return (*shown.lines, head, *(shown.apart if self._unfolded else ()))

    def _turn_fold(self) -> None:
        if self._shown is not None:
            self._unfolded = not self._unfolded
            lines = self._lines(self._shown)
            self._view.page.show_lines(lines)
            self._view.page.go_to_line(len(self._shown.lines))
            if self._unfolded:
                self._view.page.show_below()

    def _show_sources(self, fact: str) -> None:
        """The fact, and beside it those that cannot be true together with it: its own side first."""
        if self._shown is None:
            return
        wanted = dict.fromkeys((fact, *self._shown.beside.get(fact, ()))) if fact else ()
        self._view.sources.show_facts([self._shown.weighed[one] for one in wanted if one in self._shown.weighed])

    def _enter(self, line: Line) -> None:
        """Go to the passage of a fact, or to the record a link names."""
        if line.shape is Shape.FOLD:
            self._turn_fold()
            return
        if line.shape is Shape.APART and not line.fact:
            return
        if line.shape is Shape.LINK or not line.fact:
            if self._page and any(cited.id == line.target for cited in self._page.documents):
                self.document_wanted.emit(line.target)
            elif line.target:
                self.subject_wanted.emit(line.target)
            elif line.wanted:
                self.search_wanted.emit(line.wanted)
            return
        weighed = self._shown.weighed.get(line.fact) if self._shown else None
        if weighed and weighed.sources:
            cited = weighed.sources[0]
            anchor = cited.anchor
            if anchor.lost:  # it stands in an older text only, which the pane quotes
                self.document_wanted.emit(cited.source.document)
            else:
                self.passage_wanted.emit(Passage(cited.source.document, anchor.version, anchor.start, anchor.end))
