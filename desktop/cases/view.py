"""A record of casework in the reading pane: its page, and beside it the sources of the fact one stands on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from desktop.cases.page import SIDE, PageView
from desktop.cases.sources import SourcesView

NARROW = 700  # pixels: below, the sources stand under the page


class CaseView(QWidget):
    """The page and the sources, side by side where there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.page, self.sources = PageView(), SourcesView()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.page)
        self._splitter.addWidget(self.sources)
        self._splitter.setStretchFactor(0, 3)
        self._splitter.setStretchFactor(1, 2)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._splitter, 1)
        self.setFocusProxy(self.page)

    def put_in(self, over: QWidget, *under: QWidget) -> None:
        """Put a line over the page and strips under it."""
        over.setContentsMargins(SIDE, 8, 12, 0)
        self._column.insertWidget(0, over)
        for strip in under:
            self._column.addWidget(strip)

    def resizeEvent(self, event: object) -> None:
        """Put the sources below where the pane is narrow."""
        wanted = Qt.Orientation.Horizontal if self.width() >= NARROW else Qt.Orientation.Vertical
        if self._splitter.orientation() != wanted:
            self._splitter.setOrientation(wanted)
            whole = self.width() if wanted == Qt.Orientation.Horizontal else self.height()
            self._splitter.setSizes([round(whole * 0.58), round(whole * 0.42)])
