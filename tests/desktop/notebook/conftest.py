"""A window on a few documents, with its notebook open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from archive.keys import ArchiveKey
from desktop.notebook.records import About
from desktop.screen import ArchiveScreen
from desktop.window import MainWindow
from tests.desktop.conftest import FILES, open_in


def reader(qtbot: QtBot, window: MainWindow, path: Path) -> ArchiveScreen:
    """The screen of an archive with its records listed and its notebook open."""
    screen = open_in(window, path, qtbot)
    qtbot.waitUntil(lambda: screen.results.hits.rowCount() == len(FILES) and screen.notebook.is_usable)
    return screen


@pytest.fixture
def screen(new_window: Callable[[], MainWindow], archive: tuple[Path, ArchiveKey], qtbot: QtBot) -> ArchiveScreen:
    """A window on the archive."""
    return reader(qtbot, new_window(), archive[0])


def about(screen: ArchiveScreen) -> About:
    """What the notebook says of what is read."""
    found = screen.notebook.margin.about
    assert found is not None
    return found


def open_document(qtbot: QtBot, screen: ArchiveScreen, title: str) -> None:
    """Read a document by its title, and wait for what the notebook says of it."""
    hits = screen.results.hits
    record = next(hit.id for n in range(hits.rowCount()) if (hit := hits.hit(n)) and hit.title.text == title)
    with qtbot.waitSignal(screen.notebook.margin.shown, check_params_cb=lambda: about(screen).record == record):
        screen.going.open_record(record)
    screen.window().activateWindow()  # a dialog may have been open
    screen.pane.text.setFocus()
    qtbot.waitUntil(screen.pane.text.hasFocus)


def select(screen: ArchiveScreen, words: str) -> None:
    """Select these words of the text."""
    start = screen.pane.text.whole_text().index(words)
    screen.pane.text.select(start, start + len(words))


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the focus is."""
    widget = QApplication.focusWidget()
    assert isinstance(widget, QWidget)
    qtbot.keyClick(widget, key, modifier)


def write_note(qtbot: QtBot, screen: ArchiveScreen, words: str) -> None:
    """N, these words, and Esc when they are kept."""
    press(qtbot, Qt.Key.Key_N)
    editor = screen.notebook.margin.corner.editor
    qtbot.waitUntil(lambda: editor.strip.text.hasFocus())
    qtbot.keyClicks(editor.strip.text, words)
    qtbot.waitUntil(lambda: editor.strip.said.text() == "Kept")
    press(qtbot, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: any(one.note.text == words for one in about(screen).notes))
