"""The parts that the details of a document are set with: headings, links, and names with what is recorded."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QLineEdit, QPushButton, QSizePolicy

from desktop import labels, shown, tips
from desktop.theme import current_theme, scaled

LINK_PADDING = 3  # pixels
LONG_WORD = 44  # characters; a UUID has 36


class Link(QPushButton):
    """Words that lead on, as long as there is room for them; all of them stand in the tip."""

    def __init__(self, words: str) -> None:
        self._words = shown.line(words)
        super().__init__()
        self.setFlat(True)
        self.setAutoDefault(True)  # Enter follows it
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setStyleSheet(f"text-align: left; padding: {LINK_PADDING}px; color: {current_theme().focus.name()}")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setToolTip(tips.plain(self._words))
        self.setAccessibleName(self._words)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - 2 * LINK_PADDING - 2
        said = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        self.setText(said.replace("&", "&&"))


def form(rows: list[tuple[str, str]]) -> QGridLayout:
    """Names and what is recorded under them."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 8)
    grid.setHorizontalSpacing(16)
    grid.setColumnStretch(1, 1)
    widest = QFontMetrics(QApplication.font()).horizontalAdvance(labels.field("countries"))
    grid.setColumnMinimumWidth(0, widest)
    theme = current_theme()
    for line, (name, text) in enumerate(rows):
        label, words = plain(name), words_of(text)
        label.setWordWrap(False)
        label.setStyleSheet(f"color: {theme.muted.name()}")
        words.setAccessibleName(shown.line(f"{name}: {text}"))
        grid.addWidget(label, line, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(words, line, 1)
    return grid


def words_of(value: str) -> QLabel | QLineEdit:
    """A label that wraps; a line to be scrolled where a word, such as a hash or an address, is longer than any line."""
    if all(len(word) <= LONG_WORD for word in value.split()):
        label = plain(value)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        return label
    line = QLineEdit(shown.line(value))
    line.setReadOnly(True)
    line.setFrame(False)
    line.setCursorPosition(0)
    line.setAlignment(Qt.AlignmentFlag.AlignTop)  # centred, Qt lifts taller scripts out of the line
    line.setStyleSheet("background: transparent")
    line.setTextMargins(-2, 0, 0, 0)  # Qt keeps two pixels free, and the line would stand out of its column
    return line


def heading(text: str) -> QLabel:
    """A heading over a part."""
    label = plain(text)
    label.setFont(scaled(label.font(), 1.0, bold=True))
    label.setContentsMargins(0, 8, 0, 2)
    return label


def plain(text: str) -> QLabel:
    """Words that wrap and are never taken for markup."""
    label = QLabel(shown.line(text))
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
