"""The outlines of countries that ship with the program, projected once for painting."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib import resources

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

HUNDREDTHS = 100
# Šavrič, Patterson & Jenny, "The Equal Earth map projection", 2018: areas keep their proportion, so shading does
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
M = math.sqrt(3) / 2


@dataclass(frozen=True, slots=True)
class World:
    """Outlines and dots by ISO 3166-1 code, in the plane of the projection, north up. `bounds` holds all outlines,
    `boxes` the largest part of each."""

    paths: dict[str, QPainterPath]
    dots: dict[str, QPointF]
    boxes: dict[str, QRectF]
    bounds: QRectF

    def centre(self, code: str) -> QPointF | None:
        """A point to look at in a country or territory; None where it has no place on the map."""
        if code in self.dots:
            return self.dots[code]
        return _inside(self.paths[code], self.boxes[code]) if code and code in self.paths else None


@cache
def world() -> World:
    """All outlines, read when first asked for."""
    folder = resources.files("resources") / "outlines"
    paths: dict[str, QPainterPath] = {}
    boxes: dict[str, QRectF] = {}
    bounds = QRectF()
    for code, rings in json.loads((folder / "countries.json").read_text("utf-8")).items():
        path, widest = QPainterPath(), QRectF()
        for ring in rings:
            polygon = QPolygonF(
                [projected(x / HUNDREDTHS, y / HUNDREDTHS) for x, y in zip(ring[::2], ring[1::2], strict=True)]
            )
            path.addPolygon(polygon)
            path.closeSubpath()
            around = polygon.boundingRect()
            if around.width() * around.height() > widest.width() * widest.height():
                widest = around
        paths[code] = path
        boxes[code] = widest
        bounds = bounds.united(path.boundingRect())
    dots = {
        code: projected(*place) for code, place in json.loads((folder / "territories.json").read_text("utf-8")).items()
    }
    return World(paths, dots, boxes, bounds)


def _inside(path: QPainterPath, box: QRectF) -> QPointF:
    """A point well within an outline: of its widest stretches from west to east, the middle of the widest."""
    best, width = box.center(), 0.0
    for row in range(1, 8):
        y = box.top() + box.height() * row / 8
        start = None
        for column in range(49):
            point = QPointF(box.left() + box.width() * column / 48, y)
            inside = path.contains(point)
            if inside and start is None:
                start = point.x()
            elif not inside and start is not None:
                if point.x() - start > width:
                    width, best = point.x() - start, QPointF((start + point.x()) / 2, y)
                start = None
    return best


def projected(longitude: float, latitude: float) -> QPointF:
    """Degrees on the plane of the Equal Earth projection, y downwards."""
    t = math.asin(M * math.sin(math.radians(latitude)))
    t2, t6 = t * t, t**6
    x = math.radians(longitude) * math.cos(t) / (M * (A1 + 3 * A2 * t2 + t6 * (7 * A3 + 9 * A4 * t2)))
    return QPointF(x, -t * (A1 + A2 * t2 + t6 * (A3 + A4 * t2)))
