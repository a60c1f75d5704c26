"""Cases and figures in the real window, with the keyboard alone: from a query to a fact, its passage, and back."""

from __future__ import annotations

import contextlib

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from archive.cases.records import Kind
from desktop.cases.lines import Line, Shape
from desktop.find.places import CASES, DOCUMENTS, FIGURES, PLACES
from desktop.screen import ArchiveScreen
from index.answers import Filter


def ask(qtbot: QtBot, screen: ArchiveScreen, text: str) -> None:
    """Type a query and wait for its second answer."""
    screen.bar.line.clear()
    with qtbot.waitSignal(screen.counted_hits, check_params_cb=lambda query: query.text == text):
        qtbot.keyClicks(screen.bar.line, text)


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the focus is."""
    widget = QApplication.focusWidget()
    assert isinstance(widget, QWidget)
    qtbot.keyClick(widget, key, modifier)


def go_to(qtbot: QtBot, screen: ArchiveScreen, place: str) -> None:
    """Choose a place and wait for its counts."""
    with qtbot.waitSignal(screen.counted_hits):
        screen.places.setCurrentIndex(PLACES.index(place))


def walk_to(qtbot: QtBot, screen: ArchiveScreen, wanted: str) -> Line:
    """Press Down until the line says this."""
    page = screen.case_view.page
    for _ in range(200):
        line = page.line()
        if line is not None and (wanted in line.text or wanted in line.lead):
            return line
        qtbot.keyClick(page, Qt.Key.Key_Down)
    raise AssertionError(wanted)


def open_case(qtbot: QtBot, screen: ArchiveScreen, text: str) -> None:
    """Ask for a case and open the first hit, by keys."""
    ask(qtbot, screen, text)
    with qtbot.waitSignal(screen.cases.shown):
        qtbot.keyClick(screen.bar.line, Qt.Key.Key_Return)


def test_a_fact_leads_to_its_passage_and_back(screen: ArchiveScreen, qtbot: QtBot) -> None:
    open_case(qtbot, screen, "outcome:returned country:TH dong")
    assert screen.case_view.page.lines()[0].text == "Dong Guangping"
    line = walk_to(qtbot, screen, "Bangkok")
    (quoted,) = screen.case_view.sources.texts()
    assert "Bangkok" in quoted
    with qtbot.waitSignal(screen.pane.text.hit_reached):
        qtbot.keyClick(screen.case_view.page, Qt.Key.Key_Return)
    assert screen.reading.record
    (selection,) = screen.pane.text.extraSelections()
    assert selection.cursor.selectedText() in quoted
    with qtbot.waitSignal(screen.cases.shown):
        screen._commands["back"].trigger()
    back = screen.case_view.page.line()
    assert back is not None
    assert back.fact == line.fact


def test_what_contradicts_stands_side_by_side(screen: ArchiveScreen, qtbot: QtBot) -> None:
    open_case(qtbot, screen, 'kind:programme title:"operation sky net"')
    warning = next(line for line in screen.case_view.page.lines() if line.shape is Shape.WARNING)
    assert "contradiction" in warning.text
    line = walk_to(qtbot, screen, "2015")
    assert line.contradicted
    columns = screen.case_view.sources.texts()
    assert len(columns) == 2
    assert "2015" in columns[0]
    assert "2014" in columns[1]


def test_every_fact_shows_a_passage_that_is_in_its_document(screen: ArchiveScreen, qtbot: QtBot) -> None:
    open_case(qtbot, screen, "outcome:returned country:TH dong")
    facts = [line for line in screen.case_view.page.lines() if line.shape is Shape.FACT]
    assert len(facts) > 20
    assert all("source" in line.mark or "against" in line.mark for line in facts)


def test_the_places_are_lenses_on_one_query(screen: ArchiveScreen, qtbot: QtBot) -> None:
    ask(qtbot, screen, "thailand")
    counts = [screen.places.tabText(tab).split() for tab in range(len(PLACES))]
    assert [words[0] for words in counts] == ["All", "Documents", "Cases", "Figures"]
    go_to(qtbot, screen, CASES)
    assert screen.bar.text() == "thailand"
    assert screen.results.hits.rowCount() == int(counts[2][1]) > 0
    assert [screen.places.tabText(tab).split() for tab in range(len(PLACES))] == counts


def test_a_filter_that_cannot_apply_is_greyed_and_kept(screen: ArchiveScreen, qtbot: QtBot) -> None:
    go_to(qtbot, screen, DOCUMENTS)
    with qtbot.waitSignal(screen.counted_hits):
        screen.filters.toggled.emit(Filter("type", "glossary"))
    documents = screen.results.hits.rowCount()
    go_to(qtbot, screen, CASES)
    (chip,) = screen.chips.buttons()
    assert "does not apply" in chip.toolTip()
    assert screen.results.hits.rowCount() > 0
    go_to(qtbot, screen, DOCUMENTS)
    assert screen.results.hits.rowCount() == documents


def test_figures_that_count_the_same_stand_together_and_others_apart(screen: ArchiveScreen, qtbot: QtBot) -> None:
    with qtbot.waitSignal(screen.cases.shown):
        go_to(qtbot, screen, FIGURES)
    lines = screen.case_view.page.lines()
    groups: list[list[Line]] = []
    for line in lines:
        if line.shape is Shape.EVENT:
            groups.append([])
        elif groups and line.shape is Shape.FACT and line.lead == "Value":
            groups[-1].append(line)
    opposed = [[line.text for line in group if line.contradicted] for group in groups]
    assert any({"nearly", "over"} <= {word for text in group for word in text.split()[:1]} for group in opposed)
    assert any(sorted(group) == ["62", "80"] for group in opposed)
    assert len(groups) > 10
    assert not any("120" in text for group in opposed for text in group)


def test_down_walks_only_what_can_be_gone_to(screen: ArchiveScreen, qtbot: QtBot) -> None:
    open_case(qtbot, screen, "outcome:returned country:TH dong")
    page = screen.case_view.page
    seen = []
    for _ in range(len(page.lines())):
        line = page.line()
        assert line is not None
        assert line.shape in (Shape.FACT, Shape.LINK)
        seen.append(page.currentIndex().row())
        qtbot.keyClick(page, Qt.Key.Key_Down)
    assert seen == sorted(seen)
    assert len(set(seen)) == sum(line.shape in (Shape.FACT, Shape.LINK) for line in page.lines())


def test_every_place_has_a_key_that_leads_into_it(screen: ArchiveScreen, qtbot: QtBot) -> None:
    for key, place in zip("4567", PLACES, strict=True):
        with qtbot.waitSignal(screen.counted_hits) if place else contextlib.nullcontext():
            qtbot.keyClick(screen.bar.line, key, Qt.KeyboardModifier.ControlModifier)
        assert screen.finding.place == place
    qtbot.waitUntil(lambda: screen.case_view.page.line() is not None)
    assert screen.case_view.page.hasFocus()


def test_a_case_is_opened_from_the_table_and_left_to_it(screen: ArchiveScreen, qtbot: QtBot) -> None:
    with qtbot.waitSignal(screen.overview.shown):
        qtbot.keyClick(screen.bar.line, "6", Qt.KeyboardModifier.ControlModifier)
    press(qtbot, Qt.Key.Key_Down)
    with qtbot.waitSignal(screen.cases.shown):
        press(qtbot, Qt.Key.Key_Return)
    assert screen.case_view.page.hasFocus()
    press(qtbot, Qt.Key.Key_Escape)
    assert screen.overview_view.table.hasFocus()


def test_a_change_holds_up_no_record_that_is_on_its_way(screen: ArchiveScreen, qtbot: QtBot) -> None:
    open_case(qtbot, screen, "outcome:returned country:TH dong")
    page = screen.cases.page
    assert page is not None
    other = next(one.id for one in page.named.values() if one.kind is Kind.PERSON)  # an event has no page of its own
    with qtbot.waitSignal(screen.cases.shown):
        screen.cases.open(other)
        screen.cases.again()  # such as: something was recorded
    shown = screen.cases.page
    assert shown is not None
    assert shown.subject.id == other
    with qtbot.waitSignal(screen.cases.shown):
        screen.cases.again()


def test_where_no_case_matches_one_key_shows_every_case(screen: ArchiveScreen, qtbot: QtBot) -> None:
    go_to(qtbot, screen, CASES)
    ask(qtbot, screen, "unheardof")
    qtbot.waitUntil(lambda: screen.overview_view.said() == "No case matches.")
    (button,) = screen.overview_view.nothing.buttons()
    with qtbot.waitSignal(screen.overview.shown):
        qtbot.keyClick(button, Qt.Key.Key_Return)
    assert screen.bar.text() == ""
    assert screen.overview_view.table.rows.rowCount() == 8
