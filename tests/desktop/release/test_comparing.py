"""The first release of an archive: its publisher's key is compared before anything is shown, then one searches."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from archive import slots
from archive.errors import DiskFull
from archive.keys import ArchiveKey
from archive.notebook import opening, pins
from archive.signing.receipt import State
from desktop import bundled, trusting
from desktop.release.comparing import CompareView
from desktop.window import MainWindow
from tests.desktop.release.test_receipt import SECRET, opened, release, sealed

__all__ = ["release"]
WORDS = "lantern gravel oboe thirteen"


@pytest.fixture
def locked(archive: tuple[Path, ArchiveKey], tmp_path: Path) -> Path:
    """A release of the test's archive that a passphrase opens."""
    folder = tmp_path / "Locked-0003.tamarisk"
    (folder / "data").mkdir(parents=True)
    for file in archive[0].iterdir():
        if file.name.startswith(("archive", "originals")):
            shutil.copy(file, folder / "data" / file.name)
    slots.write(folder / "data", archive[1], WORDS, ())
    sealed(folder, archive[1].archive, SECRET)
    return folder


def press(qtbot: QtBot, key: Qt.Key) -> None:
    on = QApplication.focusWidget()
    assert on is not None
    qtbot.keyClick(on, key)


def asked(qtbot: QtBot, window: MainWindow, release: Path) -> CompareView:
    window.open_path(release)
    qtbot.waitUntil(window.gate.comparing.isVisible)
    return window.gate.comparing


def test_a_first_run_leads_by_the_keyboard_from_the_release_to_the_search_box(
    new_window: Callable[[], MainWindow],
    locked: Path,
    archive: tuple[Path, ArchiveKey],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bundled, "releases", lambda: (locked,))  # it came with the program
    window = new_window()
    qtbot.waitUntil(window.start.buttons[0].hasFocus)
    assert window.start.meaning.isVisible()
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(window.unlock.passphrase.line.hasFocus)
    assert window.unlock.meaning.isVisible()
    qtbot.keyClicks(window.unlock.passphrase.line, WORDS)
    press(qtbot, Qt.Key.Key_Return)
    view = window.gate.comparing
    qtbot.waitUntil(view.form.compared.hasFocus)
    assert window.session is None  # nothing of it is shown yet
    assert view.form.digits.text() == SECRET.public.fingerprint()
    assert view.form.name.text() == "人权 desk"
    assert view.about.text().startswith("Release 3 of “partners”, made on 2026-11-28, says that it was published by")
    assert not view.trust_button.isEnabled()
    press(qtbot, Qt.Key.Key_Space)
    while QApplication.focusWidget() is not view.trust_button:
        press(qtbot, Qt.Key.Key_Tab)
    press(qtbot, Qt.Key.Key_Return)
    held = opened(window, None, qtbot)
    screen = window.archive
    assert screen is not None
    qtbot.waitUntil(screen.bar.line.hasFocus)
    assert held.receipt is not None
    assert held.receipt.state is State.VALID
    with opening.of_archive(archive[1], protected=True, release=True) as notebook:
        assert [(one.name, one.public) for one in pins.pinned(notebook.db)] == [("人权 desk", SECRET.public)]


def test_put_off_it_opens_unknown_and_is_not_asked_again(
    new_window: Callable[[], MainWindow], release: Path, qtbot: QtBot
) -> None:
    window = new_window()
    asked(qtbot, window, release).later_button.click()
    held = opened(window, None, qtbot)
    assert held.receipt is not None
    assert held.receipt.state is State.UNKNOWN_KEY
    window.leave()
    again = new_window()
    opened(again, release, qtbot)
    assert again.status.release.text() == "? Release 3: unknown key"


def test_it_can_be_left_for_the_start(new_window: Callable[[], MainWindow], release: Path, qtbot: QtBot) -> None:
    window = new_window()
    asked(qtbot, window, release).close_button.click()
    assert window.start.isVisible()
    assert window.session is None


def test_a_key_that_cannot_be_kept_is_said_and_may_be_put_off(
    new_window: Callable[[], MainWindow], release: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*given: object, **how: object) -> None:
        raise DiskFull(path="notebook.db")

    monkeypatch.setattr(trusting, "trust", full)
    window = new_window()
    view = asked(qtbot, window, release)
    view.form.compared.setChecked(True)
    view.trust_button.click()
    qtbot.waitUntil(lambda: bool(view.words()))
    assert view.trust_button.isEnabled()
    assert window.session is None
    view.later_button.click()
    opened(window, None, qtbot)


def test_a_key_that_is_known_is_not_asked_about(
    new_window: Callable[[], MainWindow], release: Path, archive: tuple[Path, ArchiveKey], qtbot: QtBot
) -> None:
    with opening.of_archive(archive[1], protected=False, release=True) as notebook:
        pins.pin(notebook.db, SECRET.public, "Desk")
    window = new_window()
    opened(window, release, qtbot)
    assert not window.gate.comparing.isVisible()
