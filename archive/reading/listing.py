"""What every container has: names in unknown encodings, a listing as its text, and a watch on how far it unpacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO

from archive.reading import charset
from archive.reading.result import Page, Reading
from archive.reading.source import Budget, Source, Unreadable
from archive.records import Verdict

PIECE = 1 << 18


@dataclass(slots=True)
class Ratio:
    """Counts what is unpacked from `packed` bytes."""

    budget: Budget
    packed: int
    unpacked: int = 0
    exceeded: bool = False

    def count(self, size: int) -> None:
        """Count bytes as they come. Raises Unreadable where there are too many for what they were packed in."""
        self.unpacked += size
        if self.unpacked > max(self.budget.ratio_from, self.budget.ratio * self.packed):
            self.exceeded = True
            raise Unreadable("bomb-ratio", f"{self.unpacked} bytes and more out of {self.packed}")


@dataclass(slots=True)
class Listing:
    """The text of a container: a line for each entry with its name, size in bytes and date."""

    lines: list[str] = field(default_factory=list)

    def add(self, name: str, size: int | None, changed: str, remark: str = "") -> None:
        """One entry; directories and links have no size."""
        parts = [name, "" if size is None else f"{size} bytes", changed, remark]
        self.lines.append(" · ".join(part.replace("\n", " ").replace("\r", " ") for part in parts if part))

    def reading(self, source: Source, extractor: str, fault: Unreadable | None) -> Reading:
        """The reading of the container, with what ended it early, if anything did."""
        if fault is not None and not self.lines:
            raise fault
        return Reading(
            media_type=source.media_type,
            pages=(Page(0, "\n".join(self.lines) + "\n"),),
            verdict=Verdict.GOOD if fault is None else Verdict.POOR,
            reason="" if fault is None else fault.reason,
            detail="" if fault is None else fault.detail,
            extractor=extractor,
        )


def unpacked(stream: IO[bytes], *ratios: Ratio) -> Iterator[bytes]:
    """The bytes of a member, counted."""
    while piece := stream.read(PIECE):
        for ratio in ratios:
            ratio.count(len(piece))
        yield piece


def names_encoding(raw_names: Sequence[bytes], usual: str) -> str:
    """The encoding of all names together; `usual` where they do not tell more than a Western single-byte encoding."""
    joined = b"\n".join(raw for raw in raw_names if not raw.isascii())
    if not joined:
        return "utf-8"
    try:
        joined.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        found = charset.detect(joined)
    return usual if found in _WESTERN else found


# What detection answers where nothing speaks for anything else.
_WESTERN = {
    "cp1252",
    "iso8859-1",
    "latin-1",
    "iso8859-15",
    "utf-8",
    "mac_roman",
    "mac-roman",
    "macroman",
    "cp850",
    "cp437",
}


def name_of(raw: bytes, encoding: str) -> tuple[str, bytes | None]:
    """A name to show, and its bytes where they are not UTF-8. It is a label: nothing is ever written under it."""
    try:
        return raw.decode("utf-8"), None
    except UnicodeDecodeError:
        return raw.decode(encoding, "replace"), raw
