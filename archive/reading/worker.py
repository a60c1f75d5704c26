"""The worker process: confines itself, then reads or draws one file after another as it is asked through its pipe."""

from __future__ import annotations

import dataclasses
import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, BinaryIO

from archive.reading import dispatch, wire
from archive.reading.detect import detect
from archive.reading.limits import Limits, confine, renew_cpu
from archive.reading.pulled import Pulled
from archive.reading.render import Rendering, render_page
from archive.reading.result import Member, Reading
from archive.reading.source import Budget, Consumer, Source, Unreadable
from archive.records import Verdict


class _Program:
    """The program at the other end of the pipes. When it is gone there is nobody to work for, and this process ends."""

    def __init__(self, requests: Connection, answers: Connection) -> None:
        self._requests = requests
        self._answers = answers

    def tell(self, put: Callable[..., None], *words: Any, **fields: Any) -> None:
        """Send one message with the function `put` of `wire`."""
        try:
            put(self._answers, *words, **fields)
        except OSError:
            os._exit(0)

    def asks(self) -> wire.Header:
        """The next request."""
        try:
            return wire.receive(self._requests, wire.REQUEST_LIMIT)
        except (OSError, EOFError):
            os._exit(0)

    def more(self, start: int) -> bytes:
        """The next `wire.CHUNK` bytes from `start` on of the file that is asked about; fewer at its end."""
        self.tell(wire.send, "more", start=start)
        try:
            return self._requests.recv_bytes()
        except (OSError, EOFError):
            os._exit(0)


class _Members:
    """The sink: sends members to the program as long as the budget lasts, and notes when it does not."""

    def __init__(self, program: _Program, budget: Budget) -> None:
        self._program = program
        self._members = budget.members
        self._names = wire.NAMES
        self.bytes = budget.bytes
        self.notes: list[str] = []
        self._sealed = budget.depth <= 0
        self._lost: Counter[str] = Counter()

    def begin(self, member: Member) -> Consumer | None:
        """Send the beginning of a member, or None where the budget is spent."""
        shown = _bounded(member)
        self._names -= wire.length_of_names(shown)
        crowded = self._members <= 0 or self._names < 0
        refusals = {"depth-limit": self._sealed, "size-limit": self.bytes < 0, "members-limit": crowded}
        for limit, reached in refusals.items():
            if reached:
                self.note(limit)
                return None
        self._members -= 1
        self._program.tell(wire.send_member, shown)
        return _Taking(self._program, self)

    def member(self, member: Member, chunks: Iterable[bytes]) -> bool:
        """Send one member; what goes wrong with its bytes stays with it."""
        taking = self.begin(member)
        if taking is None:
            return False
        reason = ""
        try:
            for chunk in chunks:
                taking.write(chunk)
        except Unreadable as fault:
            reason = fault.reason
        except MemoryError:
            reason = "memory"
        except Exception:
            reason = "damaged"
        taking.close(not reason, reason)
        return self.bytes >= 0

    def lost(self, reason: str) -> None:
        """Count a member that is not complete; a bomb is worth a note."""
        self._lost[reason] += 1
        if reason == "bomb-ratio":
            self.note(reason)

    def note(self, code: str) -> None:
        """Add a note to the reading, once."""
        if code not in self.notes:
            self.notes.append(code)

    def noted(self, reading: Reading) -> Reading:
        """The reading with what the sink noticed; a good one is poor where members are missing."""
        if not self.notes and not self._lost:
            return reading
        lost = ", ".join(f"{count} {why}" for why, count in self._lost.most_common())
        reading = dataclasses.replace(
            reading,
            notes=(*reading.notes[: wire.ITEMS - len(self.notes)], *self.notes),
            detail=reading.detail or (f"members missing: {lost}"[:2000] if lost else ""),
        )
        if reading.verdict is not Verdict.GOOD:
            return reading
        reason = self.notes[0] if self.notes else "members-unreadable"
        return dataclasses.replace(reading, verdict=Verdict.POOR, reason=reason)


class _Taking:
    """One member on its way to the program."""

    def __init__(self, program: _Program, members: _Members) -> None:
        self._program = program
        self._members = members

    def write(self, chunk: bytes) -> None:
        """Send bytes of the member. Raises Unreadable where the budget of bytes is spent."""
        self._members.bytes -= len(chunk)
        if self._members.bytes < 0:
            self._members.note("size-limit")
            raise Unreadable("size-limit")
        for start in range(0, len(chunk), wire.CHUNK):
            self._program.tell(wire.send, "chunk", bytes(chunk[start : start + wire.CHUNK]))

    def close(self, complete: bool, reason: str) -> None:
        """Send how the member ended."""
        if not complete:
            self._members.lost(reason)
        self._program.tell(wire.send, "ended", complete=complete, reason=reason[: wire.STRING])


def _bounded(member: Member) -> Member:
    """The member with names of a length that can be sent."""
    return dataclasses.replace(
        member,
        name=dispatch.clean(member.name)[: wire.STRING],
        raw_name=None if member.raw_name is None else member.raw_name[: wire.RAW_NAME],
        media_type=dispatch.clean(member.media_type)[: wire.STRING],
    )


def main(requests: Connection, answers: Connection, limits: Limits, readers: Mapping[str, str], parent: int) -> None:
    """What the process runs until the program closes its end. `readers` go before those of `dispatch`."""
    confine(limits, parent)
    program = _Program(requests, answers)
    while True:
        request = program.asks()
        renew_cpu(limits)
        try:
            if request["kind"] == "render":
                program.tell(wire.send_rendering, _render(program, request, limits))
            else:
                program.tell(wire.send_reading, _read(program, request, limits, readers))
        except MemoryError:
            os._exit(EXIT_MEMORY)


# How this process ends where memory ran out: it may be left in pieces, so a fresh one takes over.
EXIT_MEMORY = 77


def _read(program: _Program, request: wire.Header, limits: Limits, readers: Mapping[str, str]) -> Reading:
    members = _Members(program, wire.read_budget(request))
    source = _source(program, request, limits)
    if isinstance(source, Reading):
        return source
    return members.noted(dispatch.read(source, members, readers, limits.text_bytes))


def _render(program: _Program, request: wire.Header, limits: Limits) -> Rendering:
    source = _source(program, request, limits)
    if isinstance(source, Reading):
        return Rendering(reason=source.reason, detail=source.detail)
    try:
        return render_page(
            source, wire.number(request, "page"), wire.measure(request, "scale"), wire.read_marks(request)
        )
    except Unreadable as fault:
        return Rendering(reason=fault.reason, detail=dispatch.clean(fault.detail)[:2000])
    except MemoryError:
        raise
    except Exception as fault:
        return Rendering(reason="damaged", detail=dispatch.clean(f"{type(fault).__name__}: {fault}")[:2000])


def _source(program: _Program, request: wire.Header, limits: Limits) -> Source | Reading:
    """The file of a request with its type, or the reading that says why it cannot be opened."""
    name = wire.text(request, "name", wire.REQUEST_LIMIT)
    try:
        opener: Callable[[], BinaryIO]
        if request["path"] is None:
            pulled = Pulled(program.more, wire.number(request, "size"), limits.source_bytes)
            size, opener = pulled.size, pulled.open
        else:
            on_disk = Source.of_path(
                Path(os.fsdecode(bytes.fromhex(wire.text(request, "path", wire.REQUEST_LIMIT)))), ""
            )
            size, opener = on_disk.size, on_disk.opener
        media_type = detect(name, size, opener) if size else ""
    except Unreadable as fault:
        return dispatch.failed("", fault.reason, fault.detail)
    except OSError as fault:
        return dispatch.failed("", "cannot-open", fault.strerror or "")
    return Source(name, media_type, size, opener, wire.read_budget(request))
