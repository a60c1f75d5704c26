"""Offers the queries of the past under the bar, on Down where nothing is typed, and remembers what led somewhere."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent

from archive.errors import ArchiveError
from desktop.entry.choosing import OfferList
from desktop.entry.offers import Offer
from desktop.find.bar import QueryBar
from desktop.notebook import actions
from desktop.notebook.records import Memory
from desktop.session import Session
from desktop.translate import tr


class PastQueries(QObject):
    """Down and Up walk the list, Enter asks again, Delete forgets, Esc or typing closes it."""

    def __init__(self, session: Session, bar: QueryBar) -> None:
        super().__init__()
        self._session, self._bar = session, bar
        self.memory = Memory((), on=False)
        self.list: OfferList | None = None
        self._last = ""
        bar.line.installEventFilter(self)
        bar.line.textChanged.connect(self.close)

    def show_memory(self, memory: Memory) -> None:
        """What is remembered by now."""
        self.memory = memory
        if self.is_open:
            self._fill(self.list.currentRow() if self.list is not None else 0)

    def remember(self, text: str) -> None:
        """A query led somewhere."""
        text = text.strip()
        if text and text != self._last and self.memory.on:
            self._last = text
            actions.remember(self._session, text, self.show_memory, _say_nothing)

    @property
    def is_open(self) -> bool:
        """Whether the list is shown."""
        return self.list is not None and self.list.isVisible()

    def close(self) -> None:
        """Show no list."""
        if self.list is not None:
            self.list.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the bar that mean something here come first."""
        if event.type() == QEvent.Type.FocusOut:
            self.close()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._press(event)
        return False

    def _press(self, event: QKeyEvent) -> bool:
        key = event.key()
        if not self.is_open:
            if key == Qt.Key.Key_Down and not self._bar.text() and self.memory.past:
                self._open()
                return True
            return False
        if self.list is None:
            return False
        row = self.list.currentRow()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.list.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif key == Qt.Key.Key_Delete:
            actions.forget(self._session, self.memory.past[row], self.show_memory, _say_nothing)
        elif key == Qt.Key.Key_Escape:
            self.close()
        else:
            return False
        return True

    def _open(self) -> None:
        if self.list is None:
            self.list = OfferList(self._bar.window())
            self.list.setAccessibleName(tr("Past searches"))
            self.list.pressed.connect(self._take)
        line = self._bar.line
        self._fill(0)
        place = line.mapTo(self._bar.window(), QPoint(0, line.height() + 1))
        self.list.setGeometry(place.x(), place.y(), min(line.width(), 640), self.list.wanted_height())
        self.list.show()
        self.list.raise_()

    def _fill(self, row: int) -> None:
        if self.list is None:
            return
        if not self.memory.past:
            self.close()
            return
        hint = tr("Del forgets")
        self.list.show_offers(
            [Offer(text, lead="" if at else hint, value=text) for at, text in enumerate(self.memory.past)]
        )
        self.list.setCurrentRow(min(row, len(self.memory.past) - 1))

    def _take(self) -> None:
        if self.list is None:
            return
        text = self.memory.past[max(0, self.list.currentRow())]
        self.close()
        self._bar.line.setText(text)
        self._bar.line.setFocus()


def _say_nothing(error: ArchiveError) -> None:
    """A query that is not remembered is no loss that one must hear of."""
