"""The records of casework that cross threads and packages: frozen, slotted dataclasses, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from archive.records import Confidentiality


class Kind(StrEnum):
    """What a subject is."""

    PERSON = "person"
    CASE = "case"
    EVENT = "event"
    ORGANISATION = "organisation"
    PROGRAMME = "programme"
    LAW = "law"
    FIGURE = "figure"
    STATEMENT = "statement"
    RESPONSE = "response"
    TERM = "term"
    WORK = "work"
    """A cited work that the archive does not hold."""


class Stance(StrEnum):
    """How a source stands to a fact."""

    STATES = "states"
    ALLEGES = "alleges"
    BELIEVES = "believes"
    DENIES = "denies"
    NO_RECORD = "finds no record"

    @property
    def asserts(self) -> bool:
        """Whether the source is for the fact, however strongly."""
        return self not in (Stance.DENIES, Stance.NO_RECORD)


class Assessment(StrEnum):
    """The desk's own judgement of a fact."""

    NONE = "not assessed"
    CONFIRMED = "confirmed"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    DOUBTFUL = "doubtful"


class State(StrEnum):
    """Whether a fact stands, or lies apart with its reason."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    CORRECTED = "corrected"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Subject:
    """What facts are about. `code` is a case's label (`C-7K3F2`), empty for others; `parent` is the UUID of the case
    or programme an event belongs to. `label` is derived from the facts, and never to be parsed."""

    id: str
    row: int
    kind: Kind
    code: str
    parent: str
    label: str
    confidentiality: Confidentiality
    created: str
    who: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a chain of attribution: a subject or document by its UUID, or words where there is no record."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class Source:
    """A passage that bears on a fact.

    `start` and `end` count code points of text version `version` of the document; `quote` is what stands there, with
    up to 30 characters on each side. `chain` leads from the document to what it rests on, nearest first; empty where
    the document speaks for itself. `date_words` and `hedge` are the source's own words.
    """

    id: str
    fact: str
    document: str
    version: int
    start: int
    end: int
    page: int
    quote: str
    before: str
    after: str
    language: str
    chain: tuple[Step, ...]
    stance: Stance
    date_words: str
    hedge: str
    note: str
    created: str
    who: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement about a subject: `value` is the canonical text of its field's type (see `archive.cases.values`).

    `as_of` is EDTF or empty. `replaced_by` is the UUID of the fact that took its place, if one did.
    """

    id: str
    subject: str
    field: str
    value: str
    as_of: str
    state: State
    state_reason: str
    replaced_by: str
    assessment: Assessment
    assessment_reason: str
    confidentiality: Confidentiality
    created: str
    who: str
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """Where facts are taken from: a stretch of a document's text and what is said of it. Offsets as in Source."""

    document: str
    version: int
    start: int
    end: int
    language: str = ""
    chain: tuple[Step, ...] = ()
    stance: Stance = Stance.STATES


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact about to be recorded: `value` as typed. `date_words`, `hedge` and `note` belong to its source;
    a `stance` or `chain` of its own overrides the citation's."""

    subject: str
    field: str
    value: str
    as_of: str = ""
    date_words: str = ""
    hedge: str = ""
    note: str = ""
    stance: Stance | None = None
    chain: tuple[Step, ...] | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """What a fact stands on: documents that assert it (a translation or abstract counts as what it renders), the
    origins they rest on in the end, and sources against it."""

    documents: int
    origins: int
    against: int


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of one entry: its fact and source; `folded` where an equal fact was there already."""

    fact: str
    source: str
    folded: bool
