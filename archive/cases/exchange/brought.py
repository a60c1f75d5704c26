"""Knows what the rows of a table have brought into the archive so far, whoever imported them."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass

from archive import documents
from archive.cases.exchange.table_plan import Plan
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
        self._told: set[tuple[str, str, str]] = set()

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
                self._told.add((note, field, value))
            if state == "current":
                self.cited.add((subject, field, value, note, stance, tuple(words for _, words in json.loads(chain))))

    def tells(self, note: str, field: str, value: str) -> bool:
        """Whether a source of this note said so once, whether or not that stands."""
        return (note, field, value) in self._told

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


@dataclass(frozen=True, slots=True)
class Expected:
    """What a plan would bring: subjects by kind and facts that are new, and facts that came from these rows before."""

    subjects: dict[str, int]
    facts: int
    known: int


def expected(db: Database, document: str, plan: Plan, *, with_problems: bool) -> Expected:
    """What an import would bring, as far as it can be told without recording it. Raises NoSuchRecord."""
    brought = Brought(db, documents.get(db, document).row)
    brought.catch_up()
    made: dict[str, str] = {}
    for row in plan.rows:
        for one in row.subjects:
            first, own = (noted(row.row.sheet, at, one.role) for at in (one.row, row.row.number))
            if known := brought.subjects.get(first) or brought.subjects.get(own):
                made[first] = known
    fresh: dict[str, str] = {}
    facts = dict.fromkeys((True, False), 0)
    for row in plan.rows:
        if row.problems and not with_problems:
            continue
        firsts = {one.role: noted(row.row.sheet, one.row, one.role) for one in row.subjects}
        for one in row.subjects:
            if firsts[one.role] not in made:
                fresh[firsts[one.role]] = str(one.kind)
            note = noted(row.row.sheet, row.row.number, one.role)
            for value in one.values:
                said = made.get(firsts[value.subject], "") if value.subject else value.value
                facts[brought.tells(note, value.field, said)] += 1
    return Expected(dict(Counter(fresh.values())), facts[False], facts[True])
