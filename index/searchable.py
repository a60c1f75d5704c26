"""How far each document can be searched, as the one code that the index keeps of it."""

from __future__ import annotations

from archive import gaps
from archive.gaps import Gap
from archive.records import Document
from index.widen import stems

IN_FULL = "in-full"
UNANALYSED = "no-word-analysis"
"""All of the text is there, in a language of which only words as they are written can be found."""
CODES = (*map(str, Gap), UNANALYSED, IN_FULL)

PAIRED = frozenset(("gan", "hak", "ii", "ja", "km", "ko", "lo", "lzh", "my", "nan", "th", "wuu", "yue", "zh"))
"""Languages written without spaces, which are found by pairs of characters (see `index.text`)."""


def searchable(document: Document) -> str:
    """One of CODES: the worst that holds. A language that is not recorded is not counted against a document."""
    gap = gaps.gap(document)
    if gap is not None:
        return str(gap)
    language = document.metadata.language.casefold().split("-")[0]
    return IN_FULL if not language or stems.stemmed(language) or language in PAIRED else UNANALYSED


def missing(document: Document) -> str:
    """How many of its pages gave no text, in digits; empty for none."""
    return str(gaps.pages_without_text(document) or "")
