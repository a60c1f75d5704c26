"""The table of cases: what it says, in which order, and how it is walked with the keyboard."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from desktop import labels
from desktop.overview.actions import PAGE, Listing, Page, Row
from desktop.overview.table import ORDERS, CaseRows, CellDelegate
from index.answers import Filter, Query
from tests.desktop.overview.conftest import PEOPLE, Seen

Show = Callable[..., None]


def names(seen: Seen) -> list[str]:
    rows = seen.view.table.rows
    return [rows.index(row, 0).data() for row in range(rows.rowCount())]


def test_rows_say_what_is_recorded(overview: Seen, show: Show) -> None:
    show(overview)
    rows = overview.view.table.rows
    (row,) = (row for row in range(rows.rowCount()) if rows.index(row, 0).data() == "Person A")
    said = dict(zip(ORDERS, (rows.index(row, column).data() for column in range(len(ORDERS))), strict=True))
    assert said.pop("code").startswith("C-")
    assert said == {
        "name": "Person A",
        "outcome": f"{labels.value('outcome', 'sentenced')}, 2018-07",
        "countries": "China → Thailand",
        "first": "2014",
        "last": "2018-07",
        "programme": "",
        "contradictions": "",
        "sources": "1",
    }
    assert names(overview)[-1] in ("Person D", "شەخس ج")  # without a date, last


def test_the_headers_sort(overview: Seen, show: Show, qtbot: QtBot) -> None:
    show(overview)
    header = overview.view.table.horizontalHeader()
    with qtbot.waitSignal(overview.controller.shown):
        header.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
    assert names(overview) == ["=1+1 (group)", "Person A", "Person D", "شەخس ج", "人物乙"]
    with qtbot.waitSignal(overview.controller.shown):
        QTest.keyClick(overview.view.table, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert names(overview) == ["人物乙", "شەخس ج", "Person D", "Person A", "=1+1 (group)"]
    with qtbot.waitSignal(overview.controller.shown):
        QTest.keyClick(overview.view.table, Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    assert names(overview)[:2] == ["人物乙", "Person A"]


def test_enter_opens_and_escape_leaves(overview: Seen, show: Show) -> None:
    show(overview)
    table = overview.view.table
    overview.view.take_focus()
    assert table.selectionModel().hasSelection()
    at = names(overview).index("人物乙")
    for _ in range(at):
        QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert overview.records == [overview.made["case of 人物乙"]]
    QTest.keyClick(table, Qt.Key.Key_Escape)
    for _ in range(at + 1):
        QTest.keyClick(table, Qt.Key.Key_Up)
    assert overview.left == [True, True]


def test_a_double_click_opens(overview: Seen, show: Show) -> None:
    show(overview, "", Filter("outcome", "sentenced"))
    table = overview.view.table
    place = table.visualRect(table.rows.index(0, 2)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert overview.records == [overview.made["case of Person A"]]


def test_the_table_as_csv_runs_no_formula(overview: Seen, show: Show, qtbot: QtBot) -> None:
    show(overview)
    overview.view.values_wanted.emit()
    qtbot.waitUntil(lambda: bool(overview.saved))
    ((name, content),) = overview.saved
    assert name == "Cases.csv"
    head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert head[0] == "Person concerned or name"
    assert {row[0] for row in rows} == {*PEOPLE, "'=1+1 (group)"}


@pytest.mark.parametrize("total", [0, 1, PAGE, 10_000])
def test_pages_are_fetched_when_they_are_looked_at(qtbot: QtBot, total: int) -> None:
    rows, asked = CaseRows(), list[int]()
    listing = Listing(Query(""))

    def page(offset: int) -> Page:
        cells = ("",) * len(ORDERS)
        return Page(listing, offset, total, tuple(Row(str(n), cells) for n in range(offset, total)[:PAGE]))

    def fetch(_: Listing, offset: int) -> None:
        asked.append(offset)
        rows.fill(page(offset))

    rows.wanted.connect(fetch)
    rows.start(page(0))
    assert rows.rowCount() == total
    if total <= PAGE:
        return
    assert rows.index(total - 1, 0).data() is None
    qtbot.waitUntil(lambda: rows.case(total - 1) is not None)
    assert (asked, rows.index(total - 1, 0).data()) == ([total - PAGE], "")
    rows.fill(Page(Listing(Query("another")), 0, total, ()))
    assert rows.case(0) is not None


def test_names_run_their_own_way(overview: Seen, show: Show) -> None:
    show(overview)
    table, directions = overview.view.table, {}
    for row, name in enumerate(names(overview)):
        option = QStyleOptionViewItem()
        delegate = table.itemDelegate()
        assert isinstance(delegate, CellDelegate)
        delegate.initStyleOption(option, table.rows.index(row, 0))
        directions[name] = option.direction
    leftward = [name for name, direction in directions.items() if direction == Qt.LayoutDirection.RightToLeft]
    assert leftward == ["شەخس ج"]
