"""How names of countries and languages are compared: without case, accents and the signs between words."""

from __future__ import annotations

import re
import unicodedata

# of other scripts the marks are vowels, and without them Togo and Tonga are one in Hindi
ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200c-\u200f]")
LETTERS = str.maketrans("یىۍےکھہەة", "يييي" + "ك" + "ه" * 4)
BETWEEN = re.compile(r"(?:(?![-’'])[\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\xbf]|[\u2000-\u200b\u2010-\u206f\u3000-\u303f])+")


def plain(name: str) -> str:
    """A name as it is looked up; the same for every way of writing it that means no other name."""
    # letters of mathematics become ordinary ones first, which may then be capitals
    letters = ACCENTS.sub("", unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold()))
    kept = unicodedata.normalize("NFC", letters).translate(LETTERS).replace("’", "'")
    return " ".join(BETWEEN.sub(" ", kept).split())
