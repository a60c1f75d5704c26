"""The contract between the worker and the readers of formats: what a reader gets, and where it puts what it finds.

A reader is one function `read(source, sink) -> Reading`, named in `archive.reading.dispatch` and run only inside a
worker process. It writes no file and opens no socket. It may raise `Unreadable` with the reason code of the reading;
any other exception is taken as `damaged`, and MemoryError as `memory`. NUL and lone surrogates in what it returns are
replaced by U+FFFD for it, one for one.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from archive.reading.result import Member, Reading


class Unreadable(Exception):
    """A file or member that cannot be read: `reason` is the code of the reading, `detail` the library's own words."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


class TooLarge(Unreadable):
    """More bytes than the reader can hold."""

    def __init__(self, detail: str = "") -> None:
        super().__init__("too-large", detail)


@dataclass(frozen=True, slots=True)
class Budget:
    """What one file may still bring forth: levels of members below it, members, and their bytes in all.

    The caller lowers it as it descends, so that a tree of containers has one budget. `ratio` is how many times its
    packed size something may unpack to, once it is larger than `ratio_from` bytes.
    """

    depth: int = 8
    members: int = 100_000
    bytes: int = 16 << 30
    ratio: int = 200
    ratio_from: int = 64 << 20


@dataclass(frozen=True, slots=True)
class Source:
    """The file to read. `name` is its shown name, for the extension and fallbacks, never for the type alone.

    `media_type` is what `archive.reading.detect` found, `size` is in bytes. `opener` gives a fresh seekable stream each
    time.
    """

    name: str
    media_type: str
    size: int
    opener: Callable[[], BinaryIO]
    budget: Budget = Budget()

    @classmethod
    def of_bytes(cls, name: str, media_type: str, data: bytes) -> Source:
        """A source that lies in memory."""
        return cls(name, media_type, len(data), lambda: io.BytesIO(data))

    @classmethod
    def of_path(cls, path: Path, media_type: str) -> Source:
        """A source that lies on disk; it is only ever opened for reading."""
        return cls(path.name, media_type, path.stat().st_size, lambda: path.open("rb"))

    def open(self) -> BinaryIO:
        """A seekable stream at its beginning; the reader closes it."""
        return self.opener()

    def bytes(self, limit: int) -> bytes:
        """The whole content. Raises TooLarge where it holds more than `limit` bytes."""
        if self.size > limit:
            raise TooLarge(f"{self.size} bytes, {limit} at most")
        with self.open() as stream:
            return stream.read(self.size)  # a stream may reserve room for all that is asked for


class Consumer(Protocol):
    """What takes the bytes of one member, and then how it ended."""

    def write(self, chunk: bytes) -> None:
        """The next bytes of the member."""
        ...

    def close(self, complete: bool, reason: str) -> None:
        """The member ended; if not `complete`, `reason` says why (`password`, `bomb-ratio`, `crashed` …)."""
        ...


class Sink(Protocol):
    """Where a reader puts the members it finds: attachments, files in a container, messages, posts."""

    def begin(self, member: Member) -> Consumer | None:
        """Take one member from a library that pushes: None means that the budget is spent, as False does below.

        One member at a time; `write` raises Unreadable where the budget runs out in its midst.
        """
        ...

    def member(self, member: Member, chunks: Iterable[bytes]) -> bool:
        """Take one member, its bytes in order.

        `chunks` may raise Unreadable: the member is then reported as incomplete with that reason, and the reader goes
        on. False means that the budget is spent and nothing more is taken; the worker itself adds the note that says
        so, so a reader with nothing better to do may ignore the answer.
        """
        ...


Reader = Callable[[Source, Sink], Reading]
