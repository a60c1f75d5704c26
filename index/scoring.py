"""BM25 of single words by our own arithmetic, over all their places as FTS5 hands them out: exactly what bm25() says.

For each passage bm25() decodes its places and looks its length up, 0.7 µs in all; to take the places of a word in one
piece costs a tenth of that each, and the lengths are an array (`index.lengths`).
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from archive.connect import Database
from index import lengths
from index.schema import COLUMNS, WEIGHTS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

K1, B = 1.2, 0.75
LEAST = 1e-6
"""What FTS5 lets a word count that stands in more than half of all passages."""
KEPT = 400_000
"""Passages of words whose scores are kept: 5 MB."""
HEADS = COLUMNS[1:]
PLACES = "SELECT json_group_array(doc) FROM place WHERE term BETWEEN ? AND ?"
IN_HEADS = (
    "SELECT "
    + ", ".join(f"json_group_array(doc) FILTER (WHERE col = '{column}')" for column in HEADS)
    + " FROM place WHERE term BETWEEN ? AND ? AND col <> 'body'"
)


@dataclass(frozen=True, slots=True)
class Scored:
    """The passages a word stands in, ascending, and how much it counts in each: the higher the better."""

    rows: NDArray[np.int64]
    scores: NDArray[np.float64]


class Scorer:
    """Scores words over one state of the index."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self._kept: OrderedDict[str, Scored] = OrderedDict()

    def word(self, term: str) -> Scored:
        """The scores of a word as FTS5 keeps it (`vocabulary.as_kept`); no rows where it is nowhere."""
        return self._keeping(_quoted(term), ((term, term),))

    def beginning(self, prefix: str) -> Scored:
        """The scores of all words with a beginning, as if they were one word."""
        return self._keeping(f"{_quoted(prefix)}*", ((prefix, prefix + "\U0010ffff"),))

    def together(self, terms: Sequence[str]) -> Scored:
        """The scores of several words as if they were one word."""
        return self._keeping(" OR ".join(map(_quoted, terms)), tuple((term, term) for term in terms))

    def _keeping(self, expression: str, bounds: Sequence[tuple[str, str]]) -> Scored:
        scored = self._kept.get(expression)
        if scored is None:
            scored = self._kept[expression] = self._scored(expression, bounds)
            while len(self._kept) > 1 and sum(len(one.rows) for one in self._kept.values()) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(expression)
        return scored

    def is_often(self, term: str, than: int) -> bool:
        """Whether a word stands in more passages than so many."""
        sql = "SELECT count(*) FROM (SELECT 1 FROM passages WHERE passages MATCH ? LIMIT ?)"
        return int(self.db.conn.execute(sql, (_quoted(term), than + 1)).fetchone()[0]) > than

    def _scored(self, expression: str, bounds: Sequence[tuple[str, str]]) -> Scored:
        import numpy as np

        places = np.concatenate([_parsed(self.db.conn.execute(PLACES, one).fetchone()[0]) for one in bounds])
        if not len(places):
            return Scored(places, np.zeros(0))
        if len(bounds) > 1 or bounds[0][0] != bounds[0][1]:
            places.sort()  # those of one word ascend
        starts = np.flatnonzero(np.concatenate(([True], places[1:] != places[:-1])))
        rows, often = places[starts], np.diff(starts, append=len(places)).astype(np.float64)
        in_heads = f"{{{' '.join(HEADS)}}} : ({expression})"
        if self.db.conn.execute("SELECT 1 FROM passages WHERE passages MATCH ? LIMIT 1", (in_heads,)).fetchone():
            weights = [float(weight) for weight in WEIGHTS.split(",")[1:]]
            for one in bounds:
                for found, weight in zip(self.db.conn.execute(IN_HEADS, one).fetchone(), weights, strict=True):
                    if weight != 1:
                        np.add.at(often, np.searchsorted(rows, _parsed(found)), weight - 1)
        number, average = self._passages
        rarity = math.log((number - len(rows) + 0.5) / (len(rows) + 0.5))
        scores = often * (K1 + 1) / (often + K1 * (1 - B + B * self._lengths[rows] / average))
        return Scored(rows, scores * (rarity if rarity > 0 else LEAST))

    @cached_property
    def _lengths(self) -> NDArray[np.int32]:
        return lengths.load(self.db)

    @cached_property
    def _passages(self) -> tuple[int, float]:
        """How many passages there are, and their length in the middle."""
        number, words = lengths.totals(self.db)
        return number, words / max(1, number)


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'


def _parsed(listed: str) -> NDArray[np.int64]:
    import numpy as np

    return np.fromstring(listed[1:-1], np.int64, sep=",")
