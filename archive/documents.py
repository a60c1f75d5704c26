"""Documents: adding, finding and correcting the records of source documents, each change with its history."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from archive import custody, meta, texts
from archive.connect import Database, writing
from archive.dates import span
from archive.errors import AmbiguousId, InvalidValue, NoSuchRecord
from archive.reading.result import Reading
from archive.records import Confidentiality, Document, Kin, Metadata, Name, Relation, Verdict

COLUMNS = (
    "d.uuid, d.row, d.sha256, d.title, d.authors, d.publisher, d.published, d.published_words, d.language,"
    " d.countries, d.source_url, d.type, d.earliest, d.latest, d.confidentiality, d.received, d.media_type, d.size,"
    " d.text_version, t.extractor, t.verdict, t.reason, t.pages, t.characters"
)
FROM = "FROM document AS d LEFT JOIN text_version AS t ON t.document = d.row AND t.version = d.text_version"
COUNTRY = re.compile(r"[A-Z]{2}")
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Correction:
    """One field of a document that was changed: by which desk, when, and the values before and after."""

    field: str
    old: str
    new: str
    at: str
    who: str


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
    metadata, dropped = _acceptable(reading.metadata)
    earliest, latest = span(metadata.published)
    identity, received = str(uuid.uuid4()), meta.now()
    inserted = db.table("document").insert(
        {
            "uuid": identity,
            "sha256": sha256,
            **_columns(metadata),
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
    db.conn.execute("UPDATE document SET open = ? WHERE row = ? AND open != ?", (int(is_open), row, int(is_open)))


def unfinished(db: Database) -> tuple[str, ...]:
    """The ids of containers whose members were not all committed when an import was interrupted."""
    return tuple(row[0] for row in db.conn.execute("SELECT uuid FROM document WHERE open ORDER BY row"))


def get(db: Database, identity: str) -> Document:
    """The document with this UUID. Raises NoSuchRecord."""
    for document in iterate(db, [identity]):
        return document
    raise NoSuchRecord(id=identity)


def by_hash(db: Database, sha256: str) -> Document | None:
    """The document with these bytes, if there is one."""
    row = db.conn.execute(f"SELECT {COLUMNS} {FROM} WHERE d.sha256 = ?", (sha256,)).fetchone()
    return from_row(row) if row else None


def iterate(db: Database, identities: Sequence[str]) -> Iterator[Document]:
    """The documents with these UUIDs, in the order given; those that are gone are left out."""
    for identity in identities:
        row = db.conn.execute(f"SELECT {COLUMNS} {FROM} WHERE d.uuid = ?", (identity,)).fetchone()
        if row:
            yield from_row(row)


def everything(db: Database) -> Iterator[Document]:
    """All documents, by earliest date and then in the order received; undated ones last."""
    order = "ORDER BY d.earliest = '', d.earliest, d.row"
    for row in db.conn.execute(f"SELECT {COLUMNS} {FROM} {order}"):
        yield from_row(row)


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
    rows = db.conn.execute(
        "SELECT n.shown, n.raw, n.seen FROM document AS d CROSS JOIN document_name AS n ON n.document = d.row"
        " WHERE d.uuid = ? ORDER BY n.rowid",
        (identity,),
    )
    return tuple(Name(*row) for row in rows)


def parents(db: Database, identity: str) -> tuple[Kin, ...]:
    """The documents this one was found in."""
    return _kin(db, identity, "child", "parent")


def children(db: Database, identity: str) -> tuple[Kin, ...]:
    """The documents found in this one."""
    return _kin(db, identity, "parent", "child")


def count(db: Database) -> int:
    """How many documents the archive holds."""
    return int(db.conn.execute("SELECT count(*) FROM document").fetchone()[0])


def without_text(db: Database) -> tuple[tuple[str, str, Verdict, str], ...]:
    """Documents whose text could not be obtained well, as (UUID, title, verdict, reason): the worst first."""
    rows = db.conn.execute(
        "SELECT d.uuid, d.title, t.verdict, t.reason FROM text_version AS t CROSS JOIN document AS d"
        " ON d.row = t.document AND d.text_version = t.version"
        " WHERE t.verdict != 'good' ORDER BY t.verdict, d.title"
    )
    return tuple((row[0], row[1], Verdict(row[2]), row[3]) for row in rows)


def correct(
    db: Database,
    identity: str,
    metadata: Metadata,
    *,
    who: str,
    confidentiality: Confidentiality | None = None,
) -> Document:
    """Replace a document's metadata; what differs goes into its history and the custody log.

    Raises NoSuchRecord and InvalidValue (date, language, country); then nothing is changed.
    """
    check(metadata)
    with writing(db):
        document = get(db, identity)
        old = {**_columns(document.metadata), "confidentiality": str(document.confidentiality)}
        new = {**_columns(metadata), "confidentiality": str(confidentiality or document.confidentiality)}
        altered = sorted(name for name in new if new[name] != old[name])
        if altered:
            earliest, latest = span(metadata.published)
            db.table("document").update(document.row, {**new, "earliest": earliest, "latest": latest})
            at = meta.now()
            db.table("document_history").insert_all(
                {
                    "document": document.row,
                    "field": name,
                    "old": old[name],
                    "new": new[name],
                    "at": at,
                    "who": who,
                }
                for name in altered
            )
            custody.record(db, "corrected", identity, {name: new[name] for name in altered}, who)
        return get(db, identity)


def history(db: Database, identity: str) -> tuple[Correction, ...]:
    """Every correction of the document, oldest first."""
    rows = db.conn.execute(
        "SELECT h.field, h.old, h.new, h.at, h.who FROM document AS d CROSS JOIN document_history AS h"
        " ON h.document = d.row WHERE d.uuid = ? ORDER BY h.id",
        (identity,),
    )
    return tuple(Correction(*row) for row in rows)


def check(metadata: Metadata) -> None:
    """Raise InvalidValue where a field of `metadata` cannot be kept as it is."""
    span(metadata.published)
    if metadata.language and not LANGUAGE.fullmatch(metadata.language):
        raise InvalidValue(field="language", value=metadata.language, why="not a BCP 47 language tag")
    for code in metadata.countries:
        if not COUNTRY.fullmatch(code):
            raise InvalidValue(field="countries", value=code, why="not an ISO 3166-1 code of two capital letters")


def _acceptable(metadata: Metadata) -> tuple[Metadata, list[str]]:
    """The metadata without the fields that cannot be kept, and what those were."""
    kept: dict[str, Any] = {field.name: getattr(metadata, field.name) for field in fields(metadata)}
    dropped = []
    for name, empty in (("published", ""), ("language", ""), ("countries", ())):
        try:
            check(Metadata(**{name: kept[name]}))
        except InvalidValue:
            dropped.append(f"{name}: {kept[name]}")
            kept[name] = empty
    return Metadata(**kept), dropped


def _columns(metadata: Metadata) -> dict[str, str]:
    columns: dict[str, str] = {}
    for field in fields(metadata):
        value = getattr(metadata, field.name)
        columns[field.name] = json.dumps(value, ensure_ascii=False) if isinstance(value, tuple) else value
    return columns


def _insert_name(db: Database, row: int, name: Name) -> None:
    db.table("document_name").insert({"document": row, "shown": name.shown, "raw": name.raw, "seen": name.seen})


def _kin(db: Database, identity: str, here: str, there: str) -> tuple[Kin, ...]:
    rows = db.conn.execute(
        f"SELECT o.uuid, o.title, p.relation, p.name FROM document AS d"
        f" CROSS JOIN document_parent AS p ON p.{here} = d.row CROSS JOIN document AS o ON o.row = p.{there}"
        f" WHERE d.uuid = ? ORDER BY p.rowid",
        (identity,),
    )
    return tuple(Kin(row[0], row[1], Relation(row[2]), row[3]) for row in rows)


def from_row(row: Sequence[Any]) -> Document:
    """The document in a row of COLUMNS."""
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
    )
