"""Killed between a withdrawal and the purge of the notebook, that is made up for when the archive is next opened."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from archive import documents
from archive.container import Archive
from archive.keys import ArchiveKey
from archive.notebook import notes, opening, shelves
from desktop.window import MainWindow

DYING = """
import os, signal, sys
from desktop.cli.main import run
from desktop.withdrawal import purged
def killed(*given, **how):
    os.kill(os.getpid(), signal.SIGKILL)
purged.purge_closed = killed
sys.exit(run(sys.argv[1:]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="nothing kills so there")
def test_what_a_kill_left_is_gone_after_the_next_opening(
    archive: tuple[Path, ArchiveKey], new_window: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    path, key = archive
    with Archive(path, key, write=False) as desk:
        found = [documents.get(desk.db, one) for one in documents.identities(desk.db)]
        record = next(one.id for one in found if one.metadata.title == "Notes from the mountain")
        place = notes.passage(desk.db, record, 1, 0, 30)
    with opening.of_archive(key, protected=False) as notebook:
        notes.add(notebook.db, record, "Ask at the harbour.", passage=place)
        shelves.note_export(notebook.db, "dossier", "pdf", [record])
        shelves.ask(notebook.db, "notes from the mountain")  # names it, and no tombstone does

    words = ("withdraw", str(path), record, "--reason", "person", "--yes")
    done = subprocess.run([sys.executable, "-c", DYING, *words], capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    with Archive(path, key, write=False) as desk:
        assert record not in documents.identities(desk.db)
    with opening.of_archive(key, protected=False) as notebook:
        assert [one.passage for one in notes.every(notebook.db)] == [place]

    window = new_window()
    window.open_path(path)
    qtbot.waitUntil(lambda: window.catching_up is not None and window.catching_up.box is not None)
    assert window.catching_up is not None
    box = window.catching_up.box
    assert box is not None
    assert box.textFormat() is Qt.TextFormat.PlainText  # tags that a colleague handed over may be named
    assert "It was purged of them just now." in box.text()
    assert "1 of your notes mentions what was withdrawn" in box.informativeText()
    assert "You exported a dossier (PDF) with this record on" in box.informativeText()
    assert "Ask at the harbour." in box.detailedText()
    assert "Searches for it are gone" in box.informativeText()
    box.close()
    assert window.archive is not None
    past = window.archive.notebook.past
    qtbot.waitUntil(lambda: past.memory.on and past.memory.past == ())  # nor is it offered from memory
    window.close()
    with opening.of_archive(key, protected=False) as notebook:
        assert [(one.text, one.passage) for one in notes.every(notebook.db)] == [("Ask at the harbour.", None)]
        assert place.quote not in str(notebook.db.conn.execute("SELECT * FROM note").fetchall())
        assert shelves.history(notebook.db) == ()
        assert notebook.db.conn.execute("SELECT * FROM leaving").fetchall() == []

    again = new_window()
    again.open_path(path)
    qtbot.waitUntil(lambda: again.catching_up is not None and again.catching_up.done)
    assert again.catching_up is not None
    assert again.catching_up.box is None
