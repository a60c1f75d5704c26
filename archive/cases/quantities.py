"""Quantities as sources word them: a number with a bound, kept as short canonical text and read as an interval.

The canonical forms are `10000`, `over 10000`, `at least 70`, `under 5`, `at most 5`, `nearly 10000`, `about 50`,
`24 to 99`, each with ` %` behind it for a share of a whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from math import inf

from archive.errors import InvalidValue

BOUNDS = ("over", "at least", "under", "at most", "nearly", "about")
SIGNS = {">": "over", ">=": "at least", "≥": "at least", "<": "under", "<=": "at most", "≤": "at most", "~": "about"}
NEARLY = Decimal("0.1")
"""How far "nearly" and "about" are taken to reach, as a share of the number; our reading, no source says it."""
# a separator counts only between groups of three digits, so that a decimal comma is never taken for one
NUMBER = r"\d{1,3}(?:[,'’ \u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
DOTTED = re.compile(r"(?<![\d.])[1-9]\d{0,2}\.\d{3}0*(?![\d.]|\s*(?:%|per))", re.ASCII)
"""Thousands to some and thousandths to others."""
FORM = re.compile(
    rf"(?P<bound>{'|'.join(BOUNDS)}|>=|<=|[><≥≤~])?\s*(?P<number>{NUMBER})(?:\s*(?:to|-|–|\.\.)\s*(?P<last>{NUMBER}))?"
    r"\s*(?P<share>%|per cent|percent)?",
    re.IGNORECASE | re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its bound (one of BOUNDS, or empty for exactly), or a stretch from `number` to `last`.

    `share` says that it counts hundredths of a whole.
    """

    number: Decimal
    bound: str = ""
    last: Decimal | None = None
    share: bool = False

    def __str__(self) -> str:
        middle = _digits(self.number) + (f" to {_digits(self.last)}" if self.last is not None else "")
        return (f"{self.bound} " if self.bound else "") + middle + (" %" if self.share else "")

    @property
    def interval(self) -> tuple[float, float, bool, bool]:
        """The least and greatest value it allows, and whether each of them is itself allowed."""
        n = float(self.number)
        slack = float(self.number * NEARLY)
        match self.bound:
            case "over":
                return n, inf, False, True
            case "at least":
                return n, inf, True, True
            case "under":
                return 0.0, n, True, False
            case "at most":
                return 0.0, n, True, True
            case "nearly":
                return n - slack, n, True, False
            case "about":
                return n - slack, n + slack, True, True
        return n, float(self.last) if self.last is not None else n, True, True

    def agrees(self, other: Quantity) -> bool:
        """Whether one number could be meant by both; a share and a count never agree."""
        if self.share != other.share:
            return False
        first, last, has_first, has_last = self.interval
        first2, last2, has_first2, has_last2 = other.interval
        low, high = max(first, first2), min(last, last2)
        if low < high:
            return True
        ends = [(first, has_first), (last, has_last), (first2, has_first2), (last2, has_last2)]
        return low == high and all(allowed for end, allowed in ends if end == low)


def typed(text: str) -> Quantity:
    """Read a quantity that a person typed, as `read` does; 10.000 may be meant for ten thousand, and is refused."""
    if DOTTED.search(text):
        raise InvalidValue(field="quantity", value=text, why="thousands or thousandths: write 10,000 or 10")
    return read(text)


@lru_cache(maxsize=4096)
def read(text: str) -> Quantity:
    """Read a quantity. Raises InvalidValue where it is none, or a stretch that ends before it begins."""
    match = FORM.fullmatch(text.strip())
    if not match or (match["last"] and match["bound"]):
        raise InvalidValue(
            field="quantity", value=text, why="not a number with an optional bound, such as: over 10,000"
        )
    bound = (match["bound"] or "").lower()
    try:
        number, last = _decimal(match["number"]), _decimal(match["last"]) if match["last"] else None
    except InvalidOperation as error:
        raise InvalidValue(field="quantity", value=text, why="not a number") from error
    if last is not None and last < number:
        raise InvalidValue(field="quantity", value=text, why="ends before it begins")
    if last == number:
        last = None
    return Quantity(number, SIGNS.get(bound, bound), last, bool(match["share"]))


def _decimal(text: str) -> Decimal:
    return Decimal(re.sub(r"[^\d.]", "", text))


def _digits(number: Decimal) -> str:
    whole, _, part = f"{number:f}".partition(".")
    part = part.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{part}" if part else "")
