"""Cuts a mailbox in mbox format (RFC 4155) into its messages, line by line, without ever holding more than a line of
it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from archive.reading.listing import PIECE

# A separator follows an empty line and bears a time, or is Mozilla's; "From " at the start of a sentence is neither.
_SEPARATOR = re.compile(rb"From (?:- |\S*@?\S* .*\d\d:\d\d|\S+\s*\Z)")
_QUOTED = re.compile(rb">+From ")
_LINE_AT_MOST = 1 << 20
_HEAD_AT_MOST = 64 << 10


class Mailbox:
    """The messages of a mailbox, one after the other. Each must be taken before the next."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._separator = self._first_separator()

    def __iter__(self) -> Iterator[Message]:
        while self._separator:
            message = Message(self)
            yield message
            message.finish()

    def _first_separator(self) -> bytes:
        line = self._stream.readline(_LINE_AT_MOST)
        while line and not line.strip():
            line = self._stream.readline(_LINE_AT_MOST)
        return line if line.startswith(b"From ") else b""

    def lines(self) -> Iterator[bytes]:
        """The lines of the current message, unquoted; the separator of the next is kept back."""
        self._separator = b""
        empty: list[bytes] = []
        at_start = True
        while line := self._stream.readline(_LINE_AT_MOST):
            if at_start and empty and _SEPARATOR.match(line):
                self._separator = line
                # The empty line before a separator belongs to the separator.
                yield from empty[:-1]
                return
            if at_start and line in (b"\n", b"\r\n"):
                empty.append(line)
                continue
            yield from empty
            empty.clear()
            # "mboxrd" quotes with one more sign each time; one is taken off.
            yield line[1:] if at_start and _QUOTED.match(line) else line
            at_start = line.endswith(b"\n")
        yield from empty


class Message:
    """One message: its bytes in pieces, and, once they are taken, its head."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._lines = mailbox.lines()
        self._in_head = True
        self._head = bytearray()

    def chunks(self) -> Iterator[bytes]:
        """The message's bytes, in pieces of many lines: each piece is a message to the program."""
        piece = bytearray()
        for line in self._lines:
            self._note(line)
            piece += line
            if len(piece) >= PIECE:
                yield bytes(piece)
                piece.clear()
        if piece:
            yield bytes(piece)

    def finish(self) -> None:
        """Read over what was not taken."""
        for line in self._lines:
            self._note(line)

    @property
    def head(self) -> bytes:
        """The header lines, as far as they were read."""
        return bytes(self._head)

    def _note(self, line: bytes) -> None:
        if self._in_head and line.strip() and len(self._head) < _HEAD_AT_MOST:
            self._head += line
        else:
            self._in_head = False
