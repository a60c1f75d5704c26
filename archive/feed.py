"""The change feed: which records were added, altered or removed, in order, for whoever derives from the archive."""

from __future__ import annotations

from archive import meta
from archive.connect import Database
from archive.records import Change


def position(db: Database) -> int:
    """The newest sequence number; 0 in an archive without changes."""
    return int(db.conn.execute("SELECT coalesce(max(seq), 0) FROM change").fetchone()[0])


def changed(db: Database, after: int) -> int:
    """How many records were added, altered or removed after sequence number `after`."""
    found = db.conn.execute("SELECT count(DISTINCT record) FROM change WHERE seq > ?", (after,)).fetchone()
    return int(found[0])


def generation(db: Database) -> str:
    """A random name of this archive's history; another one means that sequence numbers say nothing."""
    return meta.read(db, "generation")


def changes(db: Database, after: int, limit: int) -> list[Change]:
    """Up to `limit` changes after sequence number `after`, oldest first.

    A record may occur several times, and may be gone by now.
    """
    rows = db.conn.execute("SELECT seq, kind, record FROM change WHERE seq > ? ORDER BY seq LIMIT ?", (after, limit))
    return [Change(*row) for row in rows]
