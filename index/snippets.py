"""The stretch of a passage that shows best why it was found, and marks for it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from index.answers import Snippet
from index.marks import Match, merged

LENGTH = 240
"""Code points of a snippet, about."""
LEAD = 60
SENTENCE = re.compile(r"[.!?。！？؟།]['\"”’»）)]*\s+|[。！？]|\n")
GAPS = re.compile(r"[^\S ]\s*|\s{2,}")


def window(text: str, found: Sequence[Match], weights: Sequence[float]) -> tuple[int, int]:
    """The stretch with the most different parts of the query in it, by their weights, cut between words, from a
    sentence's beginning on where one is near. The beginning of the text where nothing was found."""
    if not found:
        return _trimmed(text, 0, LENGTH)
    best, best_value = found[0], (0.0, 0)
    last = 0
    for at, match in enumerate(found):
        while last < len(found) and found[last].end <= match.start + LENGTH - LEAD:
            last += 1
        inside = found[at : max(last, at + 1)]
        value = (sum(weights[part] for part in {one.part for one in inside}), len(inside))
        if value > best_value:
            best, best_value = match, value
    start = max(0, best.start - LEAD)
    sentence = [match.end() for match in SENTENCE.finditer(text, max(0, start - LEAD), best.start)]
    return _trimmed(text, sentence[0] if sentence else start, max(LENGTH, best.end - start + LEAD))


def shown(text: str, found: Sequence[Match]) -> Snippet:
    """A text on one line, its blanks made single, and its marks."""
    marks = merged(found)
    if not GAPS.search(text):
        return Snippet(text, marks)
    starts, shifts, gaps = [0], [0], []
    for gap in GAPS.finditer(text):
        gaps.append(gap.start())
        starts.append(gap.end())
        shifts.append(shifts[-1] + len(gap[0]) - 1)
    gaps.append(len(text))

    def moved(place: int) -> int:
        stretch = bisect_right(starts, place) - 1
        return min(place, gaps[stretch] + 1) - shifts[stretch]  # a place within a gap comes to its one blank's end

    line = GAPS.sub(" ", text)
    return Snippet(line, tuple((moved(start), min(moved(end), len(line))) for start, end in marks))


def cut(text: str, found: Sequence[Match], weights: Sequence[float]) -> tuple[Snippet, int, int]:
    """The best window as a snippet, with its start and end in the text."""
    start, end = window(text, found, weights)
    inside = [
        Match(max(match.start, start) - start, min(match.end, end) - start, match.part)
        for match in found
        if match.start < end and match.end > start
    ]
    return shown(text[start:end], inside), start, end


def _trimmed(text: str, start: int, length: int) -> tuple[int, int]:
    """A stretch moved to the next gaps between words, without blanks at its ends."""
    if start and not text[start - 1].isspace():
        gap = re.compile(r"\s|(?<=[。，、；：！？])").search(text, start, start + LEAD // 2)
        start = gap.end() if gap else start
    end = min(len(text), start + length)
    if end < len(text):
        gap_before = max(text.rfind(" ", end - LEAD // 2, end), text.rfind("\n", end - LEAD // 2, end))
        end = gap_before if gap_before > start else end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
