"""Release lines: the key, number and editors of each, and which records went out in it, kept in the working archive.

A line is what goes to one circle of partners: its releases have one key, so that an update opens with what opened the
release before, and nothing of it opens the working archive.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from archive import keys, meta
from archive.connect import Database
from archive.errors import InvalidValue, NoSuchLine
from archive.keys import ArchiveKey

LONGEST = 40


@dataclass(frozen=True, slots=True)
class Line:
    """A release line. `number`, `date` and `root` are those of its newest release; 0 and empty before the first.

    `editors` are the desk names that went out, in the order of their numbers.
    """

    name: str
    key: ArchiveKey = field(repr=False)
    number: int = 0
    date: str = ""
    root: str = ""
    editors: tuple[str, ...] = ()


def create(db: Database) -> None:
    """Create the tables; part of the caller's transaction."""
    about = {"name": str, "slot": bytes, "number": int, "date": str, "root": str, "editors": str, "created": str}
    db.table("release_line").create(about, pk="name", not_null=set(about))
    # which records went out, and in which release first: a tombstone goes only to those who had the record
    db.execute(
        "CREATE TABLE release_record (line TEXT NOT NULL, record TEXT NOT NULL, first INTEGER NOT NULL,"
        " PRIMARY KEY (line, record)) WITHOUT ROWID"
    )


def every(db: Database) -> tuple[Line, ...]:
    """All lines of a working archive by name."""
    rows = db.conn.execute("SELECT name, slot, number, date, root, editors FROM release_line ORDER BY name")
    return tuple(_line(*row) for row in rows)


def chosen(db: Database, name: str, otherwise: str) -> Line:
    """The line with this name, a new one where there is none; without a name the only one there is, or one called
    `otherwise`. A new one is not stored before `published`.

    Raises InvalidValue for a name that is none, NoSuchLine where several are there and none is named.
    """
    lines = every(db)
    if not name and len(lines) > 1:
        raise NoSuchLine(names=", ".join(line.name for line in lines))
    wanted = name or (lines[0].name if lines else shortened(otherwise))
    if not wanted or wanted != shortened(wanted):
        raise InvalidValue(field="line", value=wanted, why=f"letters, digits, - and _, up to {LONGEST}")
    found = next((line for line in lines if line.name == wanted), None)
    return found or Line(wanted, keys.generate(meta.read(db, "archive")))


def shortened(name: str) -> str:
    """A name as one that a line, and the folder of its release, can have on every system."""
    plain = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "-_") else "-" for letter in name)
    return plain.strip("-_")[:LONGEST].strip("-_") or "release"


def published(db: Database, line: Line, number: int, date: str, root: str, editors: Iterable[str]) -> Line:
    """Note a release of a line; part of the caller's transaction."""
    noted = replace(line, number=number, date=date, root=root, editors=tuple(editors))
    db.conn.execute(
        "INSERT INTO release_line (name, slot, number, date, root, editors, created) VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET number = excluded.number, date = excluded.date, root = excluded.root,"
        " editors = excluded.editors",
        (line.name, keys.serialise(line.key), number, date, root, json.dumps(noted.editors), meta.now()),
    )
    return noted


def note(db: Database, line: str, number: int, records: Iterable[str]) -> None:
    """Note which records went out with a release; part of the caller's transaction."""
    db.conn.executemany(
        "INSERT OR IGNORE INTO release_record (line, record, first) VALUES (?, ?, ?)",
        ((line, record, number) for record in records),
    )


def went_out(db: Database, line: str, record: str) -> bool:
    """Whether a record was in an earlier release of a line."""
    found = db.conn.execute("SELECT 1 FROM release_record WHERE line = ? AND record = ?", (line, record)).fetchone()
    return found is not None


def releases_with(db: Database, record: str) -> tuple[tuple[str, int], ...]:
    """The lines that a record went out in, each with the number of its first release with it."""
    rows = db.conn.execute("SELECT line, first FROM release_record WHERE record = ? ORDER BY line", (record,))
    return tuple((line, int(first)) for line, first in rows)


def _line(name: str, slot: bytes, number: int, date: str, root: str, editors: str) -> Line:
    key = keys.parse(Path("archive.db"), slot)
    return Line(name, key, number, date, root, tuple(json.loads(editors)))
