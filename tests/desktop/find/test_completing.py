"""Offers while one types: walked, taken, given back; Enter searches what stands in the bar; input methods are left
alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop import settings
from desktop.find import completing
from desktop.find.completing import Completing
from desktop.screen import ArchiveScreen
from desktop.window import MainWindow
from index.complete import COUNTRIES, Completion


@pytest.fixture
def screen(window: MainWindow) -> ArchiveScreen:
    assert window.archive is not None
    window.activateWindow()
    window.archive.bar.line.setFocus()
    return window.archive


def type_in(qtbot: QtBot, screen: ArchiveScreen, text: str) -> Completing:
    """Type, and wait for what is offered."""
    screen.bar.line.clear()
    qtbot.waitUntil(lambda: not screen.completing.is_open)
    if text.isascii():
        QTest.keyClicks(screen.bar.line, text)
    else:
        commit(screen, text)
    qtbot.waitUntil(lambda: screen.completing.is_open)
    return screen.completing


def commit(screen: ArchiveScreen, text: str) -> None:
    """What an input method does at its end."""
    done = QInputMethodEvent("", [])
    done.setCommitString(text)
    QCoreApplication.sendEvent(screen.bar.line, done)


def words(screen: ArchiveScreen) -> list[str]:
    return [offer.words for offer in screen.completing.offers()]


def test_enter_searches_what_is_typed_though_something_is_offered(screen: ArchiveScreen, qtbot: QtBot) -> None:
    # what is typed is also searched after a pause: that answer may come before Enter, which then asks no second time
    with qtbot.waitSignal(screen.counted_hits, check_params_cb=lambda query: query.text == "lant"):
        type_in(qtbot, screen, "lant")
        assert words(screen)[:1] == ["lantern"]
        qtbot.keyClick(screen.bar.line, Qt.Key.Key_Return)
    assert screen.bar.text() == "lant"
    assert not screen.completing.is_open


def test_down_puts_an_offer_into_the_bar_and_enter_searches_that(screen: ArchiveScreen, qtbot: QtBot) -> None:
    type_in(qtbot, screen, "boats lant")
    with qtbot.waitSignal(screen.counted_hits, check_params_cb=lambda query: query.text == "boats lantern"):
        qtbot.keyClick(screen.bar.line, Qt.Key.Key_Down)
        assert screen.bar.text() == "boats lantern"
        assert screen.bar.line.hasFocus()
        qtbot.keyClick(screen.bar.line, Qt.Key.Key_Return)


def test_tab_takes_the_first_and_escape_gives_back_what_was_typed(screen: ArchiveScreen, qtbot: QtBot) -> None:
    type_in(qtbot, screen, "lighth")
    qtbot.keyClick(screen.bar.line, Qt.Key.Key_Tab)
    assert (screen.bar.text(), screen.bar.line.hasFocus(), screen.completing.is_open) == ("lighthouse", True, False)
    type_in(qtbot, screen, "lighth")
    qtbot.keyClick(screen.bar.line, Qt.Key.Key_Down)
    assert screen.bar.text() == "lighthouse"
    qtbot.keyClick(screen.bar.line, Qt.Key.Key_Escape)
    assert (screen.bar.text(), screen.completing.is_open) == ("lighth", False)


def test_down_past_the_last_goes_on_to_the_list(screen: ArchiveScreen, qtbot: QtBot) -> None:
    type_in(qtbot, screen, "lantern OR keepe")
    for _ in range(len(words(screen)) + 1):
        qtbot.keyClick(screen.bar.line, Qt.Key.Key_Down)
    qtbot.waitUntil(screen.results.list.hasFocus)
    assert not screen.completing.is_open


def test_what_stands_behind_the_cursor_stays(screen: ArchiveScreen, qtbot: QtBot) -> None:
    screen.bar.line.setText(" mountain")
    screen.bar.line.setCursorPosition(0)
    QTest.keyClicks(screen.bar.line, "lant")
    qtbot.waitUntil(lambda: screen.completing.is_open)
    qtbot.keyClick(screen.bar.line, Qt.Key.Key_Tab)
    assert (screen.bar.text(), screen.bar.line.cursorPosition()) == ("lantern mountain", len("lantern"))


def test_right_to_left_words_and_values_in_any_language(screen: ArchiveScreen, qtbot: QtBot) -> None:
    type_in(qtbot, screen, "چى")
    assert "چىراغ" in words(screen)
    type_in(qtbot, screen, "country:老")
    assert words(screen) == ["老挝 — Laos"]
    type_in(qtbot, screen, "place:曼")
    assert words(screen)[0] == "曼谷 — Bangkok (Thailand)"
    type_in(qtbot, screen, "place:tripol")
    assert words(screen)[:2] == ["Tripoli (Libya)", "Tripoli, North (Lebanon)"]


def test_an_input_method_that_composes_is_left_alone(screen: ArchiveScreen, qtbot: QtBot) -> None:
    line = screen.bar.line
    type_in(qtbot, screen, "lant")
    QCoreApplication.sendEvent(line, QInputMethodEvent("deng", []))
    assert not screen.completing.is_open
    qtbot.keyClick(line, Qt.Key.Key_Down)  # the input method's own, as far as the list is concerned
    assert line.text() == "lant"
    line.setFocus()
    commit(screen, "er")
    assert line.text() == "lanter"
    qtbot.waitUntil(lambda: screen.completing.is_open)


def test_late_answers_to_what_was_typed_before_are_dropped(screen: ArchiveScreen, qtbot: QtBot) -> None:
    QTest.keyClicks(screen.bar.line, "lant")
    screen.bar.line.setText("something else")
    with qtbot.waitSignal(screen.counted_hits):
        qtbot.keyClick(screen.bar.line, Qt.Key.Key_Return)
    assert not screen.completing.is_open


def test_past_searches_are_among_the_offers_and_said_to_be(screen: ArchiveScreen, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: screen.notebook.is_usable)
    with qtbot.waitSignal(screen.counted_hits, check_params_cb=lambda query: query.text == "lantern boats"):
        screen.bar.line.setText("lantern boats")
        qtbot.keyClick(screen.bar.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "lantern boats" in screen.notebook.past.memory.past)
    screen.bar.line.setFocus()
    type_in(qtbot, screen, "lant")
    assert next((one.words, one.lead) for one in screen.completing.offers()) == ("lantern boats", "past search")


def test_it_can_be_switched_off_for_good(window: MainWindow, screen: ArchiveScreen, qtbot: QtBot) -> None:
    type_in(qtbot, screen, "lant")
    window.commands["completing"].trigger()
    assert not screen.completing.is_open
    screen.bar.line.clear()
    with qtbot.waitSignal(screen.counted_hits, check_params_cb=lambda query: query.text == "boat"):
        QTest.keyClicks(screen.bar.line, "boat")
    assert not screen.completing.is_open
    assert window.preferences.settings.completing is False
    file = settings.default_file().with_name("kept.json")
    assert settings.save(window.preferences.settings, file)
    assert settings.load(file).completing is False


@pytest.mark.parametrize("field", COUNTRIES)
def test_a_country_in_another_language_is_named_in_the_readers_too(field: str) -> None:
    assert completing.words(Completion(f"{field}:老挝", "老挝", "value", f"{field} LA")) == "老挝 — Laos"
    assert completing.words(Completion(f"{field}:Laos", "Laos", "value", f"{field} LA")) == "Laos"
