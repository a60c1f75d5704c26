"""The map of cases: its outlines, its classes of counts, and how countries are walked and chosen."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from importlib import resources
from itertools import pairwise

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from desktop.overview.map import WorldMap
from desktop.overview.outlines import projected, world
from desktop.overview.shades import DARK, LIGHT, classes
from desktop.theme import luminance
from index.answers import Filter
from tests.desktop.overview.conftest import Seen

Show = Callable[..., None]


def at(chart: WorldMap, code: str) -> QPoint:
    place = chart.position(code)
    assert place is not None
    return place.toPoint()


def test_every_country_and_territory_has_a_place(qtbot: QtBot) -> None:
    drawn = world()
    names = Locale("en").territories
    assert {*drawn.paths, *drawn.dots} - {""} <= names.keys()
    assert not drawn.paths.keys() & drawn.dots.keys()
    for code, path in drawn.paths.items():
        centre = drawn.centre(code)
        assert path.contains(centre) if centre else code == ""
    assert {"CN", "TH", "TW", "TR", "FJ", "VU", "XK", "PS", "FR", "NO"} <= drawn.paths.keys()
    for code in ("HK", "MO", "SG", "MV", "MT"):
        assert drawn.bounds.contains(drawn.dots[code])
    folder = resources.files("resources") / "outlines"
    assert len((folder / "countries.json").read_bytes()) < 400_000


def test_places_lie_in_their_countries(qtbot: QtBot) -> None:
    places = {
        "TH": (100.5, 14.0),
        "BR": (-50, -10),
        "CN": (104, 34),
        "AU": (134, -25),
        "US": (-100, 40),
        "ZA": (24, -31),
    }
    for code, place in places.items():
        assert [one for one, path in world().paths.items() if path.contains(projected(*place))] == [code]


@given(st.sets(st.integers(1, 1_000_000), min_size=1, max_size=60))
def test_every_count_has_one_class(counts: set[int]) -> None:
    found = classes(counts)
    assert 1 <= len(found) <= len(LIGHT)
    assert (found[0][0], found[-1][1]) == (min(counts), max(counts))
    for count in counts:
        assert sum(least <= count <= most for least, most in found) == 1


def test_shades_are_told_apart_without_colour() -> None:
    for colours, falling in ((LIGHT, True), (DARK, False)):
        greys = [luminance(QColor(colour)) for colour in colours]
        assert greys == sorted(greys, reverse=falling)
        brightness = [(grey + 0.05) for grey in greys]
        assert all(max(pair) / min(pair) > 1.25 for pair in pairwise(brightness))


def test_the_arrows_walk_by_count_and_enter_takes(overview: Seen, show: Show) -> None:
    show(overview)
    overview.view._choose("map")
    chart = overview.view.map
    assert chart.order() == ["TH", "LA", "SG"]
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chart.at == "TH"
    QTest.keyClick(chart, Qt.Key.Key_Right)
    QTest.keyClick(chart, Qt.Key.Key_Down)
    QTest.keyClick(chart, Qt.Key.Key_Down)
    assert chart.at == "SG"
    QTest.keyClick(chart, Qt.Key.Key_Return)
    QTest.keyClick(chart, Qt.Key.Key_Left)
    QTest.keyClick(chart, Qt.Key.Key_Space)
    assert overview.filters == [Filter("host", "SG"), Filter("host", "LA")]
    assert "Thailand: 2 cases" in chart.accessibleDescription()
    QTest.keyClick(chart, Qt.Key.Key_Escape)
    assert overview.left == [True]


def test_a_click_takes_a_country_or_its_dot(overview: Seen, show: Show) -> None:
    show(overview)
    overview.view._choose("map")
    chart = overview.view.map
    for code in ("TH", "SG"):
        place = chart.position(code)
        assert place is not None
        assert chart.country_at(place) == code
        QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=place.toPoint())
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=at(chart, "BR"))  # no case: nothing to take
    assert overview.filters == [Filter("host", "TH"), Filter("host", "SG")]
    assert chart.country_at(QPointF(1, 1)) == ""


def test_what_is_too_small_to_be_seen_is_a_dot(qtbot: QtBot) -> None:
    chart = WorldMap()
    qtbot.addWidget(chart)
    chart.resize(500, 300)
    chart.show()
    islands = at(chart, "VU") + QPoint(6, 0)
    assert chart.country_at(QPointF(islands)) == ""
    chart.show_counts("host", {"VU": 1}, frozenset())
    assert chart.country_at(QPointF(islands)) == "VU"
    QTest.keyClick(chart, Qt.Key.Key_Right)
    for _ in range(9):
        QTest.keyClick(chart, Qt.Key.Key_Plus)
    assert chart.country_at(QPointF(at(chart, "VU"))) == "VU"


def test_zoom_keeps_the_place_and_never_loses_the_world(qtbot: QtBot) -> None:
    chart = WorldMap()
    qtbot.addWidget(chart)
    chart.resize(800, 500)
    chart.show()
    chart.show_counts("host", {"TH": 2, "": 1}, frozenset())
    chart.setFocus()
    before = at(chart, "TH")
    QTest.keyClick(chart, Qt.Key.Key_Right)
    QTest.keyClick(chart, Qt.Key.Key_Plus)
    assert chart.zoom() > 1
    assert (at(chart, "TH") - before).manhattanLength() < 3
    for _ in range(30):
        QTest.keyClick(chart, Qt.Key.Key_Plus)
    QTest.mousePress(chart, Qt.MouseButton.LeftButton, pos=QPoint(700, 250))
    QTest.mouseMove(chart, QPoint(10, 10))
    QTest.mouseRelease(chart, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    QTest.keyClick(chart, Qt.Key.Key_0)
    assert chart.zoom() == 1
    assert at(chart, "TH") == before


def test_roles_are_shaded_apart_and_saved_together(overview: Seen, show: Show, qtbot: QtBot) -> None:
    show(overview)
    overview.view._choose("map")
    overview.view.roles.setCurrentIndex(1)
    overview.view.roles.activated.emit(1)
    assert overview.view.map.order() == ["CN"]
    overview.view.values_wanted.emit()
    qtbot.waitUntil(lambda: len(overview.saved) == 1)
    overview.view.picture_wanted.emit()
    qtbot.waitUntil(lambda: len(overview.saved) == 2)
    (name, values), (picture_name, picture) = overview.saved
    assert (name, picture_name) == ("Cases by country.csv", "Cases by country.png")
    rows = list(csv.reader(io.StringIO(values.decode("utf-8-sig"))))
    assert ["Host country or territory", "TH", "Thailand", "2"] in rows
    assert ["Country or territory of origin", "", "not recorded", "4"] in rows
    image = QImage.fromData(picture, "PNG")
    assert image.width() == overview.view.map.width() * 2
    assert not image.textKeys()


def test_a_country_in_the_query_can_be_given_up(overview: Seen, show: Show) -> None:
    show(overview, "", Filter("host", "TH"))
    overview.view._choose("map")
    chart = overview.view.map
    assert chart.order() == ["TH"]
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=at(chart, "TH"))
    assert overview.filters == [Filter("host", "TH")]


# the offscreen platform has no order of windows to put a tip on top of
@pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)
def test_the_mouse_zooms_hovers_and_drags(qtbot: QtBot) -> None:
    chart = WorldMap()
    qtbot.addWidget(chart)
    chart.resize(800, 500)
    chart.show()
    chart.show_counts("host", {"TH": 2, "SG": 1, "AQ": 4}, frozenset())
    taken: list[str] = []
    chart.chosen.connect(taken.append)
    place = at(chart, "TH")
    turned = QWheelEvent(
        QPointF(place),
        QPointF(chart.mapToGlobal(place)),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(chart, turned)
    assert chart.zoom() > 2
    assert (at(chart, "TH") - place).manhattanLength() < 3
    QApplication.sendEvent(chart, QHelpEvent(QEvent.Type.ToolTip, place, chart.mapToGlobal(place)))
    assert QToolTip.text() == "Thailand: 2 cases"
    QTest.mousePress(chart, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseMove(chart, place + QPoint(40, 20))
    QTest.mouseRelease(chart, Qt.MouseButton.LeftButton, pos=place + QPoint(40, 20))
    assert (at(chart, "TH") - place - QPoint(40, 20)).manhattanLength() < 3
    assert taken == []  # a drag takes nothing
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chart.at == "AQ"  # counted and named, though it is not drawn
    assert chart.position("AQ") is None
    QTest.keyClick(chart, Qt.Key.Key_Plus)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    assert taken == ["AQ"]
