"""Reading many documents at once, for whoever derives from the archive: one statement instead of one for each."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from archive.connect import Database
from archive.documents import COLUMNS, from_row
from archive.records import Document

# json_each hands out its values in order, and CROSS JOIN keeps it in the outer loop
WANTED = "FROM json_each(?) AS wanted CROSS JOIN"


def by_date(db: Database, after: tuple[str, int], limit: int) -> list[tuple[str, int]]:
    """Up to `limit` documents by earliest date, undated ones first, each as its place in that order: date and row.

    `after` is the place to go on from; ("", 0) is the beginning.
    """
    return db.conn.execute(
        "SELECT earliest, row FROM document WHERE (earliest, row) > (?, ?) ORDER BY earliest, row LIMIT ?",
        (*after, limit),
    ).fetchall()


def rows(db: Database, identities: Sequence[str]) -> list[int]:
    """The row numbers of the documents with these UUIDs, in order; those that are gone are left out."""
    found = db.conn.execute(
        f"SELECT d.row {WANTED} document AS d ON d.uuid = wanted.value", (json.dumps(list(identities)),)
    )
    return [row[0] for row in found]


def documents(db: Database, numbers: Sequence[int]) -> Iterator[Document]:
    """The documents in these rows, in order; those that are gone are left out."""
    for row in db.conn.execute(
        f"SELECT {COLUMNS} {WANTED} document AS d ON d.row = wanted.value"
        " LEFT JOIN text_version AS t ON t.document = d.row AND t.version = d.text_version",
        (json.dumps(list(numbers)),),
    ):
        yield from_row(row)


def hashes(db: Database, identities: Sequence[str]) -> dict[str, str]:
    """The SHA-256 of the bytes of those of these records that are documents, by UUID."""
    return dict(
        db.conn.execute(
            f"SELECT d.uuid, d.sha256 {WANTED} document AS d ON d.uuid = wanted.value", (json.dumps(list(identities)),)
        )
    )


def names(db: Database, numbers: Sequence[int]) -> dict[int, list[str]]:
    """The names that the documents in these rows came under, as shown."""
    found: dict[int, list[str]] = {number: [] for number in numbers}
    for number, shown in db.conn.execute(
        f"SELECT n.document, n.shown {WANTED} document_name AS n ON n.document = wanted.value",
        (json.dumps(list(numbers)),),
    ):
        found[number].append(shown)
    return found
