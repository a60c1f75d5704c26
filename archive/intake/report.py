"""The report: progress while an import runs, and afterwards a word for every single input."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from archive.gaps import WITHOUT_TEXT
from archive.reading.result import Reading
from archive.records import Verdict

INTERVAL = 0.1  # seconds between two words of progress


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: inputs done of all, their bytes done of all, documents so far (those found inside files
    included), bytes a second, and seconds left or None."""

    done: int
    total: int
    bytes: int
    total_bytes: int
    documents: int
    rate: float
    remaining: float | None
    current: str


@dataclass(frozen=True, slots=True)
class WithoutText:
    """A document that was kept and holds no text; `reason` is a code."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that could not be read; `kept` says whether its bytes are in the archive all the same."""

    path: str
    code: str
    message: str
    kept: bool


@dataclass(frozen=True, slots=True)
class Barred:
    """Bytes that were not taken in because they were withdrawn: when (ISO day) and why (a code)."""

    path: str
    at: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """What became of every input.

    `inputs` counts the files given, or the documents to be read again. `added` counts new documents, those found inside
    others and those without text included; `duplicates` files and members whose bytes were there already; `reread`
    documents that were there already and now have another text or verdict than before. `members` of all three were
    found inside files.
    """

    inputs: int
    added: int
    duplicates: int
    reread: int
    members: int
    no_text: tuple[WithoutText, ...]
    unreadable: tuple[Unreadable, ...]
    bytes: int
    seconds: float
    cancelled: bool
    barred: tuple[Barred, ...] = ()


class Tally:
    """Counts what happens and tells of it, at most ten times a second."""

    def __init__(self, total: int, total_bytes: int, tell: Callable[[Progress], None]) -> None:
        self._total, self._total_bytes, self._telling = total, total_bytes, tell
        self._began = time.monotonic()
        self._told = 0.0
        self._done = self._bytes = self._added = self._duplicates = self._reread = self._members = 0
        self._no_text: list[WithoutText] = []
        self._unreadable: list[Unreadable] = []
        self._barred: list[Barred] = []

    def input_done(self, size: int, current: str) -> None:
        """One of the inputs given is through."""
        self._done += 1
        self._bytes += size
        self.tell(current)

    def tell(self, current: str) -> None:
        """Say where things stand, unless that was said a moment ago."""
        moment = time.monotonic()
        if moment - self._told >= INTERVAL or self._done == self._total:
            self._told = moment
            self._telling(self.progress(current))

    def added(self, path: str, reading: Reading, *, member: bool) -> None:
        """A document was added."""
        self._added += 1
        self._members += member
        self.without_text(path, reading)

    def reread(self, path: str, reading: Reading, *, member: bool) -> None:
        """A document that was there already has a new version of its text."""
        self._reread += 1
        self._members += member
        self.without_text(path, reading)

    def without_text(self, path: str, reading: Reading) -> None:
        """Name a document that gave no text, with its reason; any other is not worth a word."""
        if reading.verdict is Verdict.NONE:
            if reading.reason in WITHOUT_TEXT:
                self._no_text.append(WithoutText(path, reading.reason))
            else:
                self.unreadable(path, reading.reason, reading.detail, kept=True)

    def duplicate(self, *, member: bool) -> None:
        """The bytes were there already."""
        self._duplicates += 1
        self._members += member

    def unreadable(self, path: str, code: str, message: str = "", *, kept: bool = False, member: bool = False) -> None:
        """Something could not be read; `member` counts one that was found inside a file and could not be taken out."""
        self._members += member
        self._unreadable.append(Unreadable(path, code, message, kept))

    def barred(self, path: str, at: str, reason: str, *, member: bool) -> None:
        """The bytes were withdrawn, and stay out."""
        self._members += member
        self._barred.append(Barred(path, at, reason))

    def progress(self, current: str) -> Progress:
        """Where things stand."""
        seconds = max(time.monotonic() - self._began, 1e-3)
        rate = self._bytes / seconds
        left = self._total_bytes - self._bytes
        remaining = left / rate if rate else None
        found = self._added + self._duplicates + self._reread
        return Progress(self._done, self._total, self._bytes, self._total_bytes, found, rate, remaining, current)

    def report(self, cancelled: bool) -> Report:
        """The account of everything so far."""
        return Report(
            self._done,
            self._added,
            self._duplicates,
            self._reread,
            self._members,
            tuple(sorted(self._no_text, key=lambda item: item.path)),
            tuple(sorted(self._unreadable, key=lambda item: item.path)),
            self._bytes,
            time.monotonic() - self._began,
            cancelled,
            tuple(sorted(self._barred, key=lambda item: item.path)),
        )
