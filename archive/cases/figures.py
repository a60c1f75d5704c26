"""Figures side by side: those that count the same are compared, all others stand apart. Nothing is ever summed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive.cases import fields, quantities, values
from archive.cases.records import Fact, Subject
from archive.connect import Database
from archive.dates import span

DEFINING = ("counts", "unit-counted", "scope", "period", "share-of")
"""Two figures count the same only where all of these agree."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with the facts that define it, its values, and what else is known of it, each by field."""

    subject: Subject
    facts: tuple[Fact, ...]

    def of(self, field: str) -> tuple[Fact, ...]:
        """The facts of one field."""
        return tuple(fact for fact in self.facts if fact.field == field)

    @property
    def definition(self) -> tuple[tuple[str, ...], ...]:
        """The values of the defining fields, in their order."""
        return tuple(tuple(sorted(fact.value for fact in self.of(code))) for code in DEFINING)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Figures that count the same. `opposed` are the ids of their value facts that cannot all be true."""

    figures: tuple[Figure, ...]
    opposed: frozenset[str]


def compare(db: Database, figures: Sequence[Figure]) -> tuple[Comparison, ...]:
    """Put figures that count the same side by side, in the order given; a figure alone makes a comparison of one.

    A figure whose definition is incomplete (no word on what is counted) is never put beside another.
    """
    groups: dict[object, list[Figure]] = {}
    for figure in figures:
        key: object = figure.definition if figure.of("counts") else figure.subject.id
        groups.setdefault(key, []).append(figure)
    return tuple(Comparison(tuple(group), _opposed(db, group)) for group in groups.values())


def differences(one: Figure, other: Figure) -> tuple[str, ...]:
    """The defining fields in which two figures differ: why they count something else."""
    pairs = zip(DEFINING, one.definition, other.definition, strict=True)
    return tuple(code for code, mine, theirs in pairs if mine != theirs)


def extent(value: str) -> tuple[float, float]:
    """The least and greatest number that a value of a figure allows; the greatest may be infinite."""
    first, last, _, _ = quantities.read(value).interval
    return first, last


def ends(figure: Figure) -> tuple[str, str]:
    """The first and last day of the figure's period, empty where none is recorded."""
    days = [span(fact.value) for fact in figure.of("period")]
    return (min(first for first, _ in days), max(last for _, last in days)) if days else ("", "")


def _opposed(db: Database, group: Sequence[Figure]) -> frozenset[str]:
    field = fields.field("value")
    stated = [fact for figure in group for fact in figure.of("value") if any(s.stance.asserts for s in fact.sources)]
    return frozenset(
        identity
        for at, one in enumerate(stated)
        for other in stated[at + 1 :]
        if values.disagree(db, field, one.value, other.value)
        for identity in (one.id, other.id)
    )
