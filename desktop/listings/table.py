"""The table of a list search: a line each, sorted by any column; Enter puts a line as a query."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop import covering, shown, tips
from desktop.forms import plain_label
from desktop.listings import writing
from desktop.listings.running import Head, Tail
from desktop.theme import scaled
from desktop.translate import number, tr
from index.listing import LineCounts
from index.statement import BANNER

Index = QModelIndex | QPersistentModelIndex
SORTED = Qt.ItemDataRole.UserRole + 1
EXACT, COUNTS = 2, (2, 3, 4)
WIDTHS = (70, 230, 70, 100, 100, 150)
MARGIN = 24  # pixels beside the words of a cell


class ListTable(QDialog):
    """Stays beside the window, so that one line after the other can be looked at."""

    line_wanted = Signal(object)  # LineCounts
    csv_wanted = Signal()
    json_wanted = Signal()

    def __init__(self, parent: QWidget, head: Head, results: tuple[LineCounts, ...], tail: Tail) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("List search"))
        self.resize(960, 560)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.head, self.results, self.tail = head, results, tail
        self._listed = _Listed(self)
        self._listed.setSourceModel(_Rows(results, self))
        self._listed.setSortRole(SORTED)
        self.table = self._make_table()
        self.choice = QComboBox()
        self.choice.setAccessibleName(tr("Lines that are listed"))
        found = sum(bool(one.counted.exact or one.counted.name or one.counted.sound) for one in results)
        for words, count in (
            (tr("Every line ({n})", n=number(len(results))), None),
            (tr("Lines with hits ({n})", n=number(found)), True),
            (tr("Lines without ({n})", n=number(len(results) - found)), False),
        ):
            self.choice.addItem(words, count)
        self.choice.currentIndexChanged.connect(lambda: self._listed.show_only(self.choice.currentData()))
        banner = plain_label(BANNER)
        banner.setFont(scaled(banner.font(), 1.0, bold=True))
        self.said = plain_label(" ".join((covering.sentence(head.coverage), *writing.ends(head, tail))))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        for words, signal in ((tr("Save as CSV…"), self.csv_wanted), (tr("Save as JSON…"), self.json_wanted)):
            button = buttons.addButton(words, QDialogButtonBox.ButtonRole.ActionRole)
            button.setAutoDefault(False)  # Enter belongs to the table
            button.clicked.connect(signal)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        buttons.rejected.connect(self.close)
        above = QHBoxLayout()
        above.addWidget(banner, 1)
        above.addWidget(self.choice)
        column = QVBoxLayout(self)
        column.addLayout(above)
        column.addWidget(self.table, 1)
        column.addWidget(self.said)
        column.addWidget(buttons)
        rows = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.table.selectionModel().setCurrentIndex(self._listed.index(0, 0), rows)
        self.table.setFocus()

    def listed(self) -> list[LineCounts]:
        """The lines listed now, from top to bottom."""
        return [self._line(self._listed.index(row, 0)) for row in range(self._listed.rowCount())]

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self._listed)
        table.setSortingEnabled(True)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setShowGrid(False)
        table.setAccessibleName(tr("Lines of the list"))
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 8)
        header = table.horizontalHeader()
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)  # as in the file
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        longest = table.fontMetrics().horizontalAdvance(writing.count(None)) + MARGIN
        for at, width in enumerate(WIDTHS):
            table.setColumnWidth(at, max(width, longest) if at in COUNTS else width)
        table.activated.connect(lambda index: self.line_wanted.emit(self._line(index)))
        return table

    def _line(self, index: QModelIndex) -> LineCounts:
        return self.results[self._listed.mapToSource(index).row()]


class _Listed(QSortFilterProxyModel):
    """The lines that are to be listed, in the order that is chosen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._found: bool | None = None
        self.setSortCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    def show_only(self, found: bool | None) -> None:
        """List the lines with hits, or those without; all for None."""
        self._found = found
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        """Part of Qt's interface."""
        if self._found is None:
            return True
        model = self.sourceModel()
        return self._found == any((model.index(row, at).data(SORTED) or 0) > 0 for at in COUNTS)


class _Rows(QAbstractTableModel):
    """Lines as a table view shows them; cells are made as they come into view."""

    def __init__(self, results: tuple[LineCounts, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._results = results
        self._headings = (*writing.headings(), tr("Best hits"))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self._results)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        one, column = self._results[index.row()], index.column()
        if role == SORTED:
            return self._sorted(one, index.row(), column)
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (0, *COUNTS):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        words = shown.line(self._words(one, column))
        return words if role == Qt.ItemDataRole.DisplayRole else tips.plain(words)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._headings[section]
        return None

    def _words(self, one: LineCounts, column: int) -> str:
        if column == len(self._headings) - 1:
            return "  ·  ".join(shown.isolated(hit.title or tr("Untitled")) for hit in one.counted.best)
        return writing.cells(one)[column]

    def _sorted(self, one: LineCounts, row: int, column: int) -> int | str:
        """Counts by number, what was not searched below none; lines as in the file; all else by its words."""
        if column == 0:
            return row
        if column in COUNTS:
            counted = (one.counted.exact, one.counted.name, one.counted.sound)[column - EXACT]
            return -1 if counted is None else counted
        return self._words(one, column)
