"""A map of the world that shades countries by their cases: for mouse and keyboard, painted without any network."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from desktop.overview import words
from desktop.overview.camera import Camera
from desktop.overview.outlines import World, world
from desktop.overview.shades import border, classes, land, shades
from desktop.theme import Theme, current_theme, scaled
from desktop.translate import number, tr

DOT, REACH = 4.5, 8.0
"""The radius of a territory too small for an outline, and how far from it the mouse still means it, in pixels."""
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
        self._role = "host"
        self._counts: dict[str, int] = {}
        self._missing = 0
        self._taken: frozenset[str] = frozenset()
        self._cursor = self._hover = ""
        self._pressed: QPointF | None = None
        self._dragged = False

    @cached_property
    def _world(self) -> World:  # to read it takes long, so not before a map is looked at
        return world()

    @cached_property
    def _camera(self) -> Camera:
        return Camera(self._world.bounds)

    def show_counts(self, role: str, counts: Mapping[str, int], taken: frozenset[str]) -> None:
        """Shade these countries ("" counts cases without one); `taken` are those that the query asks for."""
        self._role, self._taken = role, taken
        self._missing = counts.get("", 0)
        self._counts = {code: count for code, count in counts.items() if code and count}
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
        self._camera.fit(self._area())
        centre = self._world.centre(code)
        return self._camera.transform.map(centre) if centre else None

    def zoom(self) -> float:
        """How many times nearer than the whole world."""
        return self._camera.zoom

    def sizeHint(self) -> QSize:
        """Twice as wide as high."""
        return QSize(640, 400)

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """The role, the land, dots for small territories, the legend and the note."""
        theme, painter = current_theme(), QPainter(self)
        painter.fillRect(self.rect(), theme.base)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        steps = classes(self._counts.values())
        colours = shades(theme, len(steps))
        ground = {
            code: next(colour for colour, (_, most) in zip(colours, steps, strict=True) if count <= most)
            for code, count in self._counts.items()
        }
        self._camera.fit(self._area())
        painter.save()
        painter.setClipRect(self._area())
        self._paint_land(painter, theme, ground)
        self._paint_dots(painter, theme, ground)
        painter.restore()
        self._paint_words(painter, theme, steps, colours)

    def _paint_land(self, painter: QPainter, theme: Theme, ground: Mapping[str, QColor]) -> None:
        painter.setTransform(self._camera.transform, True)
        pen = QPen(border(theme), 0.7)
        pen.setCosmetic(True)
        painter.setPen(pen)
        empty = land(theme)
        for code, path in self._world.paths.items():
            painter.setBrush(ground.get(code, empty))
            painter.drawPath(path)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for code, edge in self._edges(theme):
            if code in self._world.paths:
                edge.setCosmetic(True)
                painter.setPen(edge)
                painter.drawPath(self._world.paths[code])
        painter.resetTransform()

    def _paint_dots(self, painter: QPainter, theme: Theme, ground: Mapping[str, QColor]) -> None:
        transform = self._camera.transform
        for code, place in self._world.dots.items():
            if code in ground:
                painter.setPen(QPen(theme.base, 1.2))
                painter.setBrush(ground[code])
                painter.drawEllipse(transform.map(place), DOT, DOT)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for code, edge in self._edges(theme):
            if code in self._world.dots:
                painter.setPen(edge)
                painter.drawEllipse(transform.map(self._world.dots[code]), DOT + 2, DOT + 2)

    def _edges(self, theme: Theme) -> list[tuple[str, QPen]]:
        """What is marked: countries in the query, the one under the mouse, the one the keyboard stands on."""
        edges = [(code, QPen(theme.text, 1.6)) for code in sorted(self._taken)]
        if self._hover:
            edges.append((self._hover, QPen(theme.text, 1.2)))
        if self._cursor and self.hasFocus():
            edges.append((self._cursor, QPen(theme.warning, 2.6)))
        return edges

    def _paint_words(
        self, painter: QPainter, theme: Theme, steps: tuple[tuple[int, int], ...], colours: tuple[QColor, ...]
    ) -> None:
        line = self._line()
        painter.setFont(scaled(self.font(), 0.92))
        painter.setPen(theme.text)
        shown = self._hover if self._hover in self._counts else self._cursor
        if shown:
            head = words.country(shown, self._counts[shown])
        elif not self._counts:
            head = tr("No country is recorded in this role.")
        else:
            head = words.without_country(self._missing) if self._missing else ""
        top = QRectF(10, 0, self.width() - 20, line + 6)
        elided = painter.fontMetrics().elidedText(head, Qt.TextElideMode.ElideRight, round(top.width()))
        painter.drawText(top, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)
        painter.setPen(theme.muted)
        foot = QRectF(10, self.height() - line - 3, self.width() - 20, line)
        note = painter.fontMetrics().elidedText(
            tr("Boundaries as supplied; no position taken."), Qt.TextElideMode.ElideRight, round(foot.width())
        )
        painter.drawText(foot, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, note)
        x, y = 10.0, self.height() - 2 * line - 7
        for (least, most), colour in zip(steps, colours, strict=True):
            said = number(least) if least == most else f"{number(least)}–{number(most)}"
            painter.setPen(QPen(border(theme), 1))
            painter.setBrush(colour)
            painter.drawRect(QRectF(x, y + 3, 16, line - 6))
            painter.setPen(theme.text)
            width = painter.fontMetrics().horizontalAdvance(said)
            painter.drawText(QRectF(x + 21, y, width + 2, line), Qt.AlignmentFlag.AlignVCenter, said)
            x += 21 + width + 14

    def _line(self) -> int:
        return self.fontMetrics().height() + 4

    def _area(self) -> QRectF:
        """Where the world is, between the line above and the legend below."""
        line = self._line()
        return QRectF(4, line + 6, max(1, self.width() - 8), max(1, self.height() - 3 * line - 18))

    # -- mouse and keyboard

    def country_at(self, point: QPointF) -> str:
        """The code of the country or shaded territory there; empty over the sea."""
        self._camera.fit(self._area())
        if not self._area().contains(point):
            return ""
        near = self._near(point)
        if near:
            return near
        place = self._camera.on_plane(point)
        for code, path in self._world.paths.items():
            if code and path.boundingRect().contains(place) and path.contains(place):
                return code
        return ""

    def _near(self, point: QPointF) -> str:
        """The shaded dot that a point means."""
        transform = self._camera.transform
        apart = {
            code: (transform.map(self._world.dots[code]) - point).manhattanLength()
            for code in self._counts
            if code in self._world.dots
        }
        nearest = min(apart, key=lambda code: apart[code], default="")
        return nearest if nearest and apart[nearest] <= REACH else ""

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
                self._camera.move(by)
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
            self._camera.reset()
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
        self._camera.fit(self._area())
        centre = self._world.centre(self._cursor)
        if centre:
            self._camera.show(centre)
        self.update()

    def _zoom(self, steps: float, point: QPointF | None) -> None:
        self._camera.fit(self._area())
        self._camera.nearer(steps, point)
        self.update()

    def _choose(self, code: str) -> None:
        if code in self._counts or code in self._taken:
            self.chosen.emit(code)
