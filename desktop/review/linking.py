"""Asks how a document hangs together with another document or a cited work, and keeps it or takes it away."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from archive.cases.links import Link
from archive.errors import ArchiveError
from desktop import messages
from desktop.actions import NOW
from desktop.forms import growing_form
from desktop.review import actions, words
from desktop.review.asking import Asked
from desktop.review.choices import Choice
from desktop.review.choosing import ChoiceList, Seek
from desktop.review.hanging import Together, others
from desktop.session import Session
from desktop.translate import tr


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

        def kept(_: None) -> None:
            dialog.accept()
            self.changed.emit()

        def refuse(error: ArchiveError) -> None:
            dialog.refuse(messages.sentence(error))

        def save(relation: Link, other: str) -> None:
            actions.keep(self._session, lambda cases: cases.link(document, relation, other), kept, refuse)

        dialog.save_wanted.connect(save)
        dialog.finished.connect(lambda _: self._session.reading.drop("others"))
        dialog.open()

    def remove(self, document: str, link: Together) -> None:
        """Take a link away; one that another document has to this one is taken from there."""
        here, there = (link.other, document) if link.backwards else (document, link.other)

        def gone(_: None) -> None:
            self.told.emit(tr("The link was taken away."))
            self.changed.emit()

        actions.keep(self._session, lambda cases: cases.unlink(here, link.relation, there), gone, self.failed.emit)
