"""Passages set aside while others are recorded: one case and one person, however the recordings come and go."""

from __future__ import annotations

from archive.cases.records import Citation, Entry, Kind
from desktop.workspace import Workspace
from tests.desktop.entry.hands import ALT, CONTROL, SHIFT, Hands, Key
from tests.desktop.entry.test_entering import Made, every, hands, told
from tests.desktop.entry.test_under_way import settle

__all__ = ["hands"]  # the fixture is theirs


def test_a_passage_set_aside_is_recorded_for_the_case_that_was_made_meanwhile(hands: Hands, entered: Made) -> None:
    hands.pin("Person A")
    set_aside(hands, "release")
    enter(hands, "detention")
    take_up(hands)
    assert hands.rows()["event-type"].accepted
    hands.save()
    assert kinds(entered) == ["detention", "release"]
    assert len(told(entered, Kind.CASE)) == 1
    assert told(entered, Kind.PERSON) == [{"name": "Person A"}]
    (name,) = every(entered, Kind.PERSON)
    assert len(name.sources) == 1  # the second passage was not asked for the name


def test_two_passages_set_aside_are_recorded_for_the_same_case(hands: Hands, entered: Made) -> None:
    hands.pin("Person A")
    set_aside(hands, "release")
    set_aside(hands, "departure")
    enter(hands, "detention")
    for _ in range(2):
        take_up(hands)
        hands.save()
    assert kinds(entered) == ["departure", "detention", "release"]
    assert (len(told(entered, Kind.CASE)), len(told(entered, Kind.PERSON))) == (1, 1)


def test_a_passage_is_recorded_while_the_one_before_is_being_recorded(hands: Hands, entered: Made) -> None:
    hands.pin("Person A")
    set_aside(hands, "release")
    hands.record()
    hands.take("detention")
    hands.press(Key.Key_Return, CONTROL)
    hands.screen.pane.text.setFocus()  # before it was answered
    hands.press(Key.Key_Up, ALT)
    hands.press(Key.Key_R)
    hands.press(Key.Key_Return, CONTROL)
    hands.until(lambda: not hands.recorder.is_open)
    settle(hands)
    hands.until(lambda: len(kinds(entered)) == 2)
    assert (len(told(entered, Kind.CASE)), len(told(entered, Kind.PERSON))) == (1, 1)


def test_a_recording_taken_back_makes_the_case_new_for_what_is_set_aside(hands: Hands, entered: Made) -> None:
    hands.pin("Person A")
    set_aside(hands, "release")
    enter(hands, "detention")
    undo(hands)
    assert not told(entered, Kind.CASE)
    take_up(hands)
    assert {"unit", "person-concerned", "name"} <= set(hands.rows())
    hands.save()
    assert kinds(entered) == ["release"]
    assert told(entered, Kind.PERSON) == [{"name": "Person A"}]
    assert len(told(entered, Kind.CASE)) == 1


def test_what_refers_to_a_case_survives_that_the_case_is_taken_back(hands: Hands, entered: Made) -> None:
    hands.pin("Person A")
    enter(hands, "detention")
    walk(hands, 1)
    hands.record()
    hands.take("release")  # of the case that is there
    undo(hands)
    assert "New case, Person A" in hands.screen.entry.bar.chips()[0]
    hands.recorder.strip.rows.setFocus()
    hands.save()
    assert kinds(entered) == ["release"]
    assert told(entered, Kind.PERSON) == [{"name": "Person A"}]
    (case,) = told(entered, Kind.CASE)
    assert case["unit"] == "one named person"


def test_recordings_are_done_again_for_the_case_that_what_is_in_hand_refers_to(hands: Hands, entered: Made) -> None:
    hands.pin("Person A")
    enter(hands, "detention")
    walk(hands, 1)
    hands.record()
    hands.take("release")
    undo(hands)
    press_and_wait(hands, CONTROL | SHIFT)
    assert kinds(entered) == ["detention"]
    hands.recorder.strip.rows.setFocus()
    hands.save()
    assert kinds(entered) == ["detention", "release"]
    assert (len(told(entered, Kind.CASE)), len(told(entered, Kind.PERSON))) == (1, 1)


def test_the_first_recording_is_taken_back_after_the_second_used_its_case(hands: Hands, entered: Made) -> None:
    hands.pin("Person A")
    set_aside(hands, "release")
    enter(hands, "detention")
    take_up(hands)
    hands.save()
    undo(hands)
    assert kinds(entered) == ["detention"]
    undo(hands)
    assert not told(entered, Kind.CASE)
    assert not told(entered, Kind.PERSON)
    for _ in range(2):
        press_and_wait(hands, CONTROL | SHIFT)
    assert kinds(entered) == ["detention", "release"]
    assert (len(told(entered, Kind.CASE)), len(told(entered, Kind.PERSON))) == (1, 1)


def test_what_stays_when_a_recording_is_taken_back_is_meant_when_it_is_done_again(hands: Hands, entered: Made) -> None:
    hands.pin("Person A")
    enter(hands, "detention")
    with Workspace(*entered, write=True) as other:  # another window says something of the person meanwhile
        (person,) = other.cases.of_kind(Kind.PERSON)
        document = other.documents.get(hands.screen.reading.record)
        other.cases.record(
            Citation(document.id, document.text_version, 0, 10), (), [Entry(person.id, "occupation", "rights-defender")]
        )
    undo(hands)
    assert [kind for kind in (Kind.CASE, Kind.EVENT) if told(entered, kind)] == []
    press_and_wait(hands, CONTROL | SHIFT)
    assert told(entered, Kind.PERSON) == [{"name": "Person A", "occupation": "rights-defender"}]
    assert [case["person-concerned"] for case in told(entered, Kind.CASE)] == [person.id]


def test_a_case_pinned_since_stays_pinned_when_another_is_taken_back(hands: Hands, entered: Made) -> None:
    hands.pin("Person A")
    enter(hands, "detention")
    hands.pin("Person B")
    undo(hands)
    assert "Person B" in hands.screen.entry.bar.chips()[0]
    assert not told(entered, Kind.CASE)


def test_what_is_named_newly_in_two_passages_is_made_once(hands: Hands, entered: Made) -> None:
    hands.pin("Person A")
    hands.record()
    hands.take("release")
    hands.take("by Hill Post")
    assert hands.rows()["by"].making is Kind.ORGANISATION
    hands.press(Key.Key_Escape)
    walk(hands, 1)
    hands.record()
    hands.take("detention")
    hands.take("by Hill Post")
    hands.save()
    take_up(hands)
    hands.save()
    assert told(entered, Kind.ORGANISATION) == [{"name": "Hill Post"}]
    assert len({fact.value for fact in every(entered, Kind.EVENT) if fact.field == "by"}) == 1


def test_words_that_are_those_of_a_new_record_are_words(hands: Hands, entered: Made) -> None:
    hands.pin("Person A")
    hands.record()
    hands.take("account new:1")
    hands.save()
    assert told(entered, Kind.EVENT) == [{"account": "new:1"}]


def test_what_is_typed_in_the_line_that_adds_stays_with_its_passage(hands: Hands, entered: Made) -> None:
    hands.pin("Person A")
    hands.record()
    hands.take("detention")
    hands.type("account of a keeper")
    hands.screen.pane.text.setFocus()
    hands.press(Key.Key_Down, ALT)
    hands.press(Key.Key_R)
    hands.until(lambda: hands.recorder.is_ready)
    assert not hands.recorder.strip.adding.text()
    hands.take("release")
    hands.save()
    assert {"event-type": "release"} in told(entered, Kind.EVENT)
    assert len(told(entered, Kind.EVENT)) == 1
    take_up(hands)
    assert hands.recorder.strip.adding.text() == "account of a keeper"


def walk(hands: Hands, by: int) -> None:
    """To the next sentence, or the one before."""
    hands.screen.pane.text.setFocus()
    hands.press(Key.Key_Down if by > 0 else Key.Key_Up, ALT)


def set_aside(hands: Hands, kind: str) -> None:
    """Enter what happened from the passage, leave it, and go on to the next."""
    hands.record()
    hands.take(kind)
    hands.press(Key.Key_Escape)
    walk(hands, 1)


def enter(hands: Hands, kind: str) -> None:
    """Record what happened from the passage."""
    hands.record()
    hands.take(kind)
    hands.save()


def take_up(hands: Hands) -> None:
    """Go back to the passage before, which was set aside."""
    walk(hands, -1)
    hands.record()


def undo(hands: Hands) -> None:
    press_and_wait(hands, CONTROL)


def press_and_wait(hands: Hands, held: Key) -> None:
    """Z with what is held beside it, until it was told what came of it."""
    said: list[str] = []
    hands.screen.pane.text.setFocus()
    hands.screen.entry.told.connect(said.append)
    hands.press(Key.Key_Z, held)
    hands.until(lambda: bool(said))
    hands.screen.entry.told.disconnect(said.append)


def kinds(entered: Made) -> list[str]:
    """What happened, of every event."""
    return sorted(event.get("event-type", "") for event in told(entered, Kind.EVENT))
