"""Saves what leaves the archive without protection: the warning first, then the place, then the writing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget

from desktop import new_file, shown
from desktop.lanes import Lane, NoResource
from desktop.translate import tr

Saved = Callable[[], None]


class Copies(QObject):
    """Every copy that is not encrypted is asked for here."""

    told = Signal(str)
    failed = Signal(object)  # ArchiveError

    def __init__(self, errands: Lane[NoResource], parent: QWidget) -> None:
        super().__init__(parent)
        self._errands, self._window = errands, parent

    def place(self, name: str) -> Path | None:
        """Warn that a copy is unprotected, then ask where it shall lie; None where the person thought better of it."""
        parent = QApplication.activeWindow() or self._window  # a report's own window gets the focus back
        box = QMessageBox(
            QMessageBox.Icon.Warning, parent.windowTitle(), tr("The copy will not be protected."), parent=parent
        )
        box.setInformativeText(
            tr("Anyone who can read the folder you save it in can read it, and other programs may keep traces of it.")
        )
        go_on = box.addButton(tr("Save an unprotected copy…"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.exec()
        if box.clickedButton() is not go_on:
            return None
        return self.where(name)

    def where(self, name: str) -> Path | None:
        """Ask where a copy shall lie, where it was said before that it is unprotected."""
        parent = QApplication.activeWindow() or self._window
        # A file that is there is never written over, so nobody need be asked whether it may be.
        place, _ = QFileDialog.getSaveFileName(
            parent,
            tr("Save an unprotected copy"),
            str(Path.home() / name),
            options=QFileDialog.Option.DontUseNativeDialog | QFileDialog.Option.DontConfirmOverwrite,
        )
        return Path(place) if place else None

    def save(self, name: str, content: bytes, saved: Saved = lambda: None) -> None:
        """Save these bytes, such as a report, under a name to be chosen; then `saved` is called."""
        self._save(self.place(shown.file_name(name, "copy")), content, saved)

    def save_warned(self, name: str, content: bytes, saved: Saved = lambda: None) -> None:
        """The same, where it was said before that it is unprotected."""
        self._save(self.where(shown.file_name(name, "copy")), content, saved)

    def _save(self, destination: Path | None, content: bytes, saved: Saved) -> None:
        if destination is not None:

            def done(_: None) -> None:
                saved()
                self.told.emit(tr("Saved. It is not protected: {path}", path=destination))

            self._errands.submit(
                lambda _, errand: new_file.write(destination, [content]),
                done,
                self.failed.emit,
            )
