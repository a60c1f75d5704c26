"""A long table of rows that are marked by Space or a click: to be left out, to go without their original, to go."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop import shown, tips
from desktop.tables import Index
from desktop.translate import tr


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what is marked by it, its cells, and the record that Enter leads to, if any."""

    id: str
    cells: tuple[str, ...]
    record: str = ""


class Marks(QAbstractTableModel):
    """Rows with a box before them where `verb`, the heading of the boxes, is not empty."""

    changed = Signal(object)  # frozenset[str]: what is marked now

    def __init__(
        self, verb: str, headings: Sequence[str], rows: Sequence[Row], marked: AbstractSet[str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._boxes = 1 if verb else 0
        self._headings = ((verb, *headings)) if verb else tuple(headings)
        self._rows, self._marked = tuple(rows), set(marked)

    def row(self, at: int) -> Row:
        """The row there."""
        return self._rows[at]

    def toggle(self, rows: Sequence[int]) -> None:
        """Mark these rows, or none of them where all are."""
        wanted = {self._rows[at].id for at in rows}
        if not self._boxes or not wanted:
            return
        if wanted <= self._marked:
            self._marked -= wanted
        else:
            self._marked |= wanted
        for at in rows:
            self.dataChanged.emit(self.index(at, 0), self.index(at, 0), [Qt.ItemDataRole.CheckStateRole])
        self.changed.emit(frozenset(self._marked))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self._headings)

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usual | Qt.ItemFlag.ItemIsUserCheckable if self._is_box(index) else usual

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        if self._is_box(index):
            if role == Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if row.id in self._marked else Qt.CheckState.Unchecked
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return tr("{verb}: {name}", verb=self._headings[0], name=shown.isolated(row.cells[0]))
            return None
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        words = shown.line(row.cells[index.column() - self._boxes])
        return words if role == Qt.ItemDataRole.DisplayRole else tips.plain(words)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not self._is_box(index):
            return False
        self.toggle((index.row(),))
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._headings[section]
        return None

    def _is_box(self, index: Index) -> bool:
        return bool(self._boxes) and index.column() == 0


class MarkTable(QTableView):
    """Up and Down walk, Space marks what is selected, Enter opens a row's record, Tab leaves."""

    record_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.activated.connect(lambda index: self._lead(index.row()))

    def show_rows(self, marks: Marks, called: str) -> None:
        """Show these rows and no other."""
        old = self.model()
        self.setModel(marks)
        if old is not None:
            old.deleteLater()
        self.setAccessibleName(called)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        letter = self.fontMetrics().averageCharWidth()
        boxes = marks.columnCount() > 1 and bool(marks.flags(marks.index(0, 0)) & Qt.ItemFlag.ItemIsUserCheckable)
        if boxes:
            self.setColumnWidth(0, self.fontMetrics().horizontalAdvance(marks.headerData(0, _ACROSS)) + 3 * letter)
        for column in range(marks.columnCount()):
            stretches = column >= int(boxes)
            mode = QHeaderView.ResizeMode.Stretch if stretches else QHeaderView.ResizeMode.Interactive
            self.horizontalHeader().setSectionResizeMode(column, mode)
        if marks.rowCount():
            self.setCurrentIndex(marks.index(0, int(boxes)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter would also press the dialog's button, and Space reach only the column it stands on."""
        marks = self.model()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._lead(self.currentIndex().row())
        elif event.key() == Qt.Key.Key_Space and isinstance(marks, Marks):
            marks.toggle(sorted(index.row() for index in self.selectionModel().selectedRows()))
        else:
            super().keyPressEvent(event)

    def _lead(self, row: int) -> None:
        marks = self.model()
        if isinstance(marks, Marks) and marks.row(row).record:
            self.record_wanted.emit(marks.row(row).record)


_ACROSS = Qt.Orientation.Horizontal
