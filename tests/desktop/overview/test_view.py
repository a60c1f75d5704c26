"""The strip of counts in singular and plural, the switch, and what stands where there is nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.overview import words
from desktop.overview.actions import PAGE
from desktop.theme import choose_font, choose_scheme, scaled
from index.answers import Filter, Query
from index.overview import Counts, YearCount
from tests.desktop.overview.conftest import Seen

Show = Callable[..., None]


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (
            Counts(persons=14, cases=12, groups=3, transfers=3, no_outcome=2),
            "14 persons in 12 cases; 3 group transfers counted apart; outcome not recorded in 2",
        ),
        (Counts(persons=1, cases=1), "1 person in 1 case"),
        (Counts(groups=1, transfers=1), "1 group transfer counted apart"),
        (Counts(persons=2, cases=1, groups=2, transfers=1), "2 persons in 1 case; 2 groups counted apart"),
        (Counts(uncounted=1, no_outcome=1), "1 case does not say whom it concerns; outcome not recorded in 1"),
        (Counts(persons=12_431, cases=10_000), "12,431 persons in 10,000 cases"),
        (Counts(), ""),
    ],
)
def test_the_strip_in_words(counts: Counts, said: str) -> None:
    assert "; ".join(part.words for part in words.strip(counts)) == said


def test_years_in_words() -> None:
    assert words.year(YearCount(2015, 1, 0)) == "2015: 1 case under way, 0 with an event in it"


@pytest.mark.parametrize(
    ("earliest", "latest", "said"),
    [
        ("2014-02-03", "2014-02-03", "2014-02-03"),
        ("2014-01-01", "2014-12-31", "2014"),
        ("2014-01-01", "2016-12-31", "2014 – 2016"),
        ("2016-02-01", "2016-02-29", "2016-02"),
        ("2016-02-01", "2016-04-30", "2016-02 – 2016-04"),
        ("2016-02-01", "2016-02-28", "2016-02-01 – 2016-02-28"),
    ],
)
def test_dates_say_no_more_than_is_known(earliest: str, latest: str, said: str) -> None:
    assert words.when(earliest, latest) == said


def test_the_strip_narrows(overview: Seen, show: Show) -> None:
    show(overview)
    assert overview.view.counted() == (
        "4 persons in 4 cases; 1 group transfer counted apart; outcome not recorded in 3"
    )
    for link in "012":
        overview.view.strip.linkActivated.emit(link)
    assert overview.filters == [
        Filter("unit", "a group", exclude=True),
        Filter("unit", "a group"),
        Filter("outcome", ""),
    ]
    show(overview, "", *overview.filters[1:])
    assert overview.view.counted() == "1 group transfer counted apart; outcome not recorded in 1"


def test_only_cases_are_counted_whatever_else_the_query_finds(overview: Seen, show: Show) -> None:
    show(overview, "", Filter("kind", "person"))
    assert overview.view.counted().startswith("4 persons in 4 cases;")
    show(overview, "person")
    assert overview.view.table.rows.rowCount() == 2


def test_nothing_matches(overview: Seen, show: Show) -> None:
    show(overview, "unheardof")
    assert overview.view.said() == "No case matches."
    assert not overview.view.save_button.isEnabled()
    overview.view._choose("map")
    assert overview.view.said() == "No case matches."
    show(overview)
    assert overview.view.said() == ""
    assert overview.view.picture.isVisible()


def test_nothing_is_recorded_yet(without_cases: Seen, show: Show) -> None:
    show(without_cases)
    assert without_cases.view.said() == "No case recorded yet."
    assert without_cases.view.counted() == ""


def test_the_switch_stays_where_it_was_put(overview: Seen, show: Show, qtbot: QtBot) -> None:
    show(overview)
    by_name = {button.text(): button for button in overview.view.findChildren(QPushButton)}
    by_name["Timeline"].click()
    assert (overview.view.mode, overview.view.timeline.isVisible()) == ("timeline", True)
    show(overview, "", Filter("year", "2015"))
    assert overview.view.mode == "timeline"
    # the table was not asked for while nobody looked at it
    assert overview.view.table.rows.rowCount() == 5 <= PAGE
    with qtbot.waitSignal(overview.controller.shown):
        by_name["Table"].click()
    assert overview.view.table.rows.rowCount() == 2


def test_the_newest_question_is_the_one_answered(overview: Seen, qtbot: QtBot) -> None:
    with qtbot.waitSignal(overview.controller.shown) as shown:
        for text in ("person", "group", ""):
            overview.controller.show(Query(text))
    assert shown.args[0].text == ""
    assert overview.view.table.rows.rowCount() == 5


def test_another_palette(overview: Seen, show: Show, qapp: QApplication) -> None:
    show(overview)
    overview.view._choose("map")
    light = overview.view.map.grab().toImage().pixelColor(5, 5)
    try:
        choose_scheme("dark")
        overview.controller.repaint()
        assert overview.view.map.grab().toImage().pixelColor(5, 5).lightness() < 80 < light.lightness()
    finally:
        choose_scheme("light")


def test_tab_walks_the_links_of_the_strip_both_ways_and_on(overview: Seen, show: Show, qtbot: QtBot) -> None:
    show(overview)
    view, walked = overview.view, list[str]()
    qtbot.waitUntil(view.isActiveWindow)

    def step(back: bool) -> QWidget:
        here = QApplication.focusWidget()
        assert here is not None
        QTest.keyClick(here, Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        assert now is not None
        return now

    view.save_button.setFocus()
    switch = step(back=True)
    assert switch.accessibleName() == "Show cases as: Table"  # the one that is chosen, not the nearest
    for _ in range(3):
        assert step(back=True) is view.strip
        walked.append(view.strip.selectedText())
    assert walked == [part.words for part in reversed(view.strip.parts) if part.narrows]
    assert step(back=True) is not view.strip
    assert step(back=False) is view.strip
    assert view.strip.selectedText() == walked[-1]
    QTest.keyClick(view.strip, Qt.Key.Key_Return)
    assert overview.filters == [view.strip.parts[0].narrows]


def test_a_strip_without_links_is_passed_over(overview: Seen, show: Show) -> None:
    show(overview, "unheardof")
    assert overview.view.strip.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_larger_letters_get_more_room(overview: Seen, show: Show, qtbot: QtBot) -> None:
    show(overview)
    view, font = overview.view, QFont(QApplication.font())
    table, switch = view.table, view.findChildren(QPushButton)

    def room() -> list[int]:
        return [table.rowHeight(0), table.columnWidth(0), switch[1].minimumWidth(), switch[1].fontMetrics().height()]

    usual = room()
    try:
        choose_font(scaled(font, 2))
        qtbot.waitUntil(lambda: all(more > 1.3 * less for more, less in zip(room(), usual, strict=True)))
        assert {button.font().pointSizeF() for button in switch} == {view.font().pointSizeF()}
    finally:
        choose_font(font)


def test_columns_share_the_width_until_one_is_set_by_hand(overview: Seen, show: Show, qtbot: QtBot) -> None:
    show(overview)
    overview.view.resize(2000, 600)
    table = overview.view.table
    qtbot.waitUntil(lambda: 0 <= table.viewport().width() - table.horizontalHeader().length() < 20)
    table.setColumnWidth(0, 77)
    overview.view.resize(1900, 600)
    qtbot.waitUntil(lambda: table.viewport().width() < 1910)
    assert table.columnWidth(0) == 77
