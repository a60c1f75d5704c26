"""Gathers what a dossier holds: cases with their events, persons, responses, exhibits and contradictions."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archive import documents
from archive.cases import facts, fields, links, passages, people, subjects, weighing
from archive.cases.at_risk import KIN
from archive.cases.dossier.naming import Names
from archive.cases.dossier.permitted import Mask, Permitted
from archive.cases.pages import Weighed
from archive.cases.records import Fact, Kind, Source, Subject
from archive.cases.weighing import Contradiction
from archive.connect import Database
from archive.dates import LAST_DAY, span
from archive.errors import InvalidValue
from archive.records import Document


@dataclass(frozen=True, slots=True)
class Part:
    """A subject with its facts, or with those of others that name it; `missing` are fields without any fact."""

    subject: Subject
    facts: tuple[Weighed, ...]
    missing: tuple[str, ...]
    earliest: str = ""
    latest: str = ""

    def of(self, field: str) -> tuple[Weighed, ...]:
        """The facts of one field."""
        return tuple(one for one in self.facts if one.fact.field == field)


@dataclass(frozen=True, slots=True)
class CasePart:
    """A case with its events, the earliest first, and what contradicts within them."""

    case: Part
    events: tuple[Part, ...]
    contradictions: tuple[Contradiction, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A passage of an exhibit: `label` is `2.1` for the first of exhibit 2; `intact` says that the document's text
    still holds it as it was quoted. `uses` pairs each source that cites it with its fact."""

    label: str
    source: Source
    intact: bool
    uses: tuple[tuple[Source, Fact], ...]


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A document that facts rest on, with what it renders (`abstract of` and a title) and the passages cited."""

    number: int
    document: Document
    renders: tuple[tuple[str, str], ...]
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that one file says. `withheld` is the number of facts kept out, None where it is not to be told.

    `named` are the persons whose names it gives, `relatives` those of them that are somebody's relatives and no person
    concerned. `marks` gives for each source the label of its passage. `latest_source` is the EDTF date of the latest
    exhibit, as it is recorded, or empty.
    """

    archive: str
    made: datetime.date
    cases: tuple[CasePart, ...]
    persons: tuple[Part, ...]
    said: tuple[Part, ...]
    exhibits: tuple[Exhibit, ...]
    marks: dict[str, str]
    names: Names
    mask: Mask
    latest_source: str
    withheld: int | None
    named: tuple[str, ...]
    relatives: tuple[str, ...]

    def parts(self) -> tuple[Part, ...]:
        """Every part, as the file runs."""
        cases = (part for one in self.cases for part in (one.case, *one.events))
        return (*cases, *self.persons, *self.said)


def gather(
    db: Database,
    cases: Sequence[str],
    *,
    archive: str,
    made: datetime.date,
    confidential: bool = False,
    say_withheld: bool = False,
) -> Dossier:
    """Gather the dossier of these cases (UUIDs), in their order. `archive` is the archive's name, `made` the day.

    With `confidential` nothing stays out. Raises NoSuchRecord, and InvalidValue without a case or for what is none.
    """
    return _Gathering(db, Permitted(db, confidential=confidential)).dossier(cases, archive, made, say_withheld)


class _Gathering:
    def __init__(self, db: Database, permitted: Permitted) -> None:
        self._db, self._permitted = db, permitted
        self._names = Names(db, permitted)

    def dossier(self, cases: Sequence[str], archive: str, made: datetime.date, say_withheld: bool) -> Dossier:
        wanted = [subjects.get(self._db, identity) for identity in dict.fromkeys(cases)]
        if not wanted or any(subject.kind is not Kind.CASE for subject in wanted):
            raise InvalidValue(field="case", value=", ".join(cases), why="a dossier is made of cases")
        told = [self._case(subject) for subject in wanted]
        concerned = self._concerned(part for one in told for part in (one.case, *one.events))
        persons = [part for identity in concerned for part in self._person(identity)]
        said = self._said([*(subject.id for subject in wanted), *concerned])
        every = [*(part for one in told for part in (one.case, *one.events)), *persons, *said]
        exhibits, marks = self._exhibits([one.fact for part in every for one in part.facts])
        named = self._named([one.fact for part in every for one in part.facts])
        return Dossier(
            archive,
            made,
            tuple(told),
            tuple(persons),
            tuple(said),
            exhibits,
            marks,
            self._names,
            self._permitted.mask(name for identity in named for name in self._names.every(identity)),
            _latest(exhibits),
            len(self._permitted.withheld) if say_withheld else None,
            named,
            self._relatives(named),
        )

    def _case(self, subject: Subject) -> CasePart:
        parts = (subject, *subjects.belonging_to(self._db, subject))
        recorded = facts.of_subjects(self._db, parts)
        kept = {part.id: self._permitted.facts(recorded.get(part.id, ())) for part in parts}
        ids = {fact.id for some in kept.values() for fact in some}
        contradictions = tuple(one for one in weighing.contradictions(self._db, kept) if ids.issuperset(one.facts))
        case, *events = (self._part(part, recorded.get(part.id, ()), kept[part.id], contradictions) for part in parts)
        # an event of which nothing may be told is not told of
        told = [event for event in events if event.facts or not recorded.get(event.subject.id)]
        told = [event for event in told if not self._permitted.hidden(event.subject.id)]
        return CasePart(case, tuple(sorted(told, key=lambda one: one.earliest or LAST_DAY)), contradictions)

    def _person(self, identity: str) -> list[Part]:
        """A person concerned with what is recorded of their kin, and the events that are theirs."""
        person = subjects.get(self._db, identity)
        own = facts.of_subject(self._db, person)
        kin = tuple(fact for fact in people.facts_named(self._db, identity) if fact.field in KIN)
        kept = self._permitted.facts((*own, *kin))
        opposed = weighing.contradictions(self._db, {identity: self._permitted.facts(own)})
        parts = [self._part(person, own, kept, opposed)]
        for event in subjects.belonging_to(self._db, person):
            recorded = facts.of_subject(self._db, event)
            if told := self._permitted.facts(recorded):
                opposed = weighing.contradictions(self._db, {event.id: told})
                parts.append(self._part(event, recorded, told, opposed))
        return parts

    def _said(self, about: Sequence[str]) -> list[Part]:
        """Statements and responses that are about a case or a person concerned."""
        naming = [fact.subject for one in about for fact in people.facts_named(self._db, one) if fact.field == "about"]
        parts = []
        for subject in (subjects.get(self._db, identity) for identity in dict.fromkeys(naming)):
            recorded = facts.of_subject(self._db, subject)
            if kept := self._permitted.facts(recorded):
                opposed = weighing.contradictions(self._db, {subject.id: kept})
                parts.append(self._part(subject, recorded, kept, opposed))
        return parts

    def _part(
        self, subject: Subject, recorded: Iterable[Fact], kept: Sequence[Fact], opposed: Iterable[Contradiction]
    ) -> Part:
        against = {fact for one in opposed for fact in one.facts}
        known = {fact.field for fact in recorded}
        days = [span(fact.value) for fact in kept if fact.field == "date" and fact.subject == subject.id]
        return Part(
            subject,
            tuple(Weighed(fact, weighing.tally(self._db, fact), fact.id in against) for fact in kept),
            tuple(field.code for field in fields.of_kind(subject.kind) if field.code not in known),
            min((first for first, _ in days), default=""),
            max((last for _, last in days), default=""),
        )

    def _concerned(self, parts: Iterable[Part]) -> tuple[str, ...]:
        found = (one.fact.value for part in parts for one in part.of("person-concerned"))
        return tuple(dict.fromkeys(found))

    def _exhibits(self, every: Iterable[Fact]) -> tuple[tuple[Exhibit, ...], dict[str, str]]:
        """The documents in the order in which facts first cite them, and the label of each source's passage."""
        cited: dict[str, dict[tuple[int, int, int], dict[str, tuple[Source, Fact]]]] = {}
        for fact in every:
            for source in fact.sources:
                place = (source.version, source.start, source.end)
                cited.setdefault(source.document, {}).setdefault(place, {})[source.id] = (source, fact)
        exhibits, marks = [], {}
        for number, (identity, places) in enumerate(cited.items(), 1):
            quotations = []
            for at, uses in enumerate(places.values(), 1):
                first = next(iter(uses.values()))[0]
                label = f"{number}.{at}"
                intact = passages.matches(self._db, first)
                quotations.append(Quotation(label, first, intact, tuple(uses.values())))
                marks.update(dict.fromkeys(uses, label))
            document = documents.get(self._db, identity)
            exhibits.append(Exhibit(number, document, self._renders(identity), tuple(quotations)))
        return tuple(exhibits), marks

    def _renders(self, document: str) -> tuple[tuple[str, str], ...]:
        own = (one for one in links.of_document(self._db, document) if one.document == document)
        return tuple((str(one.relation), self._names.label(one.other)) for one in own if one.relation in links.RENDERS)

    def _named(self, every: Iterable[Fact]) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for fact in every:
            found[fact.subject] = None
            if fields.field(fact.field).type is fields.Type.SUBJECT:
                found[fact.value] = None
            found.update(dict.fromkeys(step.id for one in fact.sources for step in one.chain if step.id))
        return tuple(identity for identity in found if self._names.is_named_person(identity))

    def _relatives(self, named: Sequence[str]) -> tuple[str, ...]:
        rows = self._db.conn.execute(
            "SELECT wanted.value FROM json_each(?1) AS wanted JOIN subject AS s ON s.uuid = wanted.value WHERE EXISTS"
            " (SELECT 1 FROM fact AS f JOIN json_each(?2) AS kin ON f.field = kin.value"
            "  WHERE f.state = 'current' AND (f.subject = s.row OR f.value = s.uuid))"
            " AND NOT EXISTS (SELECT 1 FROM fact AS f WHERE f.field = 'person-concerned' AND f.value = s.uuid"
            "  AND f.state = 'current') ORDER BY wanted.key",
            (json.dumps(list(named)), json.dumps(sorted(KIN))),
        )
        return tuple(row[0] for row in rows)


def _latest(exhibits: Iterable[Exhibit]) -> str:
    dates = (one.document.metadata.published for one in exhibits)
    return max((date for date in dates if date), key=lambda date: span(date)[1], default="")
