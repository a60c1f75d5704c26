"""The years of all cases as bars: those under way, and of them those in which something happened that year."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.overview import words
from desktop.overview.axis import Axis
from desktop.overview.shades import shades
from desktop.theme import Theme, current_theme, scaled
from desktop.translate import number, tr
from index.overview import YearCount

GUTTER, WIDEST = 0.32, 27
"""The share of the width that is kept free at the left for names, and its most in letters."""
EDGE = 24
"""Pixels kept free at the right, where a scroll bar may be."""


def axis(years: Sequence[YearCount], width: int, letters: QFontMetrics) -> Axis:
    """The axis that bars and lines of this width share, in the letters of their names."""
    left = min(WIDEST * letters.horizontalAdvance("n"), round(width * GUTTER))
    return Axis(years[0].year, years[-1].year, left, max(20, width - left - EDGE))


class YearChart(QWidget):
    """One bar for each year; a click or Enter takes a year."""

    chosen = Signal(int)
    descended = Signal()  # Down: to what is below
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.stand_alone(False)
        self.setAccessibleName(tr("Cases by year"))
        self._years: tuple[YearCount, ...] = ()
        self._taken: frozenset[int] = frozenset()
        self._cursor: int | None = None
        self._hover: int | None = None

    def show_years(self, years: tuple[YearCount, ...], taken: frozenset[int]) -> None:
        """Show these; `taken` are the years that the query asks for."""
        self._years, self._taken = years, taken
        if self._at(self._cursor) is None:
            self._cursor = None
        self.setAccessibleDescription("; ".join(words.year(one) for one in years if one.under_way))
        self.update()

    def stand_alone(self, alone: bool) -> None:
        """Take all the height there is, or no more than is needed above something else."""
        policy = QSizePolicy.Policy.Expanding if alone else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Expanding, policy)

    @property
    def at(self) -> int | None:
        """The year on which the keyboard stands."""
        return self._cursor

    def bar(self, year: int) -> QRectF:
        """The column of a year, from the top of the chart to the foot of its bars."""
        line = self.fontMetrics().height()
        across = axis(self._years, self.width(), self.fontMetrics())
        return QRectF(across.start(year), line + 4, across.step, self.height() - 2 * line - 10)

    def sizeHint(self) -> QSize:
        """Eight lines of text high."""
        return QSize(320, self.fontMetrics().height() * 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bars over an axis, and above them what is known of the year one stands on, or what the shades mean."""
        theme, painter = current_theme(), QPainter(self)
        painter.fillRect(self.rect(), theme.base)
        if not self._years:
            return
        faint, strong = shades(theme, 2)
        highest = max(one.under_way for one in self._years)
        for one in self._years:
            area = self.bar(one.year)
            gap = 1.0 if area.width() > 4 else 0.0
            for count, colour in ((one.under_way, faint), (one.happened, strong)):
                height = max(2.0, area.height() * count / highest) if count else 0.0
                painter.fillRect(QRectF(area.x() + gap, area.bottom() - height, area.width() - 2 * gap, height), colour)
            if one.year in self._taken:
                painter.fillRect(QRectF(area.x(), area.bottom() + 1, area.width(), 2), theme.text)
            if one.year == self._hover or (one.year == self._cursor and self.hasFocus()):
                painter.fillRect(QRectF(area.x(), area.bottom() + 1, area.width(), 3), theme.focus)
        self._paint_words(painter, theme, highest)

    def _paint_words(self, painter: QPainter, theme: Theme, highest: int) -> None:
        painter.setFont(scaled(self.font(), 0.92))
        metrics = painter.fontMetrics()
        shown = self._at(self._hover) or (self._at(self._cursor) if self.hasFocus() else None)
        head = words.year(shown) if shown else tr("Faint: cases under way. Strong: with an event in that year.")
        painter.setPen(theme.text if shown else theme.muted)
        top = self.rect().adjusted(10, 2, -10, 0)
        painter.drawText(
            top, Qt.AlignmentFlag.AlignTop, metrics.elidedText(head, Qt.TextElideMode.ElideRight, top.width())
        )
        painter.setPen(theme.muted)
        across, foot = axis(self._years, self.width(), self.fontMetrics()), self.bar(self._years[0].year).bottom() + 4
        widest = metrics.horizontalAdvance("0000") + 10
        for year in across.labelled(widest):
            middle = across.start(year) + across.step / 2
            painter.drawText(
                QRectF(middle - widest, foot, 2 * widest, metrics.height()), Qt.AlignmentFlag.AlignHCenter, str(year)
            )
        first = self.bar(self._years[0].year)
        side = QRectF(0, first.top() - 2, first.left() - 6, metrics.height())
        painter.drawText(side, Qt.AlignmentFlag.AlignRight, number(highest))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the year under the mouse."""
        self._hover = self._year_at(event.position().x())
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click takes the year."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(self._year_at(event.position().x()))

    def leaveEvent(self, event: QEvent) -> None:
        """Forget where the mouse was."""
        self._hover = None
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right walk the years, Home and End reach the outermost, Enter or Space takes one."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        key = Qt.Key(event.key())
        years = [one.year for one in self._years]
        if key in steps and years:
            at = years[-1] if self._cursor is None else self._cursor + steps[key]
            self._cursor = min(years[-1], max(years[0], at))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and years:
            self._cursor = years[0] if key == Qt.Key.Key_Home else years[-1]
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self._cursor)
        elif key == Qt.Key.Key_Down:
            self.descended.emit()
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Up):
            self.left.emit()
        else:
            super().keyPressEvent(event)
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show a cursor to walk with."""
        if self._cursor is None and self._years:
            self._cursor = self._years[-1].year
        super().focusInEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Tell the cases of the year under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            one = self._at(self._year_at(event.pos().x()))
            QToolTip.showText(event.globalPos(), words.year(one) if one else "", self)
            return True
        return super().event(event)

    def _at(self, year: int | None) -> YearCount | None:
        if year is None or not self._years or not self._years[0].year <= year <= self._years[-1].year:
            return None
        return self._years[year - self._years[0].year]

    def _year_at(self, x: float) -> int | None:
        return axis(self._years, self.width(), self.fontMetrics()).year(x) if self._years else None

    def _choose(self, year: int | None) -> None:
        one = self._at(year)
        if one and (one.under_way or one.year in self._taken):
            self.chosen.emit(one.year)
