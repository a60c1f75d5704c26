"""Notes, tags and collections on the page of a case, on the sample archive."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.screen import ArchiveScreen
from tests.desktop.cases.conftest import built, casework
from tests.desktop.cases.conftest import screen as sample_screen
from tests.desktop.notebook.conftest import about, press

__all__ = ["built", "casework", "sample_screen"]


def test_a_case_and_a_fact_are_noted_on_and_found_again(sample_screen: ArchiveScreen, qtbot: QtBot) -> None:
    screen = sample_screen
    qtbot.waitUntil(lambda: screen.notebook.is_usable)
    with qtbot.waitSignal(screen.cases.shown):
        qtbot.keyClicks(screen.bar.line, "outcome:returned country:TH dong")
        press(qtbot, Qt.Key.Key_Return)
    page, margin = screen.case_view.page, screen.notebook.margin
    qtbot.waitUntil(lambda: margin.about is not None)
    page.setFocus()
    for _ in range(3):
        press(qtbot, Qt.Key.Key_Down)
    line = page.line()
    assert line is not None
    assert line.fact
    press(qtbot, Qt.Key.Key_N)
    strip = margin.on_page.editor.strip
    qtbot.keyClicks(strip.text, "who says so")
    qtbot.waitUntil(lambda: line.fact in page.noted)
    press(qtbot, Qt.Key.Key_Escape)
    assert page.hasFocus()
    press(qtbot, Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(strip.text, "write to the family")
    qtbot.waitUntil(lambda: "write to the family" in margin.on_page.line.said.text())
    press(qtbot, Qt.Key.Key_Escape)
    press(qtbot, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: margin.on_page.shelf.tags.line.hasFocus())
    qtbot.keyClicks(margin.on_page.shelf.tags.line, "open question")
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: about(screen).tags == ("open question",))
    press(qtbot, Qt.Key.Key_Escape)
    press(qtbot, Qt.Key.Key_Home)
    press(qtbot, Qt.Key.Key_F7)
    walked = page.line()
    assert walked is not None
    assert walked.fact == line.fact
    assert strip.words() == "who says so"
    press(qtbot, Qt.Key.Key_F7)
    assert strip.words() == "write to the family"

    screen.going.open_record(screen.cases.page.documents[0].id if screen.cases.page else "")
    screen._commands["notebook"].trigger()
    view = screen.notebook.view
    qtbot.waitUntil(lambda: len(view.listed()) == 2 and view.list.hasFocus())
    press(qtbot, Qt.Key.Key_End)
    with qtbot.waitSignal(screen.cases.shown):
        press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: margin.on_page.editor.strip.words() == "who says so")
    found = page.line()
    assert found is not None
    assert found.fact == line.fact
