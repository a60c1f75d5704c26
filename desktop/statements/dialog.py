"""Asks what goes into a search statement: who signs it off, the kind of file, and whether confidential records do."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from desktop import shown
from desktop.forms import growing_form, plain_label
from desktop.review.asking import Asked
from desktop.statements import printed
from desktop.theme import current_theme
from desktop.translate import tr
from index.answers import Query
from index.statement import CLOSING

FORMS = ((".pdf", "PDF"), (".json", "JSON"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for: the ending of the file's name, who signs it off, and whether confidential records go in."""

    form: str
    signed_by: str
    confidential: bool


class StatementDialog(Asked):
    """Says what the statement is of, and that the file lies open."""

    save_wanted = Signal(object)  # Wanted

    def __init__(self, parent: QWidget, query: Query) -> None:
        super().__init__(parent, tr("Search statement"), tr("Save unprotected…"), width=520)
        self.form = QComboBox()
        for ending, name in FORMS:
            self.form.addItem(name, ending)
        self.signed_by = QLineEdit()
        self.signed_by.setMaxLength(200)
        self.signed_by.setPlaceholderText(tr("the name of a desk or person; may stay empty"))
        self.confidential = QCheckBox(tr("Search confidential records too, and name them"))
        form = growing_form()
        form.addRow(tr("Signed off by"), self.signed_by)
        form.addRow(tr("Kind of file"), self.form)
        self.said_query = plain_label(shown.line(_asked(query)))
        warning = plain_label(
            tr("The file is not protected, and names what was searched for and every record that was found.")
        )
        warning.setStyleSheet(f"color: {current_theme().warning.name()}")
        holds = plain_label(
            tr(
                "It holds the query and how it was understood, the filters, the counts, every hit, and what could not "
                "be searched. {closing}",
                closing=CLOSING,
            )
        )
        self.lay_out(self.said_query, holds, form, self.confidential, warning)
        self.signed_by.setFocus()

    def submit(self) -> None:
        """Ask where to save it."""
        self.save_wanted.emit(Wanted(self.form.currentData(), self.signed_by.text(), self.confidential.isChecked()))


def _asked(query: Query) -> str:
    words = tr("Search for {words}", words=shown.isolated(query.text)) if query.text.strip() else tr("Every record")
    return "  ·  ".join((words, *map(printed.filter_words, query.filters), printed.sort_words(query.sort)))
