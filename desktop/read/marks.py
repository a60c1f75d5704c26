"""How passages are marked in a text: hits, the hit being read, and what the reader highlighted or noted on."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QTextCharFormat

from desktop.theme import Theme


@dataclass(frozen=True, slots=True)
class NoteMark:
    """A passage of the reader's, in code points of the whole text: highlighted, noted on, or both."""

    start: int
    end: int
    highlighted: bool
    noted: bool


def format_of_hit(theme: Theme, *, current: bool) -> QTextCharFormat:
    """That of a hit, or of the one being read."""
    form = QTextCharFormat()
    form.setBackground(theme.current if current else theme.hit)
    form.setForeground(theme.current_text if current else theme.hit_text)
    return form


def format_of_note(mark: NoteMark, theme: Theme) -> QTextCharFormat:
    """A ground for a highlight, a broken line under what a note is on."""
    form = QTextCharFormat()
    if mark.highlighted:
        form.setBackground(theme.highlight)
        form.setForeground(theme.highlight_text)
    if mark.noted:
        form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
        form.setUnderlineColor(theme.note)
    return form
