"""Readers that do to a worker what hostile files do; they are named to it in place of real ones."""

from __future__ import annotations

import os
import signal
import struct
import time
from pathlib import Path

from archive.reading import wire
from archive.reading.result import Member, Page, Reading
from archive.reading.source import Sink, Source
from archive.records import Relation

TEXT = {"text/plain": "tests.archive.reading.hostile:obey"}


def obey(source: Source, sink: Sink) -> Reading:
    """Do what the file says; any other file is read as ASCII."""
    order = source.bytes(1 << 30)
    if order.startswith(b"please "):
        ORDERS[order.split()[1].decode()](source, sink)
    return Reading(source.media_type, pages=(Page(0, f"{os.getpid()} read {order[:40].decode('ascii')}"),))


def loop(source: Source, sink: Sink) -> None:
    while True:
        pass


def sleep(source: Source, sink: Sink) -> None:
    time.sleep(600)


def allocate(source: Source, sink: Sink) -> None:
    held = []
    while True:
        held.append(bytearray(64 << 20))


def kill(source: Source, sink: Sink) -> None:
    sink.member(Member("before", None, Relation.MEMBER), [b"whole"])
    taking = sink.begin(Member("during", None, Relation.MEMBER))
    assert taking
    taking.write(b"half")
    os.kill(os.getpid(), signal.SIGKILL)


def abort(source: Source, sink: Sink) -> None:
    os.abort()


def leave(source: Source, sink: Sink) -> None:
    raise SystemExit(0)


def write(source: Source, sink: Sink) -> None:
    place = Path(os.environ["HOSTILE_FILE"])
    with place.open("wb") as file:
        file.write(b"secret")


def speak(source: Source, sink: Sink) -> None:
    os.write(1, b"secret on stdout\n")
    os.write(2, b"secret on stderr\n")


def wait(source: Source, sink: Sink) -> None:
    taking = sink.begin(Member("slow", None, Relation.MEMBER))
    assert taking
    taking.write(b"first")
    time.sleep(600)


def flood(source: Source, sink: Sink) -> None:
    """Members without end, past the sink that would stop them."""
    while True:
        sink._program.tell(wire.send_member, Member("more", None, Relation.MEMBER))  # type: ignore[attr-defined]
        sink._program.tell(wire.send, "ended", complete=True, reason="")  # type: ignore[attr-defined]


def babble(source: Source, sink: Sink) -> None:
    """Frames that are none."""
    sink._program._answers.send_bytes(b"\x80\x04\x95 not a header")  # type: ignore[attr-defined]
    time.sleep(600)


def _put(sink: Sink, data: bytes) -> None:
    """Bytes into the pipe as they are, past the framing."""
    os.write(sink._program._answers.fileno(), data)  # type: ignore[attr-defined]


def stall(source: Source, sink: Sink) -> None:
    """Stop for good in the midst of a frame, with a process that holds the pipe open."""
    if not os.fork():
        time.sleep(30)
        os._exit(0)
    _put(sink, struct.pack("!i", 1000) + b'{"kind": "reading"')
    os.kill(os.getpid(), signal.SIGSTOP)


def trickle(source: Source, sink: Sink) -> None:
    """A frame that never ends, and is never silent either."""
    _put(sink, struct.pack("!i", 1 << 20))
    while True:
        _put(sink, b" ")
        time.sleep(0.02)


def ask(source: Source, sink: Sink) -> None:
    """Ask for more of the file and stop before it can come."""
    sink._program.tell(wire.send, "more", start=0)  # type: ignore[attr-defined]
    os.kill(os.getpid(), signal.SIGSTOP)


def promise(source: Source, sink: Sink) -> None:
    """The beginning of a frame far longer than any may be."""
    _put(sink, struct.pack("!i", (1 << 31) - 1) + bytes(1 << 16))
    time.sleep(600)


def name(source: Source, sink: Sink) -> None:
    """A member with a name longer than any may be, past the sink that would shorten it."""
    member = Member("n" * (wire.STRING + 1), None, Relation.MEMBER)
    sink._program.tell(wire.send_member, member)  # type: ignore[attr-defined]
    time.sleep(600)


def crowd(source: Source, sink: Sink) -> None:
    """Names that are each short enough, and together more than the program could hold."""
    member = Member("n" * wire.STRING, bytes(wire.RAW_NAME), Relation.MEMBER)
    while sink.member(member, []):
        pass


ORDERS = {
    order.__name__: order
    for order in (
        *(loop, sleep, allocate, kill, abort, leave, write, speak, wait, flood, babble),
        *(stall, trickle, ask, promise, name, crowd),
    )
}


def fail(source: Source, sink: Sink) -> Reading:
    """Any file is too much: a reader as it was before its fault was found."""
    os.abort()
