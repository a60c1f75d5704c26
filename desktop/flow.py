"""Lays widgets out in lines, as words in a paragraph."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Items left to right (right to left where the window is), wrapped at the width."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        """Part of QLayout's interface."""
        self._items.append(item)

    def count(self) -> int:
        """Part of QLayout's interface."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Part of QLayout's interface."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Part of QLayout's interface."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Part of QLayout's interface."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Part of QLayout's interface."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Part of QLayout's interface."""
        return self._place(QRect(0, 0, width, 0), dry=True)

    def setGeometry(self, rect: QRect) -> None:
        """Part of QLayout's interface."""
        super().setGeometry(rect)
        self._place(rect, dry=False)

    def sizeHint(self) -> QSize:
        """Part of QLayout's interface."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Part of QLayout's interface."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _place(self, rect: QRect, dry: bool) -> int:
        area = rect.marginsRemoved(self.contentsMargins())
        x, y, height = area.x(), area.y(), 0
        parent = self.parentWidget()
        leftwards = parent is not None and parent.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for item in self._items:
            size = item.sizeHint().boundedTo(QSize(max(area.width(), 1), 1 << 15))
            if x > area.x() and x + size.width() > area.right() + 1:
                x, y, height = area.x(), y + height + self.spacing(), 0
            if not dry:
                left = area.right() + 1 - (x - area.x()) - size.width() if leftwards else x
                item.setGeometry(QRect(QPoint(left, y), size))
            x += size.width() + self.spacing()
            height = max(height, size.height())
        margins = self.contentsMargins()
        return y + height - rect.y() + margins.bottom()
