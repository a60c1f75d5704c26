"""Dialogs that list rows: the report of an import, records that could not be searched, findings of a verification."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop import tips
from desktop.translate import tr

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its cells, and the record it leads to, if any."""

    cells: tuple[str, ...]
    record: str = ""


class TableDialog(QDialog):
    """A sentence over a table; rows can be copied, and lead to their record by Enter or a double click."""

    record_wanted = Signal(str)

    def __init__(
        self, parent: QWidget, title: str, sentence: str, headings: Sequence[str], lines: Sequence[Line]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.resize(820, 480)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        said = QLabel(sentence)
        said.setTextFormat(Qt.TextFormat.PlainText)
        said.setWordWrap(True)
        self._lines = tuple(lines)
        self._headings = tuple(headings)
        self.table = QTableView()
        self.table.setModel(_Rows(self._headings, self._lines, self))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        self.table.setColumnWidth(0, 420)
        self.table.activated.connect(self._lead)
        copying = QShortcut(QKeySequence.StandardKey.Copy, self.table)
        copying.setContext(Qt.ShortcutContext.WidgetShortcut)
        copying.activated.connect(self.copy_selected)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy_button = buttons.addButton(tr("Copy all"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy_button.clicked.connect(lambda: self._copy(self._lines))
        buttons.rejected.connect(self.close)
        column = QVBoxLayout(self)
        column.addWidget(said)
        column.addWidget(self.table, 1)
        column.addWidget(buttons)
        if self._lines:
            self.table.selectRow(0)
        self.table.setFocus()

    def copy_selected(self) -> None:
        """Copy the rows selected."""
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        self._copy([self._lines[row] for row in rows])

    def _copy(self, lines: Sequence[Line]) -> None:
        """Tab-separated, so that it pastes into a spreadsheet as a table."""
        rows = [self._headings, *(line.cells for line in lines)]
        flat = ["\t".join(cell.replace("\t", " ").replace("\n", " ") for cell in row) for row in rows]
        QGuiApplication.clipboard().setText("\n".join(flat) + "\n")

    def _lead(self, index: QModelIndex) -> None:
        record = self._lines[index.row()].record
        if record:
            self.record_wanted.emit(record)
            self.close()


class _Rows(QAbstractTableModel):
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
