"""Shows how far long work is, to a person at a terminal only, and lets Ctrl+C end it cleanly."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType
from typing import Any

import click

from archive.intake.report import Progress
from archive.verify import Step
from desktop.cli import terminal
from desktop.translate import tr

_WORDS_AT_MOST = 40


class Work:
    """Long work under way: told how far it is, asked whether to go on."""

    def __init__(self, bar: Any) -> None:
        self._bar = bar
        self._stopped = threading.Event()

    def cancelled(self) -> bool:
        """Whether Ctrl+C was pressed."""
        return self._stopped.is_set()

    def stop(self, number: int, frame: FrameType | None) -> None:
        """The first Ctrl+C asks for an end, the next one is the system's own."""
        self._stopped.set()
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)

    def imported(self, progress: Progress) -> None:
        """Progress of an import, by bytes where there are any."""
        rate = tr("{rate} MB/s", rate=f"{progress.rate / 1e6:.1f}")
        words = tr("{done} of {total} files", done=progress.done, total=progress.total)
        self._show(progress.bytes, progress.total_bytes, f"{words}  {rate}  {_shortened(progress.current)}")

    def counted(self, done: int, total: int) -> None:
        """Progress of the index, in records."""
        self._show(done, total, tr("{done} of {total} records", done=done, total=total))

    def recorded(self, done: int, total: int) -> None:
        """Progress of an import of casework, in rows."""
        self._show(done, total, tr("{done} of {total} rows", done=done, total=total))

    def listed(self, done: int, total: int) -> None:
        """Progress of a list, in lines."""
        self._show(done, total, tr("{done} of {total} lines", done=done, total=total))

    def paged(self, done: int, total: int) -> None:
        """Progress of a file that is printed, in pages."""
        self._show(done, total, tr("{done} of {total} pages", done=done, total=total))

    def read(self, path: str, done: int, total: int) -> None:
        """Progress of the reading of a release, in bytes."""
        self._show(done, total, _shortened(path))

    def stepped(self, step: Step) -> None:
        """Progress of a backup or verification; each kind of work fills the bar anew."""
        self._show(step.done, step.total, f"{step.work}  {_shortened(step.where)}")

    def erased(self, step: str, done: int, total: int) -> None:
        """Progress of a withdrawal."""
        self._show(done, total, step)

    def _show(self, done: int, total: int, words: str) -> None:
        if self._bar is None:
            return
        if total != self._bar.length or done < self._bar.pos:
            self._bar.length, self._bar.pos, self._bar.finished = max(total, 1), 0, False
        self._bar.update(min(done, self._bar.length) - self._bar.pos, words)
        self._bar.render_progress()


@contextlib.contextmanager
def work(label: str, *, as_json: bool) -> Iterator[Work]:
    """Long work with a bar on standard error where a person watches it and asked for words."""
    with contextlib.ExitStack() as stack:
        bar = None
        if not as_json and terminal.is_watched(sys.stderr):
            bar = stack.enter_context(
                click.progressbar(
                    length=1, label=label, file=sys.stderr, show_percent=True, item_show_func=lambda words: words
                )
            )
        going = Work(bar)
        stack.enter_context(_listening(going))
        yield going


@contextlib.contextmanager
def _listening(going: Work) -> Iterator[None]:
    """Have Ctrl+C, and the system's request to end, ask `going` to stop."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, going.stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _shortened(name: str) -> str:
    """The end of a name, on one harmless line."""
    shown = terminal.clean(name)
    return shown if len(shown) <= _WORDS_AT_MOST else "…" + shown[1 - _WORDS_AT_MOST :]
