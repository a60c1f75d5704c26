"""The world as it is painted: shaded outlines, dots for small territories, a legend and a note; and what lies where."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from desktop.overview.camera import Camera
from desktop.overview.outlines import World, world
from desktop.overview.shades import border, classes, land, shades
from desktop.theme import Theme, scaled
from desktop.translate import number, tr

DOT, REACH = 4.5, 8.0
"""The radius of a territory too small for its outline, and how far from it the mouse still means it, in pixels."""
EDGE = 0.06
"""How far the picture reaches beyond the outermost coast, in the plane of the projection: a dot there is whole."""
SIDE = 10

Marks = tuple[tuple[str, QPen], ...]
"""Countries to outline, and how."""


class Atlas:
    """The counts of countries and territories by ISO 3166-1 code, in a picture of `size` pixels."""

    def __init__(self) -> None:
        self.counts: Mapping[str, int] = {}
        self._width, self._height, self._line = 1, 1, 1

    @cached_property
    def world(self) -> World:  # to read it takes long, so not before a map is looked at
        """The outlines."""
        return world()

    @cached_property
    def camera(self) -> Camera:
        """How the world lies in the picture."""
        return Camera(self.world.bounds.adjusted(-EDGE, -EDGE, EDGE, EDGE))

    def lay_out(self, width: int, height: int, font: QFont) -> None:
        """Fit the world between a line of text above, and legend and note below."""
        self._width, self._height, self._line = width, height, QFontMetrics(font).height() + 4
        self.camera.fit(self.area)

    @property
    def area(self) -> QRectF:
        """Where the world is."""
        return QRectF(4, self._line + 6, max(1, self._width - 8), max(1, self._height - 3 * self._line - 18))

    def position(self, code: str) -> QPointF | None:
        """Where the middle of a country is; None where it has no place on the map."""
        centre = self.world.centre(code)
        return self.camera.transform.map(centre) if centre else None

    def country_at(self, point: QPointF) -> str:
        """The code of the country or shaded territory there; empty over the sea."""
        if not self.area.contains(point):
            return ""
        near = self._near(point)
        if near:
            return near
        place = self.camera.on_plane(point)
        for code, path in self.world.paths.items():
            if code and path.boundingRect().contains(place) and path.contains(place):
                return code
        return ""

    def paint(self, painter: QPainter, theme: Theme, font: QFont, head: str, marks: Marks) -> None:
        """Everything, with `head` in the line above."""
        steps = classes(self.counts.values())
        colours = shades(theme, len(steps))
        ground = {
            code: next(colour for colour, (_, most) in zip(colours, steps, strict=True) if count <= most)
            for code, count in self.counts.items()
        }
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.save()
        painter.setClipRect(self.area)
        self._paint_land(painter, theme, ground, marks)
        self._paint_dots(painter, theme, ground, marks)
        painter.restore()
        painter.setFont(scaled(font, 0.92))
        self._paint_words(painter, theme, head)
        self._paint_legend(painter, theme, steps, colours)

    def _paint_land(self, painter: QPainter, theme: Theme, ground: Mapping[str, QColor], marks: Marks) -> None:
        painter.save()
        painter.setTransform(self.camera.transform, True)
        pen = QPen(border(theme), 0.7)
        pen.setCosmetic(True)
        painter.setPen(pen)
        empty = land(theme)
        for code, path in self.world.paths.items():
            painter.setBrush(ground.get(code, empty))
            painter.drawPath(path)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for code, edge in marks:
            if code in self.world.paths:
                edge.setCosmetic(True)
                painter.setPen(edge)
                painter.drawPath(self.world.paths[code])
        painter.restore()

    def _paint_dots(self, painter: QPainter, theme: Theme, ground: Mapping[str, QColor], marks: Marks) -> None:
        transform = self.camera.transform
        dots = self._dots()
        for code, place in dots.items():
            painter.setPen(QPen(theme.base, 1.2))
            painter.setBrush(ground[code])
            painter.drawEllipse(place, DOT, DOT)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for code, edge in marks:
            around = dots.get(code) or (transform.map(self.world.dots[code]) if code in self.world.dots else None)
            if around:
                painter.setPen(edge)
                painter.drawEllipse(around, DOT + 2, DOT + 2)

    def _paint_words(self, painter: QPainter, theme: Theme, head: str) -> None:
        note = tr("Boundaries as supplied; no position taken.")
        for words, top, colour in ((head, 3, theme.text), (note, self._height - self._line - 3, theme.muted)):
            room = QRectF(SIDE, top, self._width - 2 * SIDE, self._line)
            painter.setPen(colour)
            elided = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, round(room.width()))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)

    def _paint_legend(
        self, painter: QPainter, theme: Theme, steps: tuple[tuple[int, int], ...], colours: tuple[QColor, ...]
    ) -> None:
        line = self._line
        x, y = float(SIDE), self._height - 2 * line - 7
        for (least, most), colour in zip(steps, colours, strict=True):
            said = number(least) if least == most else f"{number(least)}–{number(most)}"
            painter.setPen(QPen(border(theme), 1))
            painter.setBrush(colour)
            painter.drawRect(QRectF(x, y + 3, 16, line - 6))
            painter.setPen(theme.text)
            width = painter.fontMetrics().horizontalAdvance(said)
            painter.drawText(QRectF(x + 21, y, width + 2, line), Qt.AlignmentFlag.AlignVCenter, said)
            x += 21 + width + 14

    def _dots(self) -> dict[str, QPointF]:
        """Where dots are painted: for counted territories without an outline, or with one that is smaller by now."""
        transform, dots = self.camera.transform, {}
        for code in self.counts:
            if code in self.world.dots:
                dots[code] = transform.map(self.world.dots[code])
            elif code in self.world.boxes:
                box = transform.mapRect(self.world.boxes[code])
                if max(box.width(), box.height()) < 2 * DOT:
                    dots[code] = box.center()
        return dots

    def _near(self, point: QPointF) -> str:
        """The shaded dot that a point means."""
        apart = {code: (place - point).manhattanLength() for code, place in self._dots().items()}
        nearest = min(apart, key=lambda code: apart[code], default="")
        return nearest if nearest and apart[nearest] <= REACH else ""
