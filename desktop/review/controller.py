"""Brings reviewing into the screen: its commands, the list of what is to be reviewed, and where each thing leads."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from archive.cases.records import Kind
from desktop.cases.controller import CaseController
from desktop.cases.page import PageView
from desktop.cases.view import CaseView
from desktop.commands import Commands
from desktop.read.controller import ReadController
from desktop.review.citing import FORMS, Citing
from desktop.review.dossier import DossierReview
from desktop.review.facts import FactReview
from desktop.review.linking import Linking
from desktop.review.persons import PersonReview
from desktop.review.several import SeveralReview
from desktop.review.todo import TodoController
from desktop.session import Session
from desktop.translate import number, tr
from desktop.work import WorkStrips

WRITING = ("to_review", "correct_many")
Place = Callable[[str], Path | None]


class Review(QObject):
    """Readers see what changes nothing: dossiers and citations."""

    told = Signal(str)
    failed = Signal(object)  # ArchiveError
    changed = Signal()  # the archive holds something else by now
    made = Signal(object)  # Change
    todo_wanted = Signal()  # show the list
    subject_wanted = Signal(str, str)  # record, fact
    document_wanted = Signal(str)

    def __init__(
        self,
        session: Session,
        commands: Commands,
        view: CaseView,
        cases: CaseController,
        reading: ReadController,
        several: SeveralReview,
        strips: WorkStrips,
        place: Place,
        window: QWidget,
    ) -> None:
        """`place` asks where an unprotected file shall lie, without a warning of its own."""
        super().__init__()
        self._commands, self._cases, self._reading = commands, cases, reading
        self.list = PageView()
        self.button = QPushButton()
        self.facts = FactReview(session, view, cases, window)
        self.persons = PersonReview(session, self.facts, window)
        self.todo = TodoController(session, self.list)
        self.linking = Linking(session, window)
        self.dossiers = DossierReview(session, strips, place, window)
        self.citing = Citing(session)
        self.several = several
        self._writable = session.writable
        self._connect()
        self.show_count(0)

    def set_writable(self, writable: bool) -> None:
        """Readers change nothing."""
        self._writable = self.several.writable = writable
        self.facts.set_writable(writable)
        self.button.setVisible(writable)
        for name in WRITING:
            self._commands[name].setEnabled(writable)
            self._commands[name].setVisible(writable)

    def refresh(self) -> None:
        """Count anew what waits."""
        if self._writable:
            self.todo.fetch()

    def show_count(self, count: int) -> None:
        """Say how much waits."""
        words = tr("To review ({n})", n=number(count)) if count else tr("To review")
        self.button.setText(words)
        self.button.setToolTip(tr("Consent that ends, contradictions, passages that moved, persons who may be one"))

    def ask_dossier(self) -> None:
        """Ask about the dossier of the cases that are marked, or of the one whose page is shown."""
        page = self._cases.page
        if self.several.has_marked():
            self.several.of_kind(str(Kind.CASE), self._ask_dossier)
        else:
            self._ask_dossier((page.subject.id,) if page and page.subject.kind is Kind.CASE else ())

    def _ask_dossier(self, cases: tuple[str, ...]) -> None:
        self.dossiers.ask(cases)

    def cite(self, form: str) -> None:
        """Copy the citation of the document that is read, or of the cited work whose page is shown."""
        page = self._cases.page
        if self._reading.document is not None:
            self.citing.copy(self._reading.document.id, form)
        elif page is not None and page.subject.kind is Kind.WORK:
            self.citing.copy(page.subject.id, form)
        else:
            self.told.emit(tr("Open a document to copy its citation."))

    def _connect(self) -> None:
        on = self._commands.on
        on("to_review", self.todo_wanted.emit)
        on("correct_many", self.several.correct)
        on("dossier", self.ask_dossier)
        for form, name in FORMS.items():
            on(name, partial(self.cite, form))
        self.button.clicked.connect(self._commands["to_review"].trigger)
        self.todo.counted.connect(self.show_count)
        self.todo.subject_wanted.connect(self.subject_wanted)
        self.todo.document_wanted.connect(self.document_wanted)
        self.todo.pair_wanted.connect(self.persons.compare)
        self.persons.subject_wanted.connect(lambda record: self.subject_wanted.emit(record, ""))
        for part in (self.facts, self.linking, self.dossiers, self.citing, self.several):
            part.told.connect(self.told)
        for source in (self.facts, self.persons, self.todo, self.linking, self.dossiers, self.citing, self.several):
            source.failed.connect(self.failed)
        self.facts.changed.connect(self._cases.again)
        self.linking.changed.connect(self._reading.details_again)
        for changing in (self.facts, self.linking, self.several):
            changing.made.connect(self.made)
            changing.changed.connect(self.changed)
            changing.changed.connect(self.refresh)
