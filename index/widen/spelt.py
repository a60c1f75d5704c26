"""A Chinese name in Latin letters: its Pinyin, Wade-Giles and Hong Kong spellings that stand in the archive, together
and apart, the surname first or last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product
from typing import TYPE_CHECKING

from index import text as texts
from index.widen import han, syllables
from index.widen.form import Form
from index.widen.persons import Name, names, plain

if TYPE_CHECKING:
    from index.vocabulary import Vocabulary

TRIED = 160
"""Spellings that are looked at; a Hong Kong one has several for each character."""
LOOKED_UP = 48
"""Phrases of these that are looked up, at some 30 µs each, once each of their words is known to stand there."""
MOST = 12
READINGS = 2
SPELLINGS = 4


def pinyin(run: str) -> list[str]:
    """How a name of two to four Han characters, folded, is read, the surname first and all in one word; at most eight
    ways. Empty for anything else."""
    if not 2 <= len(run) <= 4 or not all(map(han.readings_of, run)):
        return []
    found: dict[str, None] = {}
    for surname, given in _names_in(run):
        for family in han.readings_of_surname(surname):
            found |= dict.fromkeys("".join(map(_u, (*family, *mine))) for mine in _readings(given))
    return list(found)[:8]


def of_latin(words: Sequence[str], vocabulary: Vocabulary, least: int) -> list[Form]:
    """The other spellings of a name of at least so many syllables that was typed in Pinyin or Wade-Giles."""
    candidates: dict[str, str] = {}
    for name in names(words, syllables.pinyin) or names(words, syllables.wade_giles):
        if len(name.surname) + len(name.given) >= least:
            candidates |= dict.fromkeys(_pinyin(plain(name.surname), plain(name.given)), "pinyin")
            for spelling in _wade_giles(name):
                candidates.setdefault(spelling, "wade-giles")
    return there(candidates, vocabulary)


def of_han(run: str, vocabulary: Vocabulary, least: int) -> list[Form]:
    """The spellings of two to four Han characters, folded; of fewer than `least` there are none.

    A run that begins with a surname is spelt as a name; others in one word and in parts.
    """
    if not least <= len(run) <= 4:
        return []
    candidates = _as_name(run)
    for reading in _readings(run):
        own = [*map(_u, reading)]
        for spelling in ("".join(own), *(f"{''.join(own[:at])} {''.join(own[at:])}" for at in range(1, len(own)))):
            candidates.setdefault(spelling, "pinyin")
    return there(candidates, vocabulary)


def of_name(name: str) -> tuple[str, ...]:
    """How a name in Han characters, folded, may be typed in Latin letters, whether or not it stands anywhere; empty for
    what is no name."""
    return tuple(_as_name(name)) if 2 <= len(name) <= 4 else ()


def _as_name(run: str) -> dict[str, str]:
    """The spellings of a run that begins with a surname, each with its way."""
    found: dict[str, str] = {}
    for surname, given in _names_in(run):
        for family in han.readings_of_surname(surname):
            for mine in _readings(given):
                found |= dict.fromkeys(_pinyin([*map(_u, family)], [*map(_u, mine)]), "pinyin")
                for spelling in _in_wade_giles(family, mine):
                    found.setdefault(spelling, "wade-giles")
        for spelling in _cantonese(surname, given):
            found.setdefault(spelling, "cantonese")
    return found


def _names_in(run: str) -> Iterator[tuple[str, str]]:
    """The surnames that the run may begin with, and what follows."""
    for length in (2, 1):
        surname, given = run[:length], run[length:]
        if surname in han.surnames() and 1 <= len(given) <= 2:
            yield surname, given


def _readings(chars: str) -> Iterator[tuple[str, ...]]:
    yield from islice(product(*(han.readings_of(char)[:READINGS] for char in chars)), 8)


def _pinyin(surname: list[str], given: list[str]) -> Iterator[str]:
    family, own = "".join(surname), "".join(given)
    yield f"{family} {own}"
    yield f"{own} {family}"
    yield f"{family}{own}"
    if len(given) > 1:
        yield f"{family} {'-'.join(given)}"
        yield f"{family} {' '.join(given)}"
        yield f"{'-'.join(given)} {family}"


def _wade_giles(name: Name) -> Iterator[str]:
    yield from _in_wade_giles([one.letters for one in name.surname], [one.letters for one in name.given])


def _in_wade_giles(surname: Sequence[str], given: Sequence[str]) -> Iterator[str]:
    family = "-".join(_u(syllables.to_wade_giles(one)) for one in surname)
    own = "-".join(_u(syllables.to_wade_giles(one)) for one in given)
    for first, second in ((family, own), (family.replace("'", ""), own.replace("'", ""))):
        yield f"{first} {second}"
        yield f"{second} {first}"


def _cantonese(surname: str, given: str) -> Iterator[str]:
    ways = [han.cantonese().get(char, ())[:SPELLINGS] for char in surname + given]
    for parts in product(*ways):
        family, own = "".join(parts[: len(surname)]), "-".join(parts[len(surname) :])
        yield f"{family} {own}"
        yield f"{own} {family}"


def there(candidates: dict[str, str], vocabulary: Vocabulary, most: int = TRIED) -> list[Form]:
    """Those spellings, of the first `most`, that stand in the archive."""
    phrases = {spelling: texts.phrase(spelling)[0] for spelling in islice(candidates, most)}
    known = vocabulary.known({word for phrase in phrases.values() for word in phrase.split()})
    possible = [spelling for spelling, phrase in phrases.items() if _all_known(phrase.split(), known)]
    seen: dict[str, Form] = {}
    for spelling in possible[:LOOKED_UP]:
        phrase = phrases[spelling]
        if phrase not in seen and (" " not in phrase or vocabulary.holds(phrase)):
            seen[phrase] = Form(spelling, candidates[spelling])
    return list(seen.values())[:MOST]


def _all_known(words: Iterable[str], known: dict[str, int]) -> bool:
    return all(word in known for word in words)


def _u(syllable: str) -> str:
    """A syllable as the index keeps it, without the dots of ü."""
    return syllable.replace("v", "u")
