"""What facts stand on, and which of them contradict each other: computed from the sources, never chosen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from archive.cases import fields, links, subjects, values
from archive.cases.records import Fact, Source, Tally
from archive.cases.tables import ASSERTED
from archive.connect import Database
from archive.dates import span

FURTHEST = 200
"""Records looked at for a circle of one-way facts."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Facts that cannot all be true, or one fact whose sources disagree. `how` is `values`, `sources` or `direction`
    (two records are each said to be part of the other, or several in a circle)."""

    subject: str
    field: str
    facts: tuple[str, ...]
    how: str


def tally(db: Database, fact: Fact) -> Tally:
    """Count what a fact stands on. Several passages of one document, its translation and its abstract count once."""
    assets = [source for source in fact.sources if source.stance.asserts]
    rendered = {source.document: links.rendered(db, source.document) for source in assets}
    return Tally(
        documents=len(set(rendered.values())),
        origins=len({origin(db, source) for source in assets}),
        against=len(fact.sources) - len(assets),
    )


def origin(db: Database, source: Source) -> str:
    """What a source rests on in the end: the last step of its chain, or the document it renders. A merged person is who
    that is now."""
    if not source.chain:
        return links.rendered(db, source.document)
    last = source.chain[-1]
    if not last.id:
        return " ".join(last.words.split()).casefold()
    return links.rendered(db, subjects.followed(db, last.id))


def contradictions(db: Database, facts: Mapping[str, Sequence[Fact]]) -> tuple[Contradiction, ...]:
    """The contradictions within the facts of each subject, given by subject, and against what stands elsewhere."""
    found: list[Contradiction] = []
    for subject, all_of_it in facts.items():
        by_field: dict[str, list[Fact]] = defaultdict(list)
        for fact in all_of_it:
            by_field[fact.field].append(fact)
            if _disputed(fact):
                found.append(Contradiction(subject, fact.field, (fact.id,), "sources"))
        for code, several in by_field.items():
            field = fields.field(code)
            if opposed := _opposed(db, field, [fact for fact in several if _asserted(fact)]):
                found.append(Contradiction(subject, code, opposed, "values"))
            if field.one_way:
                found += _reversed(db, subject, filter(_asserted, several))
    return tuple(found)


def _disputed(fact: Fact) -> bool:
    stances = {source.stance.asserts for source in fact.sources}
    return len(stances) == 2


def _asserted(fact: Fact) -> bool:
    return any(source.stance.asserts for source in fact.sources)


def _opposed(db: Database, field: fields.Field, several: Sequence[Fact]) -> tuple[str, ...]:
    """The facts of one field that disagree with at least one other, in order."""
    if field.many or len(several) < 2:
        return ()
    opposed = {
        identity
        for at, one in enumerate(several)
        for other in several[at + 1 :]
        if _same_time(field, one.as_of, other.as_of) and values.disagree(db, field, one.value, other.value)
        for identity in (one.id, other.id)
    }
    return tuple(fact.id for fact in several if fact.id in opposed)


def _same_time(field: fields.Field, one: str, other: str) -> bool:
    """Whether two facts may be about the same time; one without a date is only about that of another without.

    Within a longer time the values of a history may have followed one another.
    """
    if not one or not other:
        return one == other
    (first, last), (first2, last2) = span(one), span(other)
    if field.history:
        return first == last == first2 == last2
    return first <= last2 and first2 <= last


def _reversed(db: Database, subject: str, several: Iterable[Fact]) -> list[Contradiction]:
    lines = [(fact, _line(db, fact.field, fact.value, subject)) for fact in several]
    return [Contradiction(subject, fact.field, (fact.id, *line), "direction") for fact, line in lines if line]


def _line(db: Database, field: str, start: str, goal: str) -> tuple[str, ...]:
    """The asserted facts by which a field leads from one record to another, on the shortest way; looked for among the
    nearest FURTHEST records."""
    reached: dict[str, tuple[str, ...]] = {start: ()}
    waiting = [start]
    for at in waiting:
        for fact, further in db.conn.execute(
            "SELECT f.uuid, f.value FROM subject AS s JOIN fact AS f ON f.subject = s.row"
            f" WHERE s.uuid = ? AND f.field = ? AND f.state = 'current' AND {ASSERTED} ORDER BY f.row",
            (at, field),
        ):
            if further == goal:
                return (*reached[at], fact)
            if further not in reached and len(reached) < FURTHEST:
                reached[further] = (*reached[at], fact)
                waiting.append(further)
    return ()
