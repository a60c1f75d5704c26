"""What is put into the index for one record: a document or a subject of casework, brought to the same form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archive import documents
from archive.cases import digests
from archive.cases.digests import Digest
from archive.cases.dockets import Docket
from archive.connect import Database
from archive.records import Document, TextRow
from index import searchable

DOCUMENT = "document"
SINGLE = ("type", "language", "publisher", "kind", "confidentiality", "verdict", "searchable", "missing")
"""Fields of which a record has one value at most."""
CASEWORK = (
    "outcome", "event-type", "method", "channel", "charge", "protection", "programme",
    "host", "origin", "transit", "lure", "resettlement", "unit", "counts",
)  # fmt: skip
"""Fields of casework by which records are found and counted."""
SEVERAL = ("country", "author", *CASEWORK)
"""Fields of which a record may have several values."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A record with all that is to be found of it.

    `archive_row` is its row in the archive's table of its kind, `version` that of its text (0 without versions).
    `published` is EDTF, `earliest` and `latest` are ISO days. `single` and `several` hold the values of SINGLE (in
    their order) and of those of SEVERAL that it has; `pieces` its text. `docket` is that of a case; `called` is how
    somebody is called, whose other names then find what holds one of them, each with whether that is not confidential.
    """

    id: str
    archive_row: int
    version: int
    title: str
    authors: tuple[str, ...]
    publisher: str
    names: Sequence[str]
    published: str
    earliest: str
    latest: str
    single: tuple[str, ...]
    several: Mapping[str, Sequence[str]]
    pieces: Sequence[TextRow]
    docket: Docket | None = None
    called: tuple[tuple[str, bool], ...] = ()

    @property
    def kind(self) -> str:
        """`document`, or the kind of subject."""
        return self.single[SINGLE.index("kind")]

    @property
    def language(self) -> str:
        """BCP 47, or empty."""
        return self.single[SINGLE.index("language")]

    @property
    def type(self) -> str:
        """The type of a document; of a subject its kind."""
        return self.single[SINGLE.index("type")]


def total(archive: Database) -> int:
    """How many records of an archive have a place in its index."""
    return documents.count(archive) + digests.count(archive)


def of_document(document: Document, names: Sequence[str], pieces: Sequence[TextRow]) -> Entry:
    """A document with the names it came under and the pieces of its text."""
    metadata = document.metadata
    return Entry(
        id=document.id,
        archive_row=document.row,
        version=document.text_version,
        title=metadata.title,
        authors=metadata.authors,
        publisher=metadata.publisher,
        names=names,
        published=metadata.published,
        earliest=document.earliest,
        latest=document.latest,
        single=(
            metadata.type,
            metadata.language,
            metadata.publisher,
            DOCUMENT,
            str(document.confidentiality),
            str(document.verdict),
            searchable.searchable(document),
            searchable.missing(document),
        ),
        several={"country": metadata.countries, "author": metadata.authors},
        pieces=pieces,
    )


def of_digest(digest: Digest, docket: Docket | None = None) -> Entry:
    """A subject of casework, a case with its docket: what is recorded about it is its text."""
    subject = digest.subject
    first, last = digest.earliest[:4], digest.latest[:4]
    return Entry(
        id=subject.id,
        archive_row=subject.row,
        version=0,
        title=digest.title,
        authors=(),
        publisher="",
        names=(subject.code,) if subject.code else (),
        published=first if first == last else f"{first}/{last}",
        earliest=digest.earliest,
        latest=digest.latest,
        single=(
            str(subject.kind),
            "",
            "",
            str(subject.kind),
            str(subject.confidentiality),
            "good",
            searchable.IN_FULL,
            "",
        ),
        several={"country": digest.countries, **{code: digest.values.get(code, ()) for code in CASEWORK}},
        pieces=(TextRow(0, 0, 0, digest.text),),
        docket=docket,
        called=digest.names,
    )
