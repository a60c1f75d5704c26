"""Backing up, verifying, changing the passphrase and saving copies, from the window."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from archive import container, unlocking
from desktop.unlock.new import ChangeDialog
from desktop.unlocked import unlocked
from desktop.window import MainWindow
from desktop.work import WorkStrip
from tests.desktop.conftest import FILES
from tests.desktop.test_window import dialog_of, screen_of, search


def strips(window: MainWindow) -> list[WorkStrip]:
    return [strip for strip in screen_of(window).strips.findChildren(WorkStrip) if strip.isVisible()]


def test_a_backup_is_made_verified_and_opens(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    assert window.working is not None
    window.working.keeping.back_up(stick)
    qtbot.waitUntil(lambda: any("was verified" in strip.words() for strip in strips(window)), timeout=60_000)
    copy = stick / "Lanterns.tamarisk"
    with container.Archive(copy, unlocking.unlock(copy), write=False) as archive:
        assert archive.protected is False
    window.working.keeping.back_up(stick)
    qtbot.waitUntil(lambda: any("already there" in strip.words() for strip in strips(window)), timeout=60_000)


def test_a_sound_archive_verifies(window: MainWindow, qtbot: QtBot) -> None:
    window.commands["verify"].trigger()
    qtbot.waitUntil(lambda: any("Everything verifies" in strip.words() for strip in strips(window)), timeout=60_000)


def test_the_passphrase_is_changed(new_window: Callable[[], MainWindow], tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "Boats.tamarisk"
    key = container.create(path, passphrase="one")
    window = new_window()
    window.entry.opened.emit(unlocked(path, key))
    window.commands["change_passphrase"].trigger()
    dialog = dialog_of(ChangeDialog)
    assert isinstance(dialog, ChangeDialog)
    dialog.old.line.setText("none")
    for line in (dialog.twice.first, dialog.twice.second):
        line.line.setText("two")
    dialog.go_on.click()
    qtbot.waitUntil(lambda: "does not open" in dialog.said.text(), timeout=60_000)
    dialog.old.line.setText("one")
    dialog.go_on.click()
    qtbot.waitUntil(lambda: window.status.telling.text() == "The passphrase was changed.", timeout=60_000)
    assert unlocking.unlock(path, "two") == key


def test_a_new_passphrase_is_not_offered_where_nothing_can_be_written(
    new_window: Callable[[], MainWindow], tmp_path: Path
) -> None:
    path = tmp_path / "Boats.tamarisk"
    archive = unlocked(path, container.create(path, passphrase="one"))
    for writable in (True, False):  # a release is read only, too
        window = new_window()
        window.entry.opened.emit(replace(archive, writable=writable))
        assert window.commands["change_passphrase"].isEnabled() is writable


def test_a_copy_of_an_original_is_saved_after_a_warning(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    screen = screen_of(window)
    search(qtbot, screen, "boats")
    with qtbot.waitSignal(screen.pane.text.hit_reached):
        screen.bar.entered.emit()
    place = tmp_path / "copy of the harbour.md"
    warned: list[str] = []

    def answer() -> None:
        """Two modal dialogs come one after the other: the warning, then the place."""
        box, dialog = dialog_of(QMessageBox), dialog_of(QFileDialog)
        if isinstance(box, QMessageBox):
            warned.append(box.text())
            (go_on,) = (b for b in box.buttons() if box.buttonRole(b) == QMessageBox.ButtonRole.AcceptRole)
            go_on.click()
        elif isinstance(dialog, QFileDialog):
            line = dialog.findChild(QLineEdit, "fileNameEdit")
            assert line is not None
            assert line.text() == "harbour.md"
            line.setText(str(place))
            dialog.accept()
            return
        QTimer.singleShot(20, answer)

    QTimer.singleShot(20, answer)
    window.commands["save_copy"].trigger()
    qtbot.waitUntil(place.exists)
    qtbot.waitUntil(lambda: "not protected" in window.status.telling.text())
    assert warned == ["The copy will not be protected."]
    assert hashlib.sha256(place.read_bytes()).digest() == hashlib.sha256(FILES["harbour.md"].encode()).digest()
    QApplication.processEvents()
