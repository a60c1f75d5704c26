"""The records of a notebook that cross threads and packages: frozen, slotted dataclasses, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Colour(StrEnum):
    """What a passage is highlighted with."""

    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    PINK = "pink"


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that a note is anchored to; offsets, quote and surroundings as in `archive.cases.records.Source`."""

    document: str
    version: int
    start: int
    end: int
    quote: str
    before: str = ""
    after: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    """Words on a record, or on a passage of a document; a highlight where `colour` is set: then `text` may be empty.

    `record` is the UUID of a document, case or other subject. `revision` grows with every change.
    """

    id: str
    record: str
    passage: Passage | None
    text: str
    colour: Colour | None
    tags: tuple[str, ...]
    created: str
    changed: str
    revision: int


@dataclass(frozen=True, slots=True)
class Collection:
    """Records that belong together, by their UUIDs in the reader's order."""

    id: str
    name: str
    about: str
    records: tuple[str, ...]
    created: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A query of the past, newest first where several are given."""

    id: int
    text: str
    at: str


@dataclass(frozen=True, slots=True)
class Saved:
    """A query kept under a name."""

    id: str
    name: str
    text: str
    created: str


@dataclass(frozen=True, slots=True)
class Export:
    """That something left the archive as a file that is not protected: what, in which form, and which records."""

    id: str
    what: str
    form: str
    records: tuple[str, ...]
    at: str
