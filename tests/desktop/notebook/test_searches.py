"""Saved searches in the notebook: kept with filters, counted, opened at what is new, deleted after a question."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from archive.keys import ArchiveKey
from desktop.notebook.searches import SearchName
from desktop.screen import ArchiveScreen
from desktop.workspace import Workspace
from index.answers import Filter, Query
from tests.desktop.notebook.conftest import press


def save(qtbot: QtBot, screen: ArchiveScreen, query: Query, name: str = "") -> None:
    """Save a query through the dialog."""
    with qtbot.waitSignal(screen.counted_hits, check_params_cb=lambda asked: asked == query):
        screen.finding.ask(query)
    screen._commands["save_search"].trigger()
    dialog = screen.notebook.searches.asking
    assert isinstance(dialog, SearchName)
    if name:
        dialog.line.setText(name)
    with qtbot.waitSignal(screen.told):
        dialog.go_on.click()


def show(qtbot: QtBot, screen: ArchiveScreen, count: int = 1) -> list[tuple[str, str]]:
    """Open the notebook, and wait until all is counted."""
    if not screen.notebook.view.isVisible():
        screen._commands["notebook"].trigger()
    else:
        screen.notebook.show_list()
    leads = screen.notebook.searches.list.leads
    qtbot.waitUntil(lambda: len(leads()) == count and all(lead for _, lead in leads()))
    return leads()


def go_to_list(qtbot: QtBot, screen: ArchiveScreen) -> None:
    """Put the keyboard into the list of searches."""
    screen.window().activateWindow()  # a dialog was open
    screen.notebook.searches.list.list.setFocus()
    qtbot.waitUntil(screen.notebook.searches.list.list.hasFocus)


def add(path: Path, key: ArchiveKey, name: str, text: str) -> None:
    """Put a document into the archive beside the window, and make it searchable."""
    file = path.parent / name
    file.write_text(text, "utf-8")
    with Workspace(path, key, write=True) as workspace:
        workspace.import_([file])
        workspace.catch_up()


def test_what_is_new_is_counted_and_listed_alone_under_a_chip(
    screen: ArchiveScreen, archive: tuple[Path, ArchiveKey], qtbot: QtBot
) -> None:
    query = Query("lantern", (Filter("language", "en"),), "newest")
    save(qtbot, screen, query, "Lanterns in English")
    save(qtbot, screen, Query("boats"), "Boats")
    assert [lead.split(" since ")[0] for _, lead in show(qtbot, screen, 2)] == ["nothing new"] * 2
    add(*archive, "new.md", "---\ntitle: New\nlanguage: en\n---\nAnother lantern stood there.\n")
    add(*archive, "other.md", "---\ntitle: Other\nlanguage: fr\n---\nA lantern in French.\n")
    leads = screen.notebook.searches.list.leads
    screen.notebook.show_list()
    qtbot.waitUntil(lambda: any("1 new" in lead for _, lead in leads()))
    assert [(name, lead.split(" since ")[0]) for name, lead in leads()] == [
        ("Boats", "nothing new"),
        ("Lanterns in English", "1 new"),
    ]
    go_to_list(qtbot, screen)
    press(qtbot, Qt.Key.Key_Down)
    with qtbot.waitSignal(screen.counted_hits):
        press(qtbot, Qt.Key.Key_Return)
    assert not screen.notebook.view.isVisible()
    hits = screen.results.hits
    first = hits.hit(0)
    assert (hits.rowCount(), first and first.title.text) == (1, "New")
    assert screen.finding.query.sort == "newest"
    new = next(chip for chip in screen.chips.buttons() if chip.text().startswith("new or changed since "))
    with qtbot.waitSignal(screen.counted_hits):
        new.click()
    assert screen.finding.query == query
    assert hits.rowCount() > 1
    qtbot.waitUntil(lambda: dict(show(qtbot, screen, 2))["Lanterns in English"].startswith("nothing new"))


def test_the_chip_goes_with_other_words(screen: ArchiveScreen, qtbot: QtBot) -> None:
    like = Query("lantern", (Filter("record", "0 whatever", exclude=True), Filter("language", "en")))
    with qtbot.waitSignal(screen.counted_hits):
        screen.finding.ask(like)
    with qtbot.waitSignal(screen.counted_hits, check_params_cb=lambda query: query.text == "boats"):
        screen.bar.line.setText("boats")
        screen.bar.line.setFocus()
        press(qtbot, Qt.Key.Key_Return)
    assert screen.finding.query.filters == (Filter("language", "en"),)


def test_a_search_is_deleted_after_a_question(screen: ArchiveScreen, qtbot: QtBot) -> None:
    save(qtbot, screen, Query("boats"), "Boats")
    show(qtbot, screen)
    searches = screen.notebook.searches
    go_to_list(qtbot, screen)
    press(qtbot, Qt.Key.Key_Delete)
    asking = searches.asking
    assert isinstance(asking, QMessageBox)
    delete = next(one for one in asking.buttons() if one.text() == "Delete")
    delete.click()
    qtbot.waitUntil(lambda: searches.list.leads() == [])
    assert not searches.list.isVisible()


def test_nothing_is_saved_where_nothing_is_asked_or_the_name_is_taken(screen: ArchiveScreen, qtbot: QtBot) -> None:
    screen.finding.ask(Query(""))
    with qtbot.waitSignal(screen.told):
        screen._commands["save_search"].trigger()
    save(qtbot, screen, Query("boats"), "Boats")
    save(qtbot, screen, Query("lantern"), "Boats")  # which is told
    assert [name for name, _ in show(qtbot, screen)] == ["Boats"]
