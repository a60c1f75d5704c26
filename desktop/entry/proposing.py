"""Lays what was recognised in a passage out as rows: each value at the subject and field it fits best; free of Qt."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.cases import fields
from archive.cases.fields import Type
from archive.cases.records import Kind
from desktop.entry import fitting
from desktop.entry.draft import About, Draft
from desktop.entry.material import Material, Named, Pin
from desktop.translate import tr
from index.recognise.records import Candidate, Found

EVENT_TYPE, PROTECTION = "event-type", "protection"
CASE_TERMS = ("outcome", "whereabouts")
PARTS = re.compile("[,;:，；：、،؛。.]")
PERSON_TERMS = ("occupation",)


def begin(draft: Draft, pin: Pin | None, material: Material) -> About | None:
    """Put what a new case begins with into the draft, and return the case."""
    if material.case is not None:
        return draft.hold(material.case)
    return begin_new(draft, pin) if pin is not None else None


def begin_new(draft: Draft, pin: Pin) -> About:
    """Put the new case that is pinned, and the person it is about, into the draft with what is said of them first."""
    case = draft.new(Kind.CASE, tr("New case"), identity=pin.case)
    person = draft.new(Kind.PERSON, pin.name or tr("Unnamed person"), identity=pin.person)
    before = len(draft.rows)
    if pin.name:
        draft.add(person.id, fields.field("name"), pin.name, pin.name, accepted=True)
    unit = "one named person" if pin.name else "one unnamed person"
    draft.add(case.id, fields.field("unit"), unit, unit, accepted=True)
    draft.add(case.id, fields.field("person-concerned"), person.id, person.label, accepted=True)
    draft.begun = draft.rows[before:]
    return case


def propose(draft: Draft, primary: About, case: About | None, material: Material, passage: str) -> None:
    """Propose a row for everything recognised; what fits nothing stands apart without a field."""
    found = _distinct(material)
    persons = [*material.persons, *(one for one in draft.abouts if one.kind is Kind.PERSON and one.id != primary.id)]
    events = _events(draft, primary, found)
    if case is not None:
        draft.hold(case)
    dates = [one.candidate.value for one in found if one.candidate.kind is Found.DATE]
    told = [one.candidate for one in found if one.candidate.vocabulary == EVENT_TYPE]
    taken: dict[str, set[str]] = {}
    for one in found:
        candidate = one.candidate
        if one.subject is not None and one.subject.id in {primary.id, *(person.id for person in persons)}:
            continue  # who the case is about needs no saying
        if candidate.kind is Found.COUNTRY and candidate.uncertain:
            _put_aside(draft, one)
            continue
        at = _nearest(events, candidate, passage)
        options = [(at, fitting.proposed(candidate, at.kind, frozenset(taken.get(at.id, ())), passage))]
        for other, vocabularies in ((case, CASE_TERMS), *((person, PERSON_TERMS) for person in persons)):
            if other is not None and candidate.vocabulary in vocabularies:
                options.append((other, fitting.proposed(candidate, other.kind, frozenset(), passage)))
        about, field = next(((about, field) for about, field in options if field), (None, None))
        if about is None or field is None:
            _put_aside(draft, one)
            continue
        draft.hold(about)
        code = field.code
        if candidate.kind is Found.COUNTRY and code == "host" and candidate.value in material.origins:
            code = "origin"
        taken.setdefault(about.id, set()).add(code)
        draft.add(
            about.id,
            fields.field(code),
            candidate.value,
            one.shown,
            words=candidate.words,
            hedge=candidate.hedge,
            # what became of a person is taken along with the rest only where the same words say what happened
            uncertain=candidate.uncertain or (code == "outcome" and not _overlaps(candidate, told)),
            as_of=dates[0] if field.history and len(dates) == 1 else "",
        )
        if candidate.kind is Found.PLACE and candidate.country and "host" not in taken[about.id]:
            _add_country(draft, about, candidate, material, taken[about.id])


def _events(draft: Draft, primary: About, found: Sequence[Named]) -> list[tuple[int, About]]:
    """The events that a passage tells of, with where each begins: one for each kind of event that it names."""
    events = [(0, primary)]
    if primary.kind is not Kind.EVENT or not primary.is_new:
        return events
    named = [one for one in found if one.candidate.vocabulary == EVENT_TYPE]
    first = next((one for one in named if one.candidate.value != PROTECTION), None)
    if first is not None:
        events[0] = (first.candidate.start, primary)
    else:
        draft.add(primary.id, fields.field(EVENT_TYPE), "", "")
    events += [
        (one.candidate.start, draft.new(Kind.EVENT, tr("New event"), primary.parent))
        for one in named
        if one is not first
    ]
    # a status is an event of its own, beside what else the passage tells
    status = next((one for one in found if one.candidate.vocabulary == PROTECTION), None)
    if status is not None and not any(one.candidate.value == PROTECTION for one in named):
        event = draft.new(Kind.EVENT, tr("New event"), primary.parent)
        events.append((status.candidate.start, event))
        draft.add(event.id, fields.field(EVENT_TYPE), PROTECTION, tr("Protection status"))
    return events


def _overlaps(candidate: Candidate, others: Sequence[Candidate]) -> bool:
    return any(candidate.start < one.end and one.start < candidate.end for one in others)


def _nearest(events: Sequence[tuple[int, About]], candidate: Candidate, passage: str) -> About:
    """The event told of in the same part of the sentence, or the fewest parts away; of several the nearest."""

    def apart(event: tuple[int, About]) -> tuple[int, int]:
        first, last = sorted((event[0], candidate.start))
        return len(PARTS.findall(passage[first:last])), last - first

    return min(events, key=apart)[1]


def _put_aside(draft: Draft, one: Named) -> None:
    """What fits nothing, or says too little, is at hand without a field."""
    draft.add(
        "",
        None,
        one.candidate.value,
        one.shown,
        words=one.candidate.words,
        hedge=one.candidate.hedge,
        uncertain=one.candidate.uncertain,
        type=fitting.TYPES[one.candidate.kind],
    )


def _add_country(draft: Draft, about: About, candidate: Candidate, material: Material, taken: set[str]) -> None:
    """The country a place lies in; none where the passage names it."""
    names = {choice.value: choice.words for choice in material.choices.get("host", ())}
    named = [one.candidate for one in material.found if one.candidate.kind is Found.COUNTRY]
    if any(one.value == candidate.country and not one.uncertain for one in named):
        return
    code = "origin" if candidate.country in material.origins else "host"
    taken.add(code)
    shown = names.get(candidate.country, candidate.country)
    draft.add(about.id, fields.field(code), candidate.country, shown, words=candidate.words)


def _distinct(material: Material) -> list[Named]:
    """What was recognised, equal values once; of a city's country and a word for its people the first."""
    held: dict[tuple[str, str, str], Named] = {}
    for one in material.found:
        key = (str(fitting.TYPES[one.candidate.kind]), one.candidate.vocabulary, one.candidate.value)
        if fitting.TYPES[one.candidate.kind] is Type.DATE and key in held:
            continue
        held.setdefault(key, one)
    return list(held.values())
