"""The order of the notebook's list, and what is said of a passage at a note."""

from __future__ import annotations

from archive.notebook.handing.came import Came
from archive.notebook.records import Note, Passage
from archive.notebook.standing import Standing, State
from desktop.notebook import rows, strip
from desktop.notebook.records import Kind, Noted, Place, Whole
from desktop.notebook.rows import Choice

PLACE = Place("r", "A page", Kind.DOCUMENT, "r")


def noted(identity: str, beside: str = "", *, came: bool = False, state: State = State.STANDS) -> Noted:
    note = Note(identity, "r", Passage("r", 1, 0, 4, "quay"), identity, None, (), "c", "c", 1)
    brought = Came(identity, beside, "Heron", "c") if came or beside else None
    return Noted(note, PLACE, Standing(state, 1, 0, 4), brought)


def listed(*notes: Noted) -> str:
    whole = Whole(notes, (), {}, (), {"r": PLACE})
    return "".join(rows.first_line(row) for row in rows.rows(whole, Choice(), ""))


def test_what_both_changed_stands_together_wherever_it_was_changed() -> None:
    assert listed(noted("b", "e"), noted("a"), noted("c", "e"), noted("d"), noted("e"), noted("f")) == "adebcf"
    assert listed(noted("c", "b"), noted("b", "a"), noted("a")) == "abc"


def test_no_note_is_lost_whatever_a_package_says_it_stands_beside() -> None:
    assert listed(noted("b", "gone"), noted("a")) == "ba"
    assert sorted(listed(noted("a", "b"), noted("b", "a"), noted("c", "c"), noted("d"))) == list("abcd")


def test_what_a_colleague_quotes_is_not_said_to_have_stood_here() -> None:
    for state in (State.LOST, State.GONE):
        mine, warned = strip.became(noted("a", state=state))
        theirs, also = strip.became(noted("a", state=state, came=True))
        assert "no longer" in mine
        assert "no longer" not in theirs
        assert "The package that the note came in quotes: “quay”" in theirs
        assert warned
        assert also


def test_signs_at_the_ends_of_a_line_stand_where_its_direction_puts_them() -> None:
    assert rows.turned("ئۇلار توققۇز دېدى.") == "\u200fئۇلار توققۇز دېدى.\u200f"
    assert rows.turned("They said nine.") == "They said nine."
    assert rows.turned("他们说九个。") == "他们说九个。"
