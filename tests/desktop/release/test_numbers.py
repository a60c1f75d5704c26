"""The number of a release in the window: one that was given twice is refused, and an older one is told as that."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from archive.keys import ArchiveKey
from archive.notebook import opening, pins
from archive.signing import seal
from archive.signing.receipt import State, Trusted
from archive.signing.statement import Statement
from desktop import trusting
from desktop.release.asking import TrustDialog
from desktop.release.view import ReceiptDialog
from desktop.window import MainWindow
from tests.desktop.release.test_receipt import SECRET, dialog_of, opened, release, trust

__all__ = ["release"]  # the fixture is theirs


def test_another_release_of_a_number_that_was_read_is_refused_and_stays_marked(
    new_window: Callable[[], MainWindow], release: Path, archive: tuple[Path, ArchiveKey], qtbot: QtBot, tmp_path: Path
) -> None:
    trust(archive[1])
    opened(new_window(), release, qtbot)
    other = Path(shutil.copytree(release, tmp_path / "other" / release.name))
    counts = (("documents", 6),)
    said = Statement(archive[1].archive, "partners", 3, "2026-11-28", "cd" * 32, 11, 9, counts, False, "人权 desk")
    seal.seal(other, said, SECRET)
    window = new_window()
    window.open_path(other)
    qtbot.waitUntil(window.gate.refusal.isVisible)
    assert window.gate.refusal._heading.text() == "✕  Another release of this number"
    assert "The publisher gave the number twice" in window.gate.refusal._meaning.text()
    assert "which of the two counts" in window.gate.refusal._advice.text()
    window.gate.refusal.known.setChecked(True)
    qtbot.mouseClick(window.gate.refusal.open_button, Qt.MouseButton.LeftButton)
    held = opened(window, None, qtbot)
    qtbot.waitUntil(lambda: bool(held.receipt and held.receipt.files and held.receipt.files[0].read))
    assert held.receipt is not None
    assert held.receipt.state is State.SAME_NUMBER
    assert window.status.release.text() == "✕ Release 3: another release of this number"
    assert window.archive is not None
    assert window.archive.isVisible()


def test_an_older_release_than_was_read_says_so(
    new_window: Callable[[], MainWindow], release: Path, archive: tuple[Path, ArchiveKey], qtbot: QtBot, tmp_path: Path
) -> None:
    """It may hold what was withdrawn since."""
    trust(archive[1])
    opened(new_window(), release, qtbot)
    older = Path(shutil.copytree(release, tmp_path / "stick" / "Lanterns-0002.tamarisk"))
    said = Statement(archive[1].archive, "partners", 2, "2026-11-21", "cd" * 32, 11, 9, (), False, "人权 desk")
    seal.seal(older, said, SECRET)
    window = new_window()
    opened(window, older, qtbot)
    assert window.status.release.text() == "✓ Release 2: signature valid; you have read release 3"


@pytest.mark.parametrize("trusted", ["came with the program", "compared"])
def test_the_first_release_that_is_read_is_remembered_though_its_key_was_not_kept_before(
    new_window: Callable[[], MainWindow],
    release: Path,
    archive: tuple[Path, ArchiveKey],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    trusted: str,
) -> None:
    window = new_window()
    if trusted == "compared":
        window.open_path(release)
        qtbot.waitUntil(window.gate.comparing.isVisible)
        window.gate.comparing.form.compared.setChecked(True)
        window.gate.comparing.trust_button.click()
        opened(window, None, qtbot)
    else:
        monkeypatch.setattr(trusting, "shipped", lambda: (Trusted(SECRET.public, "HQ desk"),))
        opened(window, release, qtbot)
    assert window.status.release.text() == "✓ Release 3: signature valid"
    window.close()
    other = Path(shutil.copytree(release, tmp_path / "other" / release.name))
    said = Statement(archive[1].archive, "partners", 3, "2026-11-28", "cd" * 32, 11, 9, (), False, "人权 desk")
    seal.seal(other, said, SECRET)
    window = new_window()
    window.open_path(other)
    qtbot.waitUntil(lambda: window.gate.refusal.isVisible() or window.archive is not None)
    assert window.gate.refusal.isVisible()
    assert window.gate.refusal._heading.text() == "✕  Another release of this number"


def test_a_key_that_is_trusted_after_another_release_of_the_number_was_read_has_this_one_refused(
    new_window: Callable[[], MainWindow], release: Path, archive: tuple[Path, ArchiveKey], qtbot: QtBot, tmp_path: Path
) -> None:
    trust(archive[1])
    opened(new_window(), release, qtbot)
    with opening.of_archive(archive[1], protected=False, release=True) as notebook:
        pins.forget(notebook.db, SECRET.public)
    other = Path(shutil.copytree(release, tmp_path / "other" / release.name))
    said = Statement(archive[1].archive, "partners", 3, "2026-11-28", "cd" * 32, 11, 9, (), False, "人权 desk")
    seal.seal(other, said, SECRET)
    window = new_window()
    held = opened(window, other, qtbot)
    assert window.status.release.text() == "? Release 3: unknown key"
    held.show(window)
    qtbot.mouseClick(dialog_of(ReceiptDialog).trust_button, Qt.MouseButton.LeftButton)
    dialog = dialog_of(ReceiptDialog).findChild(TrustDialog)
    assert isinstance(dialog, TrustDialog)
    dialog.compared.setChecked(True)
    dialog.name.setText("Desk")
    dialog.submit()
    qtbot.waitUntil(window.gate.refusal.isVisible)
    assert window.status.release.text() == "✕ Release 3: another release of this number"
