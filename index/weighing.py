"""What whole queries of plain words weigh in every passage, by our own arithmetic, where that is faster than FTS5's.

Equal to FTS5's bm25() to the last digit: each word counts for itself, and all that stand in a passage are added up.
"""

from __future__ import annotations

from collections.abc import Sequence

from index import heads
from index.compile import Compiler
from index.scoring import Scored, Scorer
from index.tree import LEAVES, And, Leaf, Node, Or

FEW = 500
"""Occurrences of words in passages up to which FTS5 is as fast."""
LOTS = 40_000
"""Occurrences up to which all are weighed: 6 ms."""
ALIKE = 3
"""Where all words are asked for and the rarest stands in a smaller share of the places than one in so many, FTS5 weighs
the few passages with all of them faster."""
SPARSE = 20
"""Where fewer than one passage in so many holds any of the words, sorting is faster than going through all rows."""
TERMS = 16
"""Words that one leaf may stand for: each is a query of its own."""


class Weigher:
    """Weighs for one query."""

    def __init__(self, scorer: Scorer, compiler: Compiler) -> None:
        self._scorer, self._compiler = scorer, compiler

    def often(self, text: Node) -> int | None:
        """How often words of the query stand in passages, at most; None for what is not to be weighed here: other
        than words that all, or any of which, are asked for."""
        total = 0
        for leaf in _leaves(text) or ():
            compiled = self._compiler.leaf(leaf)
            if not compiled.often or not (compiled.begun or 0 < len(compiled.terms) <= TERMS):
                return None
            total += compiled.often
        return total or None

    def all(self, text: Node) -> Scored | None:
        """Every passage that matches, with its weight; None where it is not for us, or too much, or too little."""
        often = self.often(text)
        if often is None or not FEW < often <= LOTS:
            return None
        if isinstance(text, And) and often > ALIKE * min(self.often(part) or 0 for part in text.parts):
            return None
        return self._node(text)

    def rarest(self, text: Or) -> Scored | None:
        """The passages with any of the rarest words, as many as are to be had for half of LOTS, and the best with each
        of the others; None where there are none of the first."""
        if self.often(text) is None:
            return None
        chosen, total = [], 0
        for leaf in sorted(_leaves(text) or (), key=lambda leaf: self._compiler.leaf(leaf).often):
            total += self._compiler.leaf(leaf).often
            if total <= LOTS // 2:
                chosen.append(self._leaf(leaf))
            elif chosen:
                chosen += [heads.scored(self._scorer.db, term) for term in self._compiler.leaf(leaf).terms]
        return self._added(chosen, all_of_them=False) if chosen else None

    def are_many(self, text: Or, most: int) -> bool:
        """Whether one word alone stands in more passages than so many: faster to say than of all together."""
        words = [self._compiler.leaf(leaf) for leaf in _leaves(text) or () if self._compiler.leaf(leaf).terms]
        often = max(words, key=lambda compiled: compiled.often, default=None)
        return often is not None and often.often > most and self._scorer.is_often(often.terms[0], most)

    def _node(self, node: Node) -> Scored:
        match node:
            case And(parts):
                return self._added([self._node(part) for part in parts], all_of_them=True)
            case Or(parts):
                return self._added([self._node(part) for part in parts], all_of_them=False)
        assert isinstance(node, LEAVES)
        return self._leaf(node)

    def _leaf(self, leaf: Leaf) -> Scored:
        compiled = self._compiler.leaf(leaf)
        if compiled.begun:
            return self._scorer.beginning(compiled.begun)
        if compiled.is_one:
            return self._scorer.together(compiled.terms)
        return self._added([self._scorer.word(term) for term in compiled.terms], all_of_them=False)

    def _added(self, parts: Sequence[Scored], *, all_of_them: bool) -> Scored:
        if len(parts) == 1:
            return parts[0]
        import numpy as np

        last = max((int(part.rows.max()) for part in parts if len(part.rows)), default=0)
        if SPARSE * sum(len(part.rows) for part in parts) < last:
            rows, places = np.unique(np.concatenate([part.rows for part in parts]), return_inverse=True)
            added = np.bincount(places, np.concatenate([part.scores for part in parts]), len(rows)).astype(np.float64)
            kept = np.bincount(places, minlength=len(rows)) >= (len(parts) if all_of_them else 1)
            return Scored(rows[kept], added[kept])
        sums, counts = np.zeros(last + 1), np.zeros(last + 1, np.uint16)
        for part in parts:
            sums[part.rows] += part.scores
            counts[part.rows] += 1
        rows = np.flatnonzero(counts == len(parts) if all_of_them else counts)
        return Scored(rows, sums[rows])


def _leaves(text: Node) -> list[Leaf] | None:
    """The leaves of a leaf, an Or of leaves, an And of both; None for anything else, whose words FTS5 counts or not
    by where it stands."""
    found: list[Leaf] = []
    for part in text.parts if isinstance(text, And) else (text,):
        for leaf in part.parts if isinstance(part, Or) else (part,):
            if not isinstance(leaf, LEAVES):
                return None
            found.append(leaf)
    return found
