"""The list of the notebook: newest first, filtered, by tag and collection; to the passage, away, and out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from archive import texts
from archive.connect import writing
from archive.keys import ArchiveKey
from archive.notebook import opening, shelves
from archive.reading.result import Page, Reading
from archive.withdrawal import withdrawal
from archive.withdrawal.tombstones import Reason
from desktop.notebook import rows
from desktop.notebook.browsing import NameDialog
from desktop.notebook.records import Kind
from desktop.notebook.rows import Choice
from desktop.notebook.view import NotebookView
from desktop.screen import ArchiveScreen
from desktop.workspace import Workspace
from tests.desktop.notebook.conftest import about, open_document, press, select, write_note

HARBOUR, RIVER = "The harbour report", "河边的灯笼"


def listed(screen: ArchiveScreen) -> list[str]:
    """The first lines of what is listed."""
    return [rows.first_line(row) for row in screen.notebook.view.listed()]


def fill(qtbot: QtBot, screen: ArchiveScreen) -> None:
    """A note in one document, a highlight and a tag in another."""
    open_document(qtbot, screen, HARBOUR)
    select(screen, "nine boats")
    write_note(qtbot, screen, "count them again")
    open_document(qtbot, screen, RIVER)
    select(screen, "一盏灯笼")
    press(qtbot, Qt.Key.Key_H)
    qtbot.waitUntil(lambda: len(about(screen).notes) == 1)
    press(qtbot, Qt.Key.Key_T)
    shelf = screen.notebook.margin.in_document.shelf
    qtbot.waitUntil(lambda: shelf.tags.line.hasFocus())
    qtbot.keyClicks(shelf.tags.line, "river")
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: about(screen).tags == ("river",))
    press(qtbot, Qt.Key.Key_Escape)


def go_to_list(qtbot: QtBot, screen: ArchiveScreen, count: int) -> NotebookView:
    """Ctrl+J, and wait until so many rows are listed."""
    screen._commands["notebook"].trigger()
    view = screen.notebook.view
    qtbot.waitUntil(lambda: len(view.listed()) == count and view.list.hasFocus())
    return view


def answer(box: object, words: str) -> None:
    """Press a button of a question."""
    assert isinstance(box, QMessageBox)
    next(button for button in box.buttons() if button.text() == words).click()


def test_enter_leads_to_the_passage_and_ctrl_j_back(screen: ArchiveScreen, qtbot: QtBot) -> None:
    fill(qtbot, screen)
    view = go_to_list(qtbot, screen, 2)
    assert listed(screen) == ["一盏灯笼", "count them again"]
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Return)
    editor = screen.notebook.margin.in_document.editor
    qtbot.waitUntil(lambda: not editor.strip.isHidden())
    assert editor.strip.words() == "count them again"
    start, end = screen.pane.text.selected()
    assert screen.pane.text.whole_text()[start:end] == "nine boats"
    assert screen.pane.text.hasFocus()
    go_to_list(qtbot, screen, 2)
    press(qtbot, Qt.Key.Key_Escape)
    assert not view.isVisible()
    assert screen.results.list.hasFocus()


def test_the_filter_reads_words_quotes_titles_and_tags(screen: ArchiveScreen, qtbot: QtBot) -> None:
    fill(qtbot, screen)
    view = go_to_list(qtbot, screen, 2)
    for typed, found in (
        ("AGAIN count", ["count them again"]),
        ("boats", ["count them again"]),
        ("灯笼", ["一盏灯笼"]),
        ("harbour", ["count them again"]),
        ("river", ["一盏灯笼"]),
        ("nothing", []),
    ):
        view.filter.setText(typed)
        assert listed(screen) == found
    assert view.nothing.words()
    assert not view.nothing.isHidden()


def test_delete_asks_and_then_the_mark_goes_too(screen: ArchiveScreen, qtbot: QtBot) -> None:
    fill(qtbot, screen)
    go_to_list(qtbot, screen, 2)
    press(qtbot, Qt.Key.Key_Delete)
    answer(screen.notebook.browsing.asking, "Cancel")
    assert len(listed(screen)) == 2
    press(qtbot, Qt.Key.Key_Delete)
    answer(screen.notebook.browsing.asking, "Delete")
    qtbot.waitUntil(lambda: listed(screen) == ["count them again"])
    qtbot.waitUntil(lambda: not screen.pane.text.extraSelections())


def test_tags_and_collections_are_listed_with_their_records(screen: ArchiveScreen, qtbot: QtBot) -> None:
    fill(qtbot, screen)
    view = go_to_list(qtbot, screen, 2)
    view.choose(Choice(tag="river"))
    assert listed(screen) == [RIVER, "一盏灯笼"]
    view.collection_wanted.emit()
    dialog = screen.notebook.browsing.asking
    assert isinstance(dialog, NameDialog)
    dialog.line.setText("  For the   desk ")
    dialog.submit()
    qtbot.waitUntil(lambda: bool(view.chosen.collection))
    assert listed(screen) == []
    assert "empty" in view.nothing.words()
    open_document(qtbot, screen, HARBOUR)
    press(qtbot, Qt.Key.Key_T)
    shelf = screen.notebook.margin.in_document.shelf
    qtbot.waitUntil(lambda: shelf.tags.line.hasFocus())
    press(qtbot, Qt.Key.Key_Tab)
    qtbot.keyClicks(shelf.collections.line, "for the desk")
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: listed(screen) == [HARBOUR])
    (held,) = about(screen).collections
    assert held.name == "For the desk"


@pytest.mark.parametrize(("form", "ending"), [("markdown", "md"), ("html", "html"), ("json", "json")])
def test_the_notebook_is_exported_and_remembers_it(
    screen: ArchiveScreen, qtbot: QtBot, tmp_path: Path, archive: tuple[Path, ArchiveKey], form: str, ending: str
) -> None:
    fill(qtbot, screen)
    go_to_list(qtbot, screen, 2)
    destination, asked = tmp_path / f"out.{ending}", []
    screen.notebook.browsing._place_for_copy = lambda name: asked.append(name) or destination  # type: ignore[func-returns-value]
    with qtbot.waitSignal(screen.told, check_params_cb=lambda sentence: "not protected" in sentence):
        screen.notebook.view.export_wanted.emit(form)
    assert asked == [f"Notebook on Lanterns.{ending}"]
    written = destination.read_text("utf-8")
    assert "count them again" in written
    assert "一盏灯笼" in written
    assert "“The harbour report”" in written.replace("\\", "")  # the passage is cited
    if form == "json":
        content = json.loads(written)
        assert content["archive"] == archive[1].archive
        assert set(content["records"]) == {note["record"] for note in content["notes"]}
    screen.session.close()
    with opening.of_archive(archive[1], protected=False) as notebook:
        (export,) = shelves.exports(notebook.db)
    assert (export.what, export.form, len(export.records)) == ("notebook", form, 2)


def test_a_passage_that_changed_is_shown_with_its_old_quote(
    screen: ArchiveScreen, qtbot: QtBot, archive: tuple[Path, ArchiveKey]
) -> None:
    fill(qtbot, screen)
    open_document(qtbot, screen, HARBOUR)
    record = about(screen).record
    with Workspace(*archive, write=True) as workspace, writing(workspace.archive.db):
        reading = Reading("text/plain", pages=(Page(0, "The keeper counted ten boats."),), extractor="test 2")
        texts.add(workspace.archive.db, workspace.documents.get(record).row, reading)
    open_document(qtbot, screen, RIVER)
    go_to_list(qtbot, screen, 2)
    assert [rows.warning(row) for row in screen.notebook.view.listed()] == ["", "passage changed"]
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Return)
    strip = screen.notebook.margin.in_document.editor.strip
    qtbot.waitUntil(lambda: not strip.isHidden() and strip.words() == "count them again")
    assert not strip.became.isHidden()
    assert "nine boats" in strip.became.text()
    assert screen.pane.text.whole_text().strip() == "The keeper counted ten boats."


def test_words_found_again_in_a_newer_text_are_said_to_be(
    screen: ArchiveScreen, qtbot: QtBot, archive: tuple[Path, ArchiveKey]
) -> None:
    fill(qtbot, screen)
    open_document(qtbot, screen, HARBOUR)
    record = about(screen).record
    with Workspace(*archive, write=True) as workspace, writing(workspace.archive.db):
        reading = Reading("text/plain", pages=(Page(0, "Corrected: there were nine\nboats."),), extractor="test 2")
        texts.add(workspace.archive.db, workspace.documents.get(record).row, reading)
    open_document(qtbot, screen, RIVER)
    view = go_to_list(qtbot, screen, 2)
    row = next(row for row in view.listed() if row.noted and row.noted.note.text)
    assert rows.warning(row) == ""
    assert "found again in another text version" in rows.facts(row)
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Return)
    strip = screen.notebook.margin.in_document.editor.strip
    qtbot.waitUntil(lambda: not strip.isHidden() and strip.words() == "count them again")
    assert "“nine boats”" in strip.became.text()
    start, end = screen.pane.text.selected()
    assert screen.pane.text.whole_text()[start:end] == "nine\nboats"


def test_a_note_on_a_document_that_is_gone_keeps_its_quote(
    screen: ArchiveScreen, qtbot: QtBot, archive: tuple[Path, ArchiveKey]
) -> None:
    fill(qtbot, screen)
    with opening.of_archive(archive[1], protected=False) as notebook:
        notebook.db.conn.execute("UPDATE note SET record = 'another' WHERE text != ''")
    view = go_to_list(qtbot, screen, 2)
    row = next(row for row in view.listed() if row.noted and row.noted.note.text)
    assert rows.warning(row) == "no longer in the archive"
    assert rows.quote(row) == "nine boats"


def test_a_note_on_what_is_gone_is_read_changed_and_deleted_under_the_list(
    screen: ArchiveScreen, archive: tuple[Path, ArchiveKey], qtbot: QtBot
) -> None:
    fill(qtbot, screen)
    open_document(qtbot, screen, HARBOUR)
    document = screen.reading.record
    open_document(qtbot, screen, RIVER)
    with Workspace(*archive, write=True) as workspace:
        withdrawal.withdraw(workspace.archive, withdrawal.preview(workspace.archive.db, document), Reason.LEGAL)
    view = go_to_list(qtbot, screen, 2)
    row = next(n for n, one in enumerate(view.listed()) if one.place.kind is Kind.GONE)
    view.list.setCurrentIndex(view.list.model().index(row, 0))
    press(qtbot, Qt.Key.Key_Return)
    strip = screen.notebook.browsing.editor.strip
    qtbot.waitUntil(strip.text.hasFocus)
    assert strip.words() == "count them again"
    assert "no longer in the archive. The passage read: “nine boats”" in strip.became.text()
    qtbot.keyClicks(strip.text, ", they said")
    qtbot.waitUntil(lambda: "count them again, they said" in listed(screen))
    press(qtbot, Qt.Key.Key_Escape)
    qtbot.waitUntil(view.list.hasFocus)
    assert strip.isHidden()
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(strip.text.hasFocus)
    strip.delete_button.click()
    answer(screen.notebook.browsing.editor.asking, "Delete")
    qtbot.waitUntil(lambda: listed(screen) == ["一盏灯笼"])
