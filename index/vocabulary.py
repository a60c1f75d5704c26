"""The words that stand in the archive, with the number of passages of each: what completes, corrects and widens."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from typing import Any

from archive.connect import Database
from index import text as texts
from index.marks import folded
from index.packed import Words
from index.widen import letters

MOST = 1_000
"""Words that a pattern or a misspelling may stand for; the most frequent are taken."""
# words of spaced scripts stand below this; above are Han, kana and Hangul, whose pairs of characters are no words
LAST = "\u2e80"
NO_WORD = re.compile('["\0]')


def words_of(prepared: str) -> set[str]:
    """The words of a prepared text as FTS5 keeps them."""
    return {word for word in texts.words(folded(prepared)) if word < LAST}


def add(db: Database, counted: Mapping[str, int]) -> None:
    """Count further words; part of the caller's transaction."""
    db.conn.executemany(
        "INSERT INTO word VALUES (?, ?) ON CONFLICT (term) DO UPDATE SET passages = passages + excluded.passages",
        counted.items(),
    )
    _sound(db, counted)


def recount(db: Database) -> None:
    """Count every word anew from the postings; part of the caller's transaction."""
    db.conn.execute("DELETE FROM word")
    db.conn.execute("INSERT INTO word SELECT term, doc FROM vocabulary WHERE term < ?", (LAST,))
    db.conn.execute("DELETE FROM sound")
    _sound(db, (row[0] for row in db.conn.execute("SELECT term FROM word").fetchall()))


def _sound(db: Database, words: Iterable[str]) -> None:
    """Keep these words under what they sound like, so that other spellings find them."""
    db.conn.executemany("INSERT OR IGNORE INTO sound VALUES (?, ?)", sorted(letters.keyed(words)))


class Vocabulary:
    """The words of one state of the index."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._there: dict[tuple[str, str], bool] = {}
        self.kept: dict[str, Any] = {}
        """What others have made of the words of this state, by a name of theirs."""

    def often(self, word: str) -> int:
        """In how many passages a word stands, about; 0 for words of unspaced scripts."""
        row = self._db.conn.execute("SELECT passages FROM word WHERE term = ?", (word,)).fetchone()
        return int(row[0]) if row else 0

    def known(self, words: Iterable[str]) -> dict[str, int]:
        """Those of these words, as FTS5 keeps them, that stand in the archive, and in how many passages."""
        return dict(
            self._db.conn.execute(
                "SELECT w.term, w.passages FROM (SELECT DISTINCT value FROM json_each(?)) AS wanted"
                " CROSS JOIN word AS w ON w.term = wanted.value",
                (json.dumps([*words]),),
            )
        )

    def holds(self, words: str, most: int = 1) -> int:
        """In how many passages, counted to `most`, this phrase stands: words as FTS5 keeps them, with blanks between,
        pairs of unspaced scripts among them."""
        found = self._db.conn.execute(
            "SELECT count(*) FROM (SELECT 1 FROM passages WHERE passages MATCH ? LIMIT ?)",
            (f'"{NO_WORD.sub(" ", words)}"', most),
        )
        return int(found.fetchone()[0])

    def held(self, terms: Iterable[str]) -> set[str]:
        """Those of these terms that stand in the archive, as FTS5 keeps them; pairs of unspaced scripts too, which are
        in no list."""
        found = self._db.conn.execute(
            "SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM passages WHERE passages MATCH"
            " '\"' || value || '\"')",
            (json.dumps([NO_WORD.sub(" ", term) for term in terms]),),
        )
        return {row[0] for row in found}

    def has(self, first: str, last: str) -> bool:
        """Whether any term of the index stands between these, in order of their code points: any of a script."""
        if (first, last) not in self._there:
            row = self._db.conn.execute("SELECT 1 FROM vocabulary WHERE term BETWEEN ? AND ? LIMIT 1", (first, last))
            self._there[first, last] = row.fetchone() is not None
        return self._there[first, last]

    def passages(self) -> int:
        """How many passages there are, about."""
        return int(self._db.conn.execute("SELECT coalesce(max(row), 0) FROM passage").fetchone()[0])

    def sounding(self, keys: Iterable[str], most: int = MOST) -> list[tuple[str, int]]:
        """Words under these keys (`letters.key`) and the number of passages of each, those of the first keys first."""
        rows = self._db.conn.execute(
            "SELECT s.term, w.passages FROM json_each(?) AS wanted CROSS JOIN sound AS s ON s.key = wanted.value"
            " CROSS JOIN word AS w ON w.term = s.term ORDER BY wanted.key LIMIT ?",
            (json.dumps([*keys]), most),
        )
        return [(row[0], row[1]) for row in rows]

    def beginning(self, prefix: str, most: int = MOST) -> tuple[list[str], int]:
        """The most frequent words with this beginning, and how often words with it stand in passages at all."""
        bounds = (prefix, prefix + "\U0010ffff")
        total = self._db.conn.execute(
            "SELECT coalesce(sum(passages), 0) FROM word WHERE term BETWEEN ? AND ?", bounds
        ).fetchone()
        return self.begun(prefix, most), int(total[0])

    def within(self, first: str, last: str, most: int) -> list[str]:
        """The most frequent words between these in order of their code points, such as those of a script."""
        rows = self._db.conn.execute(
            "SELECT term FROM word WHERE term BETWEEN ? AND ? ORDER BY passages DESC, term LIMIT ?", (first, last, most)
        )
        return [row[0] for row in rows]

    def begun(self, prefix: str, most: int) -> list[str]:
        """The most frequent words with this beginning."""
        rows = self._db.conn.execute(
            "SELECT term FROM word WHERE term BETWEEN ? AND ? ORDER BY passages DESC, term LIMIT ?",
            (prefix, prefix + "\U0010ffff", most),
        )
        return [row[0] for row in rows]

    def like(self, pattern: str, most: int = MOST) -> list[str]:
        """The most frequent words of a form: `?` one character, `*` any number."""
        start = re.split(r"[?*]", pattern, maxsplit=1)[0]
        rows = self._db.conn.execute(
            "SELECT term FROM word WHERE term BETWEEN ? AND ? AND term GLOB ? ORDER BY passages DESC, term LIMIT ?",
            (start, start + "\U0010ffff", pattern.replace("[", "[[]"), most),
        )
        return [row[0] for row in rows]

    @cached_property
    def words(self) -> Words:
        """All of them in memory, for what is spelled alike."""
        return Words.load(self._db)


@lru_cache(maxsize=256)
def as_kept(word: str) -> str:
    """A word of a query as FTS5 keeps it."""
    return texts.bare(folded(word))
