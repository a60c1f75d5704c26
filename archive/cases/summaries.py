"""Cases in one line each: what lists and tables show of them, many at once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.cases import digests, facts, subjects, weighing
from archive.cases.records import Kind, Subject
from archive.connect import Database

AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Summary:
    """One case. `values` holds codes by field, broader terms included, those of its events too; `outcome` the code of
    the latest outcome; `earliest` and `latest` are ISO days, empty without a date. `facts` counts what stands,
    `sources` the passages under it."""

    case: Subject
    values: dict[str, tuple[str, ...]]
    countries: tuple[str, ...]
    outcome: str
    earliest: str
    latest: str
    events: int
    facts: int
    sources: int
    contradictions: int


def everything(db: Database) -> tuple[str, ...]:
    """The UUIDs of all cases, by label."""
    return tuple(case.id for case in subjects.of_kind(db, Kind.CASE))


def of(db: Database, identities: Sequence[str]) -> Iterator[Summary]:
    """The summaries of cases in the order given; what is no case, or gone, is left out."""
    for at in range(0, len(identities), AT_ONCE):
        some = identities[at : at + AT_ONCE]
        rows = digests.rows(db, some)
        found = {digest.subject.id: digest for digest in digests.digests(db, rows) if digest.subject.kind is Kind.CASE}
        parts: dict[str, list[Subject]] = {identity: [digest.subject] for identity, digest in found.items()}
        events = db.conn.execute(
            f"SELECT {subjects.COLUMNS} WHERE p.uuid IN (SELECT value FROM json_each(?)) ORDER BY s.row",
            (json.dumps(list(found)),),
        ).fetchall()
        for event in subjects.from_rows(events):
            parts[event.parent].append(event)
        gathered = facts.of_subjects(db, [one for several in parts.values() for one in several])
        for identity in (one for one in some if one in found):
            digest, own = found[identity], parts[identity]
            told = {one.id: gathered.get(one.id, ()) for one in own}
            yield Summary(
                digest.subject,
                digest.values,
                digest.countries,
                digest.outcome,
                digest.earliest,
                digest.latest,
                len(own) - 1,
                sum(map(len, told.values())),
                sum(len(fact.sources) for some_facts in told.values() for fact in some_facts),
                len(weighing.contradictions(db, told)),
            )
