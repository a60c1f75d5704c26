"""Searches kept under a name: their filters and order beside their words, and up to where they were looked at.

The notebook keeps of an answer only a moment of the archive (see `index.beyond`), some 60 characters, and no list of
what was found: that would be as long as the answer, and what is new follows from the moment as well.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from archive import meta
from archive.connect import Database, writing
from archive.errors import NoSuchRecord
from archive.notebook import shelves
from archive.notebook.notes import forget

Filters = tuple[tuple[str, str, bool], ...]
"""Field, value, and whether it is left out."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A search kept under a name, in the order `sort`. `moment` is up to where the archive was known when it was last
    looked at, and `looked` the time of that."""

    id: str
    name: str
    text: str
    filters: Filters
    sort: str
    moment: str
    looked: str


def keep(db: Database, name: str, text: str, filters: Filters, sort: str, moment: str) -> Watched:
    """Keep a search under a name. Raises InvalidValue, and AlreadyExists where one has the name."""
    with writing(db):
        made = shelves.save_query(db, name, text)
        put(db, Watched(made.id, made.name, made.text, filters, sort, moment, meta.now()))
        return get(db, made.id)


def every(db: Database) -> tuple[Watched, ...]:
    """The searches kept, by name; one that was kept without filters and moment has none."""
    rows = db.conn.execute(
        "SELECT s.id, s.name, s.text, coalesce(w.filters, '[]'), coalesce(w.sort, ''), coalesce(w.moment, ''),"
        " coalesce(w.looked, s.created) FROM saved AS s LEFT JOIN watched AS w ON w.id = s.id ORDER BY s.name"
    )
    return tuple(_of(row) for row in rows)


def get(db: Database, identity: str) -> Watched:
    """One of them. Raises NoSuchRecord."""
    found = [one for one in every(db) if one.id == identity]
    if not found:
        raise NoSuchRecord(id=identity)
    return found[0]


def look(db: Database, identity: str, moment: str) -> Watched:
    """A search is looked at now, when the archive is known up to `moment`. Raises NoSuchRecord."""
    with writing(db):
        one = get(db, identity)
        put(db, Watched(one.id, one.name, one.text, one.filters, one.sort, moment or one.moment, meta.now()))
        return get(db, identity)


def drop(db: Database, identity: str) -> None:
    """Delete a search for good. Raises NoSuchRecord."""
    with writing(db):
        db.conn.execute("DELETE FROM watched WHERE id = ?", (identity,))
        shelves.delete_saved(db, identity)
    forget(db)


def put(db: Database, one: Watched) -> None:
    """Put what a search has beside its name and words; part of the caller's transaction."""
    db.conn.execute(
        "INSERT OR REPLACE INTO watched VALUES (?, ?, ?, ?, ?)",
        (one.id, json.dumps(one.filters, ensure_ascii=False), one.sort, one.moment, one.looked),
    )


def _of(row: tuple[str, ...]) -> Watched:
    identity, name, text, filters, sort, moment, looked = row
    kept = tuple((str(field), str(value), bool(exclude)) for field, value, exclude in json.loads(filters))
    return Watched(identity, name, text, kept, sort, moment, looked)
