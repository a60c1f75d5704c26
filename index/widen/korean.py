"""Korean names and words in Latin letters that stand in the archive in Hangul, and the reverse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, reduce
from itertools import islice, pairwise, product
from typing import TYPE_CHECKING

from index import text as texts
from index.marks import folded
from index.widen import hangul, romanised, spelt
from index.widen.chinese import Asking
from index.widen.form import Form
from index.widen.hangul import Way
from index.widen.syllables import APOSTROPHES, HYPHENS

if TYPE_CHECKING:
    from index.vocabulary import Vocabulary

WAY = "korean"
LEAST, LONGEST = 2, 6
"""Syllables of what is looked for."""
SURELY = 3
"""Syllables from which on the sound tells that it is the same; fewer are like too many other words."""
MOST = 12
FEW, FEWER = 5, 2
"""Spellings of each syllable where there are four, and where there are more."""
TRIED = 24
"""Spellings of a given name for each of a surname."""
LOOKED_AT = 600
"""Spellings of one run that are looked for."""
COUNTED = 200


def of_latin(words: Sequence[str], vocabulary: Vocabulary) -> list[Form]:
    """What stands in Hangul that words in Latin letters may romanise, most frequent first. It counts where it has
    SURELY syllables and one of the romanisations is what was typed; else only the sound agrees."""
    if not vocabulary.has("가", "힣"):
        return []
    asking = Asking(vocabulary)
    runs: dict[str, None] = {}
    for begun, way in _readings(words):
        runs |= dict.fromkeys(_runs(begun, way, asking))
    counted = [(-vocabulary.holds(" ".join(map("".join, pairwise(run))), COUNTED), run) for run in runs]
    typed = _letters("".join(words))
    weak = len(words) == 1 and romanised.is_ordinary(typed, vocabulary)
    return [
        Form(run, WAY, sound=weak or len(run) < SURELY or typed not in map(_letters, spellings(run)))
        for often, run in sorted(counted)[:MOST]
        if often
    ]


def of_hangul(run: str, vocabulary: Vocabulary) -> list[Form]:
    """The spellings in Latin letters that stand there of some Hangul syllables side by side."""
    if not LEAST <= len(run) <= LONGEST:
        return []
    found = spelt.there(dict.fromkeys(spellings(run), WAY), vocabulary, LOOKED_AT)
    return [
        Form(one.words, WAY, len(run) < SURELY or romanised.is_ordinary(folded(one.words), vocabulary)) for one in found
    ]


def spellings(run: str) -> Iterator[str]:
    """How Hangul syllables may be written in Latin letters: as a word, and as a name with the surname first or last."""
    old = hangul.mccune(run)
    yield from dict.fromkeys((hangul.revised(run), old, old.replace("'", "")))
    ways = hangul.apart(run)
    for way in islice(_near(ways), TRIED):
        yield "".join(way)
    if not 2 <= len(run) <= 4:
        return
    surname, given = run[0], run[1:]
    families = dict.fromkeys((*hangul.SURNAMES.get(surname, "").split(), *ways[0][:2]))
    owns = [("".join(own), "-".join(own)) for own in islice(_near(ways[1:]), TRIED)]
    owns[:0] = [(hangul.revised(given), hangul.mccune(given))]
    for own, family in product(owns, families):
        for one in dict.fromkeys(own):
            yield f"{family} {one}"
            yield f"{one} {family}"


def _near(ways: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Each choice of one of each, those first that keep to the first ways; of many syllables only their first ways."""
    few = FEWER if len(ways) > 4 else FEW if len(ways) == 4 else None
    ways = [way[:few] for way in ways]
    ranked = sorted(product(*(range(len(way)) for way in ways)), key=lambda places: (sum(places), places))
    return [tuple(way[at] for way, at in zip(ways, places, strict=True)) for places in islice(ranked, 4 * TRIED)]


def _readings(words: Sequence[str]) -> Iterator[tuple[str, Way]]:
    """The ways to read words as one name: syllables that stand first already, and how it goes on."""
    parts = [part for word in words for part in HYPHENS.split(folded(APOSTROPHES.sub("", word))) if part] or [""]
    last_first = [parts[-1], *parts[:-1]]
    as_surname = len(parts) > 1 and any(len(way.steps) == 1 for way in hangul.ways(parts[-1]))
    for order in [parts, last_first] if as_surname or _surnames().get(parts[-1]) else [parts]:
        surnames = _surnames().get(order[0], ()) if len(order) > 1 else ()
        for way in _together(order[1:]) if surnames else ():
            yield from ((surname, way) for surname in surnames)
        yield from (("", way) for way in _together(order))


def _together(words: Sequence[str]) -> Iterator[Way]:
    for row in islice(product(*map(hangul.ways, words)), hangul.MOST):
        yield reduce(hangul.together, row)


def _runs(begun: str, way: Way, asking: Asking) -> list[str]:
    """The runs of syllables that a reading allows and whose pairs all stand in the archive."""
    if not LEAST <= len(begun) + len(way.steps) <= LONGEST:
        return []
    level = [(begun, initial) for initial in way.initials]
    for at, (vowels, pairs) in enumerate(way.steps):
        longer = [
            (text + hangul.joined(initial, vowel, final), following)
            for (text, initial), vowel, (final, following) in product(level, vowels, pairs)
        ]
        asked = dict.fromkeys((text, text[-2:]) for text, _ in longer)
        there = {text for text, _ in longer if len(text) < 2} | set(asking.there(
            [one for one in asked if len(one[0]) > 1], len(way.steps) - at
        ))  # fmt: skip
        level = [one for one in longer if one[0] in there]
    return [text for text, _ in level]


@cache
def _surnames() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for surname, ways in hangul.SURNAMES.items():
        for one in ways.split():
            found.setdefault(one, []).append(surname)
    return {one: tuple(surnames) for one, surnames in found.items()}


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, texts.fold(folded(text))))
