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
from index.compounds import ASCII_SIGNS, JOINT, PARTED, compounds, may_be_parted
from index.scanning import ELSEWHERE, spans
from index.text import RUN

Span = tuple[int, int]
NOT_ASCII = re.compile("[^\0-\x7f]")


@dataclass(frozen=True, slots=True)
class Sought:
    """What is to be marked for one part of a query: words side by side, `begun` where the last is only a beginning.

    In a `pattern` the one word holds `?` and `*`. With `capital` it is marked only where it begins with a capital.
    """

    words: tuple[str, ...]
    begun: bool = False
    pattern: bool = False
    capital: bool = False


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


VOICED = "\u3099\u309a\uff9e\uff9f"
HALF = re.compile(f"[\uff66-\uff9d][{VOICED}]")
"""Half-width kana and the mark behind them, which are one letter once they are folded."""


def matches(text: str, sought: Sequence[Sought]) -> list[Match]:
    """Where the parts of a query stand in a text, in order, not overlapping."""
    if not sought or not text:
        return []
    lowered, positions = follow(text)
    found = _in_compounds(text, lowered, sought)
    for start, end, part in spans(lowered, sought):
        if positions is not None:
            start, end = positions[start], max(positions[end], positions[end - 1] + 1)
            while (
                end < len(text) and unicodedata.category(text[end])[0] == "M"
            ):  # what stands on the last letter belongs to it
                end += 1
        found.append(Match(start, end, part))
    if any(one.capital for one in sought):
        found = [one for one in found if not sought[one.part].capital or text[one.start].isupper()]
    return _apart(found)


def _in_compounds(text: str, lowered: str, sought: Sequence[Sought]) -> list[Match]:
    """Words with hyphens or apostrophes that were asked for as one, and parts of those that a line's end parted."""
    single = {one.words[0]: part for part, one in enumerate(sought) if len(one.words) == 1 and not one.pattern}
    begun = tuple(word for word, part in single.items() if sought[part].begun)
    if not begun and text.isascii() and not may_be_parted(text) and not _more_without_signs(lowered, single):
        return []
    found: list[Match] = []
    for start, end in compounds(text) if single else ():
        word = text[start:end]
        for inner_start, inner_end in [(0, len(word)), *_parts(word)]:
            form = texts.bare(folded(JOINT.sub("", word[inner_start:inner_end])))
            key = form if form in single else next((word for word in begun if form.startswith(word)), None)
            if key is not None:
                found.append(Match(start + inner_start, start + inner_end, single[key]))
    return found


def _more_without_signs(lowered: str, words: Iterable[str]) -> bool:
    """Whether any of these may stand more often in a text once its hyphens and apostrophes are taken out: counting
    takes a fifth of what looking at every compound does."""
    bare = lowered
    for sign in ASCII_SIGNS:
        bare = bare.replace(sign, "")
    # a word that may overlap itself (`ana`) is not counted reliably
    return any(bare.count(word) > lowered.count(word) or (2 * word).find(word, 1) < len(word) for word in words)


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


def follow(text: str) -> tuple[str, list[int] | None]:
    """Folded text, and for each of its code points (and its end) the offset in `text`; None where they agree."""
    if may_be_parted(text) and (parted := [match for match in PARTED.finditer(text) if match[1].islower()]):
        return _followed_parts(text, parted)
    if text.isascii():
        return text.lower(), None
    if not ELSEWHERE.search(text) and (lowered := _plainly(text)) is not None:
        return lowered, None
    if unicodedata.is_normalized("NFC", text) and not (any(map(text.__contains__, VOICED)) and HALF.search(text)):
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
        # a cluster whose marks were all kept is followed mark by mark, another only as a whole
        positions += range(at, at + len(part)) if len(fold) == len(part) else [at] * len(fold)
        at += len(part)
    return joined, [*positions, len(text)]


def _plainly(text: str) -> str | None:
    """Text of Latin letters folded, where each of its few other characters becomes a single one; else None."""
    for char in set(NOT_ASCII.findall(text)):
        fold = _FOLDS[char]
        if len(fold) != 1:
            return None
        text = text.replace(char, fold)
    return text.lower() if text.isascii() else None


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
    hangul = r"[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?"
    return re.compile(rf"{hangul}|{HALF.pattern}|[^{marks}][{marks}]*|[{marks}]", re.DOTALL)


def merged(found: Iterable[Match]) -> tuple[Span, ...]:
    """The stretches of matches, in order, those that touch as one."""
    spans: list[Span] = []
    for match in sorted(found, key=lambda match: match.start):
        if spans and match.start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], match.end))
        else:
            spans.append((match.start, match.end))
    return tuple(spans)
