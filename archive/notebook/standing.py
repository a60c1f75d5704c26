"""What became of the passage a note is anchored to, in the archive as it is now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from archive import documents, texts
from archive.cases import passages
from archive.connect import Database
from archive.errors import InvalidValue, NoSuchRecord
from archive.notebook.records import Note, Passage


class State(StrEnum):
    """Whether a passage stands as it was quoted, was found again elsewhere, is lost, or its document is gone."""

    STANDS = "stands"
    MOVED = "moved"
    LOST = "lost"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a note's passage is now: code points of the text `version`, all 0 where it is lost or gone."""

    state: State
    version: int = 0
    start: int = 0
    end: int = 0
    page: int = 0

    @property
    def span(self) -> tuple[int, int] | None:
        """Where it is found in the current text, in code points."""
        return (self.start, self.end) if self.end else None


def standing(archive: Database, note: Note) -> Standing | None:
    """What became of a note's passage; None for a note on a whole record.

    That its version has the same number proves nothing: the text that stands there is compared.
    """
    at = note.passage
    if at is None:
        return None
    try:
        document = documents.get(archive, at.document)
    except NoSuchRecord:
        return Standing(State.GONE)
    version = document.text_version
    if version == at.version and _quote(archive, at, version, at.start, at.end) == at.quote:
        return Standing(State.STANDS, version, at.start, at.end, at.page)
    span = found(texts.read(archive, document.row, version), at)
    if span is None:
        return Standing(State.LOST, version)
    page = passages.quoted(archive, at.document, version, span[0], span[0] + 1).page
    return Standing(State.MOVED, version, *span, page)


def found(text: str, at: Passage) -> tuple[int, int] | None:
    """Where the words of a passage stand in another text, in code points; None where they do not.

    Where they do not stand as they were, they are looked for without their spaces: a better extractor breaks lines
    elsewhere. Among several places the one counts whose surroundings fit best.
    """
    if not at.quote.strip():
        return None
    same = passages.found(text, 1, at)
    if not same.lost:
        return same.start, same.end
    places = [place for place, sign in enumerate(text) if not sign.isspace()]
    bare = replace(at, quote=_bare(at.quote), before=_bare(at.before), after=_bare(at.after))
    spaced = passages.found(_bare(text), 1, bare)
    return None if spaced.lost else (places[spaced.start], places[spaced.end - 1] + 1)


def _bare(text: str) -> str:
    return "".join(sign for sign in text if not sign.isspace())


def _quote(archive: Database, at: Passage, version: int, start: int, end: int) -> str:
    try:
        return passages.quoted(archive, at.document, version, start, end).quote
    except InvalidValue:
        return ""
