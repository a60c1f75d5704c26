"""A line for each case from its first to its last day, with a mark for each event, below the years they share."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop import shown, tips
from desktop.overview import words
from desktop.overview.shades import shades
from desktop.overview.year_chart import axis
from desktop.read.offsets import is_leftward
from desktop.theme import current_theme
from desktop.translate import tr
from index.overview import Span, YearCount

SPAN = Qt.ItemDataRole.UserRole + 1
LEAST = 3.0
"""Pixels; a case of one day is seen, too."""

Index = QModelIndex | QPersistentModelIndex


class SpanRows(QAbstractListModel):
    """Cases in the order in which they begin."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._spans: tuple[Span, ...] = ()
        self._types: dict[str, str] = {}

    def show_spans(self, spans: tuple[Span, ...], types: dict[str, str]) -> None:
        """Show these instead; `types` says what types of event are called."""
        self.beginResetModel()
        self._spans, self._types = spans, types
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """How many cases are drawn."""
        return 0 if parent.isValid() else len(self._spans)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """SPAN, the name, and what happened when."""
        span = self._spans[index.row()]
        if role == SPAN:
            return span
        if role == Qt.ItemDataRole.DisplayRole:
            return shown.line(span.name)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            told = [tr("{name}, {first} to {last}", name=span.name, first=span.began, last=span.ended)]
            for mark in span.marks:
                what = self._types.get(mark.type) or tr("Event")
                told.append(f"{words.when(mark.earliest, mark.latest)}  {what}")
            return tips.plain("\n".join(told)) if role == Qt.ItemDataRole.ToolTipRole else shown.line(". ".join(told))
        return None


class SpanList(QListView):
    """Up and Down walk the cases, Enter or a double click opens one."""

    entered = Signal(str)  # UUID
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows = SpanRows(self)
        self.years: tuple[YearCount, ...] = ()
        self.setModel(self.rows)
        self.setItemDelegate(SpanDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(tr("Cases from first to last date"))
        self.doubleClicked.connect(lambda index: self.entered.emit(index.data(SPAN).id))

    def show_spans(self, spans: tuple[Span, ...], years: tuple[YearCount, ...], types: dict[str, str]) -> None:
        """Show these cases under these years."""
        self.years = years
        self.rows.show_spans(spans, types)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand on a case, and show on which: Qt takes the first without marking it."""
        super().focusInEvent(event)
        if self.rows.rowCount() and not self.selectionModel().hasSelection():
            self.setCurrentIndex(self.rows.index(max(0, self.currentIndex().row())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; Esc, and Up from the first case, lead back."""
        here = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and here.isValid():
            self.entered.emit(here.data(SPAN).id)
        elif event.key() == Qt.Key.Key_Escape or (event.key() == Qt.Key.Key_Up and here.row() <= 0):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class SpanDelegate(QStyledItemDelegate):
    """Paints the name at the left, the line and its marks under the years."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line of text high."""
        return QSize(100, option.fontMetrics.height() + 8)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One case."""
        view, theme, rect = option.widget, current_theme(), option.rect
        if not isinstance(view, SpanList) or not view.years:
            return
        span: Span = index.data(SPAN)
        across = axis(view.years, view.width(), view.fontMetrics())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.selected)
            if view.hasFocus():
                painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), theme.focus)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.hover)
        painter.setPen(theme.text)
        name = str(index.data(Qt.ItemDataRole.DisplayRole))
        room = round(across.left) - 22
        elided = option.fontMetrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
        side = Qt.AlignmentFlag.AlignRight if is_leftward(name) else Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(12, rect.top(), room, rect.height()), side | Qt.AlignmentFlag.AlignVCenter, elided)
        faint, strong = shades(theme, 2)
        y = rect.center().y() + 0.5
        start, end = across.x(span.first), across.x(span.last)
        painter.setPen(QPen(faint, 4, c=Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(start, y), QPointF(max(end, start + LEAST), y))
        for mark in span.marks:
            first, last = across.x(mark.earliest), across.x(mark.latest)
            if last - first > 8:  # when it was is not known more closely: a stretch, not a point
                painter.setPen(QPen(strong, 4, c=Qt.PenCapStyle.RoundCap))
                painter.drawLine(QPointF(first + 2, y), QPointF(last - 2, y))
            else:
                painter.setPen(QPen(theme.base, 1))
                painter.setBrush(strong)
                painter.drawEllipse(QPointF((first + last) / 2, y), 4.2, 4.2)
        painter.restore()
