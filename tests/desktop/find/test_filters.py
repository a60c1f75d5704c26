"""Filters: counts, included and left-out values, by mouse and by keyboard; and the bars of years."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop.find.facet_row import Row
from desktop.find.filters import AT_FIRST, Filters
from desktop.find.lenses import further, offered
from desktop.find.years import YearBars
from index.answers import FacetCount, Filter

COUNTS = {
    "type": (FacetCount("report", 12), FacetCount("article", 5)),
    "country": tuple(FacetCount(code, 9) for code in ("TH", "LA", "CN", "FR", "US", "KE", "GB", "NP")),
    "year": (FacetCount("2014", 3), FacetCount("2016", 9), FacetCount("", 2)),
}


@pytest.fixture
def filters(qtbot: QtBot) -> Filters:
    filters = Filters()
    filters.resize(220, 700)
    qtbot.addWidget(filters)
    filters.show()
    filters.show_facets(COUNTS, ())
    return filters


def row_of(filters: Filters, field: str, value: str | None = None, *, rest: bool = False) -> Row:
    (found,) = (r for r in filters.rows() if r.field == field and r.value == value and bool(r.rest) == rest)
    return found


def point_to(filters: Filters, row: Row) -> QPoint:
    model = filters.model()
    (index,) = (i for n in range(model.rowCount()) if filters.row(i := model.index(n, 0)) == row)
    filters.setCurrentIndex(index)
    return filters.visualRect(index).center()


def test_five_facets_are_visible_and_the_rest_is_asked_for(filters: Filters, qtbot: QtBot) -> None:
    assert filters.wanted() == offered("")
    with qtbot.waitSignal(filters.widened):
        filters.activate(row_of(filters, "more"))
    assert filters.wanted() == (*offered(""), *further(""))


def test_a_click_includes_and_another_gives_up(filters: Filters, qtbot: QtBot) -> None:
    place = point_to(filters, row_of(filters, "type", "report"))
    with qtbot.waitSignal(filters.toggled) as signal:
        qtbot.mouseClick(filters.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert signal.args == [Filter("type", "report")]
    filters.show_filters((Filter("type", "report"),))
    assert row_of(filters, "type", "report").state == "included"
    with qtbot.waitSignal(filters.toggled) as signal:
        qtbot.mouseClick(filters.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert signal.args == [Filter("type", "report")]


def test_the_minus_at_the_end_of_the_line_leaves_out(filters: Filters, qtbot: QtBot) -> None:
    place = point_to(filters, row_of(filters, "type", "article"))
    place.setX(filters.viewport().width() - 18)
    with qtbot.waitSignal(filters.toggled) as signal:
        qtbot.mouseClick(filters.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert signal.args == [Filter("type", "article", exclude=True)]


@pytest.mark.parametrize(
    ("key", "exclude"),
    [(Qt.Key.Key_Space, False), (Qt.Key.Key_Return, False), (Qt.Key.Key_Delete, True), (Qt.Key.Key_Minus, True)],
)
def test_keys_include_and_leave_out(filters: Filters, qtbot: QtBot, key: Qt.Key, exclude: bool) -> None:
    point_to(filters, row_of(filters, "country", "LA"))
    with qtbot.waitSignal(filters.toggled) as signal:
        qtbot.keyClick(filters, key)
    assert signal.args == [Filter("country", "LA", exclude)]


def test_arrows_pass_over_headings(filters: Filters, qtbot: QtBot) -> None:
    point_to(filters, row_of(filters, "type", "article"))
    qtbot.keyClick(filters, Qt.Key.Key_Down)
    row = filters.row(filters.currentIndex())
    assert row is not None
    assert (row.field, row.value) == ("country", "TH")


def test_many_values_are_shown_when_asked_for_and_a_chosen_one_always(filters: Filters) -> None:
    shown = [row for row in filters.rows() if row.field == "country" and row.value]
    assert len(shown) == AT_FIRST
    filters.show_filters((Filter("country", "NP", exclude=True),))
    assert row_of(filters, "country", "NP").state == "excluded"
    filters.activate(row_of(filters, "country", rest=True))
    assert len([row for row in filters.rows() if row.field == "country" and row.value]) == 8


def test_a_value_in_force_stays_when_nothing_has_it_any_more(filters: Filters) -> None:
    filters.show_facets({}, (Filter("publisher", "Hill Post"),))
    row = row_of(filters, "publisher", "Hill Post")
    assert (row.count, row.state) == (None, "included")


def test_a_screen_reader_is_told_value_count_and_state(filters: Filters) -> None:
    filters.show_filters((Filter("type", "report"),))
    point_to(filters, row_of(filters, "type", "report"))
    assert filters.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole) == "Type: Report, 12 records, included"


def test_years_are_bars_with_the_undated_beneath(filters: Filters) -> None:
    bars = filters.findChild(YearBars)
    assert bars is not None
    assert list(bars.years()) == [2014, 2015, 2016]
    assert row_of(filters, "year", "").count == 2


class TestYearBars:
    @pytest.fixture
    def bars(self, qtbot: QtBot) -> YearBars:
        bars = YearBars()
        qtbot.addWidget(bars)
        bars.resize(200, 80)
        bars.show_counts(tuple(FacetCount(str(year), year - 1999) for year in range(2000, 2011)), frozenset())
        bars.show()
        return bars

    def test_a_click_takes_a_year(self, bars: YearBars, qtbot: QtBot) -> None:
        with qtbot.waitSignal(bars.chosen) as signal:
            qtbot.mouseClick(bars, Qt.MouseButton.LeftButton, pos=bars.bar(2003).center().toPoint())
        assert signal.args == [("2003",)]

    def test_dragging_takes_a_range(self, bars: YearBars, qtbot: QtBot) -> None:
        qtbot.mousePress(bars, Qt.MouseButton.LeftButton, pos=bars.bar(2008).center().toPoint())
        qtbot.mouseMove(bars, bars.bar(2005).center().toPoint())
        with qtbot.waitSignal(bars.chosen) as signal:
            qtbot.mouseRelease(bars, Qt.MouseButton.LeftButton, pos=bars.bar(2005).center().toPoint())
        assert signal.args == [("2005", "2006", "2007", "2008")]

    def test_the_keyboard_takes_a_range(self, bars: YearBars, qtbot: QtBot) -> None:
        bars.setFocus()
        for _ in range(10):
            qtbot.keyClick(bars, Qt.Key.Key_Left)
        qtbot.keyClick(bars, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        with qtbot.waitSignal(bars.chosen) as signal:
            qtbot.keyClick(bars, Qt.Key.Key_Space)
        assert len(signal.args[0]) == 2
        assert set(signal.args[0]) <= {str(year) for year in range(2000, 2011)}
