"""Numbers as figures and words, in English and Chinese, read into decimals."""

from __future__ import annotations

import re
from decimal import Decimal

UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
UNITS += " seventeen eighteen nineteen"
SMALL = {word: number for number, word in enumerate(UNITS.split())}
TENS = {
    word: number * 10
    for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)  # noqa: SIM905
}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
WORD = "|".join(sorted((*SMALL, *TENS, *SCALES), key=len, reverse=True))
WORDED = rf"\b(?:{WORD})(?:(?:[ -]|\sand\s)(?:{WORD})){{0,11}}\b"
# a separator counts only between groups of three digits, so that a decimal comma is never taken for one
FIGURES = r"(?<![\d.,])(?:\d{1,3}(?:[,'’ \u00a0\u202f]\d{3})+(?![\d]|[,.]\d)|\d{1,12}(?:\.\d{1,6})?(?![\d]|[,.]\d))"
ENGLISH = rf"(?:{FIGURES}(?:\s(?:hundred|thousand|million|billion)\b)?|{WORDED})"
DIGITS = {**dict(zip("〇一二三四五六七八九", range(10), strict=True)), "零": 0, "两": 2, "兩": 2}
STEPS = {"十": 10, "百": 100, "千": 1_000}
MYRIADS = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
HAN = "".join((*DIGITS, *STEPS, *MYRIADS))
CHINESE = rf"(?:{FIGURES}\s?[百千]?[万萬亿億]?|[{HAN}]{{1,12}})"


def english(words: str) -> Decimal | None:
    """The number that figures or English words say: `10,000`, `2.5 million`, `two hundred and thirty`."""
    figures = re.match(FIGURES, words)
    if figures:
        behind = words[figures.end() :].strip().lower()
        return Decimal(re.sub(r"[^\d.]", "", figures[0])) * SCALES.get(behind, 1)
    total = part = last = 0
    for word in re.split(r"[\s-]+", words.lower()):
        scale = SCALES.get(word, 0)
        if word == "and":
            continue
        if scale == 100:
            part = (part or 1) * scale
        elif scale:
            total, part = (total + part or 1) * scale if total < scale else total + part * scale, 0
        else:
            number = SMALL.get(word, TENS.get(word, -1))
            if number < 0 or (last and not (last >= 100 or last >= 20 > number > 0)):
                return None  # "two three" are two numbers
            part += number
        last = scale or number
    return Decimal(total + part)


def chinese(words: str) -> Decimal | None:
    """The number that figures or Chinese characters say: `1.5万`, `二百三十`, `两千`, `二〇一五`."""
    figures = re.match(FIGURES, words)
    if figures:
        number = Decimal(re.sub(r"[^\d.]", "", figures[0]))
        for char in words[figures.end() :].strip():
            number *= STEPS.get(char) or MYRIADS[char]
        return number
    if len(words) > 1 and all(char in DIGITS for char in words):  # 二〇一五; but 三四 is three or four
        return Decimal("".join(str(DIGITS[char]) for char in words)) if len(words) in (3, 4) else None
    total = part = digit = 0
    above = 0  # what stood before the last myriad
    for char in words:
        if char in DIGITS:
            if digit and char not in "零〇":
                return None
            digit = DIGITS[char]
        elif char in STEPS:
            part += (digit or 1) * STEPS[char]
            digit = 0
        else:
            if not part + digit and not above:
                return None
            total += (part + digit or 1) * MYRIADS[char]
            above, part, digit = total, 0, 0
    return Decimal(total + part + digit)
