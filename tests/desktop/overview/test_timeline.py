"""The timeline of cases: its bars, its lines, and how both are walked."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop import labels
from desktop.overview.axis import Axis
from desktop.overview.spans import SPAN
from index.answers import Filter
from tests.desktop.overview.conftest import Seen

Show = Callable[..., None]


@pytest.fixture
def timeline(overview: Seen, show: Show) -> Seen:
    show(overview)
    overview.view._choose("timeline")
    return overview


def test_the_years_are_walked_and_taken(timeline: Seen) -> None:
    chart = timeline.view.timeline.chart
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert chart.at == 2018
    for _ in range(3):
        QTest.keyClick(chart, Qt.Key.Key_Left)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    QTest.keyClick(chart, Qt.Key.Key_Home)
    QTest.keyClick(chart, Qt.Key.Key_Space)
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.bar(2014).center().toPoint())
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.bar(2012).center().toPoint())  # nobody's year
    assert timeline.filters == [Filter("year", "2015"), Filter("year", "2010"), Filter("year", "2014")]
    assert "2015: 2 cases under way, 2 with an event in it" in chart.accessibleDescription()
    QTest.keyClick(chart, Qt.Key.Key_Escape)
    assert timeline.left == [True]


def test_down_leads_to_the_cases_and_enter_opens_one(timeline: Seen) -> None:
    chart, spans = timeline.view.timeline.chart, timeline.view.timeline.list
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_Down)
    assert [index.row() for index in spans.selectedIndexes()] == [0]  # where one stands is seen from the first on
    assert [spans.rows.index(row).data() for row in range(spans.rows.rowCount())] == ["人物乙", "Person A", "=1+1"]
    QTest.keyClick(spans, Qt.Key.Key_Down)
    QTest.keyClick(spans, Qt.Key.Key_Return)
    assert timeline.records == [timeline.made["case of Person A"]]
    said = spans.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    left, back = (labels.value("event-type", code) for code in ("departure", "transfer"))
    assert said == f"Person A, 2014 to 2018-07. 2014  {left}. 2015-11-13  {back}"
    assert len(spans.currentIndex().data(SPAN).marks) == 2
    assert timeline.view.timeline.said.text() == "2 cases have no date."


def test_the_years_as_csv_and_png(timeline: Seen, qtbot: QtBot) -> None:
    timeline.view.values_wanted.emit()
    qtbot.waitUntil(lambda: len(timeline.saved) == 1)
    timeline.view.picture_wanted.emit()
    qtbot.waitUntil(lambda: len(timeline.saved) == 2)
    (_, values), (name, picture) = timeline.saved
    rows = list(csv.reader(io.StringIO(values.decode("utf-8-sig"))))
    assert rows[1] == ["2010", "1", "1"]
    assert rows[-1] == ["not recorded", "2", "0"]
    assert (name, picture[:8]) == ("Cases by year.png", b"\x89PNG\r\n\x1a\n")


def test_an_axis_knows_its_years() -> None:
    axis = Axis(2010, 2019, 100, 200)
    assert (axis.step, axis.start(2011), axis.x("2010-01-01")) == (20, 120, 100)
    assert (axis.year(99), axis.year(100), axis.year(299.9), axis.year(300)) == (None, 2010, 2019, None)
    assert 118 < axis.x("2010-12-31") < 120
    assert list(axis.labelled(35)) == [2010, 2012, 2014, 2016, 2018]
    assert list(Axis(1, 9999, 0, 100).labelled(40)) == [1000 * n for n in range(1, 10)]
