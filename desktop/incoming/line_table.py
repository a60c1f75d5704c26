"""A table of rows within a dialog, such as the problems under the wizard."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QAbstractItemView, QTableView

from desktop import shown
from desktop.tables import Line, Rows


class LineTable(QTableView):
    """Rows to look at; Tab leaves the table. Hidden where there is none."""

    def __init__(self, called: str, headings: Sequence[str], widths: Sequence[int]) -> None:
        super().__init__()
        self._headings, self._widths = tuple(headings), tuple(widths)
        self.setAccessibleName(called)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setHighlightSections(False)
        self._rows = Rows(self._headings, (), self)
        self.show_lines(())

    def show_lines(self, lines: Iterable[Line]) -> None:
        """Show these rows and no other."""
        said = tuple(Line(tuple(map(shown.line, line.cells))) for line in lines)
        old, self._rows = self._rows, Rows(self._headings, said, self)
        self.setModel(self._rows)
        old.deleteLater()
        for column, width in enumerate(self._widths):
            self.setColumnWidth(column, width)
        self.setVisible(bool(said))

    def count(self) -> int:
        """How many are listed."""
        return self._rows.rowCount()
