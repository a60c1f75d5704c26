"""More like this: the words that tell most of a text, as a query for any of them that leaves the text itself out.

A word tells much where it stands often in the text and in few passages of the archive (tf-idf). Of scripts without
spaces it is pairs of characters. The words are few, and so rare together that all they match is weighed.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable
from functools import cache

from archive.connect import Database
from index import countries
from index import text as texts
from index.answers import Filter, Query
from index.beyond import RECORD
from index.compile import MANY
from index.marks import pieces
from index.vocabulary import LAST, as_kept

MOST = 25
"""Words of the query."""
LONGEST = 400_000
"""Code points of a text that are looked at."""
CANDIDATES, PAIRS = 2_000, 200
"""Words, and pairs of characters, whose frequency in the archive is looked up: the most frequent of the text."""
FEW = 25
"""Passages that are never very many: of a small archive a tenth is nothing."""
TOGETHER = MANY * 3 // 4
"""Passages that the words match together at most: so many are all ranked."""
LEAST = 3
"""Letters of a word at least."""


def query(index: Database, parts: Iterable[str], identity: str, title: str, language: str = "en") -> Query:
    """A query for what is like the text in these parts, which is from the record of this id; empty where no word of it
    stands anywhere else."""
    words = telling(index, parts, language)
    left_out = (Filter(RECORD, f"{identity} {title}".strip(), exclude=True),) if identity else ()
    return Query(" OR ".join(words), left_out if words else (), widen="none")


def telling(index: Database, parts: Iterable[str], language: str) -> list[str]:
    """The words of a text in a language (BCP 47) that tell most of it, as it writes them, best first."""
    passages = int(index.conn.execute("SELECT coalesce(max(row), 0) FROM passage").fetchone()[0])
    often: Counter[str] = Counter()
    within: Counter[str] = Counter()
    written: dict[str, str] = {}
    left = LONGEST
    for part in parts:
        counted = _counted(part[:left], written)
        often += counted
        within.update(counted.keys())
        left -= len(part)
        if left <= 0:
            break
    found = []
    for word, held in _held(index, often, max(passages // 10, FEW)):
        if word not in common(language) and held > within[word]:  # else it stands nowhere but here
            found.append(((1 + math.log(often[word])) * math.log(1 + passages / held), held, word))
    chosen: list[str] = []
    total = 0
    for _, held, word in sorted(found, key=lambda one: (-one[0], one[2])):
        if total + held <= TOGETHER and len(chosen) < MOST:
            total += held
            chosen.append(written[word])
    return chosen


@cache
def common(language: str) -> frozenset[str]:
    """The words that tell nothing in a language, and in English, as the index keeps them: few records do not show which
    those are."""
    import justext

    known = justext.get_stoplists()
    names = {countries.language_name(language), "English"} & known
    return frozenset(as_kept(word) for name in names for word in justext.get_stoplist(name))


def _counted(part: str, written: dict[str, str]) -> Counter[str]:
    """How often each word and pair stands in a part of a text, as the index keeps them."""
    counted: Counter[str] = Counter()
    for word, times in Counter(texts.words(part)).items():
        for piece in pieces(word) if texts.is_unspaced(word) else (word,):
            if texts.is_unspaced(piece):
                for at in range(len(piece) - 1):
                    pair = texts.fold(piece[at : at + 2])
                    written.setdefault(pair, piece[at : at + 2])
                    counted[pair] += times
                continue
            kept = as_kept(piece)
            if len(kept) >= LEAST and kept.isalpha() and kept < LAST and kept not in ("and", "not"):
                if piece.islower() or kept not in written:
                    written[kept] = piece.lower()
                counted[kept] += times
    return counted


def _held(index: Database, often: Counter[str], common: int) -> Iterable[tuple[str, int]]:
    """The words with the number of passages that hold them, without those that very many do."""
    spaced = [word for word in often if word < LAST]
    wanted = sorted(spaced, key=lambda word: (-often[word], word))[:CANDIDATES]
    for word, passages in index.conn.execute(
        "SELECT w.term, w.passages FROM json_each(?) AS wanted CROSS JOIN word AS w ON w.term = wanted.value",
        (json.dumps(wanted),),
    ):
        if passages < common:
            yield word, passages
    pairs = sorted((word for word in often if word >= LAST), key=lambda word: (-often[word], word))[:PAIRS]
    for pair in pairs:
        (passages,) = index.conn.execute(
            "SELECT count(*) FROM (SELECT 1 FROM passages WHERE passages MATCH ? LIMIT ?)", (f'"{pair}"', common)
        ).fetchone()
        if 0 < passages < common:
            yield pair, passages
