"""Where notes came from: the package of a colleague, and the note that one stands beside."""

from __future__ import annotations

from dataclasses import dataclass

from archive.connect import Database


@dataclass(frozen=True, slots=True)
class Came:
    """A note that came in a package at a moment. `beside` is the note that was changed on both sides, empty for none;
    `sender` the pseudonym of a signed package, empty for one that nobody signed."""

    note: str
    beside: str
    sender: str
    at: str


def every(db: Database) -> dict[str, Came]:
    """Those of the notes here that came so, by their ids."""
    rows = db.conn.execute("SELECT note, beside, sender, at FROM came ORDER BY note")
    return {row[0]: Came(*row) for row in rows}


def put(db: Database, one: Came) -> None:
    """Say where a note came from; part of the caller's transaction. It is forgotten with the note."""
    db.conn.execute("INSERT OR REPLACE INTO came VALUES (?, ?, ?, ?)", (one.note, one.beside, one.sender, one.at))
