"""A file of any length compressed and encrypted under a release line's key: written and read piece by piece.

Pieces of 64 KiB of what zlib makes are encrypted with ChaCha20-Poly1305. The nonce counts them and marks the last, so
that none can be left out, repeated or moved, and the end cannot be cut off. The key is made of the line's key and of
all that stands before, and is never used twice: that must hold random bytes.
"""

from __future__ import annotations

import hashlib
import hmac
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from archive.errors import Damaged
from archive.keys import ArchiveKey

PIECE = 1 << 16
TAG = 16
MOST = 1 << 20
"""Bytes that are unpacked at once."""
LONGEST_LINE = 64 << 20
"""Bytes; a record that is longer is none of ours."""


def _cipher(key: ArchiveKey, before: bytes) -> object:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    return ChaCha20Poly1305(hmac.digest(key.key, b"tamarisk delta" + hashlib.sha256(before).digest(), "sha256"))


def _nonce(count: int, last: bool) -> bytes:
    return count.to_bytes(11, "big") + bytes([last])


class Sealer:
    """Writes into `file`, which stands behind `before`; `close` has to be called at last."""

    def __init__(self, file: BinaryIO, key: ArchiveKey, before: bytes) -> None:
        self._file, self._cipher = file, _cipher(key, before)
        self._packer = zlib.compressobj(9)
        self._waiting = bytearray()
        self._count = 0

    def write(self, data: bytes) -> None:
        """Add bytes, of any length."""
        self._waiting += self._packer.compress(data)
        while len(self._waiting) > PIECE:  # one piece is always kept: the last is marked
            self._seal(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]

    def close(self) -> None:
        """Write what is left, and the end."""
        self._waiting += self._packer.flush()
        while len(self._waiting) > PIECE:
            self._seal(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        self._seal(bytes(self._waiting), last=True)

    def _seal(self, piece: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._count, last), piece, None))  # type: ignore[attr-defined]
        self._count += 1


class Opener:
    """Reads what a Sealer wrote. Everything raises Damaged, with `name`, where it is not what was written."""

    def __init__(self, file: BinaryIO, key: ArchiveKey, before: bytes, name: str) -> None:
        self._cipher, self._name = _cipher(key, before), name
        self._pieces = self._opened(file)
        self._ready = bytearray()

    def read(self, size: int) -> Iterator[bytes]:
        """The next `size` bytes, in pieces."""
        while size:
            if not self._ready and not self._more():
                raise self._damaged("it ends too soon")
            piece = bytes(self._ready[:size])
            del self._ready[: len(piece)]
            size -= len(piece)
            yield piece

    def line(self) -> bytes | None:
        """The bytes up to the next end of a line, without it; None at the end."""
        looked = 0
        while (end := self._ready.find(b"\n", looked)) < 0:
            looked = len(self._ready)
            if looked > LONGEST_LINE:
                raise self._damaged("a record that is too long")
            if not self._more():
                if self._ready:
                    raise self._damaged("it ends within a record")
                return None
        line = bytes(self._ready[:end])
        del self._ready[: end + 1]
        return line

    def _more(self) -> bool:
        piece = next(self._pieces, None)
        if piece is not None:
            self._ready += piece
        return piece is not None

    def _opened(self, file: BinaryIO) -> Iterator[bytes]:
        from cryptography.exceptions import InvalidTag

        unpacker, count = zlib.decompressobj(), 0
        sealed = file.read(PIECE + TAG)
        while True:
            following = file.read(PIECE + TAG)
            try:
                packed = self._cipher.decrypt(  # type: ignore[attr-defined]
                    _nonce(count, not following), sealed, None
                )
                part = b""
                while packed or len(part) == MOST:  # what is packed very small is unpacked bit by bit
                    part = unpacker.decompress(packed, MOST)
                    packed = unpacker.unconsumed_tail
                    yield part
            except (InvalidTag, zlib.error) as error:
                raise self._damaged("not what was encrypted, or for another key") from error
            if not following:
                break
            sealed, count = following, count + 1
        if not unpacker.eof:
            raise self._damaged("it ends too soon")

    def _damaged(self, why: str) -> Damaged:
        return Damaged(path=self._name, why=why)
