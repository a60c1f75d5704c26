"""What is to be reviewed is counted, listed under headings, and each line leads to where it can be done."""

from __future__ import annotations

import datetime

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from archive.cases.records import Assessment, Citation, Entry
from archive.cases.review import Item, Matter
from desktop.cases.lines import Shape
from desktop.review import todo
from desktop.review.actions import Listed
from desktop.review.merging import MergeDialog
from desktop.screen import ArchiveScreen
from tests.desktop.review.conftest import change, dialog, shown_after


def show(qtbot: QtBot, screen: ArchiveScreen) -> None:
    with qtbot.waitSignal(screen.review.todo.shown):
        screen._commands["to_review"].trigger()


def headings(screen: ArchiveScreen) -> list[str]:
    return [line.text for line in screen.review.list.lines() if line.shape is Shape.HEADING]


def stand_on(screen: ArchiveScreen, words: str) -> None:
    lines = screen.review.list.lines()
    screen.review.list.go_to_line(next(row for row, line in enumerate(lines) if words in line.text + line.lead))


def test_contradictions_are_listed_until_they_are_assessed(screen: ArchiveScreen, qtbot: QtBot) -> None:
    show(qtbot, screen)
    count = len(screen.review.todo.listed)
    assert headings(screen) == [f"Contradicted and not assessed ({count})"]
    assert f"({count})" in screen.review.button.text()
    stand_on(screen, "Value: 80")
    shown_after(qtbot, screen, lambda: qtbot.keyClick(screen.review.list, Qt.Key.Key_Return))
    line = screen.case_view.page.line()
    assert line is not None
    assert line.text == "80"
    change(screen, lambda cases: cases.assess(line.fact, Assessment.POSSIBLE, "one report says so"))
    show(qtbot, screen)
    assert len(screen.review.todo.listed) == count - 1


def test_persons_alike_and_ending_consent_lead_on(pair: tuple[str, str], screen: ArchiveScreen, qtbot: QtBot) -> None:
    soon = (datetime.date.today() + datetime.timedelta(10)).isoformat()

    def consent(cases: object) -> None:
        from desktop.casework import Casework

        assert isinstance(cases, Casework)
        source = cases.page(pair[0]).facts[0].fact.sources[0]
        citation = Citation(source.document, source.version, source.start, source.end)
        cases.record(citation, (), [Entry(pair[0], "consent", f"publication until {soon}")])

    change(screen, consent)
    show(qtbot, screen)
    assert [text.partition(" (")[0] for text in headings(screen)[:2]] == [
        "Consent that ends soon",
        "Persons who may be one",
    ]
    stand_on(screen, "Test Person and Test Person")
    qtbot.keyClick(screen.review.list, Qt.Key.Key_Return)
    dialog(qtbot, MergeDialog).reject()
    stand_on(screen, soon)
    shown_after(qtbot, screen, lambda: qtbot.keyClick(screen.review.list, Qt.Key.Key_Return))
    assert screen.cases.record == pair[0]


def test_a_heading_counts_what_is_not_shown() -> None:
    many = [Listed(Item(Matter.NO_TEXT, str(n), "Untitled")) for n in range(todo.SHOWN + 7)]
    lines = todo.lines(many)
    assert sum(line.shape is Shape.LINK for line in lines) == todo.SHOWN
    assert f"({todo.SHOWN + 7})" in lines[1].text


def test_nothing_to_do_is_said() -> None:
    assert [line.shape for line in todo.lines(())] == [Shape.TITLE, Shape.NOTE]
