"""The records that cross threads and packages: frozen, slotted dataclasses, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How well the text of a document was obtained."""

    GOOD = "good"
    POOR = "poor"
    NONE = "none"


class Confidentiality(StrEnum):
    """Who may see a record, from everyone to the desk alone."""

    PUBLIC = "public"
    RESTRICTED = "restricted"
    CONFIDENTIAL = "confidential"


class Relation(StrEnum):
    """How a document hangs on another."""

    ATTACHMENT = "attachment"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about a document; every field may be empty, and empty means "not recorded".

    `published` is EDTF (`2015`, `2015-10-17?`, `2014/2016`); `published_words` is the date as the source words it.
    `language` is BCP 47; `countries` are ISO 3166-1 alpha-2 codes; `type` is a code such as `article` or `abstract of`.
    """

    title: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    published: str = ""
    published_words: str = ""
    language: str = ""
    countries: tuple[str, ...] = ()
    source_url: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One source document as the archive knows it.

    `id` is the random UUID that other records and people use; `row` is the number inside this file only.
    `sha256` is that of its bytes in hex (of the canonical JSON for a post inside a list). `earliest` and `latest`
    are ISO days, empty without a date. `received` is an ISO time in UTC. `reason` says why the verdict is not good,
    `detail` the reader's own words on that.
    """

    id: str
    row: int
    sha256: str
    metadata: Metadata
    earliest: str
    latest: str
    confidentiality: Confidentiality
    received: str
    media_type: str
    size: int
    text_version: int
    extractor: str
    verdict: Verdict
    reason: str
    pages: int
    characters: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A name a document came under, relative to its import root; `raw` holds the bytes where they are not UTF-8."""

    shown: str
    raw: bytes | None
    seen: str


@dataclass(frozen=True, slots=True)
class Kin:
    """A parent or child of a document: its id and title, how it hangs there, and under which name."""

    id: str
    title: str
    relation: Relation
    name: str


@dataclass(frozen=True, slots=True)
class TextRow:
    """One stored piece of a text version: at most a page or about 8 KB.

    `start` counts Unicode code points from the beginning of the text; the texts of all rows joined are the text.
    `page` is 1-based, or 0 where the format has no pages.
    """

    row: int
    page: int
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document: offsets count code points of the stored text of that version, end exclusive."""

    document: str
    version: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the change feed: a record was added, altered or removed. `kind` is `document` so far."""

    seq: int
    kind: str
    record: str
