"""What an archive says about itself: a handful of named values in its own database."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from archive.connect import Database

DESK = "desk"
"""Who acts, where no desk name was chosen; never the system account."""


def read(db: Database, key: str, default: str = "") -> str:
    """The value under `key`, or `default`."""
    row = db.conn.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return default if row is None else str(row[0])


def write(db: Database, key: str, value: str) -> None:
    """Set the value under `key`."""
    db.table("meta").upsert({"key": key, "value": value}, pk="key")


def new_generation(db: Database) -> None:
    """Start a new generation, so that every index made before wipes itself: after a restore or a migration."""
    write(db, "generation", str(uuid.uuid4()))


def now() -> str:
    """This moment in UTC as ISO 8601, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
