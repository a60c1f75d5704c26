"""Maps of tables: which column becomes which field of which subject, read from the TOML file that a person writes.

`[subject.NAME]` describes one subject that a row tells of, `[[subject.NAME.field]]` what is recorded about it; see
`docs/maps` for examples with every key explained.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as having
from typing import Any

from archive.cases import fields
from archive.cases.exchange import matching
from archive.cases.fields import Type
from archive.cases.records import Kind, Stance
from archive.cases.subjects import BELONGS_TO
from archive.errors import InvalidValue
from archive.records import Confidentiality

ORDERS = ("ymd", "dmy", "mdy")
NAMES = frozenset({"name", "official-name", "title"})
PART = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Rule:
    """How one value is read: from a column, as a constant, or as another subject of the row.

    With `matching` (a regular expression as `regex` reads it, found anywhere in the cell) only cells that match are
    read, and `value` may take over what its groups found (`P\\1Y`). `dates` is the order of day, month and year;
    `synonyms` replace a whole cell, in any case. A constant with `unless` is read where a row tells of no such subject;
    a case with such a one stands without any person where it has an event.
    """

    field: str
    column: str = ""
    value: str = ""
    subject: str = ""
    matching: str = ""
    dates: str = ""
    separators: tuple[str, ...] = ()
    synonyms: Mapping[str, str] = having(default_factory=dict)
    required: bool = False
    stance: Stance = Stance.STATES
    unless: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One subject that a row tells of; with `each`, one for every piece of that column.

    Rows that agree in all columns of `identify` tell of the same subject; without it each row tells of another.
    """

    name: str
    kind: Kind
    rules: tuple[Rule, ...]
    parent: str = ""
    each: str = ""
    separators: tuple[str, ...] = ()
    identify: tuple[str, ...] = ()
    confidentiality: Confidentiality = Confidentiality.RESTRICTED


@dataclass(frozen=True, slots=True)
class Map:
    """What a table is read by. `header` is the row of the column names; `sheet` limits it to one sheet; `empty` are
    the words that stand for nothing; `origins` are columns that say what a row rests on."""

    parts: tuple[Part, ...]
    sheet: str = ""
    header: int = 1
    empty: frozenset[str] = frozenset()
    language: str = ""
    origins: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that the map reads, in the order in which it names them."""
        named = [
            *self.origins,
            *(column for part in self.parts for column in (part.each, *part.identify)),
            *(rule.column for part in self.parts for rule in part.rules),
        ]
        return tuple(dict.fromkeys(column for column in named if column))


def read(text: str) -> Map:
    """The map in a TOML text. Raises InvalidValue, saying where and why, for anything that it does not know."""
    try:
        told = _Told("map", tomllib.loads(text.removeprefix("\ufeff")))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InvalidValue(field="map", value="", why=str(error)) from error
    subjects = _Told("subject", told.table("subject"))
    parts = tuple(_part(name, subjects.table(name)) for name in subjects.names())
    found = Map(
        parts,
        sheet=told.text("sheet"),
        header=told.number("header", 1),
        empty=frozenset(words.casefold() for words in told.texts("empty")),
        language=told.text("language"),
        origins=told.texts("origins"),
    )
    told.finish()
    check(found)
    return found


def _part(name: str, table: dict[str, Any]) -> Part:
    told = _Told(f"subject.{name}", table)
    part = Part(
        name,
        kind=told.one_of("kind", tuple(Kind), Kind),
        rules=tuple(_rule(f"subject.{name}.field", row) for row in told.tables("field")),
        parent=told.text("parent"),
        each=told.text("each"),
        separators=told.texts("separators"),
        identify=told.texts("identify"),
        confidentiality=told.one_of("confidentiality", tuple(Confidentiality), Confidentiality, "restricted"),
    )
    told.finish()
    return part


def _rule(where: str, table: dict[str, Any]) -> Rule:
    told = _Told(where, table)
    rule = Rule(
        told.text("field"),
        column=told.text("column"),
        value=told.text("value"),
        subject=told.text("subject"),
        matching=told.text("matching"),
        dates=told.one_of("dates", ("", *ORDERS), str, ""),
        separators=told.texts("separators"),
        synonyms={word.casefold(): str(code) for word, code in told.table("synonyms").items()},
        required=told.flag("required"),
        stance=told.one_of("stance", tuple(Stance), Stance, "states"),
        unless=told.text("unless"),
    )
    told.finish()
    return rule


def check(found: Map) -> None:
    """Raise InvalidValue for a map by which nothing can be read, saying where and why."""
    earlier: dict[str, Part] = {}
    names = {part.name: part for part in found.parts}
    why = "" if found.parts else "no subject"
    for part in found.parts:
        where = f"subject.{part.name}"
        above = earlier.get(part.parent)
        if not PART.fullmatch(part.name):
            why = "a subject is called by small letters, digits and hyphens"
        elif (part.kind in BELONGS_TO) != bool(part.parent):
            why = "an event needs a parent, and nothing else has one"
        elif part.parent and (above is None or above.kind not in BELONGS_TO[part.kind] or above.each):
            why = f"{part.parent} is no subject named before that an event can belong to"
        elif part.identify and _named_only(part):
            why = "persons are never taken for one by their name alone"
        elif "" in (*part.separators, *(one for rule in part.rules for one in rule.separators)):
            why = "an empty separator"
        elif part.each and part.identify:
            why = "each and identify exclude one another"
        for rule in part.rules:
            why = why or _wrong(part, rule, names)
        if why:
            raise InvalidValue(field="map", value=where, why=why)
        earlier[part.name] = part
    if why:
        raise InvalidValue(field="map", value="", why=why)


def _named_only(part: Part) -> bool:
    """Whether the columns that identify hold nothing but names."""
    naming = {rule.column for rule in part.rules if rule.field in NAMES}
    return set(part.identify) <= naming


def _wrong(part: Part, rule: Rule, names: Mapping[str, Part]) -> str:
    known = fields.field(rule.field)
    if rule.matching:
        try:
            matching.check(rule.matching, rule.value)
        except InvalidValue as error:
            return f"{rule.field}: {rule.matching[:80]}: {error.facts['why']}"
    if part.kind not in known.on:
        return f"a {part.kind} has no field {rule.field}"
    if rule.unless and (rule.unless not in names or rule.unless == part.name or rule.column or rule.subject):
        return f"{rule.field}: unless stands beside a value, and names another subject"
    if rule.subject:
        other = names.get(rule.subject)
        if known.type is not Type.SUBJECT or rule.column or rule.value:
            return f"{rule.field}: a subject stands alone, in a field for subjects"
        if other is None or other.name == part.name or (known.of and other.kind not in known.of):
            return f"{rule.field}: no fitting subject {rule.subject}"
        return ""
    if known.type is Type.SUBJECT:
        return f"{rule.field}: needs a subject of the map"
    if not rule.column and (not rule.value or rule.matching):
        return f"{rule.field}: needs a column or a value"
    if rule.column and rule.value and not rule.matching:
        return f"{rule.field}: a value beside a column needs matching"
    if rule.dates and known.type is not Type.DATE:
        return f"{rule.field}: is no date"
    return ""


class _Told:
    """A table of the file, of which every key must be asked for."""

    def __init__(self, where: str, table: Any) -> None:
        if not isinstance(table, dict):
            raise InvalidValue(field=where, value="", why="not a table")
        self._where, self._table, self._asked = where, table, set[str]()

    def names(self) -> tuple[str, ...]:
        return tuple(self._table)

    def finish(self) -> None:
        for key in self._table.keys() - self._asked:
            raise InvalidValue(field=self._where, value=key, why="no such key")

    def _get(self, key: str, kind: type, usual: Any) -> Any:
        self._asked.add(key)
        given = self._table.get(key, usual)
        if not isinstance(given, kind) or (kind is int and isinstance(given, bool)):
            raise InvalidValue(field=self._where, value=key, why=f"not a {kind.__name__}")
        return given

    def text(self, key: str) -> str:
        return str(self._get(key, str, ""))

    def number(self, key: str, usual: int) -> int:
        return max(1, int(self._get(key, int, usual)))

    def flag(self, key: str) -> bool:
        return bool(self._get(key, bool, False))

    def texts(self, key: str) -> tuple[str, ...]:
        given = self._get(key, list, [])
        if not all(isinstance(one, str) for one in given):
            raise InvalidValue(field=self._where, value=key, why="not a list of texts")
        return tuple(given)

    def table(self, key: str) -> dict[str, Any]:
        return dict(self._get(key, dict, {}))

    def tables(self, key: str) -> list[Any]:
        return list(self._get(key, list, []))

    def one_of(self, key: str, allowed: tuple[Any, ...], kind: type, usual: str | None = None) -> Any:
        given = self.text(key) or usual
        if given is None or given not in allowed:
            raise InvalidValue(field=self._where, value=key, why=f"not one of: {', '.join(allowed)}")
        return kind(given)
