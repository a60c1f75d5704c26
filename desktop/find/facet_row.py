"""One line of the filters: what it holds and how it is painted."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.theme import current_theme, scaled
from desktop.translate import number

MINUS = 16  # width of the minus at the end of a line, in pixels
ROW = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the tree: a facet's heading (no value), a value, or "all N" (`rest` values more)."""

    field: str
    value: str | None = None
    count: int | None = None
    state: str = ""  # "", "included", "excluded"
    rest: int = 0

    @property
    def place(self) -> tuple[str, str | None, bool]:
        """Which line of the tree this is, whatever its count."""
        return self.field, self.value, self.rest > 0


def minus_area(row: QRect) -> QRect:
    """Where the minus of a row is."""
    return QRect(row.right() - MINUS - 12, row.top(), MINUS + 12, row.height())


class FacetDelegate(QStyledItemDelegate):
    """Paints a value left and its count right; under the mouse or the cursor a minus to leave it out."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        given = index.data(Qt.ItemDataRole.SizeHintRole)
        if isinstance(given, QSize) and given.isValid():
            return given
        row = index.data(ROW)
        height = option.fontMetrics.height()
        heading = isinstance(row, Row) and row.value is None and not row.rest
        return QSize(100, height + (16 if heading else 7))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(ROW)
        if not isinstance(row, Row):
            return
        theme = current_theme()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        font = option.font
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        words = str(index.data(Qt.ItemDataRole.DisplayRole))
        painter.save()
        heading = row.value is None and not row.rest
        if not heading or row.field == "more":
            if focused:
                painter.fillRect(rect, theme.selected)
            elif hovered:
                painter.fillRect(rect, theme.hover)
        inner = rect.adjusted(12, 8 if heading else 0, -12, 0)
        if heading:
            painter.setFont(scaled(font, 0.92, bold=True))
            painter.setPen(theme.muted)
            arrow = ("▾ " if row.state else "▸ ") if row.field == "more" else ""
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, arrow + words)
        else:
            self._paint_value(painter, row, words, inner, font, focused or hovered)
        painter.restore()

    def _paint_value(self, painter: QPainter, row: Row, words: str, inner: QRect, font: QFont, active: bool) -> None:
        theme = current_theme()
        chosen = scaled(font, 1.0, bold=bool(row.state))
        chosen.setStrikeOut(row.state == "excluded")
        painter.setFont(chosen)
        metrics = painter.fontMetrics()
        count = "" if row.count is None else number(row.count)
        colours = {"included": theme.focus, "excluded": theme.warning, "": theme.text}
        painter.setPen(theme.muted if row.rest else colours[row.state])
        left = inner.adjusted(0, 0, -metrics.horizontalAdvance(count) - MINUS, 0)
        shown = ("✓ " if row.state == "included" else "") + words
        shown = metrics.elidedText(shown, Qt.TextElideMode.ElideRight, left.width())
        painter.drawText(left, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.setFont(font)
        painter.setPen(theme.muted)
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(inner.adjusted(0, 0, -MINUS, 0), right, count)
        if active and row.value is not None:
            painter.setPen(theme.text)
            painter.drawText(inner, right, "×" if row.state else "−")
