"""A link in the lines under the search bar: it looks like one, and Enter follows it as a click does."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton

from desktop.theme import current_theme

INSET = 5
"""Pixels from its left edge to its words: what stands in line with it keeps as many."""


class Link(QPushButton):
    """Words to follow, with the keyboard or the mouse."""

    def __init__(self, words: str = "") -> None:
        super().__init__(words.replace("&", "&&"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.repaint_link()

    def repaint_link(self) -> None:
        """Take the colours of now."""
        theme = current_theme()
        self.setStyleSheet(
            f"QPushButton {{ border: 1px solid transparent; border-radius: 4px; padding: 2px {INSET - 1}px;"
            f" text-align: left; color: {theme.focus.name()}; background: transparent; text-decoration: underline }}"
            f"QPushButton:hover, QPushButton:focus {{ border-color: {theme.focus.name()} }}"
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is a click, as it is everywhere else."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)
