"""The classes of counts and their colours: one hue from faint to strong, which is told apart without colour, too."""

from __future__ import annotations

import math
from collections.abc import Collection
from itertools import pairwise

from PySide6.QtGui import QColor

from desktop.theme import Theme, blend

# each step differs in lightness by about as much as the next, so the order is seen in grey
LIGHT = ("#b9d6ee", "#86b9df", "#4f97ca", "#2070ad", "#0a4377")
DARK = ("#24476b", "#316593", "#4a8abf", "#7bb4de", "#c3e0f6")


def shades(theme: Theme, number: int) -> tuple[QColor, ...]:
    """So many colours (up to five) from the least to the greatest class, the outermost always among them."""
    colours = DARK if theme.dark else LIGHT
    if number <= 1:
        return (QColor(colours[-2]),) * number
    places = [round(step * (len(colours) - 1) / (number - 1)) for step in range(number)]
    return tuple(QColor(colours[place]) for place in places)


def land(theme: Theme) -> QColor:
    """The ground of a country without cases."""
    return blend(theme.base, theme.text, 0.1 if theme.dark else 0.07)


def border(theme: Theme) -> QColor:
    """The lines between countries."""
    return blend(theme.base, theme.text, 0.34 if theme.dark else 0.28)


def classes(counts: Collection[int], number: int = len(LIGHT)) -> tuple[tuple[int, int], ...]:
    """Up to `number` classes over these counts, as pairs of their least and greatest: no count is left out.

    Few different counts have a class each. Others are parted evenly, or by ratio where some are many times others.
    """
    different = sorted(set(counts))
    if len(different) <= number:
        return tuple((one, one) for one in different)
    least, most = different[0], different[-1]
    shares = [step / number for step in range(1, number)]
    if most >= 10 * least:
        tops = [least * (most / least) ** share for share in shares]
    else:
        tops = [least + (most - least) * share for share in shares]
    rounded = [top for top in dict.fromkeys(map(_rounded, tops)) if least <= top < most]
    return tuple((before + 1, top) for before, top in pairwise((least - 1, *rounded, most)))


def _rounded(value: float) -> int:
    """A number of at most two digits and noughts about as large."""
    power: int = 10 ** max(0, math.floor(math.log10(value)) - 1)
    return round(value / power) * power
