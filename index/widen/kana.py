"""Japanese kana in Latin letters that stand in the archive, and the reverse: Hepburn's spelling and the Kunrei one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from heapq import nsmallest
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from index import text as texts
from index.marks import folded
from index.widen import romanised, spelt
from index.widen.form import Form

if TYPE_CHECKING:
    from index.vocabulary import Vocabulary

WAY = "kana"
# fmt: off
ROWS = {
    "": "あいうえお", "k": "かきくけこ", "s": "さしすせそ", "t": "たちつてと", "n": "なにぬねの", "h": "はひふへほ",
    "m": "まみむめも", "r": "らりるれろ", "g": "がぎぐげご", "z": "ざじずぜぞ", "d": "だぢづでど", "b": "ばびぶべぼ",
    "p": "ぱぴぷぺぽ",
}
OTHERS = {
    "や": "ya", "ゆ": "yu", "よ": "yo", "わ": "wa", "を": "o wo", "ん": "n", "ゔ": "vu", "ゐ": "i wi", "ゑ": "e we",
}
HEPBURN = {
    "し": "shi", "ち": "chi", "つ": "tsu", "ふ": "fu", "じ": "ji", "ぢ": "ji", "づ": "zu",
}
"""Where Hepburn writes otherwise than consonant and vowel."""
KUNREI = {"ぢ": "zi", "づ": "zu"}
GLIDES = {"し": "sh", "ち": "ch", "じ": "j", "ぢ": "j"}
"""What stands before a, u, o of a small ya, yu, yo in Hepburn."""
SMALL_VOWELS = {
    "ふぁ": "fa", "ふぃ": "fi", "ふぇ": "fe", "ふぉ": "fo", "てぃ": "ti", "でぃ": "di", "うぃ": "wi", "うぇ": "we",
    "うぉ": "wo", "しぇ": "she", "じぇ": "je", "ちぇ": "che", "ゔぁ": "va", "ゔぃ": "vi", "ゔぇ": "ve", "ゔぉ": "vo",
    "つぁ": "tsa", "とぅ": "tu", "どぅ": "du",
}
# fmt: on
LONG = {"a": "あー", "i": "いー", "u": "うー", "e": "いえー", "o": "うおー"}
"""What may follow a vowel, which most texts in Latin letters do not write: it makes the vowel long."""
BAR = "ー"
SOKUON, SMALL = "っ", dict(zip("ゃゅょ", "auo", strict=True))
LEAST, LONGEST = 2, 12
"""Kana, or moras, of what is looked for."""
COUNTED = 200
SURELY = 3
"""Syllables from which on the sound tells that it is the same; fewer are like too many other words."""
TRIED, MOST = 24, 12
ASKED = 400
"""Pairs of kana that are looked up for one text, at 5 to 15 µs each."""
MANY = 128
"""Runs that are gone on with: where an archive holds every pair, each vowel that may be long makes three of one."""
CUTS = 4
"""Ways to cut Latin letters into moras that are tried."""
Cut = tuple[tuple[str, ...], str]
"""A mora: the hiragana that it may be, and what may follow to make it long."""
DOUBLE = re.compile(r"([kstpgdbzcj])\1|tch")
NASAL = re.compile("m(?=[bmp])")
KANA = re.compile("[ぁ-ゖァ-ヺー]+")
MORA = re.compile("[あ-おか-ぢつ-もやゆよら-わゐ-んゔ]")
"""Kana that begin a syllable: no small ones, and nothing that makes a vowel long."""
MARKS = re.compile("['’ʼ‘`\u2010\u2011-]")


def of_latin(words: Sequence[str], vocabulary: Vocabulary) -> list[Form]:
    """What stands in kana that words in Latin letters may romanise, in hiragana or katakana, most frequent first."""
    if not vocabulary.has("ぁ", "ヿ"):
        return []
    letters = folded(MARKS.sub("", "".join(words)))
    weak = len(words) == 1 and romanised.is_ordinary(letters, vocabulary)
    runs: dict[str, bool] = {}
    left = ASKED
    for cut in islice(_cut(letters), CUTS):
        for script in (hiragana, katakana) if len(cut) <= LONGEST else ():
            found, left = _runs(cut, script, vocabulary, left)
            runs |= dict.fromkeys((run for run in found if len(run) >= LEAST), weak or len(cut) < SURELY)
    fewest = nsmallest(MANY, runs, key=len)
    counted = [(-vocabulary.holds(" ".join(map("".join, pairwise(run))), COUNTED), run) for run in fewest]
    return [Form(run, WAY, sound=runs[run]) for often, run in sorted(counted)[:MOST] if often]


def of_kana(run: str, vocabulary: Vocabulary) -> list[Form]:
    """The spellings in Latin letters that stand there of kana side by side, and the same in the other kana."""
    if not LEAST <= len(run) <= LONGEST:
        return []
    plain = hiragana(run)
    others = [Form(one, WAY) for one in (plain, katakana(plain)) if one != run and _holds(one, vocabulary)]
    found = spelt.there(dict.fromkeys(islice(romanisations(plain), TRIED), WAY), vocabulary)
    few = len(MORA.findall(plain)) < SURELY
    return others + [Form(one.words, WAY, few or romanised.is_ordinary(folded(one.words), vocabulary)) for one in found]


def hiragana(run: str) -> str:
    """Kana as hiragana; what it lacks stays."""
    return "".join(chr(ord(char) - 0x60) if "ァ" <= char <= "ヶ" else char for char in run)


def katakana(run: str) -> str:
    """Kana as katakana."""
    return "".join(chr(ord(char) + 0x60) if "ぁ" <= char <= "ゖ" else char for char in run)


def romanisations(run: str) -> Iterator[str]:
    """Hiragana in Latin letters: Hepburn's spelling and the Kunrei one, with and without what makes a vowel long."""
    moras = re.findall("[ぁ-ゖ][ゃゅょぁぃぅぇぉ]?|ー", run)
    for system in (0, 1) if "".join(moras) == run else ():
        written = ""
        double = False
        for mora in moras:
            latin = written[-1:] if mora == BAR else _latin(mora, system)
            written += ("t" if latin.startswith("ch") else latin[:1]) + latin if double else latin
            double = mora == SOKUON
        short = re.sub("(?<=o)[uo]|(?<=u)u|(?<=a)a", "", written)
        for one in (written, short, re.sub("(?<=o)[uo]", "h", written)):
            yield one
            yield re.sub("n(?=[bmp])", "m", one)


def _latin(mora: str, system: int) -> str:
    """A mora in Latin letters; its kana each by itself where nobody writes them as one."""
    return "".join(_moras().get(one, ("", ""))[system] for one in ((mora,) if mora in _moras() else mora))


def _runs(cut: Sequence[Cut], script: Callable[[str], str], vocabulary: Vocabulary, left: int) -> tuple[list[str], int]:
    """The runs of kana that these moras may be and whose pairs all stand in the archive, up to MANY, those with the
    fewest long vowels, and how many pairs may still be looked up."""
    level = [""]
    for moras, vowel in cut:
        longer = [
            f"{text}{script(mora)}{more}" for text in level for mora in moras for more in ("", *map(script, vowel))
        ]
        ends = {one: set(map("".join, pairwise(one[-4:]))) for one in longer}
        pairs = sorted(set().union(*ends.values()))[:left]
        left -= len(pairs)
        there = vocabulary.held(pairs)
        level = nsmallest(MANY, (one for one, its in ends.items() if its <= there), key=len)
    return level, left


def _cut(letters: str) -> Iterator[list[Cut]]:
    """Each way to cut Latin letters into moras, longest ones first."""
    onward: list[list[tuple[int, Cut]]] = [[] for _ in letters]
    whole = {len(letters)}
    for at in range(len(letters) - 1, -1, -1):  # from the end, so that no way is gone that leads nowhere
        onward[at] = [(end, mora) for end, mora in _moras_at(letters, at) if end in whole]
        if onward[at]:
            whole.add(at)

    def ways(at: int) -> Iterator[list[Cut]]:
        if at == len(letters):
            yield []
            return
        for end, mora in onward[at]:
            yield from ([mora, *rest] for rest in ways(end))

    return ways(0)


def _moras_at(letters: str, at: int) -> Iterator[tuple[int, Cut]]:
    """The moras that may begin at a place, and where they end."""
    if DOUBLE.match(letters, at):
        yield at + 1, ((SOKUON,), "")
    for end in range(min(at + 4, len(letters)), at, -1):
        if kana := _read().get(letters[at:end]):
            yield end, (kana, LONG.get(letters[end - 1], ""))
    if NASAL.match(letters, at):
        yield at + 1, (("ん",), "")


@cache
def _moras() -> dict[str, tuple[str, str]]:
    """How each mora in hiragana is written in Hepburn and in Kunrei."""
    found: dict[str, tuple[str, str]] = {}
    for consonant, row in ROWS.items():
        for kana, vowel in zip(row, "aiueo", strict=True):
            found[kana] = HEPBURN.get(kana, consonant + vowel), KUNREI.get(kana, consonant + vowel)
        for small, vowel in SMALL.items() if consonant else ():
            glide = GLIDES.get(row[1], f"{consonant}y")
            found[row[1] + small] = glide + vowel, f"{KUNREI.get(row[1], consonant)[0]}y{vowel}"
    for kana, latin in (OTHERS | SMALL_VOWELS).items():
        found[kana] = latin.split()[0], latin.split()[-1]
    return found


@cache
def _read() -> dict[str, tuple[str, ...]]:
    """The moras that are written so, the usual ones first."""
    found: dict[str, dict[str, None]] = {}
    for kana, ways in _moras().items():
        for latin in ways:
            found.setdefault(latin, {})[kana] = None
    return {latin: tuple(sorted(kana, key=lambda one: one in "ぢづをゐゑ")) for latin, kana in found.items()}


def _holds(run: str, vocabulary: Vocabulary) -> bool:
    return bool(vocabulary.holds(texts.phrase(run)[0])) if len(run) > 1 else False
