"""The fields that facts may have: read once from the program's own table."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

from archive.cases.records import Kind
from archive.errors import InvalidValue


class Type(StrEnum):
    """What the values of a field are."""

    TEXT = "text"
    NAME = "name"
    DATE = "date"
    DURATION = "duration"
    QUANTITY = "quantity"
    TERM = "term"
    COUNTRY = "country"
    SUBJECT = "subject"
    CHOICE = "choice"
    CONSENT = "consent"
    URL = "url"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: the kinds of subject that have it, the type of its values, and whether several may hold at once.

    `vocabulary` names the thesaurus of a term, `of` the kinds a subject may be, `choices` what may be chosen.
    `one_way` fields cannot hold in both directions; the values of a `history` follow one another in time.
    `huridocs` is the matching name in the Events Standard Formats.
    """

    code: str
    label: str
    on: frozenset[Kind]
    type: Type
    many: bool
    vocabulary: str
    of: tuple[Kind, ...]
    choices: tuple[str, ...]
    one_way: bool
    history: bool
    huridocs: str


def field(code: str) -> Field:
    """The field with this code. Raises InvalidValue."""
    found = everything().get(code)
    if found is None:
        raise InvalidValue(field="field", value=code, why="no such field")
    return found


def of_kind(kind: Kind) -> tuple[Field, ...]:
    """The fields that subjects of a kind may have, in the order in which a page shows them."""
    return tuple(one for one in everything().values() if kind in one.on)


@cache
def everything() -> dict[str, Field]:
    """All fields by their codes, in the table's order."""
    table = (resources.files("resources") / "vocabularies" / "fields.toml").read_text("utf-8")
    return {
        code: Field(
            code=code,
            label=row["label"],
            on=frozenset(map(Kind, row["on"])),
            type=Type(row["type"]),
            many=row.get("many", False),
            vocabulary=row.get("vocabulary", ""),
            of=tuple(map(Kind, row.get("of", ()))),
            choices=tuple(row.get("choices", ())),
            one_way=row.get("one-way", False),
            history=row.get("history", False),
            huridocs=row.get("huridocs", ""),
        )
        for code, row in tomllib.loads(table).items()
    }
