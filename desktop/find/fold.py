"""What lies folded under a hit, unfolded beneath its row: a small list of passages and of documents nearly the same."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QVBoxLayout, QWidget

from desktop import shown
from desktop.find.hit_list import HitList
from desktop.find.hit_row import HitDelegate
from desktop.find.hits import HIT, Hits
from desktop.theme import Theme, current_theme, scaled
from desktop.translate import tr
from index.answers import Answer, Hit, Query, Snippet, Unfolded

ROWS = 6.5
"""Rows in view; the half one says that there are more."""
ABOVE, BETWEEN, INDENT = 4, 10, 28


class Fold(QWidget):
    """Every row is one line: where a passage stands and how it reads, or a document's date and title."""

    chosen = Signal(object)  # Hit
    entered = Signal()  # Enter: read it
    folded = Signal()  # Left or Esc: back to the hit, with nothing beneath it
    passed = Signal(int)  # Up from the first line (-1), Down from the last (1)

    def __init__(self, unfolded: Unfolded) -> None:
        super().__init__()
        self.record = unfolded.record
        self.hits = Hits(self)
        self.hits.start(Answer(Query(""), "", False, (*unfolded.passages, *unfolded.near), 0.0))
        self.list = HitList(UnderDelegate(unfolded.record, len(unfolded.passages)))
        self.list.setModel(self.hits)
        self.list.setAccessibleName(tr("More passages, and documents nearly the same"))
        self.list.selectionModel().currentChanged.connect(self._moved)
        self.list.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(INDENT, 0, INDENT // 2, 6)
        column.addWidget(self.list)
        self.setFocusProxy(self.list)

    def wanted_height(self) -> int:
        """So high are its rows, as far as they are shown at once."""
        rows = min(self.hits.rowCount(), ROWS)
        return round(rows * self.list.verticalHeader().defaultSectionSize()) + 6

    def enter(self) -> None:
        """Go to the first line."""
        self.list.setFocus()
        self.list.setCurrentIndex(self.hits.index(0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter reads; Left, minus and Esc fold; Up and Down lead out."""
        if watched is self.list and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            row, key = self.list.currentIndex().row(), event.key()
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.entered.emit()
            elif key in (Qt.Key.Key_Left, Qt.Key.Key_Minus, Qt.Key.Key_Escape):
                self.folded.emit()
            elif key == Qt.Key.Key_Up and row <= 0:
                self.passed.emit(-1)
            elif key == Qt.Key.Key_Down and row == self.hits.rowCount() - 1:
                self.passed.emit(1)
            else:
                return super().eventFilter(watched, event)
            return True
        return super().eventFilter(watched, event)

    def _moved(self, current: QModelIndex) -> None:
        hit = self.hits.hit(current.row()) if current.isValid() else None
        if hit is not None:
            self.chosen.emit(hit)


class UnderDelegate(HitDelegate):
    """Paints one line of what is folded under the record `record`: first `passages` passages, then documents."""

    def __init__(self, record: str, passages: int) -> None:
        super().__init__()
        self._record, self._passages = record, passages

    def height(self, font: QFont) -> int:
        """The height of any row in this font, in pixels."""
        return 2 * ABOVE + QFontMetrics(font).lineSpacing()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One passage, or one document."""
        theme = current_theme()
        painter.save()
        self._paint_ground(painter, theme, option)
        hit = index.data(HIT)
        if isinstance(hit, Hit):
            inner = option.rect.adjusted(BETWEEN, ABOVE, -BETWEEN, -ABOVE)
            self._paint_line(painter, theme, inner, hit, index.row() < self._passages, option.font)
        painter.restore()

    def _paint_line(
        self, painter: QPainter, theme: Theme, inner: QRect, hit: Hit, is_passage: bool, font: QFont
    ) -> None:
        small = scaled(font, 0.9)
        if is_passage:
            before = tr("page {n}", n=hit.page) if hit.page else ""
        else:
            before = shown.line(hit.date) or tr("no date")
        width = QFontMetrics(small).horizontalAdvance(before)
        painter.setPen(theme.muted)
        painter.setFont(small)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, before)
        painter.setPen(theme.text)
        words = hit.snippet if is_passage else hit.title
        left = inner.adjusted(width + BETWEEN if before else 0, 0, 0, 0)
        untitled = Snippet(tr("No text") if is_passage else tr("Without a title"))
        self._paint_text(painter, theme, left, inner.top(), words if words.text else untitled, font, 1)
