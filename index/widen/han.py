"""Han characters by their readings and the reverse: Mandarin, Hong Kong's spellings, surnames, unlikely names.

The tables (`resources/readings`) are read when first asked for: 13,000 characters, 25 ms and 6 MB.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from functools import cache
from importlib import resources

# fmt: off
PERSONAL = {
    "chi": ("chee", "tsz"), "ji": ("tsz",), "wa": ("hwa", "wah"), "si": ("sze", "see"), "yi": ("yee", "i"),
    "boh": ("po",), "toh": ("to",), "loh": ("lo",), "goh": ("ko",), "hoh": ("ho",), "sing": ("shing",),
    "sun": ("shun",), "sau": ("shau",), "siu": ("shiu",), "sek": ("shek",), "sin": ("shin",), "goon": ("kwun", "kun"),
    "oi": ("ngoi",), "on": ("ngon",), "au": ("ngau",), "wui": ("wai",),
}
# fmt: on
"""Spellings that persons have and the table lacks, beside the one it has."""
MISSING = {"振": ("chun",), "钰": ("yok",), "臻": ("chun",)}


@cache
def mandarin() -> dict[str, tuple[str, ...]]:
    """The readings of each character, most used first (`gui4`)."""
    return {char: tuple(readings.split()) for char, readings, _ in _lines()}


@cache
def cantonese() -> dict[str, tuple[str, ...]]:
    """How Hong Kong spells each character, usual ways first."""
    found = {}
    for char, _, spelt in _lines():
        if spelt:
            own = [*spelt.split(), *(MISSING.get(char, ()))]
            own += [new for old in own for new in PERSONAL.get(old, ())]
            # j, g, d and b are other systems' spellings that names seldom have
            found[char] = tuple(sorted(dict.fromkeys(own), key=lambda one: one[0] in "jgdb"))
    return found


@cache
def read_as() -> dict[str, tuple[str, ...]]:
    """The characters of each Mandarin syllable, with its tone and without, most used first."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for char, readings in mandarin().items():
        for reading in readings:
            found[reading][char] = None
            found[reading[:-1]][char] = None
    return {syllable: tuple(chars) for syllable, chars in found.items()}


@cache
def spelt_as() -> dict[str, tuple[str, ...]]:
    """The characters of each syllable as Hong Kong spells it, most used first."""
    found: dict[str, list[str]] = defaultdict(list)
    for char, spellings in cantonese().items():
        for spelling in spellings:
            found[spelling].append(char)
    return {syllable: tuple(chars) for syllable, chars in found.items()}


@cache
def surnames() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Each surname, most frequent first, with the readings it has as such where they are special: syllables without
    tones, one reading of two syllables for a double surname."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for line in _text("surnames.txt").splitlines():
        surname, _, readings = line.partition("\t")
        parts = readings.split()
        found[surname] = (tuple(parts),) if len(surname) > 1 and parts else tuple((part,) for part in parts)
    return found


@cache
def likely() -> dict[str, int]:
    """The characters that given names hold most often, with their rank."""
    return {char: rank for rank, char in enumerate(_text("likely.txt").strip())}


@cache
def unlikely() -> frozenset[str]:
    """Characters that stand in no given name, or so seldom that what stands there is chance."""
    return frozenset(_text("unlikely.txt").strip())


def readings_of(char: str) -> tuple[str, ...]:
    """The readings of a character without tones, most used first."""
    return tuple(dict.fromkeys(reading[:-1] for reading in mandarin().get(char, ())))


def readings_of_surname(surname: str) -> tuple[tuple[str, ...], ...]:
    """The readings of a surname, each one syllable for each character, without tones."""
    special = surnames().get(surname)
    if special:
        return special
    syllables = [readings_of(char)[:1] for char in surname]
    return (tuple(one[0] for one in syllables),) if all(syllables) else ()


@cache
def _lines() -> tuple[tuple[str, str, str], ...]:
    data = gzip.decompress((resources.files("resources") / "readings" / "han.tsv.gz").read_bytes()).decode()
    lines = []
    for line in data.splitlines():
        char, readings, spelt = line.split("\t")
        lines.append((char, readings, spelt))
    return tuple(lines)


def _text(name: str) -> str:
    return (resources.files("resources") / "readings" / name).read_text("utf-8")
