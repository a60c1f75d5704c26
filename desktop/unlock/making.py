"""Says that an archive is being made: in a strip where one is open already, else on the start view."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop.unlock.controller import UnlockController
from desktop.unlock.views import StartView
from desktop.work import WorkStrip, WorkStrips


class Making(QObject):
    """One thing is made at a time."""

    def __init__(self, entry: UnlockController, start: StartView, strips: Callable[[], WorkStrips | None]) -> None:
        """`strips` gives those of the archive that is open, if any."""
        super().__init__(entry)
        self._start, self._strips = start, strips
        self._strip: WorkStrip | None = None
        entry.begun.connect(self._begin)
        entry.ended.connect(self._end)

    def _begin(self, sentence: str, stop: Callable[[], None]) -> None:
        strips = self._strips()
        if strips is not None:
            self._strip = strips.begin(sentence, stop)
        else:
            self._start.set_busy(True)
            self._start.say(sentence)

    def _end(self) -> None:
        if self._strip is not None:
            self._strip.hide()
            self._strip.deleteLater()
            self._strip = None
        self._start.set_busy(False)
        self._start.say("")
