"""Past searches: remembered where they led somewhere, offered where nothing is typed, forgotten when one says so."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.screen import ArchiveScreen
from tests.desktop.notebook.conftest import press


def ask(qtbot: QtBot, screen: ArchiveScreen, text: str) -> None:
    """Type a query, press Enter, and wait until it is remembered."""
    screen.bar.take_focus()
    press(qtbot, Qt.Key.Key_Backspace)
    with qtbot.waitSignal(screen.counted_hits, check_params_cb=lambda query: query.text == text):
        screen.bar.line.setText(text)
        press(qtbot, Qt.Key.Key_Return)
    if screen.notebook.past.memory.on:
        qtbot.waitUntil(lambda: screen.notebook.past.memory.past[:1] == (text,))


def offered(screen: ArchiveScreen) -> list[str]:
    """What the list under the bar says."""
    past = screen.notebook.past
    return [offer.words for offer in past.list.offers()] if past.list is not None and past.is_open else []


def test_down_in_the_empty_bar_offers_past_searches_and_enter_asks_again(screen: ArchiveScreen, qtbot: QtBot) -> None:
    for text in ("lantern", "boats", "灯笼"):
        ask(qtbot, screen, text)
    screen.bar.take_focus()
    press(qtbot, Qt.Key.Key_Escape)
    press(qtbot, Qt.Key.Key_Down)
    assert offered(screen) == ["灯笼", "boats", "lantern"]
    press(qtbot, Qt.Key.Key_Down)
    with qtbot.waitSignal(screen.counted_hits, check_params_cb=lambda query: query.text == "boats"):
        press(qtbot, Qt.Key.Key_Return)
    assert offered(screen) == []
    assert screen.bar.text() == "boats"


def test_down_goes_to_the_list_where_something_is_typed(screen: ArchiveScreen, qtbot: QtBot) -> None:
    ask(qtbot, screen, "lantern")
    screen.bar.take_focus()
    press(qtbot, Qt.Key.Key_Down)
    assert offered(screen) == []
    assert screen.results.list.hasFocus()


def test_down_goes_to_the_list_where_nothing_is_remembered(screen: ArchiveScreen, qtbot: QtBot) -> None:
    screen.bar.take_focus()
    press(qtbot, Qt.Key.Key_Down)
    qtbot.waitUntil(screen.results.list.hasFocus)  # as soon as there is an answer


def test_typing_closes_the_list_and_delete_forgets(screen: ArchiveScreen, qtbot: QtBot) -> None:
    for text in ("lantern", "boats"):
        ask(qtbot, screen, text)
    screen.bar.take_focus()
    press(qtbot, Qt.Key.Key_Escape)
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: offered(screen) == ["lantern"])
    qtbot.keyClicks(screen.bar.line, "m")
    assert offered(screen) == []


def test_remembering_is_switched_off_and_everything_forgotten(screen: ArchiveScreen, qtbot: QtBot) -> None:
    past, remember = screen.notebook.past, screen._commands["remember"]
    ask(qtbot, screen, "lantern")
    assert remember.isChecked()
    remember.trigger()
    qtbot.waitUntil(lambda: not past.memory.on)
    ask(qtbot, screen, "boats")
    with qtbot.waitSignal(screen.told, check_params_cb=lambda sentence: "deleted" in sentence):
        screen._commands["forget"].trigger()
    assert past.memory.past == ()
    remember.trigger()
    qtbot.waitUntil(lambda: past.memory.on)
    ask(qtbot, screen, "keeper")
    assert past.memory.past == ("keeper",)
