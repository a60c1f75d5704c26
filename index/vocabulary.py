"""The words that stand in the archive, with the number of passages of each: what completes, corrects and widens."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from archive.connect import Database
from index import text as texts
from index.marks import folded

MOST = 1_000
"""Words that a pattern or a misspelling may stand for; the most frequent are taken."""
NEAREST = 24
# words of spaced scripts stand below this; above are Han, kana and Hangul, whose pairs of characters are no words
LAST = "\u2e80"


def words_of(prepared: str) -> set[str]:
    """The words of a prepared text as FTS5 keeps them."""
    return {word for word in texts.words(folded(prepared)) if word < LAST}


def add(db: Database, counted: Mapping[str, int]) -> None:
    """Count further words; part of the caller's transaction."""
    db.conn.executemany(
        "INSERT INTO word VALUES (?, ?) ON CONFLICT (term) DO UPDATE SET passages = passages + excluded.passages",
        counted.items(),
    )


def recount(db: Database) -> None:
    """Count every word anew from the postings; part of the caller's transaction."""
    db.conn.execute("DELETE FROM word")
    db.conn.execute("INSERT INTO word SELECT term, doc FROM vocabulary WHERE term < ?", (LAST,))


class Vocabulary:
    """The words of one state of the index."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._all: dict[int, list[str]] | None = None
        self._frequencies: dict[str, int] = {}

    def often(self, word: str) -> int:
        """In how many passages a word stands, about; 0 for words of unspaced scripts."""
        row = self._db.conn.execute("SELECT passages FROM word WHERE term = ?", (word,)).fetchone()
        return int(row[0]) if row else 0

    def beginning(self, prefix: str, most: int = MOST) -> tuple[list[str], int]:
        """The most frequent words with this beginning, and how often words with it stand in passages at all."""
        bounds = (prefix, prefix + "\U0010ffff")
        total = self._db.conn.execute(
            "SELECT coalesce(sum(passages), 0) FROM word WHERE term BETWEEN ? AND ?", bounds
        ).fetchone()
        rows = self._db.conn.execute(
            "SELECT term FROM word WHERE term BETWEEN ? AND ? ORDER BY passages DESC, term LIMIT ?", (*bounds, most)
        )
        return [row[0] for row in rows], int(total[0])

    def like(self, pattern: str, most: int = MOST) -> list[str]:
        """The most frequent words of a form: `?` one character, `*` any number."""
        start = re.split(r"[?*]", pattern, maxsplit=1)[0]
        rows = self._db.conn.execute(
            "SELECT term FROM word WHERE term BETWEEN ? AND ? AND term GLOB ? ORDER BY passages DESC, term LIMIT ?",
            (start, start + "\U0010ffff", pattern.replace("[", "[[]"), most),
        )
        return [row[0] for row in rows]

    def near(self, word: str, distance: int, most: int = NEAREST) -> list[str]:
        """Words at most so many slips away (a missing, added or wrong letter, two swapped): nearest, then most
        frequent, first."""
        import numpy as np
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import cdist

        choices = [
            term for length in range(len(word) - distance, len(word) + distance + 1) for term in self._of_length(length)
        ]
        if not choices:
            return []
        distances = cdist([word], choices, scorer=OSA.distance, score_cutoff=distance, dtype=np.uint8)[0]
        ranked = sorted(
            (int(distances[at]), -self._frequencies[choices[at]], choices[at])
            for at in np.flatnonzero(distances <= distance)
        )
        return [term for _, _, term in ranked[:most]]

    def _of_length(self, length: int) -> list[str]:
        if self._all is None:
            self._all = {}
            self._frequencies = dict(self._db.conn.execute("SELECT term, passages FROM word"))
            for term in self._frequencies:
                self._all.setdefault(len(term), []).append(term)
        return self._all.get(length, [])


@lru_cache(maxsize=256)
def as_kept(word: str) -> str:
    """A word of a query as FTS5 keeps it."""
    return texts.bare(folded(word))
