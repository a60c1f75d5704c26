"""Takes back what was recorded and changed in this window, one by one, and does it again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from archive.errors import ArchiveError, NoSuchRecord
from desktop.actions import NOW
from desktop.changes import Back, Change
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

    def add(self, step: Step | Change) -> None:
        """Something was recorded or changed."""
        self._journal.add(step)

    def forget(self) -> None:
        """Forget all steps: what they were about was withdrawn or corrected for safety, and they hold words of it."""
        self._journal = Journal()

    def undo(self) -> None:
        """Take back what was done last in this window."""
        step = self._journal.last()
        if step is None:
            self.told.emit(tr("Nothing was recorded or changed in this window that could be taken back."))
        elif self._is_free():
            self._undo(step)

    def redo(self) -> None:
        """Do again what was taken back last."""
        step = self._journal.next()
        if step is None:
            self.told.emit(tr("Nothing was taken back that could be done again."))
        elif not self._is_free():
            return
        elif isinstance(step, Step):
            self._record(step)
        else:
            self._change(step)

    def _undo(self, step: Step | Change) -> None:
        said = tr("Taken back: {what} Ctrl+Shift+Z does it again.", what=step.sentence)

        def failed(error: ArchiveError) -> None:
            self._journal.drop_last()
            self._fail(error)

        if isinstance(step, Step):

            def done(gone: tuple[str, ...]) -> None:
                self._journal.undone(gone)
                self.undone.emit(step, gone)
                self._finish(said)

            actions.undo(self._session, step.done, done, failed)
        else:

            def changed(_: object) -> None:
                self._journal.undone(())
                self._finish(said)

            self._session.recording.submit(lambda w, _: step.back(w), changed, failed, urgency=NOW)

    def _record(self, step: Step) -> None:
        def done(kept: Kept) -> None:
            if kept.done is not None:
                again = self._journal.redone(replace(step, done=kept.done))
                self.redone.emit(again)
            self._finish(tr("Recorded again: {what}", what=step.sentence))

        actions.record(self._session, step.recording, done, self._fail_again)

    def _change(self, step: Change) -> None:
        def done(back: Back | None) -> None:
            self._journal.redone(replace(step, back=back or (lambda _: None)))
            self._finish(tr("Done again: {what}", what=step.sentence))

        self._session.recording.submit(lambda w, _: step.do(w), done, self._fail_again, urgency=NOW)

    def _is_free(self) -> bool:
        """Whether a step can begin; from then on none can until it has ended."""
        if self._is_recording():
            self.told.emit(tr("Something is still being recorded. Press the keys again when that is done."))
            return False
        was_busy, self._is_busy = self._is_busy, True
        return not was_busy

    def _finish(self, sentence: str) -> None:
        self._is_busy = False
        self.told.emit(sentence)
        self.changed.emit()

    def _fail_again(self, error: ArchiveError) -> None:
        if isinstance(error, NoSuchRecord) or error.code == "changed-meanwhile":
            self._journal.drop_next()  # what it was about is not there any more, nor will it be
        self._fail(error)

    def _fail(self, error: ArchiveError) -> None:
        self._is_busy = False
        self.failed.emit(error)
