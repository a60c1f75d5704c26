"""Names of persons in romanised Chinese: which syllables may be the surname and which the given name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from index.widen import han, syllables
from index.widen.syllables import Syllable, Word

MOST = 6
"""Readings of what was typed that are looked at."""


class Name(NamedTuple):
    """A surname of one or two syllables and a given name of one or two."""

    surname: Word
    given: Word


def names(words: Sequence[str], system: Callable[[str], tuple[Word, ...]]) -> list[Name]:
    """The ways in which words side by side may be one name, likeliest first: the surname before or after the given
    name, each together or apart, or all in one word."""
    ways: list[tuple[Word, ...]] = []
    for word in words:
        if not (of_word := system(word)):
            return []
        ways.append(of_word)
    found: dict[Name, None] = {}
    for parts in _combined(ways):
        for name in _read(parts):
            if system is syllables.cantonese or is_surname(name.surname):
                found[name] = None
    return list(found)[:MOST]


def is_surname(word: Word) -> bool:
    """Whether a surname is read so."""
    return tuple(one.letters for one in word) in surnames_read_as()


def surnames_of(word: Word) -> tuple[str, ...]:
    """The surnames that are read so, most frequent first. One that is typed `lu` may be Lü."""
    plain = tuple(one.letters for one in word)
    found = [*surnames_read_as().get(plain, ())]
    if plain in (("lu",), ("nu",)):
        found += surnames_read_as().get((plain[0][0] + "v",), ())
    if any(one.tone for one in word):
        found = [surname for surname in found if _has_tones(surname, word)]
    return tuple(found)


@cache
def surnames_read_as() -> dict[tuple[str, ...], tuple[str, ...]]:
    """The surnames of each reading, most frequent first."""
    found: dict[tuple[str, ...], list[str]] = {}
    for surname in han.surnames():
        for reading in han.readings_of_surname(surname):
            found.setdefault(reading, []).append(surname)
    return {reading: tuple(surnames) for reading, surnames in found.items()}


def _has_tones(surname: str, word: Word) -> bool:
    return all(
        not one.tone or f"{one.letters}{one.tone}" in han.mandarin().get(char, ())
        for char, one in zip(surname, word, strict=True)
    )


def _combined(ways: Sequence[Sequence[Word]]) -> Iterator[tuple[Word, ...]]:
    """Each choice of a way for every word."""
    if not ways:
        yield ()
        return
    for rest in _combined(ways[1:]):
        for first in ways[0]:
            yield (first, *rest)


def _read(parts: tuple[Word, ...]) -> Iterator[Name]:
    """The names that these words may be, each word a number of syllables."""
    every: Word = tuple(one for part in parts for one in part)
    if not 2 <= len(every) <= 4:
        return
    if len(parts) == 1:
        for length in (1, 2):
            if length < len(every) and len(every) - length <= 2:
                yield Name(every[:length], every[length:])
        return
    last = len(parts) - 1
    for cut in (1, 2):  # a double surname may be written apart
        if cut <= last:
            first = _joined(parts[:cut])
            if len(first) <= 2 and 1 <= len(every) - len(first) <= 2 and (cut == 1 or len(first) == cut):
                yield Name(first, every[len(first) :])
    surname = parts[last]
    if len(surname) <= 2 and 1 <= len(every) - len(surname) <= 2:
        yield Name(surname, every[: -len(surname)])


def _joined(parts: Sequence[Word]) -> Word:
    return tuple(one for part in parts for one in part)


def plain(word: Sequence[Syllable]) -> list[str]:
    """The letters of these syllables, u for ü as the index keeps it."""
    return [one.letters.replace("v", "u") for one in word]
