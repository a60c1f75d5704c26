"""The page of a subject as lines to show: what stands in each, what it leads to, and which fact it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from archive.cases import fields
from archive.cases.fields import Type
from archive.cases.pages import Event, SubjectPage, Weighed
from archive.cases.records import Assessment, Fact, Kind, State, Subject
from archive.dates import span
from archive.records import Confidentiality
from desktop import labels, shown
from desktop.cases import words
from desktop.cases.words import Label
from desktop.translate import tr, trn


class Shape(Enum):
    """How a line looks."""

    TITLE = "title"
    NOTE = "note"
    WARNING = "warning"
    HEADING = "heading"
    EVENT = "event"
    FACT = "fact"
    LINK = "link"
    FOLD = "fold"
    APART = "apart"


WALKED = (Shape.FACT, Shape.LINK, Shape.FOLD, Shape.APART)
"""What Up and Down stop at."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `lead` stands quiet before `text`, `mark` quiet behind it. A fact or a record it leads to can be gone
    to; `on_line` says that it belongs to an event. One that is APART and no fact has the id of a merge as its
    `target`. `wanted` is what to search for where nothing is recorded."""

    shape: Shape
    text: str
    lead: str = ""
    mark: str = ""
    fact: str = ""
    target: str = ""
    contradicted: bool = False
    on_line: bool = False
    wanted: str = ""


NAMING = ("name", "official-name", "title")
HEADLINE = ("event-type", "date", "place", "host")
EXPECTED = {
    Kind.CASE: ("person-concerned", "outcome"),
    Kind.FIGURE: ("value", "counts", "period"),
    Kind.PROGRAMME: ("started", "run-by"),
    Kind.STATEMENT: ("speaker", "date"),
    Kind.RESPONSE: ("response-type", "date"),
}
"""Fields whose absence is said."""


def lines(page: SubjectPage, label: Label) -> tuple[Line, ...]:
    """Every line of a page from top to bottom."""
    return tuple(_lines(page, label))


def apart(
    facts: Iterable[Fact], merged: Iterable[tuple[str, str, str]], standing: Mapping[str, Weighed], label: Label
) -> tuple[Line, ...]:
    """What was set apart, with the reasons: facts with those of the `standing` that replace them, and persons merged
    into this one (merge, name, reason)."""
    states = {State.SUPERSEDED: tr("superseded"), State.CORRECTED: tr("corrected"), State.UNDONE: tr("taken back")}
    found = []
    for fact in facts:
        text = tr("{value} — {reason}", value=words.value(fact, label), reason=shown.line(fact.state_reason))
        instead = standing.get(fact.replaced_by)
        if instead is not None:
            text = tr("{text} → {value}", text=text, value=words.value(instead.fact, label))
        mark = states.get(fact.state, "")
        found.append(Line(Shape.APART, text, fields.field(fact.field).label, mark, fact.id))
    for merge, name, reason in merged:
        text = tr("{value} — {reason}", value=shown.line(name), reason=shown.line(reason))
        found.append(Line(Shape.APART, text, tr("The same person as"), tr("merged"), target=merge))
    return tuple(found)


def fold(count: int, *, unfolded: bool) -> Line:
    """The line over what was set apart, which Enter opens and closes."""
    text = trn("{n} fact set apart", "{n} facts set apart", count)
    return Line(Shape.FOLD, f"{'▾' if unfolded else '▸'} {text}")


def outcome(page: SubjectPage, label: Label) -> str:
    """The latest outcome of a case with its date; "not recorded" where there is none."""
    told = [one.fact for one in page.facts if one.fact.field == "outcome"]
    if not told:
        return tr("Outcome: not recorded")
    latest = max(told, key=lambda fact: span(fact.as_of)[::-1])
    words_of = label(fields.field("outcome"), latest.value)
    if latest.as_of:
        return tr("Outcome: {outcome}, {date}", outcome=words_of, date=latest.as_of)
    return tr("Outcome: {outcome}, no date recorded", outcome=words_of)


def course(page: SubjectPage, label: Label) -> str:
    """What happened, in one sentence: the events in order."""
    told = [headline(event, label) for event in page.events]
    said = "; ".join(one if at == 0 else one[:1].lower() + one[1:] for at, one in enumerate(dict.fromkeys(told)))
    return said + "."


def _lines(page: SubjectPage, label: Label) -> Iterator[Line]:
    subject = page.subject
    yield Line(Shape.TITLE, shown.line(subject.label))
    yield from _names(page)
    yield Line(Shape.NOTE, _what(subject))
    if subject.kind is Kind.CASE:
        if page.events:
            yield Line(Shape.NOTE, course(page, label))
        yield Line(Shape.NOTE, outcome(page, label))
    if page.latest_source:
        yield Line(Shape.NOTE, tr("Latest source: {date}; inclusion is not a finding.", date=page.latest_source))
    count = len(page.contradictions)
    if count:
        first = next((one.fact.id for one in page.every_fact() if one.contradicted), "")
        said = trn("{n} contradiction between sources", "{n} contradictions between sources", count)
        yield Line(Shape.WARNING, said, fact=first)
    recorded = [one for one in page.facts if one.fact.field not in NAMING or subject.kind is Kind.TERM]
    missing = [code for code in EXPECTED.get(subject.kind, ()) if not page.values(code)]
    if page.values("group-size"):  # a group has no one name
        missing = [code for code in missing if code != "person-concerned"]
    if recorded or missing:
        yield Line(Shape.HEADING, tr("Facts"))
    for one in recorded:
        yield _fact(one, label, page)
    for code in missing:
        wanted = f"{subject.label} {fields.field(code).label}"
        yield Line(Shape.LINK, tr("not recorded"), fields.field(code).label, tr("find a source"), wanted=wanted)
    for one in page.facts:
        if one not in recorded:
            yield _fact(one, label, page)
    if page.events:
        yield Line(Shape.HEADING, tr("Events"))
    for event in page.events:
        yield Line(Shape.EVENT, headline(event, label), lead=when(event))
        for one in event.facts:
            yield _fact(one, label, page, on_line=True)
    yield from _elsewhere(page, label)
    if page.documents:
        yield Line(Shape.HEADING, tr("Documents"))
    for cited in page.documents:
        mark = trn("{n} fact", "{n} facts", cited.facts)
        yield Line(Shape.LINK, shown.line(cited.title) or tr("Without a title"), cited.published, mark, target=cited.id)


def when(event: Event) -> str:
    """The date of an event as its sources word it; "no date" without one."""
    for one in event.facts:
        if one.fact.field == "date":
            worded = next((source.date_words for source in one.fact.sources if source.date_words), "")
            return shown.line(worded or one.fact.value)
    return tr("no date")


def headline(event: Event, label: Label) -> str:
    """What happened, and where."""
    told = {code: [one.fact for one in event.facts if one.fact.field == code] for code in HEADLINE}
    what = ", ".join(label(fields.field("event-type"), fact.value) for fact in told["event-type"])
    where = [*(fact.value for fact in told["place"]), *(labels.country(fact.value) for fact in told["host"])]
    return shown.line(" — ".join(part for part in (what or tr("Event"), ", ".join(where)) if part))


def _names(page: SubjectPage) -> Iterator[Line]:
    others = [name for name in (*page.values("name"), *page.called) if name != page.subject.label]
    if others:
        yield Line(Shape.NOTE, shown.line("  ·  ".join(dict.fromkeys(others))))


def _what(subject: Subject) -> str:
    parts = [words.kind(subject.kind), subject.code]
    if subject.confidentiality is not Confidentiality.PUBLIC:
        parts.append(labels.value("confidentiality", subject.confidentiality))
    return "  ·  ".join(part for part in parts if part)


def _fact(one: Weighed, label: Label, page: SubjectPage, *, on_line: bool = False) -> Line:
    fact, field = one.fact, fields.field(one.fact.field)
    text = words.value(fact, label)
    hedge = words.hedges(fact)
    if hedge:
        text = f"{text}  {hedge}"
    if fact.as_of:
        text = tr("{value}, as of {date}", value=text, date=fact.as_of)
    mark = words.standing(one.tally)
    if fact.assessment is not Assessment.NONE:
        mark = f"{mark} · {tr('we judge: {assessment}', assessment=fact.assessment)}"
    if fact.confidentiality is Confidentiality.CONFIDENTIAL is not page.subject.confidentiality:
        mark = f"{mark} · {tr('confidential')}"
    target = fact.value if field.type is Type.SUBJECT else ""
    return Line(Shape.FACT, text, field.label, mark, fact.id, target, one.contradicted, on_line)


def _elsewhere(page: SubjectPage, label: Label) -> Iterator[Line]:
    """What else names the subject: cases, events, relatives, statements."""
    named: dict[str, Fact] = {}
    for fact in page.elsewhere:
        named.setdefault(fact.subject, fact)
    if named:
        yield Line(Shape.HEADING, tr("Also recorded in"))
    for identity, fact in named.items():
        other = page.named.get(identity)
        if other is not None:
            lead = f"{words.kind(other.kind)}: {fields.field(fact.field).label}"
            yield Line(Shape.LINK, shown.line(other.label), lead, target=other.parent or other.id)
