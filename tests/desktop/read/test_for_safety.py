"""A correction for safety in the window: nothing of the old value is left, and it is said where something still is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from archive.alone import alone
from archive.container import Archive
from archive.keys import ArchiveKey
from archive.withdrawal import erasing
from desktop.read.correct import CorrectDialog
from desktop.read.pane import DETAILS
from desktop.window import MainWindow
from tests import pages
from tests.desktop.test_window import dialog_of, screen_of, search


def asked(window: MainWindow, qtbot: QtBot) -> CorrectDialog:
    """The dialog that corrects what is recorded about the document that is read."""
    window.commands["correct"].trigger()
    qtbot.waitUntil(lambda: dialog_of(CorrectDialog) is not None)
    dialog = dialog_of(CorrectDialog)
    assert isinstance(dialog, CorrectDialog)
    return dialog


def test_a_correction_for_safety_keeps_no_old_value_and_cannot_be_taken_back(
    window: MainWindow, qtbot: QtBot, archive: tuple[Path, ArchiveKey]
) -> None:
    screen = screen_of(window)
    search(qtbot, screen, "mountain")
    with qtbot.waitSignal(screen.pane.text.hit_reached):
        qtbot.keyClick(screen.bar.line, Qt.Key.Key_Return)
    screen.pane.tabs.setCurrentIndex(DETAILS)
    qtbot.waitUntil(lambda: "Hill Post" in screen.pane.details.words())

    def correct(publisher: str, *, for_safety: bool) -> None:
        dialog = asked(window, qtbot)
        assert not dialog.for_safety.isChecked()
        dialog.lines["publisher"].setText(publisher)
        dialog.for_safety.setChecked(for_safety)
        dialog.go_on.click()
        qtbot.waitUntil(lambda: dialog.isHidden())
        qtbot.waitUntil(lambda: f"changed to “{publisher}”" in screen.pane.details.words())

    correct("Qzorblatt Press", for_safety=False)
    correct("a paper of the hills", for_safety=True)
    assert "the earlier value is not kept" in screen.pane.details.words()
    assert "Qzorblatt" not in screen.pane.details.words()
    with qtbot.waitSignal(screen.entry.told, check_params_cb=lambda said: said.startswith("Nothing was recorded")):
        window.commands["undo"].trigger()
    qtbot.waitUntil(lambda: not derived(archive))
    assert pages.holding(pages.of_archive(*archive), "qzorblatt") == []


def test_a_correction_for_safety_says_where_something_keeps_the_old_value_from_being_erased(
    window: MainWindow, qtbot: QtBot, archive: tuple[Path, ArchiveKey]
) -> None:
    screen = screen_of(window)
    search(qtbot, screen, "mountain")
    with qtbot.waitSignal(screen.pane.text.hit_reached):
        qtbot.keyClick(screen.bar.line, Qt.Key.Key_Return)
    dialog = asked(window, qtbot)
    dialog.lines["publisher"].setText("a paper of the hills")
    dialog.for_safety.setChecked(True)
    with alone(archive[0]):  # as an import is
        dialog.go_on.click()
        qtbot.waitUntil(dialog.isHidden)
    (box,) = (one for one in window.findChildren(QMessageBox) if one.isVisible())
    assert box.text() == "Corrected for safety."
    assert box.informativeText().startswith("Something kept a part of it from being erased from the archive's files")
    box.close()


def derived(archive: tuple[Path, ArchiveKey]) -> bool:
    with Archive(*archive, write=False) as opened:
        return erasing.derived(opened.db)
