"""Hangul in Latin letters and the reverse: Revised Romanization, McCune-Reischauer, and how persons spell names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import islice, product
from typing import NamedTuple

FIRST, LAST = 0xAC00, 0xD7A3
INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
SPOKEN = {" ": "", "ㅇ": "ng"} | {
    final: spoken
    for spoken, finals in (("k", "ㄱㄲㄳㄺㅋ"), ("n", "ㄴㄵㄶ"), ("t", "ㄷㅅㅆㅈㅊㅌㅎ"), ("l", "ㄹㄼㄽㄾㅀ"),
                           ("m", "ㅁㄻ"), ("p", "ㅂㅄㄿㅍ"))
    for final in finals
}  # fmt: skip
"""How each final consonant is spoken, and written, where another consonant or nothing follows."""
REVISED = dict(zip(INITIALS, "g kk n d tt r m b pp s ss - j jj ch k t p h".replace("-", "").split(" "), strict=True))
MCCUNE = REVISED | {
    "ㄱ": "k", "ㄷ": "t", "ㅂ": "p", "ㅈ": "ch", "ㅉ": "tch", "ㅊ": "ch'", "ㅋ": "k'", "ㅌ": "t'", "ㅍ": "p'",
}  # fmt: skip
VOICED = {"ㄱ": "g", "ㄷ": "d", "ㅂ": "b", "ㅈ": "j"}
"""McCune-Reischauer's letters for these between vowels and behind n, m, ng and l."""
SPELT = dict(zip(VOWELS, (
    "a", "ae", "ya", "yae", "eo o u", "e", "yeo yo yu you", "ye", "o", "wa", "wae", "oe", "yo", "u oo woo", "wo", "we",
    "wi", "yu yoo", "eu u", "ui ee eui", "i ee",
), strict=True))  # fmt: skip
"""The ways to write each vowel, without the marks that the index leaves out: first the Revised Romanization's, then
McCune-Reischauer's, then others, which stand in names (Myung, Yoon, Hee; Woo without a consonant before it)."""
NORTHERN = {"ㅋ": "kh", "ㅌ": "th", "ㅍ": "ph"}
"""How the North writes these."""
NASAL = {"k": "ng", "t": "n", "p": "m"}
"""What a stop becomes before n and m."""
USUAL = " ㄴㅇㄹㄱㅁㅂㅅㄷㅆㅊㅌㅈㅍㅋㄲ"
"""Final consonants, the most usual first; others hardly stand in names."""
SURNAMES = {
    "이": "lee yi rhee i", "박": "park pak bak", "최": "choi choe", "노": "roh noh no", "오": "oh o", "우": "woo u",
    "안": "ahn an", "서": "suh seo so", "조": "cho jo", "주": "joo chu ju", "구": "koo ku gu", "고": "ko go",
    "허": "huh hur heo ho", "임": "lim im rim", "류": "ryu yoo yu", "유": "yoo yu ryu", "문": "moon mun",
    "백": "paik baek paek", "배": "bae pae", "신": "shin sin", "심": "shim sim", "정": "jung chung jeong chong",
    "성": "sung seong song", "여": "yeo yo", "김": "kim gim", "강": "kang gang", "권": "kwon gwon", "곽": "kwak gwak",
    "전": "jeon chun chon jun", "천": "chun cheon chon", "윤": "yoon yun", "현": "hyun hyeon hyon",
    "변": "byun byeon pyon", "염": "yum yeom yom", "엄": "um eom om", "선": "sun seon son", "설": "sul seol sol",
    "석": "suk seok sok", "손": "son sohn", "부": "boo bu pu", "추": "choo chu", "소": "so soh", "도": "do doh to",
    "편": "pyun pyeon pyon", "명": "myung myeong myong", "경": "kyung kyeong kyong", "형": "hyung hyeong hyong",
}  # fmt: skip
"""How surnames are written, where that is not as their syllables are."""
SPLIT = {
    "ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅇ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ", "ㄽ": "ㄹㅅ", "ㄾ": "ㄹㅌ",
    "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅇ", "ㅄ": "ㅂㅅ",
}  # fmt: skip
"""What double finals are spoken as before a vowel: the final that stays, and what goes over (ㅇ for nothing)."""
BREATH = {"ㅎ": " ", "ㄶ": "ㄴ", "ㅀ": "ㄹ"}
"""Finals whose h goes over to a stop behind them, and what stays."""
MOST = 8
"""Ways to cut a word into consonants and vowels."""
LONGEST = 9
"""Vowels or consonants in a row; three syllables without consonants have no more."""
RUNS = re.compile("[bcdfghjklmnpqrstvxz]+|[aeiouwy]+")


class Part(NamedTuple):
    """A Hangul syllable in its letters; `final` is a blank where there is none."""

    initial: str
    vowel: str
    final: str


class Way(NamedTuple):
    """A way to read Latin letters: the initials that they may begin with, and for each syllable its vowels, and the
    finals that may follow with the initial of the next syllable, empty behind the last."""

    initials: tuple[str, ...]
    steps: tuple[tuple[tuple[str, ...], tuple[tuple[str, str], ...]], ...]


def parts(run: str) -> list[Part]:
    """The letters of each syllable; empty where anything else is among them."""
    if not run or not all(FIRST <= ord(char) <= LAST for char in run):
        return []
    places = [ord(char) - FIRST for char in run]
    return [Part(INITIALS[at // 588], VOWELS[at % 588 // 28], FINALS[at % 28]) for at in places]


def joined(initial: str, vowel: str, final: str) -> str:
    """The syllable of these letters."""
    return chr(FIRST + INITIALS.index(initial) * 588 + VOWELS.index(vowel) * 28 + FINALS.index(final))


def revised(run: str) -> str:
    """Hangul syllables in the Revised Romanization, as one word: 종로 is jongno."""
    return _written(parts(run), 0)


def mccune(run: str) -> str:
    """The same in McCune-Reischauer, with its apostrophes but without the marks on vowels: 평양 is p'yongyang."""
    return _written(parts(run), 1)


def apart(run: str) -> list[list[str]]:
    """The ways to write each syllable by itself, as in a given name: first as romanised, then otherwise."""
    ways = []
    for initial, vowel, final in parts(run):
        starts = [REVISED[initial], MCCUNE[initial].replace("'", "")]
        starts += ["sh"] if initial == "ㅅ" and vowel in "ㅣㅟ" else []
        starts += [NORTHERN[initial]] if initial in NORTHERN else []
        middles = [middle for middle in SPELT[vowel].split() if middle != "woo" or initial == "ㅇ"]
        spelt = [f"{start}{middle}{SPOKEN[final]}" for middle in middles for start in starts]
        ways.append(list(dict.fromkeys(spelt)))
    return ways


def ways(word: str) -> list[Way]:
    """The ways in which a word in Latin letters may be Hangul, at most MOST; none where no syllables are written so."""
    letters = re.sub("['’ʼ‘`-]", "", word.lower())
    runs = RUNS.findall(letters)
    if "".join(runs) != letters or not runs or max(map(len, runs)) > LONGEST:
        return []
    if runs[0][0] in "aeiouwy":
        runs.insert(0, "")
    if len(runs) % 2:  # the last consonants
        *runs, last = runs
    else:
        last = ""
    if len(runs) < 2 or runs[0] not in _starts() or last not in _ends():
        return []
    return list(islice(_ways(runs, last), MOST))


def together(one: Way, other: Way) -> Way:
    """Two words as one."""
    *before, (vowels, ends) = one.steps
    pairs = tuple((final, initial) for final, _ in ends for initial in other.initials)
    return Way(one.initials, (*before, (vowels, pairs), *other.steps))


def between(final: str, initial: str, vowel: str) -> tuple[str, str]:
    """The consonants between two vowels in the Revised Romanization and in McCune-Reischauer: how they are spoken."""
    if final in BREATH and initial in "ㄱㄷㅈ":
        final, initial = BREATH[final], {"ㄱ": "ㅋ", "ㄷ": "ㅌ", "ㅈ": "ㅊ"}[initial]
    end, start = SPOKEN[final], REVISED[initial]
    if initial == "ㅇ" and final in SPLIT:
        stays, goes = SPLIT[final][0], SPLIT[final][1]
        return between(" ", stays, vowel) if goes == "ㅇ" else between(stays, goes, vowel)
    if initial == "ㅇ" and final not in " ㅇ":  # the final is spoken with the next vowel
        if final == "ㅎ":
            return "", ""
        linked = {"ㄷ": "ㅈ", "ㅌ": "ㅊ"}.get(final, final) if vowel == "ㅣ" else final
        return between(" ", linked, vowel)
    if initial == "ㄹ" and end:
        both = {"l": "ll", "n": "ll", "m": "mn", "ng": "ngn", "k": "ngn", "p": "mn", "t": "nn"}[end]
        return both, both
    if initial in "ㄴㅁ" and end:
        both = "ll" if (end, initial) == ("l", "ㄴ") else NASAL.get(end, end) + start
        return both, both
    if end in ("", "n", "m", "ng", "l"):
        voiced = VOICED.get(initial, MCCUNE[initial])
        return end + start, end + (MCCUNE[initial] if end == "l" and initial in "ㄷㅈ" else voiced)
    return end + start, end + MCCUNE[initial]


def _written(syllables: list[Part], system: int) -> str:
    """Syllables as one word, each consonant as it is spoken beside the next."""
    found = []
    for at, (initial, vowel, _) in enumerate(syllables):
        before = between(syllables[at - 1].final, initial, vowel) if at else (REVISED[initial], MCCUNE[initial])
        spelt = SPELT[vowel].split()
        found.append(before[system] + spelt[min(system, len(spelt) - 1) if vowel in "ㅓㅕㅡ" else 0])
    return "".join(found) + (SPOKEN[syllables[-1].final] if syllables else "")


def _ways(runs: list[str], last: str) -> Iterator[Way]:
    """Each way to tell the vowels apart in runs of consonants and vowels in turn."""
    for cut in product(*(_vowels(run) for run in runs[1::2])):
        steps: list[tuple[tuple[str, ...], tuple[tuple[str, str], ...]]] = []
        for at, vowels in enumerate(cut):
            following = runs[2 * at + 2] if at + 1 < len(cut) else None
            for place, vowel in enumerate(vowels):
                if place + 1 < len(vowels):
                    pairs = _clusters()[""]
                elif following is None:
                    pairs = tuple((final, "") for final in _ends()[last])
                elif following in _clusters():
                    pairs = _clusters()[following]
                else:
                    return
                steps.append((_spelt()[vowel], pairs))
        yield Way(_starts()[runs[0]], tuple(steps))


@cache
def _vowels(run: str) -> tuple[tuple[str, ...], ...]:
    """The ways to cut a run of vowels, fewest first."""
    if not run:
        return ((),)
    found = [(run[:end], *rest) for end in (3, 2, 1) if run[:end] in _spelt() and len(run) >= end
             for rest in _vowels(run[end:])]  # fmt: skip
    return tuple(sorted(found, key=len))


@cache
def _spelt() -> dict[str, tuple[str, ...]]:
    """The vowels that are written so."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for vowel, spelt in SPELT.items():
        for one in spelt.split():
            found[one][vowel] = None
    return {one: tuple(vowels) for one, vowels in found.items()}


@cache
def _starts() -> dict[str, tuple[str, ...]]:
    """The initials that are written so at the beginning of a word."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for initial in INITIALS:
        for one in (REVISED[initial], MCCUNE[initial].replace("'", "")):
            found[one][initial] = None
    found["sh"]["ㅅ"] = found["l"]["ㄹ"] = None
    for initial, written in NORTHERN.items():
        found[written][initial] = None
    return {one: tuple(initials) for one, initials in found.items()}


@cache
def _ends() -> dict[str, tuple[str, ...]]:
    """The finals that are written so at the end of a word."""
    found: dict[str, list[str]] = defaultdict(list)
    for final in USUAL:
        found[SPOKEN[final]].append(final)
    return {one: tuple(finals) for one, finals in found.items()}


@cache
def _clusters() -> dict[str, tuple[tuple[str, str], ...]]:
    """The finals and initials that are written so between two vowels, as spoken together or each by itself."""
    found: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    for final in USUAL:
        for initial in INITIALS:
            apart = SPOKEN[final] + REVISED[initial], SPOKEN[final] + MCCUNE[initial]
            for one in (*between(final, initial, "ㅏ"), *between(final, initial, "ㅣ"), *apart):
                found[one.replace("'", "")][final, initial] = None
    for initial in "ㅅ":
        found["sh"][" ", initial] = None
    return {one: tuple(pairs) for one, pairs in found.items()}
