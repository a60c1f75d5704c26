"""A further source of a fact: the stance, chain and language it is recorded with are seen, said, and can be changed."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from archive.cases.records import Kind, Source, Stance
from tests.desktop.entry.hands import ALT, CONTROL, SHIFT, Hands, Key
from tests.desktop.entry.test_entering import Made, every, hands

__all__ = ["hands"]  # the fixture is theirs


@pytest.fixture
def armed(hands: Hands, entered: Made, qtbot: QtBot) -> Hands:
    """A fact that a keeper denies was recorded, and further sources are sought for it in another document."""
    screen = hands.screen
    hands.pin("Person A")
    hands.record()
    hands.take("detention")
    hands.press(Key.Key_S, ALT)
    hands.type("d")
    hands.press(Key.Key_R, ALT)
    hands.take("the keeper")
    hands.save()
    (fact,) = every(entered, Kind.EVENT)
    assert not hands.recorder.strip.attribution.isVisible()
    with qtbot.waitSignal(screen.cases.shown):
        screen.going.open_subject(fact.subject, fact.id)
    screen.case_view.page.setFocus()
    hands.until(lambda: screen.cases.fact == fact.id)
    hands.press(Key.Key_S)
    hands.until(lambda: screen.entry.armed is not None)
    hands.read("wrote")
    return hands


def newest(entered: Made, count: int) -> Source:
    sources = every(entered, Kind.EVENT)[0].sources
    assert len(sources) == count
    return sources[-1]


def add(hands: Hands, entered: Made, count: int) -> str:
    """Shift+R; what was told."""
    said: list[str] = []
    hands.screen.entry.told.connect(said.append)
    hands.press(Key.Key_R, SHIFT)
    hands.until(lambda: bool(said))
    hands.screen.entry.told.disconnect(said.append)
    return said[-1]


def test_what_a_further_source_is_recorded_with_is_seen_and_said(armed: Hands, entered: Made) -> None:
    attribution = armed.recorder.strip.attribution
    assert attribution.isVisible()
    assert attribution.stance.currentText() == "denies"
    said = add(armed, entered, 2)
    source = newest(entered, 2)
    assert (source.stance, [step.words for step in source.chain], source.language) == (
        Stance.DENIES,
        ["the keeper"],
        "en",
    )
    for part in ("denies", "the keeper", "English", "Ctrl+Z"):
        assert part in said


def test_it_is_changed_where_it_is_seen(armed: Hands, entered: Made) -> None:
    armed.press(Key.Key_S, ALT)
    armed.type("s")
    armed.press(Key.Key_R, ALT)
    armed.press(Key.Key_Backspace)
    armed.type("a letter")  # which Shift+R takes as it stands
    armed.screen.pane.text.setFocus()
    said = add(armed, entered, 2)
    source = newest(entered, 2)
    assert (source.stance, [step.words for step in source.chain]) == (Stance.STATES, ["a letter"])
    assert "states" in said
    armed.press(Key.Key_Z, CONTROL)
    armed.until(lambda: len(every(entered, Kind.EVENT)[0].sources) == 1)


def test_it_goes_with_the_strip_and_comes_back(armed: Hands) -> None:
    attribution, strip = armed.recorder.strip.attribution, armed.recorder.strip
    armed.record()
    assert strip.isAncestorOf(attribution)
    assert attribution.isVisible()
    armed.press(Key.Key_Escape)
    armed.until(lambda: not armed.recorder.is_open)
    assert armed.screen.entry.bar.isAncestorOf(attribution)
    assert attribution.isVisible()
    armed.press(Key.Key_R, ALT)
    armed.press(Key.Key_Escape)
    assert armed.screen.pane.text.hasFocus()
    armed.press(Key.Key_S, ALT)
    armed.press(Key.Key_Return)
    assert armed.screen.pane.text.hasFocus()
    armed.screen.entry.bar.disarm_wanted.emit()
    assert not attribution.isVisible()
