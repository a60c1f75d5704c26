"""The words that stand in the archive, with the number of passages of each: what completes, corrects and widens."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from archive.connect import Database
from index import text as texts
from index.marks import folded

MOST = 200
"""Words that a pattern or a misspelling may stand for; the most frequent are taken."""
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


def beginning(db: Database, prefix: str, most: int = MOST) -> tuple[list[str], int]:
    """The most frequent words with this beginning, and how often words with it stand in passages at all."""
    bounds = (prefix, prefix + "\U0010ffff")
    total = db.conn.execute("SELECT coalesce(sum(passages), 0) FROM word WHERE term BETWEEN ? AND ?", bounds).fetchone()
    rows = db.conn.execute(
        "SELECT term FROM word WHERE term BETWEEN ? AND ? ORDER BY passages DESC, term LIMIT ?", (*bounds, most)
    )
    return [row[0] for row in rows], int(total[0])


def like(db: Database, pattern: str, most: int = MOST) -> list[str]:
    """The most frequent words of a form: `?` one character, `*` any number."""
    start = re.split(r"[?*]", pattern, maxsplit=1)[0]
    rows = db.conn.execute(
        "SELECT term FROM word WHERE term BETWEEN ? AND ? AND term GLOB ? ORDER BY passages DESC, term LIMIT ?",
        (start, start + "\U0010ffff", pattern.replace("[", "[[]"), most),
    )
    return [row[0] for row in rows]


def near(db: Database, word: str, distance: int, most: int = 40) -> list[str]:
    """Words at most so many typing mistakes away (a missing, an added, a wrong letter, two swapped), nearest first."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    choices = list(_of_length(db, len(word) - distance, len(word) + distance))
    found = extract(
        word, [term for term, _ in choices], scorer=OSA.distance, score_cutoff=distance, limit=None, processor=None
    )
    ranked = sorted(found, key=lambda match: (match[1], -choices[match[2]][1], match[0]))
    return [match[0] for match in ranked[:most]]


def _of_length(db: Database, least: int, most: int) -> Iterator[tuple[str, int]]:
    yield from db.conn.execute("SELECT term, passages FROM word WHERE length(term) BETWEEN ? AND ?", (least, most))


@lru_cache(maxsize=256)
def as_kept(word: str) -> str:
    """A word of a query as FTS5 keeps it."""
    return folded(texts.fold(word))
