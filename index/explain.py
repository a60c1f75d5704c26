"""Why a hit is where it is: what each part of a query adds to the score of its best passage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.compile import Compiler, plan
from index.schema import COLUMNS, WEIGHTS
from index.tree import LEAVES, And, Leaf, Node, Or, Other, wanted

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
    """Why a record is found and where. `row` counts the record's passages from 0; its score is the sum of the parts',
    which is the hit's own, but where only candidates were ranked, as the notes of the answer say.

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
    at = _At(index, found.compiler, first, last)
    text = _ranked(found.tree) if found.tree else None
    leaves = list(wanted(text)) if text else []
    row = (
        at.best([at.compiler.expression(text), at.compiler.expression(Or(tuple(leaves)))]) if text and leaves else None
    )
    parts = []
    if text and row is not None:
        # what stands below an And counts only where all of it does, but in a record that matches by several passages
        counted = Counter(at.counted(text, row) or [leaf for leaf in leaves if at.matches(leaf, row)])
        parts = [_part(index, leaf, at.compiler.leaf(leaf).full or "", often, row) for leaf, often in counted.items()]
    ordered = tuple(sorted(parts, key=lambda part: -part.score))
    return Explanation(as_typed, found.any_word, (row or first) - first, ordered)


def _ranked(tree: Node) -> Node | None:
    """What of a query FTS5 ranks by."""
    taken = plan(tree)
    leaves = tuple(dict.fromkeys(wanted(tree)))
    return (Or(leaves) if leaves else None) if taken.mixed else taken.text


class _At:
    """One record in the index, the rows `first` to `last`."""

    def __init__(self, index: Database, compiler: Compiler, first: int, last: int) -> None:
        self._index, self.compiler, self._first, self._last = index, compiler, first, last

    def best(self, expressions: Sequence[str | None]) -> int | None:
        """The row that weighs most by the first of the expressions that matches any."""
        for expression in filter(None, expressions):
            found = self._index.conn.execute(
                "SELECT rowid FROM passages WHERE passages MATCH ? AND rowid BETWEEN ? AND ?"
                f" ORDER BY bm25(passages, {WEIGHTS}) LIMIT 1",
                (expression, self._first, self._last),
            ).fetchone()
            if found is not None:
                return int(found[0])
        return None

    def counted(self, node: Node, row: int) -> list[Leaf]:
        """The leaves that FTS5 counts in a row, each as often as it was written; none where the node does not match."""
        match node:
            case And(parts):
                each = [self.counted(part, row) for part in parts]
                return [leaf for some in each for leaf in some] if all(each) else []
            case Or(parts):
                return [leaf for part in parts for leaf in self.counted(part, row)]
        return [node] if isinstance(node, LEAVES) and self.matches(node, row) else []

    def matches(self, leaf: Leaf, row: int) -> bool:
        """Whether a leaf stands in a row."""
        sql = "SELECT 1 FROM passages WHERE passages MATCH ? AND rowid = ?"
        full = self.compiler.leaf(leaf).full
        return full is not None and self._index.conn.execute(sql, (full, row)).fetchone() is not None


def _part(index: Database, leaf: Leaf, expression: str, often: int, row: int) -> Part:
    (score,) = index.conn.execute(OWN, (expression, row)).fetchone()
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
        round(often * float(score), 3),
        int(passages),
        fields or ((column,) if column else ()),
    )
