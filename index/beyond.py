"""Filters on what stands in no block of the index: one record by its id, what came or changed since a moment, places.

A moment is a place in the archive's change feed, with the last rows that its tables had then: what has a higher row was
added since, what the feed names was altered. That says the same whatever became of the index meanwhile; in another
history of the archive (its `generation`) it says nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from archive import feed
from archive.connect import Database
from index import schema
from index.entries import DOCUMENT

RECORD, SINCE, ADDED = "record", "since", "added"
FIELDS = (RECORD, SINCE, ADDED)
PLACE = "place"
Numbers = Callable[[str, str], Collection[int]]
"""The numbers of the documents that have a value in one of FIELDS, or in PLACE (`index.placed`)."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What an index knew once: the history of the archive, the place in its feed, the last document and subject."""

    generation: str
    seq: int
    document: int
    subject: int

    def __str__(self) -> str:
        return f"{self.generation}/{self.seq}/{self.document}/{self.subject}"

    @staticmethod
    def parse(text: str) -> Moment | None:
        """The moment that was written out, whatever follows it after a blank; None where it is none."""
        try:
            generation, *numbers = text.partition(" ")[0].split("/")
            seq, document, subject = map(int, numbers)
        except ValueError:
            return None
        return Moment(generation, seq, document, subject)


def moment(index: Database) -> Moment | None:
    """What an index knows now; None while it is being built."""
    if not schema.read(index, "ready"):
        return None
    rows = dict(index.conn.execute("SELECT kind = ?, max(archive_row) FROM document GROUP BY 1", (DOCUMENT,)))
    return Moment(
        schema.read(index, "generation"), int(schema.read(index, "watermark", "0")), rows.get(1, 0), rows.get(0, 0)
    )


def since(archive: Database, index: Database, then: Moment) -> tuple[set[int], set[int]] | None:
    """The numbers of the documents that were added, and of the others that were altered, since a moment; None in
    another history of the archive."""
    if then.generation != feed.generation(archive):
        return None
    added = index.conn.execute(
        "SELECT number FROM document WHERE archive_row > CASE kind WHEN ? THEN ? ELSE ? END",
        (DOCUMENT, then.document, then.subject),
    )
    new = {number for (number,) in added}
    (changed,) = archive.conn.execute(
        "SELECT json_group_array(DISTINCT record) FROM change WHERE seq > ?", (then.seq,)
    ).fetchone()
    return new, set(_numbers(index, changed)) - new


def numbers(archive: Database, index: Database, field: str, value: str) -> Sequence[int]:
    """The documents that a value of FIELDS stands for: a UUID or a moment, and after a blank what people call it."""
    if field == RECORD:
        return _numbers(index, json.dumps([value.partition(" ")[0]]))
    then = Moment.parse(value)
    found = since(archive, index, then) if then else None
    return [*found[0], *(found[1] if field == SINCE else ())] if found else ()


def nowhere(field: str, value: str) -> Collection[int]:
    """No document, whatever is asked for."""
    return ()


def _numbers(index: Database, identities: str) -> list[int]:
    """The numbers of the documents with the UUIDs in a JSON array."""
    found = index.conn.execute(
        "SELECT d.number FROM json_each(?) AS wanted CROSS JOIN document AS d ON d.id = unhex(wanted.value, '-')",
        (identities,),
    )
    return [number for (number,) in found]
