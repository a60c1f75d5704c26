"""An update in the window: found on a stick, built, shown, and then in use, with what was withdrawn gone."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from archive import connect, corrections, documents, unlocking
from archive.cases import facts, subjects
from archive.cases.records import Citation, Entry, Kind
from archive.container import Archive
from archive.errors import Cancelled, DiskFull
from archive.keys import ArchiveKey
from archive.notebook import notes, opening, pins, shelves
from archive.signing import bag
from archive.signing.receipt import State, Trusted
from archive.update import planning
from archive.withdrawal import withdrawal
from archive.withdrawal.tombstones import Reason
from desktop import updating
from desktop.cases.actions import subject_shown
from desktop.release import controller
from desktop.release.update_view import UpdateDialog
from desktop.review.hanging import Hanging
from desktop.window import MainWindow
from desktop.workspace import Workspace
from tests import pages
from tests.archive.release.publishing import SECRET, published
from tests.archive.update.updating import made


class Stick:
    """What lies on a stick, and the reader's release with what they noted."""

    def __init__(self, archive: tuple[Path, ArchiveKey], folder: Path) -> None:
        self.out, self.stick, self.place = (folder / name for name in ("out", "stick", "reader"))
        for one in (self.out, self.stick, self.place):
            one.mkdir()
        with Archive(*archive, write=True) as desk:
            found = [documents.get(desk.db, one) for one in documents.identities(desk.db)]
            self.gone = next(one for one in found if one.metadata.title == "Notes from the mountain")
            identity = self.gone.id
            first = published(desk, self.out, exclude="none")
            self.kept = next(one for one in found if one.metadata.title == "河边的灯笼")
            self.person = subjects.create(desk.db, Kind.PERSON, who="desk").id
            cited = Citation(self.kept.id, 1, 0, 10)
            facts.record(desk.db, cited, [Entry(self.person, "name", "Someone")], who="desk")
            better = replace(self.kept.metadata, publisher="The river desk")
            corrections.correct(desk.db, self.kept, better, who="desk")
            withdrawal.withdraw(desk, withdrawal.preview(desk.db, identity), Reason.LEGAL)
            second = published(desk, self.out, exclude="none", date="2026-12-05")
        self.delta = made(first.path, second.path, self.stick).path
        self.mine = Path(shutil.copytree(first.path, self.place / first.path.name))
        self.next = self.place / second.path.name
        self.key = unlocking.unlock(self.mine)
        with (
            opening.of_archive(self.key, protected=False, release=True) as notebook,
            Archive(self.mine, self.key, write=False) as one,
        ):
            pins.pin(notebook.db, SECRET.public, "Desk")
            place = notes.passage(one.db, identity, 1, 0, 30)
            self.quoted = place.quote
            assert self.quoted == "A lantern stood on the mountai"
            notes.add(notebook.db, identity, "Ask at the harbour.", passage=place)
            shelves.note_export(notebook.db, "dossier", "pdf", [identity])


@pytest.fixture
def stick(archive: tuple[Path, ArchiveKey], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stick:
    """A stick that is mounted."""
    found = Stick(archive, tmp_path)
    monkeypatch.setattr(planning, "mounted", lambda: (found.stick,))
    return found


def asked(window: MainWindow, stick: Stick, qtbot: QtBot) -> UpdateDialog:
    """The dialog once it lists what lies on the stick."""
    window.open_path(stick.mine)
    qtbot.waitUntil(lambda: window.gate.release is not None and window.gate.release.receipt is not None)
    window.commands["update"].trigger()
    assert window.updating is not None
    dialog = window.updating.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.offers.count() == 1)
    return dialog


def test_the_shortest_way_is_offered_first(stick: Stick, archive: tuple[Path, ArchiveKey]) -> None:
    (full,) = archive[0].parent.rglob("*-0002.tamarisk")
    shutil.copytree(full, stick.stick / full.name)
    found = updating.offers((), stick.mine)
    assert [one.path for one in found] == [stick.delta, stick.stick / full.name]


def words_of(stick: Stick, release: Path) -> str:
    """All that the pages of a release and of the reader's index of it hold, decrypted."""
    secret = stick.key.secret("index")
    indexes = [b"".join(pages.of_file(path, secret)) for path in updating.data().glob("*.index*.db")]
    return b"".join([*indexes, *pages.of_archive(release, stick.key).values()]).decode("utf-8", "replace").casefold()


def built(dialog: UpdateDialog, qtbot: QtBot) -> None:
    """The release that follows was built."""
    qtbot.mouseClick(dialog.begin_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dialog.use_button.isVisible)


def test_an_update_is_found_shown_and_put_in_use(
    new_window: Callable[[], MainWindow], stick: Stick, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Path | None] = []
    monkeypatch.setattr("desktop.again.start", started.append)
    monkeypatch.setattr(QApplication, "quit", lambda *_: None)
    window = new_window()
    dialog = asked(window, stick, qtbot)
    qtbot.waitUntil(lambda: "mountain" in words_of(stick, stick.mine))
    qtbot.waitUntil(lambda: "Release 1 of" in dialog.installed.text())
    assert "Update from release 1 to 2, 2026-12-05" in dialog.offers.item(0).text()
    built(dialog, qtbot)
    assert stick.mine.exists()
    assert "Withdrawn: 1" in dialog.said.text()
    assert "Document: withdrawn on" in dialog.words.toPlainText()
    assert stick.gone.metadata.title not in dialog.words.toPlainText()
    assert "What was withdrawn goes for good" in dialog.problem.text()

    qtbot.mouseClick(dialog.use_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Release 2 is in use now." in dialog.said.text())
    told = dialog.words.toPlainText()
    assert "1 of your notes mentions what was withdrawn. The quotations are gone" in told
    assert "Ask at the harbour." in told
    assert "You exported a dossier (PDF) with this record on" in told
    assert dialog.close_button.text() == "Open release 2"
    qtbot.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: started == [stick.next])
    assert not stick.mine.exists()
    with opening.of_archive(stick.key, protected=False, release=True) as notebook:
        assert [one.passage for one in notes.every(notebook.db)] == [None]

    again = new_window()  # which was asked for the old one
    again.open_path(stick.mine)
    qtbot.waitUntil(lambda: again.session is not None)
    assert again.session is not None
    assert again.session.path == stick.next
    qtbot.waitUntil(lambda: bool(again.gate.release and again.gate.release.receipt))
    seen = again.gate.release and again.gate.release.receipt
    assert seen
    assert (seen.state, seen.updated_from, seen.proven) == (State.VALID, 1, True)
    assert again.status.release.text() == "✓ Release 2: signature valid"
    with Workspace(stick.next, stick.key, write=False) as workspace:
        workspace.catch_up()
        details = workspace.documents.details(stick.kept.id)
        shown = subject_shown(workspace, stick.person).lines
    heading = next(at for at, line in enumerate(shown) if line.text == "Changed with the last update, 2026-12-05")
    assert shown[heading + 1].text == "Person: Someone"
    assert "(source: 河边的灯笼)" in shown[heading + 2].text
    assert details.changed
    assert "The river desk" in [one.new for one in details.changed.changes]
    assert again.archive is not None
    again.archive.pane.details.show_details(details, Hanging(), False)
    told = next(line for line in again.archive.pane.details.words().splitlines() if "Publisher:" in line)
    assert "Publisher: not recorded" in told
    assert "The river desk" in told
    assert len(list(updating.data().glob("*.index*.db"))) == 1
    assert "lantern" in words_of(stick, stick.next)
    assert "mountain" not in words_of(stick, stick.next)


def test_a_release_that_is_not_ours_to_delete_is_named(
    new_window: Callable[[], MainWindow], stick: Stick, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It lies where nothing can be written, and holds what was withdrawn."""
    started: list[Path | None] = []
    monkeypatch.setattr("desktop.again.start", started.append)
    monkeypatch.setattr(QApplication, "quit", lambda *_: None)
    really = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != stick.place and really(path, mode))
    dialog = asked(new_window(), stick, qtbot)
    built(dialog, qtbot)
    qtbot.mouseClick(dialog.use_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Release 2 is in use now." in dialog.said.text())
    assert f"{stick.mine} still holds what was withdrawn and could not be deleted." in dialog.words.toPlainText()
    with monkeypatch.context() as patch:  # whatever is in the way of clearing up, the release is opened
        patch.setattr("archive.update.installed.finish", failing)
        qtbot.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: len(started) == 1)
    assert started[0] is not None
    assert started[0].parent == updating.data() / "releases" / stick.key.archive
    assert stick.mine.exists()


def failing(*given: object) -> None:
    raise DiskFull(path="here")


def test_what_is_not_wanted_is_taken_away(new_window: Callable[[], MainWindow], stick: Stick, qtbot: QtBot) -> None:
    window = new_window()
    dialog = asked(window, stick, qtbot)
    built(dialog, qtbot)
    assert stick.next.exists()
    qtbot.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not stick.next.exists())
    assert stick.mine.exists()
    assert updating.in_use(stick.mine) == stick.mine
    assert window.isVisible()


def test_a_broken_update_is_refused_and_another_can_be_chosen(
    new_window: Callable[[], MainWindow], stick: Stick, qtbot: QtBot
) -> None:
    whole = stick.delta.read_bytes()
    stick.delta.write_bytes(whole[:-1])
    window = new_window()
    dialog = asked(window, stick, qtbot)
    qtbot.mouseClick(dialog.begin_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dialog.problem.isVisible)
    assert "The signature does not fit" in dialog.problem.text()
    assert dialog.begin_button.isEnabled()
    assert [path.name for path in stick.place.iterdir()] == [stick.mine.name]
    stick.delta.write_bytes(whole)
    built(dialog, qtbot)
    qtbot.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)


def test_what_could_not_be_put_in_use_is_taken_away_though_it_was_built_once_more(
    new_window: Callable[[], MainWindow], stick: Stick, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = new_window()
    dialog = asked(window, stick, qtbot)
    built(dialog, qtbot)
    with monkeypatch.context() as patched:
        patched.setattr(updating, "switch", failing)
        qtbot.mouseClick(dialog.use_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: "The disk is full" in dialog.problem.text())
    built(dialog, qtbot)
    dialog.reject()
    qtbot.waitUntil(lambda: not stick.next.exists())
    assert stick.mine.exists()


def test_building_can_be_stopped(
    new_window: Callable[[], MainWindow], stick: Stick, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*given: object) -> None:
        cancelled = given[-1]
        assert callable(cancelled)
        while not cancelled():
            time.sleep(0.01)
        raise Cancelled

    monkeypatch.setattr(updating, "prepare", slow)
    dialog = asked(new_window(), stick, qtbot)
    qtbot.mouseClick(dialog.begin_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dialog.stop_button.isVisible)
    assert not dialog.begin_button.isVisible()
    qtbot.wait(50)
    qtbot.mouseClick(dialog.stop_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.problem.text() == "Stopped. Nothing was changed.")


def test_a_working_archive_has_nothing_to_update(
    new_window: Callable[[], MainWindow], archive: tuple[Path, ArchiveKey], qtbot: QtBot
) -> None:
    window = new_window()
    window.open_path(archive[0])
    qtbot.waitUntil(lambda: window.archive is not None)
    assert not window.commands["update"].isEnabled()
    assert not window.commands["changes"].isEnabled()


def test_what_was_proven_is_not_computed_again_until_a_byte_differs(
    new_window: Callable[[], MainWindow], stick: Stick, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To compute it takes seconds for each ten thousand records."""
    prepared = updating.prepare(stick.mine, stick.key, stick.delta, (Trusted(SECRET.public, "Desk"),))
    updating.switch(prepared)
    really, asked_for = updating.root, []

    def root(*given: object, **how: object) -> str:
        asked_for.append(how)
        return really(*given, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(updating, "root", root)

    def state() -> tuple[State, bool]:
        window = new_window()
        window.open_path(stick.mine)
        qtbot.waitUntil(lambda: bool(window.gate.release and window.gate.release.receipt))
        assert window.gate.release is not None
        seen = window.gate.release.receipt
        assert seen is not None
        window.close()
        return seen.state, seen.proven

    assert (state(), len(asked_for)) == ((State.VALID, True), 1)
    assert (state(), len(asked_for)) == ((State.VALID, True), 1)
    db = connect.connect(prepared.path / "data/archive.db", stick.key.secret("archive"), "write")
    db.conn.execute("UPDATE document SET title = 'Another title'")
    connect.close(db)
    bag.write(prepared.path, {name: one for name, one in bag.read(prepared.path).info.items() if name != bag.OXUM})
    assert (state(), len(asked_for)) == ((State.TAMPERED, False), 2)
    assert (state(), len(asked_for)) == ((State.TAMPERED, False), 3)


def test_a_window_is_closed_while_the_database_of_a_release_is_read_from_a_slow_stick(
    new_window: Callable[[], MainWindow], stick: Stick, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    updating.switch(updating.prepare(stick.mine, stick.key, stick.delta, (Trusted(SECRET.public, "Desk"),)))
    begun, ended = [], []

    def slow(path: Path, progress: Callable[[int], None] = lambda done: None) -> str:
        begun.append(path)
        try:
            for done in range(500):
                progress(done)
                time.sleep(0.02)
        except Cancelled:
            ended.append(path)
            raise
        return ""

    monkeypatch.setattr(controller, "hashed", slow)
    window = new_window()
    window.open_path(stick.mine)
    qtbot.waitUntil(lambda: bool(begun))
    window.close()
    assert ended == begun
