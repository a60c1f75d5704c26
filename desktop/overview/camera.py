"""How the plane of a map lies on a widget: fitted, zoomed about a point, moved, and never lost from view."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTransform

CLOSEST = 24.0
STEP = 1.5
"""How much one step of zoom brings nearer."""


class Camera:
    """Shows `bounds` of a plane within an area of a widget."""

    def __init__(self, bounds: QRectF) -> None:
        self._bounds, self._area = bounds, QRectF(0, 0, 1, 1)
        self.reset()

    def reset(self) -> None:
        """Show everything."""
        self.zoom = 1.0
        self._centre = self._bounds.center()

    def take(self, other: Camera) -> None:
        """Look where another looks."""
        self.zoom, self._centre = other.zoom, other._centre

    def fit(self, area: QRectF) -> None:
        """The area to show it in."""
        self._area = area

    @property
    def transform(self) -> QTransform:
        """From the plane to the widget."""
        scale = self._scale()
        middle = self._area.center()
        moved = QTransform.fromTranslate(middle.x(), middle.y())
        moved.scale(scale, scale)
        return moved.translate(-self._centre.x(), -self._centre.y())

    def on_plane(self, point: QPointF) -> QPointF:
        """What lies under a point of the widget."""
        return self.transform.inverted()[0].map(point)

    def nearer(self, steps: float, point: QPointF | None = None) -> None:
        """Zoom in, or out with negative steps, keeping what is under a point of the widget where it is."""
        held = point or self._area.center()
        before = self.on_plane(held)
        self.zoom = min(CLOSEST, max(1.0, self.zoom * STEP**steps))
        self._look_at(self._centre + before - self.on_plane(held))

    def move(self, by: QPointF) -> None:
        """Move the picture by so many pixels."""
        self._look_at(self._centre - by / self._scale())

    def show(self, place: QPointF) -> None:
        """Move no more than it takes to have a place of the plane well in view."""
        edge = QPointF(self._area.width(), self._area.height()) * 0.1
        inner = self._area.adjusted(edge.x(), edge.y(), -edge.x(), -edge.y())
        if not inner.contains(self.transform.map(place)):
            self._look_at(place)

    def _scale(self) -> float:
        width, height = self._area.width() / self._bounds.width(), self._area.height() / self._bounds.height()
        return max(1.0, min(width, height)) * self.zoom

    def _look_at(self, centre: QPointF) -> None:
        half = QPointF(self._area.width(), self._area.height()) / (2 * self._scale())

        def within(value: float, low: float, high: float) -> float:
            return min(high, max(low, value)) if low <= high else (low + high) / 2

        box = self._bounds
        self._centre = QPointF(
            within(centre.x(), box.left() + half.x(), box.right() - half.x()),
            within(centre.y(), box.top() + half.y(), box.bottom() - half.y()),
        )
