"""The cases as a table that fetches each page of rows when it is first shown, and is sorted by its headers."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
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
LETTERS = {"name": 27, "code": 11, "outcome": 24, "countries": 24, "first": 13, "last": 13, "programme": 18}
"""The least widths of columns in letters; what is not named gets the width of its heading."""
SHARES = {"name": 4, "outcome": 4, "countries": 3, "first": 1, "last": 1}
"""How columns share the width that is left over."""

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
        self._by_hand = self._fitting = False
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSortIndicatorShown(True)
        header.setSectionsClickable(True)
        header.sectionResized.connect(self._keep_widths)
        self._fit()
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the width."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """With another size of letters all widths are others."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._by_hand = False
            self._fit()

    def _fit(self) -> None:
        """Make lines as high and columns as wide as their letters want; what a person made wider or narrower stays."""
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 10)
        if self._by_hand:
            return
        letter, heading = self.fontMetrics().horizontalAdvance("n"), self.horizontalHeader().fontMetrics()
        least = [
            max(heading.horizontalAdvance(COLUMNS[order]()) + 34, LETTERS.get(order, 0) * letter) for order in ORDERS
        ]
        spare = max(0, self.viewport().width() - sum(least)) // sum(SHARES.values())
        self._fitting = True
        for column, order in enumerate(ORDERS):
            self.setColumnWidth(column, least[column] + SHARES.get(order, 0) * spare)
        self._fitting = False

    def _keep_widths(self) -> None:
        if not self._fitting:
            self._by_hand = True

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
