"""Words of any spaced script in Latin letters, as sounds: what two spellings of one name have in common, and how far
they are apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

LETTERS = re.compile(
    "shch|tsch|sch|tch|dzh|kh|gh|sh|zh|ch|th|dh|ph|ck|dj|ts|tz|[bcdfghjklmnpqrstxz]|ye|aa|ee|oo|ou|ei|[aeiou]|[vw]|y|[əŝ]|['`]"
)
# fmt: off
ALIKE = {
    "ph": "f", "ck": "k", "c": "k", "tch": "ch", "tsch": "ch", "sch": "sh", "shch": "sh", "tz": "ts",
    "dj": "j", "dzh": "j", "aa": "A", "ee": "I", "oo": "U", "ou": "U", "ei": "e", "ye": "e", "w": "v", "y": "i",
}
SILENT = "'`"
VOWELS = "aeiou"
CLASSES = {
    "b": "B", "p": "B", "t": "T", "th": "T", "d": "T", "dh": "T", "s": "S", "sh": "S", "z": "S", "ts": "S", "ŝ": "S",
    "k": "K", "q": "K", "g": "K", "gh": "K", "j": "J", "zh": "J", "ch": "J", "h": "H", "kh": "H", "x": "H",
    "f": "F", "l": "L", "m": "M", "n": "N", "r": "R",
}
"""Consonants that scripts and romanisations do not keep apart, each class with the letter that stands for it."""
OTHERWISE = {
    "g": "J", "j": "K-", "ch": "SHK", "q": "J", "h": "-K", "kh": "K", "th": "S", "dh": "S", "z": "T", "zh": "S",
    "d": "S", "s": "T", "f": "-B", "p": "F", "v": "FB", "t": "S", "ə": "H", "x": "SK",
}
"""What else each consonant may be on the other side (- for nothing): Egypt's g is ج, Thamer's th ث, Ivanov's v ف."""
# how far two sounds are apart that may stand for each other, from 0 to 1; all others are FAR
APART = {
    "k q": 0.1, "g gh": 0.1, "h kh": 0.2, "t th": 0.2, "d dh": 0.2, "dh z": 0.2, "s th": 0.2, "j zh": 0.2, "ch q": 0.4,
    "g q": 0.2, "g j": 0.4, "b v": 0.3, "f v": 0.3, "b p": 0.4, "f p": 0.5, "d z": 0.6, "ch sh": 0.5, "ch kh": 0.4,
    "ch h": 0.5, "ch k": 0.6, "g k": 0.7, "d t": 0.7, "s z": 0.6, "s sh": 0.8, "s ts": 0.4, "ts z": 0.4, "ch j": 0.6,
    "g h": 0.5, "gh k": 0.7, "k kh": 0.6, "gh q": 0.4, "i j": 0.4, "t z": 0.9, "dh s": 0.8, "t ts": 0.8, "s t": 1.0,
    "a e": 0.15, "e i": 0.2, "o u": 0.15, "a o": 0.3, "u v": 0.1, "o v": 0.1, "a i": 0.5, "e o": 0.5, "i u": 0.4,
    "e u": 0.5, "a u": 0.5, "i o": 0.6, "a ə": 0.05, "e ə": 0.05, "h ə": 0.0, "o ə": 0.3, "i ə": 0.4,
    "kh x": 0.0, "sh x": 0.1, "h x": 0.2, "k x": 0.5, "s ŝ": 0.0, "sh ŝ": 0.0,
}
LONE = {"v": 0.4, "h": 0.35, "ə": 0.35}
# fmt: on
MOST_KEYS = 24
LEAST, LONGEST = 3, 24
"""Words of fewer or more letters have no key: they would be anything, or nobody's name."""
FAR = 1.2
UYGHUR = re.compile(r"[ۇۆۈۋېڭ]|\bئ(?=[اويه])")


class _Letters(dict[int, str]):
    """What each letter of any script is in Latin ones, looked up when first met."""

    def __missing__(self, code: int) -> str:
        from anyascii import anyascii

        self[code] = found = anyascii(chr(code)).lower()
        return found


# ə is heh, which folded text holds for ة and for Uyghur's ە and ھ: an a, e or h. ŝ is shin: s or sh. The others are
# letters that anyascii leaves out (ا), reads by what carries them (ئ), or as no spelling of names does
_LATIN = _Letters({ord(one): other for one, other in zip("ئعәэыјאاهהבש", "''eeiyaaəəbŝ", strict=True)})


def latin(word: str) -> str:
    """A folded word in Latin letters, one letter for one as far as its script goes: محمد is mhmd."""
    if word.isascii():
        return word
    found = word.replace("ου", "u").translate(_LATIN)
    return "a" + found[1:] if word[0] in "عע" else found


def is_bare(word: str) -> bool:
    """Whether a word's script leaves most vowels out: Hebrew, and Arabic but for Uyghur words that show they are."""
    return bool(word) and "\u0590" <= word[0] <= "\u07ff" and not is_uyghur(word)


def is_uyghur(word: str) -> bool:
    """Whether a folded word has letters that show it is Uyghur, or Kazakh in the same script: all its vowels."""
    return UYGHUR.search(word) is not None


class _Kept(dict[int, str]):
    """For str.translate(): whatever is not in it goes."""

    def __missing__(self, code: int) -> str:
        return ""


# what is written with several letters, each with one character for its sound: a letter, or else one that no word holds
SEVERAL = re.compile("|".join(part for part in LETTERS.pattern.split("|") if len(part) > 1 and "[" not in part))
_LONG = {part: ALIKE.get(part, part).lower() for part in SEVERAL.pattern.split("|")}
_SIGN = {sound: chr(at) for at, sound in enumerate(sorted(filter(lambda sound: len(sound) > 1, _LONG.values())), 14)}
_SIGNS = {part: _SIGN.get(sound, sound) for part, sound in _LONG.items()}
_ONE = _Kept({ord(one): ALIKE.get(one, one) for one in "bcdfghjklmnpqrstxzaeiouvwyəŝ\n"})
_ONE |= {ord(sign): sign for sign in _SIGN.values()}
_CLASS = _Kept({ord(_SIGN.get(sound, sound)): found for sound, found in CLASSES.items()})
_CLASS[ord("\n")] = "\n"
TWICE = re.compile(r"([^\n])\1+")
FINAL = re.compile(f"(?<=.[{VOWELS}])h$", re.MULTILINE)


@lru_cache(maxsize=4096)
def sounds(word: str) -> tuple[str, ...]:
    """The sounds of a word in Latin letters: consonants and vowels, those written long as capitals, none twice in a
    row, no h at the end."""
    found: list[str] = []
    for letter in LETTERS.findall(word):
        if letter in SILENT:
            continue
        sound = ALIKE.get(letter, letter)
        if not found or found[-1].lower() != sound.lower():
            found.append(sound)
    if len(found) > 2 and found[-1] == "h" and found[-2].lower() in VOWELS:
        found.pop()
    return tuple(found)


def key(word: str) -> str:
    """What a word is found by: its consonants in classes, small letters for words of other scripts than Latin; empty
    for words that are too short, too long, or hold digits."""
    return next((found for found, _ in keyed([word])), "")


def keyed(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The key of each of these words that has one, and the word. All at once, for an archive has hundreds of thousands:
    what `sounds` does word by word is done to all of them as one text in which a sound is one character."""
    fitting = [word for word in words if LEAST <= len(word) <= LONGEST and word.isalpha()]
    text = "\n".join(map(latin, fitting))
    text = SEVERAL.sub(lambda match: _SIGNS[match[0]], text).translate(_ONE)
    text = FINAL.sub("", TWICE.sub(r"\1", text)).translate(_CLASS)
    for word, found in zip(fitting, text.split("\n"), strict=bool(fitting)):
        if found:
            yield (found if word.isascii() else found.lower()), word


def keys(word: str) -> list[str]:
    """The keys that other spellings of a word in Latin letters may have, likeliest first, in capitals."""
    ways: list[list[str]] = []
    for sound in sounds(word):
        own, others = CLASSES.get(sound, ""), OTHERWISE.get(sound, "")
        if own or others:
            ways.append([own, *("" if other == "-" else other for other in others)])
    found: dict[str, None] = {}
    level = [(0, "")]
    for choices in ways:
        longer = [(changes + (at > 0), begun + one) for changes, begun in level for at, one in enumerate(choices)]
        level = sorted(dict.fromkeys(longer), key=lambda way: way[0])[: 4 * MOST_KEYS]
    for _, one in level:
        if one:
            found[one] = None
    return list(found)[:MOST_KEYS]


def apart(one: tuple[str, ...], other: tuple[str, ...], bare: bool) -> float:
    """How far the sounds of a full spelling are from those of another, for each sound; `bare` where the other leaves
    short vowels out: its own are long then, but for the first, which may be any."""
    other = tuple(map(str.lower, other))
    added = [_lone(sound, 0.8 if bare else 0.5) for sound in other]
    above = [0.0]
    for cost in added:
        above.append(above[-1] + cost)
    for at, mine in enumerate(one):
        dropped = _lone(mine.lower(), 0.08 if bare and at and mine.islower() else 0.5)
        mine = mine.lower()
        row = [above[0] + dropped]
        for column, its in enumerate(other):
            if mine == its:
                between = 0.0
            elif bare and not column and mine in VOWELS and its in VOWELS:
                between = 0.05
            else:
                between = APART.get(f"{mine} {its}" if mine < its else f"{its} {mine}", FAR)
            row.append(min(above[column] + between, above[column + 1] + dropped, row[column] + added[column]))
        above = row
    return above[-1] / max(len(one), len(other), 1)


def _lone(sound: str, vowel: float) -> float:
    """What it costs that only one side has a sound."""
    return vowel if sound in VOWELS else LONE.get(sound, 1.0)
