"""Tibetan names and words in Latin letters that stand in the archive in Tibetan, and the reverse.

Each Tibetan syllable is a word of the index. Those that are there are kept under what they are in Wylie and what they
sound like, which takes some 20 ms once for a state of the index and only where a question is asked.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise, product
from typing import TYPE_CHECKING, cast

from index.marks import folded
from index.widen import letters, romanised, spelt, wylie
from index.widen.chinese import Asking
from index.widen.form import Form
from index.widen.syllables import APOSTROPHES as MARKS

if TYPE_CHECKING:
    from index.vocabulary import Vocabulary

WAY, SPOKEN = "wylie", "tibetan"
FIRST, LAST = "\u0f40", "\u0fbc"
TIBETAN = re.compile("[\u0f40-\u0fbc]+")
TSHEG = "་"
SYLLABLES = 12_000
"""Syllables of the index that are kept, the most frequent; Tibetan has fewer."""
LONGEST = 6
SURELY = 3
"""Syllables from which on the sound tells that it is the same; fewer are like too many other words."""
TOGETHER = 3
"""Syllables of one word in Latin letters."""
MOST, WAYS, KEYS, HEARD, LOOKED_AT, COUNTED = 12, 4, 24, 96, 400, 200


class Syllables:
    """The syllables of one state of the index, by Wylie and by how they sound first in a word and further on."""

    def __init__(self, known: Iterable[str]) -> None:
        self.written: dict[str, list[str]] = defaultdict(list)
        self.first: dict[str, list[str]] = defaultdict(list)
        self.later: dict[str, list[str]] = defaultdict(list)
        for one in known:
            if not wylie.parts(one):
                continue
            self.written[wylie.written(one)].append(one)
            for signs in wylie.spoken(one, first=True):
                self.first[signs].append(one)
            for signs in wylie.spoken(one, first=False):
                self.later[signs].append(one)


def syllables(words: Sequence[str]) -> list[str]:
    """The syllables of words as the index keeps them, where they are Tibetan and nothing else."""
    found = [one for word in words for one in re.split(r"[་༌།༔\s]+", folded(word)) if one]
    return [piece for one in found for piece in one.split(",") if piece] if _are_tibetan(found) else []


def of_latin(words: Sequence[str], vocabulary: Vocabulary) -> list[Form]:
    """What stands in Tibetan that words in Latin letters are: in Wylie, a syllable each; else by its sound."""
    if not vocabulary.has(FIRST, LAST):
        return []
    known = _known(vocabulary)
    parts = [part for word in words for part in re.split("[-.]", folded(MARKS.sub("", word))) if part]
    there: dict[str, Form] = {}
    if 2 <= len(parts) <= LONGEST and all(part in known.written for part in parts):
        for row in _held(islice(product(*(known.written[part] for part in parts)), HEARD), vocabulary):
            there[row] = Form(row, WAY)
    weak = len(parts) == 1 and romanised.is_ordinary(parts[0], vocabulary)
    asking = Asking(vocabulary)
    heard = {wylie.alike("".join(row)): None for row in islice(product(*map(wylie.heard, parts)), WAYS)}
    for row in _counted((row for signs in heard for row in _heard(signs, known, asking)), vocabulary):
        there.setdefault(row, Form(row, SPOKEN, sound=weak or row.count(TSHEG) + 1 < SURELY))
    return list(there.values())[:MOST]


def of_tibetan(run: Sequence[str], vocabulary: Vocabulary) -> list[Form]:
    """The spellings in Latin letters that stand there of Tibetan syllables side by side: Wylie, then spoken ones."""
    if not 2 <= len(run) <= LONGEST:
        return []
    as_written = " ".join(map(wylie.written, run))
    found = [Form(one.words, WAY) for one in spelt.there({as_written: WAY}, vocabulary)]
    words: dict[tuple[int, int], list[str]] = {}
    rows: dict[str, None] = {}
    for cut in _cuts(len(run)):
        for group in cut:
            if group not in words:
                words[group] = _spelt(run[slice(*group)], vocabulary)
        rows |= dict.fromkeys(map(" ".join, islice(product(*(words[group] for group in cut)), HEARD)))
    for row in rows:
        if " " not in row or vocabulary.holds(row):
            weak = len(run) < SURELY or (" " not in row and romanised.is_ordinary(row, vocabulary))
            found.append(Form(row, SPOKEN, sound=weak))
    return found[:MOST]


def _heard(signs: str, known: Syllables, asking: Asking) -> list[str]:
    """The runs of syllables that may be heard as these signs and that stand side by side there."""
    level: list[tuple[int, tuple[str, ...]]] = [(0, ())]
    whole: list[str] = []
    for at in range(LONGEST if signs else 0):
        longer = [
            (end, (*run, one))
            for start, run in level
            for end, one in _next(signs, start, known.later if run else known.first)
        ]
        pairs = [(TSHEG.join(run), " ".join(run[-2:])) for _, run in longer if len(run) > 1]
        there = set(asking.there(list(dict.fromkeys(pairs)), LONGEST - at)) if at else None
        level = [one for one in longer if there is None or TSHEG.join(one[1]) in there]
        whole += [TSHEG.join(run) for end, run in level if end == len(signs) and len(run) > 1]
    return whole


def _next(signs: str, start: int, by_sound: dict[str, list[str]]) -> Iterator[tuple[int, str]]:
    """The syllables that may be heard from a place on, and where each ends; a sign may belong to two of them."""
    for begin in {start, start - 1} if start else {0}:
        for end in range(begin + 1, min(begin + 6, len(signs)) + 1):
            if end > start:
                yield from ((end, one) for one in by_sound.get(signs[begin:end], ()))


def _held(rows: Iterable[Sequence[str]], vocabulary: Vocabulary) -> list[str]:
    there = [tuple(row) for row in rows]
    pairs = vocabulary.held({" ".join(pair) for row in there for pair in pairwise(row)})
    return _counted(
        [TSHEG.join(row) for row in there if all(" ".join(one) in pairs for one in pairwise(row))], vocabulary
    )


def _counted(runs: Iterable[str], vocabulary: Vocabulary) -> list[str]:
    """Those runs that stand in the archive, most frequent first."""
    counted = [(-vocabulary.holds(run.replace(TSHEG, " "), COUNTED), run) for run in dict.fromkeys(runs)]
    return [run for often, run in sorted(counted) if often][:MOST]


def _spelt(run: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    """The words in Latin letters that may be heard as these syllables."""
    rows = list(
        islice(product(*(sorted(wylie.spoken(one, first=not at), key=len) for at, one in enumerate(run))), HEARD)
    )
    sought = {wylie.alike("".join(row)) for row in rows}
    latin = ("".join(one) for row in rows for one in product(*map(wylie.latin, row, run)))
    keys = dict.fromkeys(key for key, _ in letters.keyed(dict.fromkeys(islice(latin, LOOKED_AT))))
    found = vocabulary.sounding(list(keys)[:KEYS], LOOKED_AT)
    return [word for word, _ in found if word.isascii() and not sought.isdisjoint(wylie.heard(word))]


def _cuts(length: int) -> Iterator[list[tuple[int, int]]]:
    """The ways to write so many syllables as words, longest words first."""

    def onward(start: int) -> Iterator[list[tuple[int, int]]]:
        if start == length:
            yield []
        for end in range(min(length, start + TOGETHER), start, -1):
            yield from ([(start, end), *rest] for rest in onward(end))

    if length > TOGETHER:
        yield [(0, length)]
    yield from onward(0)


def _known(vocabulary: Vocabulary) -> Syllables:
    if WAY not in vocabulary.kept:
        vocabulary.kept[WAY] = Syllables(vocabulary.within(FIRST, LAST + "\uffff", SYLLABLES))
    return cast(Syllables, vocabulary.kept[WAY])


def _are_tibetan(found: Sequence[str]) -> bool:
    return bool(found) and all(TIBETAN.fullmatch(piece) for one in found for piece in one.split(",") if piece)
