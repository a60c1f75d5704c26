"""A file that comes through the pipe, fetched only as far as it is read and held in memory, never on disk."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import BinaryIO, cast

from archive.reading.source import TooLarge


class Pulled:
    """The bytes so far. `more` gives the next ones, none at the end; `size` is what was announced, `limit` what is
    held.
    """

    def __init__(self, more: Callable[[], bytes], size: int, limit: int) -> None:
        self.size = size
        self._more = more
        self._limit = limit
        self._held = bytearray()
        self._ended = False

    def upto(self, end: int) -> bytearray:
        """What is held, once it reaches `end` or the file has ended. Raises TooLarge."""
        if min(end, self.size) > self._limit:
            raise TooLarge(f"{self.size} bytes, {self._limit} at most")
        while len(self._held) < end and not self._ended:
            chunk = self._more()
            self._ended = not chunk
            self._held += chunk
            if len(self._held) > self._limit:
                raise TooLarge(f"more than {self._limit} bytes")
        return self._held

    def open(self) -> BinaryIO:
        """A seekable stream at the beginning."""
        return cast(BinaryIO, io.BufferedReader(_Stream(self)))


class _Stream(io.RawIOBase):
    """One reader's position in what is pulled."""

    def __init__(self, pulled: Pulled) -> None:
        self._pulled = pulled
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._pulled.size}[whence]
        if base + offset < 0:
            raise ValueError("a negative position")
        self._position = base + offset
        return self._position

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        held = self._pulled.upto(self._position + len(buffer))
        piece = held[self._position : self._position + len(buffer)]
        buffer[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)
