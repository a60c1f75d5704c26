"""What only sounds like what was asked for, apart beneath the results: a heading, and its own list on demand."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desktop.find.hit_list import HitList
from desktop.find.hits import Hits
from desktop.translate import tr
from index.answers import Answer

ROWS = 2.5
"""Hits in view; the half one says that there are more."""


class Alike(QWidget):
    """Hidden where nothing sounds alike; folded at first, because it is hardly ever what was sought."""

    chosen = Signal(object)  # Hit
    left = Signal()  # Esc: back to the bar

    def __init__(self) -> None:
        super().__init__()
        self.heading = QToolButton()
        self.heading.setCheckable(True)
        self.heading.setAutoRaise(True)
        self.heading.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.heading.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.heading.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.heading.toggled.connect(self._fold)
        self.hits = Hits(self)
        self.list = HitList()
        self.list.setModel(self.hits)
        self.list.setAccessibleName(tr("Same sound, other characters"))
        self.list.selectionModel().currentChanged.connect(self._moved)
        self.list.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 2, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self.list)
        self.hide()

    def show_hits(self, answer: Answer, total: int, *, unfolded: bool = False) -> None:
        """Say how many records only sound alike, and list them on demand; nothing at all where there are none."""
        self.hits.start(answer)
        self.hits.set_total(total)
        whole = tr("Same sound, other characters: possibly another person ({n})", n=total)
        self.heading.setToolTip(whole)
        self.heading.setAccessibleName(whole)
        self.heading.setText(tr("Same sound, possibly another person ({n})", n=total))  # fits a narrow list
        self.heading.setChecked(unfolded)
        self._fold(unfolded)
        self.setVisible(total > 0)

    def clear(self) -> None:
        """Show none."""
        self.hide()

    def sizeHint(self) -> QSize:
        """As high as its heading, and a few hits where it is unfolded."""
        height = self.heading.sizeHint().height() + 4
        if self.heading.isChecked():
            height += round(min(self.hits.rowCount(), ROWS) * self.list.verticalHeader().defaultSectionSize())
        return QSize(super().sizeHint().width(), height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter opens once more, Esc goes back to the bar."""
        if watched is self.list and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._moved(self.list.currentIndex())
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
        return super().eventFilter(watched, event)

    def _fold(self, unfolded: bool) -> None:
        self.heading.setArrowType(Qt.ArrowType.DownArrow if unfolded else Qt.ArrowType.RightArrow)
        self.list.setVisible(unfolded)
        self.setFixedHeight(self.sizeHint().height())

    def _moved(self, current: QModelIndex) -> None:
        hit = self.hits.hit(current.row()) if current.isValid() else None
        if hit is not None:
            self.chosen.emit(hit)
