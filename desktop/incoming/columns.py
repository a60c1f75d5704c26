"""What a map does with each column of a table, and the map in which a column is used otherwise; no Qt.

The map itself is the state of the wizard: what a file says that no box can show stays until its column is changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as having

from archive.cases.exchange.mapping import NAMES, Map, Part, Rule
from archive.cases.records import Kind
from archive.cases.subjects import BELONGS_TO
from archive.records import Confidentiality

NOTHING, ORIGIN, KEPT = "", "(origin)", "(kept)"
PERSON, CASE, EVENTS = "person", "case", ("event", "event-2", "event-3")
UNNAMED = r"某|不详|匿名|佚名|(?i:\b(anonymous|unnamed|unidentified|name withheld)\b)"
"""Where this is found in a cell of names, nobody is named."""


@dataclass(frozen=True, slots=True)
class Use:
    """How a column is used: as a `field` of `part`, else NOTHING, ORIGIN (what a row rests on), or KEPT, where the map
    says more than one thing about it."""

    part: str = NOTHING
    field: str = ""
    dates: str = ""
    separators: tuple[str, ...] = ()
    synonyms: Mapping[str, str] = having(default_factory=dict)
    required: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """A subject that a column may tell of."""

    part: str
    kind: Kind


def offers(told: Map) -> tuple[Offer, ...]:
    """The subjects of the map, and those that it may get: a person, a case, and one more event."""
    found = [Offer(part.name, part.kind) for part in told.parts]
    kinds, names = [one.kind for one in found], [one.part for one in found]
    found += [Offer(name, kind) for name, kind in ((PERSON, Kind.PERSON), (CASE, Kind.CASE)) if kind not in kinds]
    further = next((name for name in EVENTS if name not in names), "")
    if further and kinds.count(Kind.EVENT) < len(EVENTS):
        found.append(Offer(further, Kind.EVENT))
    order = (Kind.PERSON, Kind.CASE, Kind.EVENT)
    return tuple(sorted(found, key=lambda one: order.index(one.kind) if one.kind in order else len(order)))


def use_of(told: Map, column: str) -> Use:
    """How a map uses a column."""
    rules = [(part, rule) for part in told.parts for rule in part.rules if rule.column == column and not _counts(rule)]
    each = [part for part in told.parts if part.each == column]
    if column in told.origins:
        return Use(KEPT if rules or each else ORIGIN)
    if len(rules) != 1:
        return Use(KEPT if rules or each else NOTHING)
    part, rule = rules[0]
    rule = _without_heading(rule)
    plain = Rule(
        rule.field,
        column,
        dates=rule.dates,
        separators=rule.separators,
        synonyms=rule.synonyms,
        required=rule.required,
    )
    pieces = each == [part] and part.kind is Kind.PERSON and rule.field in NAMES and not rule.separators
    if rule != plain or (each and not pieces):
        return Use(KEPT)
    separators = part.separators if pieces else rule.separators
    return Use(part.name, rule.field, rule.dates, separators, rule.synonyms, rule.required)


def with_use(told: Map, column: str, use: Use) -> Map:
    """The map in which a column is used so. A case comes with every person, and whom it is about."""
    if use.part == KEPT:
        return told
    parts = [_without(part, column) for part in told.parts]
    origins = tuple(one for one in told.origins if one != column)
    if use.part == ORIGIN:
        origins = (*origins, column)
    elif use.part:
        kind = next((one.kind for one in offers(told) if one.part == use.part), Kind.EVENT)
        if use.part not in [part.name for part in parts]:
            parts.append(_new(use.part, kind, parts))
        parts = [_with(part, column, use) if part.name == use.part else part for part in parts]
    return replace(told, parts=_tidied(parts), origins=origins)


def identified(told: Map) -> str:
    """The column that tells persons apart; "" where every row is a person of its own."""
    person = next((part for part in told.parts if part.kind is Kind.PERSON), None)
    return ", ".join(person.identify) if person else ""


def with_identified(told: Map, column: str) -> Map:
    """The map in which rows that agree in a column tell of the same person."""
    first = next((part for part in told.parts if part.kind is Kind.PERSON), None)
    identify = (column,) if column else ()
    return replace(
        told, parts=tuple(replace(part, identify=identify) if part is first else part for part in told.parts)
    )


def may_identify(told: Map, columns: Iterable[str]) -> tuple[str, ...]:
    """The columns that may tell persons apart: never a name alone, and none where a row names several persons."""
    person = next((part for part in told.parts if part.kind is Kind.PERSON), None)
    if person is None or person.each:
        return ()
    naming = {rule.column for rule in person.rules if rule.field in NAMES}
    return tuple(column for column in columns if column not in naming)


def happened(told: Map, name: str) -> str | None:
    """What happened in every event of a part, "" where that is not recorded; None where columns say it."""
    rules = [rule for part in told.parts if part.name == name for rule in part.rules if rule.field == "event-type"]
    if any(rule.column for rule in rules) or len(rules) > 1:
        return None
    return rules[0].value if rules else ""


def with_happened(told: Map, name: str, code: str) -> Map:
    """The map in which this is what happened in every event of a part."""
    rule = (Rule("event-type", value=code),) if code else ()

    def changed(part: Part) -> Part:
        return replace(part, rules=(*rule, *(one for one in part.rules if one.field != "event-type")))

    return replace(told, parts=tuple(changed(part) if part.name == name else part for part in told.parts))


def with_level(told: Map, level: Confidentiality, *, beside: Map | None = None) -> Map:
    """The map whose records may be seen so: all of them, or those of subjects that `beside` lacks."""
    names = {part.name for part in beside.parts} if beside else set()
    parts = (part if part.name in names else replace(part, confidentiality=level) for part in told.parts)
    return replace(told, parts=tuple(parts))


def _counts(rule: Rule) -> bool:
    """Whether a rule only says how a case is counted."""
    return rule.field == "unit" and bool(rule.value)


def _with_heading(rule: Rule) -> Rule:
    """The rule of an account by which its column is named before the words: a bare date or number says nothing."""
    if rule.field != "account":
        return rule
    heading = rule.column.replace("\\", "\\\\")
    return replace(rule, matching="(.+)", value=heading + r": \1")


def _without_heading(rule: Rule) -> Rule:
    bare = replace(rule, matching="", value="")
    return bare if rule.column and rule == _with_heading(bare) else rule


def _without(part: Part, column: str) -> Part:
    part = replace(part, rules=tuple(rule for rule in part.rules if rule.column != column))
    return replace(part, each="", separators=()) if part.each == column else part


def _new(name: str, kind: Kind, parts: Iterable[Part]) -> Part:
    above = next((part.name for part in parts if part.kind is Kind.CASE), CASE)
    return Part(name, kind, (), parent=above if kind in BELONGS_TO else "")


def _with(part: Part, column: str, use: Use) -> Part:
    rule = _with_heading(
        Rule(
            use.field, column, dates=use.dates, separators=use.separators, synonyms=use.synonyms, required=use.required
        )
    )
    if part.kind is Kind.PERSON and use.field in NAMES and use.separators:
        # several names in a cell are several persons
        part = replace(part, each=column, separators=use.separators, identify=())
        rule = replace(rule, separators=())
    naming = {one.column for one in (*part.rules, rule) if one.field in NAMES}
    identify = () if part.kind is Kind.PERSON and set(part.identify) <= naming else part.identify
    return replace(part, rules=(*part.rules, rule), identify=identify)


def _tidied(parts: list[Part]) -> tuple[Part, ...]:
    """Without subjects of which no column tells, with a case where there is a person or an event."""
    told = [part for part in parts if any(rule.column for rule in part.rules if not _counts(rule))]
    cases = [part for part in parts if part.kind is Kind.CASE]
    if told and any(part.kind in (Kind.PERSON, Kind.EVENT) for part in told) and not any(c in told for c in cases):
        told.append(cases[0] if cases else Part(CASE, Kind.CASE, ()))
    names = {part.name for part in told}
    person = next((part for part in told if part.kind is Kind.PERSON), None)
    case = next((part for part in told if part.kind is Kind.CASE), None)
    found = []
    for part in told:
        rules = [rule for rule in part.rules if not rule.subject or rule.subject in names]
        if part is case:
            rules = [rule for rule in rules if not _counts(rule)]
            if person is not None:
                if not any(rule.field == "person-concerned" for rule in rules):
                    rules.insert(0, Rule("person-concerned", subject=person.name))
                rules += _units(person)
        found.append(replace(part, rules=tuple(rules)))
    # an event stands after what it belongs to
    return tuple(
        part
        for part in sorted(found, key=lambda part: part.kind in BELONGS_TO)
        if not part.parent or part.parent in names
    )


def _units(person: Part) -> list[Rule]:
    """How a case is counted, by the column of the names."""
    named = next((rule.column for rule in person.rules if rule.field in NAMES), "")
    if not named:
        return []
    several = "|".join(map(re.escape, person.separators)) if person.each == named else ""
    group = [Rule("unit", named, "a group", matching=several)] if several else []
    alone = f"(?!.*({several}))" if several else ""
    return [
        *group,
        Rule("unit", value="one unnamed person", unless=person.name),
        Rule("unit", named, "one unnamed person", matching=f"^{alone}(?=.*({UNNAMED}))"),
        Rule("unit", named, "one named person", matching=f"^{alone}(?!.*({UNNAMED}))"),
    ]
