from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from archive.keys import ArchiveKey
from archive.notebook import opening, shelves
from archive.notebook.records import Export
from desktop.statements.dialog import Wanted
from desktop.window import MainWindow
from desktop.withdrawal import purged
from index.answers import Query


def remembered(key: ArchiveKey) -> tuple[Export, ...]:
    if not opening.place(key.archive).exists():
        return ()
    with opening.of_archive(key, protected=False) as notebook:
        return shelves.exports(notebook.db)


def read(window: MainWindow, qtbot: QtBot, words: str) -> str:
    screen = window.archive
    assert screen is not None
    screen.finding.ask(screen.finding.fresh(words))
    screen.finding.read_first()
    qtbot.waitUntil(lambda: screen.reading.is_open)
    return screen.reading.record


def test_a_citation_and_an_original_are_remembered_with_their_record(
    window: MainWindow, archive: tuple[Path, ArchiveKey], qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record, screen = read(window, qtbot, "lighthouse"), window.archive
    assert screen is not None
    screen.review.cite("bibtex")
    qtbot.waitUntil(lambda: len(remembered(archive[1])) == 1)
    monkeypatch.setattr(screen.reading, "_ask_where", lambda name: tmp_path / name)
    screen.reading.save_copy()
    qtbot.waitUntil(lambda: len(remembered(archive[1])) == 2)
    held = {(one.what, one.form, one.records) for one in remembered(archive[1])}
    assert held == {("citation", "bibtex", (record,)), ("original", "md", (record,))}


def test_a_search_statement_is_remembered_with_what_it_lists(
    window: MainWindow, archive: tuple[Path, ArchiveKey], qtbot: QtBot, tmp_path: Path
) -> None:
    record = read(window, qtbot, "lighthouse")
    window.working.stated.statements.save(Query("lighthouse"), Wanted(".json", "", False), tmp_path / "statement.json")
    qtbot.waitUntil(lambda: len(remembered(archive[1])) == 1)
    (one,) = remembered(archive[1])
    assert (one.what, one.form, one.records) == ("statement", "json", (record,))
    assert purged.export(one).startswith("You exported a search statement (JSON) with this record on ")


def test_nothing_is_remembered_that_was_not_saved(
    window: MainWindow, archive: tuple[Path, ArchiveKey], qtbot: QtBot, tmp_path: Path
) -> None:
    read(window, qtbot, "lighthouse")
    there = tmp_path / "there.json"
    there.write_text("of another")
    window.working.stated.statements.save(Query("lighthouse"), Wanted(".json", "", False), there)
    screen = window.archive
    assert screen is not None
    with qtbot.waitSignal(screen.failed, timeout=2_000, raising=False):
        pass
    assert remembered(archive[1]) == ()
    assert there.read_text() == "of another"
