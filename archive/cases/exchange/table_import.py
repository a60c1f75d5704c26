"""Imports tables as casework: the table is a document of the archive, and every fact cites its row."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from archive import documents
from archive.cases import facts, passages, subjects
from archive.cases.exchange.table_plan import Plan, Planned, PlannedRow
from archive.cases.records import Citation, Entry, Step
from archive.connect import Database, writing
from archive.errors import Cancelled


@dataclass(frozen=True, slots=True)
class Came:
    """What an import did: rows taken and left out, subjects made by kind, facts recorded, and facts and sources that
    were there already."""

    rows: int
    left_out: int
    subjects: dict[str, int]
    facts: int
    known: int


def take(
    db: Database,
    document: str,
    plan: Plan,
    *,
    who: str,
    with_problems: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Came:
    """Record what a plan holds, all of it or nothing. A row with a problem is left out, or with `with_problems` taken
    without the cells that have one. `progress` gets the rows done and their total.

    What the same row of the same document brought before is found again, so that nothing comes twice. Raises
    NoSuchRecord, InvalidValue, Cancelled.
    """
    with writing(db):
        work = _Import(db, document, plan, who)
        rows = [row for row in plan.rows if row.subjects and (with_problems or not row.problems)]
        for done, row in enumerate(rows):
            if cancelled():
                raise Cancelled
            progress(done, len(rows))
            work.take(row)
        return Came(len(rows), len(plan.rows) - len(rows), dict(work.made), work.recorded, work.known)


class _Import:
    """One import under way, within a transaction."""

    def __init__(self, db: Database, document: str, plan: Plan, who: str) -> None:
        self._db, self._document, self._language, self._who = db, documents.get(db, document), plan.language, who
        self.made: Counter[str] = Counter()
        self.recorded = self.known = 0
        told = (
            " FROM source AS o JOIN fact AS f ON f.row = o.fact JOIN subject AS s ON s.row = f.subject"
            " WHERE o.document = ? AND "
        )
        # what a row is called in the note of its sources finds the subject that it told of
        noted = dict(db.conn.execute(f"SELECT o.note, s.uuid {told} o.note != ''", (self._document.row,)))
        self._subjects: dict[str, str] = {}
        for row in plan.rows:
            for one in row.subjects:
                found = noted.get(_note(row.row.sheet, row.row.number, one.role))
                if found:
                    self._subjects.setdefault(_note(row.row.sheet, one.row, one.role), found)
        self._cited = {
            (subject, field, value, note, stance, tuple(words for _, words in json.loads(chain)))
            for subject, field, value, note, stance, chain in db.conn.execute(
                f"SELECT s.uuid, f.field, f.value, o.note, o.stance, o.chain {told} o.state = 'current'",
                (self._document.row,),
            )
        }
        # what a person has set apart does not come back
        self._apart = set(
            db.conn.execute(
                f"SELECT s.uuid, f.field, f.value {told} f.state IN ('superseded', 'corrected')",
                (self._document.row,),
            )
        )

    def take(self, planned: PlannedRow) -> None:
        """Record one row."""
        made: dict[str, str] = {}
        for one in planned.subjects:
            note = _note(planned.row.sheet, one.row, one.role)
            if note not in self._subjects:
                self._subjects[note] = self._make(one, made)
            made[one.role] = self._subjects[note]
        chains: list[tuple[Step, ...]] = [(Step("", words),) for words in planned.origins] or [()]
        for at, chain in enumerate(chains):
            self._record(planned, made, chain, first=at == 0)

    def _make(self, one: Planned, made: dict[str, str]) -> str:
        self.made[str(one.kind)] += 1
        subject = subjects.create(
            self._db,
            one.kind,
            parent=made.get(one.parent, ""),
            confidentiality=one.confidentiality,
            who=self._who,
        )
        return subject.id

    def _record(self, planned: PlannedRow, made: dict[str, str], chain: tuple[Step, ...], *, first: bool) -> None:
        row = planned.row
        citation = Citation(
            self._document.id,
            self._document.text_version,
            row.start,
            min(row.end, row.start + passages.LONGEST),
            language=self._language,
            chain=chain,
        )
        known, wanted = 0, []
        for one in planned.subjects:
            note = _note(row.sheet, row.number, one.role)
            for value in one.values:
                about = (made[one.role], value.field, made[value.subject] if value.subject else value.value)
                cited = (*about, note, str(value.stance), tuple(step.words for step in chain))
                if about in self._apart or cited in self._cited:
                    known += 1
                else:
                    wanted.append(Entry(*about, date_words=value.words, note=note, stance=value.stance))
        recorded = facts.record(self._db, citation, wanted, who=self._who) if wanted else ()
        if first:
            self.recorded += sum(not one.folded for one in recorded)
            self.known += known + sum(one.folded for one in recorded)


def _note(sheet: str, number: int, role: str) -> str:
    """Where a source stands in its table, in words."""
    return f"{sheet}, row {number}: {role}" if sheet else f"row {number}: {role}"
