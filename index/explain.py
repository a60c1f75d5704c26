"""Why a hit is where it is: what each part of a query adds to the score of its best passage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.schema import COLUMNS, WEIGHTS
from index.tree import Leaf, Other, wanted

if TYPE_CHECKING:
    from archive.connect import Database
    from index.finder import Found

OWN = f"SELECT -bm25(passages, {WEIGHTS}) FROM passages WHERE passages MATCH ? AND rowid = ?"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a query as it was written or widened (`way`, else empty): what it adds to the score, in how many of
    the archive's passages it stands, and in which fields of this record (body, title, author, publisher, name)."""

    words: str
    way: str
    score: float
    passages: int
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a record is found and where. `row` counts the record's passages from 0; its score is the sum of the parts'.

    `as_typed` says that the record matches without other forms, which come after all that do; `any_word` that any of
    the words was enough. No parts where the record does not match, or is not ranked by words.
    """

    as_typed: bool
    any_word: bool
    row: int
    parts: tuple[Part, ...]

    @property
    def score(self) -> float:
        """BM25 of the best passage, as far as the parts that are listed make it up."""
        return sum(part.score for part in self.parts)


def explained(index: Database, found: Found, identity: bytes, *, as_typed: bool) -> Explanation | None:
    """Why a query finds the record with this packed UUID; None where the index does not hold it.

    The best passage is that with the highest BM25 of all parts together, as FTS5 computes it (k1 = 1.2, b = 0.75, each
    field by its weight), which is the sum of what FTS5 gives for each part alone.
    """
    held = index.conn.execute("SELECT first, last FROM document WHERE id = ?", (identity,)).fetchone()
    if held is None:
        return None
    first, last = held
    leaves = list(dict.fromkeys(wanted(found.tree))) if found.tree else []
    written = {leaf: full for leaf in leaves if (full := found.compiler.leaf(leaf).full)}
    row = _best(index, list(written.values()), first, last)
    parts = []
    for leaf, expression in written.items() if row is not None else ():
        own = index.conn.execute(OWN, (expression, row)).fetchone()
        if own is not None:
            parts.append(_part(index, leaf, expression, float(own[0]), int(row or 0)))
    ordered = tuple(sorted(parts, key=lambda part: -part.score))
    return Explanation(as_typed, found.any_word, (row or first) - first, ordered)


def _best(index: Database, expressions: list[str], first: int, last: int) -> int | None:
    if not expressions:
        return None
    found = index.conn.execute(
        f"SELECT rowid FROM passages WHERE passages MATCH ? AND rowid BETWEEN ? AND ?"
        f" ORDER BY bm25(passages, {WEIGHTS}) LIMIT 1",
        (" OR ".join(f"({one})" for one in expressions), first, last),
    ).fetchone()
    return None if found is None else int(found[0])


def _part(index: Database, leaf: Leaf, expression: str, score: float, row: int) -> Part:
    passages = index.conn.execute("SELECT count(*) FROM passages WHERE passages MATCH ?", (expression,)).fetchone()[0]
    fields = tuple(
        column
        for column in COLUMNS
        if not getattr(leaf, "column", "")
        and index.conn.execute(
            "SELECT 1 FROM passages WHERE passages MATCH ? AND rowid = ?", (f"{column} : ({expression})", row)
        ).fetchone()
    )
    column = getattr(leaf, "column", "")
    return Part(
        leaf.text if isinstance(leaf, Other) else str(leaf),
        leaf.way if isinstance(leaf, Other) else "",
        round(score, 3),
        int(passages),
        fields or ((column,) if column else ()),
    )
