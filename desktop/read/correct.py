"""Asks for corrections of what is recorded about a document."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from archive.records import Document, Metadata
from desktop import labels, shown
from desktop.forms import Form, confidentiality_box, growing_form, level_of, plain_label
from desktop.translate import tr


class CorrectDialog(Form):
    """One line for each field. It stays open until what was typed could be kept."""

    save_wanted = Signal(object, object, bool)  # Metadata, Confidentiality, whether for safety

    def __init__(self, parent: QWidget, document: Document) -> None:
        super().__init__(parent, tr("Correct what is recorded"), tr("Save"), width=560)
        self._metadata = metadata = document.metadata
        recorded = {
            "title": metadata.title,
            "authors": "; ".join(metadata.authors),
            "publisher": metadata.publisher,
            "published": metadata.published,
            "published_words": metadata.published_words,
            "language": metadata.language,
            "countries": " ".join(metadata.countries),
            "type": metadata.type,
            "source_url": metadata.source_url,
        }
        hints = {
            "authors": tr("separated by semicolons"),
            "published": tr("such as 2015, 2015-10, 2015-10-17? or 2014/2016"),
            "published_words": tr("the date as the source words it"),
            "language": tr("a tag such as en, zh-Hans, ug"),
            "countries": tr("two-letter codes such as TH LA"),
            "type": tr("such as article, report, letter"),
        }
        form = growing_form()
        self.lines: dict[str, QLineEdit] = {}
        for name, value in recorded.items():
            line = self.lines[name] = QLineEdit(shown.line(value))
            line.setCursorPosition(0)
            line.setAlignment(Qt.AlignmentFlag.AlignTop)  # centred, Qt lifts taller scripts out of the line
            line.setTextMargins(0, 2, 0, 2)
            line.setPlaceholderText(hints.get(name, ""))
            line.setToolTip(hints.get(name, ""))
            form.addRow(labels.field(name), line)
        self._shown = {name: line.text() for name, line in self.lines.items()}
        self.confidentiality = confidentiality_box(document.confidentiality)
        form.addRow(labels.field("confidentiality"), self.confidentiality)
        self.for_safety = QCheckBox(tr("For safety: what stood there could put somebody in danger"))
        told = tr(
            "The earlier value is then kept nowhere, neither in the history here nor in releases and what they tell of "
            "changes, and this cannot be taken back."
        )
        self.for_safety.setAccessibleDescription(told)
        self.lay_out(form, self.for_safety, plain_label(told))

    def metadata(self) -> Metadata:
        """What is recorded, with what was typed; a line that was left alone keeps even signs it does not show."""
        kept: dict[str, Any] = {}
        for name, line in self.lines.items():
            text = line.text().strip()
            if line.text() == self._shown[name]:
                continue
            if name == "authors":
                kept[name] = tuple(part.strip() for part in text.split(";") if part.strip())
            else:
                kept[name] = tuple(text.replace(",", " ").split()) if name == "countries" else text
        return replace(self._metadata, **kept)

    def refuse(self, problem: str, field: str = "") -> None:
        """Say why it cannot be kept, and go to the field in question; the dialog stays."""
        super().refuse(problem)
        self.go_on.setEnabled(True)
        if field in self.lines:
            self.lines[field].setFocus()
            self.lines[field].selectAll()

    def submit(self) -> None:
        """Ask for it to be kept."""
        self.go_on.setEnabled(False)
        self.save_wanted.emit(self.metadata(), level_of(self.confidentiality), self.for_safety.isChecked())
