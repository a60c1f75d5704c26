"""The line under the results, in a real window: what it says, and that a click lists exactly that."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop.find.missed import MissedLine
from desktop.window import MainWindow
from index.answers import Filter, Query
from index.coverage import Coverage, Gap


def test_it_says_nothing_where_everything_was_searched(qtbot: QtBot) -> None:
    line = MissedLine()
    qtbot.addWidget(line)
    line.show_coverage(Coverage(Query(""), 3, (), 0, 1.0))
    assert line.isHidden()
    line.show_coverage(Coverage(Query(""), 3, (Gap("no-text", 14, 212),), 2, 1.0))
    assert not line.isHidden()
    assert "14 without text (212 pages)" in line.words()
    assert "2 records not searchable yet" in line.words()
    line.show_coverage(None)
    assert line.isHidden()


def test_where_nothing_is_found_it_says_that_everything_was_searched(qtbot: QtBot) -> None:
    line = MissedLine()
    qtbot.addWidget(line)
    line.nothing_found = True
    line.show_coverage(Coverage(Query(""), 3, (), 0, 1.0))
    assert line.words() == "All 3 documents in reach were searched in full."
    assert not line.buttons()
    line.nothing_found = False
    line.show_coverage(Coverage(Query(""), 3, (), 0, 1.0))
    assert line.isHidden()


def test_a_click_lists_what_could_not_be_searched(window: MainWindow, qtbot: QtBot) -> None:
    screen = window.archive
    assert screen is not None
    missed = screen.results.missed
    screen.finding.ask(Query("lantern"))
    qtbot.waitUntil(lambda: "1 without text" in missed.words())
    assert "1 without word analysis" in missed.words()
    missed.buttons()[0].click()
    qtbot.waitUntil(lambda: screen.results.hits.rowCount() == 1)
    assert screen.finding.query == Query("", (Filter("searchable", "no-text"),))
    assert screen.bar.text() == ""
    assert any("no text" in chip.text() for chip in screen.chips.buttons())


def test_it_is_said_where_nothing_was_found_too(window: MainWindow, qtbot: QtBot) -> None:
    screen = window.archive
    assert screen is not None
    screen.finding.ask(Query("nowhere", (Filter("language", "en"),)))
    qtbot.waitUntil(lambda: screen.results.is_empty and screen.results.missed.isVisible())
    # what has no text has no language either, so it may be English
    qtbot.waitUntil(lambda: screen.results.missed.words().endswith("1 without text"))
    screen.finding.ask(Query("nowhere", (Filter("kind", "case"),)))
    qtbot.waitUntil(lambda: screen.results.missed.isHidden())
