"""Where the sentences of a text begin and end, so that a passage is selected with one key; free of Qt."""

from __future__ import annotations

import re
from collections.abc import Iterator

ENDING = re.compile(
    r"(?:(?P<full>[。！？]+)|[.!?؟۔།…]+)[\"”’»」』）)\]]*(?(full)|(?=\s|$))",
)
ABBREVIATED = re.compile(r"(?:^|[\s(])(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|No|vs|cf|ca|[A-Z]\.[A-Z]|e\.g|i\.e)\.$")
Span = tuple[int, int]


def around(text: str, place: int) -> Span:
    """The sentence at a place, in code points; the next one where the place is between two, else the last."""
    place = min(max(place, 0), len(text))
    first = text.rfind("\n", 0, place) + 1
    for start, end in _all(text, first):
        if place < end:
            return start, end
    return before(text, len(text))


def after(text: str, end: int) -> Span:
    """The first sentence that begins at `end` or behind it; none (twice the end) where there is none."""
    first = text.rfind("\n", 0, end) + 1
    return next(((start, last) for start, last in _all(text, first) if start >= end), (len(text), len(text)))


def before(text: str, start: int) -> Span:
    """The last sentence that ends at `start` or before it; none (twice 0) where there is none."""
    line = len(text[:start].rstrip())
    while line > 0:
        first = text.rfind("\n", 0, line) + 1
        found = [one for one in _of_line(text, first) if one[1] <= start]
        if found:
            return found[-1]
        line = len(text[:first].rstrip())
    return 0, 0


def _all(text: str, first: int) -> Iterator[Span]:
    """The sentences from a line's beginning on."""
    while first < len(text):
        yield from _of_line(text, first)
        end = text.find("\n", first)
        if end < 0:
            return
        first = end + 1


def _of_line(text: str, first: int) -> Iterator[Span]:
    """The sentences of the line that begins at `first`."""
    last = text.find("\n", first)
    last = len(text) if last < 0 else last

    start = first
    for match in ENDING.finditer(text, first, last):
        if ABBREVIATED.search(text[max(start, match.end() - 8) : match.end()]):
            continue
        if text[start : match.end()].strip():
            yield _stripped(text, start, match.end())
        start = match.end()
    if text[start:last].strip():
        yield _stripped(text, start, last)


def _stripped(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))
