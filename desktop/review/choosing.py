"""Asks for one of many records: a line to type into over a list of what fits."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop import shown
from desktop.forms import Form, plain_label
from desktop.review.choices import Choice

PAUSE = 60  # ms after a key before what fits is looked up
Seek = Callable[[str, Callable[[Sequence[Choice]], None]], None]
"""Has what holds every word typed looked up, and gives it to whom is named; the newest answer only is needed."""


class ChoiceList(QWidget):
    """The line and the list; Up and Down move in the list while one types. Enter waits for what is looked up."""

    entered = Signal()

    def __init__(self, seek: Seek, prompt: str) -> None:
        super().__init__()
        self._seek = seek
        self._choices: tuple[Choice, ...] = ()
        self._asked = 0
        self._enters = False
        self.is_waiting = False
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._pause.timeout.connect(self._ask)
        self.line = QLineEdit()
        self.line.setPlaceholderText(prompt)
        self.line.setAccessibleName(prompt)
        self.line.textChanged.connect(self._wait)
        self.line.returnPressed.connect(self.enter)
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
        self._ask()

    def chosen(self) -> Choice | None:
        """What is marked in the list."""
        item = self.list.currentItem()
        found = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        return next((choice for choice in self._choices if choice.id == found), None)

    def enter(self) -> None:
        """Take what is marked, once the list is of what is typed: until then it may not be what is meant."""
        if self.is_waiting:
            self._enters = True
        else:
            self.entered.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up, Down and the page keys move in the list."""
        keys = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in keys:
            self.list.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def _wait(self) -> None:
        """Something else is typed: what was looked up for what was there is not wanted any more."""
        self.is_waiting, self._enters = True, False
        self._asked += 1
        self._pause.start()

    def _ask(self) -> None:
        self.is_waiting = True
        asked = self._asked = self._asked + 1
        self._seek(self.line.text(), lambda choices: self._show(choices) if asked == self._asked else None)

    def _show(self, choices: Sequence[Choice]) -> None:
        self.is_waiting = False
        self._choices = tuple(choices)
        self.list.clear()
        for choice in self._choices:
            item = QListWidgetItem(shown.line(f"{choice.words}  ·  {choice.lead}" if choice.lead else choice.words))
            item.setData(Qt.ItemDataRole.UserRole, choice.id)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        if self._enters:
            self._enters = False
            self.entered.emit()


class ChooseDialog(Form):
    """One record out of many."""

    chosen = Signal(object)  # Choice

    def __init__(self, parent: QWidget, title: str, sentence: str, go_on: str, seek: Seek, prompt: str) -> None:
        super().__init__(parent, title, go_on, width=520)
        self.choices = ChoiceList(seek, prompt)
        self.choices.entered.connect(self.submit)
        self.lay_out(plain_label(sentence), self.choices)
        self.go_on.setAutoDefault(False)  # Enter in the line is heard once
        self.choices.setFocus()

    def submit(self) -> None:
        """Choose what is marked."""
        choice = self.choices.chosen()
        if self.choices.is_waiting:
            self.choices.enter()
        elif choice is not None:
            self.accept()
            self.chosen.emit(choice)
