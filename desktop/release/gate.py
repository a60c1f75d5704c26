"""Lets a release into the window only when it is as it was signed, or when its refusal was overruled."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from archive.release.receipt import Receipt
from desktop.lanes import Lane, NoResource
from desktop.release import words
from desktop.release.asking import RefusalView
from desktop.release.controller import ReleaseController, first_look, is_calm
from desktop.release.view import ReceiptDialog
from desktop.session import Session, Unlocked
from desktop.status import StatusLine


class ReleaseGate(QObject):
    """One for the window. A working archive passes at once."""

    passed = Signal(object)  # Unlocked: it may be shown
    left = Signal()  # it shall not be shown, or no longer
    refusing = Signal(bool)  # an open release is refused, or let in again
    told = Signal(str)
    failed = Signal(object)  # ArchiveError

    def __init__(
        self,
        errands: Lane[NoResource],
        stack: QStackedWidget,
        status: StatusLine,
        broken: Callable[[BaseException], None],
        window: QWidget,
        is_open: Callable[[], bool],
    ) -> None:
        """`is_open` tells whether the window shows an archive already."""
        super().__init__(window)
        self._errands, self._stack, self._status = errands, stack, status
        self._broken, self._window, self._is_open = broken, window, is_open
        self._waiting: Unlocked | None = None
        self._folder: Path | None = None
        self._seen: Receipt | None = None
        self._overruled: Receipt | None = None
        self._behind: QWidget | None = None  # what the refusal stands in front of
        self.release: ReleaseController | None = None
        self.refusal = RefusalView()
        stack.addWidget(self.refusal)
        self.refusal.overruled.connect(self._go_on)
        self.refusal.left.connect(self.left)
        self.refusal.receipt_wanted.connect(self.show_receipt)

    def admit(self, archive: Unlocked) -> None:
        """Look at what was unlocked before it is shown."""
        folder = archive.release
        if folder is None or self._is_open():  # in the latter case it is looked at in a window of its own
            self.passed.emit(archive)
            return

        def looked(seen: Receipt) -> None:
            self._folder, self._seen, self._overruled = folder, seen, None
            if seen.refused:
                self._waiting = archive
                self._refuse(seen)
            else:
                self.passed.emit(archive)

        self._errands.submit(lambda _, errand: first_look(archive, folder), looked, self.failed.emit)

    def enter(self, session: Session) -> bool:
        """The archive is shown now; whether it is a release, which is then checked in the background."""
        if self._folder is None:
            return False
        self.release = release = ReleaseController(session, self._folder, self._overruled, self._broken)
        release.found.connect(self._say)
        release.refused.connect(self._refuse)
        release.told.connect(self.told)
        release.failed.connect(self.failed)
        if self._seen is not None and self._seen.refused:
            self._say(self._seen)
        release.begin()
        return True

    def show_receipt(self) -> None:
        """Show the receipt of the release that is open, or of the one that is refused."""
        if self.release is not None:
            self.release.show(self._window)
        elif self._seen is not None:
            dialog = ReceiptDialog(self._window)
            dialog.show_receipt(self._seen)
            dialog.check_button.hide()
            dialog.trust_button.hide()
            dialog.show()

    def repaint(self) -> None:
        """The colours have changed."""
        if self.release is not None:
            self.release.repaint()

    def leave(self) -> None:
        """End what runs."""
        if self.release is not None:
            self.release.close()
            self.release = None

    def _say(self, found: Receipt) -> None:
        self._status.show_release(words.status(found), calm=is_calm(found))

    def _refuse(self, found: Receipt) -> None:
        current = self._stack.currentWidget()
        if current is not self.refusal:
            self._behind = current
        self.refusal.begin(found)
        self._stack.setCurrentWidget(self.refusal)
        if self.release is not None:
            self.refusing.emit(True)

    def _go_on(self) -> None:
        """The refusal was overruled."""
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self._overruled = self._seen
            self.passed.emit(waiting)
        elif self.release is not None and self._behind is not None:
            self.release.overrule()
            self._stack.setCurrentWidget(self._behind)
            self.refusing.emit(False)
