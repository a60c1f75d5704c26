"""How documents hang together in content: translations, transcripts, abstracts, versions and what cites what."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum

from archive import custody, documents, meta
from archive.connect import Database, writing
from archive.errors import InvalidValue, NoSuchRecord


class Link(StrEnum):
    """How a document stands to another, or to a cited work that the archive does not hold."""

    TRANSLATION = "translation of"
    TRANSCRIPT = "transcript of"
    ABSTRACT = "abstract of"
    VERSION = "version of"
    QUOTATION = "quotation of"
    CITES = "cites"


RENDERS = frozenset({Link.TRANSLATION, Link.TRANSCRIPT, Link.ABSTRACT, Link.VERSION, Link.QUOTATION})
"""Links by which a document says no more than the other: it is never another source."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A link from one record to another; each a UUID of a document or of a cited work."""

    document: str
    relation: Link
    other: str


def add(db: Database, document: str, relation: Link, other: str, *, who: str) -> bool:
    """Link a document to another document or cited work; False where the link is there already.

    Raises NoSuchRecord, and InvalidValue where a document would render itself, directly or through others.
    """
    with writing(db):
        row = documents.get(db, document).row
        known = db.conn.execute(
            "SELECT 1 FROM document WHERE uuid = ?1 UNION SELECT 1 FROM subject WHERE uuid = ?1 AND kind = 'work'",
            (other,),
        ).fetchone()
        if not known:
            raise NoSuchRecord(id=other)
        if any(
            (one.document, one.relation, one.other) == (document, relation, other) for one in of_document(db, document)
        ):
            return False
        if other == document or (relation in RENDERS and _leads_to(db, other, document)):
            raise InvalidValue(field="relation", value=str(relation), why="the document would render itself")
        db.conn.execute(
            "INSERT INTO document_link (document, relation, other, created, who) VALUES (?, ?, ?, ?, ?)",
            (row, str(relation), other, meta.now(), who),
        )
        custody.record(db, "linked", document, {"relation": str(relation), "other": other}, who)
        return True


def remove(db: Database, document: str, relation: Link, other: str, *, who: str) -> bool:
    """Take a link away; False where there is none."""
    with writing(db):
        row = documents.get(db, document).row
        gone = db.conn.execute(
            "DELETE FROM document_link WHERE document = ? AND relation = ? AND other = ?", (row, str(relation), other)
        )
        if gone.rowcount:
            custody.record(db, "link removed", document, {"relation": str(relation), "other": other}, who)
        return bool(gone.rowcount)


def of_document(db: Database, document: str) -> tuple[Linked, ...]:
    """The links of a document, those that others have to it included."""
    rows = db.conn.execute(
        "SELECT d.uuid, l.relation, l.other FROM document_link AS l JOIN document AS d ON d.row = l.document"
        " WHERE d.uuid = ?1 OR l.other = ?1 ORDER BY l.rowid",
        (document,),
    )
    return tuple(Linked(row[0], Link(row[1]), row[2]) for row in rows)


def _leads_to(db: Database, document: str, wanted: str) -> bool:
    """Whether a document renders another, directly or through others."""
    found = db.conn.execute(
        "WITH RECURSIVE line (uuid) AS (SELECT ?1 UNION SELECT l.other FROM line"
        " JOIN document AS d ON d.uuid = line.uuid JOIN document_link AS l ON l.document = d.row"
        " WHERE l.relation IN (SELECT value FROM json_each(?3))) SELECT 1 FROM line WHERE uuid = ?2",
        (document, wanted, json.dumps(sorted(RENDERS))),
    ).fetchone()
    return found is not None


def rendered(db: Database, document: str) -> str:
    """What a document renders in the end: itself, or what it is a translation, transcript, abstract or version of."""
    seen = {document}
    marks = ",".join("?" * len(RENDERS))
    while True:
        row = db.conn.execute(
            "SELECT l.other FROM document_link AS l JOIN document AS d ON d.row = l.document"
            f" WHERE d.uuid = ? AND l.relation IN ({marks}) ORDER BY l.rowid LIMIT 1",
            (document, *map(str, sorted(RENDERS))),
        ).fetchone()
        if row is None or row[0] in seen:
            return document
        document = row[0]
        seen.add(document)
