"""Converts between the archive's offsets, which count code points, and Qt's, which count UTF-16 units."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left

from desktop import shown

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
# Beyond controls, what QTextDocument would drop, split or join; each becomes one character, so that offsets hold.
_LAYOUT = str.maketrans({"\ufdd0": " ", "\ufdd1": " ", "\ufffc": " "})


class Offsets:
    """The offsets of one text, both ways."""

    def __init__(self, text: str) -> None:
        self._wide = [] if text.isascii() else [match.start() for match in _ASTRAL.finditer(text)]
        self._units = [place + number for number, place in enumerate(self._wide)]

    def units(self, point: int) -> int:
        """UTF-16 units before the code point at `point`."""
        return point + bisect_left(self._wide, point)

    def points(self, unit: int) -> int:
        """Code points before the UTF-16 unit at `unit`; inside a pair, those before the pair."""
        before = bisect_left(self._units, unit)
        if before and self._units[before - 1] + 1 == unit:  # between the two halves of a pair
            return self._wide[before - 1]
        return unit - before


def laid_out(text: str) -> str:
    """The text as a QTextDocument takes it without shifting an offset: the same length, and in its own order."""
    return shown.running(text).translate(_LAYOUT)


def is_leftward(text: str) -> bool:
    """Whether a text runs from right to left: its first letter with a direction decides (UAX #9, rules P2 and P3)."""
    for letter in text[:200]:
        direction = unicodedata.bidirectional(letter)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False
