"""The dialog that says why a record is where it is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from desktop import explaining, shown
from desktop.theme import scaled
from desktop.translate import tr
from index.answers import Hit
from index.explain import Explanation


class WhyDialog(QDialog):
    """A record's title and the sentences about its place; None where it is gone from the index meanwhile."""

    def __init__(self, parent: QWidget, hit: Hit, why: Explanation | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Why is this record here?"))
        self.setMinimumWidth(460)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        title = self._label(shown.line(hit.title.text) or tr("Untitled"))
        title.setFont(scaled(self.font(), 1.1, bold=True))
        column.addWidget(title)
        gone = [tr("It is not searchable any more.")]
        self.sentences = explaining.sentences(why) if why else gone
        for sentence in self.sentences:
            column.addWidget(self._label(shown.line(sentence)))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        column.addStretch()
        column.addWidget(buttons)
        width = self.minimumWidth()
        self.resize(width, column.totalHeightForWidth(width))  # by itself Qt makes room for labels half as wide

    def _label(self, words: str) -> QLabel:
        label = QLabel(words)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label
