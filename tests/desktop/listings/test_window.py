"""A list searched from the window: what is asked, the table sorted and saved, and a line put as a query."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from archive.notebook import shelves
from archive.notebook.records import Export
from desktop.listings.controller import ListController
from desktop.listings.dialog import ListDialog
from desktop.listings.table import ListTable
from desktop.screen import ArchiveScreen
from desktop.window import MainWindow
from desktop.work import WorkStrip
from index.answers import Filter, Query
from tests.desktop.statements.test_window import finished

LINES = "lantern\nZebra\n灯笼\nlighthouse keeper\n---\n=HYPERLINK(1)\nچىراغ\n\u202eevil\n"


@pytest.fixture
def lists(window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ListController:
    """What searches lists; files that it makes lie in a folder of the test's."""
    assert window.working is not None
    (tmp_path / "saved").mkdir()
    monkeypatch.setattr(window.working.stated.lists, "_place", lambda name: tmp_path / "saved" / name)
    (tmp_path / "names.txt").write_text(LINES, "utf-8")
    return window.working.stated.lists


@pytest.fixture
def screen(window: MainWindow) -> ArchiveScreen:
    assert window.archive is not None
    return window.archive


@pytest.fixture(autouse=True)
def no_dialog_left() -> Iterator[None]:
    yield
    for left in QApplication.topLevelWidgets():
        if isinstance(left, ListDialog | ListTable):
            left.close()


def dialog(qtbot: QtBot) -> ListDialog:
    def found() -> list[ListDialog]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, ListDialog) and one.isVisible()]

    qtbot.waitUntil(lambda: bool(found()))
    return found()[0]


def table(qtbot: QtBot) -> ListTable:
    def found() -> list[ListTable]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, ListTable) and one.isVisible()]

    qtbot.waitUntil(lambda: bool(found()))
    return found()[0]


def searched(qtbot: QtBot, lists: ListController, path: Path) -> ListTable:
    lists.read(path)
    dialog(qtbot).submit()
    return table(qtbot)


def texts(one: ListTable) -> list[str]:
    return [line.line.text for line in one.listed()]


def test_a_list_is_searched_and_its_table_sorted(
    lists: ListController, screen: ArchiveScreen, qtbot: QtBot, tmp_path: Path
) -> None:
    lists.read(tmp_path / "names.txt")
    asked = dialog(qtbot)
    assert "8 lines: lantern, Zebra, 灯笼" in asked.said_lines.text()
    asked.submit()
    shown = table(qtbot)
    assert texts(shown) == LINES.splitlines()
    counts = {line.line.text: line.counted.exact for line in shown.results}
    assert counts["lantern"] == 4
    assert (counts["Zebra"], counts["---"], counts["灯笼"]) == (0, None, 1)
    shown.table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    assert texts(shown)[0] == "lantern"
    assert texts(shown)[-1] == "---"  # what was not searched stands below what was not found
    shown.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert texts(shown) == LINES.splitlines()
    shown.choice.setCurrentIndex(1)
    assert texts(shown) == ["lantern", "灯笼", "lighthouse keeper", "چىراغ"]
    assert "Absence is not a finding." in shown.said.text()
    assert "Confidential records were not searched." in shown.said.text()
    model = shown.table.model()
    cells = [str(model.index(row, column).data()) for row in range(model.rowCount()) for column in range(7)]
    assert not any("\u202e" in cell for cell in cells)
    assert "not searched" in cells
    for column in (2, 3, 4):  # none of it is cut off
        assert shown.table.columnWidth(column) > shown.table.fontMetrics().horizontalAdvance("not searched") + 6
    assert "The harbour report" in " ".join(cells)


def test_enter_on_a_line_puts_it_as_a_query(
    lists: ListController, screen: ArchiveScreen, qtbot: QtBot, tmp_path: Path
) -> None:
    shown = searched(qtbot, lists, tmp_path / "names.txt")
    shown.table.selectRow(3)
    qtbot.keyClick(shown.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.bar.text() == '"lighthouse keeper"')
    qtbot.waitUntil(lambda: screen.results.hits.rowCount() == 1)
    assert screen.finding.query.filters == (Filter("confidentiality", "confidential", exclude=True),)
    assert shown.isVisible()  # the next line can be looked at


def test_the_filters_in_force_hold_for_the_list(
    lists: ListController, screen: ArchiveScreen, qtbot: QtBot, tmp_path: Path
) -> None:
    screen.finding.ask(Query("", (Filter("country", "TH"),)))
    shown = searched(qtbot, lists, tmp_path / "names.txt")
    assert {line.line.text: line.counted.exact for line in shown.results}["lantern"] == 1
    assert shown.head.filters == (Filter("country", "TH"),)


def test_the_table_is_saved(lists: ListController, screen: ArchiveScreen, qtbot: QtBot, tmp_path: Path) -> None:
    shown = searched(qtbot, lists, tmp_path / "names.txt")
    shown.csv_wanted.emit()
    assert "not protected" in finished(qtbot, screen).words()
    words = (tmp_path / "saved" / "List search.csv").read_text("utf-8-sig")
    assert words.startswith('"A hit is a text match, not an identification."')
    assert "'=HYPERLINK(1)" in words
    shown.json_wanted.emit()
    qtbot.waitUntil(lambda: (tmp_path / "saved" / "List search.json").exists())
    told = json.loads((tmp_path / "saved" / "List search.json").read_text("utf-8"))
    assert [one["text"] for one in told["results"]] == LINES.splitlines()
    assert told["closing"] == "Absence is not a finding."
    notebook = lists._session.notebook
    exports: list[tuple[Export, ...]] = []

    def is_remembered() -> bool:
        notebook.submit(lambda desk, _: shelves.exports(desk.notebook.db), exports.append, lambda error: None)
        return bool(exports) and len(exports[-1]) == 2

    qtbot.waitUntil(is_remembered)
    assert {(one.what, one.form) for one in exports[-1]} == {("list", "csv"), ("list", "json")}
    best = {hit.id for line in shown.results for hit in line.counted.best}
    assert best
    assert set(exports[-1][0].records) == best


def test_a_column_of_a_table_is_chosen(
    lists: ListController, screen: ArchiveScreen, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "names.csv").write_text("Id,Name\n1,lantern\n2,Zebra\n")
    lists.read(tmp_path / "names.csv")
    asked = dialog(qtbot)
    assert "3 lines" in asked.said_lines.text()
    asked.column.setCurrentIndex(asked.column.findData("Name"))
    assert "2 lines: lantern, Zebra" in asked.said_lines.text()
    asked.submit()
    assert texts(table(qtbot)) == ["lantern", "Zebra"]


def test_what_was_done_is_kept_when_it_is_stopped(
    lists: ListController, screen: ArchiveScreen, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "long.txt").write_text("".join(f"lantern {number}\n" for number in range(20_000)))
    lists.read(tmp_path / "long.txt")
    dialog(qtbot).submit()
    strip = screen.strips.findChildren(WorkStrip)[-1]
    qtbot.waitUntil(lambda: "of 20,000 lines" in strip.words())
    strip.stop_button.click()
    shown = table(qtbot)
    assert 0 < len(shown.results) < 20_000
    assert "further lines were not searched" in shown.said.text()
    assert "Stopped" in strip.words()


def test_a_file_that_is_no_list_is_said(
    lists: ListController, screen: ArchiveScreen, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "empty.txt").write_text("\n\n")
    lists.read(tmp_path / "empty.txt")
    assert "There is no list" in finished(qtbot, screen).words()
