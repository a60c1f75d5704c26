"""Passages: a stretch of a document's text as a source quotes it, and where it stands in a newer version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from archive import texts
from archive.connect import Database
from archive.documents import get
from archive.errors import InvalidValue

AROUND = 30
"""Code points kept on each side of a quote."""
LONGEST = 8_000


class Cited(Protocol):
    """What keeps a passage: a source of a fact, or a reader's note. Offsets and quote as in Source."""

    @property
    def document(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def quote(self) -> str: ...
    @property
    def before(self) -> str: ...
    @property
    def after(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Quoted:
    """What stands at a place: the page it begins on (0 without pages), the quote, and its surroundings."""

    page: int
    quote: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a source's passage stands in the current text: `start` and `end` in code points, or `lost`.

    `moved` says that the current version is not the one it was quoted from.
    """

    version: int
    start: int
    end: int
    moved: bool
    lost: bool = False


def quoted(db: Database, document: str, version: int, start: int, end: int) -> Quoted:
    """Read a passage. Raises NoSuchRecord, and InvalidValue where the text has no such stretch."""
    kept = get(db, document)
    if not 0 <= start < end or end - start > LONGEST:
        raise InvalidValue(field="passage", value=f"{start}-{end}", why=f"not a stretch of 1 to {LONGEST} characters")
    first, text, page = -1, "", 0
    for row in texts.rows_between(db, kept.row, version, max(0, start - AROUND), end + AROUND):
        first = row.start if first < 0 else first
        text += row.text
        if row.start <= start:
            page = row.page
    if first < 0 or end > first + len(text):
        raise InvalidValue(field="passage", value=f"{start}-{end}", why="the text ends before")
    start, end = start - first, end - first
    return Quoted(page, text[start:end], text[max(0, start - AROUND) : start], text[end : end + AROUND])


def matches(db: Database, source: Cited) -> bool:
    """Whether the passage still stands in its text version as it was quoted."""
    try:
        stands = quoted(db, source.document, source.version, source.start, source.end)
    except InvalidValue:
        return False
    return stands.quote == source.quote


def anchored(db: Database, source: Cited) -> Anchor:
    """Find a source's passage in its document's current text: the same words, where their surroundings fit best."""
    document = get(db, source.document)
    if document.text_version == source.version:
        return Anchor(source.version, source.start, source.end, moved=False)
    return found(texts.read(db, document.row, document.text_version), document.text_version, source)


def found(text: str, version: int, source: Cited) -> Anchor:
    """Find a passage in another text version: the same words, where their surroundings fit best."""
    best, where, at = -1, -1, text.find(source.quote)
    while at >= 0:
        end = at + len(source.quote)
        fit = _common(text[max(0, at - AROUND) : at][::-1], source.before[::-1])
        fit += _common(text[end : end + len(source.after)], source.after)
        if fit > best:
            best, where = fit, at
        at = text.find(source.quote, at + 1)
    if where < 0:
        return Anchor(version, 0, 0, moved=True, lost=True)
    return Anchor(version, where, where + len(source.quote), moved=True)


def _common(one: str, other: str) -> int:
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length
