"""Other forms in the window: said under the bar and at the hit, and switched off for one search or for good."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from pytestqt.qtbot import QtBot

from archive.keys import ArchiveKey
from desktop.find.hit_row import facts
from desktop.find.why import WhyDialog
from desktop.screen import ArchiveScreen
from desktop.window import MainWindow
from tests.desktop.conftest import open_in


def ask(qtbot: QtBot, screen: ArchiveScreen, text: str) -> None:
    screen.bar.line.clear()
    with qtbot.waitSignal(screen.counted_hits, check_params_cb=lambda query: query.text == text):
        qtbot.keyClicks(screen.bar.line, text)


def test_the_other_form_is_named_and_can_be_switched_off(
    new_window: Callable[[], MainWindow], archive: tuple[Path, ArchiveKey], qtbot: QtBot
) -> None:
    window = new_window()
    screen = open_in(window, archive[0], qtbot)
    ask(qtbot, screen, "lanterns")
    assert screen.results.hits.rowCount() > 2
    assert "lantern (another form of the word)" in screen.bar.understood.text()
    hit = screen.results.hits.hit(0)
    assert hit is not None
    assert facts(hit).startswith("matched lantern through another form of the word")  # a narrow list cuts the end off
    with qtbot.waitSignal(screen.counted_hits):
        qtbot.keyClick(screen.bar.line, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert screen.finding.query.widen == "none"
    assert screen.results.is_empty
    assert screen.results.nothing.buttons()[0].text() == "Search other spellings and forms too"
    with qtbot.waitSignal(screen.counted_hits):
        screen.results.nothing.buttons()[0].click()
    assert screen.results.hits.rowCount() > 2
    with qtbot.waitSignal(screen.counted_hits):
        qtbot.keyClick(screen.bar.line, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    ask(qtbot, screen, "")
    assert screen.finding.query.widen == "all"  # for one search only


def test_the_key_is_not_taken_by_the_bar(
    new_window: Callable[[], MainWindow], archive: tuple[Path, ArchiveKey], qtbot: QtBot
) -> None:
    window = new_window()
    screen = open_in(window, archive[0], qtbot)
    # on X11 a line takes Ctrl+E for the way to its end, and says so before any shortcut is looked for
    claim = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    claim.accept()
    assert screen.bar.eventFilter(screen.bar.line, claim)
    assert not claim.isAccepted()


def test_the_way_back_is_a_link_beside_the_words_and_next_by_tab(
    new_window: Callable[[], MainWindow], archive: tuple[Path, ArchiveKey], qtbot: QtBot
) -> None:
    window = new_window()
    screen = open_in(window, archive[0], qtbot)
    ask(qtbot, screen, "lanterns")
    screen.completing.close()
    turn = screen.bar.turn
    assert turn.isVisible()
    screen.bar.line.setFocus()
    qtbot.keyClick(screen.bar.line, Qt.Key.Key_Tab)
    assert turn.hasFocus()
    with qtbot.waitSignal(screen.counted_hits):
        qtbot.keyClick(turn, Qt.Key.Key_Return)
    assert screen.finding.query.widen == "none"
    assert not screen.bar.understood.isVisible()
    assert turn.isVisible()
    assert turn.mapTo(screen.bar, turn.rect().topLeft()).x() < 40  # the beginning of the line, not its middle


def test_it_stays_off_where_it_is_switched_off_for_good(
    new_window: Callable[[], MainWindow], archive: tuple[Path, ArchiveKey], qtbot: QtBot
) -> None:
    window = new_window()
    screen = open_in(window, archive[0], qtbot)
    with qtbot.waitSignal(screen.counted_hits):
        window.commands["widen_always"].trigger()
    ask(qtbot, screen, "lanterns")
    assert screen.results.is_empty
    window.leave()
    screen = open_in(again := new_window(), archive[0], qtbot)
    assert not again.commands["widen_always"].isChecked()
    ask(qtbot, screen, "lanterns")
    assert screen.finding.query.widen == "none"
    assert screen.results.is_empty


def test_a_record_says_why_it_is_where_it_is(
    new_window: Callable[[], MainWindow], archive: tuple[Path, ArchiveKey], qtbot: QtBot
) -> None:
    window = new_window()
    screen = open_in(window, archive[0], qtbot)
    ask(qtbot, screen, "lanterns")
    window.commands["why"].trigger()
    qtbot.waitUntil(lambda: bool(screen.findChildren(WhyDialog)))
    (dialog,) = screen.findChildren(WhyDialog)
    assert dialog.sentences[0].startswith("Only other forms of what was typed find it")
    assert any("lantern (another form of the word)" in sentence for sentence in dialog.sentences)
    dialog.close()
