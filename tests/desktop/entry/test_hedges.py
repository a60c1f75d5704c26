"""The hedge of a value, as a source words it, and a note on it: seen, typed and cleared in the strip by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from archive.cases.records import Kind
from desktop.entry.model import said
from tests.desktop.entry.hands import Hands, Key
from tests.desktop.entry.test_entering import Made, every, hands

__all__ = ["hands"]  # the fixture is theirs


@pytest.fixture
def at_size(hands: Hands) -> Hands:
    """Hands on the proposed number of boats."""
    hands.pin("Person A")
    hands.record()
    hands.take("detention")
    rows = hands.recorder.strip.rows
    rows.setFocus()
    rows.go_to(hands.rows()["group-size"].key)
    return hands


def test_a_hedge_and_a_note_are_typed_seen_and_recorded(at_size: Hands, entered: Made) -> None:
    before = at_size.actions
    at_size.press(Key.Key_F8)
    at_size.take("almost")
    assert at_size.actions - before == 3
    row = at_size.rows()["group-size"]
    assert (row.value, row.hedge, row.accepted) == ("9", "almost", True)
    rows = at_size.recorder.strip.rows
    rows.setFocus()
    rows.go_to(row.key)
    at_size.press(Key.Key_F9)
    at_size.take("counted from the shore")
    line = next(line for line in rows.lines() if line.row and line.row.field == "group-size")
    assert "almost" in said(line)
    assert "counted from the shore" in said(line)
    at_size.save()
    (fact,) = [fact for fact in every(entered, Kind.EVENT) if fact.field == "group-size"]
    (source,) = fact.sources
    assert (fact.value, source.hedge, source.note) == ("9", "almost", "counted from the shore")


def test_a_hedge_is_cleared(at_size: Hands, entered: Made) -> None:
    rows = at_size.recorder.strip.rows
    for key, text in ((Key.Key_F8, "almost"), (Key.Key_F9, "a note")):
        rows.setFocus()
        rows.go_to(at_size.rows()["group-size"].key)
        at_size.press(key)
        at_size.take(text)
    for key in (Key.Key_F8, Key.Key_F9):
        rows.setFocus()
        rows.go_to(at_size.rows()["group-size"].key)
        at_size.press(key)
        assert rows.line.selectedText() in ("almost", "a note")
        at_size.press(Key.Key_Backspace)
        at_size.press(Key.Key_Tab)
    row = at_size.rows()["group-size"]
    assert (row.hedge, row.note, row.value, row.accepted) == ("", "", "9", True)


def test_a_hedge_that_is_left_is_as_it_was(at_size: Hands) -> None:
    rows = at_size.recorder.strip.rows
    at_size.press(Key.Key_F8)
    at_size.type("almost")
    at_size.press(Key.Key_Escape)
    assert at_size.rows()["group-size"].hedge == ""
    assert not at_size.rows()["group-size"].accepted
    rows.go_to(at_size.rows()["group-size"].key)
    at_size.press(Key.Key_F9)
    at_size.press(Key.Key_Tab)
    assert at_size.rows()["group-size"].note == ""
    assert not at_size.rows()["group-size"].accepted


def test_a_note_that_is_being_typed_stays_with_its_passage(at_size: Hands) -> None:
    at_size.press(Key.Key_F9)
    at_size.type("counted from the shore")
    at_size.screen.pane.text.setFocus()
    at_size.screen.entry.recorder.leave()
    at_size.record()
    row = at_size.rows()["group-size"]
    assert (row.note, row.accepted) == ("counted from the shore", False)


def test_a_value_typed_as_a_source_words_it_brings_its_hedge(hands: Hands, entered: Made) -> None:
    hands.pin("Person A")
    hands.record()
    hands.take("detention")
    rows = hands.recorder.strip.rows
    rows.edit_row(hands.rows()["group-size"].key, text="")
    hands.take("nearly fifty")
    hands.until(lambda: hands.rows()["group-size"].value not in ("9", "nearly fifty"))
    assert hands.rows()["group-size"].hedge == "nearly"


def test_both_are_in_the_menu_of_a_row(at_size: Hands) -> None:
    rows = at_size.recorder.strip.rows
    assert rows.contextMenuPolicy() is Qt.ContextMenuPolicy.ActionsContextMenu
    keys = {action.shortcut().toString(): action for action in rows.actions()}
    keys["F8"].trigger()
    at_size.take("nearly")
    assert at_size.rows()["group-size"].hedge == "nearly"
