"""Asks what the words of a column mean: a box of codes beside each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from desktop import shown
from desktop.casework import Choice
from desktop.forms import Form, plain_label
from desktop.incoming.column_grid import Box
from desktop.incoming.columns import Use
from desktop.translate import tr, trn

MOST = 200
"""Words asked for, the most frequent first."""


class MeaningsDialog(Form):
    """The different words of a column, each with what it stands for; one left as it is stays in the table's words."""

    def __init__(self, parent: QWidget, column: str, use: Use, said: Sequence[str], offered: Sequence[Choice]) -> None:
        super().__init__(
            parent, tr("What the words of “{column}” mean", column=shown.line(column)), tr("Take over"), 560
        )
        self._kept = dict(use.synonyms)
        items = [("", tr("As it is")), *((one.value, "    " * one.level + one.words) for one in offered)]
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setColumnStretch(1, 1)
        self.boxes: dict[str, Box] = {}
        for line, word in enumerate(dict.fromkeys(value.casefold() for value in said[:MOST])):
            box = self.boxes[word] = Box(tr("{word} means", word=shown.line(word)))
            box.fill(items, use.synonyms.get(word, ""))
            grid.addWidget(plain_label(shown.line(word)), line, 0)
            grid.addWidget(box, line, 1)
        grid.setRowStretch(len(self.boxes), 1)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setMinimumHeight(300)
        more = len(said) - MOST
        told = trn("{n} more rare word is not listed.", "{n} more rare words are not listed.", more) if more > 0 else ""
        note = plain_label(told)
        note.setVisible(bool(told))
        self.lay_out(area, note)

    def synonyms(self) -> dict[str, str]:
        """The words and their codes."""
        told = {word: box.meant() for word, box in self.boxes.items()}
        return {word: code for word, code in {**self._kept, **told}.items() if code}
