"""Asks for one of many records: a line to type into over a list of what fits."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop import shown
from desktop.forms import Form, plain_label
from desktop.review.choices import Choice

MOST = 200
"""Rows listed at once; typing narrows them."""


class ChoiceList(QWidget):
    """The line and the list; Up and Down move in the list while one types."""

    entered = Signal()

    def __init__(self, choices: Sequence[Choice], prompt: str) -> None:
        super().__init__()
        self._choices = tuple(choices)
        self.line = QLineEdit()
        self.line.setPlaceholderText(prompt)
        self.line.setAccessibleName(prompt)
        self.line.textChanged.connect(self._narrow)
        self.line.returnPressed.connect(self.entered)
        self.line.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(prompt)
        self.list.setMinimumHeight(180)
        self.list.itemActivated.connect(lambda _: self.entered.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.line)
        column.addWidget(self.list, 1)
        self.setFocusProxy(self.line)
        self._narrow()

    def chosen(self) -> Choice | None:
        """What is marked in the list."""
        item = self.list.currentItem()
        found = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        return next((choice for choice in self._choices if choice.id == found), None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up, Down and the page keys move in the list."""
        keys = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in keys:
            self.list.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def _narrow(self) -> None:
        """List what holds every word typed, in any order."""
        wanted = self.line.text().casefold().split()
        self.list.clear()
        for choice in self._choices:
            said = f"{choice.words} {choice.lead} {choice.id}".casefold()
            if all(word in said for word in wanted):
                words = shown.line(f"{choice.words}  ·  {choice.lead}" if choice.lead else choice.words)
                item = QListWidgetItem(words)
                item.setData(Qt.ItemDataRole.UserRole, choice.id)
                self.list.addItem(item)
                if self.list.count() >= MOST:
                    break
        self.list.setCurrentRow(0)


class ChooseDialog(Form):
    """One record out of many."""

    chosen = Signal(object)  # Choice

    def __init__(
        self, parent: QWidget, title: str, sentence: str, go_on: str, choices: Sequence[Choice], prompt: str
    ) -> None:
        super().__init__(parent, title, go_on, width=520)
        self.choices = ChoiceList(choices, prompt)
        self.choices.entered.connect(self.submit)
        self.lay_out(plain_label(sentence), self.choices)
        self.go_on.setAutoDefault(False)  # Enter in the line is heard once
        self.choices.setFocus()

    def submit(self) -> None:
        """Choose what is marked."""
        choice = self.choices.chosen()
        if choice is not None:
            self.accept()
            self.chosen.emit(choice)
