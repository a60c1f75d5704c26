"""Opens records of casework, shows the sources of the fact one stands on, and leads to their passages."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from archive.cases.pages import SubjectPage
from archive.records import Passage
from desktop.cases import actions
from desktop.cases.actions import Shown
from desktop.cases.lines import Line, Shape
from desktop.cases.sources import Weighing
from desktop.cases.view import CaseView
from desktop.session import Session


class CaseController(QObject):
    """Holds which record of casework is shown."""

    passage_wanted = Signal(object)  # Passage: read the document there
    document_wanted = Signal(str)
    subject_wanted = Signal(str)
    shown = Signal(object)  # SubjectPage
    failed = Signal(object)  # ArchiveError

    def __init__(self, session: Session, view: CaseView) -> None:
        super().__init__()
        self._session, self._view = session, view
        self._page: SubjectPage | None = None
        self._weighed: dict[str, Weighing] = {}
        view.page.fact_reached.connect(self._show_sources)
        view.page.entered.connect(self._enter)

    @property
    def record(self) -> str:
        """The UUID of the record shown; empty for none."""
        return self._page.subject.id if self._page else ""

    @property
    def fact(self) -> str:
        """The UUID of the fact one stands on; empty for none."""
        line = self._view.page.line()
        return line.fact if line else ""

    def open(self, record: str, fact: str = "") -> None:
        """Show a record's page, at a fact of it."""
        actions.open_subject(self._session, record, lambda shown: self._show(shown, fact), self.failed.emit)

    def again(self) -> None:
        """Show the same record as it is by now."""
        if self._page is not None:
            self.open(self._page.subject.id, self.fact)

    def close(self) -> None:
        """Show none."""
        self._page = None
        self._session.reading.drop("subject")

    def repaint(self) -> None:
        """Take the colours of now."""
        self._view.sources.repaint_all()
        self._view.page.viewport().update()

    def _show(self, shown: Shown, fact: str) -> None:
        self._page = shown.page
        self._weighed = {one.fact: one for one in shown.weighed}
        self._view.page.show_lines(shown.lines, fact)
        self.shown.emit(shown.page)

    def _show_sources(self, fact: str) -> None:
        self._view.sources.show_facts([self._weighed[one] for one in self._beside(fact) if one in self._weighed])

    def _beside(self, fact: str) -> Sequence[str]:
        """The fact, and those it is contradicted by: its own side first."""
        if not fact or self._page is None:
            return ()
        opposed = [one.facts for one in self._page.contradictions if fact in one.facts and len(one.facts) > 1]
        return tuple(dict.fromkeys((fact, *(other for facts in opposed for other in facts))))

    def _enter(self, line: Line) -> None:
        """Go to the passage of a fact, or to the record a link names."""
        if line.shape is Shape.LINK or not line.fact:
            if self._page and any(cited.id == line.target for cited in self._page.documents):
                self.document_wanted.emit(line.target)
            elif line.target:
                self.subject_wanted.emit(line.target)
            return
        weighed = self._weighed.get(line.fact)
        if weighed and weighed.sources:
            cited = weighed.sources[0]
            source, anchor = cited.source, cited.anchor
            version, start, end = anchor.version, anchor.start, anchor.end
            if anchor.lost:
                version, start, end = source.version, source.start, source.end
            self.passage_wanted.emit(Passage(source.document, version, start, end))
