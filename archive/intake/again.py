"""Reading again: which readings are not the last word on a document, and what a later one changes in its record."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, auto

from archive import corrections, custody, documents, texts
from archive.connect import Database
from archive.gaps import WITHOUT_TEXT
from archive.intake import kinds
from archive.reading.result import Reading
from archive.records import Document, Verdict

# Reasons and notes that say of the machine and the limits what another day, or another place in a tree, may change.
LIMITS = frozenset(
    {
        *("timeout", "crashed", "memory", "reader-missing", "too-large", "text-limit"),
        *("depth-limit", "members-limit", "size-limit", "bomb-ratio"),
    }
)


class Came(Enum):
    """What came of reading a document again."""

    SAME = auto()
    TAKEN = auto()  # the text, or what is said of it, is another: a new version was added
    WORSE = auto()  # it gave less than the version at hand, which stays


def limited(reading: Reading) -> bool:
    """Whether a limit or a crash ended this reading."""
    return _limited(reading.reason, reading.notes)


def is_provisional(db: Database, document: Document) -> bool:
    """Whether a limit or a crash ended the last reading of a document."""
    notes = texts.notes(db, document.row, document.text_version)
    return document.verdict is not Verdict.GOOD and _limited(document.reason, notes)


def take(db: Database, document: Document, reading: Reading, who: str) -> Came:
    """Keep a later reading of a document's bytes unless it gives less; part of the caller's transaction.

    Versions of the text stay, and so does what was recorded: only what is lacking, or was made up from the file's name
    and type, is filled in. Custody says what was taken.
    """
    if _worse(db, document, reading):
        return Came.WORSE
    if texts.holds(db, document.row, document.text_version, reading):
        return Came.SAME
    version = texts.add(db, document.row, reading)
    name = documents.names(db, document.id)[0].shown
    filled = corrections.complete(db, document, kinds.completed(reading, name), _made_up(document, name))
    content: dict[str, str | int] = {"version": version, "verdict": str(reading.verdict)}
    if reading.reason:
        content["reason"] = reading.reason
    if reading.extractor:
        content["extractor"] = reading.extractor
    custody.record(db, "read again", document.id, {**content, **filled}, who)
    return Came.TAKEN


def _limited(reason: str, notes: Iterable[str]) -> bool:
    return reason in LIMITS or not LIMITS.isdisjoint(notes)


def _worse(db: Database, document: Document, reading: Reading) -> bool:
    """Whether a reading gives less than the one at hand: a worker's failure must not hide a text."""
    if limited(reading) and not is_provisional(db, document):
        return True
    if reading.verdict is not Verdict.NONE:
        return False
    if document.verdict is not Verdict.NONE:
        return True
    return reading.reason not in WITHOUT_TEXT and document.reason in WITHOUT_TEXT


def _made_up(document: Document, name: str) -> set[str]:
    """The fields that hold only what the program derived from the name and the type of the file."""
    made = {"title": kinds.title(name), "type": kinds.of(document.media_type)}
    return {field for field, value in made.items() if getattr(document.metadata, field) == value}
