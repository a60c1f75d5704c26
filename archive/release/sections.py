"""The sections a release consists of: which tables and columns of an archive belong to them, and which stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

STAYS = frozenset(
    {"_sqlite_migrations", "barred", "change", "erasure", "release_line", "release_record", "sqlite_sequence"}
)
"""Tables of an archive that never enter a release: how the file came about, what is derived when one is made, what bars
withdrawn bytes, and the keys and records of releases."""
STAYING_COLUMNS = {
    "document": {"row", "open"},
    "document_name": {"document"},
    "document_history": {"id", "document"},
    "text_row": {"body"},
    "subject": {"row"},
    "fact": {"row"},
    "source": {"row"},
    "term_label": {"vocabulary", "code"},
    "term_mapping": {"vocabulary", "code"},
    "original": {"token", "chunks", "codec", "first_volume"},
    "custody": {"seq", "commitment", "previous", "hash"},
    "custody_content": {"seq"},
}
"""Columns that say where a record lies in its file, or that follow from the rest when it is written."""
NOTES = "release notes"
"""Under which name an archive keeps what its publisher says of the release."""
META = ("archive", "format", "readable_from", NOTES, "vocabularies")
"""The named values of an archive that belong to its content."""


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of record: the table it lies in, its columns, and those by which one record is told from another.

    `references` are the columns that hold a row number of another table, and that table: in a record stands its UUID.
    `blobs` are columns of bytes, in a record as hex. `parts` are tables whose rows are part of a record, as a list of
    lists of their columns.
    """

    table: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    references: Mapping[str, str] = field(default_factory=dict)
    blobs: frozenset[str] = frozenset()
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def _section(table: str, key: str, columns: str, **others: str | Mapping[str, str]) -> Section:
    given: dict[str, Mapping[str, str]] = {name: one for name, one in others.items() if not isinstance(one, str)}
    return Section(
        table,
        tuple(key.split()),
        tuple(columns.split()),
        given.get("references", {}),
        frozenset(str(others.get("blobs", "")).split()),
        {name: tuple(one.split()) for name, one in given.get("parts", {}).items()},
    )


_ALL = (
    _section("meta", "key", "key value"),
    _section(
        "document",
        "uuid",
        "uuid sha256 title authors publisher published published_words earliest latest language countries source_url"
        " type confidentiality received media_type size text_version",
        parts={"document_name": "shown raw seen", "document_history": "field old new at who"},
        blobs="raw",
    ),
    _section(
        "document_parent",
        "child parent relation name",
        "child parent relation name",
        references={"child": "document", "parent": "document"},
    ),
    _section(
        "text_version",
        "document version",
        "document version sha256 extractor created verdict reason detail notes pages characters",
        references={"document": "document"},
    ),
    _section(
        "text_row",
        "document version row",
        "document version row page start text",
        references={"document": "document"},
    ),
    _section(
        "document_link",
        "document relation other",
        "document relation other created who",
        references={"document": "document"},
    ),
    _section("original", "sha256", "sha256 size"),
    _section(
        "subject",
        "uuid",
        "uuid kind code parent label confidentiality merged created who",
        references={"parent": "subject", "merged": "subject"},
    ),
    _section(
        "fact",
        "uuid",
        "uuid subject field value as_of state state_reason replaced_by assessment assessment_reason confidentiality"
        " created who salt",
        references={"subject": "subject"},
        blobs="salt",
    ),
    _section(
        "source",
        "uuid",
        "uuid fact document version start end page quote before after language chain stance date_words hedge note"
        " state created who salt",
        references={"fact": "fact", "document": "document"},
        blobs="salt",
    ),
    _section("not_same", "one other", "one other reason created who"),
    _section("merge", "id", "id kept gone reason moved created who undone"),
    _section(
        "term",
        "vocabulary code",
        "vocabulary code broader status replaced_by",
        parts={"term_label": "language role text", "term_mapping": "scheme notation match"},
    ),
    _section("tombstone", "record", "record at reason"),
    _section("stripped", "document", "document at reason"),
    _section("custody", "document nth", "document nth at who action salt content", blobs="salt"),
)
SECTIONS = {section.table: section for section in _ALL}
"""All sections by name, each after those its records name."""
RELEASED = frozenset(SECTIONS) | {part for section in _ALL for part in section.parts} | {"custody_content"}
"""Tables of an archive whose rows belong to a release."""
