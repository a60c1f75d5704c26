"""Asks for what many documents have in common: only the fields that are ticked are given to all of them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from archive.errors import ArchiveError
from archive.records import Confidentiality
from desktop import labels
from desktop.forms import confidentiality_box, level_of, plain_label
from desktop.review.asking import Asked
from desktop.translate import number, tr, trn

FIELDS = ("authors", "publisher", "published", "published_words", "language", "countries", "type", "source_url")
"""What documents may have in common; a title is each one's own."""
CONFIDENTIALITY = "confidentiality"


class CorrectManyDialog(Asked):
    """A tick and a line for each field. Stays open until what was ticked could be kept."""

    save_wanted = Signal(object, object)  # dict of fields of Metadata, Confidentiality or None

    def __init__(self, parent: QWidget, count: int) -> None:
        title = trn("Correct what is recorded for {n} document", "Correct what is recorded for {n} documents", count)
        super().__init__(parent, title, tr("Save for all {n}", n=number(count)), width=560)
        hints = {
            "authors": tr("separated by semicolons"),
            "published": tr("such as 2015, 2015-10, 2015-10-17? or 2014/2016"),
            "published_words": tr("the date as the source words it"),
            "language": tr("a tag such as en, zh-Hans, ug"),
            "countries": tr("two-letter codes such as TH LA"),
            "type": tr("such as article, report, letter"),
        }
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        self.ticks: dict[str, QCheckBox] = {}
        self.lines: dict[str, QLineEdit] = {}
        self.confidentiality = confidentiality_box(Confidentiality.RESTRICTED)
        for at, name in enumerate((*FIELDS, CONFIDENTIALITY)):
            tick = self.ticks[name] = QCheckBox(labels.field(name).replace("&", "&&"))
            tick.setToolTip(tr("Ticked: every one of them gets this value, an empty one included"))
            if name == CONFIDENTIALITY:
                part: QWidget = self.confidentiality
                self.confidentiality.activated.connect(lambda _, tick=tick: tick.setChecked(True))
            else:
                line = self.lines[name] = QLineEdit()
                line.setPlaceholderText(hints.get(name, ""))
                line.setAccessibleName(labels.field(name))
                line.textEdited.connect(lambda _, tick=tick: tick.setChecked(True))
                part = line
            grid.addWidget(tick, at, 0)
            grid.addWidget(part, at, 1)
        said = tr("Only what is ticked is set, the same for every one; the earlier values are kept.")
        self.lay_out(plain_label(said), grid)
        self.ticks[FIELDS[0]].setFocus()

    def changes(self) -> dict[str, Any]:
        """The values of the fields of Metadata that are ticked."""
        chosen: dict[str, Any] = {}
        for name, line in self.lines.items():
            text = line.text().strip()
            if not self.ticks[name].isChecked():
                continue
            if name == "authors":
                chosen[name] = tuple(part.strip() for part in text.split(";") if part.strip())
            elif name == "countries":
                chosen[name] = tuple(text.upper().replace(",", " ").split())
            else:
                chosen[name] = text
        return chosen

    def level(self) -> Confidentiality | None:
        """Who may see them, where that is ticked."""
        return level_of(self.confidentiality) if self.ticks[CONFIDENTIALITY].isChecked() else None

    def refuse_error(self, problem: str, error: ArchiveError) -> None:
        """Say why it cannot be kept, and go to the field in question."""
        self.refuse(problem)
        line = self.lines.get(str(error.facts.get("field", "")))
        if line is not None:
            line.setFocus()
            line.selectAll()

    def submit(self) -> None:
        """Ask for it to be kept."""
        changes, level = self.changes(), self.level()
        if not changes and level is None:
            self.refuse(tr("Tick what is to be set."))
            return
        self.go_on.setEnabled(False)
        self.save_wanted.emit(changes, level)
