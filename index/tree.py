"""What a query means, as a tree of small frozen nodes; `str()` of a node is the query written out again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

COLUMNS = ("title", "author", "publisher")
"""Fields that are searched by their words; all other fields hold values."""


@dataclass(frozen=True, slots=True)
class _Written:
    """One stretch as typed, in any text or in one of COLUMNS."""

    text: str
    column: str = ""

    def __str__(self) -> str:
        return _in(self.column, self.text)


@dataclass(frozen=True, slots=True)
class Word(_Written):
    """A word, or what the index cuts into several side by side (`anti-corruption`, a run of Han); `exact` where no
    other form of it is wanted."""

    exact: bool = False

    def __str__(self) -> str:
        return _in(self.column, f"={self.text}" if self.exact else self.text)


@dataclass(frozen=True, slots=True)
class Prefix(_Written):
    """Every word that begins so."""

    def __str__(self) -> str:
        return _in(self.column, f"{self.text}*")


@dataclass(frozen=True, slots=True)
class Wildcard(_Written):
    """Every word of this form: `?` one character, `*` any number."""


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Every word at most so many typing mistakes away."""

    text: str
    distance: int
    column: str = ""

    def __str__(self) -> str:
        return _in(self.column, f"{self.text}~{self.distance if self.distance > 1 else ''}")


@dataclass(frozen=True, slots=True)
class Phrase:
    """These words side by side, or with `near` in any order with at most so many others between; `capital` where only
    what begins with a capital letter is meant, which the index does not know, but marks do."""

    text: str
    near: int | None = None
    column: str = ""
    exact: bool = False
    capital: bool = False

    def __str__(self) -> str:
        sign, behind = "=" if self.exact else "", "" if self.near is None else f"~{self.near}"
        return _in(self.column, f'{sign}"{self.text}"{behind}')


@dataclass(frozen=True, slots=True)
class Other:
    """Another form of what was typed as `typed`: these words side by side, to which the widening `way` leads."""

    text: str
    way: str
    typed: str
    column: str = ""

    def __str__(self) -> str:
        return _in(self.column, f'"{self.text}"')


@dataclass(frozen=True, slots=True)
class Value:
    """A value of the record: `field` is country, place, language, type or kind; `words` is how it was written."""

    field: str
    value: str
    words: str

    def __str__(self) -> str:
        return f'{self.field}:"{self.words}"' if " " in self.words else f"{self.field}:{self.words}"


@dataclass(frozen=True, slots=True)
class Dated:
    """A date that may lie within these days (ISO; empty for an open end), written as `words`."""

    first: str
    last: str
    words: str

    def __str__(self) -> str:
        return f"date:{self.words}"


@dataclass(frozen=True, slots=True)
class And:
    """All of them; `implied` where no operator was written, so that the search may be widened to any of them."""

    parts: tuple[Node, ...]
    implied: bool = False

    def __str__(self) -> str:
        return (" " if self.implied else " AND ").join(map(_inner, self.parts))


@dataclass(frozen=True, slots=True)
class Or:
    """Any of them."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        return " OR ".join(map(_inner, self.parts))


@dataclass(frozen=True, slots=True)
class Not:
    """Everything else."""

    part: Node

    def __str__(self) -> str:
        return f"NOT {_inner(self.part)}"


@dataclass(frozen=True, slots=True)
class Forms:
    """A word and other forms of it, any of which counts as if it were the word itself; `capital` where only those of
    the others are marked that begin with a capital letter."""

    text: str
    others: tuple[str, ...]
    column: str = ""
    capital: bool = False

    def __str__(self) -> str:
        return _in(self.column, self.text)


Leaf = Word | Prefix | Wildcard | Fuzzy | Phrase | Other | Forms
LEAVES = (Word, Prefix, Wildcard, Fuzzy, Phrase, Other, Forms)
Node = Leaf | Value | Dated | And | Or | Not


def wanted(node: Node) -> Iterator[Leaf]:
    """The leaves that make a record match, in order: all but those below a NOT."""
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from wanted(part)
        case Word() | Prefix() | Wildcard() | Fuzzy() | Phrase() | Other() | Forms():
            yield node


def valued(node: Node) -> Iterator[Value]:
    """The values that make a record match, in order: all but those below a NOT."""
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from valued(part)
        case Value():
            yield node


def _in(column: str, text: str) -> str:
    return f"{column}:{text}" if column else text


def _inner(node: Node) -> str:
    return f"({node})" if isinstance(node, And | Or) else str(node)
