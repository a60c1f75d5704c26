"""The text view: at the hit, every hit in turn, and long texts in parts without losing a place."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlock, QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.read.text import PART, Marks, TextView
from desktop.theme import choose_scheme, current_theme

SENTENCE = "The lighthouse keeper 𠀀 counted nine boats. 灯塔看守人数了九条船。\n"


def marks_of(word: str, text: str) -> Marks:
    return tuple(match.span() for match in re.finditer(word, text))


@pytest.fixture
def view(qtbot: QtBot) -> TextView:
    choose_scheme("light")
    view = TextView()
    qtbot.addWidget(view)
    view.resize(700, 500)
    view.show()
    return view


def current(view: TextView) -> QTextCursor:
    """The hit painted as the one being read."""
    colour = current_theme().current
    (found,) = (s for s in view.extraSelections() if s.format.background().color() == colour)
    return QTextCursor(found.cursor)


def is_in_view(view: TextView, mark: tuple[int, int]) -> bool:
    """Whether the hit being read, which is this one, is painted inside the view."""
    cursor = current(view)
    assert view.whole_text()[slice(*mark)] == cursor.selectedText()
    return bool(view.viewport().rect().contains(view.cursorRect(cursor)))


def test_it_opens_at_the_first_hit_from_the_passage_on(view: TextView, qtbot: QtBot) -> None:
    text = SENTENCE * 200
    marks = marks_of("boats", text)
    with qtbot.waitSignal(view.hit_reached) as signal:
        view.show_text(text, marks, at=marks[57][0] - 10)
    assert signal.args == [58, 200]
    assert current(view).selectedText() == "boats"
    assert is_in_view(view, marks[57])


def test_every_hit_of_a_long_text_is_reached_and_then_the_first_again(view: TextView) -> None:
    text = SENTENCE * 60 + "x" * PART + "\n" + SENTENCE * 60 + ("lorem ipsum " * 40 + "\n") * 900 + SENTENCE * 5
    marks = marks_of("九条", text)
    reached: list[tuple[int, int]] = []
    view.hit_reached.connect(lambda hit, of: reached.append((hit, of)))
    view.show_text(text, marks, at=0)
    for _ in marks:
        assert current(view).selectedText() == "九条"
        view.next_hit()
    assert reached == [*((n + 1, len(marks)) for n in range(len(marks))), (1, len(marks))]
    view.previous_hit()
    assert reached[-1] == (len(marks), len(marks))
    assert current(view).selectedText() == "九条"


def test_of_several_megabytes_only_a_part_is_laid_out(view: TextView) -> None:
    text = SENTENCE * 100_000
    view.show_text(text, marks_of("boats", text), at=len(text) // 2)
    assert view.document().characterCount() <= PART + 5_100 + PART // 20
    assert view.whole_text() == text


def test_scrolling_walks_through_the_whole_text_in_order(view: TextView) -> None:
    text = "".join(f"line {number} of the register\n" for number in range(12_000))
    view.show_text(text, (), at=0)
    bar = view.verticalScrollBar()
    places = [view.place()]
    for _ in range(3_000):
        bar.setValue(bar.value() + bar.pageStep())
        QApplication.processEvents()
        places.append(view.place())
        if places[-1] == places[-2]:
            break
    assert places == sorted(places)
    steps = [b - a for a, b in pairwise(places)]
    assert max(steps) < 2_000
    assert len(text) - places[-1] < 2_000


def test_the_keyboard_goes_to_both_ends_of_a_long_text(view: TextView, qtbot: QtBot) -> None:
    text = SENTENCE * 20_000
    view.show_text(text, (), at=len(text) // 2)
    qtbot.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert len(text) - view.place() < 5_000
    qtbot.keyClick(view, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert view.place() == 0


def test_what_is_selected_and_copied_is_the_archive_s_own_text(view: TextView, qtbot: QtBot) -> None:
    text = SENTENCE * 30
    view.show_text(text, (), at=0)
    cursor = view.textCursor()
    block: QTextBlock = view.document().findBlockByNumber(3)
    cursor.setPosition(block.position() + 4)
    cursor.setPosition(block.position() + 40, cursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)
    start, end = view.selected()
    assert cursor.selectedText() == text[start:end]
    view.copy()
    data = QApplication.clipboard().mimeData()
    assert data.text() == text[start:end]
    assert data.formats() == ["text/plain"]


def test_each_paragraph_runs_in_its_own_direction(view: TextView) -> None:
    view.show_text("A line.\nئۇيغۇر تىلى\nAnother.\n", (), at=0)
    blocks = [view.document().findBlockByNumber(number) for number in range(3)]
    directions = [block.textDirection() for block in blocks]
    left, right = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
    assert directions == [left, right, left]
    lines = [block.layout().lineAt(0) for block in blocks]
    assert lines[1].naturalTextRect().left() > lines[0].naturalTextRect().left() + 100


def test_lines_have_about_seventy_characters(view: TextView) -> None:
    view.resize(1_600, 500)
    view.show_text("The keeper of the lighthouse counted the boats in the harbour again. " * 40, (), at=0)
    layout = view.document().firstBlock().layout()
    lengths = [layout.lineAt(number).textLength() for number in range(1, layout.lineCount() - 1)]
    assert 60 <= sum(lengths) / len(lengths) <= 80


def test_the_place_is_kept_when_the_view_grows_and_when_colours_change(view: TextView) -> None:
    text = SENTENCE * 300
    marks = marks_of("nine", text)
    view.show_text(text, marks, at=marks[150][0])
    for change in (lambda: view.resize(420, 500), lambda: view.resize(900, 700), lambda: choose_scheme("dark")):
        change()
        QApplication.processEvents()
        assert is_in_view(view, marks[150])
    choose_scheme("system")
