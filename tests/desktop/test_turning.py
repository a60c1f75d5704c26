"""Turning from pane to pane by the keyboard, and to a place that takes the room of what is read."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.window import MainWindow
from tests.desktop.test_window import screen_of, search


@pytest.mark.parametrize("by", [1, -1])
def test_f6_walks_all_four_panes(window: MainWindow, qtbot: QtBot, by: int) -> None:
    screen = screen_of(window)
    search(qtbot, screen, "boats")
    with qtbot.waitSignal(screen.pane.text.hit_reached):
        qtbot.keyClick(screen.bar.line, Qt.Key.Key_Return)
    window.activateWindow()
    screen.bar.take_focus()
    seen = []
    for _ in range(4):
        window.commands["next_pane" if by > 0 else "previous_pane"].trigger()
        seen.append(window.focusWidget())
    panes = [screen.filters, screen.results.list, screen.pane.text, screen.bar.line]
    assert seen == (panes if by > 0 else [*reversed(panes[:3]), panes[3]])


def test_the_reading_pane_keeps_its_width_where_the_window_is_closed_on_a_table_of_cases(
    window: MainWindow, qtbot: QtBot
) -> None:
    screen = screen_of(window)
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: sum(screen.columns()) > 1200)
    before = screen.columns()
    assert screen.pane.isVisible()
    screen.places.setCurrentIndex(2)
    qtbot.waitUntil(lambda: not screen.pane.isVisible() and screen.overview_view.width() > sum(before[1:]) - 10)
    window.leave()
    assert window.preferences.settings.columns == before
