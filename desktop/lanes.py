"""Runs work off the window's thread: each lane one thread with a resource of its own; no other module starts any."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from enum import Enum, auto
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from archive.connect import translated
from archive.errors import ArchiveError


class Resource(Protocol):
    """What a lane opens in its own thread, uses there only, and closes there."""

    def close(self) -> None:
        """Give everything back."""

    def interrupt(self) -> None:
        """Stop the call that is running; the only method called from another thread."""


class NoResource:
    """For a lane whose work needs nothing opened."""

    def close(self) -> None:
        """Nothing to give back."""

    def interrupt(self) -> None:
        """Nothing to stop."""


R = TypeVar("R", bound=Resource)
T = TypeVar("T")


class Stage(Enum):
    """What one answer of a lane tells."""

    PROGRESS = auto()
    DONE = auto()
    FAILED = auto()
    BROKEN = auto()


class Errand(Generic[R, T]):
    """One piece of work given to a lane: the window cancels it, the work asks whether it was and reports progress."""

    def __init__(
        self,
        work: Callable[[R, Errand[R, T]], T],
        done: Callable[[T], None],
        failed: Callable[[ArchiveError], None],
        progress: Callable[[Any], None] | None,
        topic: str,
        urgency: int,
        answer: Callable[[Errand[R, T], Stage, object], None],
    ) -> None:
        self.work = work
        self.done = done
        self.failed = failed
        self.progress = progress
        self.topic = topic
        self.urgency = urgency
        self._answer = answer
        self._stopped = threading.Event()
        self._dropped = False

    def cancel(self) -> None:
        """Ask the work to stop; how it ends is still told."""
        self._stopped.set()

    def drop(self) -> None:
        """Ask the work to stop and call nobody any more (from the window's thread)."""
        self._dropped = True
        self._stopped.set()

    @property
    def dropped(self) -> bool:
        """Whether nobody wants the answer any more."""
        return self._dropped

    def cancelled(self) -> bool:
        """Whether someone asked the work to stop."""
        return self._stopped.is_set()

    def report(self, progress: object) -> None:
        """Send a frozen dataclass to the window (from the lane's thread)."""
        self._answer(self, Stage.PROGRESS, progress)


class Lane(QObject, Generic[R]):
    """A thread that does one errand at a time, the most urgent first, and answers by one queued signal.

    `opened` makes the lane's resource, in the lane's thread and when it is first needed. A newer errand of the same
    topic drops the older: out of the queue, or by interrupting it where the lane may be interrupted (never a writer).
    `broken` is called, in the window's thread, with any exception that is not an ArchiveError.
    """

    _answered = Signal(object, object, object)

    def __init__(
        self,
        opened: Callable[[], R],
        *,
        interruptible: bool,
        broken: Callable[[BaseException], None],
        file: str = "archive.db",
    ) -> None:
        """`file` is the name that failures give to what the resource works on."""
        super().__init__()
        self._file = Path(file)
        self._opened = opened
        self._interruptible = interruptible
        self._broken = broken
        self._lock = threading.Lock()
        self._waiting: list[Errand[R, Any]] = []
        self._running: Errand[R, Any] | None = None
        self._open_errands: list[Errand[R, Any]] = []  # not yet answered, as far as the window has seen
        self._resource: R | None = None
        self._closed = self._ended = False
        self._executor = ThreadPoolExecutor(1)
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def submit(
        self,
        work: Callable[[R, Errand[R, T]], T],
        done: Callable[[T], None],
        failed: Callable[[ArchiveError], None],
        *,
        progress: Callable[[Any], None] | None = None,
        topic: str = "",
        urgency: int = 0,
    ) -> Errand[R, T]:
        """Queue `work`; later `done` or `failed` is called in the window's thread, unless the errand was dropped."""
        if topic:
            self.drop(topic)
        errand = Errand(work, done, failed, progress, topic, urgency, self._answered.emit)
        with self._lock:
            if self._closed:
                errand.drop()
                return errand
            self._waiting.append(errand)
        self._open_errands.append(errand)
        self._executor.submit(self._next)
        return errand

    def drop(self, topic: str) -> None:
        """Drop whatever waits or runs under `topic`, or was answered when nobody had looked yet."""
        self._drop([errand for errand in self._open_errands if errand.topic == topic])

    def stop(self) -> None:
        """Drop everything and take nothing new."""
        with self._lock:
            self._closed = True
        self._drop(list(self._open_errands))

    def close(self) -> None:
        """Stop, close the resource in its thread, and wait until that is done; once is enough."""
        self.stop()
        self._end()

    def finish(self) -> None:
        """Take nothing new, do what waits and tell nobody, then close: for work that must not be lost."""
        with self._lock:
            self._closed = True
        for errand in self._open_errands:
            errand.drop()
        self._open_errands.clear()
        self._end()

    def _end(self) -> None:
        if self._ended:
            return
        self._ended = True
        self._executor.submit(self._give_back)
        self._executor.shutdown(wait=True)

    def _drop(self, errands: list[Errand[R, Any]]) -> None:
        for errand in errands:
            errand.drop()
            self._open_errands.remove(errand)
            with self._lock:
                if errand in self._waiting:
                    self._waiting.remove(errand)
                elif errand is self._running and self._interruptible and self._resource is not None:
                    self._resource.interrupt()

    def _next(self) -> None:
        with self._lock:
            if not self._waiting:
                return
            errand = max(self._waiting, key=lambda waiting: waiting.urgency)  # the oldest of the most urgent
            self._waiting.remove(errand)
            self._running = errand
        stage, value = self._outcome(errand)
        with self._lock:
            self._running = None
        self._answered.emit(errand, stage, value)

    def _outcome(self, errand: Errand[R, Any]) -> tuple[Stage, object]:
        try:
            with translated(self._file):
                if self._resource is None:
                    self._resource = self._opened()
                return Stage.DONE, errand.work(self._resource, errand)
        except ArchiveError as error:
            return Stage.FAILED, error
        except Exception as error:
            return Stage.BROKEN, error

    def _give_back(self) -> None:
        if self._resource is not None:
            self._resource.close()
            self._resource = None

    def _deliver(self, errand: Errand[R, Any], stage: Stage, value: Any) -> None:
        if errand.dropped:
            return
        if stage is not Stage.PROGRESS:
            self._open_errands.remove(errand)
        if stage is Stage.DONE:
            errand.done(value)
        elif stage is Stage.FAILED:
            errand.failed(value)
        elif stage is Stage.BROKEN:
            self._broken(value)
        elif errand.progress is not None:
            errand.progress(value)
