"""The bundled fonts as files for a reader need them: which of them a text wants, and subsets to carry along."""

from __future__ import annotations

import io
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from resources import fonts

BASE = "NotoSans-Regular-subset"
"""The font for Latin, Greek and Cyrillic, which is asked first."""


@cache
def files() -> tuple[Path, ...]:
    """The bundled fonts, the one for Latin first."""
    return tuple(sorted(fonts.files(), key=lambda file: file.stem != BASE))


@cache
def covered(file: Path) -> frozenset[str]:
    """The characters a font has."""
    from fontTools.ttLib import TTFont

    with TTFont(file, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def wanted(text: Iterable[str]) -> tuple[tuple[Path, frozenset[str]], ...]:
    """The fonts that a text needs, each with those of its characters it is the first to have; the base font always."""
    left, found = set(text), []
    for file in files():
        has = frozenset(left & covered(file))
        if has or file.stem == BASE:
            found.append((file, has))
            left -= has
    return tuple(found)


def lacking(text: Iterable[str]) -> frozenset[str]:
    """The characters that none of the fonts has."""
    left = set(text)
    for file in files():
        if left:
            left -= covered(file)
    return frozenset(left)


def subset(file: Path, characters: Iterable[str]) -> bytes:
    """A font cut down to these characters, with the rules that join and stack them, as WOFF."""
    from fontTools import subset as tools

    options = tools.Options(flavor="woff", layout_features=["*"], hinting=False, notdef_outline=True, name_IDs=[])
    with tools.load_font(str(file), options) as font:
        cutter = tools.Subsetter(options)
        cutter.populate(text="".join(sorted(characters)))
        cutter.subset(font)
        made = io.BytesIO()
        tools.save_font(font, made, options)
    return made.getvalue()
