"""Imports tables as casework: the table is a document of the archive, and every fact cites its row."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from archive import documents
from archive.cases import facts, passages, subjects
from archive.cases.exchange.brought import Brought, noted
from archive.cases.exchange.table_plan import Plan, Planned, PlannedRow, Problem
from archive.cases.records import Citation, Entry, Step
from archive.connect import Database, writing
from archive.errors import ChangedMeanwhile, InvalidValue

BATCH_SECONDS = 0.4
"""So long rows are recorded before they are committed; nobody else writes meanwhile."""
PAUSE_SECONDS = 0.15
"""So long the archive is left to others then: SQLite lets them look for it every tenth of a second."""


@dataclass(frozen=True, slots=True)
class Came:
    """What an import did: rows taken and left out, subjects made by kind, facts recorded, and facts and sources that
    were there already. `refused` are problems of rows that only showed when they were recorded; `ahead` rows were not
    reached because it was stopped."""

    rows: int
    left_out: int
    subjects: dict[str, int]
    facts: int
    known: int
    refused: tuple[Problem, ...] = ()
    ahead: int = 0


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
    """Record what a plan holds, row by row, committing every moment: what ends it leaves whole rows, and `cancelled`
    ends it after the row at hand. A row with a problem is left out, or with `with_problems` taken without the cells
    that have one. `progress` gets the rows done and their total.

    What the same row of the same document brought before is found again, so that nothing comes twice: the same import
    goes on where one was stopped. Raises NoSuchRecord.
    """
    work = _Import(db, document, plan, who)
    rows = [row for row in plan.rows if row.subjects and (with_problems or not row.problems)]
    done = 0
    while done < len(rows):
        if done:
            time.sleep(PAUSE_SECONDS)
        if cancelled():
            break
        with writing(db):
            until = time.monotonic() + BATCH_SECONDS
            work.catch_up()
            while True:  # one row at least, however long the catching up took
                work.take(rows[done])
                done += 1
                if done == len(rows) or cancelled() or time.monotonic() > until:
                    break
        progress(done, len(rows))
    taken = done - len(work.refused)
    ahead = len(rows) - done
    return Came(
        rows=taken,
        left_out=len(plan.rows) - ahead - taken,
        subjects={kind: count for kind, count in work.made.items() if count},
        facts=work.recorded,
        known=work.known,
        refused=tuple(work.refused),
        ahead=ahead,
    )


class _Import:
    """One import under way; its methods are called within transactions."""

    def __init__(self, db: Database, document: str, plan: Plan, who: str) -> None:
        self._db, self._document, self._language, self._who = db, documents.get(db, document), plan.language, who
        self.made: Counter[str] = Counter()
        self.recorded = self.known = 0
        self.refused: list[Problem] = []
        self._brought = Brought(db, self._document.row)
        self._brought.catch_up()
        self._subjects: dict[str, str] = {}
        # of one subject several rows may tell, and any of them may have brought it before
        self._telling: defaultdict[str, list[str]] = defaultdict(list)
        for row in plan.rows:
            for one in row.subjects:
                if one.row != row.row.number:
                    first = noted(row.row.sheet, one.row, one.role)
                    self._telling[first].append(noted(row.row.sheet, row.row.number, one.role))

    def catch_up(self) -> None:
        """Learn what others wrote."""
        self._brought.catch_up()

    def take(self, planned: PlannedRow) -> None:
        """Record one row, or refuse all of it."""
        kept = (Counter(self.made), self.recorded, self.known, dict[str, str]())
        self._db.conn.execute("SAVEPOINT one_row")
        try:
            self._take(planned, kept[3])
        except (InvalidValue, ChangedMeanwhile) as error:
            self._db.conn.execute("ROLLBACK TO one_row")
            self.made, self.recorded, self.known, _ = kept
            why = str(error.facts.get("why", error.code))
            value = str(error.facts.get("value", ""))
            self.refused.append(Problem(planned.row.sheet, planned.row.number, "", value, why))
        else:
            self._subjects |= kept[3]
        self._db.conn.execute("RELEASE one_row")

    def _take(self, planned: PlannedRow, fresh: dict[str, str]) -> None:
        made: dict[str, str] = {}
        for one in planned.subjects:
            first = noted(planned.row.sheet, one.row, one.role)
            known = self._known(first)
            if not known:
                known = fresh[first] = self._make(one, made)
            made[one.role] = known
        chains: list[tuple[Step, ...]] = [(Step("", words),) for words in planned.origins] or [()]
        for at, chain in enumerate(chains):
            self._record(planned, made, chain, set(fresh.values()), first=at == 0)

    def _known(self, first: str) -> str:
        """The subject that was first told of there, "" where there is none yet."""
        found = self._subjects.get(first) or next(
            (self._brought.subjects[note] for note in (first, *self._telling[first]) if note in self._brought.subjects),
            "",
        )
        if found:
            self._subjects[first] = found
        return found

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

    def _record(
        self, planned: PlannedRow, made: dict[str, str], chain: tuple[Step, ...], fresh: set[str], *, first: bool
    ) -> None:
        row = planned.row
        citation = Citation(
            self._document.id,
            row.version,
            row.start,
            min(row.end, row.start + passages.LONGEST),
            language=self._language,
            chain=chain,
        )
        known, wanted = 0, []
        for one in planned.subjects:
            note = noted(row.sheet, row.number, one.role)
            for value in one.values:
                about = (made[one.role], value.field, made[value.subject] if value.subject else value.value)
                cited = (*about, note, str(value.stance), tuple(step.words for step in chain))
                if cited in self._brought.cited or (about[0] not in fresh and self._brought.is_apart(*about)):
                    known += 1
                else:
                    wanted.append(Entry(*about, date_words=value.words, note=note, stance=value.stance))
        recorded = facts.record(self._db, citation, wanted, who=self._who) if wanted else ()
        if first:
            self.recorded += sum(not one.folded for one in recorded)
            self.known += known + sum(one.folded for one in recorded)
