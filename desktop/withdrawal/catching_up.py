"""Purges the notebook, when an archive is opened, of what was withdrawn without it, and says what it held."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop import shown
from desktop.forms import say
from desktop.session import Session
from desktop.translate import tr
from desktop.withdrawal import purged
from desktop.withdrawal.purged import Found


class CatchingUp(QObject):
    """Works in the lane of the notebook; the window waits for nothing of it."""

    purged = Signal()  # the notebook holds something else by now

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self.box: QMessageBox | None = None
        self.done = False

    def begin(self) -> None:
        """Purge, and say what was found. What is in the way today is tried again at the next opening."""
        self._session.notebook.submit(
            lambda desk, errand: purged.purge_pending(desk.notebook, desk.archive), self._tell, lambda error: None
        )

    def _tell(self, found: Found | None) -> None:
        self.done = True
        if found is None or found.purged.nothing:
            return
        self.purged.emit()
        self.box = say(self._window, tr("Withdrawn"), purged.meanwhile(), "\n\n".join(purged.sentences(found)))
        if found.own:
            self.box.setDetailedText("\n\n".join([tr("Your own words:"), *map(shown.line, found.own)]))
