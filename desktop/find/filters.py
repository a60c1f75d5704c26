"""The filters: for each facet its values with counts, to be included or left out."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QVBoxLayout, QWidget

from desktop import labels, tips
from desktop.find.facet_row import ROW, FacetDelegate, Row, minus_area
from desktop.find.lenses import further, offered
from desktop.find.years import YearBars
from desktop.theme import scaled
from desktop.translate import number, tr, trn
from index.answers import FacetCount, Filter

AT_FIRST = 6  # values of one facet shown before "all"


class Filters(QTreeView):
    """One tree with one place in the tab order: arrows walk, Space includes, Delete leaves out."""

    toggled = Signal(object)  # Filter: put it in force, or take it away where it is
    years_chosen = Signal(object)  # tuple[str, ...]
    years_left_out = Signal(object)  # tuple[str, ...]
    widened = Signal()  # further facets are shown, so further counts are wanted

    def __init__(self) -> None:
        super().__init__()
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setAccessibleName(tr("Filters"))
        self.setItemDelegate(FacetDelegate(self))
        self._items = QStandardItemModel(self)
        self.setModel(self._items)
        self._all: set[str] = set()
        self._more = False
        self._place = ""
        self._facets: dict[str, tuple[FacetCount, ...]] = {}
        self._filters: tuple[Filter, ...] = ()
        self._bars: YearBars | None = None
        self._year: int | None = None  # where the keyboard stood among the bars

    def wanted(self) -> tuple[str, ...]:
        """The facets whose counts are shown now."""
        return offered(self._place) + (further(self._place) if self._more else ())

    def show_facets(self, facets: dict[str, tuple[FacetCount, ...]], filters: tuple[Filter, ...]) -> None:
        """Show these counts with these filters in force; the place in the tree stays."""
        self._facets, self._filters = facets, filters
        self._rebuild()

    def show_filters(self, filters: tuple[Filter, ...], place: str = "") -> None:
        """Show which are in force in a place, with the counts of before, until new ones come."""
        self._filters, self._place = filters, place
        self._rebuild()

    def row(self, index: QModelIndex | QPersistentModelIndex) -> Row | None:
        """What stands at an index."""
        found = index.data(ROW)
        return found if isinstance(found, Row) else None

    def rows(self) -> list[Row]:
        """Everything shown, from top to bottom."""
        indexes = [self._items.index(number, 0) for number in range(self._items.rowCount())]
        return [row for row in map(self.row, indexes) if row is not None]

    def activate(self, row: Row, exclude: bool = False) -> None:
        """What a click, or Space, does to a row."""
        if row.rest:
            self._all.add(row.field)
            self._rebuild()
        elif row.field == "more":
            self._more = not self._more
            self._rebuild()
            self.widened.emit()
        elif row.value is not None:
            in_force = Filter(row.field, row.value, row.state == "excluded")
            self.toggled.emit(in_force if row.state else Filter(row.field, row.value, exclude))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space or Enter includes, Delete or minus leaves out; the rest is the tree's."""
        row = self.row(self.currentIndex())
        if row is not None and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.activate(row)
        elif row is not None and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Minus):
            self.activate(row, exclude=True)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click includes; on the minus at the end of the line it leaves out."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        row = self.row(index)
        if row is not None and event.button() == Qt.MouseButton.LeftButton:
            self.activate(row, exclude=minus_area(self.visualRect(index)).contains(event.position().toPoint()))

    def _rebuild(self) -> None:
        place, current = self.verticalScrollBar().value(), self.row(self.currentIndex())
        old, self._bars = self._bars, None
        self._year = old.at if old is not None else None
        in_years = old is not None and old.hasFocus()
        self._items.clear()
        for field in offered(self._place):
            self._add_facet(field)
        if self._items.rowCount() or self._more:  # in an empty archive there is nothing to filter
            self._add(Row("more", state="open" if self._more else ""), tr("More filters"))
        if self._more:
            for field in further(self._place):
                self._add_facet(field)
        self.verticalScrollBar().setValue(place)
        for line in range(self._items.rowCount()):
            row = self.row(self._items.index(line, 0))
            if current and row and row.place == current.place:
                self.setCurrentIndex(self._items.index(line, 0))
        if in_years and self._bars is not None:
            self._bars.setFocus()

    def _add_facet(self, field: str) -> None:
        counts = {count.value: count.count for count in self._facets.get(field, ())}
        states = {f.value: "excluded" if f.exclude else "included" for f in self._filters if f.field == field}
        if not counts and not states:
            return
        self._add(Row(field), labels.field(field))
        if field == "year":
            self._add_years(counts, states)
            counts = {value: count for value, count in counts.items() if not value}
            states = {value: state for value, state in states.items() if not value or state == "excluded"}
        values = [value for value in states if value not in counts] + list(counts)
        shown = values if field in self._all else values[:AT_FIRST]
        shown += [value for value in states if value not in shown]
        for value in shown:
            row = Row(field, value, counts.get(value), states.get(value, ""))
            self._add(row, labels.value(field, value))
        if len(values) > len(shown):
            self._add(Row(field, rest=len(values) - len(shown)), tr("All {n}", n=number(len(values))))

    def _add_years(self, counts: dict[str, int], states: dict[str, str]) -> None:
        bars = YearBars()
        bars.setParent(self)  # shown without a parent it would be a window for a moment, and take the focus
        bars.setFont(scaled(self.font(), 0.85))
        bars.setContentsMargins(0, 0, 0, 0)
        taken = frozenset(value for value, state in states.items() if state == "included")
        bars.show_counts(tuple(FacetCount(value, count) for value, count in counts.items() if value), taken, self._year)
        if not len(bars.years()):
            bars.deleteLater()
            return
        bars.chosen.connect(self.years_chosen)
        bars.left_out.connect(self.years_left_out)
        item = QStandardItem()
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setSizeHint(bars.sizeHint() + QSize(0, 8))
        self._items.appendRow(item)
        self.setIndexWidget(item.index(), _padded(bars))
        QWidget.setTabOrder(self, bars)
        self._bars = bars

    def _add(self, row: Row, words: str) -> None:
        item = QStandardItem(words)
        item.setData(row, ROW)
        selectable = row.value is not None or row.rest > 0 or row.field == "more"
        item.setFlags(
            Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if selectable else Qt.ItemFlag.NoItemFlags
        )
        if row.value is not None:
            states = {"included": tr("included"), "excluded": tr("left out"), "": ""}
            spoken = [
                f"{labels.field(row.field)}: {words}",
                trn("{n} record", "{n} records", row.count or 0),
                states[row.state],
            ]
            item.setData(", ".join(filter(None, spoken)), Qt.ItemDataRole.AccessibleTextRole)
            ways = tr("Space includes it; Delete, or a click on the −, leaves it out.")
            item.setToolTip(tips.plain(words) + tips.plain(ways))
        self._items.appendRow(item)


def _padded(bars: YearBars) -> QWidget:
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(12, 2, 12, 6)
    layout.addWidget(bars)
    return holder
