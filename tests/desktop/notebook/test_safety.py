"""What a notebook must withstand: reading its bytes, a medium nobody writes to, damage, and a second window."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from archive import container, slots, unlocking
from archive.connect import dbapi2
from archive.errors import ArchiveError
from archive.keys import ArchiveKey
from archive.notebook import notes, opening
from archive.notebook.words import LONGEST
from desktop.notebook import actions
from desktop.notebook.records import Kept, Spot
from desktop.screen import ArchiveScreen
from desktop.session import Session
from desktop.unlocked import unlocked
from desktop.window import MainWindow
from desktop.workspace import Workspace
from tests.desktop.conftest import FILES, open_in
from tests.desktop.notebook.conftest import about, open_document, press, reader, select, write_note

HARBOUR = "The harbour report"


def test_nothing_plain_lies_in_the_data_folder(
    new_window: Callable[[], MainWindow], tmp_path: Path, data_folder: Path, qtbot: QtBot
) -> None:
    path, given = tmp_path / "Protected.tamarisk", tmp_path / "given.md"
    given.write_text(FILES["harbour.md"], "utf-8")
    container.create(path, passphrase="nine boats")
    key = unlocking.unlock(path, "nine boats")
    with Workspace(path, key, write=True) as workspace:
        workspace.import_([given])
        workspace.catch_up()
    window = new_window()
    window.entry.opened.emit(unlocked(path, key))
    screen = window.archive
    assert screen is not None
    qtbot.waitUntil(lambda: screen.results.hits.rowCount() == 1 and screen.notebook.is_usable)
    open_document(qtbot, screen, HARBOUR)
    select(screen, "nine boats")
    write_note(qtbot, screen, "quincunx")
    press(qtbot, Qt.Key.Key_T)
    qtbot.keyClicks(screen.notebook.margin.in_document.shelf.tags.line, "marmalade")
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: about(screen).tags == ("marmalade",))
    screen.notebook.remember("counterfoil")
    qtbot.waitUntil(lambda: screen.notebook.past.memory.past == ("counterfoil",))

    def everything() -> bytes:
        return b"".join(file.read_bytes() for file in sorted(data_folder.rglob("*")) if file.is_file())

    words = (b"quincunx", b"marmalade", b"counterfoil", b"nine boats", key.key)
    held = everything()
    assert len(held) > 4096
    assert not [word for word in words if word in held]
    window.leave()
    closed = everything()
    assert not [word for word in words if word in closed]
    assert not list(data_folder.rglob("*-wal"))
    with opening.of_archive(key, protected=True) as notebook:
        assert [note.text for note in notes.every(notebook.db)] == ["quincunx"]


def test_readers_note_on_an_archive_that_nobody_writes_to(
    new_window: Callable[[], MainWindow], archive: tuple[Path, ArchiveKey], qtbot: QtBot
) -> None:
    if os.geteuid() == 0:
        window = new_window()
        seen = unlocked(*archive)
        window.entry.opened.emit(type(seen)(seen.path, seen.key, seen.protected, writable=False))
    else:
        for file in (archive[0], *archive[0].rglob("*")):
            file.chmod(0o555 if file.is_dir() else 0o444)
        window = new_window()
        window.open_path(archive[0])
    qtbot.waitUntil(lambda: window.archive is not None and window.archive.notebook.is_usable)
    screen = window.archive
    assert screen is not None
    qtbot.waitUntil(lambda: screen.results.hits.rowCount() == len(FILES))
    assert not screen._commands["record"].isEnabled()
    before = {file.name: file.stat().st_mtime_ns for file in archive[0].glob("archive.db")}
    open_document(qtbot, screen, HARBOUR)
    select(screen, "nine boats")
    write_note(qtbot, screen, "mine alone")
    assert {file.name: file.stat().st_mtime_ns for file in archive[0].glob("archive.db")} == before


@pytest.mark.parametrize("harm", ["damaged", "another-key", "no-folder"])
def test_a_notebook_that_does_not_open_is_said_once_and_hinders_nothing(
    new_window: Callable[[], MainWindow],
    archive: tuple[Path, ArchiveKey],
    data_folder: Path,
    qtbot: QtBot,
    harm: str,
) -> None:
    opening.of_archive(archive[1], protected=False).close()
    folder = opening.place(archive[1].archive)
    if harm == "damaged":
        (folder / "notebook.db").write_bytes(b"\0" * 8192)
    elif harm == "another-key":
        (folder / "keys" / slots.OPEN_SLOT).unlink()
    else:
        shutil.rmtree(data_folder)
        data_folder.parent.mkdir(exist_ok=True)
        data_folder.write_text("a file where a folder should be")
    window = new_window()
    told: list[str] = []
    screen = open_in(window, archive[0], qtbot)
    qtbot.waitUntil(lambda: "notebook cannot be opened" in window.status.telling.text())
    screen.told.connect(told.append)
    qtbot.waitUntil(lambda: screen.results.hits.rowCount() == len(FILES))
    for title in (HARBOUR, "Notes from the mountain"):
        hits = screen.results.hits
        record = next(hit.id for n in range(hits.rowCount()) if (hit := hits.hit(n)) and hit.title.text == title)
        with qtbot.waitSignal(screen.pane.text.hit_reached):
            screen.going.open_record(record)
    assert not told
    assert not screen._commands["annotate"].isEnabled()
    assert screen.pane.text.whole_text()
    screen._commands["notebook"].trigger()  # where one looks for the notes it stands why there are none
    assert screen.notebook.view.nothing.isVisible()
    assert "notebook cannot be opened" in screen.notebook.view.nothing.words()
    assert not screen.notebook.view.filter.isEnabled()


def test_two_windows_never_overwrite_each_other(
    screen: ArchiveScreen, archive: tuple[Path, ArchiveKey], bugs: list[BaseException], qtbot: QtBot
) -> None:
    open_document(qtbot, screen, HARBOUR)
    select(screen, "nine boats")
    write_note(qtbot, screen, "mine")
    press(qtbot, Qt.Key.Key_N)
    editor = screen.notebook.margin.in_document.editor
    other = Session(unlocked(*archive), bugs.append)
    (seen,) = about(screen).notes
    kept: list[Kept] = []
    actions.keep(other, "editor", Spot(seen.note.record), seen.note, "theirs", None, kept.append, bugs.append)
    qtbot.waitUntil(lambda: bool(kept))
    qtbot.keyClicks(editor.strip.text, " and more")
    qtbot.waitUntil(lambda: "Another window" in editor.strip.said.text())
    qtbot.waitUntil(lambda: sorted(one.note.text for one in about(screen).notes) == ["mine and more", "theirs"])
    other.close()


def test_what_another_window_wrote_is_seen_on_coming_back(
    new_window: Callable[[], MainWindow], archive: tuple[Path, ArchiveKey], qtbot: QtBot
) -> None:
    screen = reader(qtbot, new_window(), archive[0])
    open_document(qtbot, screen, HARBOUR)
    with opening.of_archive(archive[1], protected=False) as notebook:
        notes.add(notebook.db, about(screen).record, "from elsewhere")
    screen.notebook.refresh()
    qtbot.waitUntil(lambda: [one.note.text for one in about(screen).notes] == ["from elsewhere"])


def test_a_note_that_is_refused_is_not_lost_by_closing_it(screen: ArchiveScreen, qtbot: QtBot) -> None:
    open_document(qtbot, screen, HARBOUR)
    press(qtbot, Qt.Key.Key_N)
    editor = screen.notebook.margin.in_document.editor
    qtbot.waitUntil(editor.strip.text.hasFocus)
    words = "line\n" * (LONGEST // 5 + 1)
    editor.strip.text.setPlainText(words)
    qtbot.waitUntil(lambda: "Not kept" in editor.strip.said.text())
    lost: list[str] = []
    editor.lost.disconnect()
    editor.lost.connect(lambda said, _: lost.append(said))
    press(qtbot, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: lost == [words])


def test_a_full_disk_is_said_of_the_note_and_asked_about_at_the_end(
    screen: ArchiveScreen, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """What could not be kept stays, is kept once there is room again, and is not lost unasked."""

    def full(*given: object, **named: object) -> None:
        raise dbapi2.OperationalError("database or disk is full")

    open_document(qtbot, screen, HARBOUR)
    press(qtbot, Qt.Key.Key_N)
    editor = screen.notebook.margin.in_document.editor
    qtbot.waitUntil(editor.strip.text.hasFocus)
    with monkeypatch.context() as without_room:
        without_room.setattr(notes, "add", full)
        qtbot.keyClicks(editor.strip.text, "mine")
        qtbot.waitUntil(lambda: "the disk is full" in editor.strip.said.text())
        asked: list[str] = []

        def answer() -> None:
            box = QApplication.activeModalWidget()
            assert isinstance(box, QMessageBox)
            asked.append(box.text())
            QTest.keyClick(box, Qt.Key.Key_Return)

        QTimer.singleShot(100, answer)
        assert not screen.window().close()
        assert asked == ["A note could not be kept."]
    assert screen.window().isVisible()
    qtbot.keyClicks(editor.strip.text, "!")
    qtbot.waitUntil(lambda: [one.note.text for one in about(screen).notes] == ["mine!"])
    assert not screen.notebook.is_refused


def test_a_fault_of_the_notebook_is_not_told_of_the_archive(
    archive: tuple[Path, ArchiveKey], bugs: list[BaseException], qtbot: QtBot
) -> None:
    session = Session(unlocked(*archive), bugs.append)
    told: list[ArchiveError] = []

    def full(*given: object) -> None:
        raise dbapi2.OperationalError("database or disk is full")

    for lane in (session.notebook, session.recording):
        lane.submit(full, lambda _: None, told.append)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert {str(error.facts["path"]) for error in told} == {"notebook.db", "archive.db"}
    session.close()
