"""Reads the date a document bears into EDTF: only dates that leave no doubt, never digits from running prose.

Month names come from CLDR (Babel). A general date guesser was tried and not kept: it takes "12" for a day of this
month.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

_LANGUAGES = [
    "en",
    "es",
    "fr",
    "de",
    "it",
    "pt",
    "nl",
    "sv",
    "da",
    "nb",
    "fi",
    "pl",
    "cs",
    "sk",
    "sl",
    "hr",
    "hu",
    "ro",
    "bg",
    "ru",
    "uk",
    "sr",
    "mk",
    "el",
    "tr",
    "az",
    "kk",
    "uz",
    "id",
    "ms",
    "sq",
    "lt",
    "lv",
    "et",
    "ca",
    "vi",
    "sw",
]
_Reader = Callable[[re.Match[str]], str]
_HAN_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_ARABIC_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९０１２３４５６７８９", "0123456789" * 4)


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text: EDTF, and where its words stand."""

    edtf: str
    start: int
    end: int


def find(text: str) -> list[Found]:
    """Every certain date in a short text such as a date line, in order.

    Recognised: ISO 8601; a month's name with day and year in any common order, in the languages of Europe, Turkish,
    Indonesian and others; Chinese, Japanese and Korean with their signs for year, month and day, Han digits
    included; and numbers alone with the year first, or last where day and month cannot be mistaken for each other.
    03/04/2022 gives 2022.
    """
    folded = text.translate(_ARABIC_DIGITS)
    if len(folded) != len(text):
        return []
    found: list[Found] = []
    for pattern, read in _patterns():
        for match in pattern.finditer(folded):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            # A day that does not exist is kept here too, so that no month is read out of the middle of it.
            found.append(Found(read(match), match.start(), match.end()))
    return sorted((each for each in found if each.edtf), key=lambda each: each.start)


def edtf_of(value: object) -> str:
    """EDTF of a metadata value that is a date by its nature: a date object, or words that hold exactly one date.

    Empty where there is none. An EDTF value given as such (`2015`, `2015-10-17?`, `2014/2016`) stays as it is.
    """
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    words = str(value or "").strip()
    if _EDTF.fullmatch(words):
        return words if _is_possible(words) else ""
    dates = {each.edtf for each in find(words[:200])}
    return dates.pop() if len(dates) == 1 else ""


_EDTF_ONE = r"-?\d{4}(?:-(?:0[1-9]|1[0-2]|2[1-4])(?:-(?:0[1-9]|[12]\d|3[01]))?)?[?~%]?|\d{3}X|\d{2}XX|\d{4}-XX(?:-XX)?"
_EDTF = re.compile(rf"(?:{_EDTF_ONE})(?:/(?:{_EDTF_ONE}|\.\.)?)?|(?:\.\.)?/(?:{_EDTF_ONE})")


def made(value: object) -> str:
    """The day a file was made, as EDTF marked uncertain (`2015-10-17?`): its document may be older, or newer.

    Empty where there is none, or the dawn of some computer's calendar.
    """
    day = edtf_of(value)
    return f"{day}?" if day > "1990" else ""


def _is_possible(edtf: str) -> bool:
    """Whether the days in an EDTF value exist: 2019-02-30 does not."""
    days = re.findall(r"(\d{4})-(\d\d)-(\d\d)", edtf)
    return all(_day(int(year), int(month), int(day)) for year, month, day in days)


def _day(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _read(match: re.Match[str]) -> str:
    """EDTF of a match whose groups name year, month and day unmistakably."""
    groups = match.groupdict()
    year = int(groups["year"].translate(_HAN_DIGITS))
    month = groups.get("month") or ""
    if not month:
        return f"{year:04}"
    number = _months().get(_fold(month)) or _number(month)
    if not 1 <= number <= 12:
        return ""
    day = _number(groups["day"]) if groups.get("day") else 0
    return _day(year, number, day) if day else f"{year:04}-{number:02}"


def _read_numbers(match: re.Match[str]) -> str:
    """EDTF of day and month in unknown order before a year; only the year where both orders are possible."""
    one, other, year = int(match["one"]), int(match["other"]), int(match["year"])
    if one == other or one > 12 >= other:
        return _day(year, other, one)
    if other > 12 >= one:
        return _day(year, one, other)
    # With full stops the day comes first wherever that is written.
    return _day(year, other, one) if match["sep"] == "." else f"{year:04}"


def _number(digits: str) -> int:
    """A number in digits, or in Han signs up to 99; 0 if it is none."""
    if digits.isdecimal():
        return int(digits)
    tens, ten, ones = digits.partition("十")
    if not ten:
        plain = digits.translate(_HAN_DIGITS)
        return int(plain) if plain.isdecimal() else 0
    ones = ones.translate(_HAN_DIGITS) or "0"
    tens = tens.translate(_HAN_DIGITS) or "1"
    return int(tens) * 10 + int(ones) if tens.isdecimal() and ones.isdecimal() else 0


def _fold(name: str) -> str:
    return name.casefold().rstrip(".").replace("\u0307", "")


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """Names of months, full and short, in all the languages, where they mean the same month in each of them."""
    from babel import Locale

    names: dict[str, int] = {"sept": 9}
    doubtful: set[str] = set()
    for language in _LANGUAGES:
        months = Locale.parse(language).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[context][width].items():
                    folded = _fold(name)
                    if len(folded) < 3 or folded.isdecimal() or not folded.isalpha():
                        continue
                    if names.setdefault(folded, number) != number:
                        doubtful.add(folded)
    return {name: number for name, number in names.items() if name not in doubtful}


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], _Reader], ...]:
    named = "|".join(re.escape(name) for name in sorted(_months(), key=len, reverse=True))
    name = rf"(?P<month>{named})\.?"
    day = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th|er|\.|º|ª|-?го)?"
    year = r"(?P<year>1[5-9]\d\d|20\d\d|21\d\d)(?!\d)"
    of = r"(?:\s+|\s*[,،]\s*|\s+(?:de|del|of|di|d')\s+|-|/)"
    han = "〇○零一二三四五六七八九"
    flags = re.IGNORECASE
    return (
        (re.compile(r"(?<![\d.])(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?:(?=T\d)|(?![\d-]))"), _read),
        (
            re.compile(
                rf"(?P<year>(?<!\d)\d{{4}}|[{han}]{{4}})\s*[年년]\s*"
                rf"(?:(?P<month>\d{{1,2}}|[{han}十]{{1,3}})\s*[月월]\s*(?:(?P<day>\d{{1,2}}|[{han}十]{{1,3}})\s*[日号號일])?)?"
            ),
            _read,
        ),
        (re.compile(rf"(?<!\w){name}{of}{day}(?:\s*,\s*|\s+(?:de\s+)?){year}", flags), _read),
        (re.compile(rf"(?<![\w.,/-]){day}{of}{name}{of}{year}", flags), _read),
        (re.compile(rf"(?<!\w)(?P<year>20\d\d|19\d\d){of}{name}{of}{day}(?!\w)", flags), _read),
        (re.compile(rf"(?<!\w){name}{of}{year}", flags), _read),
        (
            re.compile(
                r"(?<![\d./-])(?P<year>(?:19|20)\d\d)([./-])(?P<month>0?[1-9]|1[0-2])\2(?P<day>[12]\d|3[01]|0?[1-9])(?![\d/-])"
            ),
            _read,
        ),
        (
            re.compile(
                r"(?<![\d./-])(?P<one>\d{1,2})(?P<sep>[./-])(?P<other>\d{1,2})(?P=sep)(?P<year>(?:19|20)\d\d)(?![\d/-])"
            ),
            _read_numbers,
        ),
    )
