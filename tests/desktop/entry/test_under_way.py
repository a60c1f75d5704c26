"""Entering while something is under way: saved once, each passage on its own, offsets of the text that is shown."""

from __future__ import annotations

from dataclasses import replace

from pytestqt.qtbot import QtBot

from archive import texts
from archive.cases.records import Kind
from archive.connect import writing
from archive.errors import ArchiveError
from archive.reading.result import Page, Reading
from desktop.read.correct import CorrectDialog
from desktop.workspace import Workspace
from tests.desktop.entry.hands import ALT, CONTROL, Hands, Key
from tests.desktop.entry.test_entering import Made, every, hands, told

__all__ = ["hands"]  # the fixture is theirs


def settle(hands: Hands) -> None:
    """Wait until all that was asked to be recorded was answered."""
    failures: list[ArchiveError] = []
    done: list[None] = []
    hands.screen.session.recording.submit(lambda w, _: None, done.append, failures.append)
    hands.until(lambda: bool(done))
    assert not failures


def test_a_key_pressed_twice_records_once(hands: Hands, entered: Made) -> None:
    hands.pin("Person A")
    hands.record()
    hands.take("detention")
    hands.press(Key.Key_Return, CONTROL)
    hands.press(Key.Key_Return, CONTROL)  # before the first was answered
    hands.until(lambda: not hands.recorder.is_open)
    settle(hands)
    assert told(entered, Kind.EVENT) == [{"event-type": "detention"}]
    assert len(told(entered, Kind.CASE)) == 1


def test_what_was_closed_while_it_was_saved_is_not_offered_once_more(hands: Hands, entered: Made) -> None:
    hands.pin("Person A")
    hands.record()
    hands.take("detention")
    hands.press(Key.Key_Return, CONTROL)
    hands.press(Key.Key_Escape)
    hands.until(lambda: bool(told(entered, Kind.EVENT)))
    settle(hands)
    hands.record()
    assert not [row for row in hands.rows().values() if row.accepted]


def test_what_is_typed_in_a_row_stays_with_its_passage(hands: Hands) -> None:
    hands.pin("Person A")
    hands.record()
    strip = hands.recorder.strip
    strip.rows.edit_row(hands.rows()["group-size"].key, text="77")
    hands.screen.pane.text.setFocus()
    hands.press(Key.Key_Down, ALT)
    hands.press(Key.Key_R)
    hands.until(lambda: hands.recorder.is_ready)
    assert strip.rows.editing is None
    assert not hands.recorder.is_touched  # the same keys stand for rows of another passage here
    hands.screen.pane.text.setFocus()
    hands.press(Key.Key_Up, ALT)
    hands.press(Key.Key_R)
    hands.until(lambda: hands.recorder.is_ready)
    size = hands.rows()["group-size"]
    assert (size.value, size.accepted) == ("77", False)


def test_a_correction_leaves_passages_in_the_text_that_is_shown(hands: Hands, entered: Made, qtbot: QtBot) -> None:
    screen = hands.screen
    shown = screen.reading.document
    assert shown is not None
    with Workspace(*entered, write=True) as workspace, writing(workspace.archive.db):
        longer = Page(1, "Another beginning. " + screen.pane.text.whole_text())
        texts.add(workspace.archive.db, shown.row, Reading("text/markdown", pages=(longer,), extractor="another"))
    screen.reading.correct()
    dialog = screen.pane.findChild(CorrectDialog)
    assert isinstance(dialog, CorrectDialog)
    with qtbot.waitSignal(screen.reading.corrected):
        dialog.save_wanted.emit(replace(shown.metadata, publisher="A press"), shown.confidentiality, False)
    screen.window().activateWindow()  # the dialog was open
    screen.pane.text.setFocus()
    qtbot.waitUntil(screen.pane.text.hasFocus)
    hands.pin("Person A")
    screen.pane.text.setFocus()
    hands.record()
    hands.take("detention")
    hands.save()
    (fact,) = every(entered, Kind.EVENT)
    assert fact.sources[0].quote == "The lighthouse keeper counted nine boats in the harbour."


def test_a_language_typed_is_never_markup(hands: Hands) -> None:
    hands.record()
    attribution = hands.recorder.strip.attribution
    attribution.show_language("<img src='x'>")
    assert "<img" not in attribution.language.toolTip()


def test_words_that_look_like_a_new_record_are_words(hands: Hands, entered: Made) -> None:
    hands.pin("Person A")
    hands.record()
    hands.take("account new: a gate")
    hands.save()
    assert told(entered, Kind.EVENT) == [{"account": "new: a gate"}]


def test_a_date_that_looks_like_a_new_record_is_no_date(hands: Hands, entered: Made) -> None:
    hands.pin("Person A")
    hands.record()
    hands.take("date new: 5")
    hands.press(Key.Key_Return, CONTROL)
    hands.until(lambda: not hands.recorder.is_open or "cannot be kept" in hands.recorder.strip.said())
    assert not told(entered, Kind.EVENT)


def test_a_case_pinned_meanwhile_stays_pinned(hands: Hands, entered: Made) -> None:
    hands.pin("Person A")
    hands.record()
    hands.take("detention")
    hands.screen.pane.text.setFocus()
    hands.pin("Person B")
    hands.recorder.strip.rows.setFocus()
    hands.save()
    settle(hands)
    assert told(entered, Kind.PERSON) == [{"name": "Person A"}]  # what was entered is about whom it was entered for
    pinned = hands.screen.entry.pinned
    assert pinned is not None
    assert (pinned.id, pinned.name) == ("", "Person B")
