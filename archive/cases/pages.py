"""The page of a subject: its facts and events with what they stand on, what contradicts, and what else names it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archive import documents
from archive.cases import facts, fields, people, subjects, weighing
from archive.cases.records import Fact, Subject, Tally
from archive.cases.weighing import Contradiction
from archive.connect import Database
from archive.dates import LAST_DAY, span


@dataclass(frozen=True, slots=True)
class Weighed:
    """A fact with what it stands on, and whether it is part of a contradiction."""

    fact: Fact
    tally: Tally
    contradicted: bool


@dataclass(frozen=True, slots=True)
class Event:
    """An event with its facts; `earliest` and `latest` are ISO days, empty where no date is recorded."""

    subject: Subject
    facts: tuple[Weighed, ...]
    earliest: str
    latest: str

    def values(self, field: str) -> tuple[str, ...]:
        """The values recorded in a field."""
        return tuple(one.fact.value for one in self.facts if one.fact.field == field)


@dataclass(frozen=True, slots=True)
class Cited:
    """A document that facts of the page rest on: UUID, title, EDTF date and how many of the facts cite it."""

    id: str
    title: str
    published: str
    facts: int


@dataclass(frozen=True, slots=True)
class SubjectPage:
    """All that a page shows.

    `named` holds every subject that a value or chain names, by UUID; `elsewhere` the facts of other subjects that name
    this one; `called` every name of the persons a case concerns. `latest_source` is the latest EDTF date of the
    cited documents, as it is recorded, empty if unknown.
    """

    subject: Subject
    facts: tuple[Weighed, ...]
    events: tuple[Event, ...]
    named: dict[str, Subject]
    elsewhere: tuple[Fact, ...]
    called: tuple[str, ...]
    contradictions: tuple[Contradiction, ...]
    documents: tuple[Cited, ...]
    latest_source: str

    def values(self, field: str) -> tuple[str, ...]:
        """The values recorded in a field of the subject itself."""
        return tuple(one.fact.value for one in self.facts if one.fact.field == field)

    def every_fact(self) -> tuple[Weighed, ...]:
        """The facts of the subject and of its events, as the page runs."""
        return (*self.facts, *(one for event in self.events for one in event.facts))


def page(db: Database, identity: str) -> SubjectPage:
    """Gather the page of a subject; of an event, that of the event alone, of a merged person, that of who that is now.
    Raises NoSuchRecord."""
    subject = subjects.get(db, subjects.followed(db, identity))
    parts = (subject, *subjects.belonging_to(db, subject))
    gathered = facts.of_subjects(db, parts)
    contradicted = weighing.contradictions(db, {part.id: gathered.get(part.id, ()) for part in parts})
    opposed = {fact for one in contradicted for fact in one.facts}
    weighed = {
        part.id: tuple(
            Weighed(fact, weighing.tally(db, fact), fact.id in opposed) for fact in gathered.get(part.id, ())
        )
        for part in parts
    }
    events = sorted((_event(part, weighed[part.id]) for part in parts[1:]), key=lambda one: one.earliest or LAST_DAY)
    everything = [fact for some in gathered.values() for fact in some]
    cited = _cited(db, everything)
    elsewhere = people.facts_named(db, subject.id)
    return SubjectPage(
        subject,
        weighed[subject.id],
        tuple(events),
        _named(db, (*everything, *elsewhere)),
        elsewhere,
        _called(db, weighed[subject.id]),
        contradicted,
        cited,
        max((one.published for one in cited if one.published), key=lambda date: span(date)[1], default=""),
    )


def _event(subject: Subject, weighed: Sequence[Weighed]) -> Event:
    days = [span(one.fact.value) for one in weighed if one.fact.field == "date"]
    earliest = min((first for first, _ in days), default="")
    return Event(subject, tuple(weighed), earliest, max((last for _, last in days), default=""))


def _called(db: Database, weighed: Sequence[Weighed]) -> tuple[str, ...]:
    persons = [subjects.get(db, one.fact.value) for one in weighed if one.fact.field == "person-concerned"]
    told = facts.of_subjects(db, persons)
    return tuple(fact.value for person in persons for fact in told.get(person.id, ()) if fact.field == "name")


def _named(db: Database, everything: Iterable[Fact]) -> dict[str, Subject]:
    wanted: dict[str, None] = {}
    for fact in everything:
        wanted[fact.subject] = None
        if fields.field(fact.field).type is fields.Type.SUBJECT:
            wanted[fact.value] = None
        for source in fact.sources:
            wanted.update(dict.fromkeys(step.id for step in source.chain if step.id))
    rows = db.conn.execute(
        f"SELECT {subjects.COLUMNS} WHERE s.uuid IN (SELECT value FROM json_each(?))", (json.dumps(list(wanted)),)
    ).fetchall()
    return {subject.id: subject for subject in subjects.from_rows(rows)}


def _cited(db: Database, everything: Iterable[Fact]) -> tuple[Cited, ...]:
    counted: dict[str, int] = {}
    for fact in everything:
        for document in {source.document for source in fact.sources}:
            counted[document] = counted.get(document, 0) + 1
    found = documents.iterate(db, sorted(counted, key=lambda one: -counted[one]))
    return tuple(Cited(one.id, one.metadata.title, one.metadata.published, counted[one.id]) for one in found)
