"""Dates and periods as worded in Chinese, absolute and relative."""

from __future__ import annotations

import re
from functools import cache

from index.recognise import numbers
from index.recognise.moments import Moment, Reference, Told, moved, told, told_period, weekday
from index.recognise.months import Readings

DIGITS = "〇零一二三四五六七八九"
FULL_YEAR = rf"(?:(?:1[89]|20)\d\d|[一二][{DIGITS}]{{3}})"
SMALL = r"(?:[0-3]?\d|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
SAID = {"去年": -1, "今年": 0, "前年": -2, "本年": 0}
NAMED = {"次年": 1, "翌年": 1, "同年": 0, "当年": 0, "當年": 0}
PARTS = {
    "初": "early",
    "年初": "early",
    "中": "mid",
    "底": "late",
    "末": "late",
    "上半年": "first half",
    "下半年": "second half",
}
PARTS |= {"上旬": "early", "中旬": "mid", "下旬": "late"}
SEASONS = {"春": 21, "夏": 22, "秋": 23, "冬": 24}
YEAR_WORD = rf"(?:(?P<year>{FULL_YEAR})\s?年|(?P<said>{'|'.join((*SAID, *NAMED))}))"
MOMENT = (
    rf"{YEAR_WORD}(?:\s?(?P<month>{SMALL})\s?月(?:份)?(?:\s?(?P<day>{SMALL})\s?[日号號]|(?P<third>[上中下]旬|初|底|末))?"
    r"|(?P<part>初|底|末|上半年|下半年|中(?![国國央共华華]))|(?P<season>[春夏秋冬])[天季]?)?"
)
WITHOUT_YEAR = (
    rf"(?<![年\d{DIGITS}十])(?P<month>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])\s?月\s?(?P<day>{SMALL})\s?[日号號]"
)
UNITS = {"年": "Y", "个月": "M", "個月": "M", "周": "W", "星期": "W", "天": "D", "日": "D"}
TO = r"\s?(?:至|到|—|–|-|～|~)\s?"
COUNT = rf"(?P<number>\d{{1,3}}|[{DIGITS}两兩十]{{1,3}})\s?(?P<unit>年|个月|個月|周|个?星期|天)"


WITHIN_YEAR = rf"(?P<last_month>{SMALL})\s?月(?:份)?(?:\s?(?P<last_day>{SMALL})\s?[日号號])?"
CENTURY = "(?:20世纪|二十世纪|上世纪|上個世紀|上个世纪|20世紀|二十世紀)"


@cache
def readings() -> Readings:
    """Each wording and how it is read."""
    ends = MOMENT.replace("?P<", "?P<last_")
    first = MOMENT
    return (
        (re.compile(rf"{first}{TO}{ends}"), _between),
        (re.compile(rf"{first}{TO}{WITHIN_YEAR}"), _between),
        (re.compile(rf"(?<!\d)(?P<year>{FULL_YEAR}){TO}(?P<last_year>{FULL_YEAR})\s?年"), _years),
        (re.compile(rf"(?:自|从|從)?{first}(?:以来|以來|起|至今)"), _since),
        (re.compile(first), _moment_said),
        (re.compile(WITHOUT_YEAR), _moment_said),
        (re.compile(rf"{CENTURY}?(?P<ten>[1-9]0|[一二三四五六七八九]十)年代(?P<part>初|中|末)?期?"), _decade),
        (re.compile(r"(?P<year>20[0-9]0|19[0-9]0)年代(?P<part>初|中|末)?期?"), _decade),
        (re.compile(rf"{COUNT}(?:之|以)?(?P<side>后|後|前)"), _later),
        (re.compile(rf"(?:过去|過去|近|最近)(?:的)?{COUNT}(?:里|來|来|间|間)?"), _past),
        (re.compile(r"(?:上)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])"), _weekday),
        (re.compile(r"(?P<word>昨天|昨日|前天|次日|翌日|当天|當天|当日|當日)"), _day),
    )  # fmt: skip


def _number(words: str) -> int:
    value = numbers.chinese(words)
    return int(value) if value is not None else 0


def _one(named: dict[str, str | None], reference: Reference, prefix: str = "") -> Moment | None:
    month, day = _number(named.get(prefix + "month") or "零"), _number(named.get(prefix + "day") or "零")
    if month > 12 or day > 31:
        return None
    said = named.get(prefix + "said") or ""
    start = reference.document if said in SAID else reference.previous
    reckoned = not named.get(prefix + "year")
    if not reckoned:
        year: int | None = _number(named[prefix + "year"] or "")
    elif said:
        year = start.year + SAID.get(said, NAMED.get(said, 0)) if start else None
    else:
        year = reference.year_of(month, day) if month else None
    part = PARTS.get(named.get(prefix + "part") or named.get(prefix + "third") or "", "")
    season = SEASONS.get(named.get(prefix + "season") or "", 0)
    return Moment(year, season or month, day, part=part, reckoned=reckoned) if year else None


def _moment_said(match: re.Match[str], reference: Reference) -> Told | None:
    return told(_one(match.groupdict(), reference))


def _between(match: re.Match[str], reference: Reference) -> Told | None:
    named = match.groupdict()
    first = _one(named, reference)
    if first and not named.get("last_year") and not named.get("last_said"):  # "from September to December"
        named["last_year"] = f"{first.year:04d}"
    last = _one(named, reference, "last_")
    return told_period(first, last) if first and last else None


def _years(match: re.Match[str], reference: Reference) -> Told | None:
    return told_period(Moment(_number(match["year"])), Moment(_number(match["last_year"])))


def _since(match: re.Match[str], reference: Reference) -> Told | None:
    first = _one(match.groupdict(), reference)
    return told_period(first, None) if first else None


def _decade(match: re.Match[str], reference: Reference) -> Told | None:
    named = match.groupdict()
    year = int(named["year"]) if named.get("year") else 1900 + _number(named["ten"] or "")
    part = PARTS.get(named["part"] or "", "")
    return told(Moment(year, decade=True, part=part))


def _later(match: re.Match[str], reference: Reference) -> Told | None:
    before = match["side"] == "前"
    start = reference.document if before else reference.previous
    count = _number(match["number"]) * (-1 if before else 1)
    return told(moved(start, count, _unit(match))) if start else None


def _past(match: re.Match[str], reference: Reference) -> Told | None:
    end = reference.document
    start = moved(end, -_number(match["number"]), _unit(match)) if end else None
    return told_period(start, moved(end, 0, _unit(match))) if end and start else None


def _weekday(match: re.Match[str], reference: Reference) -> Told | None:
    number = "一二三四五六日".find(match["weekday"].replace("天", "日"))
    return told(weekday(reference.document, number)) if reference.document else None


def _day(match: re.Match[str], reference: Reference) -> Told | None:
    word = match["word"]
    of_document = {"昨天": -1, "昨日": -1, "前天": -2}
    start = reference.document if word in of_document else reference.previous
    count = of_document.get(word, 1 if word in ("次日", "翌日") else 0)
    return told(moved(start, count, "D")) if start else None


def _unit(match: re.Match[str]) -> str:
    return UNITS[match["unit"].removeprefix("个") if "星期" in match["unit"] else match["unit"]]
