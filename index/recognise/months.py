"""Dates that name their month, by CLDR's names of the months in each language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

from index.recognise.moments import Moment, Reference, Told, told

Reading = Callable[[re.Match[str], Reference], Told | None]
Readings = tuple[tuple[re.Pattern[str], Reading], ...]
YEAR = r"(?:1[89]|20)\d\d"
NUMBERED = r"(?:0?[1-9]|[12]\d|3[01])"
DAY = rf"{NUMBERED}(?:st|nd|rd|th|er|º|\.)?"
OF = r"(?:\s+|\.|,\s*|\s+(?:of|de|del|di|do|d['’])\s*)"
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
PARTS = {
    "early": "early", "beginning": "early", "start": "early", "mid": "mid", "middle": "mid", "late": "late",
    "end": "late", "first half": "first half", "second half": "second half",
}  # fmt: skip
PART = (
    r"(?:(?P<part>early|late|mid)(?:\s+in\s+(?:the\s+)?|\s+|-)(?:the\s+)?"
    r"|(?:the\s+)?(?P<part2>beginning|start|middle|end|first\shalf|second\shalf)\s+of\s+(?:the\s+)?)?"
)
ABOUT = (
    r"(?:(?P<about>around|about|circa|approximately|shortly\sbefore|shortly\safter|just\sbefore|just\saround)"
    r"\s+(?:the\s+)?)?"
)


@cache
def names(language: str) -> dict[str, int]:
    """The names of the months in a language, in small letters and without dots; empty where CLDR has none."""
    from babel import Locale, UnknownLocaleError

    try:
        months = Locale.parse(language.replace("-", "_")).months
    except (UnknownLocaleError, ValueError):
        return {}
    named = {
        name.lower().rstrip("."): number
        for context in months.values()
        for width in ("wide", "abbreviated")
        for number, name in context.get(width, {}).items()
        if not any(map(str.isdigit, name))
    }
    return named | {"sept": 9} if language == "en" else named


@cache
def any_of(language: str) -> str:
    """An expression for the month's names; English ones with their capital, or they are the words may and march."""
    written = (name.capitalize() if language == "en" else name for name in names(language))
    return "|".join(sorted(map(re.escape, written), key=len, reverse=True))


@cache
def readings(language: str) -> Readings:
    """The wordings of dates that name a month in a language, and how they are read."""
    if not names(language):
        return ()
    month = rf"(?P<month>{any_of(language)})\.?"

    def read(match: re.Match[str], reference: Reference) -> Told | None:
        return told(moment(match.groupdict(), language, reference))

    forms = (
        rf"\b(?P<day>{DAY}){OF}{month}(?:{OF}(?P<year>{YEAR})(?:\s+года|\s+г\.)?)?(?![\w-])",
        rf"(?<!\w){PART}{ABOUT}{month}{OF}(?P<year>{YEAR})(?!\w)",
        rf"(?<!\w){month}\s+(?P<day>{NUMBERED}(?:st|nd|rd|th)?)(?:,?\s+(?P<year>{YEAR}))?(?![\w:%]|[.,]\d)",
    )
    return tuple((re.compile(form, 0 if language == "en" else re.IGNORECASE), read) for form in forms)


def moment(named: Mapping[str, str | None], language: str, reference: Reference) -> Moment | None:
    """The moment that the named parts of a wording say; a year that is missing is reckoned."""
    words = (named.get("month") or "").lower().rstrip(".")
    month = int(words) if words.isdigit() else names(language).get(words, 0)
    day = int(re.sub(r"\D", "", named.get("day") or "0"))
    season = SEASONS.get((named.get("season") or "").lower(), 0)
    part = PARTS.get(" ".join((named.get("part") or named.get("part2") or "").lower().split()), "")
    written = named.get("year")
    year = int(written) if written else reference.year_of(month, day) if month else None
    if year is None:
        return None
    made = Moment(year, season or month, day, bool(named.get("decade")), part, bool(named.get("about")))
    return made if written else replace(made, reckoned=True)
