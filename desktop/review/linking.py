"""Asks how a document hangs together with another document or a cited work, and keeps it or takes it away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from archive.cases.links import Link
from archive.errors import ArchiveError
from desktop import changes, messages
from desktop.actions import NOW
from desktop.changes import Back, Change
from desktop.forms import growing_form
from desktop.review import words
from desktop.review.asking import Asked
from desktop.review.choices import Choice
from desktop.review.choosing import ChoiceList, Seek
from desktop.review.hanging import Together, others
from desktop.session import Session
from desktop.translate import tr
from desktop.workspace import Workspace


class LinkDialog(Asked):
    """A relation and a list of titles that narrows as one types."""

    save_wanted = Signal(object, str)  # Link, UUID

    def __init__(self, parent: QWidget, seek: Seek) -> None:
        super().__init__(parent, tr("Hangs together with"), tr("Save"), width=540)
        self.relation = QComboBox()
        for one in Link:
            self.relation.addItem(words.relation(one), str(one))
        self.choices = ChoiceList(seek, tr("Title of a document or work"))
        self.choices.entered.connect(self.submit)
        form = growing_form()
        form.addRow(tr("This document is"), self.relation)
        self.lay_out(form, self.choices)
        self.go_on.setAutoDefault(False)  # Enter in the line is heard once
        self.relation.setFocus()

    def submit(self) -> None:
        """Ask for it to be kept."""
        choice = self.choices.chosen()
        if self.choices.is_waiting:
            self.choices.enter()
        elif choice is None:
            self.refuse(tr("Choose a document or work."))
        elif self.go_on.isEnabled():
            self.go_on.setEnabled(False)
            self.save_wanted.emit(Link(self.relation.currentData()), choice.id)


class Linking(QObject):
    """Links of the document that is read."""

    told = Signal(str)
    failed = Signal(object)  # ArchiveError
    changed = Signal()
    made = Signal(object)  # Change

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__()
        self._session, self._window = session, window

    def add(self, document: str) -> None:
        """Ask what a document hangs together with."""

        def seek(typed: str, take: Callable[[Sequence[Choice]], None]) -> None:
            self._session.reading.submit(
                lambda w, _: others(w, document, typed), take, self.failed.emit, topic="others", urgency=NOW
            )

        dialog = LinkDialog(self._window, seek)

        def kept(change: Change | None) -> None:
            dialog.accept()
            self._keep(change, tr("The two hang together that way already."))

        def refuse(error: ArchiveError) -> None:
            dialog.refuse(messages.sentence(error))

        def save(relation: Link, other: str) -> None:
            changes.make(
                self._session, tr("The link was added."), partial(_link, document, relation, other), kept, refuse
            )

        dialog.save_wanted.connect(save)
        dialog.finished.connect(lambda _: self._session.reading.drop("others"))
        dialog.open()

    def remove(self, document: str, link: Together) -> None:
        """Take a link away; one that another document has to this one is taken from there."""
        here, there = (link.other, document) if link.backwards else (document, link.other)

        changes.make(
            self._session,
            tr("The link was taken away."),
            partial(_unlink, here, link.relation, there),
            lambda change: self._keep(change, tr("The link was taken away before.")),
            self.failed.emit,
        )

    def _keep(self, change: Change | None, otherwise: str) -> None:
        """A link was added or taken away; if not, it is said why."""
        if change is None:
            self.told.emit(otherwise)
        else:
            self.made.emit(change)
        self.changed.emit()


def _link(document: str, relation: Link, other: str, workspace: Workspace) -> Back | None:
    is_new = workspace.cases.link(document, relation, other)
    return (lambda w: w.cases.unlink(document, relation, other)) if is_new else None


def _unlink(document: str, relation: Link, other: str, workspace: Workspace) -> Back | None:
    was_there = workspace.cases.unlink(document, relation, other)
    return (lambda w: w.cases.link(document, relation, other)) if was_there else None
