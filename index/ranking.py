"""The order of what was found: by BM25 of the best passage, and where very many match, of chosen candidates first.

A ranking is a head of scored passages and a tail of documents without score. The head is all there is where up to
MANY passages match; else it holds candidates, and the rest follows newest first.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive.connect import Database
from index.compile import MANY, Compiler
from index.schema import WEIGHTS
from index.sets import Sets
from index.tree import Node, Or, wanted

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Tail = tuple[NDArray[np.int32], NDArray[np.int64]]
    Mask = NDArray[np.bool_]

NEWEST = 2_000
"""Candidates taken from the newest passages where all words are very common."""
FIRST = 100
"""Passages of a head at least; a page deeper down asks for more."""
SCORE = f"bm25(passages, {WEIGHTS})"


@dataclass(frozen=True, slots=True)
class Placed:
    """A document (its number) in its place, with its best passage (a row, 0 if it is not known yet) and score."""

    document: int
    row: int
    score: float


@dataclass(slots=True)
class Ranking:
    """`head` in order, each document once; `more` gives a longer one, None where it is complete; `tail` follows."""

    head: list[Placed]
    more: Callable[[int], tuple[list[Placed], bool]] | None = None
    tail: Callable[[], Tail] | None = None
    notes: tuple[str, ...] = ()
    _tail: Tail | None = field(default=None, repr=False)

    def page(self, offset: int, limit: int) -> list[Placed]:
        """The documents in these places."""
        end = offset + limit
        if len(self.head) < end and self.more is not None:
            self.head, complete = self.more(max(2 * len(self.head), 4 * end))
            if complete:
                self.more = None
            elif len(self.head) < end:
                return self.page(offset, limit)
        page = self.head[offset:end]
        if len(page) < limit and self.tail is not None:
            documents, rows = self._following()
            start = max(0, offset - len(self.head))
            stop = end - len(self.head)
            page += [Placed(int(d), int(r), 0.0) for d, r in zip(documents[start:stop], rows[start:stop], strict=True)]
        return page

    def _following(self) -> Tail:
        """The tail without what stands in the head."""
        if self._tail is None:
            import numpy as np

            assert self.tail is not None
            documents, rows = self.tail()
            kept = ~np.isin(documents, [placed.document for placed in self.head])
            self._tail = documents[kept], rows[kept]
        return self._tail


class Ranker:
    """Ranks what one query finds. `sets` is only asked for where arrays are needed: to load them takes longer than
    most queries."""

    def __init__(self, db: Database, compiler: Compiler, sets: Callable[[], Sets]) -> None:
        self._db, self._compiler, self._sets = db, compiler, sets

    def unfiltered(self, text: Node) -> Ranking:
        """The passages that match, of all documents."""
        full = self._compiler.expression(text)
        if full is None:
            return Ranking([])
        light = self._compiler.expression(text, light=True) or full
        count = self.count(light)
        if light == full and count <= MANY:
            head, complete = self._scored(full, FIRST)
            return Ranking(head, None if complete else lambda wanted: self._scored(full, wanted))
        head, note = self._candidates(text, light, count)
        return Ranking(head, None, lambda: self._unique(self._sets().rows(full)), (note,))

    def filtered(self, text: Node, mask: Mask) -> Ranking:
        """The passages that match, of the documents in the mask."""
        import numpy as np

        full = self._compiler.expression(text)
        rows = self._sets().rows(full)
        rows = rows[mask[self._sets().columns.owner[rows]]]
        if full is None or not len(rows):
            return Ranking([])
        if len(rows) <= MANY:
            return Ranking(self._placed(self._of_rows(full, rows)))
        newest = rows[:NEWEST]
        titled = np.intersect1d(self._sets().rows(f"title : ({full})"), rows)[-NEWEST:]
        head = self._placed(self._of_rows(full, np.union1d(newest, titled)))
        return Ranking(head, None, lambda: self._unique(rows), ("newest-first",))

    def across(self, text: Node, mask: Mask | None, within: Ranking) -> Ranking:
        """What `within` single passages was found, and after it the documents that match only as a whole: those with
        the most, and the rarest, of the words in one passage first."""

        def tail() -> Tail:
            import numpy as np

            documents, rows = within.tail() if within.tail else (np.zeros(0, np.int32), np.zeros(0, np.int64))
            matching = self._sets().documents(text) if mask is None else self._sets().documents(text) & mask
            matching[documents] = False
            further = self._best_passages(text, matching)
            return np.concatenate((documents, further[0])), np.concatenate((rows, further[1]))

        return Ranking(within.head, within.more, tail, within.notes)

    def by_date(self, mask: Mask, *, newest: bool) -> Ranking:
        """These documents by date, the undated last; their best passages are not known."""
        import numpy as np

        columns = self._sets().columns
        documents = np.flatnonzero(mask).astype(np.int32)
        dates = columns.column("latest" if newest else "earliest")[documents]
        order = np.lexsort((documents, -dates if newest else np.where(dates == 0, np.iinfo(np.int32).max, dates)))
        documents = documents[order]
        return Ranking([], None, lambda: (documents, np.zeros(len(documents), np.int64)))

    def _best_passages(self, text: Node, mask: Mask) -> Tail:
        """The documents of the mask with the passage that holds most of the wanted words, weighed by rarity."""
        import numpy as np

        sets, owner = self._sets(), self._sets().columns.owner
        rows, weights = [], []
        for leaf in dict.fromkeys(wanted(text)):
            found = sets.rows(self._compiler.leaf(leaf).full)
            kept = found[mask[owner[found]]]
            rows.append(kept)
            weights.append(np.full(len(kept), math.log(1 + len(owner) / (1 + len(found)))))
        every, places = np.unique(np.concatenate(rows), return_inverse=True)
        sums = np.bincount(places, np.concatenate(weights))
        order = np.lexsort((-every, -sums))
        return self._unique(every[order])

    def count(self, expression: str | None, most: int = MANY + 1) -> int:
        """How many passages match, counted no further than `most`."""
        if expression is None:
            return 0
        sql = "SELECT count(*) FROM (SELECT 1 FROM passages WHERE passages MATCH ? LIMIT ?)"
        return int(self._db.conn.execute(sql, (expression, most)).fetchone()[0])

    def _scored(self, expression: str, most: int) -> tuple[list[Placed], bool]:
        """The best passages, one for each document, and whether there are no more."""
        found = self._db.conn.execute(
            f"SELECT best.row, p.document, best.score FROM (SELECT rowid AS row, {SCORE} AS score FROM passages"
            f" WHERE passages MATCH ? ORDER BY score LIMIT ?) AS best CROSS JOIN passage AS p ON p.row = best.row"
            " ORDER BY best.score",
            (expression, most),
        ).fetchall()
        return _each_once(found), len(found) < most

    def _candidates(self, text: Node, expression: str, count: int) -> tuple[list[Placed], str]:
        """The head where very many passages match: those with the rarer of any words, or the newest."""
        if count <= MANY:  # what a prefix is completed to
            return self._scored(expression, NEWEST)[0], "newest-first"
        if isinstance(text, Or):
            rarer = self._rarer(text)
            if rarer:
                best = [placed.row for placed in self._scored(rarer, 4 * FIRST)[0]]
                return self._placed(self._of_rows(expression, best)), "rarer-first"
        newest = self._db.conn.execute(
            f"SELECT rowid, {SCORE} FROM passages WHERE passages MATCH ? ORDER BY rowid DESC LIMIT ?",
            (expression, NEWEST),
        ).fetchall()
        titled = f"title : ({expression})"
        if self.count(titled, 1):
            newest += self._db.conn.execute(
                f"SELECT rowid, {SCORE} FROM passages WHERE passages MATCH ? ORDER BY rowid DESC LIMIT ?",
                (titled, NEWEST),
            ).fetchall()
        return self._placed(newest), "newest-first"

    def _rarer(self, text: Or) -> str | None:
        """The rarest of any words that together match no more than MANY passages."""
        counted = []
        for part in text.parts:
            expression = self._compiler.expression(part, light=True)
            if expression:
                counted.append((self.count(expression), expression))
        chosen: list[str] = []
        left = MANY
        for count, expression in sorted(counted):
            left -= count
            if left < 0:
                break
            chosen.append(expression)
        return " OR ".join(f"({expression})" for expression in chosen) or None

    def _of_rows(self, expression: str, rows: object) -> list[tuple[int, float]]:
        """The scores of these passages. The plus keeps the planner from asking FTS5 row by row."""
        return self._db.conn.execute(
            f"SELECT rowid, {SCORE} FROM passages WHERE passages MATCH ?"
            " AND +rowid IN (SELECT value FROM json_each(?))",
            (expression, json.dumps([int(row) for row in rows])),  # type: ignore[attr-defined]
        ).fetchall()

    def _placed(self, scored: list[tuple[int, float]]) -> list[Placed]:
        """Scored passages as documents in order."""
        best = sorted(dict(scored).items(), key=lambda pair: (pair[1], -pair[0]))
        owner = self._documents([row for row, _ in best])
        return _each_once([(row, owner[row], score) for row, score in best])

    def _documents(self, rows: list[int]) -> dict[int, int]:
        found = self._db.conn.execute(
            "SELECT p.row, p.document FROM json_each(?) AS wanted CROSS JOIN passage AS p ON p.row = wanted.value",
            (json.dumps(rows),),
        )
        return dict(found)

    def _unique(self, rows: NDArray[np.int64]) -> Tail:
        """The documents of rows, each once, in the order of the rows."""
        import numpy as np

        documents = self._sets().columns.owner[rows]
        _, first = np.unique(documents, return_index=True)
        first.sort()
        return documents[first], rows[first]


def _each_once(found: list[tuple[int, int, float]]) -> list[Placed]:
    best: dict[int, Placed] = {}
    for row, document, score in found:
        if document not in best:
            best[document] = Placed(document, row, -score)
    return list(best.values())
