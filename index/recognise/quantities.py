"""Quantities, shares and durations in English and Chinese, with the words that bound them.

Our readings, which no source says: dozens are 24 to 99, hundreds 200 to 999, half is 50 %, a majority over 50 %.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from archive.cases.quantities import Quantity
from index.recognise import numbers
from index.recognise.records import Candidate, Found

BOUNDS = {
    "over": "more than|over|in excess of|upwards of|just over|well over|超过|超過|多于|多於|逾|不止",
    "at least": "at least|no fewer than|no less than|not less than|至少|最少|不少于|不少於|不低于",
    "under": "fewer than|less than|under|below|just under|不到|不足|少于|少於|低于",
    "at most": "at most|up to|no more than|not more than|as many as|最多|至多|不超过|不超過",
    "nearly": "nearly|almost|close to|将近|將近|接近|近",
    "about": "about|around|approximately|roughly|some|an estimated|circa|约|約|大约|大約|大概",
}
BOUND_OF = {words: bound for bound, several in BOUNDS.items() for words in several.split("|")}
LATIN_BOUND = "|".join(sorted((one.replace(" ", r"\s+") for one in BOUND_OF if one.isascii()), key=len, reverse=True))
HAN_BOUND = "|".join(sorted((one for one in BOUND_OF if not one.isascii()), key=len, reverse=True))
SHARE = r"%|per\s?cent\b|percent\b"
VAGUE = {
    "dozens": (24, 99), "scores": (40, 99), "hundreds": (200, 999), "thousands": (2_000, 9_999),
    "tens of thousands": (20_000, 99_999), "hundreds of thousands": (200_000, 999_999),
    "millions": (2_000_000, 9_999_999), "数十": (20, 99), "數十": (20, 99), "几十": (20, 99), "幾十": (20, 99),
    "数百": (200, 999), "數百": (200, 999), "几百": (200, 999), "数千": (2_000, 9_999), "數千": (2_000, 9_999),
    "数万": (20_000, 99_999), "數萬": (20_000, 99_999),
}  # fmt: skip
SHARES = {
    "half": "50 %", "the majority": "over 50 %", "a majority": "over 50 %", "the vast majority": "over 50 %",
    "most of": "over 50 %", "a third of": "about 33 %", "one third of": "about 33 %", "two thirds of": "about 67 %",
    "a quarter of": "25 %", "three quarters of": "75 %",
    "半数": "50 %", "半數": "50 %", "一半": "50 %", "过半": "over 50 %",
    "過半": "over 50 %", "大多数": "over 50 %", "大多數": "over 50 %", "多数": "over 50 %", "多數": "over 50 %",
}  # fmt: skip
ENGLISH = re.compile(
    rf"(?:\b(?P<bound>{LATIN_BOUND})\s+|\b(?P<between>between)\s+)?(?P<number>{numbers.ENGLISH})(?P<plus>\+)?"
    rf"(?:\s?(?(between)and|(?:to|-|–))\s?(?P<last>{numbers.ENGLISH}))?(?:\s?(?P<share>{SHARE}))?",
    re.IGNORECASE,
)
CHINESE = re.compile(
    rf"(?P<bound>{HAN_BOUND})?\s?(?:(?P<of>百分之)(?P<part>[{numbers.HAN}]{{1,6}}|{numbers.FIGURES})"
    rf"|(?<!第)(?P<number>{numbers.CHINESE})(?P<plus>[余餘多](?=[^于於数數]))?(?P<myriads>[万萬亿億])?"
    r"\s?(?P<share>[%％])?(?P<unit>[名人个個位起宗例件家国國])?)"
)
WORDS = re.compile(
    rf"(?:\b(?P<bound>{LATIN_BOUND})\s+|(?P<bound2>{HAN_BOUND}))?(?P<words>"
    + "|".join(sorted((rf"\b{one}\b" if one.isascii() else one for one in (*VAGUE, *SHARES)), key=len, reverse=True))
    + ")",
    re.IGNORECASE,
)
NAMED = re.compile(
    r"(?:\b(?:articles?|art\.|sections?|chapters?|pages?|paragraphs?|nos?\.|number)|第|§)\s?$", re.IGNORECASE
)
UNITS = {
    "year": "Y",
    "month": "M",
    "week": "W",
    "day": "D",
    "年": "Y",
    "月": "M",
    "周": "W",
    "星期": "W",
    "礼拜": "W",
    "天": "D",
    "日": "D",
}
LENGTH = re.compile(
    rf"(?P<number>{numbers.ENGLISH}|(?<!half\s)\ban?\b)(?P<half>\sand\sa\shalf)?[\s-](?P<unit>year|month|week|day)s?\b(?![\s-]olds?\b)"
    rf"(?:,?\s(?:and\s)?(?P<number2>{numbers.ENGLISH})\s(?P<unit2>month|week|day)s?\b)?",
    re.IGNORECASE,
)
HAN_LENGTH = re.compile(
    rf"(?<![有前某这那每第上這])(?P<number>(?!四周)[{numbers.HAN}]{{1,4}}|(?<![\d.])\d{{1,3}})\s?"
    r"(?:年|个月|個月|周|个星期|個星期|天)"
    rf"(?:零?(?P<number2>[{numbers.HAN}]{{1,3}}|\d{{1,2}})\s?(?P<unit2>个月|個月|天))?"
    r"(?![前后後内內代底初末来來以间間级級度])"
)
LIFE = re.compile(
    r"\blife\s(?:imprisonment|sentence|in\sprison)\b|\bsentenced\sto\slife\b|无期徒刑|無期徒刑|终身监禁|終身監禁",
    re.IGNORECASE,
)
HALF_YEAR = re.compile(r"\bhalf\sa\syear\b|半年", re.IGNORECASE)


def durations(text: str) -> Iterator[Candidate]:
    """Lengths of time, as ISO 8601 durations or `life`."""
    for match in LIFE.finditer(text):
        yield Candidate(*match.span(), Found.DURATION, "life", match[0])
    for match in HALF_YEAR.finditer(text):
        yield Candidate(*match.span(), Found.DURATION, "P6M", match[0])
    for match in LENGTH.finditer(text):
        number = Decimal(1) if match["number"].lower() in ("a", "an") else numbers.english(match["number"])
        second = numbers.english(match["number2"]) if match["number2"] else None
        value = _length(number, match["unit"], bool(match["half"]), second, match["unit2"])
        if value:
            yield Candidate(*match.span(), Found.DURATION, value, match[0])
    for match in HAN_LENGTH.finditer(text):
        unit = next(one for one in UNITS if not one.isascii() and one in match[0][len(match["number"]) :])
        second = numbers.chinese(match["number2"]) if match["number2"] else None
        value = _length(numbers.chinese(match["number"]), unit, False, second, (match["unit2"] or "").strip("个個"))
        if value:
            yield Candidate(*match.span(), Found.DURATION, value, match[0])


def quantities(text: str) -> Iterator[Candidate]:
    """Numbers that count something, and shares of a whole."""
    for match in ENGLISH.finditer(text):
        number = numbers.english(match["number"])
        last = numbers.english(match["last"]) if match["last"] else None
        hedge = " ".join((match["bound"] or "").split())
        found = _quantity(
            number, BOUND_OF.get(hedge.lower(), "over" if match["plus"] else ""), last, bool(match["share"])
        )
        alone = match["number"].lower() in ("one", "zero") and not (hedge or match["share"])
        if found and not alone and not _in_a_word(text, match):
            yield Candidate(*match.span(), Found.QUANTITY, str(found), match[0], hedge=hedge or match["plus"] or "")
    for match in CHINESE.finditer(text):
        if not (match["unit"] or match["share"] or match["of"] or match["plus"] or match["bound"]) or (
            match["bound"] == "近" and match["number"] and match["number"][0].isdigit() and not match["unit"]
        ):
            continue
        of = match["part"] or match["number"].strip()
        number = numbers.chinese(of)
        if number is not None and match["myriads"]:  # 20余万
            number *= numbers.MYRIADS[match["myriads"]]
        hedge = match["bound"] or match["plus"] or ""
        bound = BOUND_OF.get(match["bound"] or "", "over" if match["plus"] else "")
        found = _quantity(number, bound, None, bool(match["share"] or match["of"]))
        if found and not (found == Quantity(Decimal(1)) and not hedge):
            yield Candidate(*match.span(), Found.QUANTITY, str(found), match[0], hedge=hedge)
    for match in WORDS.finditer(text):
        hedge = " ".join((match["bound"] or match["bound2"] or "").split())
        words = match["words"].lower()
        bound = BOUND_OF.get(hedge.lower(), "")
        if words in VAGUE:
            low, high = VAGUE[words]
            value = f"{bound} {low}" if bound in ("over", "at least") else f"{low} to {high}"
        else:
            value = f"{bound} {SHARES[words]}" if SHARES[words][0].isdigit() and bound else SHARES[words]
        yield Candidate(*match.span(), Found.QUANTITY, value, match[0], hedge=hedge or match["words"])


def _length(number: Decimal | None, unit: str, half: bool, second: Decimal | None, unit2: str | None) -> str:
    if number is None or number != int(number) or not 0 < number < 1000:
        return ""
    value = f"P{int(number)}{UNITS[unit.lower()]}"
    if half and unit.lower() == "year":
        value += "6M"
    if second is not None and unit2:
        after = UNITS[unit2.lower()]
        if "YMWD".index(after) <= "YMWD".index(value[-1]) or second != int(second):
            return value
        value += f"{int(second)}{after}"
    return value


def _quantity(number: Decimal | None, bound: str, last: Decimal | None, share: bool) -> Quantity | None:
    if number is None or (last is not None and (last <= number or bound)):
        return None
    return Quantity(number, bound, last, share)


def _in_a_word(text: str, match: re.Match[str]) -> bool:
    """Whether figures are part of a name, date or address: `COVID-19`, `07:01`, `#5`, `v2.1`."""
    before, after = text[: match.start("number")][-2:], text[match.end() :][:2]
    figures = match["number"][0].isdigit()
    if figures and (NAMED.search(text[: match.start("number")][-12:]) or re.fullmatch(r"0\d+", match["number"])):
        return True
    if (before[-1:], after[:1]) == ("[", "]"):  # a note's number
        return True
    return (figures and bool(re.search(r"[\w#:/_@.&-]$", before) or re.match(r"[\w:/_@°-]", after))) or after[:1] == "-"
