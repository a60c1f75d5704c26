"""Asks for a note: what was heard in a call, told by a witness or seen."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from archive.notes import Note
from archive.records import Confidentiality
from desktop import labels
from desktop.forms import Form, confidentiality_box, growing_form, level_of
from desktop.translate import tr


class NoteDialog(Form):
    """It stays open, with all that was typed, until the note could be kept."""

    save_wanted = Signal(object)  # Note

    def __init__(self, parent: QWidget, language: str) -> None:
        super().__init__(parent, tr("New note"), tr("Save"), width=560)
        self.lines = {
            "title": QLineEdit(),
            "published": QLineEdit(date.today().isoformat()),
            "told_by": QLineEdit(),
            "language": QLineEdit(language),
        }
        self.lines["title"].setPlaceholderText(tr("such as: call with a relative; testimony; observation"))
        self.lines["published"].setToolTip(tr("such as 2015, 2015-10, 2015-10-17? or 2014/2016"))
        self.lines["told_by"].setPlaceholderText(tr("may stay empty"))
        self.lines["language"].setToolTip(tr("a tag such as en, zh-Hans, ug"))
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(tr("What was said or seen"))
        self.text.setMinimumHeight(180)
        self.confidentiality = confidentiality_box(Confidentiality.CONFIDENTIAL)
        form = growing_form()
        form.addRow(labels.field("title"), self.lines["title"])
        form.addRow(tr("Date"), self.lines["published"])
        form.addRow(tr("Spoken to"), self.lines["told_by"])
        form.addRow(labels.field("language"), self.lines["language"])
        form.addRow(tr("Text"), self.text)
        form.addRow(labels.field("confidentiality"), self.confidentiality)
        self.lay_out(form)

    def note(self) -> Note:
        """What was typed."""
        words = {name: line.text().strip() for name, line in self.lines.items()}
        return Note(
            words["title"],
            self.text.toPlainText(),
            words["published"],
            words["told_by"],
            words["language"],
            level_of(self.confidentiality),
        )

    def refuse(self, problem: str, field: str = "") -> None:
        """Say why it cannot be kept, and go to the field in question; the dialog stays."""
        super().refuse(problem)
        self.go_on.setEnabled(True)
        part: QWidget | None = self.text if field == "text" else self.lines.get(field)
        if part is not None:
            part.setFocus()

    def submit(self) -> None:
        """Ask for it to be kept; what is missing is said here."""
        note = self.note()
        if not note.title or not note.text.strip():
            missing = "title" if not note.title else "text"
            self.refuse(tr("A note wants a title.") if missing == "title" else tr("A note wants a text."), missing)
            return
        self.go_on.setEnabled(False)
        self.save_wanted.emit(note)
