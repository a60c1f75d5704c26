"""Finding again in stored text what the index matched, to mark it: our own expressions over the folded text.

Contentless FTS5 tables cannot say where they matched. Text is folded with a map back to its own code points.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from index import text as texts
from index.compounds import JOINT, PARTED, compounds, may_be_parted
from index.text import ARTICLE, HAN, KANA, RUN, SEMITIC

Span = tuple[int, int]
LETTER = r"[^\W_]"
ELSEWHERE = re.compile("[^\0-\u02ff\u2000-\u2bff]")
"""Folded text with other than Latin letters: marks may belong to words, and words may touch unspaced scripts."""


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
    found = _in_compounds(text, sought)
    for start, end, part in _spans(lowered, tuple(sought)):
        if positions is not None:
            start, end = positions[start], max(positions[end], positions[end - 1] + 1)
            while (
                end < len(text) and unicodedata.category(text[end])[0] == "M"
            ):  # what stands on the last letter belongs to it
                end += 1
        found.append(Match(start, end, part))
    return _apart(found)


def _in_compounds(text: str, sought: Sequence[Sought]) -> list[Match]:
    """Words with hyphens or apostrophes that were asked for as one, and parts of those that a line's end parted."""
    single = {one.words[0]: part for part, one in enumerate(sought) if len(one.words) == 1 and not one.pattern}
    begun = tuple(word for word, part in single.items() if sought[part].begun)
    found: list[Match] = []
    for start, end in compounds(text) if single else ():
        word = text[start:end]
        for inner_start, inner_end in [(0, len(word)), *_parts(word)]:
            form = texts.bare(folded(JOINT.sub("", word[inner_start:inner_end])))
            key = form if form in single else next((word for word in begun if form.startswith(word)), None)
            if key is not None:
                found.append(Match(start + inner_start, start + inner_end, single[key]))
    return found


def _parts(word: str) -> Iterator[Span]:
    """The parts of a word that was parted at the end of a line; of others they are words by themselves."""
    if "\n" in word:
        at = 0
        for joint in JOINT.finditer(word):
            yield at, joint.start()
            at = joint.end()
        yield at, len(word)


def _apart(found: list[Match]) -> list[Match]:
    """Matches in order without those that begin within another."""
    found.sort(key=lambda match: (match.start, -match.end))
    kept: list[Match] = []
    for match in found:
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
    return kept


def _spans(text: str, sought: tuple[Sought, ...]) -> Iterator[tuple[int, int, int]]:
    """Matches in folded text."""
    if not ELSEWHERE.search(text):
        for match in _expression(sought, True).finditer(text):
            yield match.start(), match.end(), (match.lastindex or 1) - 1
        return
    expression = _expression(sought, False)
    at = 0
    while found := expression.search(text, at):
        part = (found.lastindex or 1) - 1
        end = _whole(text, found.start(), found.end(), sought[part].begun)
        if end:
            yield found.start(), end, part
        at = end or found.start() + 1


def _whole(text: str, start: int, end: int, begun: bool) -> int:
    """The end of a match that is made of whole words, 0 where it is not; unspaced scripts have no words."""
    is_letter = _is_letter
    if start and is_letter(text[start]) and is_letter(text[start - 1]):
        return 0
    if is_letter(text[end - 1]):
        stop = end
        while stop < len(text) and is_letter(text[stop]):
            stop += 1
        if stop > end and not begun:
            return 0
        return stop
    return end


@lru_cache(maxsize=8192)
def _is_letter(char: str) -> bool:
    """Whether a character is part of words of a spaced script."""
    return texts.words(char) != [] and RUN.match(char) is None


def follow(text: str) -> tuple[str, list[int] | None]:
    """Folded text, and for each of its code points (and its end) the offset in `text`; None where they agree."""
    if may_be_parted(text) and (parted := [match for match in PARTED.finditer(text) if match[1].islower()]):
        return _followed_parts(text, parted)
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


def _followed_parts(text: str, parted: Sequence[re.Match[str]]) -> tuple[str, list[int] | None]:
    """Text in which ends of lines part words: followed stretch by stretch, without what parts them."""
    joined: list[str] = []
    positions: list[int] = []
    start = 0
    for end, onward in [*((match.start(), match.start(1)) for match in parted), (len(text), len(text))]:
        stretch, inner = follow(text[start:end])
        joined.append(stretch)
        positions += [start + at for at in (inner[:-1] if inner else range(end - start))]
        start = onward
    return "".join(joined), [*positions, len(text)]


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
def _expression(sought: tuple[Sought, ...], bounded: bool) -> re.Pattern[str]:
    """An alternative for each part. `bounded` looks for the bounds of words itself, which marks and unspaced scripts
    make too costly: for them the caller looks."""
    return re.compile("|".join(f"({_part(part, bounded)})" for part in sought))


def _part(part: Sought, bounded: bool) -> str:
    before, after = (rf"(?<!{LETTER})", rf"(?!{LETTER})") if bounded else ("", "")
    if part.pattern:
        article = f"(?:{ARTICLE})?" if re.search(f"[{SEMITIC}]", part.words[0]) else ""
        letter = LETTER if bounded else rf"(?:{LETTER}|[{texts.marks()}])"
        return f"{before}{article}{_form(part.words[0], letter)}{after}"
    written = [before]
    for at, word in enumerate(part.words):
        unspaced = RUN.match(word) is not None
        if at:
            written.append(rf"[\W_]{{{0 if unspaced or RUN.match(part.words[at - 1]) else 1},12}}?")
        gap = r"\s{0,3}" if unspaced and re.match(f"[{HAN}{KANA}]", word) else ""
        if re.match(f"[{SEMITIC}]", word):
            written.append(f"(?:{ARTICLE})?")
        written.append(gap.join(map(re.escape, word)) if gap else re.escape(word))
    written.append(f"{LETTER}*" if part.begun and bounded else after)
    return "".join(written)


def _form(pattern: str, letter: str) -> str:
    """`?` and `*` as an expression. Every `*` but the last takes the nearest place once and for all: were each tried
    in all places, a few of them in a long word (a line of encoded bytes) would take for ever."""
    first, *others = ("".join(letter if c == "?" else re.escape(c) for c in piece) for piece in pattern.split("*"))
    *between, last = others or [""]
    return f"{first}{''.join(f'(?>{letter}*?{piece})' for piece in between)}{letter + '*' if others else ''}{last}"


def merged(found: Iterable[Match]) -> tuple[Span, ...]:
    """The stretches of matches, in order, those that touch as one."""
    spans: list[Span] = []
    for match in sorted(found, key=lambda match: match.start):
        if spans and match.start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], match.end))
        else:
            spans.append((match.start, match.end))
    return tuple(spans)
