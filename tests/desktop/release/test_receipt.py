"""A release in the window: its receipt, a key that is trusted, and a refusal that is overruled."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from archive.keys import ArchiveKey
from archive.notebook import opening, pins
from archive.signing import bag, minisign, seal
from archive.signing.minisign import SecretKey
from archive.signing.receipt import State
from archive.signing.statement import Statement
from desktop import trusting
from desktop.release import controller as releases
from desktop.release.asking import TrustDialog
from desktop.release.controller import ReleaseController
from desktop.release.view import ReceiptDialog
from desktop.window import MainWindow

SECRET = minisign.generate()


@pytest.fixture
def release(archive: tuple[Path, ArchiveKey], tmp_path: Path) -> Path:
    """A release of the test's archive."""
    folder = tmp_path / "Lanterns-0003.tamarisk"
    (folder / "data").mkdir(parents=True)
    for file in archive[0].iterdir():
        if file.name == "keys":
            shutil.copytree(file, folder / "data/keys")
        elif file.name.startswith(("archive", "originals")):
            shutil.copy(file, folder / "data" / file.name)
    sealed(folder, archive[1].archive, SECRET)
    return folder


def sealed(folder: Path, archive: str, secret: SecretKey) -> None:
    counts = (("cases", 2), ("documents", 6))
    said = Statement(archive, "partners", 3, "2026-11-28", "ab" * 32, 11, 9, counts, False, "人权 desk")
    seal.seal(folder, said, secret)


def trust(key: ArchiveKey, secret: SecretKey = SECRET) -> None:
    with opening.of_archive(key, protected=False, release=True) as notebook:
        pins.pin(notebook.db, secret.public, "Desk")


def flip(path: Path, at: int = -100) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


def opened(window: MainWindow, release: Path | None, qtbot: QtBot) -> ReleaseController:
    """The release once the window has opened it, which it does already where none is given, and looked at it in the
    background."""
    if release is not None:
        window.open_path(release)
    qtbot.waitUntil(lambda: window.archive is not None)
    qtbot.waitUntil(lambda: receipt_of(window) is not None)
    assert window.gate.release is not None
    return window.gate.release


def receipt_of(window: MainWindow) -> object:
    return window.gate.release and window.gate.release.receipt


def dialog_of(kind: type[ReceiptDialog]) -> ReceiptDialog:
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())


def test_a_release_says_at_its_foot_what_its_signature_comes_to(
    new_window: Callable[[], MainWindow], release: Path, archive: tuple[Path, ArchiveKey], qtbot: QtBot
) -> None:
    trust(archive[1])
    window = new_window()
    held = opened(window, release, qtbot)
    assert held.receipt is not None
    assert (held.receipt.state, held.receipt.full) == (State.VALID, False)
    assert window.status.release.isVisible()
    assert window.status.release.text() == "✓ Release 3: signature valid"
    assert window.commands["receipt"].isEnabled()
    qtbot.mouseClick(window.status.release, Qt.MouseButton.LeftButton)
    page = dialog_of(ReceiptDialog)
    assert page.state.text() == "✓  Signature valid"
    assert page._values["publisher"].text() == "人权 desk"
    assert page._values["holds"].text() == "2 cases, 6 documents"
    assert page._values["key"].text() == SECRET.public.fingerprint()
    assert not page.trust_button.isVisible()
    listed = {line.split("  ")[1]: line.split("  ")[0] for line in (release / bag.MANIFEST).read_text().splitlines()}
    assert {line.cells[0]: line.cells[3] for line in page._lines} == listed
    page.copy_button.click()
    copied = QApplication.clipboard().text()
    assert all(digest in copied for digest in listed.values())
    assert {line.cells[2] for line in page._lines if "originals" in line.cells[0]} == {"Right size, not read"}


def test_all_files_are_read_when_asked_to(
    new_window: Callable[[], MainWindow], release: Path, archive: tuple[Path, ArchiveKey], qtbot: QtBot
) -> None:
    trust(archive[1])
    window = new_window()
    held = opened(window, release, qtbot)
    window.commands["receipt"].trigger()
    page = dialog_of(ReceiptDialog)
    qtbot.mouseClick(page.check_button, Qt.MouseButton.LeftButton)
    assert page.stop_button.isVisible()
    qtbot.waitUntil(lambda: held.receipt is not None and held.receipt.full)
    assert not page.stop_button.isVisible()
    assert {line.cells[2] for line in page._lines} == {"As it was signed"}


def test_reading_all_files_can_be_stopped(
    new_window: Callable[[], MainWindow],
    release: Path,
    archive: tuple[Path, ArchiveKey],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    trust(archive[1])
    window = new_window()
    held = opened(window, release, qtbot)
    held.show(window)
    page = dialog_of(ReceiptDialog)

    def slow(*args: object, progress: Callable[[str, int, int], None], **options: object) -> None:
        while True:  # as long as a slow stick takes; what `progress` raises ends it
            progress("data/originals-0001.db", 1, 2)
            time.sleep(0.02)

    monkeypatch.setattr(releases, "receipt", slow)
    held.check_all()
    qtbot.mouseClick(page.stop_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.said.text() == "Stopped.")
    assert held.receipt is not None
    assert not held.receipt.full
    assert page.check_button.isEnabled()


def test_an_unknown_key_is_trusted_only_after_it_was_compared(
    new_window: Callable[[], MainWindow], release: Path, archive: tuple[Path, ArchiveKey], qtbot: QtBot
) -> None:
    window = new_window()
    window.open_path(release)
    qtbot.waitUntil(window.gate.comparing.isVisible)
    window.gate.comparing.later_button.click()
    held = opened(window, None, qtbot)
    assert window.status.release.text() == "? Release 3: unknown key"
    held.show(window)
    page = dialog_of(ReceiptDialog)
    assert page.state.text() == "?  Unknown key"
    qtbot.mouseClick(page.trust_button, Qt.MouseButton.LeftButton)
    dialog = page.findChild(TrustDialog)
    assert isinstance(dialog, TrustDialog)
    assert dialog.digits.text() == SECRET.public.fingerprint()
    dialog.submit()
    assert dialog.said.isVisible()
    assert held.receipt is not None
    assert held.receipt.state is State.UNKNOWN_KEY
    dialog.compared.setChecked(True)
    dialog.name.setText("Desk")
    dialog.submit()
    qtbot.waitUntil(lambda: held.receipt is not None and held.receipt.state is State.VALID)
    assert window.status.release.text() == "✓ Release 3: signature valid"
    with opening.of_archive(archive[1], protected=False, release=True) as notebook:
        assert [one.name for one in pins.pinned(notebook.db)] == ["Desk"]


@pytest.mark.parametrize("path", ["data/originals-0001.db", bag.INFO])
def test_what_was_tampered_with_opens_only_when_that_is_overruled_and_stays_marked(
    new_window: Callable[[], MainWindow],
    release: Path,
    archive: tuple[Path, ArchiveKey],
    qtbot: QtBot,
    path: str,
) -> None:
    trust(archive[1])
    if path.startswith("data"):
        with (release / path).open("ab") as file:
            file.write(b"x")
    else:
        flip(release / path, 30)
    window = new_window()
    window.open_path(release)
    qtbot.waitUntil(window.gate.refusal.isVisible)
    assert window.session is None
    refusal = window.gate.refusal
    assert path in refusal._files.text()
    qtbot.mouseClick(refusal.open_button, Qt.MouseButton.LeftButton)
    assert window.session is None  # nothing was said yet
    qtbot.mouseClick(refusal.receipt_button, Qt.MouseButton.LeftButton)
    page = dialog_of(ReceiptDialog)
    assert page.state.text().startswith("✕")
    page.close()
    refusal.known.setChecked(True)
    qtbot.mouseClick(refusal.open_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.archive is not None and window.archive.isVisible())
    word = "damaged" if path.startswith("data") else "tampered with"
    assert window.status.release.text().endswith(word)
    assert window.status.release.text().startswith("✕")
    held = window.gate.release
    assert held is not None
    qtbot.waitUntil(lambda: held.receipt is not None and any(file.read for file in held.receipt.files))
    assert not refusal.isVisible()  # the same is not refused again
    assert window.status.release.text().startswith("✕")


def test_a_refused_release_is_left_for_the_start(
    new_window: Callable[[], MainWindow], release: Path, archive: tuple[Path, ArchiveKey], qtbot: QtBot
) -> None:
    flip(release / bag.MANIFEST)
    window = new_window()
    window.open_path(release)
    qtbot.waitUntil(window.gate.refusal.isVisible)
    qtbot.mouseClick(window.gate.refusal.close_button, Qt.MouseButton.LeftButton)
    assert window.start.isVisible()
    assert window.session is None


def test_damage_inside_the_archive_is_refused_as_soon_as_it_is_found(
    new_window: Callable[[], MainWindow], release: Path, archive: tuple[Path, ArchiveKey], qtbot: QtBot
) -> None:
    trust(archive[1])
    flip(release / "data/archive.db", -10)  # of the same size: only reading it tells
    window = new_window()
    window.open_path(release)
    refusal = window.gate.refusal
    qtbot.waitUntil(lambda: refusal.isVisible() and window.session is not None)
    assert "data/archive.db" in refusal._files.text()
    assert not window.commands["search"].isEnabled()
    refusal.known.setChecked(True)
    qtbot.mouseClick(refusal.open_button, Qt.MouseButton.LeftButton)
    assert window.archive is not None
    assert window.archive.isVisible()
    assert window.commands["search"].isEnabled()
    assert not any(window.commands[name].isEnabled() for name in ("import_files", "publish", "withdraw", "correct"))
    assert window.status.release.text() == "✕ Release 3: damaged"


def test_damage_of_an_original_is_found_by_the_share_that_is_read(
    new_window: Callable[[], MainWindow],
    release: Path,
    archive: tuple[Path, ArchiveKey],
    qtbot: QtBot,
) -> None:
    trust(archive[1])
    flip(release / "data/originals-0001.db", -10)
    window = new_window()
    window.open_path(release)
    qtbot.waitUntil(lambda: window.gate.refusal.isVisible() and window.session is not None)
    assert "data/originals-0001.db" in window.gate.refusal._files.text()


def test_another_key_is_refused_in_plain_words(
    new_window: Callable[[], MainWindow], release: Path, archive: tuple[Path, ArchiveKey], qtbot: QtBot
) -> None:
    trust(archive[1], minisign.generate())
    window = new_window()
    window.open_path(release)
    qtbot.waitUntil(window.gate.refusal.isVisible)
    assert "another key than the one you trust" in window.gate.refusal._meaning.text()


def test_nothing_is_written_into_a_release_that_is_read(
    new_window: Callable[[], MainWindow], release: Path, archive: tuple[Path, ArchiveKey], qtbot: QtBot
) -> None:
    trust(archive[1])
    before = {path: path.stat().st_mtime_ns for path in release.rglob("*")}
    window = new_window()
    opened(window, release, qtbot)
    assert window.archive is not None
    screen = window.archive
    qtbot.waitUntil(lambda: screen.results.hits.rowCount() > 0)
    window.leave()
    assert {path: path.stat().st_mtime_ns for path in release.rglob("*")} == before


def test_a_working_archive_has_no_receipt(window: MainWindow) -> None:
    assert not window.status.release.isVisible()
    assert not window.commands["receipt"].isEnabled()
    assert window.gate.release is None


def test_a_key_that_came_with_the_program_is_trusted_and_from_then_on_no_other(
    new_window: Callable[[], MainWindow],
    release: Path,
    archive: tuple[Path, ArchiveKey],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place = tmp_path / "publishers"
    place.mkdir()
    (place / "HQ desk.pub").write_text(SECRET.public.file())
    (place / "broken.pub").write_text("no key")
    shipped = trusting.shipped(place)
    assert [(one.name, one.archive) for one in shipped] == [("HQ desk", "")]
    monkeypatch.setattr(trusting, "shipped", lambda: shipped)
    window = new_window()
    held = opened(window, release, qtbot)
    assert held.receipt is not None
    assert (held.receipt.state, held.receipt.trusted_as) == (State.VALID, "HQ desk")
    window.leave()
    with opening.of_archive(archive[1], protected=False, release=True) as notebook:
        assert [(one.name, one.public) for one in pins.pinned(notebook.db)] == [("HQ desk", SECRET.public)]
    for name in (*bag.TAGS, bag.TAGMANIFEST, bag.SIGNATURE):
        (release / name).unlink()
    sealed(release, archive[1].archive, minisign.generate())
    again = new_window()
    again.open_path(release)
    qtbot.waitUntil(again.gate.refusal.isVisible)
    assert "another key" in again.gate.refusal._meaning.text()


def test_the_data_of_a_release_opened_by_itself_is_looked_at_all_the_same(
    new_window: Callable[[], MainWindow], release: Path, archive: tuple[Path, ArchiveKey], qtbot: QtBot
) -> None:
    (release / bag.BAGIT).unlink()
    window = new_window()
    window.open_path(release / "data")
    qtbot.waitUntil(window.gate.refusal.isVisible)
    assert bag.BAGIT in window.gate.refusal._files.text()
    window.gate.refusal.known.setChecked(True)
    qtbot.mouseClick(window.gate.refusal.open_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.session is not None)
    assert window.session is not None
    assert not window.session.writable
    assert list((release / "data").glob("*-wal")) == []


def test_a_working_archive_opened_after_a_release_was_refused_is_not_held_against_it(
    new_window: Callable[[], MainWindow], release: Path, archive: tuple[Path, ArchiveKey], qtbot: QtBot
) -> None:
    flip(release / bag.MANIFEST)
    window = new_window()
    window.open_path(release)
    qtbot.waitUntil(window.gate.refusal.isVisible)
    qtbot.mouseClick(window.gate.refusal.close_button, Qt.MouseButton.LeftButton)
    window.open_path(archive[0])
    qtbot.waitUntil(lambda: window.archive is not None and window.archive.isVisible())
    assert window.gate.release is None
    assert not window.commands["receipt"].isEnabled()
    assert not window.status.release.isVisible()
