"""A file that comes through the pipe, fetched piece by piece where it is read and held in memory, never on disk."""

from __future__ import annotations

import io
from collections import OrderedDict
from collections.abc import Callable
from typing import BinaryIO, cast

from archive.reading import wire


class Pulled:
    """A file of `size` bytes. `ask` gives the `wire.CHUNK` bytes at an offset, fewer only where the file ends there;
    the pieces used last are held, of `limit` bytes in all.
    """

    def __init__(self, ask: Callable[[int], bytes], size: int, limit: int) -> None:
        self.size = size
        self._ask = ask
        self._most = max(limit // wire.CHUNK, 1)
        self._held: OrderedDict[int, bytes] = OrderedDict()

    def piece(self, number: int) -> bytes:
        """The piece with this number, from 0."""
        found = self._held.pop(number, None)
        if found is None:
            found = self._ask(number * wire.CHUNK)
            if len(self._held) >= self._most:
                self._held.popitem(last=False)
        self._held[number] = found
        return found

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
        if self._position >= self._pulled.size:
            return 0
        number, start = divmod(self._position, wire.CHUNK)
        part = self._pulled.piece(number)[start : start + len(buffer)]
        buffer[: len(part)] = part
        self._position += len(part)
        return len(part)
