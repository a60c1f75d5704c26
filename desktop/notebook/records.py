"""What the notebook's lane answers: notes with where they stand, and what is said of the records they are on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from archive.notebook.handing.came import Came
from archive.notebook.records import Collection, Note
from archive.notebook.standing import Standing


class Kind(StrEnum):
    """What a record of the archive is, as far as reading it goes."""

    DOCUMENT = "document"
    SUBJECT = "subject"
    FACT = "fact"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Place:
    """A record: what it is called, and the record on whose page it is read."""

    record: str
    title: str
    kind: Kind
    page: str


@dataclass(frozen=True, slots=True)
class Spot:
    """What a new note is to be on: a record, and a passage of its text unless `version` is 0."""

    record: str
    version: int = 0
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Noted:
    """A note, the record it is on, and where its passage stands by now; None for one on the whole record. `came` says
    whose package it came in."""

    note: Note
    place: Place
    standing: Standing | None
    came: Came | None = None

    @property
    def span(self) -> tuple[int, int] | None:
        """Where its passage is found in the current text, in code points."""
        return self.standing.span if self.standing else None


@dataclass(frozen=True, slots=True)
class About:
    """What the notebook says of one record and its facts, and the tags and collections there are."""

    record: str
    notes: tuple[Noted, ...]
    tags: tuple[str, ...]
    collections: tuple[Collection, ...]
    every_tag: tuple[str, ...]
    every_collection: tuple[Collection, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A note as it was kept; `apart` where it stands beside one that another window had changed."""

    noted: Noted
    apart: bool


@dataclass(frozen=True, slots=True)
class Whole:
    """The whole notebook: notes newest first, every tag with how often it is borne, the tags that records bear
    themselves, collections, and what all those records are."""

    notes: tuple[Noted, ...]
    tags: tuple[tuple[str, int], ...]
    borne: dict[str, tuple[str, ...]]
    collections: tuple[Collection, ...]
    places: dict[str, Place]


@dataclass(frozen=True, slots=True)
class Memory:
    """The queries of the past, newest first, and whether further ones are remembered."""

    past: tuple[str, ...]
    on: bool
