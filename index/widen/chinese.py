"""From romanised Chinese to the Han names that stand in the archive: characters of these readings, side by side there.

Nothing is indexed for it. The text is indexed as overlapping pairs of characters: which characters may follow one
another is asked of these pairs, and what is left over is asked for as a phrase.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, product
from typing import TYPE_CHECKING

from index.widen import han, syllables
from index.widen.form import Form
from index.widen.persons import Name, names, surnames_of

if TYPE_CHECKING:
    from index.vocabulary import Vocabulary
    from index.widen.syllables import Syllable, Word

MOST = 12
ASKED = 800
"""Pairs that are looked up for one reading of a name, at 5 to 15 µs each; of common characters first."""
COUNTED = 200
ANYTHING = 16
"""Characters of each syllable that are tried where the words need not be a name."""


class Asking:
    """The pairs of characters that stand in the archive, as far as one question may look them up."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._left = ASKED

    def runs(self, begun: Sequence[str], onward: Sequence[Sequence[str]]) -> list[str]:
        """The runs of characters that begin so and go on with one of each of `onward`, where every pair is there."""
        double = self.there([(start, start) for start in begun if len(start) > 1], len(onward) + 1)
        runs = [start for start in begun if len(start) == 1 or start in double]
        for at, chars in enumerate(onward):
            # common characters first, of what was begun as of what follows, where not all can be looked up
            ranked = sorted(product(range(len(runs)), range(len(chars))), key=sum)
            longer = [(runs[one] + chars[other], runs[one][-1] + chars[other]) for one, other in ranked]
            runs = self.there(longer, len(onward) - at)
        return runs

    def there(self, runs: Sequence[tuple[str, str]], steps: int) -> list[str]:
        """Those runs whose last pair stands there; what may be looked up has to do for so many steps."""
        pairs = list(dict.fromkeys(pair for _, pair in runs))[: self._left // steps]
        self._left -= len(pairs)
        there = self._vocabulary.held(pairs)
        return [run for run, pair in runs if pair in there]


def found(words: Sequence[str], vocabulary: Vocabulary, least: int) -> list[Form]:
    """The Han names of at least so many characters that the words may romanise and that stand in the archive, most
    frequent first.

    Wade-Giles and Hong Kong's spelling are tried where nothing is found in Pinyin, but not for words that are Pinyin as
    it should be, unless a hyphen parts them.
    """
    for way, runs in _ways(words, vocabulary, least):
        if there := _counted(runs, vocabulary):
            return [Form(run, way, sound=True) for run in there]
    return []


def anything(words: Sequence[str], vocabulary: Vocabulary) -> list[Form]:
    """Whatever is read so and stands in the archive, a name or not; most frequent first."""
    asking = Asking(vocabulary)
    runs: dict[str, None] = {}
    for way in _side_by_side([syllables.pinyin(word) for word in words]):
        if 2 <= len(way) <= 4:
            chars = [_chars(one)[:ANYTHING] for one in way]
            runs |= dict.fromkeys(asking.runs(chars[0], chars[1:]))
    return [Form(run, "pinyin", sound=True) for run in _counted(list(runs), vocabulary)]


def _ways(words: Sequence[str], vocabulary: Vocabulary, least: int) -> Iterator[tuple[str, list[str]]]:
    """What each system makes of the words, by the way's code; tones that agree with no character are left aside."""
    read = names(words, syllables.pinyin)
    yield "pinyin", _runs(read, Asking(vocabulary), least)
    if any(one.tone for name in read for part in name for one in part):
        toneless = [Name(*(tuple(one._replace(tone="") for one in part) for part in name)) for name in read]
        yield "pinyin", _runs(toneless, Asking(vocabulary), least)
    if all(map(syllables.is_proper, words)) and not any(map(syllables.has_joint, words)):
        return
    yield "wade-giles", _runs(names(words, syllables.wade_giles), Asking(vocabulary), least)
    asking = Asking(vocabulary)
    runs: dict[str, None] = {}
    for name in names(words, syllables.cantonese):
        if len(name.surname) + len(name.given) >= least:
            given = [_likely(han.spelt_as().get(one.letters, ())) for one in name.given]
            runs |= dict.fromkeys(asking.runs(_surnames_in_hong_kong(name.surname), given))
    yield "cantonese", list(runs)


def _runs(read: Sequence[Name], asking: Asking, least: int) -> list[str]:
    runs: dict[str, None] = {}
    for name in read:
        if len(name.surname) + len(name.given) >= least:
            given = [_likely(_chars(one)) for one in name.given]
            runs |= dict.fromkeys(asking.runs(surnames_of(name.surname), given))
    return list(runs)


def _surnames_in_hong_kong(word: Word) -> list[str]:
    """The surnames that Hong Kong spells so."""
    found: list[str] = [""]
    for one in word:
        found = [begun + char for begun in found for char in han.spelt_as().get(one.letters, ())]
    spelt = set(found)
    return [surname for surname in han.surnames() if surname in spelt]


def _likely(chars: Sequence[str]) -> list[str]:
    """Those characters that given names hold, the most usual first."""
    ranks = han.likely()
    return sorted((char for char in chars if char not in han.unlikely()), key=lambda char: ranks.get(char, len(ranks)))


def _chars(one: Syllable) -> tuple[str, ...]:
    return han.read_as().get(one.letters + one.tone, ())


def _counted(runs: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    """Those runs that stand in the archive, most frequent first."""
    counted = [(-vocabulary.holds(" ".join(map("".join, pairwise(run))), COUNTED), run) for run in runs]
    return [run for often, run in sorted(counted) if often][:MOST]


def _side_by_side(ways: Sequence[Sequence[Word]]) -> Iterator[Word]:
    if not ways:
        yield ()
        return
    for first in ways[0]:
        for rest in _side_by_side(ways[1:]):
            yield (*first, *rest)
