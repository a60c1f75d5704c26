"""Several hits are marked with Shift and Ctrl; what is ticked is set for all of them, and nothing else."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from archive.records import Confidentiality, Document
from desktop.review.many import CorrectManyDialog
from desktop.screen import ArchiveScreen
from desktop.window import MainWindow
from desktop.workspace import Workspace
from tests.desktop.conftest import FILES
from tests.desktop.review.conftest import dialog

SHIFT = Qt.KeyboardModifier.ShiftModifier


def focused(window: MainWindow, qtbot: QtBot) -> ArchiveScreen:
    screen = window.archive
    assert screen is not None
    qtbot.keyClick(screen.bar.line, Qt.Key.Key_Down)
    qtbot.waitUntil(screen.results.list.hasFocus)
    return screen


def documents(screen: ArchiveScreen) -> dict[str, Document]:
    with Workspace(screen.session.path, screen.session.key, write=False) as workspace:
        rows = workspace.archive.db.conn.execute("SELECT uuid FROM document").fetchall()
        return {row[0]: workspace.documents.get(row[0]) for row in rows}


def marked(screen: ArchiveScreen) -> set[str]:
    hits = [screen.results.hits.hit(row) for start, end in screen.results.marked() for row in range(start, end)]
    return {hit.id for hit in hits if hit is not None}


def test_marked_documents_are_corrected_together(window: MainWindow, qtbot: QtBot) -> None:
    screen = focused(window, qtbot)
    for _ in range(2):
        qtbot.keyClick(screen.results.list, Qt.Key.Key_Down, SHIFT)
    chosen, before = marked(screen), documents(screen)
    assert len(chosen) == 3
    screen._commands["correct_many"].trigger()
    asked = dialog(qtbot, CorrectManyDialog)
    assert "3 documents" in asked.windowTitle()
    asked.submit()
    assert "Tick" in asked.said.text()
    qtbot.keyClicks(asked.lines["publisher"], "Valley Press")
    assert asked.ticks["publisher"].isChecked()
    asked.ticks["confidentiality"].setChecked(True)
    asked.confidentiality.setCurrentIndex(asked.confidentiality.findData("confidential"))
    with qtbot.waitSignal(screen.review.changed):
        asked.submit()
    for identity, document in documents(screen).items():
        is_chosen = identity in chosen
        assert (document.metadata.publisher == "Valley Press") == is_chosen
        assert (document.confidentiality is Confidentiality.CONFIDENTIAL) == is_chosen
        assert document.metadata.title == before[identity].metadata.title
        assert document.metadata.countries == before[identity].metadata.countries


def test_without_marks_all_that_were_found_are_meant(window: MainWindow, qtbot: QtBot) -> None:
    screen = focused(window, qtbot)
    screen._commands["correct_many"].trigger()
    asked = dialog(qtbot, CorrectManyDialog)
    assert f"{len(FILES)} documents" in asked.windowTitle()
    asked.reject()


def test_what_cannot_be_kept_is_said_at_its_field_and_nothing_is_changed(window: MainWindow, qtbot: QtBot) -> None:
    screen = focused(window, qtbot)
    before = documents(screen)
    screen._commands["correct_many"].trigger()
    asked = dialog(qtbot, CorrectManyDialog)
    qtbot.keyClicks(asked.lines["publisher"], "Valley Press")
    qtbot.keyClicks(asked.lines["published"], "yesterday")
    asked.submit()
    qtbot.waitUntil(lambda: bool(asked.said.text()))
    assert asked.lines["published"].selectedText() == "yesterday"
    assert documents(screen) == before
    asked.reject()


def test_marking_leaves_the_keys_of_the_list_as_they_are(window: MainWindow, qtbot: QtBot) -> None:
    screen = focused(window, qtbot)
    results = screen.results
    with qtbot.waitSignal(results.chosen):
        qtbot.keyClick(results.list, Qt.Key.Key_Down)
    assert results.marked() == [(1, 2)]
    with qtbot.waitSignal(results.chosen):
        qtbot.keyClick(results.list, Qt.Key.Key_Down, SHIFT)
    qtbot.waitUntil(lambda: screen.reading.is_open)
    assert results.marked() == [(1, 3)]
    with qtbot.waitSignal(results.chosen):
        qtbot.keyClick(results.list, Qt.Key.Key_Up)
    assert results.marked() == [(1, 2)]
    qtbot.keyClick(results.list, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert results.marked() == [(0, len(FILES))]
    with qtbot.waitSignal(results.entered):
        qtbot.keyClick(results.list, Qt.Key.Key_Return)
    with qtbot.waitSignal(results.left):
        qtbot.keyClick(results.list, Qt.Key.Key_Escape)
