"""The program's ends of a worker's pipes: a worker that stalls within a frame never holds the program for long.

Frames are those of `multiprocessing.connection.Connection`, which the worker uses as it is: a length of four bytes,
big-endian and signed, then so many bytes. Longer ones than that can tell are never sent.
"""

from __future__ import annotations

import os
import selectors
import struct
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection, wait

TICK = 0.1  # seconds between two looks while nothing moves
_LENGTH = struct.Struct("!i")
_PIECE = 1 << 20


class Watched:
    """Both pipes of one worker, for one request. `look` is called for every frame, and every TICK while nothing moves;
    what it raises ends the waiting, and the pipes are then good for nothing more.

    `ended` is the sentinel of the worker's process: another that it started may hold the pipes open.
    """

    def __init__(self, requests: Connection, answers: Connection, ended: int, look: Callable[[], None]) -> None:
        self._requests, self._answers, self._ended, self._look = requests, answers, ended, look

    @staticmethod
    def prepare(requests: Connection, answers: Connection) -> None:
        """Let pipes that were just made be used by this class alone."""
        if sys.platform != "win32":
            os.set_blocking(requests.fileno(), False)
            os.set_blocking(answers.fileno(), False)

    def send_bytes(self, buf: bytes) -> None:
        """Send one frame. Raises OSError where the worker is gone, and what `look` raises."""
        self._look()
        if sys.platform == "win32":  # there is no sending without waiting
            self._requests.send_bytes(buf)
            return
        left = memoryview(_LENGTH.pack(len(buf)) + buf)
        while left:
            try:
                left = left[os.write(self._requests.fileno(), left) :]
            except BlockingIOError:
                self._look()
                self._wait_for_room()

    def recv_bytes(self, maxlength: int | None = None) -> bytes:
        """The next frame. Raises OSError where it is longer than `maxlength`, EOFError where the worker is gone, and
        what `look` raises.
        """
        self._look()
        if sys.platform == "win32":  # a pipe of messages: what has begun to arrive is there as a whole
            while not self._arrived():
                self._look()
            return self._answers.recv_bytes(maxlength)
        (length,) = _LENGTH.unpack(self._exactly(_LENGTH.size))
        if length < 0 or (maxlength is not None and length > maxlength):
            raise OSError("a frame of a wrong length")
        return self._exactly(length)

    def _exactly(self, length: int) -> bytes:
        """So many bytes; room is taken as they arrive, not as they are promised."""
        received = bytearray()
        while len(received) < length:
            try:
                piece = os.read(self._answers.fileno(), min(length - len(received), _PIECE))
            except BlockingIOError:
                self._look()
                self._arrived()
                continue
            if not piece:
                raise EOFError
            received += piece
        return bytes(received)

    def _arrived(self) -> bool:
        """Wait a moment for something to read. Raises EOFError where there will be nothing."""
        ready = wait([self._answers, self._ended], TICK)
        if ready and self._answers not in ready:
            raise EOFError
        return bool(ready)

    def _wait_for_room(self) -> None:
        """Wait a moment until more can be sent. Raises BrokenPipeError where nobody will take it."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._requests, selectors.EVENT_WRITE)
            selector.register(self._ended, selectors.EVENT_READ)
            ready = {key.fd for key, _ in selector.select(TICK)}
        if self._ended in ready:
            raise BrokenPipeError
