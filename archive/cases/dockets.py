"""Dockets of cases, many at once: what the index keeps of each to list, count and chart thousands of them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from archive.cases import facts, fields, links, subjects, weighing
from archive.cases.digests import DATED, latest_outcome
from archive.cases.records import Stance
from archive.connect import Database
from archive.dates import FIRST_DAY, LAST_DAY, span

# CROSS JOIN keeps the cases wanted in the outer loop; one row for each source
_TOLD = "f.subject, f.row, f.field, f.value, f.as_of, o.stance, o.document FROM json_each(?) AS wanted"
_CITED = " JOIN source AS o ON o.fact = f.row AND o.state = 'current' WHERE f.state = 'current' ORDER BY f.row"
TOLD = (
    f"SELECT wanted.value, {_TOLD} CROSS JOIN fact AS f ON f.subject = wanted.value {_CITED}",
    f"SELECT wanted.value, {_TOLD} CROSS JOIN subject AS e ON e.parent = wanted.value"
    f" CROSS JOIN fact AS f ON f.subject = e.row {_CITED}",
)


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happened in a case: ISO days between which it lies, and the code of the type of event."""

    earliest: str
    latest: str
    type: str


@dataclass(frozen=True, slots=True)
class Docket:
    """One case in short. `outcome` is the code of the latest one and `outcome_date` its EDTF date; `first` and `last`
    are the EDTF dates of the earliest and latest that is recorded; any of them may be empty.

    `unit` is how the case is counted, `persons` the rows of the persons concerned. `sources` counts the documents that
    its facts rest on; a translation or abstract counts as what it renders.
    """

    outcome: str
    outcome_date: str
    unit: str
    persons: tuple[int, ...]
    first: str
    last: str
    moments: tuple[Moment, ...]
    contradictions: int
    sources: int


@dataclass(slots=True)
class _Told:
    """What one case or event is said to be: asserted facts by row, and the rows of those that a source is against."""

    facts: dict[int, tuple[str, str, str]] = field(default_factory=dict)
    denied: set[int] = field(default_factory=set)

    def values(self, code: str) -> list[tuple[str, str]]:
        """The values of a field with their as-of dates, as recorded."""
        return [(value, as_of) for of, value, as_of in self.facts.values() if of == code]

    def may_contradict(self) -> bool:
        """Whether it is worth weighing: most cases are not, and weighing reads every source."""
        if self.denied & self.facts.keys():
            return True
        seen: set[str] = set()
        for code, _, _ in self.facts.values():
            about = fields.field(code)
            if about.one_way or code in seen:
                return True
            if not about.many:
                seen.add(code)
        return False


def of_cases(db: Database, rows: Sequence[int]) -> dict[int, Docket]:
    """The dockets of the cases in these rows, by row."""
    wanted = json.dumps(list(rows))
    told: dict[int, dict[int, _Told]] = {row: {} for row in rows}
    documents: dict[int, set[int]] = {row: set() for row in rows}
    for query in TOLD:
        for owner, part, row, code, value, as_of, stance, document in db.conn.execute(query, (wanted,)):
            about = told[owner].setdefault(part, _Told())
            if Stance(stance).asserts:
                about.facts[row] = (code, value, as_of)
            else:
                about.denied.add(row)
            documents[owner].add(document)
    rendered = _rendered(db, {one for some in documents.values() for one in some})
    persons = _rows_of(db, {value for parts in told.values() for one in parts.values() for value in _persons(one)})
    opposed = _contradictions(db, told)
    return {
        row: _docket(row, told[row], persons, opposed[row], len({rendered[one] for one in documents[row]}))
        for row in rows
    }


def _docket(
    row: int, told: Mapping[int, _Told], persons: Mapping[str, int], contradictions: int, sources: int
) -> Docket:
    own = told.get(row, _Told())
    events = [about for part, about in told.items() if part != row]
    outcomes = own.values("outcome")
    outcome, outcome_date = latest_outcome(outcomes)
    concerned = _persons(own) or [one for about in events for one in _persons(about)]
    dates = [value for about in (own, *events) for code in DATED for value, _ in about.values(code)]
    dates += [as_of for _, as_of in outcomes if as_of]
    first = min(((span(one)[0], one) for one in dates if span(one)[0] != FIRST_DAY), default=("", ""))[1]
    last = max(((span(one)[1], one) for one in dates if span(one)[1] != LAST_DAY), default=("", first))[1]
    return Docket(
        outcome,
        outcome_date,
        next((value for value, _ in own.values("unit")), ""),
        tuple(dict.fromkeys(persons[one] for one in concerned if one in persons)),
        first,
        last,
        tuple(moment for about in events for moment in _moments(about)),
        contradictions,
        sources,
    )


def _persons(about: _Told) -> list[str]:
    return [value for value, _ in about.values("person-concerned")]


def _moments(event: _Told) -> Iterable[Moment]:
    """When an event was; where its sources disagree, each date of theirs. One without an end is at its beginning."""
    kind = next((value for value, _ in event.values("event-type")), "")
    for value, _ in event.values("date"):
        earliest, latest = span(value)
        if earliest == FIRST_DAY and latest == LAST_DAY:
            continue
        yield Moment(latest if earliest == FIRST_DAY else earliest, earliest if latest == LAST_DAY else latest, kind)


def _contradictions(db: Database, told: Mapping[int, Mapping[int, _Told]]) -> dict[int, int]:
    """How many contradictions each case has, its events included."""
    owners = {part: row for row, parts in told.items() for part, about in parts.items() if about.may_contradict()}
    counted: dict[int, int] = defaultdict(int)
    if owners:
        found = db.conn.execute(
            f"SELECT {subjects.COLUMNS} WHERE s.row IN (SELECT value FROM json_each(?))", (json.dumps(list(owners)),)
        ).fetchall()
        about = subjects.from_rows(found)
        rows = {subject.id: subject.row for subject in about}
        for one in weighing.contradictions(db, facts.of_subjects(db, about)):
            counted[owners[rows[one.subject]]] += 1
    return counted


def _rows_of(db: Database, identities: Iterable[str]) -> dict[str, int]:
    """The rows of these subjects; of one that was merged into another, that of the other."""
    found = db.conn.execute(
        "SELECT s.uuid, coalesce(s.merged, s.row) FROM json_each(?) AS wanted"
        " CROSS JOIN subject AS s ON s.uuid = wanted.value",
        (json.dumps(list(identities)),),
    )
    return {identity: int(row) for identity, row in found}


def _rendered(db: Database, documents: Iterable[int]) -> dict[int, str]:
    """What the documents in these rows render in the end; most are themselves."""
    linked = ",".join(f"'{relation}'" for relation in sorted(links.RENDERS))
    found = db.conn.execute(
        "SELECT d.row, d.uuid, EXISTS (SELECT 1 FROM document_link AS l WHERE l.document = d.row"
        f" AND l.relation IN ({linked})) FROM json_each(?) AS wanted CROSS JOIN document AS d ON d.row = wanted.value",
        (json.dumps(list(documents)),),
    ).fetchall()
    return {row: links.rendered(db, identity) if renders else identity for row, identity, renders in found}
