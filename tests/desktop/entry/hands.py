"""Hands on the keyboard: keys go where the focus is, and every action is counted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.entry.draft import Row
from desktop.entry.recorder import Recorder
from desktop.screen import ArchiveScreen

Key, Mod = Qt.Key, Qt.KeyboardModifier
NONE, CONTROL, SHIFT, ALT = Mod.NoModifier, Mod.ControlModifier, Mod.ShiftModifier, Mod.AltModifier


class Hands:
    """A key with what is held beside it is one action; so is a word, name or value typed in one go."""

    def __init__(self, qtbot: QtBot, screen: ArchiveScreen) -> None:
        self._qtbot, self.screen = qtbot, screen
        self.actions = 0

    @property
    def recorder(self) -> Recorder:
        return self.screen.entry.recorder

    def press(self, key: Key, held: Mod = NONE) -> None:
        self.actions += 1
        self._qtbot.keyClick(self._focus(), key, held)

    def type(self, text: str) -> None:
        self.actions += 1
        for letter in text:  # the first may open a line, and the rest goes there
            self._qtbot.keyClicks(self._focus(), letter)

    def until(self, fact: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(fact)

    def take(self, text: str) -> None:
        """Type, and take the first offer."""
        self.type(text)
        self.press(Key.Key_Return)

    def accept_all(self) -> None:
        self.press(Key.Key_Return, SHIFT)

    def record(self) -> None:
        """R, and what was recognised stands there."""
        self.press(Key.Key_R)
        self.until(lambda: self.recorder.is_ready)

    def save(self) -> None:
        self.press(Key.Key_Return, CONTROL)
        self.until(lambda: not self.recorder.is_open)

    def save_and_go_on(self) -> None:
        before = self.recorder.draft
        self.press(Key.Key_Return, CONTROL | SHIFT)
        self.until(lambda: self.recorder.is_ready and self.recorder.draft is not before)

    def pin(self, name: str) -> None:
        """Pin a case by its name, a new one where there is none."""
        self.press(Key.Key_K, CONTROL)
        self.until(lambda: type(self._focus()).__name__ == "ChoiceLine")
        self.take(name)

    def unless_told(self, kind: str) -> None:
        """Say what happened, where the passage's own words were not recognised as that."""
        line = self.recorder.strip.rows.current()
        if line is not None and line.row is not None and line.row.field == "event-type" and not line.row.value:
            self.take(kind)

    def rows(self) -> dict[str, Row]:
        """What is in hand, by field; the last of several."""
        draft = self.recorder.draft
        return {row.field: row for row in draft.rows} if draft else {}

    def read(self, word: str) -> None:
        """Find a document by a word in it and go to its text; not counted, for this comes before entering."""
        bar = self.screen.bar.line
        bar.setFocus()
        bar.clear()
        with self._qtbot.waitSignal(self.screen.counted_hits, check_params_cb=lambda query: query.text == word):
            self._qtbot.keyClicks(bar, word)
        with self._qtbot.waitSignal(self.screen.pane.text.hit_reached):
            self._qtbot.keyClick(bar, Key.Key_Return)
        self.screen.pane.text.setFocus()

    def _focus(self) -> QWidget:
        self.until(lambda: QApplication.focusWidget() is not None)
        focused = QApplication.focusWidget()
        assert focused is not None
        return focused
