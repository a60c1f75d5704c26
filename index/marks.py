"""Finding again in stored text what the index matched, to mark it: our own expressions over the folded text.

Contentless FTS5 tables cannot say where they matched. Text is folded with a map back to its own code points.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from index import text as texts
from index.text import HAN, KANA, RUN, UNSPACED

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sought:
    """What is to be marked for one part of a query: words side by side, `begun` where the last is only a beginning.

    In a `pattern` the one word holds `?` and `*`.
    """

    words: tuple[str, ...]
    begun: bool = False
    pattern: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A stretch of a text (code points, end exclusive) and the number of the part of the query found there."""

    start: int
    end: int
    part: int


def folded(text: str) -> str:
    """Text as FTS5 compares it: folded, in small letters, Latin letters without accents."""
    return follow(text)[0]


def pieces(text: str) -> list[str]:
    """The words of a folded text, with runs of unspaced scripts apart from what they touch."""
    found: list[str] = []
    end = 0
    for match in RUN.finditer(text) if not text.isascii() else ():
        found += texts.words(text[end : match.start()])
        found.append(texts.GAP.sub("", match[0]))
        end = match.end()
    return found + texts.words(text[end:])


def matches(text: str, sought: Sequence[Sought]) -> list[Match]:
    """Where the parts of a query stand in a text, in order, not overlapping."""
    if not sought or not text:
        return []
    lowered, positions = follow(text)
    expression = _expression(tuple(sought), lowered.isascii())
    found = []
    for match in expression.finditer(lowered):
        start, end = match.span()
        if positions is not None:
            start, end = positions[start], max(positions[end], positions[end - 1] + 1)
        found.append(Match(start, end, (match.lastindex or 1) - 1))
    return found


def follow(text: str) -> tuple[str, list[int] | None]:
    """Folded text, and for each of its code points (and its end) the offset in `text`; None where they agree."""
    if text.isascii():
        return text.lower(), None
    if unicodedata.is_normalized("NFC", text):
        parts: Sequence[str] = text
    else:
        parts = _clusters().findall(text)
    out = [*map(_FOLDS.__getitem__, parts)]
    joined = "".join(out)
    if parts is text and len(joined) == len(text) and "" not in out:
        return joined, None
    positions: list[int] = []
    at = 0
    for part, fold in zip(parts, out, strict=True):
        positions += [at] * len(fold)
        at += len(part)
    return joined, [*positions, len(text)]


class _Folds(dict[str, str]):
    """What each character or cluster becomes, worked out when first met."""

    def __missing__(self, part: str) -> str:
        fold = "".join(map(_plain, texts.fold(part).lower()))
        if len(part) == 1:
            self[part] = fold
        return fold


_FOLDS = _Folds()


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    base = unicodedata.normalize("NFD", char)
    if "\u0300" <= base <= "\u0331":
        return ""
    return base[0] if base[0].isascii() else char


@cache
def _clusters() -> re.Pattern[str]:
    marks = texts.marks()
    return re.compile(rf"[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?|[^{marks}][{marks}]*|[{marks}]", re.DOTALL)


@lru_cache(maxsize=64)
def _expression(sought: tuple[Sought, ...], plain: bool) -> re.Pattern[str]:
    if plain:
        letter, before, after = "[a-z0-9]", "(?<![a-z0-9])", "(?![a-z0-9])"
    else:
        marks = texts.marks()
        letter = rf"(?:(?![{UNSPACED}])[^\W_]|[{marks}])"
        before = rf"(?:(?<![^\W_])|(?<=[{UNSPACED}]))(?<![{marks}])"
        after = rf"(?:(?![^\W_])|(?=[{UNSPACED}]))(?![{marks}])"
    return re.compile("|".join(f"({_part(part, letter, before, after)})" for part in sought))


def _part(part: Sought, letter: str, before: str, after: str) -> str:
    if part.pattern:
        inside = "".join(letter if c == "?" else f"{letter}*" if c == "*" else re.escape(c) for c in part.words[0])
        return f"{before}{inside}{after}"
    written = []
    last = len(part.words) - 1
    joined = True  # whether the word before may touch this one
    for at, word in enumerate(part.words):
        unspaced = RUN.match(word) is not None
        if at:
            written.append(rf"(?:[\W_]|[{texts.GONE}]){{{0 if joined or unspaced else 1},12}}?")
        if unspaced:
            gap = r"\s{0,3}" if re.match(f"[{HAN}{KANA}]", word) else ""
            written.append(gap.join(map(re.escape, word)))
        else:
            written.append((before if joined or at == 0 else "") + re.escape(word))
            written.append(f"{letter}*" if part.begun and at == last else after)
        joined = unspaced
    return "".join(written)


def merged(found: Iterable[Match]) -> tuple[Span, ...]:
    """The stretches of matches, in order, those that touch as one."""
    spans: list[Span] = []
    for match in sorted(found, key=lambda match: match.start):
        if spans and match.start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], match.end))
        else:
            spans.append((match.start, match.end))
    return tuple(spans)
