"""Tombstones: that a record was withdrawn, when and why, and the keyed hashes that keep its bytes from coming back.

A tombstone holds a record's random UUID, a day and one of four reasons, and nothing that tells what the record was. It
goes into releases. What bars the bytes stays in the working archive: an HMAC-SHA-256 of their SHA-256 under a key of
the archive's own, because a plain hash would confirm a guess of what was withdrawn.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from archive import meta
from archive.connect import Database
from archive.errors import Withdrawn

KEY = "barring key"
"""Under which name `meta` keeps the key; it must enter no release."""


class Reason(StrEnum):
    """Why a record was withdrawn, as partners see it."""

    PERSON = "person"
    """At the request of a person concerned."""
    ERROR = "error"
    LEGAL = "legal"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Tombstone:
    """That the record with this UUID was withdrawn on an ISO day."""

    record: str
    at: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Bar:
    """When (ISO day) and why bytes were barred."""

    at: str
    reason: Reason


def create(db: Database) -> None:
    """Create the tables; part of the caller's transaction."""
    db.table("tombstone").create({"record": str, "at": str, "reason": str}, pk="record", not_null={"at", "reason"})
    db.table("barred").create({"mac": str, "at": str, "reason": str}, pk="mac", not_null={"at", "reason"})
    # documents that stay though their original had to go, because it embedded what was withdrawn
    db.table("stripped").create({"document": str, "at": str, "reason": str}, pk="document", not_null={"at", "reason"})
    # what a withdrawal has still to erase outside of its transaction: chunks, volume, copies, database, derived
    db.table("erasure").create({"step": str, "what": bytes}, pk=("step", "what"))


def today() -> str:
    """The day, in UTC."""
    return meta.now()[:10]


def lay(db: Database, records: Iterable[str], at: str, reason: Reason) -> None:
    """Put a tombstone for each record that has none; part of the caller's transaction."""
    db.conn.executemany(
        "INSERT OR IGNORE INTO tombstone (record, at, reason) VALUES (?, ?, ?)",
        ((record, at, str(reason)) for record in records),
    )


def every(db: Database) -> tuple[Tombstone, ...]:
    """All tombstones, by day and then by UUID."""
    rows = db.conn.execute("SELECT record, at, reason FROM tombstone ORDER BY at, record")
    return tuple(Tombstone(record, at, Reason(reason)) for record, at, reason in rows)


def find(db: Database, identity: str) -> Tombstone | None:
    """The tombstone of one record."""
    row = db.conn.execute("SELECT record, at, reason FROM tombstone WHERE record = ?", (identity,)).fetchone()
    return Tombstone(row[0], row[1], Reason(row[2])) if row else None


def beginning(db: Database, prefix: str) -> tuple[Tombstone, ...]:
    """Up to two tombstones of records whose UUID begins so."""
    rows = db.conn.execute(
        "SELECT record, at, reason FROM tombstone WHERE record BETWEEN ?1 AND ?1 || 'g' LIMIT 2", (prefix,)
    )
    return tuple(Tombstone(record, at, Reason(reason)) for record, at, reason in rows)


def bar(db: Database, hashes: Iterable[str], at: str, reason: Reason) -> None:
    """Keep bytes with these SHA-256 from coming in again; part of the caller's transaction."""
    for sha256 in hashes:
        db.conn.execute("INSERT OR REPLACE INTO barred VALUES (?, ?, ?)", (_mac(db, sha256), at, str(reason)))


def barred(db: Database, sha256: str) -> Bar | None:
    """Whether bytes with this SHA-256 were withdrawn."""
    if not meta.read(db, KEY):
        return None
    row = db.conn.execute("SELECT at, reason FROM barred WHERE mac = ?", (_mac(db, sha256),)).fetchone()
    return Bar(row[0], Reason(row[1])) if row else None


def let_in(db: Database, sha256: str) -> None:
    """Let bytes in again that were withdrawn; the tombstones stay. Part of the caller's transaction."""
    if meta.read(db, KEY):
        db.conn.execute("DELETE FROM barred WHERE mac = ?", (_mac(db, sha256),))


def refuse(db: Database, sha256: str) -> None:
    """Raise Withdrawn for bytes that were withdrawn."""
    found = barred(db, sha256)
    if found is not None:
        raise Withdrawn(id=sha256[:12], at=found.at, reason=str(found.reason))


def strip(db: Database, document: str, at: str, reason: Reason) -> bool:
    """Note that a document's original went because of what it embedded; False where that is noted already. Part of the
    caller's transaction."""
    done = db.conn.execute("INSERT OR IGNORE INTO stripped VALUES (?, ?, ?)", (document, at, str(reason)))
    return bool(done.rowcount)


def stripped(db: Database, document: str) -> Bar | None:
    """When and why a document's original went though the document stays."""
    row = db.conn.execute("SELECT at, reason FROM stripped WHERE document = ?", (document,)).fetchone()
    return Bar(row[0], Reason(row[1])) if row else None


def to_erase(db: Database, *steps: str, what: bytes = b"") -> None:
    """Note what is still to be erased beside the transaction that is under way (see `erasing`)."""
    for step in steps:
        db.conn.execute("INSERT OR IGNORE INTO erasure (step, what) VALUES (?, ?)", (step, what))


def _mac(db: Database, sha256: str) -> str:
    """The keyed hash; makes the archive's key where there is none yet."""
    key = meta.read(db, KEY)
    if not key:
        key = secrets.token_hex(32)
        meta.write(db, KEY, key)
    return hmac.new(bytes.fromhex(key), sha256.encode(), hashlib.sha256).hexdigest()
