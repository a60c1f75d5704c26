"""Figures as lines to show: groups that count the same with their values, and why the others are not comparable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archive.cases import fields
from archive.cases.fields import Type
from archive.cases.figures import DEFINING, Comparison, Figure, differences
from archive.cases.records import Fact, Tally
from desktop import shown
from desktop.cases import words
from desktop.cases.lines import Line, Shape
from desktop.cases.words import Label
from desktop.translate import tr, trn

ABOUT = ("method", "channel", "host", "excludes", "basis", "trend", "completeness", "claimed-by", "programme")


def lines(comparisons: Sequence[Comparison], label: Label, tallies: dict[str, Tally]) -> tuple[Line, ...]:
    """Every line from top to bottom: what can be compared first, and of the rest those that count alike together."""
    return tuple(_lines(comparisons, label, tallies))


def definition(figure: Figure, label: Label) -> str:
    """What a figure counts, of whom, where and when."""
    said = []
    for code in DEFINING:
        for fact in figure.of(code):
            said.append(words.value(fact, label))
    return shown.line("  ·  ".join(said)) or tr("What is counted: not recorded")


def _lines(comparisons: Sequence[Comparison], label: Label, tallies: dict[str, Tally]) -> Iterator[Line]:
    ordered = sorted(comparisons, key=lambda one: (_counted(one.figures[0]), definition(one.figures[0], label)))
    several = [one for one in ordered if _values(one) > 1]
    yield Line(Shape.TITLE, tr("Figures"))
    yield Line(Shape.NOTE, tr("Only figures that count the same stand under one heading. Nothing is added up."))
    last = ""
    for group in [*several, *(one for one in ordered if one not in several)]:
        counted = _counted(group.figures[0])
        name = label(fields.field("counts"), counted) if counted else tr("What is counted: not recorded")
        if counted != last or group in several:
            yield Line(Shape.HEADING, name)
        last = counted
        yield from _group(group, label, tallies, [one for one in ordered if one is not group])


def _group(group: Comparison, label: Label, tallies: dict[str, Tally], others: Sequence[Comparison]) -> Iterator[Line]:
    figure = group.figures[0]
    yield Line(Shape.EVENT, definition(figure, label), target=figure.subject.id)
    if group.opposed:
        said = trn("{n} value that cannot all be true", "{n} values that cannot all be true", len(group.opposed))
        yield Line(Shape.WARNING, said, fact=sorted(group.opposed)[0])
    for one in group.figures:
        for fact in one.of("value"):
            yield _fact(fact, label, tallies, fact.id in group.opposed)
    for one in group.figures:
        for fact in one.facts:
            if fact.field in ABOUT:
                yield _fact(fact, label, tallies, False)
    apart = [other for other in others if _counted(other.figures[0]) == _counted(figure) and _counted(figure)]
    reasons = dict.fromkeys(
        fields.field(code).label for other in apart for code in differences(figure, other.figures[0])
    )
    if reasons:
        yield Line(
            Shape.NOTE,
            tr("Others of this kind count something else: they differ in {fields}.", fields=", ".join(reasons).lower()),
            on_line=True,
        )


def _fact(fact: Fact, label: Label, tallies: dict[str, Tally], opposed: bool) -> Line:
    field = fields.field(fact.field)
    hedge = words.hedges(fact)
    text = words.value(fact, label)
    return Line(
        Shape.FACT,
        f"{text}  {hedge}" if hedge else text,
        field.label,
        words.standing(tallies[fact.id]),
        fact.id,
        fact.value if field.type is Type.SUBJECT else "",
        opposed,
        on_line=True,
    )


def _counted(figure: Figure) -> str:
    return next((fact.value for fact in figure.of("counts")), "")


def _values(group: Comparison) -> int:
    return sum(len(figure.of("value")) for figure in group.figures)
