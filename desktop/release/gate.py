"""Lets a release into the window only as it was signed or with its refusal overruled, and has a new key compared."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from archive.notebook import opening
from archive.signing.receipt import Receipt, State, stripped
from desktop import messages, trusting
from desktop.lanes import Lane, NoResource
from desktop.release import words
from desktop.release.asking import RefusalView
from desktop.release.comparing import CompareView
from desktop.release.view import ReceiptDialog
from desktop.status import StatusLine
from desktop.unlocked import Unlocked

if TYPE_CHECKING:
    from desktop.release.controller import ReleaseController
    from desktop.session import Session


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
        self.comparing = CompareView()
        for view in (self.refusal, self.comparing):
            stack.addWidget(view)
        self.comparing.trust_wanted.connect(self._trust)
        self.comparing.put_off.connect(self._pass)
        self.comparing.left.connect(self.left)
        self.refusal.overruled.connect(self._go_on)
        self.refusal.left.connect(self.left)
        self.refusal.receipt_wanted.connect(self.show_receipt)

    def admit(self, archive: Unlocked) -> None:
        """Look at what was unlocked before it is shown."""
        folder = archive.release
        if self._is_open():  # it is looked at in a window of its own
            self.passed.emit(archive)
            return
        if folder is None:
            self._keep(archive, stripped() if archive.stripped else None)
            if self._seen is not None:
                self._refuse(self._seen)
            else:
                self._pass()
            return

        def looked(found: tuple[Receipt, bool]) -> None:
            seen, known = found
            self._keep(archive, seen)
            if seen.refused:
                self._refuse(seen)
            elif seen.state is State.UNKNOWN_KEY and seen.key is not None and not known:
                self._stack.setCurrentWidget(self.comparing)
                self.comparing.begin(seen)
            else:
                self._pass()

        self._errands.submit(
            lambda _, errand: (
                trusting.first_look(archive.path, archive.key, folder),
                opening.place(archive.key.archive, release=True).exists(),
            ),
            looked,
            self.failed.emit,
        )

    def enter(self, session: Session) -> bool:
        """The archive is shown now; whether it is a release, which is then checked in the background."""
        if self._folder is None:
            if self._seen is not None:  # overruled, and marked as long as it is open
                self._say(self._seen)
            return False
        from desktop.release.controller import ReleaseController  # the first window does without

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
        newest = self.release.newest(found) if self.release is not None else 0
        older = found.statement is not None and newest > found.statement.number
        self._status.show_release(words.status(found, newest), calm=words.is_calm(found) and not older)

    def _refuse(self, found: Receipt) -> None:
        current = self._stack.currentWidget()
        if current is not self.refusal:
            self._behind = current
        self.refusal.begin(found)
        self._stack.setCurrentWidget(self.refusal)
        if self.release is not None:
            self.refusing.emit(True)

    def _keep(self, archive: Unlocked, seen: Receipt | None) -> None:
        """What waits to be shown, and what was seen of it; nothing stays of what was looked at before and left."""
        self._waiting, self._folder, self._seen, self._overruled = archive, archive.release, seen, None

    def _pass(self) -> None:
        """Show what waits."""
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.passed.emit(waiting)

    def _trust(self, name: str) -> None:
        """The key was compared: keep that in the reader's notebook, which is made now, and show the release."""
        archive, seen = self._waiting, self._seen
        if archive is None or seen is None or seen.key is None:
            return
        key = seen.key
        self._errands.submit(
            lambda _, errand: trusting.trust(archive.path, archive.key, key, name, beside=True),
            lambda trusted: self._pass(),
            lambda error: self.comparing.refuse(messages.sentence(error)),
        )

    def _go_on(self) -> None:
        """The refusal was overruled."""
        if self._waiting is not None:
            self._overruled = self._seen
            self._pass()
        elif self.release is not None and self._behind is not None:
            self.release.overrule()
            self._stack.setCurrentWidget(self._behind)
            self.refusing.emit(False)
