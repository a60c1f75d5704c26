"""Documents: adding, finding and correcting the records of source documents, each change with its history."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from archive import custody, meta, texts
from archive.connect import Database
from archive.dates import span
from archive.errors import AmbiguousId, Damaged, NoSuchRecord
from archive.metadata import acceptable, columns
from archive.reading.result import Reading
from archive.records import Confidentiality, Document, Kin, Metadata, Name, Relation, Verdict

COLUMNS = (
    "d.uuid, d.row, d.sha256, d.title, d.authors, d.publisher, d.published, d.published_words, d.language,"
    " d.countries, d.source_url, d.type, d.earliest, d.latest, d.confidentiality, d.received, d.media_type, d.size,"
    " d.text_version, t.extractor, t.verdict, t.reason, t.pages, t.characters, t.detail"
)
FROM = "FROM document AS d LEFT JOIN text_version AS t ON t.document = d.row AND t.version = d.text_version"
_WITHOUT_TEXT = (
    "FROM text_version AS t CROSS JOIN document AS d ON d.row = t.document AND d.text_version = t.version"
    " WHERE t.verdict != 'good'"
)


def add(
    db: Database,
    reading: Reading,
    *,
    sha256: str,
    size: int,
    name: Name,
    confidentiality: Confidentiality,
    who: str,
    open_container: bool = False,
) -> Document:
    """Add a document with its first text version, name and custody entry; part of the caller's transaction.

    Metadata that cannot be kept (no EDTF, no country code) is dropped field by field and noted in the custody entry.
    """
    kept, dropped = acceptable(reading.metadata)
    earliest, latest = span(kept.published)
    identity, received = str(uuid.uuid4()), meta.now()
    inserted = db.table("document").insert(
        {
            "uuid": identity,
            "sha256": sha256,
            **columns(kept),
            "earliest": earliest,
            "latest": latest,
            "confidentiality": str(confidentiality),
            "received": received,
            "media_type": reading.media_type,
            "size": size,
            "text_version": 1,
            "open": int(open_container),
        }
    )
    row = int(inserted.last_rowid or 0)
    texts.add(db, row, reading, received)
    content: dict[str, str | int] = {"name": name.shown, "sha256": sha256, "size": size}
    if dropped:
        content["dropped"] = "; ".join(dropped)
    custody.record(db, "received", identity, content, who)
    _insert_name(db, row, name)
    return get(db, identity)


def add_name(db: Database, document: Document, name: Name, who: str) -> bool:
    """Record another name the same bytes came under; False where it was known. Part of the caller's transaction."""
    known = db.conn.execute(
        "SELECT 1 FROM document_name WHERE document = ? AND shown = ?", (document.row, name.shown)
    ).fetchone()
    if known:
        return False
    _insert_name(db, document.row, name)
    custody.record(db, "received again", document.id, {"name": name.shown, "sha256": document.sha256}, who)
    return True


def add_parent(db: Database, child: int, parent: int, relation: Relation, name: str) -> None:
    """Hang a document on another; nothing happens where it hangs there already. Takes row numbers."""
    db.conn.execute(
        "INSERT OR IGNORE INTO document_parent (child, parent, relation, name) VALUES (?, ?, ?, ?)",
        (child, parent, str(relation), name),
    )


def set_open(db: Database, row: int, is_open: bool) -> None:
    """Mark a container as having members still to come, or as complete."""
    db.conn.execute("UPDATE document SET open = ?1 WHERE row = ?2 AND open != ?1", (int(is_open), row))


def unfinished(db: Database) -> tuple[str, ...]:
    """The ids of containers whose members were not all committed when an import was interrupted."""
    return tuple(row[0] for row in db.conn.execute("SELECT uuid FROM document WHERE open ORDER BY row"))


def get(db: Database, identity: str) -> Document:
    """The document with this UUID. Raises NoSuchRecord."""
    found = _one(db, "uuid", identity)
    if found is None:
        raise NoSuchRecord(id=identity)
    return found


def by_hash(db: Database, sha256: str) -> Document | None:
    """The document with these bytes, if there is one."""
    return _one(db, "sha256", sha256)


def iterate(db: Database, identities: Iterable[str]) -> Iterator[Document]:
    """The documents with these UUIDs, in the order given; those that are gone are left out."""
    return filter(None, (_one(db, "uuid", identity) for identity in identities))


def identities(db: Database) -> tuple[str, ...]:
    """The UUIDs of all documents, in the order received."""
    return tuple(row[0] for row in db.conn.execute("SELECT uuid FROM document ORDER BY row"))


def resolve(db: Database, prefix: str) -> str:
    """The UUID of the one document whose UUID or SHA-256 begins with `prefix` (any case).

    Raises NoSuchRecord and AmbiguousId.
    """
    wanted = prefix.strip().lower()
    if not wanted or not set(wanted) <= set("0123456789abcdef-"):
        raise NoSuchRecord(id=prefix)
    found = db.conn.execute(
        "SELECT uuid FROM document WHERE uuid BETWEEN ?1 AND ?1 || 'g' UNION"
        " SELECT uuid FROM document WHERE sha256 BETWEEN ?1 AND ?1 || 'g' LIMIT 3",
        (wanted,),
    ).fetchall()
    if not found:
        raise NoSuchRecord(id=prefix)
    if len(found) > 1:
        raise AmbiguousId(id=prefix, count=len(found))
    return str(found[0][0])


def names(db: Database, identity: str) -> tuple[Name, ...]:
    """Every name the document came under, in the order seen."""
    return tuple(Name(*row) for row in _rows(db, identity, "document_name", "shown, raw, seen"))


def parents(db: Database, identity: str) -> tuple[Kin, ...]:
    """The documents this one was found in."""
    return _kin(db, identity, "child", "parent")


def children(db: Database, identity: str) -> tuple[Kin, ...]:
    """The documents found in this one."""
    return _kin(db, identity, "parent", "child")


def count(db: Database) -> int:
    """How many documents the archive holds."""
    return int(db.conn.execute("SELECT count(*) FROM document").fetchone()[0])


def count_without_text(db: Database) -> int:
    """How many documents `without_text` would list."""
    return int(db.conn.execute(f"SELECT count(*) {_WITHOUT_TEXT}").fetchone()[0])


def without_text(db: Database) -> tuple[tuple[str, str, Verdict, str], ...]:
    """Documents whose text could not be obtained well, as (UUID, title, verdict, reason): the worst first."""
    rows = db.conn.execute(f"SELECT d.uuid, d.title, t.verdict, t.reason {_WITHOUT_TEXT} ORDER BY t.verdict, d.title")
    return tuple((row[0], row[1], Verdict(row[2]), row[3]) for row in rows)


def _insert_name(db: Database, row: int, name: Name) -> None:
    db.table("document_name").insert({"document": row, "shown": name.shown, "raw": name.raw, "seen": name.seen})


def _one(db: Database, column: str, value: str) -> Document | None:
    """The document with this value in a column where each has its own."""
    row = db.conn.execute(f"SELECT {COLUMNS} {FROM} WHERE d.{column} = ?", (value,)).fetchone()
    return from_row(row) if row else None


def _rows(db: Database, identity: str, table: str, columns: str) -> list[Any]:
    """The rows of one document in another table, in the order they were made."""
    return db.conn.execute(
        f"SELECT {columns} FROM {table} WHERE document = (SELECT row FROM document WHERE uuid = ?) ORDER BY rowid",
        (identity,),
    ).fetchall()


def _kin(db: Database, identity: str, here: str, there: str) -> tuple[Kin, ...]:
    rows = db.conn.execute(
        f"SELECT o.uuid, o.title, p.relation, p.name FROM document AS d"
        f" CROSS JOIN document_parent AS p ON p.{here} = d.row CROSS JOIN document AS o ON o.row = p.{there}"
        f" WHERE d.uuid = ? ORDER BY p.rowid",
        (identity,),
    )
    return tuple(Kin(row[0], row[1], Relation(row[2]), row[3]) for row in rows)


def from_row(row: Sequence[Any]) -> Document:
    """The document in a row of COLUMNS. Raises Damaged where it has no text version."""
    if row[20] is None:
        raise Damaged(path="archive.db", why=f"document {row[0]} lacks its text version")
    metadata = Metadata(
        title=row[3],
        authors=tuple(json.loads(row[4])),
        publisher=row[5],
        published=row[6],
        published_words=row[7],
        language=row[8],
        countries=tuple(json.loads(row[9])),
        source_url=row[10],
        type=row[11],
    )
    return Document(
        id=row[0],
        row=row[1],
        sha256=row[2],
        metadata=metadata,
        earliest=row[12],
        latest=row[13],
        confidentiality=Confidentiality(row[14]),
        received=row[15],
        media_type=row[16],
        size=row[17],
        text_version=row[18],
        extractor=row[19],
        verdict=Verdict(row[20]),
        reason=row[21],
        pages=row[22],
        characters=row[23],
        detail=row[24],
    )
