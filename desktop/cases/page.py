"""The page of a subject as one column: a list that Up and Down walk from fact to fact."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.cases.lines import WALKED, Line, Shape
from desktop.read.offsets import is_leftward
from desktop.theme import Theme, current_theme, scaled
from desktop.translate import tr

LINE = Qt.ItemDataRole.UserRole + 1
WIDEST = 760  # pixels at 96 dpi: about ninety letters, names and marks included
SIDE, GAP, STEM = 20, 4, 10
SIZES = {Shape.TITLE: 1.35, Shape.HEADING: 0.9, Shape.EVENT: 1.0, Shape.NOTE: 0.95}
ABOVE = {Shape.TITLE: 12, Shape.HEADING: 18, Shape.EVENT: 12, Shape.WARNING: 8, Shape.FOLD: 16}
BOLD = (Shape.TITLE, Shape.EVENT)

Index = QModelIndex | QPersistentModelIndex


class Lines(QAbstractListModel):
    """The lines of one page."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """How many lines there are."""
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only what can be gone to can be chosen."""
        line = self.lines[index.row()]
        if line.fact or line.target or line.wanted or line.shape is Shape.FOLD:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """LINE, and a sentence for screen readers."""
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = [line.lead, line.text, line.mark, tr("contradicted") if line.contradicted else ""]
            return ". ".join(part for part in said if part)
        return None


class PageView(QListView):
    """Walks facts and links; what is walked to is told at once, Enter goes there."""

    fact_reached = Signal(str)  # its UUID, or empty on what is no fact
    entered = Signal(object)  # Line
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lines = Lines(self)
        self.setModel(self._lines)
        self.noted: frozenset[str] = frozenset()
        """The records that the reader's notebook has a note on, facts of the page among them."""
        self.setItemDelegate(LineDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(tr("Page of the record"))
        self.selectionModel().currentChanged.connect(self._arrive)
        self.activated.connect(lambda index: self.entered.emit(index.data(LINE)))

    def show_lines(self, lines: Sequence[Line], fact: str = "", near: int = -1) -> None:
        """Show a page, at this fact if it has it, else at the first from the row `near` on."""
        self._lines.show_lines(lines)
        rows = [row for row, line in enumerate(lines) if line.fact and line.shape in (Shape.FACT, Shape.APART)]
        there = [row for row in rows if lines[row].fact == fact] + [row for row in rows if row >= near] + rows[-1:]
        wanted = there[0] if there else -1
        if wanted >= 0:
            self.setCurrentIndex(self._lines.index(wanted))
        if not fact:
            self.scrollToTop()
        if wanted < 0:
            self.fact_reached.emit("")

    def show_noted(self, records: frozenset[str]) -> None:
        """Mark these facts as noted on."""
        if records != self.noted:
            self.noted = records
            self.scheduleDelayedItemsLayout()

    def go_to_fact(self, fact: str) -> None:
        """Stand on a fact, where the page has it."""
        for row, line in enumerate(self._lines.lines):
            if line.fact == fact and line.shape is not Shape.WARNING:
                self.setCurrentIndex(self._lines.index(row))
                return

    def line(self) -> Line | None:
        """The line one stands on."""
        found = self.currentIndex().data(LINE)
        return found if isinstance(found, Line) else None

    def show_below(self) -> None:
        """Bring what stands below the line into view, as far as the line stays."""
        self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.PositionAtTop)

    def go_to_line(self, row: int) -> None:
        """Stand on this line."""
        self.setCurrentIndex(self._lines.index(row))

    def lines(self) -> tuple[Line, ...]:
        """Every line shown."""
        return self._lines.lines

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down walk what can be gone to, and scroll where there is nothing further that way."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None:
            row = self._next(self.currentIndex().row(), step)
            if row is None:
                bar = self.verticalScrollBar()
                bar.setValue(bar.minimum() if step < 0 else bar.maximum())
            else:
                self.setCurrentIndex(self._lines.index(row))
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows wrap to the width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def _next(self, row: int, step: int) -> int | None:
        lines = self._lines.lines
        row += step
        while 0 <= row < len(lines):
            if lines[row].shape in WALKED:
                return row
            row += step
        return None

    def _arrive(self, index: Index) -> None:
        line = index.data(LINE)
        self.fact_reached.emit(line.fact if isinstance(line, Line) else "")


class LineDelegate(QStyledItemDelegate):
    """Paints a line: the lead quiet, the text wrapped, the mark quiet at the end; events hang on a vertical line."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the wrapped text."""
        line = index.data(LINE)
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListView) else option.rect.width()
        return QSize(width, self._lay(line, option.font, width)[1])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One line."""
        line, theme, rect = index.data(LINE), current_theme(), option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected) and line.shape in WALKED
        if chosen:
            painter.fillRect(rect, theme.selected)
            if _has_focus(option.widget):
                painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.focus)
        elif option.state & QStyle.StateFlag.State_MouseOver and (line.fact or line.target or line.wanted):
            painter.fillRect(rect, theme.hover)
        layout, _, top, left, lead_width, width = self._lay(line, option.font, rect.width())
        self._paint_stem(painter, theme, rect, line)
        small = scaled(option.font, 0.9)
        x, y = rect.left() + left, rect.top() + top
        if line.lead and lead_width:
            painter.setFont(small if line.shape is not Shape.EVENT else scaled(option.font, 1.0))
            painter.setPen(theme.muted)
            metrics = QFontMetrics(painter.font())
            said = metrics.elidedText(line.lead, Qt.TextElideMode.ElideRight, lead_width - 10)
            painter.drawText(QRect(x, y, lead_width - 10, metrics.lineSpacing() + 2), _TOP_LEFT, said)
        painter.setPen(_colour(theme, line))
        layout.draw(painter, QPointF(x + lead_width, y))
        if line.fact and isinstance(option.widget, PageView) and line.fact in option.widget.noted:
            below = y + layout.boundingRect().bottom() + 1
            painter.setPen(QPen(theme.note, 1.5, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x + lead_width, below), QPointF(x + lead_width + _widest(layout), below))
        if line.mark:
            painter.setFont(small)
            painter.setPen(theme.warning if line.contradicted else theme.muted)
            metrics = QFontMetrics(small)
            mark = f"{line.mark}  ≠" if line.contradicted else line.mark
            end = QRect(x, y, width, metrics.lineSpacing() + 2)
            painter.drawText(end, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, mark)
        if line.shape is Shape.HEADING:
            painter.fillRect(QRect(x, rect.bottom() - 1, width, 1), theme.line)
        painter.restore()

    def _paint_stem(self, painter: QPainter, theme: Theme, rect: QRect, line: Line) -> None:
        if line.shape is not Shape.EVENT and not line.on_line:
            return
        x = rect.left() + SIDE + 4
        painter.setPen(QPen(theme.line, 2))
        top = rect.top() + (ABOVE[Shape.EVENT] + 8 if line.shape is Shape.EVENT else 0)
        painter.drawLine(x, top, x, rect.bottom() + 1)
        if line.shape is Shape.EVENT:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.muted)
            painter.drawEllipse(QPointF(x, top), 4, 4)

    def _lay(self, line: Line, font: QFont, width: int) -> tuple[QTextLayout, int, int, int, int, int]:
        """The text laid out, the height of the row, where the text begins, the room for the lead, the whole width."""
        on_stem = line.shape is Shape.EVENT or line.on_line
        left = SIDE + (STEM + 12 if on_stem else 0)
        room = max(120, min(width, WIDEST) - left - SIDE)
        small = QFontMetrics(scaled(font, 0.9))
        lead = 0
        if line.lead:
            lead = min(round(room * 0.34), 190)
        mark = small.horizontalAdvance(line.mark + "  ≠") + 14 if line.mark else 0
        used = scaled(font, SIZES.get(line.shape, 1.0), bold=line.shape in BOLD)
        layout = _wrapped(line.text, used, max(60, room - lead - mark))
        above = ABOVE.get(line.shape, GAP)
        height = above + max(round(layout.boundingRect().height()), small.lineSpacing()) + GAP + 2
        return layout, height, above, left, lead, room


_TOP_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


def _wrapped(text: str, font: QFont, width: int) -> QTextLayout:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    if is_leftward(text):
        option.setTextDirection(Qt.LayoutDirection.RightToLeft)
    layout.setTextOption(option)
    layout.beginLayout()
    y = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, y))
        y += line.height() * 1.1
    layout.endLayout()
    return layout


def _widest(layout: QTextLayout) -> float:
    return max((layout.lineAt(n).naturalTextWidth() for n in range(layout.lineCount())), default=0.0)


def _colour(theme: Theme, line: Line) -> QColor:
    match line.shape:
        case Shape.WARNING:
            return theme.warning
        case Shape.NOTE | Shape.HEADING | Shape.FOLD | Shape.APART:
            return theme.muted
    return theme.text


def _has_focus(widget: QWidget | None) -> bool:
    return widget is not None and widget.hasFocus()
