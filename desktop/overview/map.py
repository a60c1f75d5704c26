"""A map of the world that shades countries by their cases: for mouse and keyboard, painted without any network."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

from desktop.overview import words
from desktop.overview.atlas import Atlas, Marks
from desktop.theme import Theme, current_theme
from desktop.translate import tr

STILL = 4
"""Pixels that the mouse may move between press and release for a click."""


class WorldMap(QWidget):
    """Countries and territories with the number of their cases in one role."""

    chosen = Signal(str)  # ISO 3166-1 code
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(220, 200)
        self.setAccessibleName(tr("Map of cases"))
        self._atlas = Atlas()
        self._counts: dict[str, int] = {}
        self._missing = 0
        self._taken: frozenset[str] = frozenset()
        self._cursor = self._hover = ""
        self._pressed: QPointF | None = None
        self._dragged = False
        self._role = ""
        self._copied = False

    def take_shape(self, other: WorldMap) -> None:
        """Show the same part of the world as another map, in the same size, with no cursor: as a copy of it."""
        self._copied = True
        self.resize(other.size())
        self._atlas.camera.take(other._atlas.camera)

    def show_counts(self, role: str, counts: Mapping[str, int], taken: frozenset[str]) -> None:
        """Shade these countries ("" counts cases without one); `taken` are those that the query asks for."""
        self._role, self._taken = role, taken
        self._missing = counts.get("", 0)
        self._counts = {code: count for code, count in counts.items() if code and count}
        self._atlas.counts = self._counts
        if self._cursor not in self._counts:
            self._cursor = ""
        said = "; ".join(words.country(code, self._counts[code]) for code in self.order())
        self.setAccessibleDescription(f"{words.role(role)}. {said}")
        self.update()

    def order(self) -> list[str]:
        """The shaded countries, those with most cases first."""
        return sorted(self._counts, key=lambda code: (-self._counts[code], code))

    @property
    def at(self) -> str:
        """The country on which the keyboard stands."""
        return self._cursor

    def position(self, code: str) -> QPointF | None:
        """Where the middle of a country is painted; None where it has no place on the map."""
        self._atlas.lay_out(self.width(), self.height(), self.font())
        return self._atlas.position(code)

    def zoom(self) -> float:
        """How many times nearer than the whole world."""
        return self._atlas.camera.zoom

    def sizeHint(self) -> QSize:
        """Twice as wide as high."""
        return QSize(640, 400)

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """The map, under a line on the country one stands on."""
        theme, painter = current_theme(), QPainter(self)
        painter.fillRect(self.rect(), theme.base)
        self._atlas.lay_out(self.width(), self.height(), self.font())
        self._atlas.paint(painter, theme, self.font(), self._head(), self._marks(theme))

    def _head(self) -> str:
        shown = self._hover if self._hover in self._counts else self._cursor
        if shown:
            return words.country(shown, self._counts[shown])
        missing = words.without_country(self._missing) if self._missing else ""
        if not self._counts:
            missing = tr("No country is recorded in this role.")
        return f"{words.role(self._role)}. {missing}".strip() if self._copied else missing

    def _marks(self, theme: Theme) -> Marks:
        """Countries in the query, the one under the mouse, the one the keyboard stands on."""
        marks = [(code, QPen(theme.text, 1.6)) for code in sorted(self._taken)]
        if self._hover:
            marks.append((self._hover, QPen(theme.text, 1.2)))
        if self._cursor and self.hasFocus():
            marks.append((self._cursor, QPen(theme.warning, 2.6)))
        return tuple(marks)

    # -- mouse and keyboard

    def country_at(self, point: QPointF) -> str:
        """The code of the country or shaded territory there; empty over the sea."""
        self._atlas.lay_out(self.width(), self.height(), self.font())
        return self._atlas.country_at(point)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a move."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the map, or show what is under the mouse."""
        if self._pressed is not None:
            by = event.position() - self._pressed
            if self._dragged or by.manhattanLength() > STILL:
                self._dragged, self._pressed = True, event.position()
                self._atlas.camera.move(by)
        self._hover = self.country_at(event.position())
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a country with cases takes it."""
        clicked = self._pressed is not None and not self._dragged
        self._pressed = None
        if clicked:
            self._choose(self.country_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Forget where the mouse was."""
        self._hover = ""
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Nearer or farther, about the mouse."""
        self._zoom(event.angleDelta().y() / 120, event.position())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk the shaded countries by count, Enter takes one; + and - zoom, 0 shows everything."""
        walks = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        zooms = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}
        key = Qt.Key(event.key())
        if key in walks and self._counts:
            self._walk(walks[key])
        elif key in zooms:
            self._zoom(zooms[key], self.position(self._cursor))
        elif key == Qt.Key.Key_0:
            self._atlas.camera.reset()
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self._cursor)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand on the country with most cases, so that there is a place to walk from."""
        if not self._cursor and self._counts:
            self._cursor = self.order()[0]
        super().focusInEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Tell the cases of the country under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            code = self.country_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), words.country(code, self._counts.get(code, 0)) if code else "", self)
            return True
        return super().event(event)

    def _walk(self, step: int) -> None:
        order = self.order()
        at = order.index(self._cursor) + step if self._cursor else 0
        self._cursor = order[min(len(order) - 1, max(0, at))]
        self._atlas.lay_out(self.width(), self.height(), self.font())
        centre = self._atlas.world.centre(self._cursor)
        if centre:
            self._atlas.camera.show(centre)
        self.update()

    def _zoom(self, steps: float, point: QPointF | None) -> None:
        self._atlas.lay_out(self.width(), self.height(), self.font())
        self._atlas.camera.nearer(steps, point)
        self.update()

    def _choose(self, code: str) -> None:
        if code in self._counts or code in self._taken:
            self.chosen.emit(code)
