"""Names across scripts by how they sound: Latin spellings of Arabic, Persian, Hebrew, Cyrillic, Greek and Uyghur words
and the reverse, looked up among the words that stand in the archive."""

from __future__ import annotations

import heapq
import re
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from index.widen import letters
from index.widen.form import Form

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.vocabulary import Vocabulary

NEAR, NEAR_BESIDE, LOOSE = 0.08, 0.13, 0.2
"""How far apart two spellings of one name may be: alone, beside other names that agree, and on request."""
LEAST_BARE = 3
"""A word without its vowels that has fewer consonants is like too many others to be found by its sound alone."""
TELLING, TELLING_BARE, TELLING_CONSONANTS = 6, 5, 4
"""Letters of a word, of one without its vowels, and its consonants, from which on its sound tells that it is the same:
of the frequent Arabic and Russian words a quarter sound like some Latin word that has nothing to do with them."""
ORDINARY = 200
"""A word in every 200th passage or more is an ordinary word, what sounds like it another one as likely as not."""
FEW = 50
"""In so many passages no word is ordinary."""
MOST = 12
LOOKED_AT = 400
BESIDE, TRIED = 5, 24
"""Spellings of each word, and rows of them, that are tried for words side by side."""
ARTICLES = frozenset(
    ("al", "el", "ul", "ad", "ar", "as", "ash", "at", "az", "an", "ed", "er", "es", "ech", "esh", "et", "ez")
)
SCRIPTS = (
    *(("\u0370", "latin"), ("\u0400", "greek"), ("\u0530", "cyrillic"), ("\u0590", "armenian"), ("\u0600", "hebrew")),
    *(("\u0700", "arabic"), ("\u0750", "syriac"), ("\u0780", "arabic"), ("\uffff", "other")),
)
FINAL_SIGMA = re.compile("σ\\b")


class Spelling(NamedTuple):
    """A word in another script: how far its sound is from what was asked, and in how many passages it stands."""

    distance: float
    passages: int
    word: str


def forms(words: Sequence[str], vocabulary: Vocabulary) -> list[Form]:
    """The other spellings of one to four words side by side, folded as the index keeps them, nearest first."""
    if len(words) == 1:
        (word,) = words
        found = heapq.nsmallest(MOST, spellings(word, vocabulary, NEAR))
        weak = bool(found) and (not is_telling(word) or is_ordinary(word, vocabulary))
        return [Form(_typed(one.word), _way(word, one.word), weak or not is_telling(one.word)) for one in found]
    named = [word for word in words if word not in ARTICLES]
    if len(named) < 2:
        return forms(named, vocabulary) if named else []
    return [Form(_typed(row), _way(*words, row)) for row in _rows(named, vocabulary)]


def alike(word: str, vocabulary: Vocabulary) -> list[Form]:
    """What only sounds somewhat like a word, on request."""
    found = heapq.nsmallest(MOST, spellings(word, vocabulary, LOOSE, least=1))
    return [Form(_typed(one.word), _way(word, one.word), sound=True) for one in found]


def is_ordinary(word: str, vocabulary: Vocabulary) -> bool:
    """Whether a word is so frequent that it is hardly a name."""
    often = vocabulary.often(word)
    return often > FEW and often * ORDINARY > vocabulary.passages()


def is_telling(word: str) -> bool:
    """Whether a word is long enough for another of its sound to be the same one, most likely."""
    if letters.is_bare(word):
        return len(word) >= TELLING_BARE or len(letters.key(word)) >= TELLING_CONSONANTS
    return len(word) >= TELLING


def spellings(word: str, vocabulary: Vocabulary, near: float, least: int = LEAST_BARE) -> Iterator[Spelling]:
    """Words of other scripts at most `near` from a word; those without their vowels have `least` consonants."""
    if not letters.LEAST <= len(word) <= letters.LONGEST or not word.isalpha() or word > "\u2e80":
        return
    own, script, is_bare = letters.latin(word), script_of(word), letters.is_bare(word)
    sounds = letters.sounds(own)
    if is_bare and len(letters.key(word)) < least:
        return
    keys = letters.keys(own)
    keys = [key.lower() for key in keys] if script == "latin" else [way for key in keys for way in (key, key.lower())]
    for term, passages in vocabulary.sounding(keys, LOOKED_AT):
        if script_of(term) == script:
            continue
        if letters.is_bare(term):
            if len(letters.key(term)) < least:
                continue
            distance = letters.apart(sounds, letters.sounds(letters.latin(term)), bare=True)
        elif len(term) > letters.LEAST or least < LEAST_BARE:
            distance = letters.apart(letters.sounds(letters.latin(term)), sounds, bare=is_bare)
        else:
            continue
        if distance <= near:
            yield Spelling(distance, -passages, term)


def _rows(words: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    """Words side by side in another script, where they stand so in the archive."""
    found: list[list[Spelling]] = []
    for word in words:
        found.append(list(spellings(word, vocabulary, NEAR_BESIDE, least=1)))
        if not found[-1]:
            return []
    rows: list[tuple[float, str]] = []
    for script in {script_of(one.word) for one in found[0]}:
        ways = [heapq.nsmallest(BESIDE, (way for way in one if script_of(way.word) == script)) for one in found]
        # the index keeps Arabic words without the article, Latin ones beside it
        joints = (" ", " al ", " el ") if script == "latin" and script_of(words[-1]) == "arabic" else (" ",)
        for row, joint in product(product(*ways), joints):
            distance = sum(way.distance for way in row) + (joint != " ") / 100
            rows.append((distance, joint.join(way.word for way in row)))
    tried = heapq.nsmallest(TRIED, rows)
    return [row for _, row in tried if vocabulary.holds(row)][:MOST]


def script_of(word: str) -> str:
    """The script of a word's first letter."""
    return next(name for end, name in SCRIPTS if word[0] < end or end == "\uffff")


def _typed(row: str) -> str:
    """Folded words as they would be typed: a sigma at the end of a Greek one."""
    return FINAL_SIGMA.sub("ς", row)


def _way(*words: str) -> str:
    return "uyghur" if any(map(letters.is_uyghur, words)) else "romanised"
