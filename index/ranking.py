"""The order of what was found: by BM25 of the best passage, and where very many match, of chosen candidates first.

Where up to MANY passages match, all are ranked; else the head of a ranking holds candidates, and the rest follows
newest first.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from archive.connect import Database
from index import heads
from index.compile import MANY, Compiler, is_long, stretches
from index.heads import Head
from index.placing import Found, Placed, Ranking, each_once
from index.schema import WEIGHTS
from index.scoring import Scored, Scorer
from index.sets import Sets
from index.tree import LEAVES, And, Node, Or, Phrase, Prefix, Word, wanted
from index.weighing import Weigher

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.placing import Tail

    Mask = NDArray[np.bool_]

__all__ = ["Placed", "Ranker", "Ranking"]

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
        if headed := self._headed(text, full):
            return headed
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
            return Ranking(each_once(newest), None, lambda: self._unique(self._sets().rows(full)), ("newest-first",))
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
        head = each_once(self._best(WITHIN, (full, *_within(candidates)), CANDIDATES))
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
            return each_once(found), len(found) < most

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
                each_once(self._best(WITHIN, (scoring, *_within(rows)), CANDIDATES)), None, tail, ("rarer-first",)
            )
        found = self._best(LATEST, (light,), CANDIDATES)
        titled = f"title : ({light})"
        if self.count(titled, 1):
            found = sorted({*found, *self._best(LATEST, (titled,), CANDIDATES)}, key=lambda one: one[2])
        return Ranking(each_once(found), None, tail, ("newest-first",))

    def _best(self, selection: str, parameters: tuple[object, ...], most: int) -> list[Found]:
        """The best of a selection of passages, as row, document and score."""
        return self._db.conn.execute(
            f"SELECT best.row, p.document, best.score FROM ({selection} ORDER BY score LIMIT ?) AS best"
            " CROSS JOIN passage AS p ON p.row = best.row ORDER BY best.score",
            (*parameters, most),
        ).fetchall()

    def _headed(self, text: Node, full: str) -> Ranking | None:
        """A frequent word, or the beginning of very many, by the passages it counts most in, which the index keeps."""
        if not isinstance(text, Word | Prefix):
            return None
        compiled = self._compiler.leaf(text)
        words = compiled.terms if len(compiled.terms) == 1 else compiled.frequent
        if not words or compiled.often <= heads.FREQUENT:
            return None
        found = [head for word in words if (head := heads.of(self._db, word))]
        exact = compiled.often <= MANY  # then the order is promised to be
        if not found or (exact and not heads.fresh(self._db)) or (compiled.frequent and not self._are_many(words[0])):
            return None
        best = [(row, -score) for row, score in heads.best_of(found)[:FIRST]]
        if since := heads.since(self._db, full, NEWEST) if not exact else []:
            best = sorted([*best, *self._weighed(full, since)], key=lambda one: one[1])
        placed = self._placed(best)
        if exact:
            return Ranking(placed, self._all(text, full))
        return Ranking(placed, None, lambda: self._unique(self._sets().rows(full)), ("best-first",))

    def _all(self, text: Node, full: str) -> Callable[[int], tuple[list[Placed], bool]]:
        """More of a ranking of all that match, which is only begun when it is asked for."""

        def more(most: int) -> tuple[list[Placed], bool]:
            if scored := self._scored(text):
                return self._ordered(scored, most).head, len(scored.rows) <= most
            found = self._best(MATCHING, (full,), most)
            return each_once(found), len(found) < most

        return more

    def _weighed(self, full: str, rows: list[int]) -> Head:
        return [(row, score) for row, _, score in self._best(WITHIN, (full, *_within(rows)), FIRST)]

    def _are_many(self, word: str) -> bool:
        """Whether more than MANY passages hold a word."""
        return self.count('"' + word.replace('"', '""') + '"') > MANY

    def _placed(self, best: Head) -> list[Placed]:
        """Passages with their scores as places."""
        scores = dict(best)
        found = self._db.conn.execute(
            "SELECT p.row, p.document FROM json_each(?) AS best CROSS JOIN passage AS p ON p.row = best.value",
            (json.dumps([row for row, _ in best]),),
        )
        return each_once([(row, document, scores[row]) for row, document in found])

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
            return each_once(list(found)), len(scored.rows) <= most

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


def _within(rows: Iterable[int]) -> tuple[int, int, str]:
    """Rows as parameters of WITHIN."""
    numbers = [int(row) for row in rows]
    return min(numbers, default=0), max(numbers, default=0), json.dumps(numbers)
