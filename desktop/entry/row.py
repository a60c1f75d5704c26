"""Paints a line of the strip: a subject, or a row with its box, field, value and the words of the source."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from archive.cases import fields
from desktop import shown
from desktop.cases import words
from desktop.entry.draft import About, Row
from desktop.theme import Theme, current_theme, scaled
from desktop.translate import tr

LINE = Qt.ItemDataRole.UserRole + 1
SIDE, GAP = 12, 8
WIDEST = 900
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Line:
    """A subject where `row` is None, else one of its rows; without a subject what is not assigned."""

    about: About | None
    row: Row | None


class Zone(Enum):
    """Where in a row something was pressed."""

    BOX = "box"
    FIELD = "field"
    VALUE = "value"
    CROSS = "cross"


@dataclass(frozen=True, slots=True)
class Places:
    """Where the parts of a row stand."""

    box: QRect
    field: QRect
    value: QRect
    cross: QRect


class RowDelegate(QStyledItemDelegate):
    """One line each; what is wrong with a row stands under it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line, two where something is wrong."""
        line = index.data(LINE)
        height = round(QFontMetrics(option.font).height() * (1.5 if line.row else 1.7))
        if line.row and line.row.problem:
            height += QFontMetrics(option.font).height()
        view = self.parent()
        return QSize(view.viewport().width() if isinstance(view, QListView) else 200, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One line."""
        line, theme = index.data(LINE), current_theme()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(option.rect, theme.selected)
            if option.state & QStyle.StateFlag.State_HasFocus:
                rect = option.rect
                painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.focus)
        if line.row is None:
            self._paint_subject(painter, option, line.about, theme)
        else:
            self._paint_row(painter, option, line.row, theme, chosen=chosen)
        painter.restore()

    def zone(self, rect: QRect, point: QPoint, font: QFont) -> Zone:
        """Which part of a row is at a point."""
        places = _places(rect, font)
        if places.box.adjusted(-6, -6, 6, 6).contains(point):
            return Zone.BOX
        if places.cross.adjusted(-6, -6, 6, 6).contains(point):
            return Zone.CROSS
        return Zone.FIELD if point.x() < places.value.left() else Zone.VALUE

    def place(self, rect: QRect, font: QFont, *, whole: bool) -> QRect:
        """Where a row is edited: its value, or field and value."""
        places = _places(rect, font)
        left = places.field.left() if whole else places.value.left()
        height = round(QFontMetrics(font).height() * 1.5)
        return QRect(left - 4, rect.top(), places.value.right() - left + 4, height)

    def _paint_subject(
        self, painter: QPainter, option: QStyleOptionViewItem, about: About | None, theme: Theme
    ) -> None:
        rect = option.rect.adjusted(SIDE, 0, -SIDE, -3)
        painter.setFont(scaled(option.font, 0.95, bold=True))
        painter.setPen(theme.text if about else theme.muted)
        said = f"{words.kind(about.kind)}: {about.label}" if about else tr("Found in the passage, not assigned")
        metrics = painter.fontMetrics()
        width = min(rect.width(), WIDEST)
        bottom = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        painter.drawText(rect, bottom, metrics.elidedText(shown.line(said), Qt.TextElideMode.ElideRight, width))
        painter.fillRect(QRect(rect.left(), option.rect.bottom() - 1, width, 1), theme.line)

    def _paint_row(
        self, painter: QPainter, option: QStyleOptionViewItem, row: Row, theme: Theme, *, chosen: bool
    ) -> None:
        height = round(QFontMetrics(option.font).height() * 1.5)
        top = QRect(option.rect.left(), option.rect.top(), option.rect.width(), height)
        places = _places(top, option.font)
        _paint_box(painter, places.box, theme, accepted=row.accepted)
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(option.font)
        metrics = painter.fontMetrics()
        label = fields.field(row.field).label if row.field else tr("Not assigned")
        painter.setPen(theme.muted)
        painter.drawText(
            places.field, middle, metrics.elidedText(label, Qt.TextElideMode.ElideRight, places.field.width())
        )
        value = shown.line(row.shown) or "…"
        if row.as_of:
            value = tr("{value}, as of {date}", value=value, date=row.as_of)
        if row.uncertain and not row.accepted and not value.endswith("?"):
            value = f"{value} ?"
        painter.setFont(scaled(option.font, 1.0, bold=row.accepted))
        painter.setPen(theme.text)
        metrics = painter.fontMetrics()
        said = metrics.elidedText(value, Qt.TextElideMode.ElideRight, places.value.width())
        painter.drawText(places.value, middle, said)
        quoted = f"“{shown.line(row.words)}”" if row.words and row.words != row.shown else ""
        quoted = "  ·  ".join(part for part in (*beside(row), quoted) if part)
        room = places.value.width() - metrics.horizontalAdvance(said) - 2 * GAP
        if quoted and room > 40:
            painter.setFont(scaled(option.font, 0.9))
            painter.setPen(theme.muted)
            rest = places.value.adjusted(metrics.horizontalAdvance(said) + 2 * GAP, 0, 0, 0)
            quoted = painter.fontMetrics().elidedText(quoted, Qt.TextElideMode.ElideRight, room)
            painter.drawText(rest, middle, quoted)
        if chosen:
            painter.setFont(option.font)
            painter.setPen(theme.muted)
            painter.drawText(places.cross, Qt.AlignmentFlag.AlignCenter, "×")
        if row.problem:
            painter.setFont(scaled(option.font, 0.9))
            painter.setPen(theme.warning)
            under = QRect(places.value.left(), top.bottom() - 2, places.value.width(), option.rect.height() - height)
            said = painter.fontMetrics().elidedText(row.problem, Qt.TextElideMode.ElideRight, under.width())
            painter.drawText(under, middle, said)


def beside(row: Row) -> tuple[str, ...]:
    """What stands beside a value: how the source hedges it, and a note."""
    hedge = tr("hedged: “{hedge}”", hedge=shown.line(row.hedge)) if row.hedge else ""
    note = tr("note: {note}", note=shown.line(row.note)) if row.note else ""
    return tuple(part for part in (hedge, note) if part)


def _paint_box(painter: QPainter, box: QRect, theme: Theme, *, accepted: bool) -> None:
    edge = QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(QPen(theme.focus if accepted else theme.muted, 1.2))
    painter.setBrush(theme.focus if accepted else theme.base)
    painter.drawRoundedRect(edge, 3, 3)
    if accepted:
        painter.setPen(QPen(theme.base, 2))
        x, y, size = edge.left(), edge.top(), edge.width()
        painter.drawPolyline(
            [
                QPoint(round(x + size * 0.22), round(y + size * 0.52)),
                QPoint(round(x + size * 0.43), round(y + size * 0.74)),
                QPoint(round(x + size * 0.8), round(y + size * 0.26)),
            ]
        )


def _places(rect: QRect, font: QFont) -> Places:
    """The parts of the first line of a row."""
    metrics = QFontMetrics(font)
    height = round(metrics.height() * 1.5)
    size = round(metrics.height() * 0.78)
    left = rect.left() + SIDE
    right = min(rect.right() - SIDE, rect.left() + SIDE + WIDEST)
    label = left + size + GAP
    width = min(round((right - label) * 0.34), round(metrics.averageCharWidth() * 30))
    middle = rect.top() + (height - size) // 2
    value = label + width + GAP
    return Places(
        QRect(left, middle, size, size),
        QRect(label, rect.top(), width, height),
        QRect(value, rect.top(), right - size - GAP - value, height),
        QRect(right - size, middle, size, size),
    )
