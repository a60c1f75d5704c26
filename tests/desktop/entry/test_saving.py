"""What is changed between saving and its answer: it stays in hand, and nothing typed is lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from archive.cases.records import Kind
from archive.errors import ArchiveError
from tests.desktop.entry.hands import ALT, CONTROL, SHIFT, Hands, Key
from tests.desktop.entry.test_entering import Made, hands, told

__all__ = ["hands"]  # the fixture is theirs


@contextmanager
def held_up(hands: Hands) -> Iterator[None]:
    """Ctrl+Enter, of which the answer comes only afterwards."""
    goes_on, failures, said = threading.Event(), list[ArchiveError](), list[str]()
    hands.screen.session.recording.submit(lambda w, _: goes_on.wait(20), lambda _: None, failures.append)
    hands.screen.entry.told.connect(said.append)
    hands.press(Key.Key_Return, CONTROL)
    try:
        yield
    finally:
        goes_on.set()
    hands.until(lambda: any("recorded. Ctrl+Z" in one for one in said))
    assert not failures
    hands.screen.entry.told.disconnect(said.append)


def begun(hands: Hands) -> None:
    hands.pin("Person A")
    hands.record()
    hands.take("detention")


def test_a_row_added_while_it_is_saved_stays_in_hand(hands: Hands, entered: Made) -> None:
    begun(hands)
    with held_up(hands):
        hands.take("place harbour")
    assert told(entered, Kind.EVENT) == [{"event-type": "detention"}]
    assert hands.recorder.is_open
    assert [(row.field, row.value) for row in hands.rows().values()] == [("place", "harbour")]
    assert "still here" in hands.recorder.strip.said()
    hands.save()
    assert told(entered, Kind.EVENT) == [{"event-type": "detention", "place": "harbour"}]
    assert len(told(entered, Kind.CASE)) == 1


def test_a_row_accepted_and_one_changed_while_it_is_saved_stay_in_hand(hands: Hands, entered: Made) -> None:
    begun(hands)
    hands.take("place harbour")
    with held_up(hands):
        rows = hands.recorder.strip.rows
        rows.setFocus()
        rows.go_to(hands.rows()["group-size"].key)
        hands.press(Key.Key_Return)
        rows.edit_row(hands.rows()["place"].key, text="")
        hands.take("gate")
    assert told(entered, Kind.EVENT) == [{"event-type": "detention", "place": "harbour"}]
    assert {(row.field, row.value, row.accepted) for row in hands.rows().values()} == {
        ("group-size", "9", True),
        ("place", "gate", True),
    }


def test_what_is_being_typed_while_it_is_saved_stays_in_its_line(hands: Hands, entered: Made) -> None:
    begun(hands)
    with held_up(hands):
        hands.type("account of a keeper")
    assert told(entered, Kind.EVENT) == [{"event-type": "detention"}]
    assert hands.recorder.is_open
    assert hands.recorder.strip.adding.text() == "account of a keeper"
    hands.press(Key.Key_Return)
    hands.save()
    assert told(entered, Kind.EVENT) == [{"event-type": "detention", "account": "of a keeper"}]


def test_what_is_being_typed_in_a_row_while_it_is_saved_stays_in_hand(hands: Hands, entered: Made) -> None:
    begun(hands)
    with held_up(hands):
        hands.recorder.strip.rows.edit_row(hands.rows()["group-size"].key, text="")
        hands.type("77")
    assert hands.recorder.is_open
    hands.type("7")  # it is edited still
    hands.press(Key.Key_Return)
    assert [(row.field, row.value, row.accepted) for row in hands.rows().values()] == [("group-size", "777", True)]


def test_a_value_that_is_checked_while_it_is_saved_was_not_changed(hands: Hands, entered: Made) -> None:
    begun(hands)
    hands.take("date 3 May 2019")  # the check of which is answered during the saving
    hands.press(Key.Key_Return, CONTROL)
    hands.until(lambda: not hands.recorder.is_open)
    assert told(entered, Kind.EVENT) == [{"event-type": "detention", "date": "2019-05-03"}]


def test_what_is_dropped_while_it_is_saved_is_said_to_be_recorded(hands: Hands, entered: Made) -> None:
    begun(hands)
    hands.take("place harbour")
    said: list[str] = []
    hands.screen.entry.told.connect(said.append)
    with held_up(hands):
        rows = hands.recorder.strip.rows
        rows.setFocus()
        rows.go_to(hands.rows()["place"].key)
        hands.press(Key.Key_Delete)
    assert told(entered, Kind.EVENT) == [{"event-type": "detention", "place": "harbour"}]
    assert "took out" in said[-1]
    assert not hands.recorder.is_open


def test_what_was_changed_is_kept_with_its_passage_when_another_is_chosen(hands: Hands, entered: Made) -> None:
    begun(hands)
    with held_up(hands):
        hands.take("place harbour")
        hands.press(Key.Key_Escape)
    assert told(entered, Kind.EVENT) == [{"event-type": "detention"}]
    hands.record()
    assert [(row.field, row.value) for row in hands.rows().values()] == [("place", "harbour")]
    hands.save()
    assert told(entered, Kind.EVENT) == [{"event-type": "detention", "place": "harbour"}]


def test_the_next_sentence_is_not_opened_over_what_is_in_hand_by_then(hands: Hands, entered: Made) -> None:
    begun(hands)
    goes_on = threading.Event()
    hands.screen.session.recording.submit(lambda w, _: goes_on.wait(20), lambda _: None, lambda _: None)
    hands.press(Key.Key_Return, CONTROL | SHIFT)
    hands.screen.pane.text.setFocus()
    for _ in range(2):
        hands.press(Key.Key_Down, ALT)
    hands.press(Key.Key_R)
    hands.until(lambda: hands.recorder.is_ready)
    opened = hands.recorder.draft
    hands.recorder.strip.adding.setFocus()
    hands.type("acc")
    goes_on.set()
    hands.until(lambda: bool(told(entered, Kind.EVENT)))
    hands.type("ount of a keeper")
    assert hands.recorder.draft is opened
    assert hands.recorder.strip.adding.text() == "account of a keeper"


def test_nothing_is_taken_back_while_something_is_saved(hands: Hands, entered: Made) -> None:
    begun(hands)
    hands.save()
    hands.press(Key.Key_Down, ALT)
    hands.record()
    hands.take("release")
    with held_up(hands):
        hands.screen.pane.text.setFocus()
        hands.press(Key.Key_Z, CONTROL)  # it is what is being saved that is meant, not what was before
    assert sorted(event["event-type"] for event in told(entered, Kind.EVENT)) == ["detention", "release"]


def test_what_is_only_offered_is_not_taken_by_saving(hands: Hands, entered: Made) -> None:
    begun(hands)
    hands.take("place harbour")
    rows = hands.recorder.strip.rows
    for key in (Key.Key_F4, Key.Key_F2):  # its other fields are offered, and nothing is chosen
        rows.setFocus()
        rows.go_to(hands.rows()["place"].key)
        hands.press(key)
        hands.recorder.strip.keep_typed()
    assert {row.field for row in hands.rows().values() if row.accepted} >= {"event-type", "place"}
    hands.save()
    assert told(entered, Kind.EVENT) == [{"event-type": "detention", "place": "harbour"}]


def test_the_first_of_many_kinds_is_not_taken_by_saving(hands: Hands, entered: Made) -> None:
    hands.pin("Person A")
    hands.record()
    hands.take("account of a keeper")
    rows = hands.recorder.strip.rows
    rows.setFocus()
    rows.go_to(hands.rows()["event-type"].key)
    hands.press(Key.Key_F2)
    assert rows.line.offers()
    hands.save()
    assert told(entered, Kind.EVENT) == [{"account": "of a keeper"}]


def test_what_is_marked_among_what_is_offered_is_taken_by_saving(hands: Hands, entered: Made) -> None:
    hands.pin("Person A")
    hands.record()
    rows = hands.recorder.strip.rows
    rows.setFocus()
    rows.go_to(hands.rows()["event-type"].key)
    hands.press(Key.Key_F2)
    hands.press(Key.Key_Down)
    second = rows.line.offers()[1].value
    hands.save()
    assert told(entered, Kind.EVENT) == [{"event-type": second}]
