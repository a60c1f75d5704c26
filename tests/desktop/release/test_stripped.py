"""A release whose signature and lists were all taken away is no working archive: it is refused, and stays marked."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from archive import connect, container, meta, unlocking
from archive.container import Archive
from archive.errors import Frozen
from archive.keys import ArchiveKey
from archive.notebook import notes, opening
from archive.signing import bag
from archive.signing.errors import RefusedRelease
from archive.update import installed
from desktop import trusting
from desktop.release.view import ReceiptDialog
from desktop.unlocked import unlocked
from desktop.window import MainWindow
from tests.archive.release.publishing import published


@pytest.fixture
def release(archive: tuple[Path, ArchiveKey], tmp_path: Path) -> Path:
    """A release of the test's archive, which a reader has."""
    place = tmp_path / "reader"
    place.mkdir()
    with Archive(*archive, write=True) as desk:
        return published(desk, place, exclude="none").path


def strip(release: Path) -> dict[str, str]:
    """Take all lists and signatures away, so that the folder looks like a working archive; the hashes of what stays."""
    for file in (*release.iterdir(), *(release / bag.DATA).glob("release.txt*")):
        if file.is_file():
            file.unlink()
    for file in (release / bag.DATA).iterdir():
        shutil.move(file, release / file.name)
    (release / bag.DATA).rmdir()
    return hashes(release)


def hashes(folder: Path) -> dict[str, str]:
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def forge(release: Path, key: ArchiveKey) -> None:
    """Have the content look like that of a working archive, as whoever has the line's key can."""
    db = connect.connect(release / "archive.db", key.secret("archive"), "write")
    try:
        meta.write(db, "created", meta.now())
    finally:
        connect.close(db)


def read_once(release: Path) -> ArchiveKey:
    """A reader opens it, and keeps a note."""
    key = unlocking.unlock(release)
    with opening.of_archive(key, protected=False, release=True) as notebook, Archive(release, key, write=False) as one:
        record = one.db.execute("SELECT uuid FROM document").fetchone()[0]
        notes.add(notebook.db, record, "Mine.")
    return key


@pytest.fixture(params=["by its content", "by the notebook", "by the small file"])
def stripped(request: pytest.FixtureRequest, release: Path) -> Path:
    """One that is known to have been a release in one way alone."""
    key = unlocking.unlock(release)
    if request.param == "by the notebook":
        read_once(release)
    if request.param == "by the small file":
        said = installed.standing.read(release).said
        installed.switch(release.parent, said)
    strip(release)
    if request.param != "by its content":
        forge(release, key)
    return release


def test_it_is_refused_and_nothing_is_written_into_it(stripped: Path) -> None:
    key, before = unlocking.unlock(stripped), hashes(stripped)
    with pytest.raises(RefusedRelease) as refused:
        trusting.require_unaltered(stripped, key)
    assert refused.value.facts["state"] == "stripped"
    seen = unlocked(stripped, key)
    assert (seen.stripped, seen.writable, seen.release) == (True, False, None)
    if container.is_stripped(stripped, key):
        with pytest.raises(Frozen):
            Archive(stripped, key, write=True)
    assert hashes(stripped) == before


def test_a_working_archive_is_none(archive: tuple[Path, ArchiveKey], release: Path) -> None:
    """Though releases of it are read on the same computer, and lie beside it."""
    read_once(release)
    installed.switch(release.parent, installed.standing.read(release).said)
    assert not trusting.is_stripped(*archive)
    beside = Path(shutil.copytree(archive[0], release.parent / "desk.tamarisk"))
    assert not trusting.is_stripped(beside, archive[1])
    assert not trusting.is_stripped(release, unlocking.unlock(release))
    trusting.require_unaltered(beside, archive[1])


def test_it_is_refused_in_the_window_and_marked_where_that_is_overruled(
    new_window: Callable[[], MainWindow], stripped: Path, qtbot: QtBot
) -> None:
    before, window = hashes(stripped), new_window()
    window.open_path(stripped)
    refusal = window.gate.refusal
    qtbot.waitUntil(refusal.isVisible)
    assert window.session is None
    assert "its signature and its lists of files are gone" in refusal._meaning.text()
    assert "Do not rely on it" in refusal._advice.text()
    assert not refusal.open_button.isEnabled()
    refusal.known.setChecked(True)
    qtbot.mouseClick(refusal.open_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.archive is not None)
    assert window.status.release.isVisible()
    assert window.status.release.text() == "✕ Tampered with"
    assert window.session is not None
    assert not window.session.writable
    for name in ("withdraw", "publish", "update"):
        assert not window.commands[name].isEnabled()
    window.gate.show_receipt()
    window.close()
    assert hashes(stripped) == before


def test_notes_on_it_are_found_where_it_is_read_all_the_same(
    new_window: Callable[[], MainWindow], release: Path, qtbot: QtBot
) -> None:
    key = read_once(release)
    strip(release)
    forge(release, key)
    window = new_window()
    window.open_path(release)
    qtbot.waitUntil(window.gate.refusal.isVisible)
    window.gate.refusal.known.setChecked(True)
    qtbot.mouseClick(window.gate.refusal.open_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.session is not None)
    assert window.session is not None
    found: list[list[str]] = []
    window.session.notebook.submit(
        lambda desk, errand: [one.note.text for one in desk.whole().notes], found.append, lambda error: None
    )
    qtbot.waitUntil(lambda: bool(found))
    assert found == [["Mine."]]
    screen = window.archive
    assert screen is not None
    qtbot.keyClicks(screen.bar.line, "lantern")
    qtbot.waitUntil(lambda: screen.results.hits.rowCount() > 1)  # when the index is made
    assert not opening.place(key.archive).exists()


def test_what_is_opened_after_it_was_left_is_not_marked(
    new_window: Callable[[], MainWindow], release: Path, archive: tuple[Path, ArchiveKey], qtbot: QtBot
) -> None:
    strip(release)
    window = new_window()
    window.open_path(release)
    qtbot.waitUntil(window.gate.refusal.isVisible)
    qtbot.mouseClick(window.gate.refusal.close_button, Qt.MouseButton.LeftButton)
    window.open_path(archive[0])
    qtbot.waitUntil(lambda: window.archive is not None and window.archive.isVisible())
    assert not window.status.release.isVisible()
    window.gate.show_receipt()
    assert not any(isinstance(one, ReceiptDialog) and one.isVisible() for one in QApplication.topLevelWidgets())
