"""The cases as a table that fetches each page of rows when it is first shown, and is sorted by its headers."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from desktop import tips
from desktop.overview.actions import PAGE, Listing, Page, Row
from desktop.overview.words import COLUMNS
from desktop.read.offsets import is_leftward
from desktop.translate import tr
from index.answers import Query

KEPT = 40
"""Pages kept; older ones are fetched again."""
ORDERS = tuple(COLUMNS)
NUMBERS = ("contradictions", "sources")
WIDTHS = {"name": 190, "code": 80, "outcome": 170, "countries": 170, "first": 90, "last": 90, "programme": 130}
"""In pixels at 96 dpi; what is not named gets the width of its heading."""

Index = QModelIndex | QPersistentModelIndex


class CaseRows(QAbstractTableModel):
    """Rows are cases; a row not yet fetched is blank and asks for its page."""

    wanted = Signal(object, int)  # Listing, offset: fetch this page; answer with `fill`

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._listing = Listing(Query(""))
        self._total = 0
        self._pages: dict[int, tuple[Row, ...]] = {}
        self._missing: list[int] = []
        self._asked: int | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._ask)

    def start(self, page: Page) -> None:
        """Show the first page of a listing."""
        self.beginResetModel()
        self._listing, self._total = page.listing, page.total
        self._pages, self._missing, self._asked = {0: page.rows}, [], None
        self.endResetModel()

    def fill(self, page: Page) -> None:
        """Take a page that was wanted; one of another listing is left aside."""
        if page.listing != self._listing:
            return
        at = page.offset // PAGE
        self._asked = None
        self._pages[at] = page.rows
        while len(self._pages) > KEPT:
            del self._pages[next(iter(self._pages))]
        last = min(self._total, page.offset + PAGE) - 1
        if page.offset <= last:
            self.dataChanged.emit(self.index(page.offset, 0), self.index(last, len(ORDERS) - 1))
        if self._missing:
            self._soon.start()

    def forget_request(self) -> None:
        """The page that was asked for will not come; it is asked for again when shown."""
        self._asked = None

    def case(self, row: int) -> Row | None:
        """The case in a row, if it was fetched."""
        page = self._pages.get(row // PAGE)
        return page[row % PAGE] if page is not None and 0 <= row < self._total and row % PAGE < len(page) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """How many cases there are."""
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """As many as there are orders."""
        return 0 if parent.isValid() else len(ORDERS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell, and the same in full as a tip."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if ORDERS[index.column()] in NUMBERS else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        case = self.case(index.row())
        if case is None:
            self._want(index.row() // PAGE)
            return None
        words = case.cells[index.column()]
        return words if role == Qt.ItemDataRole.DisplayRole else tips.plain(words) if words else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What the columns are called, and how to sort by them."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[ORDERS[section]]()
        return tr("Sort by this column: Alt+{n}", n=section + 1) if role == Qt.ItemDataRole.ToolTipRole else None

    def _want(self, page: int) -> None:
        if page == self._asked or page in self._pages:
            return
        if page in self._missing:
            self._missing.remove(page)
        self._missing.append(page)
        del self._missing[:-3]  # what was scrolled past is not wanted any more
        self._soon.start()

    def _ask(self) -> None:
        if self._asked is None and self._missing:
            self._asked = self._missing.pop()
            self.wanted.emit(self._listing, self._asked * PAGE)


class CaseTable(QTableView):
    """One line for each case; Enter or a double click opens it."""

    entered = Signal(str)  # UUID
    left = Signal()  # Esc, or Up from the first line
    sorted_by = Signal(str, bool)  # Order, descending

    def __init__(self) -> None:
        super().__init__()
        self.rows = CaseRows(self)
        self.setModel(self.rows)
        self.setItemDelegate(CellDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(tr("Table of cases"))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 10)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSortIndicatorShown(True)
        header.setSectionsClickable(True)
        for column, order in enumerate(ORDERS):
            least = header.fontMetrics().horizontalAdvance(COLUMNS[order]()) + 34
            self.setColumnWidth(column, max(least, WIDTHS.get(order, 0)))
        self.show_order("last", descending=True)
        header.sortIndicatorChanged.connect(
            lambda column, way: self.sorted_by.emit(ORDERS[column], way == Qt.SortOrder.DescendingOrder)
        )
        self.doubleClicked.connect(lambda index: self._enter(index.row()))

    def take_shape(self, other: CaseTable) -> None:
        """The order and columns of another table, as wide as they are together and as high as the other."""
        header, theirs = self.horizontalHeader(), other.horizontalHeader()
        self.show_order(ORDERS[theirs.sortIndicatorSection()], descending=other.descends)
        for column in range(len(ORDERS)):
            self.setColumnWidth(column, other.columnWidth(column))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.resize(header.length(), other.height())

    @property
    def descends(self) -> bool:
        """Whether the order runs from the last to the first."""
        return self.horizontalHeader().sortIndicatorOrder() == Qt.SortOrder.DescendingOrder

    def show_order(self, order: str, *, descending: bool) -> None:
        """Show an order in the header, without asking for it."""
        header = self.horizontalHeader()
        header.blockSignals(True)
        way = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(ORDERS.index(order), way)
        header.blockSignals(False)

    def choose_first(self) -> None:
        """Stand on the first line, where one stands on none."""
        if self.rows.rowCount() and not self.selectionModel().hasSelection():
            chosen = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().setCurrentIndex(self.rows.index(0, 0), chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; Esc, and Up from the first line, lead back; Alt and a figure sort by that column."""
        key = event.key()
        row = self.currentIndex().row()
        column = key - Qt.Key.Key_1
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(row)
        elif key == Qt.Key.Key_Escape or (key == Qt.Key.Key_Up and row <= 0):
            self.left.emit()
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier and 0 <= column < len(ORDERS):
            self._sort(column)
        else:
            super().keyPressEvent(event)

    def _sort(self, column: int) -> None:
        """Sort by a column, or turn its order round."""
        header = self.horizontalHeader()
        up, down = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
        again = header.sortIndicatorSection() == column and header.sortIndicatorOrder() == up
        header.setSortIndicator(column, down if again else up)

    def _enter(self, row: int) -> None:
        case = self.rows.case(row)
        if case is not None:
            self.entered.emit(case.id)


class CellDelegate(QStyledItemDelegate):
    """Cells in scripts that run from right to left do so, and are cut at their own end."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Part of QStyledItemDelegate's interface."""
        super().initStyleOption(option, index)
        if is_leftward(option.text):
            option.direction = Qt.LayoutDirection.RightToLeft
        option.state &= ~QStyle.StateFlag.State_HasFocus  # the whole line is marked
