"""What became of the passage a note is anchored to, in the archive as it is now."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

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
    return standings(archive, (note,))[note.id]


def standings(archive: Database, notes: Iterable[Note]) -> dict[str, Standing | None]:
    """The same of many notes by their ids; the text of a document is read once for all notes on it."""
    told: dict[str, Standing | None] = {}
    by_document: dict[str, list[tuple[str, Passage]]] = {}
    for note in notes:
        told[note.id] = None
        if note.passage is not None:
            by_document.setdefault(note.passage.document, []).append((note.id, note.passage))
    for identity, held in by_document.items():
        try:
            document = documents.get(archive, identity)
        except NoSuchRecord:
            told |= {one: Standing(State.GONE) for one, _ in held}
            continue
        text: Text | None = None
        for one, at in held:
            version = document.text_version
            if version == at.version and _quote(archive, at) == at.quote:
                told[one] = Standing(State.STANDS, version, at.start, at.end, at.page)
                continue
            text = text or Text(texts.read(archive, document.row, version))
            span = text.found(at)
            if span is None:
                told[one] = Standing(State.LOST, version)
            else:
                page = passages.quoted(archive, identity, version, span[0], span[0] + 1).page
                told[one] = Standing(State.MOVED, version, *span, page)
    return told


def renewed(archive: Database, note: Note) -> Passage | None:
    """A note's passage with the surroundings that it has now; None where its words do not stand there any more."""
    at, now = note.passage, standing(archive, note)
    if at is None or now is None or now.span is None:
        return None
    around = passages.quoted(archive, at.document, now.version, *now.span)
    return replace(at, before=around.before, after=around.after)


def is_cut(archive: Database, at: Passage) -> bool:
    """Whether the text that a passage is of says something else in its place: nothing but a withdrawal alters one."""
    there = archive.conn.execute(
        "SELECT 1 FROM text_version AS v JOIN document AS d ON d.row = v.document WHERE d.uuid = ? AND v.version = ?",
        (at.document, at.version),
    ).fetchone()
    return there is not None and _quote(archive, at) != at.quote


class Text:
    """A text in which passages of another one are looked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    def found(self, at: Passage) -> tuple[int, int] | None:
        """Where the words of a passage stand in it, in code points; None where they do not.

        Where they do not stand as they were, they are looked for without their spaces: a better extractor breaks lines
        elsewhere. Among several places the one counts whose surroundings fit best.
        """
        if not at.quote.strip():
            return None
        same = passages.found(self._text, 1, at)
        if not same.lost:
            return same.start, same.end
        text, places = self._without_spaces
        bare = replace(at, quote=_bare(at.quote), before=_bare(at.before), after=_bare(at.after))
        spaced = passages.found(text, 1, bare)
        return None if spaced.lost else (places[spaced.start], places[spaced.end - 1] + 1)

    @cached_property
    def _without_spaces(self) -> tuple[str, array[int]]:
        """The text without its spaces, and where each of its signs stands."""
        return _bare(self._text), array("L", (place for place, sign in enumerate(self._text) if not sign.isspace()))


def _bare(text: str) -> str:
    return "".join(sign for sign in text if not sign.isspace())


def _quote(archive: Database, at: Passage) -> str:
    try:
        return passages.quoted(archive, at.document, at.version, at.start, at.end).quote
    except InvalidValue:
        return ""
