"""Values as cells hold them: dates in the orders that people write, words that stand for codes."""

from __future__ import annotations

import re

from archive.dates import span
from archive.errors import InvalidValue

NO_DATE, NO_DAY = "not a year of four digits, or not in the order of the map", "no such day or month"
DATE = re.compile(r"(\d+)(?:\s*[-/.年]\s*(\d+))?(?:\s*[-/.月]\s*(\d+))?\s*[年月日]?\.?", re.ASCII)

# as date cells of workbooks are read, whatever order people write in their table
STAMP = re.compile(r"(\d{4}-\d{2}-\d{2})[ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?", re.ASCII)


def date(words: str, order: str) -> str:
    """A date as EDTF: a year, year and month, or day, in an order such as `dmy`; EDTF itself passes unchanged.

    The time of a date cell is left out. A year has four digits: 03 is never guessed to be 1903 or 2003.
    Raises InvalidValue.
    """
    # a full-width or Arabic-Indic digit is the digit it stands for
    text = re.sub(r"\d", lambda digit: str(int(digit[0])), words).strip()
    if stamp := STAMP.fullmatch(text):
        text, order = stamp[1], "ymd"
    found = DATE.fullmatch(text)
    if not found:
        span(text)
        return text
    given = [part for part in found.groups() if part]
    # with fewer parts the smallest are missing
    wanted = {3: order, 2: order.replace("d", ""), 1: "y"}[len(given)]
    parts = dict(zip(wanted, given, strict=True))
    if len(parts["y"]) != 4 or any(len(parts.get(one, "")) > 2 for one in "md"):
        raise InvalidValue(field="date", value=words, why=NO_DATE)
    edtf = "-".join([parts["y"], *(parts[one].zfill(2) for one in "md" if one in parts)])
    try:
        span(edtf)
    except InvalidValue as error:
        raise InvalidValue(field="date", value=words, why=NO_DAY) from error
    return edtf
