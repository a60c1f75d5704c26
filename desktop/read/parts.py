"""The parts that the details of a document are set with: headings, and names with what is recorded under them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QLineEdit

from desktop import labels, shown
from desktop.theme import current_theme, scaled

LONG_WORD = 44  # characters; a UUID has 36


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
