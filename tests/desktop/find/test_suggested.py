"""Links to what may have been meant: shown with counts, followed by keyboard, gone with the next query."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from archive.keys import ArchiveKey
from desktop.find.suggested import Link
from desktop.window import MainWindow
from desktop.workspace import Workspace
from index.answers import Filter
from tests.desktop.conftest import open_in


def ask(qtbot: QtBot, window: MainWindow, text: str) -> None:
    screen = window.archive
    assert screen is not None
    screen.bar.line.setFocus()
    with qtbot.waitSignal(screen.counted_hits, check_params_cb=lambda query: query.text == text):
        screen.bar.line.setText(text)
        qtbot.keyClick(screen.bar.line, Qt.Key.Key_Return)


def links(window: MainWindow) -> list[str]:
    assert window.archive is not None
    return [link.text() for link in window.archive.suggesting.links.links()]


def test_a_slip_is_offered_and_followed_by_tab_and_enter(window: MainWindow, qtbot: QtBot) -> None:
    screen = window.archive
    assert screen is not None
    ask(qtbot, window, "lantren")
    qtbot.waitUntil(lambda: bool(links(window)))
    assert links(window) == ["Did you mean “lantern”? 4 records"]
    assert screen.results.is_empty  # nothing is searched for in its place
    assert screen.bar.text() == "lantren"
    qtbot.keyClick(screen.bar.line, Qt.Key.Key_Tab)
    link = QApplication.focusWidget()
    assert isinstance(link, Link)
    with qtbot.waitSignal(screen.counted_hits):
        qtbot.keyClick(link, Qt.Key.Key_Return)
    assert (screen.bar.text(), screen.results.hits.rowCount()) == ("lantern", 4)
    assert links(window) == []
    assert screen.bar.line.hasFocus()


def test_a_country_is_offered_as_a_filter(window: MainWindow, qtbot: QtBot) -> None:
    screen = window.archive
    assert screen is not None
    for name, expected in (("Siam", "Thailand (1)"), ("老挝", "Laos (2)"), ("تايلاند", "Thailand (1)")):
        ask(qtbot, window, name)
        qtbot.waitUntil(lambda: bool(links(window)))
        assert links(window) == [f"Country or territory: {expected}"]
        assert not screen.finding.query.filters
    with qtbot.waitSignal(screen.counted_hits):
        screen.suggesting.links.links()[0].click()
    assert screen.finding.query.filters == (Filter("country", "TH"),)
    assert screen.bar.text() == ""
    assert screen.chips.buttons()[0].text().startswith("Thailand")


def test_a_place_is_offered_as_a_filter_and_its_names_are_told(
    new_window: Callable[[], MainWindow], archive: tuple[Path, ArchiveKey], tmp_path: Path, qtbot: QtBot
) -> None:
    path, key = archive
    (tmp_path / "letter.txt").write_text("The letter was sent from Bangkok.\n", "utf-8")
    with Workspace(path, key, write=True) as workspace:
        workspace.import_([tmp_path / "letter.txt"])
        workspace.catch_up()
    window = new_window()
    screen = open_in(window, path, qtbot)
    ask(qtbot, window, "曼谷")
    qtbot.waitUntil(lambda: bool(links(window)))
    assert links(window) == ["Place: Bangkok (Thailand) (1)"]
    with qtbot.waitSignal(screen.counted_hits):
        screen.suggesting.links.links()[0].click()
    assert screen.finding.query.filters == (Filter("place", "TH-10"),)
    assert screen.results.hits.rowCount() == 1
    assert screen.chips.buttons()[0].text().startswith("Bangkok (Thailand)")
    assert screen.bar.understood.text() == "Bangkok (Thailand): recorded there, or named in the text: Bangkok"
    assert not screen.bar.turn.isVisibleTo(screen.bar)  # nothing was typed that could be searched only as typed
