"""A list of hits in rows of one height, which asks its model only about rows that are in view; one may be unfolded."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from desktop.find.hit_row import HitDelegate
from desktop.translate import tr


class HitList(QTableView):
    """A table of one column: unlike QListView it asks the model nothing about rows that are not in view."""

    unfold_wanted = Signal(int)  # the row whose words about what is under it were clicked

    def __init__(self, delegate: HitDelegate | None = None) -> None:
        super().__init__()
        self._delegate = delegate or HitDelegate()
        self._delegate.setParent(self)
        self._open: QPersistentModelIndex | None = None
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self._delegate.height(self.font()))
        self.setAccessibleName(tr("Results"))

    def unfold(self, row: int, beneath: QWidget, height: int) -> None:
        """Show a widget beneath a row, so many pixels high; the list keeps it until it is folded or filled anew."""
        self.fold()
        index = self.model().index(row, 0)
        self._open = QPersistentModelIndex(index)
        self._delegate.open_row = row
        self.verticalHeader().resizeSection(row, self.verticalHeader().defaultSectionSize() + height)
        self.setIndexWidget(index, beneath)
        self.scrollTo(index)

    def fold(self) -> None:
        """Show nothing beneath any row."""
        opened, self._open = self._open, None
        self._delegate.open_row = -1
        if opened is not None and opened.isValid():
            nothing: Any = None  # takes the widget away
            self.setIndexWidget(self.model().index(opened.row(), 0), nothing)
            self.verticalHeader().resizeSection(opened.row(), self.verticalHeader().defaultSectionSize())

    def beneath(self) -> QWidget | None:
        """What is shown beneath a row."""
        opened = self._open
        if opened is None or not opened.isValid():
            return None
        return self.indexWidget(self.model().index(opened.row(), 0))

    def reset(self) -> None:
        """Other hits: what was beneath one of the old ones goes with it."""
        opened, self._open, self._delegate.open_row = self._delegate.open_row, None, -1
        super().reset()
        header = self.verticalHeader()
        if 0 <= opened < header.count():
            header.resizeSection(opened, header.defaultSectionSize())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the words about what is folded under a hit unfolds it."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            place = self._delegate.words_place(self.visualRect(index), index, self.font())
            if place is not None and place.contains(event.position().toPoint()):
                self.unfold_wanted.emit(index.row())

    def changeEvent(self, event: QEvent) -> None:
        """Letters of another size make rows of another height."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_open"):
            self.fold()
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_delegate"):
            self.verticalHeader().setDefaultSectionSize(self._delegate.height(self.font()))
