"""Dialogs that list rows: the report of an import, records that could not be searched, findings of a verification."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
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
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop import shown, tips
from desktop.translate import number, tr

Index = QModelIndex | QPersistentModelIndex
Save = Callable[[str, bytes], None]


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its cells, and the record it leads to, if any."""

    cells: tuple[str, ...]
    record: str = ""


class TableDialog(QDialog):
    """A sentence over a table, sorted by any column; rows can be copied, and lead to their record by Enter or a double
    click. With `by`, the number of a column, only the rows of one of its values can be listed; with `save`, which is
    given a name and bytes, the list can be saved."""

    record_wanted = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        title: str,
        sentence: str,
        headings: Sequence[str],
        lines: Sequence[Line],
        *,
        by: int | None = None,
        save: Save | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.resize(820, 480)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._sentence = QLabel(shown.line(sentence))
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setWordWrap(True)
        self._headings = tuple(headings)
        self._lines = tuple(Line(tuple(shown.line(cell) for cell in line.cells), line.record) for line in lines)
        self._listed = QSortFilterProxyModel(self)
        self._listed.setSourceModel(Rows(self._headings, self._lines, self))
        self._listed.setSortCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.table = self._make_table()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy_button = buttons.addButton(tr("Copy the list"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy_button.clicked.connect(lambda: self._copy(self.listed()))
        if save is not None:
            self.save_button = buttons.addButton(tr("Save the list…"), QDialogButtonBox.ButtonRole.ActionRole)
            self.save_button.clicked.connect(lambda: save(f"{title}.csv", self._as_csv()))
        buttons.rejected.connect(self.close)
        column = QVBoxLayout(self)
        column.addWidget(self._sentence)
        self.choice = QComboBox()
        if by is not None:
            self._offer(by)
            row = QHBoxLayout()
            row.addWidget(self.choice)
            row.addStretch()
            column.addLayout(row)
        column.addWidget(self.table, 1)
        column.addWidget(buttons)
        first = self._listed.index(0, 0)
        rows = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.table.selectionModel().setCurrentIndex(first, rows)  # selectRow heeds the keys of the shortcut, still held
        self.table.setFocus()

    def listed(self) -> list[Line]:
        """The rows listed now, from top to bottom."""
        return [self._line(self._listed.index(row, 0)) for row in range(self._listed.rowCount())]

    def copy_selected(self) -> None:
        """Copy the rows selected."""
        rows = sorted(self.table.selectionModel().selectedRows(), key=lambda index: index.row())
        self._copy([self._line(index) for index in rows])

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self._listed)
        table.setSortingEnabled(True)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 8)
        header = table.horizontalHeader()
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)  # as given
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if len(self._headings) > 2:
            table.setColumnWidth(0, 360)
            table.setColumnWidth(1, 130)
        table.activated.connect(self._lead)
        copying = QShortcut(QKeySequence.StandardKey.Copy, table)
        copying.setContext(Qt.ShortcutContext.WidgetShortcut)
        copying.activated.connect(self.copy_selected)
        return table

    def _offer(self, by: int) -> None:
        """Let one value of a column be listed alone."""
        counts = Counter(line.cells[by] for line in self._lines)
        self.choice.setAccessibleName(self._headings[by])
        self.choice.addItem(tr("Everything ({n})", n=number(len(self._lines))), "")
        for value, count in sorted(counts.items()):
            self.choice.addItem(tr("{value} ({n})", value=value, n=number(count)), value)
        self._listed.setFilterKeyColumn(by)

        def show(place: int) -> None:
            value = self.choice.itemData(place)
            escaped = "".join(f"\\x{{{ord(sign):x}}}" for sign in value)
            self._listed.setFilterRegularExpression(f"^{escaped}$" if value else "")

        self.choice.currentIndexChanged.connect(show)

    def _line(self, index: QModelIndex) -> Line:
        return self._lines[self._listed.mapToSource(index).row()]

    def _copy(self, lines: Sequence[Line]) -> None:
        """Tab-separated, so that it pastes into a spreadsheet as a table."""
        rows = [self._headings, *(line.cells for line in lines)]
        QGuiApplication.clipboard().setText("".join("\t".join(map(harmless, row)) + "\n" for row in rows))

    def _as_csv(self) -> bytes:
        """The sentence and what is listed, as spreadsheets read it."""
        words = io.StringIO(newline="")
        writer = csv.writer(words)
        writer.writerows([[self._sentence.text()], [], self._headings])
        writer.writerows([harmless(cell) for cell in line.cells] for line in self.listed())
        return words.getvalue().encode("utf-8-sig")

    def _lead(self, index: QModelIndex) -> None:
        record = self._line(index).record
        if record:
            self.record_wanted.emit(record)
            self.close()


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: a file may be named like one."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell


class Rows(QAbstractTableModel):
    """Lines as a table view shows them."""

    def __init__(self, headings: tuple[str, ...], lines: tuple[Line, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._headings, self._lines = headings, lines

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        words = self._lines[index.row()].cells[index.column()]
        return words if role == Qt.ItemDataRole.DisplayRole else tips.plain(words)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._headings[section]
        return None
