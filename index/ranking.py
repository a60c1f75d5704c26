"""The order of what was found: by BM25 of the best passage, and where very many match, of chosen candidates first.

A ranking is a head of scored passages and a tail of documents without score. The head is all there is where up to
MANY passages match; else it holds candidates, and the rest follows newest first.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive.connect import Database
from index.compile import MANY, Compiler, is_long, stretches
from index.schema import WEIGHTS
from index.scoring import Scored, Scorer
from index.sets import Sets
from index.tree import LEAVES, And, Node, Or, Phrase, Word, wanted
from index.weighing import Weigher

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Tail = tuple[NDArray[np.int32], NDArray[np.int64]]
    Mask = NDArray[np.bool_]

Found = tuple[int, int, float]
UNKNOWN = 1 << 40
RARER = 8_000
"""Candidates taken from the rarer words where any word will do."""
NEWEST = 2_000
"""Candidates taken from the newest passages where all words are very common."""
FIRST = 100
"""Passages of a head at least; a page deeper down asks for more."""
CANDIDATES = 200
MATCHING = f"SELECT rowid AS row, bm25(passages, {WEIGHTS}) AS score FROM passages WHERE passages MATCH ?"
# the plus keeps the planner from asking FTS5 row by row
WITHIN = f"{MATCHING} AND rowid BETWEEN ? AND ? AND +rowid IN (SELECT value FROM json_each(?))"
UNWEIGHED = (
    "SELECT row, -row AS score FROM"
    f" (SELECT rowid AS row FROM passages WHERE passages MATCH ? ORDER BY rowid DESC LIMIT {NEWEST})"
)
LATEST = f"SELECT row, score FROM ({MATCHING} ORDER BY rowid DESC LIMIT {NEWEST})"


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
    _asked: int = field(default=0, repr=False)
    _tail: Tail | None = field(default=None, repr=False)

    def page(self, offset: int, limit: int) -> list[Placed]:
        """The documents in these places."""
        end = offset + limit
        while len(self.head) < end and self.more is not None:
            # of passages, not documents: one long document may hold thousands of the best
            self._asked = max(4 * self._asked, 4 * end)
            self.head, complete = self.more(self._asked)
            if complete:
                self.more = None
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

    def __init__(
        self, db: Database, compiler: Compiler, sets: Callable[[], Sets], scorer: Scorer | None = None
    ) -> None:
        self._db, self._compiler, self._sets, self._scorer = db, compiler, sets, scorer

    def unfiltered(self, text: Node) -> Ranking:
        """The passages that match, of all documents."""
        full = self._compiler.expression(text)
        if full is None:
            return Ranking([])
        if scored := self._scored(text):
            self._compiler.rows[full] = scored.rows[::-1]
            return self._ordered(scored)
        light = self._compiler.expression(text, light=True) or full
        if light == full and self._at_most(text) <= MANY:
            return self._complete(lambda most: self._best(MATCHING, (full,), most))
        weigher = Weigher(self._scorer, self._compiler) if self._scorer else None
        are_many = weigher is not None and isinstance(text, Or) and weigher.are_many(text, MANY)
        count = MANY + 1 if are_many else self.count(light)
        if count <= MANY and (light == full or self.count(full) <= MANY):
            return self._complete(lambda most: self._best(MATCHING, (full,), most))
        if isinstance(text, Word | Phrase) and " " in full and self._compiler.leaf(text).often >= self._common():
            # a phrase of nothing but very common words: to weigh it FTS5 would go through their positions three times
            newest = [(row, document, 0.0) for row, document, _ in self._best(UNWEIGHED, (full,), CANDIDATES)]
            return Ranking(_each_once(newest), None, lambda: self._unique(self._sets().rows(full)), ("newest-first",))
        return self._bounded(text, light, count, lambda: self._unique(self._sets().rows(full)))

    def filtered(self, text: Node, mask: Mask) -> Ranking:
        """The passages that match, of the documents in the mask."""
        import numpy as np

        full = self._compiler.expression(text)
        if full and (scored := self._scored(text)):
            self._compiler.rows[full] = scored.rows[::-1]
            kept = mask[self._sets().columns.owner[scored.rows]]
            return self._ordered(Scored(scored.rows[kept], scored.scores[kept]))
        rows = self._sets().rows(full)
        rows = rows[mask[self._sets().columns.owner[rows]]]
        if full is None or not len(rows):
            return Ranking([])
        if len(rows) <= MANY:
            return self._complete(lambda most: self._best(WITHIN, (full, *_within(rows)), most))
        titled = np.intersect1d(self._sets().rows(f"title : ({full})"), rows)[-NEWEST:]
        candidates = np.union1d(rows[:NEWEST], titled)
        head = _each_once(self._best(WITHIN, (full, *_within(candidates)), CANDIDATES))
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
        parts = [part for leaf in wanted(text) for part in (stretches(leaf) if is_long(leaf) else [leaf])]
        for leaf in dict.fromkeys(parts):
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

    def _complete(self, best: Callable[[int], list[Found]]) -> Ranking:
        """A ranking of all that match, as far down as it is asked for."""

        def more(most: int) -> tuple[list[Placed], bool]:
            found = best(most)
            return _each_once(found), len(found) < most

        head, complete = more(FIRST)
        return Ranking(head, None if complete else more)

    def _bounded(self, text: Node, light: str, count: int, tail: Callable[[], Tail]) -> Ranking:
        """A ranking of candidates where very many passages match: those with the rarer of any words, or the newest."""
        if isinstance(text, Or) and self._scorer and (scored := Weigher(self._scorer, self._compiler).rarest(text)):
            return Ranking(self._ordered(scored, CANDIDATES).head, None, tail, ("rarer-first",))
        rarer = self._rarer(text) if isinstance(text, Or) and count > MANY else None
        if rarer:
            chosen, scoring = rarer
            rows = [row for row, _, _ in self._best(MATCHING, (chosen,), CANDIDATES)]
            return Ranking(
                _each_once(self._best(WITHIN, (scoring, *_within(rows)), CANDIDATES)), None, tail, ("rarer-first",)
            )
        found = self._best(LATEST, (light,), CANDIDATES)
        titled = f"title : ({light})"
        if self.count(titled, 1):
            found = sorted({*found, *self._best(LATEST, (titled,), CANDIDATES)}, key=lambda one: one[2])
        return Ranking(_each_once(found), None, tail, ("newest-first",))

    def _best(self, selection: str, parameters: tuple[object, ...], most: int) -> list[Found]:
        """The best of a selection of passages, as row, document and score."""
        return self._db.conn.execute(
            f"SELECT best.row, p.document, best.score FROM ({selection} ORDER BY score LIMIT ?) AS best"
            " CROSS JOIN passage AS p ON p.row = best.row ORDER BY best.score",
            (*parameters, most),
        ).fetchall()

    def _scored(self, text: Node) -> Scored | None:
        """All that match with their scores by our own arithmetic, where that is the faster."""
        return Weigher(self._scorer, self._compiler).all(text) if self._scorer else None

    def _ordered(self, scored: Scored, first: int = FIRST) -> Ranking:
        """A ranking of all these passages, the head made of so many."""
        import numpy as np

        owner = self._sets().columns.owner

        def more(most: int) -> tuple[list[Placed], bool]:
            rows, scores = scored.rows, scored.scores
            if len(rows) > most:
                # all that are as good as the last of the best, so that among equals the order is always the same
                least = np.partition(scores, len(scores) - most)[len(scores) - most]
                best = np.flatnonzero(scores >= least)
                rows, scores = rows[best], scores[best]
            order = np.lexsort((rows, -scores))[:most]
            rows, scores = rows[order], scores[order]
            found = zip(rows.tolist(), owner[rows].tolist(), (-scores).tolist(), strict=True)
            return _each_once(list(found)), len(scored.rows) <= most

        head, complete = more(first)
        return Ranking(head, None if complete else more)

    def _at_most(self, text: Node) -> int:
        """So many passages match at most, as the list of words has it: a large number where it does not say."""
        match text:
            case And(parts):
                return min(map(self._at_most, parts))
            case Or(parts):
                return sum(map(self._at_most, parts))
        assert isinstance(text, LEAVES)
        return self._compiler.leaf(text).often or UNKNOWN

    def _common(self) -> int:
        """So many passages make a word very common."""
        return max(MANY, int(self._db.conn.execute("SELECT max(row) FROM passage").fetchone()[0] or 0) // 4)

    def _rarer(self, text: Or) -> tuple[str, str] | None:
        """The rarest of any words, as many as match no more than RARER passages together, and the words that these
        are then scored by: no very common ones. None where the rarest alone matches more."""
        common = self._common()
        counted = []
        for part in text.parts:
            expression = self._compiler.expression(part, light=True)
            if expression:
                often = self._compiler.leaf(part).often if isinstance(part, LEAVES) else 0
                counted.append((often or self.count(expression), f"({expression})"))
        chosen: list[str] = []
        scoring: list[str] = []
        total = 0
        for count, expression in sorted(counted):
            total += count
            if total <= RARER:
                chosen.append(expression)
            if total <= 2 * MANY and count < common:
                scoring.append(expression)
        return (" OR ".join(chosen), " OR ".join(scoring)) if chosen else None

    def _unique(self, rows: NDArray[np.int64]) -> Tail:
        """The documents of rows, each once, in the order of the rows."""
        import numpy as np

        documents = self._sets().columns.owner[rows]
        _, first = np.unique(documents, return_index=True)
        first.sort()
        return documents[first], rows[first]


def _each_once(found: list[Found]) -> list[Placed]:
    best: dict[int, Placed] = {}
    for row, document, score in found:
        if document not in best:
            best[document] = Placed(document, row, -score)
    return list(best.values())


def _within(rows: Iterable[int]) -> tuple[int, int, str]:
    """Rows as parameters of WITHIN."""
    numbers = [int(row) for row in rows]
    return min(numbers, default=0), max(numbers, default=0), json.dumps(numbers)
