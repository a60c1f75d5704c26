"""Romanised Chinese taken apart into syllables: Pinyin with and without tones, Wade-Giles, Hong Kong's spelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from itertools import islice
from typing import NamedTuple

from index.widen import han

TONES = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}
UMLAUT = "\u0308"
APOSTROPHES = re.compile("['’ʼ‘`]")
HYPHENS = re.compile("[-‐‑\u2010-\u2013]")
PASSPORTS = {"lyu": "lv", "nyu": "nv", "lue": "lve", "nue": "nve"}
"""How passports, and those who have no ü, write these syllables."""
LONGEST = 6
MOST = 8
"""Ways to take one word apart that are looked at; `xianan` has four."""


class Syllable(NamedTuple):
    """A syllable in the letters of its system, v for ü, and its tone where that was typed, as a digit."""

    letters: str
    tone: str = ""


Word = tuple[Syllable, ...]


@lru_cache(maxsize=2048)
def pinyin(word: str) -> tuple[Word, ...]:
    """The ways to read a word as Pinyin, those first that need no apostrophe; empty where there is none.

    Syllables that begin with a vowel want an apostrophe before them (`xi'an`), but people leave it out: such a reading
    counts only where no other has fewer syllables."""
    letters, tones = _plain(word)
    found = list(_pinyin(letters, tones))
    proper = [way for way in found if not any(one.letters[0] in "aeo" and joint for one, joint in way)]
    if proper:
        fewest = min(map(len, proper))
        found = [*proper, *(way for way in found if way not in proper and len(way) <= fewest)]
    return tuple([tuple(_umlauted(one) for one, _ in way) for way in found if way][:MOST])


@lru_cache(maxsize=2048)
def wade_giles(word: str) -> tuple[Word, ...]:
    """The ways to read a word in Wade-Giles, as Pinyin syllables; without its marks, `kuei` is gui or kui."""
    ways: list[Word] = [()]
    parts = [part for part in HYPHENS.split(_bare(word)) if part]
    for part in parts:
        options = from_wade_giles().get(APOSTROPHES.sub("'", part).replace("ü", "v"), ())
        if not options and "'" not in part:
            options = from_wade_giles().get(part.replace("ü", "u"), ())
        ways = [(*way, Syllable(option)) for way in ways for option in options]
    return tuple(ways[:MOST]) if parts else ()


@lru_cache(maxsize=2048)
def cantonese(word: str) -> tuple[Word, ...]:
    """The ways to read a word as Hong Kong spells names: syllables of `han.spelt_as`."""
    letters, tones = _plain(word)
    if "v" in letters or tones:
        return ()
    ways = _cut(letters, tones, han.spelt_as().__contains__, 2)
    return tuple([tuple(one for one, _ in way) for way in ways if way][:MOST])


def _umlauted(one: Syllable) -> Syllable:
    return one._replace(letters=PASSPORTS.get(one.letters, one.letters))


@lru_cache(maxsize=2048)
def is_proper(word: str) -> bool:
    """Whether a word is Pinyin as it should be, with an apostrophe wherever a syllable begins with a vowel."""
    letters, tones = _plain(word)
    return any(all(one.letters[0] not in "aeo" or not joint for one, joint in way) for way in _pinyin(letters, tones))


def has_joint(word: str) -> bool:
    """Whether a hyphen or apostrophe parts the word."""
    return bool(APOSTROPHES.search(word) or HYPHENS.search(word))


def is_pinyin(letters: str) -> bool:
    """Whether these letters are a syllable of Pinyin."""
    return letters in _inventory() or letters in PASSPORTS


def to_wade_giles(syllable: str) -> str:
    """A Pinyin syllable without tone in Wade-Giles: `ch'iang`, `hsi`, `chv` with v for ü."""
    if syllable in IRREGULAR:
        return IRREGULAR[syllable]
    at = 2 if syllable[:2] in ("zh", "ch", "sh") else 1 if syllable[0] not in "aeo" else 0
    initial, final = syllable[:at], syllable[at:]
    if initial in ("j", "q", "x", "y") and final.startswith("u"):
        final = "v" + final[1:]
    if initial == "y":
        return "yu" if final == "ou" else "yung" if final == "ong" else f"y{FINALS.get(final, final)}"
    if final == "i" and initial in ("zh", "ch", "sh", "r"):
        return {"zh": "chih", "ch": "ch'ih", "sh": "shih", "r": "jih"}[initial]
    if final == "i" and initial in ("z", "c", "s"):
        return {"z": "tzu", "c": "tz'u", "s": "ssu"}[initial]
    if initial in ("g", "k") and final == "ui":
        return INITIALS.get(initial, initial) + "uei"
    if initial in ("g", "k", "h") and final == "e":
        return INITIALS.get(initial, initial) + "o"
    if final == "uo" and initial not in ("g", "k", "h", "sh"):
        return INITIALS.get(initial, initial) + "o"
    return INITIALS.get(initial, initial) + FINALS.get(final, final)


INITIALS = {
    "b": "p",
    "p": "p'",
    "d": "t",
    "t": "t'",
    "g": "k",
    "k": "k'",
    "j": "ch",
    "q": "ch'",
    "x": "hs",
    "zh": "ch",
    "ch": "ch'",
    "z": "ts",
    "c": "ts'",
    "r": "j",
}
FINALS = {"ie": "ieh", "ian": "ien", "ong": "ung", "iong": "iung", "ve": "veh", "e": "e", "an": "an"}
IRREGULAR = {
    "er": "erh",
    "e": "o",
    "ye": "yeh",
    "yan": "yen",
    "yi": "i",
    "yue": "yveh",
    "you": "yu",
    "yong": "yung",
    "yu": "yv",
    "yuan": "yvan",
    "yun": "yvn",
    "yai": "yai",
}


@cache
def from_wade_giles() -> dict[str, tuple[str, ...]]:
    """The Pinyin syllables of each in Wade-Giles, with its marks and with them left out: `ch'u`, `chu`, `chv`."""
    found: dict[str, dict[str, None]] = {}
    for syllable in sorted(_inventory()):
        own = to_wade_giles(syllable)
        for way in (own, own.replace("v", "u"), own.replace("'", ""), own.replace("v", "u").replace("'", "")):
            found.setdefault(way, {})[syllable] = None
    return {way: tuple(syllables) for way, syllables in found.items()}


@cache
def _inventory() -> frozenset[str]:
    return frozenset(one for one in han.read_as() if one.isalpha() and any(vowel in one for vowel in "aeiouv"))


def _pinyin(letters: str, tones: dict[int, str]) -> Iterator[list[tuple[Syllable, bool]]]:
    return _cut(letters, tones, is_pinyin, 1)


def _cut(
    letters: str, tones: dict[int, str], is_syllable: Callable[[str], bool], least: int
) -> Iterator[list[tuple[Syllable, bool]]]:
    """Each way to cut the letters into syllables, longest syllables first, with whether nothing parts it from the one
    before."""

    def onward(at: int, joint: bool) -> Iterator[list[tuple[Syllable, bool]]]:
        if at == len(letters):
            yield []
            return
        if letters[at] == "'":
            yield from onward(at + 1, False)
            return
        for end in range(min(len(letters), at + LONGEST), at + least - 1, -1):
            part = letters[at:end]
            marks = {tones[place] for place in range(at, end) if place in tones}
            if "'" in part or len(marks) > 1 or not is_syllable(part):
                continue
            for rest in onward(end, True):
                yield [(Syllable(part, next(iter(marks), "")), joint), *rest]

    yield from islice(onward(0, False), 4 * MOST)


def _plain(word: str) -> tuple[str, dict[int, str]]:
    """The letters of a word, ' where an apostrophe, hyphen or tone's digit ends a syllable, and the tones at their
    places."""
    letters: list[str] = []
    tones: dict[int, str] = {}
    for char in unicodedata.normalize("NFD", word.lower()):
        if char in TONES and letters:
            tones[len(letters) - 1] = TONES[char]
        elif char == UMLAUT and letters and letters[-1] == "u":
            letters[-1] = "v"
        elif char in "12345" and letters:
            tones[len(letters) - 1] = char
            letters.append("'")
        elif APOSTROPHES.match(char) or HYPHENS.match(char):
            letters.append("'")
        else:
            letters.append(char)
    return "".join(letters), tones


def _bare(word: str) -> str:
    """A word without what marks its tones: Wade-Giles has digits behind, often raised."""
    plain = "".join(char for char in unicodedata.normalize("NFD", word.lower()) if char not in TONES)
    return re.sub(r"[1-4]", "", unicodedata.normalize("NFC", plain))
