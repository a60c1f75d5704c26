"""The timeline of cases: years as bars, and below them, where they are not too many, a line for each case."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from desktop.overview import words
from desktop.overview.actions import Shown
from desktop.overview.spans import SpanList
from desktop.overview.year_chart import YearChart
from index.overview import DRAWN


class Timeline(QWidget):
    """Bars, a sentence on what is not drawn, and lines."""

    def __init__(self) -> None:
        super().__init__()
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.chart, self.list = YearChart(), SpanList()
        self.said = QLabel()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.said.setContentsMargins(12, 6, 12, 6)
        self._line = QFrame()
        self._line.setFrameShape(QFrame.Shape.HLine)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.chart, self.said, self._line):
            column.addWidget(part)
        column.addWidget(self.list, 1)
        column.addStretch(0)
        self.chart.descended.connect(self._descend)
        self.list.left.connect(self.chart.setFocus)

    def show_overview(self, shown: Shown, taken: frozenset[int]) -> None:
        """Show the years and cases; `taken` are the years that the query asks for."""
        overview = shown.overview
        self.chart.show_years(overview.years, taken)
        self.list.show_spans(overview.spans, overview.years, shown.types)
        said = [words.undated(overview.undated)]
        if overview.counts.all > DRAWN:
            said.append(words.too_many(overview.counts.all, DRAWN))
        self.said.setText(" ".join(part for part in said if part))
        self.said.setVisible(bool(self.said.text()))
        self.chart.setVisible(bool(overview.years))
        self._line.setVisible(bool(overview.spans))
        self.list.setVisible(bool(overview.spans))
        self.chart.stand_alone(not overview.spans)

    def _descend(self) -> None:
        if self.list.rows.rowCount():
            self.list.setFocus()
