"""Notes and highlights on what is read, by keys, in a real window with a real notebook."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat
from pytestqt.qtbot import QtBot

from archive.keys import ArchiveKey
from archive.notebook import notes, opening
from desktop.screen import ArchiveScreen
from desktop.theme import current_theme
from tests.desktop.notebook.conftest import about, open_document, press, select, write_note

HARBOUR, RIVER, VALLEY = "The harbour report", "河边的灯笼", "ۋادىدىكى چىراغ"


def marked(screen: ArchiveScreen) -> dict[str, QTextCharFormat]:
    """The marked words with their format."""
    return {one.cursor.selectedText(): QTextCharFormat(one.format) for one in screen.pane.text.extraSelections()}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("title", "words"), [(HARBOUR, "nine boats"), (RIVER, "一盏灯笼"), (VALLEY, "ۋادىدا بىر چىراغ")]
)
def test_a_note_on_a_passage_is_kept_as_it_is_typed_and_marked(
    screen: ArchiveScreen, qtbot: QtBot, title: str, words: str
) -> None:
    open_document(qtbot, screen, title)
    select(screen, words)
    write_note(qtbot, screen, "ask again")
    assert screen.pane.text.hasFocus()
    (held,) = about(screen).notes
    assert held.note.passage is not None
    assert held.note.passage.quote == words
    qtbot.waitUntil(lambda: words in marked(screen))
    assert marked(screen)[words].underlineStyle() is QTextCharFormat.UnderlineStyle.DashUnderline


def test_h_highlights_a_passage_and_takes_the_highlight_away(screen: ArchiveScreen, qtbot: QtBot) -> None:
    open_document(qtbot, screen, HARBOUR)
    select(screen, "nine boats")
    press(qtbot, Qt.Key.Key_H)
    qtbot.waitUntil(lambda: "nine boats" in marked(screen))
    assert marked(screen)["nine boats"].background().color() == current_theme().highlight
    press(qtbot, Qt.Key.Key_H)
    qtbot.waitUntil(lambda: not about(screen).notes)
    qtbot.waitUntil(lambda: not marked(screen))


def test_walking_shows_each_note_in_the_order_of_the_text(screen: ArchiveScreen, qtbot: QtBot) -> None:
    open_document(qtbot, screen, HARBOUR)
    for words, note in (("a lantern", "second"), ("nine boats", "first")):
        select(screen, words)
        write_note(qtbot, screen, note)
    editor = screen.notebook.margin.in_document.editor
    screen.pane.text.select(0, 1)
    seen = []
    for _ in range(3):
        press(qtbot, Qt.Key.Key_F7)
        seen.append(editor.strip.words())
    assert seen == ["first", "second", "first"]
    assert screen.pane.text.hasFocus()
    start, end = screen.pane.text.selected()
    assert screen.pane.text.whole_text()[start:end] == "nine boats"


def test_a_note_is_changed_and_deleted_after_a_question(screen: ArchiveScreen, qtbot: QtBot) -> None:
    open_document(qtbot, screen, HARBOUR)
    select(screen, "nine boats")
    write_note(qtbot, screen, "ten")
    press(qtbot, Qt.Key.Key_N)
    strip = screen.notebook.margin.in_document.editor.strip
    assert strip.words() == "ten"
    qtbot.keyClicks(strip.text, " or eleven")
    qtbot.waitUntil(lambda: [one.note.text for one in about(screen).notes] == ["ten or eleven"])
    strip.delete_button.click()
    box = screen.notebook.margin.in_document.editor.asking
    assert box is not None
    next(button for button in box.buttons() if button.text() == "Delete").click()
    qtbot.waitUntil(lambda: not about(screen).notes)
    assert strip.isHidden()


def test_a_note_on_the_whole_document(screen: ArchiveScreen, qtbot: QtBot) -> None:
    open_document(qtbot, screen, HARBOUR)
    select(screen, "nine boats")
    press(qtbot, Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(screen.notebook.margin.in_document.editor.strip.text, "read twice")
    qtbot.waitUntil(lambda: len(about(screen).notes) == 1)
    assert about(screen).notes[0].note.passage is None
    assert "read twice" in screen.notebook.margin.in_document.line.said.text()


def test_what_is_typed_last_is_kept_when_the_session_ends(
    screen: ArchiveScreen, qtbot: QtBot, archive: tuple[Path, ArchiveKey]
) -> None:
    open_document(qtbot, screen, HARBOUR)
    select(screen, "nine boats")
    press(qtbot, Qt.Key.Key_N)
    qtbot.keyClicks(screen.notebook.margin.in_document.editor.strip.text, "typed and gone")
    screen.leave()
    screen.session.close()
    with opening.of_archive(archive[1], protected=False) as notebook:
        (note,) = notes.every(notebook.db)
    assert note.text == "typed and gone"


def test_tags_and_collections_by_keys(screen: ArchiveScreen, qtbot: QtBot) -> None:
    open_document(qtbot, screen, HARBOUR)
    press(qtbot, Qt.Key.Key_T)
    shelf = screen.notebook.margin.in_document.shelf
    qtbot.waitUntil(lambda: shelf.tags.line.hasFocus())
    qtbot.keyClicks(shelf.tags.line, "boats")
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_Tab)
    qtbot.keyClicks(shelf.collections.line, "To the desk")
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: about(screen).tags == ("boats",) and len(about(screen).collections) == 1)
    press(qtbot, Qt.Key.Key_Escape)
    assert screen.pane.text.hasFocus()
    line = screen.notebook.margin.in_document.line
    assert "boats" in line.said.text()
    assert "To the desk" in line.said.text()
    open_document(qtbot, screen, "Notes from the mountain")
    press(qtbot, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: shelf.tags.line.hasFocus())
    qtbot.keyClicks(shelf.tags.line, "boa")
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: about(screen).tags == ("boats",))
    press(qtbot, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: about(screen).tags == ())
