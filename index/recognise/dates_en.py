"""Dates and periods as worded in English, absolute and relative, and in figures as anywhere."""

from __future__ import annotations

import re
from functools import cache

from index.recognise import months, numbers
from index.recognise.moments import (
    Moment,
    Reference,
    Told,
    moved,
    told,
    told_period,
    week,
    weekday,
)
from index.recognise.months import ABOUT, DAY, NUMBERED, PART, YEAR, Readings

UNITS = {"year": "Y", "month": "M", "week": "W", "day": "D"}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NUMBER = rf"(?P<number>{numbers.ENGLISH}|an?)"
UNIT = r"(?P<unit>year|month|week|day)"


@cache
def readings() -> Readings:
    """Each wording and how it is read; the longest first where two begin at one place."""
    month = months.any_of("en")
    moment = (
        r"(?:(?:early|late|mid)(?:-|\s+)(?:in\s+)?(?:the\s+)?)?"
        rf"(?:\d{{4}}-\d\d(?:-\d\d)?|(?:{DAY}\s+)?(?:{month})\.?\s+(?:{DAY},?\s+)?{YEAR}"
        rf"|(?:the\s+)?(?:1[89]|20)\d0s|{YEAR})"
    )
    bare = rf"(?:{moment}|(?:{DAY}\s+)?(?:{month})(?:\s+{DAY})?)"
    until = r"(?:to|until|till|through|and)"
    return (
        (re.compile(rf"\b(?:[Ff]rom|[Bb]etween)\s+(?P<first>{bare})\s+{until}\s+(?P<last>{moment})(?!\w)"), _between),
        (re.compile(rf"(?<![\w.,-])(?P<first>{YEAR})\s?[-–—]\s?(?P<last>{YEAR})(?![\w-])"), _between),
        (re.compile(rf"\b(?P<open>[Ss]ince|[Uu]ntil|[Tt]ill)\s+(?:at\s+least\s+)?(?P<at>{bare})(?![\w-])"), _since),
        *_plain(),
        *months.readings("en"),
        *_relative(month),
    )


@cache
def _plain() -> Readings:
    """Years, decades, seasons, and dates in figures whose order is certain."""
    season = r"(?:(?:the\s+)?(?P<season>spring|summer|autumn|fall|winter)\s+(?:of\s+)?)?"
    # not a price, a part of a longer number, of a name such as A-2015, or of a time
    alone = rf"(?<![\w.,#$€£/:])(?<!\d-)(?<!(?-i:[A-Z])-)(?P<year>{YEAR})(?![\w%]|[.,:/-]\d|-\w)"
    month = r"(?P<month>0?[1-9]|1[0-2])"
    day = rf"(?P<day>{NUMBERED})"
    forms = (
        rf"(?<![\w.,-])(?P<year>{YEAR})[-/](?P<month>0[1-9]|1[0-2])(?:[-/](?P<day>0[1-9]|[12]\d|3[01]))?(?![\w-])",
        rf"(?<![\w.,-]){day}\.{month}\.(?P<year>{YEAR})(?![\w.])",
        rf"\b{PART}{ABOUT}(?:the\s+)?(?P<year>(?:1[89]|20)\d0)(?P<decade>['’]?s)\b",
        rf"{PART}{ABOUT}{season}{alone}",
    )
    return tuple((re.compile(form, re.IGNORECASE), _said) for form in forms)


def _relative(month: str) -> Readings:
    """Wordings that need another date to be understood."""
    flags = re.IGNORECASE
    weekdays = "|".join(WEEKDAYS)
    christmas = (
        rf"\b{ABOUT}Christmas(?:\s(?:Day|Eve))?(?:\s+(?:(?P<which>last|this)\syear|(?:in\s|of\s)?(?P<year>{YEAR})))?\b"
    )
    return (
        (re.compile(rf"\b{NUMBER}\s{UNIT}s?\s(?P<side>later|afterwards|after\sthat|ago|earlier)\b", flags), _later),
        (re.compile(rf"\b(?:in|over|during|within)\s+the\s+(?:past|last)\s+(?:{NUMBER}\s)?{UNIT}s?\b", flags), _past),
        (re.compile(rf"\bthe\s(?P<which>same|following|next)\s{UNIT}\b(?!\sto\b)", flags), _following),
        (re.compile(r"\b(?P<which>that)\s(?P<unit>year)\b", flags), _following),
        (re.compile(r"\b(?:earlier\s|later\s)?(?P<which>this|last)\s(?P<unit>week|month|year)\b", flags), _this),
        (re.compile(rf"\b(?:on|last|late|early)\s+(?P<day>{weekdays})\b"), _weekday),
        (re.compile(r"\byesterday\b", flags), _yesterday),
        (re.compile(christmas), _christmas),
        (re.compile(rf"(?<=\b[Ii]n )(?:{month})\b(?!\s\d)|(?<=\b[Ll]ast )(?:{month})\b(?!\s\d)"), _said_month),
    )


def _one(words: str, reference: Reference, year: int = 0) -> Moment | None:
    """The one moment that words say; `year` is what they leave out."""
    for pattern, _ in (*months.readings("en"), *_plain()):
        match = pattern.fullmatch(words)
        if match:
            named = match.groupdict()
            if year and not named.get("year"):
                named["year"] = str(year)
            return months.moment(named, "en", reference)
    if words.lower() not in months.names("en"):
        return None
    return months.moment({"month": words, "year": str(year) if year else None}, "en", reference)


def _said(match: re.Match[str], reference: Reference) -> Told | None:
    return told(months.moment(match.groupdict(), "en", reference))


def _said_month(match: re.Match[str], reference: Reference) -> Told | None:
    return told(_one(match[0], reference))


def _between(match: re.Match[str], reference: Reference) -> Told | None:
    last = _one(match["last"], reference)
    first = _one(match["first"], reference, last.year if last else 0)
    return told_period(first, last) if first and last else None


def _since(match: re.Match[str], reference: Reference) -> Told | None:
    at = _one(match["at"], reference)
    if not at:
        return None
    return told_period(at, None) if match["open"].lower() == "since" else told_period(None, at)


def _later(match: re.Match[str], reference: Reference) -> Told | None:
    side = match["side"].lower()
    start = reference.document if side == "ago" else reference.previous
    count = -_count(match) if side in ("ago", "earlier") else _count(match)
    return told(moved(start, count, _unit(match))) if start else None


def _past(match: re.Match[str], reference: Reference) -> Told | None:
    end = reference.document
    start = moved(end, -_count(match), _unit(match)) if end else None
    return told_period(start, moved(end, 0, _unit(match))) if end and start else None


def _following(match: re.Match[str], reference: Reference) -> Told | None:
    count = 0 if match["which"].lower() in ("same", "that") else 1
    return told(moved(reference.previous, count, _unit(match))) if reference.previous else None


def _this(match: re.Match[str], reference: Reference) -> Told | None:
    document, before = reference.document, int(match["which"].lower() == "last")
    if not document:
        return None
    if _unit(match) == "W":
        days = week(document, before)
        return Told(f"[{days[0].ends()[0]}..{days[1].ends()[0]}]", uncertain=True) if days else None
    return told(moved(document, -before, _unit(match)))


def _weekday(match: re.Match[str], reference: Reference) -> Told | None:
    return told(weekday(reference.document, WEEKDAYS.index(match["day"]))) if reference.document else None


def _yesterday(match: re.Match[str], reference: Reference) -> Told | None:
    return told(moved(reference.document, -1, "D")) if reference.document else None


def _christmas(match: re.Match[str], reference: Reference) -> Told | None:
    year = int(match["year"]) if match["year"] else reference.year_of(12, 25)
    if match["which"]:
        year = reference.document.year - (match["which"] == "last") if reference.document else None
    if year is None:
        return None
    return told(Moment(year, 12, 25, about=bool(match["about"]), reckoned=not match["year"]))


def _count(match: re.Match[str]) -> int:
    words = match["number"] or "one"
    number = 1 if words.lower() in ("a", "an") else numbers.english(words)
    return min(int(number), 100_000) if number is not None else 0


def _unit(match: re.Match[str]) -> str:
    return UNITS[match["unit"].lower()]
