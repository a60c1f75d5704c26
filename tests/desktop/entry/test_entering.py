"""Entering in the real window: what is kept, taken back, refused, and never written over."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from archive import documents
from archive.cases import facts, subjects
from archive.cases.recording import Draft
from archive.cases.records import Citation, Entry, Fact, Kind, Stance, State
from archive.keys import ArchiveKey
from archive.records import Confidentiality
from desktop.cases.lines import Shape
from desktop.entry.note import NoteDialog
from desktop.screen import ArchiveScreen
from desktop.workspace import Workspace
from tests.desktop.entry.hands import ALT, CONTROL, SHIFT, Hands, Key

Made = tuple[Path, ArchiveKey]


@pytest.fixture
def hands(screen: ArchiveScreen, qtbot: QtBot) -> Hands:
    """Hands at the report on the harbour."""
    hands = Hands(qtbot, screen)
    hands.read("nine")
    return hands


def told(entered: Made, kind: Kind) -> list[dict[str, str]]:
    """What is recorded of every subject of a kind, by field."""
    with Workspace(*entered, write=False) as workspace:
        found = workspace.cases.of_kind(kind)
        return [{one.field: one.value for one in facts.of_subject(workspace.archive.db, each)} for each in found]


def every(entered: Made, kind: Kind) -> list[Fact]:
    with Workspace(*entered, write=False) as workspace:
        db = workspace.archive.db
        return [fact for each in workspace.cases.of_kind(kind) for fact in facts.of_subject(db, each)]


def test_r_without_a_selection_takes_the_sentence_and_saves_with_its_passage(hands: Hands, entered: Made) -> None:
    hands.pin("Person A")
    hands.record()
    hands.take("detention")
    hands.press(Key.Key_S, ALT)
    hands.type("al")
    hands.save()
    (event,) = every(entered, Kind.EVENT)
    (source,) = event.sources
    assert (event.field, event.value) == ("event-type", "detention")
    assert source.quote == "The lighthouse keeper counted nine boats in the harbour."
    assert (source.stance, source.language) == (Stance.ALLEGES, "en")
    assert told(entered, Kind.PERSON) == [{"name": "Person A"}]
    hands.until(lambda: "C-" in hands.screen.entry.bar.chips()[0])
    hands.press(Key.Key_Down, ALT)  # the next sentence, for which stance and case stay
    hands.record()
    hands.take("release")
    hands.save()
    assert [fact.sources[0].stance for fact in every(entered, Kind.EVENT)] == [Stance.ALLEGES, Stance.ALLEGES]
    assert len(told(entered, Kind.CASE)) == 1


def test_nothing_is_recorded_that_was_not_accepted(hands: Hands, entered: Made) -> None:
    hands.pin("Person A")
    hands.record()
    (count,) = [row for row in hands.rows().values() if row.field == "group-size"]
    assert (count.value, count.accepted) == ("9", False)
    hands.take("account of a keeper")
    hands.save()
    assert told(entered, Kind.EVENT) == [{"account": "of a keeper"}]


def test_recordings_are_taken_back_one_by_one_and_done_again(hands: Hands, entered: Made) -> None:
    screen = hands.screen
    hands.pin("Person A")
    hands.record()
    hands.take("detention")
    hands.save()
    hands.record()
    hands.press(Key.Key_Up)
    hands.take("detention")
    hands.take("place harbour")
    hands.save()
    assert told(entered, Kind.EVENT) == [{"event-type": "detention", "place": "harbour"}]
    said: list[str] = []
    screen.entry.told.connect(said.append)
    hands.press(Key.Key_Z, CONTROL)
    hands.until(lambda: len(said) == 1)
    assert told(entered, Kind.EVENT) == [{"event-type": "detention"}]
    hands.press(Key.Key_Z, CONTROL)
    hands.until(lambda: len(said) == 2)
    assert not told(entered, Kind.EVENT)
    assert not told(entered, Kind.CASE)
    assert "New case, Person A" in screen.entry.bar.chips()[0]
    hands.press(Key.Key_Z, CONTROL | SHIFT)
    hands.until(lambda: len(said) == 3)
    hands.press(Key.Key_Z, CONTROL | SHIFT)
    hands.until(lambda: len(said) == 4)
    assert told(entered, Kind.EVENT) == [{"event-type": "detention", "place": "harbour"}]
    assert len(told(entered, Kind.CASE)) == 1


def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(hands: Hands, entered: Made) -> None:
    hands.pin("Person A")
    hands.record()
    hands.take("detention")
    hands.take("date the other day")
    hands.until(lambda: bool(hands.rows()["date"].problem))
    assert "date" in hands.rows()["date"].problem
    hands.press(Key.Key_Return, CONTROL)
    assert hands.recorder.is_open
    assert "cannot be kept" in hands.recorder.strip.said()
    assert not told(entered, Kind.EVENT)
    hands.press(Key.Key_F2)  # one stands on it
    hands.take("3 May 2019")
    hands.save()
    assert told(entered, Kind.EVENT) == [{"event-type": "detention", "date": "2019-05-03"}]
    (dated,) = [fact for fact in every(entered, Kind.EVENT) if fact.field == "date"]
    assert dated.sources[0].date_words == "3 May 2019"


def test_a_closed_strip_keeps_what_was_entered(hands: Hands) -> None:
    hands.pin("Person A")
    hands.record()
    hands.press(Key.Key_Escape)
    assert not hands.recorder.is_open
    hands.record()
    hands.take("detention")
    hands.press(Key.Key_Escape)
    hands.until(lambda: not hands.recorder.is_open)
    hands.record()
    assert hands.rows()["event-type"].accepted


def test_a_proposal_is_dropped_or_put_into_another_field(hands: Hands, entered: Made) -> None:
    hands.pin("Person A")
    hands.record()
    hands.take("detention")
    strip = hands.recorder.strip
    size = hands.rows()["group-size"]
    strip.rows.setFocus()
    strip.rows.go_to(size.key)
    hands.press(Key.Key_F4)
    hands.take("account")
    assert (hands.rows()["account"].value, hands.rows()["account"].accepted) == ("nine", True)
    hands.press(Key.Key_Backtab, SHIFT)
    hands.until(lambda: strip.rows.current() is not None)
    strip.rows.go_to(hands.rows()["event-type"].key)
    hands.press(Key.Key_Delete)
    hands.save()
    assert told(entered, Kind.EVENT) == [{"account": "nine"}]


def test_without_a_case_a_figure_is_recorded(hands: Hands, entered: Made) -> None:
    hands.record()
    hands.take("figure")
    hands.until(lambda: hands.rows().get("value") is not None)
    hands.accept_all()
    hands.take("title Boats in the harbour")
    hands.save()
    assert told(entered, Kind.FIGURE) == [{"title": "Boats in the harbour", "value": "9"}]


def test_a_further_source_of_a_fact_and_a_fact_that_stands_no_longer(hands: Hands, entered: Made, qtbot: QtBot) -> None:
    screen = hands.screen
    hands.pin("Person A")
    hands.record()
    hands.take("detention")
    hands.save()
    (fact,) = every(entered, Kind.EVENT)
    with qtbot.waitSignal(screen.cases.shown):
        screen.going.open_subject(fact.subject, fact.id)
    screen.case_view.page.setFocus()
    hands.until(lambda: screen.cases.fact == fact.id)
    hands.press(Key.Key_S)
    hands.until(lambda: screen.entry.armed is not None)
    hands.read("wrote")
    hands.press(Key.Key_R, SHIFT)
    hands.until(lambda: len(every(entered, Kind.EVENT)[0].sources) == 2)
    assert every(entered, Kind.EVENT)[0].sources[1].quote.startswith("The keeper of the lighthouse wrote")
    with Workspace(*entered, write=True) as other:  # another window corrects the fact meanwhile
        other.cases.set_apart(fact.id, State.CORRECTED, "mistaken")
    with qtbot.waitSignal(screen.entry.failed) as failed:
        hands.press(Key.Key_R, SHIFT)
    assert failed.args is not None
    assert failed.args[0].code == "changed-meanwhile"
    assert not every(entered, Kind.EVENT)
    for box in QApplication.topLevelWidgets():
        if box is not screen.window() and box.isVisible():
            box.close()


def test_a_case_that_another_window_took_back_is_said_to_be_gone(hands: Hands, entered: Made) -> None:
    hands.pin("Person A")
    hands.record()
    hands.take("detention")
    with Workspace(*entered, write=True) as other:
        document = other.documents.get(hands.recorder.document)
        done = other.cases.record(
            Citation(document.id, document.text_version, 0, 10),
            [Draft("case", Kind.CASE)],
            [Entry("case", "unit", "a group")],
        )
    hands.press(Key.Key_Escape)
    with Workspace(*entered, write=False) as other:
        code = other.cases.subject(done.made["case"]).code
    hands.pin(code)
    hands.press(Key.Key_Down, ALT)
    hands.record()
    hands.take("release")
    with Workspace(*entered, write=True) as other:
        other.cases.undo(done)
    hands.press(Key.Key_Return, CONTROL)
    hands.until(lambda: "No record" in hands.recorder.strip.said())
    assert hands.rows()["event-type"].accepted
    assert not told(entered, Kind.EVENT)


def test_an_empty_field_of_a_case_is_a_question_to_the_documents(hands: Hands, entered: Made, qtbot: QtBot) -> None:
    screen = hands.screen
    hands.pin("keeper")
    hands.record()
    hands.take("detention")
    hands.save()
    with Workspace(*entered, write=False) as workspace:
        (case,) = workspace.cases.of_kind(Kind.CASE)
    with qtbot.waitSignal(screen.cases.shown):
        screen.going.open_subject(case.id)
    page = screen.case_view.page
    page.setFocus()
    line = next(line for line in page.lines() if line.lead == "Outcome")
    assert (line.shape, line.text, line.mark) == (Shape.LINK, "not recorded", "find a source")
    for _ in range(20):
        if page.line() is not None and page.line().lead == "Outcome":  # type: ignore[union-attr]
            break
        hands.press(Key.Key_Down)
    with qtbot.waitSignal(screen.counted_hits):
        hands.press(Key.Key_Return)
    assert screen.bar.text() == "keeper Outcome"


def test_a_note_becomes_a_document_that_facts_are_recorded_from(hands: Hands, entered: Made) -> None:
    screen = hands.screen
    hands.press(Key.Key_N, CONTROL | SHIFT)
    hands.until(lambda: any(isinstance(one, NoteDialog) for one in QApplication.topLevelWidgets()))
    (dialog,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, NoteDialog)]
    dialog.lines["title"].setText("Call with a keeper")
    dialog.lines["published"].setText("yesterday")
    dialog.text.setPlainText("A boat was seen. It left at once.")
    dialog.go_on.click()
    hands.until(lambda: bool(dialog.said.text()) and dialog.go_on.isEnabled())
    assert dialog.note().text == "A boat was seen. It left at once."
    dialog.lines["published"].setText("2024-05-03")
    dialog.go_on.click()
    hands.until(lambda: screen.reading.document is not None and screen.reading.document.metadata.type == "note")
    document = screen.reading.document
    assert document is not None
    assert document.confidentiality is Confidentiality.CONFIDENTIAL
    with Workspace(*entered, write=False) as workspace:
        assert documents.get(workspace.archive.db, document.id).metadata.published == "2024-05-03"
        assert not subjects.count(workspace.archive.db, Kind.EVENT)


def test_the_mouse_does_what_the_keys_do(hands: Hands, entered: Made, qtbot: QtBot) -> None:
    hands.pin("Person A")
    hands.record()
    hands.take("detention")
    rows = hands.recorder.strip.rows

    def place(field: str, right: bool = False) -> QPoint:
        at = next(n for n, line in enumerate(rows.lines()) if line.row and line.row.field == field)
        rows.scrollTo(rows.model().index(at, 0))
        rect = rows.visualRect(rows.model().index(at, 0))
        return QPoint(min(rect.right() - 18, 900) if right else rect.left() + 18, rect.top() + 12)

    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place("group-size"))
    assert hands.rows()["group-size"].accepted
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place("event-type", right=True))
    assert "event-type" not in hands.rows()
    hands.save()
    assert told(entered, Kind.EVENT) == [{"group-size": "9"}]


def test_readers_see_no_record(screen: ArchiveScreen, qtbot: QtBot) -> None:
    hands = Hands(qtbot, screen)
    hands.read("nine")
    screen.set_writable(False)
    assert not screen.entry.bar.isVisible()
    hands.press(Key.Key_R)
    assert not hands.recorder.is_open
