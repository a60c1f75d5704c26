"""What is about to be recorded from a passage: subjects and rows, in the window's thread only; free of Qt."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from archive.cases import fields
from archive.cases.fields import Field, Type
from archive.cases.records import Kind

NEW = "new:"
"""How the handles of subjects begin that are about to be made."""


def handle() -> str:
    """A handle that nothing else has and nobody types: several drafts may mean the same new subject by it."""
    return f"{NEW}{uuid.uuid4()}"


@dataclass(frozen=True, slots=True)
class About:
    """A subject that facts are recorded about: one of the archive by its UUID, or by a handle one to be made.

    `parent` is the UUID or handle of what an event belongs to; `name` is recorded of a new subject, if it has one.
    """

    id: str
    kind: Kind
    label: str
    parent: str = ""
    name: str = ""

    @property
    def is_new(self) -> bool:
        """Whether it is still to be made."""
        return self.id.startswith(NEW)


@dataclass(frozen=True, slots=True)
class Row:
    """A fact proposed or accepted. `value` is as recognised or typed, `shown` as a person reads it.

    `about` and `field` are empty while it is not said what it is. `words` are the source's own, `hedge` those by which
    it hedges the value, `note` is ours. `making` is the kind of a subject to be made that the value names. `type` is
    that of the value while there is no field. `problem` says what is wrong with it.
    """

    key: int
    about: str
    field: str
    value: str
    shown: str
    words: str = ""
    hedge: str = ""
    note: str = ""
    as_of: str = ""
    accepted: bool = False
    uncertain: bool = False
    problem: str = ""
    making: Kind | None = None
    type: Type | None = None

    @property
    def is_ready(self) -> bool:
        """Whether it can be accepted: it has a field and a value."""
        return bool(self.about and self.field and self.value.strip())


class Draft:
    """The subjects and rows of one strip. Rows are known by their keys and stand subject by subject."""

    def __init__(self) -> None:
        self._keys = count(1)
        self.abouts: list[About] = []
        self.rows: list[Row] = []
        self.begun: list[Row] = []
        """Rows that a new case begins with, as they were put: nobody entered them."""

    def new(self, kind: Kind, label: str, parent: str = "", identity: str = "") -> About:
        """A subject that is made when the draft is saved, if something is recorded of it; `identity` is its handle."""
        return self.hold(About(identity or handle(), kind, label, parent))

    def hold(self, about: About) -> About:
        """Have a subject at hand; once is enough."""
        if about.id not in {one.id for one in self.abouts}:
            self.abouts.append(about)
        return about

    def about(self, identity: str) -> About | None:
        """The subject with this id."""
        return next((one for one in self.abouts if one.id == identity), None)

    def add(self, about: str, field: Field | None, value: str, shown: str, **more: object) -> Row:
        """Another row."""
        row = Row(next(self._keys), about, field.code if field else "", value, shown)
        row = replace(row, **more)  # type: ignore[arg-type]
        self.rows.append(row)
        return row

    def row(self, key: int) -> Row | None:
        """The row with this key."""
        return next((one for one in self.rows if one.key == key), None)

    def change(self, key: int, **changes: object) -> None:
        """Change a row; nothing happens where it is gone."""
        self.rows = [replace(one, **changes) if one.key == key else one for one in self.rows]  # type: ignore[arg-type]

    def rename(self, names: Mapping[str, str]) -> None:
        """Have subjects by other ids; none is held twice."""
        self.abouts = list({one.id: one for one in (renamed_about(each, names) for each in self.abouts)}.values())
        self.rows = renamed(self.rows, names)

    def call(self, identity: str, label: str) -> None:
        """Have a subject under another label."""
        self.abouts = [replace(one, label=label) if one.id == identity else one for one in self.abouts]

    def drop(self, key: int) -> None:
        """Give a row up."""
        self.rows = [one for one in self.rows if one.key != key]

    def of(self, about: str) -> list[Row]:
        """The rows about a subject, in the order in which a page shows its fields."""
        order = {code: at for at, code in enumerate(fields.everything())}
        return sorted((one for one in self.rows if one.about == about), key=lambda one: order.get(one.field, 0))

    def accept(self, key: int) -> bool:
        """Accept a row, or take that back; False where it cannot be accepted."""
        row = self.row(key)
        if row is None or not row.is_ready or row.problem:
            return False
        self.change(key, accepted=not row.accepted)
        return True

    def accept_all(self) -> None:
        """Accept every row that can be, except what is uncertain."""
        for row in self.rows:
            if row.is_ready and not row.problem and not row.uncertain:
                self.change(row.key, accepted=True)

    @property
    def accepted(self) -> list[Row]:
        """The rows that are saved."""
        return [one for one in self.rows if one.accepted]

    def problems(self, found: Iterable[tuple[int, str]]) -> None:
        """Put what is wrong at the rows it is wrong with."""
        for key, problem in found:
            self.change(key, problem=problem, accepted=False)

    def refer(self, old: str, about: About) -> None:
        """Record of another subject what was to be recorded of `old`; fields it has not become unassigned."""
        self.hold(about)
        codes = {field.code for field in fields.of_kind(about.kind)}
        for row in self.of(old):
            if row.field in codes:
                self.change(row.key, about=about.id)
            else:
                self.change(row.key, about="", field="", accepted=False)
        self.rows = [row for row in self.rows if row.about or row.value]

    def order(self) -> Sequence[tuple[About | None, list[Row]]]:
        """The rows subject by subject, the case and persons after the others, and last those without a subject."""
        behind = (Kind.CASE, Kind.PERSON)
        shown: list[tuple[About | None, list[Row]]] = [
            (about, rows)
            for about in sorted(self.abouts, key=lambda one: one.kind in behind)
            if (rows := self.of(about.id))
        ]
        loose = self.of("")
        return [*shown, (None, loose)] if loose else shown


def renamed_about(about: About, names: Mapping[str, str]) -> About:
    """A subject by another id, and belonging to another."""
    return replace(about, id=names.get(about.id, about.id), parent=names.get(about.parent, about.parent))


def renamed(rows: Iterable[Row], names: Mapping[str, str]) -> list[Row]:
    """Rows that name subjects by other ids."""

    def value(row: Row) -> str:
        is_subject = bool(row.field) and fields.field(row.field).type is Type.SUBJECT
        return names.get(row.value, row.value) if is_subject else row.value

    return [replace(row, about=names.get(row.about, row.about), value=value(row)) for row in rows]
