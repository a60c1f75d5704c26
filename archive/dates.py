"""Dates of sources: EDTF text read into the earliest and latest day it may mean."""

from __future__ import annotations

import re
from calendar import monthrange
from functools import lru_cache
from time import struct_time

from archive.errors import InvalidValue

FIRST_DAY, LAST_DAY = "0001-01-01", "9999-12-31"
# the library's grammar takes 10 ms a date; nearly all dates are plain ones
PLAIN = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII)


@lru_cache(maxsize=4096)
def span(edtf_text: str) -> tuple[str, str]:
    """The earliest and latest ISO day that an EDTF expression allows (EDTF as in ISO 8601-2:2019, read by `edtf`).

    An open or unknown end reaches to year 1 or 9999. Empty text gives two empty strings.
    Raises InvalidValue where the text is no EDTF or lies outside years 1 to 9999.
    """
    text = edtf_text.strip()
    if not text:
        return "", ""
    plain = PLAIN.fullmatch(text)
    if plain and plain[1] != "0000":
        return _plain(text, plain)
    from edtf import parse_edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

    try:
        parsed = parse_edtf(text)
        earliest, latest = _day(parsed.lower_strict(), FIRST_DAY), _day(parsed.upper_strict(), LAST_DAY)
    except (EDTFParseException, ValueError, AttributeError, TypeError, OverflowError, IndexError) as error:
        raise InvalidValue(field="published", value=text, why="not a date in EDTF") from error
    if earliest > latest:
        raise InvalidValue(field="published", value=text, why="ends before it begins")
    return earliest, latest


def bounds(earliest: str, latest: str) -> tuple[str, str]:
    """Two ISO days as no more than they say: whole years as years, whole months as months, else as they are."""
    if earliest.endswith("-01-01") and latest.endswith("-12-31"):
        return earliest[:4], latest[:4]
    if earliest.endswith("-01") and int(latest[8:]) == monthrange(int(latest[:4]), int(latest[5:7]))[1]:
        return earliest[:7], latest[:7]
    return earliest, latest


def _plain(text: str, parts: re.Match[str]) -> tuple[str, str]:
    year, month, day = parts.groups()
    if day and int(day) > monthrange(int(year), int(month))[1]:
        raise InvalidValue(field="published", value=text, why="no such day")
    last_month = month or "12"
    last_day = day or str(monthrange(int(year), int(last_month))[1])
    return f"{year}-{month or '01'}-{day or '01'}", f"{year}-{last_month}-{last_day}"


def _day(moment: struct_time | float, open_end: str) -> str:
    if isinstance(moment, float):  # minus or plus infinity: an open interval
        return open_end
    if not 1 <= moment.tm_year <= 9999:
        raise ValueError("year out of range")
    day = min(moment.tm_mday, monthrange(moment.tm_year, moment.tm_mon)[1])
    return f"{moment.tm_year:04d}-{moment.tm_mon:02d}-{day:02d}"
