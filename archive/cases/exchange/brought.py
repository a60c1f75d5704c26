"""Knows what the rows of a table have brought into the archive so far, whoever imported them."""

from __future__ import annotations

import json

from archive.connect import Database

Said = tuple[str, str, str, str, str, tuple[str, ...]]
"""What a source says: subject, field, value, note, stance, and the words of its chain."""


def noted(sheet: str, number: int, role: str) -> str:
    """Where a source stands in its table, in words; by them a row finds again what it told of before."""
    return f"{sheet}, row {number}: {role}" if sheet else f"row {number}: {role}"


class Brought:
    """The subjects that rows of a document told of, and the sources that rest on it; `catch_up` learns what is new."""

    def __init__(self, db: Database, document: int) -> None:
        self._db, self._document = db, document
        self._last = self._version = -1
        self.subjects: dict[str, str] = {}
        """UUIDs by the notes of their sources."""
        self.cited: set[Said] = set()

    def catch_up(self) -> None:
        """Read what was added since the last time; nothing where no other connection wrote. Best in the transaction
        that relies on it."""
        (version,) = self._db.conn.execute("PRAGMA data_version").fetchone()
        if version == self._version:
            return
        self._version = version
        for row, subject, field, value, note, stance, chain, state in self._db.conn.execute(
            "SELECT o.row, s.uuid, f.field, f.value, o.note, o.stance, o.chain, o.state FROM source AS o"
            " CROSS JOIN fact AS f ON f.row = o.fact CROSS JOIN subject AS s ON s.row = f.subject"
            " WHERE o.document = ? AND o.row > ? ORDER BY o.row",
            (self._document, self._last),
        ):
            self._last = row
            if note:
                self.subjects[note] = subject
            if state == "current":
                self.cited.add((subject, field, value, note, stance, tuple(words for _, words in json.loads(chain))))

    def is_apart(self, subject: str, field: str, value: str) -> bool:
        """Whether a person has set this fact apart, so that it must not come back from the table."""
        return (
            self._db.conn.execute(
                "SELECT 1 FROM fact AS f WHERE f.subject = (SELECT row FROM subject WHERE uuid = ?) AND f.field = ?"
                " AND f.value = ? AND f.state IN ('superseded', 'corrected')"
                " AND EXISTS (SELECT 1 FROM source AS o WHERE o.fact = f.row AND +o.document = ?)",
                (subject, field, value, self._document),
            ).fetchone()
            is not None
        )
