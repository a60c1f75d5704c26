"""Moments as precise as they are worded, and what EDTF makes of them; reckoning from one to another."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from archive.dates import span
from archive.errors import InvalidValue

PARTS = ("early", "mid", "late")
# which months of a year, years of a decade and days of a month each part means; our reading, no source says it
OF_YEAR = {"early": (1, 4), "mid": (5, 8), "late": (9, 12), "first half": (1, 6), "second half": (7, 12)}
OF_DECADE = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}
OF_MONTH = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, month, season (21 to 24 as in EDTF), year or decade, or a part of one of them (keys of OF_YEAR).

    `about` says that the words are approximate, `reckoned` that it was worked out from another date.
    """

    year: int
    month: int = 0
    day: int = 0
    decade: bool = False
    part: str = ""
    about: bool = False
    reckoned: bool = False

    def edtf(self) -> str:
        """As EDTF; empty where there is no such day."""
        if not 1 <= self.year <= 9999 or (self.day and not 1 <= self.day <= monthrange(self.year, self.month)[1]):
            return ""
        first, last = self.ends()
        if first != last:
            return f"[{first}..{last}]"
        sign = "%" if self.about and self.reckoned else "~" if self.about else "?" if self.reckoned else ""
        return first + sign

    def ends(self) -> tuple[str, str]:
        """The first and last year, month or day of a part; twice the moment itself where it is no part."""
        year = f"{self.year:04d}"
        if self.decade:
            if self.part not in OF_DECADE:
                return f"{year[:3]}X", f"{year[:3]}X"
            first, last = OF_DECADE[self.part]
            return f"{year[:3]}{first}", f"{year[:3]}{last}"
        if self.part and self.month in (0, *range(1, 13)) and not self.day:
            first, last = (OF_MONTH if self.month else OF_YEAR).get(self.part, (0, 0))
            if self.month and first:
                end = min(last, monthrange(self.year, self.month)[1])
                return f"{year}-{self.month:02d}-{first:02d}", f"{year}-{self.month:02d}-{end:02d}"
            if first:
                return f"{year}-{first:02d}", f"{year}-{last:02d}"
        plain = year + (f"-{self.month:02d}" if self.month else "") + (f"-{self.day:02d}" if self.day else "")
        return plain, plain


@dataclass(slots=True)
class Reference:
    """What relative dates are reckoned from: the document's date, and the last date named before them."""

    document: Moment | None = None
    previous: Moment | None = None

    def year_of(self, month: int, day: int = 0) -> int | None:
        """The year of a month named without one: the last such that is not after the document, else the year of the
        date before."""
        if self.document is None:
            return self.previous.year if self.previous else None
        then, now = (month, day or 1), (self.document.month or 12, self.document.day or 31)
        return self.document.year - (then > now)


def of_edtf(text: str) -> Moment | None:
    """A document's date as a moment, as precise as it is; None where it is empty, no EDTF, or open."""
    try:
        first, last = span(text)
    except InvalidValue:
        return None
    if not first or first[:4] != last[:4]:
        return None
    year, month, day = (int(part) for part in first.split("-"))
    if first == last:
        return Moment(year, month, day)
    return Moment(year, month) if first[:7] == last[:7] else Moment(year)


def moved(moment: Moment, count: int, unit: str) -> Moment | None:
    """A moment so many years, months, weeks or days (Y, M, W, D) later, no more precise than unit and moment are."""
    try:
        if unit == "Y":
            return Moment(moment.year + count, reckoned=True)
        if unit == "M" and 1 <= moment.month <= 12:
            months = moment.year * 12 + moment.month - 1 + count
            return Moment(months // 12, months % 12 + 1, reckoned=True)
        if unit in "WD" and moment.day:
            day = date(moment.year, moment.month, moment.day) + timedelta(count * (7 if unit == "W" else 1))
            return Moment(day.year, day.month, day.day, reckoned=True)
    except (ValueError, OverflowError):
        return None
    return None


def weekday(moment: Moment, number: int) -> Moment | None:
    """The last day with this number (Monday is 0) that is not after the moment; None where that is no day."""
    if not moment.day:
        return None
    day = date(moment.year, moment.month, moment.day)
    return moved(moment, -((day.weekday() - number) % 7), "D")


def week(moment: Moment, weeks_before: int) -> tuple[Moment, Moment] | None:
    """The first and last day of the moment's week or one before it; this week ends with the moment."""
    monday = weekday(moment, 0)
    start = moved(monday, -weeks_before, "W") if monday else None
    end = moved(start, 6, "D") if start and weeks_before else replace(moment, reckoned=True)
    return (start, end) if start and end else None


def period(first: Moment | None, last: Moment | None) -> str:
    """As an EDTF interval, open where an end is None; empty where it would end before it begins."""
    begins, ends = (one.ends()[at] if one else ".." for at, one in enumerate((first, last)))
    for one in (first, last):
        if one and not one.edtf():
            return ""
    begins += "?" if first and first.reckoned and "X" not in begins else ""
    ends += "?" if last and last.reckoned and "X" not in ends else ""
    return checked(f"{begins}/{ends}")


def checked(edtf: str) -> str:
    """The same text where it is EDTF, else nothing."""
    try:
        span(edtf)
    except InvalidValue:
        return ""
    return edtf


@dataclass(frozen=True, slots=True)
class Told:
    """What a wording comes to: EDTF, whether it is a period, whether it was worked out, and the moment it names."""

    edtf: str
    period: bool = False
    uncertain: bool = False
    moment: Moment | None = None


def told(moment: Moment | None) -> Told | None:
    """A single moment as a wording comes to it."""
    edtf = moment.edtf() if moment else ""
    return Told(edtf, uncertain=moment.reckoned, moment=moment) if moment and edtf else None


def told_period(first: Moment | None, last: Moment | None) -> Told | None:
    """A period as a wording comes to it."""
    edtf = period(first, last)
    doubt = any(one.reckoned for one in (first, last) if one)
    return Told(edtf, True, doubt, last or first) if edtf else None
