"""Bytes that a worker asks for, and a sink and a consumer that keep what they are given, for tests of every reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from archive.reading import wire
from archive.reading.result import Member
from archive.reading.source import Consumer, Unreadable


def stored(data: bytes) -> tuple[int, Callable[[int], bytes]]:
    """These bytes as the origin of a file that comes through the pipe."""
    return len(data), lambda start: data[start : start + wire.CHUNK]


@dataclass
class Kept:
    """One member: its bytes so far and how it ended."""

    member: Member
    content: bytes = b""
    complete: bool | None = None
    reason: str = ""

    def write(self, chunk: bytes) -> None:
        assert chunk
        assert self.complete is None
        self.content += chunk

    def close(self, complete: bool, reason: str) -> None:
        assert self.complete is None, "closed twice"
        self.complete, self.reason = complete, reason


@dataclass
class Collected:
    """All members in order."""

    kept: list[Kept] = field(default_factory=list)
    most: int = 1_000_000

    def __call__(self, member: Member) -> Kept:
        self.kept.append(Kept(member))
        return self.kept[-1]

    def begin(self, member: Member) -> Consumer | None:
        return self(member) if len(self.kept) < self.most else None

    def member(self, member: Member, chunks: Iterable[bytes]) -> bool:
        taking = self.begin(member)
        if taking is None:
            return False
        try:
            for chunk in chunks:
                taking.write(chunk)
        except Unreadable as fault:
            taking.close(False, fault.reason)
        except Exception:
            taking.close(False, "damaged")
        else:
            taking.close(True, "")
        return True

    @property
    def contents(self) -> dict[str, bytes]:
        return {kept.member.name: kept.content for kept in self.kept if kept.complete}

    @property
    def reasons(self) -> dict[str, str]:
        return {kept.member.name: kept.reason for kept in self.kept if not kept.complete}
