"""Tibetan syllables in Latin letters: as they are written (Wylie), and as they are spoken, in signs that leave out what
the spellings of the spoken word do not keep apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import NamedTuple

# fmt: off
LETTERS = dict(zip(
    "ཀཁགངཅཆཇཉཏཐདནཔཕབམཙཚཛཝཞཟའཡརལཤསཧཨཊཋཌཎཥ",
    ("k", "kh", "g", "ng", "c", "ch", "j", "ny", "t", "th", "d", "n", "p", "ph", "b", "m", "ts", "tsh", "dz", "w", "zh",
     "z", "'", "y", "r", "l", "sh", "s", "h", "", "t", "th", "d", "n", "sh"),
    strict=True,
))
VOWELS = {"\u0f72": "i", "\u0f74": "u", "\u0f7a": "e", "\u0f7c": "o", "\u0f80": "i"}
IGNORED = "\u0f39\u0f71\u0f7e\u0f7f\u0f84"
PREFIXES, SUFFIXED = "གདབམའ", "གངབམ"
"""Letters that may stand before the root, and those behind it that another s may follow."""
HEADS = {"r": "ཀགངཇཉཏདནབམཙཛ", "l": "ཀགངཅཇཏདཔབཧ", "s": "ཀགངཉཏདནཔབམཙ"}
"""Letters on top of others, and under which they are the top."""
SPOKEN = {
    "k": "k", "kh": "k", "g": "k", "ng": "N", "c": "C", "ch": "C", "j": "C", "ny": "Y", "t": "t", "th": "t", "d": "t",
    "n": "n", "p": "p", "ph": "p", "b": "p", "m": "m", "ts": "c", "tsh": "c", "dz": "c", "w": "w", "zh": "S", "z": "s",
    "'": "", "y": "y", "r": "r", "l": "l", "sh": "S", "s": "s", "h": "h", "": "",
}
"""Consonants as they are spoken, each class with one sign: N is ng, C ch and j, Y ny, c ts and dz, S sh and zh."""
LATIN = re.compile(
    "oe|ue|[ae]y(?![aeiouöü])|tsh|thr|dhr|chh|ts|tz|dz|dj|tr|dr|kh|gh|ng|ny|ñ|th|dh|ph|bh|zh|sh|ch|hr|lh|[a-zöü]"
)
CLASSES = {
    "tsh": "c", "ts": "c", "tz": "c", "dz": "c", "thr": "t", "dhr": "t", "tr": "t", "dr": "t", "chh": "C", "ch": "C",
    "dj": "C", "j": "C", "c": "C", "q": "C", "kh": "k", "gh": "k", "g": "k", "k": "k", "ng": "N", "ny": "Y", "ñ": "Y",
    "th": "t", "dh": "t", "d": "t", "t": "t", "ph": "p", "bh": "p", "b": "p", "f": "p", "p": "p", "zh": "S", "sh": "S",
    "x": "S", "hr": "r", "lh": "l", "z": "s", "s": "s", "v": "w", "w": "w", "e": "a", "ö": "o", "ü": "u",
    "oe": "o", "ue": "u", "ay": "a", "ey": "a",
}
"""The same for Latin letters; a and e are one, for a before d, n, l and s is spoken as e."""
# fmt: on
TWICE = re.compile(r"(.)\1+")


class Parts(NamedTuple):
    """A syllable in Wylie's letters, each empty where there is none: `g.yag` has the prefix g and the root y."""

    prefix: str
    head: str
    root: str
    under: str
    vowel: str
    suffix: str
    second: str


@lru_cache(maxsize=4096)
def parts(syllable: str) -> Parts | None:
    """The parts of a Tibetan syllable as the index keeps it; None where it is none that is formed as usual."""
    stacks = _stacks(syllable)
    if not stacks:
        return None
    at = _root(stacks)
    letters, vowel = stacks[at]
    before, behind = stacks[:at], stacks[at + 1 :]
    # what is written onto the end (འི, འུ) belongs to the word, not to its name
    behind = [(stack, vowel) for stack, vowel in behind if not (stack == "འ" and vowel)]
    # Sanskrit words (པདྨ, lotus) have other letters before a stack than those that are prefixes
    if len(before) > 1 or (before and before[0][0] not in PREFIXES):
        return None
    if any(vowel or len(stack) > 1 for stack, vowel in (*before, *behind)):
        return None
    root, under = letters[0], letters[1:]
    head = ""
    if under and LETTERS[root] in HEADS and under[0] in HEADS[LETTERS[root]]:
        head, root, under = LETTERS[root], under[0], under[1:]
    ends = [LETTERS[stack] for stack, _ in behind][:2]
    suffix, second = (*ends, "", "")[:2]
    written = "".join(LETTERS[one] for one in under)
    return Parts(LETTERS[before[0][0]] if before else "", head, LETTERS[root], written, vowel or "a", suffix, second)


def written(syllable: str) -> str:
    """A syllable in Wylie, without the apostrophe; empty where it is none."""
    found = parts(syllable)
    return "".join(found).replace("'", "") if found else ""


@lru_cache(maxsize=4096)
def spoken(syllable: str, *, first: bool) -> frozenset[str]:
    """How a syllable may be heard in what people write for it, in signs of `SPOKEN`: at the beginning of a word, or
    further on, where letters may be heard that are silent at the beginning (mdo in Amdo, bzang in Lobsang)."""
    found = parts(syllable)
    if found is None:
        return frozenset()
    starts = set(_starts(found))
    if not first:
        silent = {"m": "mn", "'": "mn", "b": "p", "g": "k", "d": "", "": ""}[found.prefix]
        silent += {"r": "r", "l": "ln", "s": "", "": ""}[found.head]
        starts |= {one + start for one in silent for start in set(starts)}
        starts |= {"w"} if (found.root, found.under, found.prefix, found.head) == ("b", "", "", "") else set()
    # Yeshi for Yeshe, Kunchok for Konchok
    vowels = {"e": "ai" if found.suffix in ("", "s") else "a", "o": "ou" if found.suffix == "n" else "o"}
    if (found.root, found.vowel) == ("'", "o"):
        starts.add("w")
    ends = {"g": "k ", "b": "p ", "n": "nm", "l": "ln ", "d": " ", "s": " ", "'": " ", "": " "}
    last = ends.get(found.suffix, SPOKEN.get(found.suffix, ""))
    heard = product(starts, vowels.get(found.vowel, found.vowel), last)
    return frozenset("".join(one).rstrip() for one in heard)


def heard(word: str) -> tuple[str, ...]:
    """What a word in Latin letters may be in signs of `SPOKEN`, no sign twice in a row; nothing where it has others.
    Where ng stands before y or a vowel the g may begin a syllable (Tengyur), or another one follow it (Sangay)."""
    letters = "".join(filter(str.isalpha, word.lower()))
    ways = []
    for way in dict.fromkeys(re.sub("ng(?=[yaeiouöü])", one, letters) for one in ("ng", "n g", "ng g")):
        found = LATIN.findall(way)
        if "".join(found) != way.replace(" ", ""):
            return ()
        ways.append(alike("".join(CLASSES.get(one, one) for one in found)))
    return tuple(ways)


def latin(signs: str, syllable: str) -> tuple[str, ...]:
    """Ways to write a syllable that is heard so in Latin letters: what its consonants are told by."""
    found = parts(syllable)
    plain = "".join({"N": "ng", "C": "ch", "Y": "ny", "c": "ts", "S": "sh"}.get(sign, sign) for sign in signs)
    ways = {plain}
    if found and found.under[:1] == "r":
        ways.add(plain.replace("t", "tr", 1))
    for written_so, root in (("kh", "k"), ("ph", "p"), ("dz", "ts"), ("lh", "l")):
        if found and (found.root == written_so or found.head + found.root == written_so):
            ways.add(plain.replace(root, written_so, 1))
    return tuple(sorted(ways))


def alike(signs: str) -> str:
    """Signs without any twice in a row."""
    return TWICE.sub(r"\1", signs)


def _starts(found: Parts) -> Iterator[str]:
    root, under, prefix = found.root, found.under, found.prefix
    if prefix == "d" and root == "b":
        yield "y" if under == "y" else "t" if under == "r" else "w"
        if not under:
            yield ""
        return
    match root, under[:1]:
        case (("p" | "ph" | "b"), "y"):
            yield "C"
        case "m", "y":
            yield "Y"
        case (("k" | "kh" | "g"), "y"):
            yield "ky"
            yield "C"
        case (("k" | "kh" | "g" | "t" | "th" | "d" | "p" | "ph" | "b"), "r"):
            yield "t"
            yield SPOKEN[root] + "r"
        case "z", "l":
            yield "t"
        case (("k" | "g" | "b" | "r" | "s" | "l"), ("l" | "h")):
            yield "l"
        case "h", _ if found.head == "l":
            yield "l"
        case "h", "r":
            yield "r"
        case "dz", _:
            yield from "cs"
        case _:
            yield SPOKEN[root]


def _stacks(syllable: str) -> list[tuple[str, str]]:
    """The stacks of a syllable: its letters from the top, and its vowel in Latin letters; empty where it has others."""
    found: list[tuple[str, str]] = []
    for char in unicodedata.normalize("NFD", syllable):
        if char in IGNORED:
            continue
        if char in LETTERS:
            found.append((char, ""))
        elif not found:
            return []
        elif "\u0f90" <= char <= "\u0fbc" and (under := _upright(char)) in LETTERS:
            found[-1] = found[-1][0] + under, found[-1][1]
        elif char in VOWELS:
            found[-1] = found[-1][0], VOWELS[char]
        else:
            return []
    return found


def _upright(under: str) -> str:
    """A subjoined letter as it stands by itself."""
    return {"\u0fba": "ཝ", "\u0fbb": "ཡ", "\u0fbc": "ར"}.get(under, chr(ord(under) - 0x50))


def _root(stacks: list[tuple[str, str]]) -> int:
    """Which of the stacks is the root."""
    for at, (letters, vowel) in enumerate(stacks):
        if len(letters) > 1 or (vowel and not (at and letters == "འ")):
            return at
    bare = [letters for letters, vowel in stacks if not vowel]
    if len(bare) < 3 or bare[0] not in PREFIXES:
        return 0
    return 0 if len(bare) == 3 and bare[2] == "ས" and bare[1] in SUFFIXED else 1
