"""What is folded under a hit: said at its row, unfolded by key and click, read from there, listed apart on demand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from archive import container
from archive.keys import ArchiveKey
from desktop.find.fold import Fold
from desktop.find.hits import BENEATH
from desktop.screen import ArchiveScreen
from desktop.window import MainWindow
from desktop.workspace import Workspace
from tests.desktop.conftest import open_in

WORDS = "seven ferries left the pier before noon and none of the clerks there wrote down where any of them went "
STORY = "The lantern market opened again. " + "".join(f"On day {day} {WORDS}" for day in range(12))
PAGES = ("A lantern on the pier.", "Nothing here.", "Two lanterns, a lantern and a lamp.", "A lantern again.")


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ArchiveKey]:
    """A story in three papers, one of them shorter by a word, and a report whose passages are many."""
    folder = tmp_path_factory.mktemp("folding")
    given = folder / "given"
    given.mkdir()
    for name, text in {"one": STORY, "two": f"{STORY} Reuters", "three": STORY.replace("again", "anew")}.items():
        (given / f"{name}.md").write_text(f"---\ntitle: Paper {name}\n---\n{text}\n", "utf-8")
    filler = "The clerk counted the boxes once more and put every one of them back onto the shelf. " * 110
    report = "\n\n".join(f"{page} {number} {filler}" for number, page in enumerate(PAGES))
    (given / "report.md").write_text(f"---\ntitle: The long report\n---\n{report}\n", "utf-8")
    path = folder / "Papers.tamarisk"
    key = container.create(path)
    with Workspace(path, key, write=True) as workspace:
        workspace.import_([given])
        workspace.catch_up()
    return path, key


@pytest.fixture
def window(new_window: Callable[[], MainWindow], archive: tuple[Path, ArchiveKey], qtbot: QtBot) -> MainWindow:
    """A window on the archive."""
    window = new_window()
    screen = open_in(window, archive[0], qtbot)
    qtbot.waitUntil(lambda: screen.results.hits.rowCount() == 2)
    return window


@pytest.fixture
def screen(window: MainWindow, qtbot: QtBot) -> ArchiveScreen:
    """The window with the answer to `lantern`, and what is folded counted."""
    screen = window.archive
    assert screen is not None
    ask(screen, qtbot, "lantern")
    return screen


def ask(screen: ArchiveScreen, qtbot: QtBot, text: str) -> None:
    with qtbot.waitSignal(screen.counted_hits, check_params_cb=lambda query: query.text == text):
        screen.finding.ask(screen.finding.fresh(text))
    qtbot.waitUntil(lambda: screen.results.hits.data(row(screen, "The long report"), BENEATH) is not None)


def row(screen: ArchiveScreen, title: str) -> QModelIndex:
    hits = screen.results.hits
    return next(hits.index(n) for n in range(hits.rowCount()) if (hit := hits.hit(n)) and title in hit.title.text)


def fold(screen: ArchiveScreen) -> Fold:
    beneath = screen.results.list.beneath()
    assert isinstance(beneath, Fold)
    return beneath


def key(screen: ArchiveScreen, which: Qt.Key, on: QWidget | None = None) -> None:
    QTest.keyClick(on or screen.results.list, which)


def unfold(screen: ArchiveScreen, qtbot: QtBot, title: str) -> Fold:
    screen.results.list.setFocus()
    screen.results.list.setCurrentIndex(row(screen, title))
    key(screen, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: screen.results.list.beneath() is not None)
    return fold(screen)


def test_papers_fold_and_the_count_says_so(screen: ArchiveScreen) -> None:
    assert screen.results.hits.rowCount() == 2
    assert screen.results.count_words() == "4 records, 2 folded"
    paper = screen.results.hits.data(row(screen, "Paper"), BENEATH)
    assert (paper.passages, paper.near) == (0, 2)
    said = screen.results.hits.data(row(screen, "Paper"), Qt.ItemDataRole.AccessibleTextRole)
    assert "2 more nearly the same" in said


def test_passages_are_unfolded_walked_and_folded_by_keys(screen: ArchiveScreen, qtbot: QtBot) -> None:
    results = screen.results
    beneath = unfold(screen, qtbot, "The long report")
    at = results.list.currentIndex().row()
    plain = results.list.verticalHeader().defaultSectionSize()
    assert results.list.rowHeight(at) == plain + beneath.wanted_height()
    assert beneath.hits.rowCount() == results.hits.data(results.hits.index(at), BENEATH).passages >= 2
    key(screen, Qt.Key.Key_Down)
    first = beneath.hits.hit(0)
    assert first is not None
    qtbot.waitUntil(lambda: screen.reading.record == first.id)
    assert results.list.beneath() is beneath  # to read it takes nothing away
    starts = [hit.passage.start for n in range(beneath.hits.rowCount()) if (hit := beneath.hits.hit(n))]
    assert starts == sorted(set(starts))
    key(screen, Qt.Key.Key_Up, beneath.list)
    assert results.list.currentIndex().row() == at
    key(screen, Qt.Key.Key_Left)
    assert results.list.beneath() is None
    assert results.list.rowHeight(at) == plain


def test_a_paper_beneath_another_is_read_from_there(screen: ArchiveScreen, qtbot: QtBot) -> None:
    beneath = unfold(screen, qtbot, "Paper")
    lead = screen.results.hits.hit(screen.results.list.currentIndex().row())
    others = {hit.id for n in range(2) if (hit := beneath.hits.hit(n))}
    assert lead is not None
    assert len(others - {lead.id}) == 2
    beneath.enter()
    qtbot.waitUntil(lambda: screen.reading.record in others)
    assert screen.results.current() == lead
    key(screen, Qt.Key.Key_Left, beneath.list)
    assert screen.results.list.beneath() is None


def test_a_click_on_the_words_unfolds_and_one_beside_them_does_not(screen: ArchiveScreen, qtbot: QtBot) -> None:
    results = screen.results
    index = row(screen, "Paper")
    rect = results.list.visualRect(index)
    words = results.list._delegate.words_place(rect, index, results.list.font())
    assert words is not None
    viewport = results.list.viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=rect.topLeft() + QPoint(40, 12))
    qtbot.wait(50)
    assert results.list.beneath() is None
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=words.center())
    qtbot.waitUntil(lambda: results.list.beneath() is not None)


def test_another_search_takes_what_is_unfolded_with_it(screen: ArchiveScreen, qtbot: QtBot) -> None:
    unfold(screen, qtbot, "The long report")
    ask(screen, qtbot, "lantern pier")
    results = screen.results
    assert results.list.beneath() is None
    plain = results.list.verticalHeader().defaultSectionSize()
    assert {results.list.rowHeight(n) for n in range(results.hits.rowCount())} == {plain}


def test_all_are_listed_where_folding_is_switched_off(window: MainWindow, screen: ArchiveScreen, qtbot: QtBot) -> None:
    with qtbot.waitSignal(screen.counted_hits):
        window.commands["fold"].trigger()
    assert screen.results.hits.rowCount() == 4
    assert screen.results.count_words() == "4 records"
    with qtbot.waitSignal(screen.counted_hits):
        window.commands["fold"].trigger()
    assert screen.results.hits.rowCount() == 2


def test_with_all_rows_marked_what_is_folded_is_meant_too(screen: ArchiveScreen, qtbot: QtBot) -> None:
    found: list[tuple[str, ...]] = []
    screen.results.list.selectAll()
    screen.review.several.of_kind("document", found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert len(set(found[0])) == 4
