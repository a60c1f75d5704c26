"""Takes back what was recorded in this window, one by one, and records it again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from archive.errors import ArchiveError
from desktop.entry import actions
from desktop.entry.actions import Kept
from desktop.entry.journal import Journal, Step
from desktop.session import Session
from desktop.translate import tr


class Undoing(QObject):
    """One step at a time: a key held down waits for the step before."""

    told = Signal(str)
    changed = Signal()
    undone = Signal(object, object)  # Step, the UUIDs of the subjects that are gone with it
    redone = Signal(object)  # Step
    failed = Signal(object)  # ArchiveError

    def __init__(self, session: Session, is_recording: Callable[[], bool]) -> None:
        """`is_recording` says whether something is on its way that will be the last to be taken back."""
        super().__init__()
        self._session, self._journal, self._is_busy = session, Journal(), False
        self._is_recording = is_recording

    def add(self, step: Step) -> None:
        """Something was recorded."""
        self._journal.add(step)

    def undo(self) -> None:
        """Take back what was recorded last in this window."""
        step = self._journal.last()
        if step is None:
            self.told.emit(tr("Nothing was recorded in this window that could be taken back."))
            return

        def done(gone: tuple[str, ...]) -> None:
            self._journal.undone(gone)
            self.undone.emit(step, gone)
            self._finish(tr("Taken back: {what} Ctrl+Shift+Z records it again.", what=step.sentence))

        def failed(error: ArchiveError) -> None:
            self._journal.drop_last()
            self._fail(error)

        self._begin(lambda: actions.undo(self._session, step.done, done, failed))

    def redo(self) -> None:
        """Record again what was taken back last."""
        step = self._journal.next()
        if step is None:
            self.told.emit(tr("Nothing was taken back that could be recorded again."))
            return

        def done(kept: Kept) -> None:
            if kept.done is not None:
                self.redone.emit(self._journal.redone(kept.done))
            self._finish(tr("Recorded again: {what}", what=step.sentence))

        self._begin(lambda: actions.record(self._session, step.recording, done, self._fail))

    def _begin(self, do: Callable[[], None]) -> None:
        if self._is_recording():
            self.told.emit(tr("Something is still being recorded. Press the keys again when that is done."))
        elif not self._is_busy:
            self._is_busy = True
            do()

    def _finish(self, sentence: str) -> None:
        self._is_busy = False
        self.told.emit(sentence)
        self.changed.emit()

    def _fail(self, error: ArchiveError) -> None:
        self._is_busy = False
        self.failed.emit(error)
