"""The years found, as small bars: a click takes a year, dragging takes a range; the right button leaves them out."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.theme import current_theme
from desktop.translate import number, tr, trn
from index.answers import FacetCount

WIDEST = 22.0  # pixels to a year


class YearBars(QWidget):
    """One bar for each year from the first to the last that has records."""

    chosen = Signal(object)  # tuple[str, ...]: years to be taken, or given up where all of them are in force
    left_out = Signal(object)  # tuple[str, ...]: years to be left out

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Years"))
        self._counts: dict[int, int] = {}
        self._taken: frozenset[int] = frozenset()
        self._first = self._last = 0
        self._cursor: int | None = None
        self._anchor: int | None = None
        self._hover: int | None = None

    def show_counts(self, counts: tuple[FacetCount, ...], taken: frozenset[str], cursor: int | None = None) -> None:
        """Show these years; `taken` are the ones in force, `cursor` the one on which the keyboard stands."""
        self._counts = {int(c.value): c.count for c in counts if c.value.lstrip("-").isdecimal()}
        self._taken = frozenset(int(year) for year in taken if year.lstrip("-").isdecimal())
        years = [*self._counts, *self._taken]
        self._first, self._last = (min(years), max(years)) if years else (0, 0)
        self._cursor = cursor if cursor in range(self._first, self._last + 1) else None
        self.setVisible(bool(years))
        self.setAccessibleDescription(
            "; ".join(f"{year}: {number(count)}" for year, count in sorted(self._counts.items()))
        )
        self.update()

    @property
    def at(self) -> int | None:
        """The year on which the keyboard stands."""
        return self._cursor

    def years(self) -> range:
        """Every year that has a bar."""
        return range(self._first, self._last + 1) if self._counts or self._taken else range(0)

    def sizeHint(self) -> QSize:
        """Four lines of text high."""
        return QSize(160, self.fontMetrics().height() * 4)

    def bar(self, year: int) -> QRectF:
        """The column of one year, from top to bottom of the bars."""
        step = self._step()
        return QRectF((year - self._first) * step, 0, step, self.height() - self.fontMetrics().height() - 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bars, the years in force in the accent, first and last year beneath."""
        theme, painter = current_theme(), QPainter(self)
        highest = max(self._counts.values(), default=1)
        low, high = self._range()
        for year in self.years():
            area = self.bar(year)
            count = self._counts.get(year, 0)
            height = max(2.0, area.height() * count / highest) if count else 0.0
            gap = 1.0 if area.width() > 3 else 0.0
            column = QRectF(area.x() + gap / 2, area.bottom() - height, area.width() - gap, height)
            in_force = year in self._taken or (low is not None and high is not None and low <= year <= high)
            painter.fillRect(column, theme.focus if in_force else theme.bar)
            if year in (self._hover, self._cursor if self.hasFocus() else None):
                painter.fillRect(QRectF(area.x(), area.bottom(), area.width(), 2), theme.focus)
        painter.setPen(theme.muted)
        foot = self.rect().adjusted(0, self.height() - self.fontMetrics().height(), 0, 0)
        if len(self.years()):
            painter.drawText(foot, Qt.AlignmentFlag.AlignLeft, str(self._first))
        if len(self.years()) > 1:
            foot.setWidth(
                max(round(self._step() * len(self.years())), self.fontMetrics().horizontalAdvance("2000 – 2000"))
            )
            painter.drawText(foot, Qt.AlignmentFlag.AlignRight, str(self._last))
        if self.hasFocus() and self._cursor is not None and self._cursor not in (self._first, self._last):
            painter.setPen(theme.text)
            painter.drawText(foot, Qt.AlignmentFlag.AlignHCenter, str(self._cursor))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a choice."""
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton) and len(self.years()):
            self._anchor = self._cursor = self._year_at(event.position().x())
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Widen the choice, or show where the mouse is."""
        self._hover = self._year_at(event.position().x()) if len(self.years()) else None
        if self._anchor is not None:
            self._cursor = self._hover
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a choice."""
        low, high = self._range()
        self._anchor = None
        if low is not None and high is not None:
            self._choose(low, high, leave_out=event.button() == Qt.MouseButton.RightButton)

    def leaveEvent(self, event: QEvent) -> None:
        """Forget where the mouse was."""
        self._hover = None
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right walk the years, with Shift they widen; Space or Enter takes them, Delete leaves them out."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        takes = {Qt.Key.Key_Space: False, Qt.Key.Key_Return: False, Qt.Key.Key_Enter: False, Qt.Key.Key_Delete: True}
        if event.key() in steps and len(self.years()):
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._anchor = self._anchor if self._anchor is not None else self._cursor
            else:
                self._anchor = None
            moved = self._first if self._cursor is None else self._cursor + steps[Qt.Key(event.key())]
            self._cursor = min(self._last, max(self._first, moved))
            self.update()
        elif event.key() in takes and self._cursor is not None:
            low, high = self._range()
            self._anchor = None
            first, last = self._cursor if low is None else low, self._cursor if high is None else high
            self._choose(first, last, leave_out=takes[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show a cursor to walk with."""
        if self._cursor is None and len(self.years()):
            self._cursor = self._last
        super().focusInEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Tell the count of the year under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and len(self.years()):
            year = self._year_at(event.pos().x())
            words = trn("{year}: {n} record", "{year}: {n} records", self._counts.get(year, 0), year=year)
            QToolTip.showText(event.globalPos(), words + "\n" + tr("Right click or Delete: leave it out"), self)
            return True
        return super().event(event)

    def _choose(self, low: int, high: int, *, leave_out: bool) -> None:
        years = [str(year) for year in range(low, high + 1) if year in self._counts or year in self._taken]
        if years:
            (self.left_out if leave_out else self.chosen).emit(tuple(years))
        self.update()

    def _range(self) -> tuple[int | None, int | None]:
        if self._anchor is None or self._cursor is None:
            return None, None
        return min(self._anchor, self._cursor), max(self._anchor, self._cursor)

    def _step(self) -> float:
        """The width of one year's column in pixels."""
        return min(WIDEST, self.width() / max(1, len(self.years())))

    def _year_at(self, x: float) -> int:
        step = self._step()
        return min(self._last, max(self._first, self._first + int(x / step)))
