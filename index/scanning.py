"""Finding words and phrases in folded text: by looking for strings, which is fast, and a look at what stands around.

One expression of all that is sought would try each of its alternatives at every letter; where expressions are needed,
for what follows a first word, they begin at the places where that word was found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from index import text as texts
from index.text import ARTICLE, HAN, KANA, RUN, SEMITIC

if TYPE_CHECKING:
    from index.marks import Sought

Found = tuple[int, int, int]
LETTER = r"[^\W_]"
WRAPPED = re.compile(f"(?<=[{HAN}{KANA}])(?=[{HAN}{KANA}])")
"""Where lines are wrapped within a run (see `RUN`)."""
ELSEWHERE = re.compile("[^\0-\u02ff\u2000-\u2bff]")
"""Folded text with other than Latin letters: marks may belong to words, and words may touch unspaced scripts."""


def spans(text: str, sought: Sequence[Sought]) -> Iterator[Found]:
    """Where parts of a query stand in folded text, as start, end and number of the part: in order, none within
    another, of those that begin at one place the first part's."""
    bounded = text.isascii() or not ELSEWHERE.search(text)
    found: list[Found] = []
    for number, part in enumerate(sought):
        if not part.pattern and part.words[0][:1] not in text:
            continue
        if bounded and _is_plain(part):
            found += [(start, end, number) for start, end in _words(text, part.words[0], part.begun)]
        else:
            found += [(start, end, number) for start, end in _written(text, part, bounded)]
    found.sort(key=lambda one: (one[0], one[2]))
    at = 0
    for one in found:
        if one[0] >= at:
            yield one
            at = one[1]


def _words(text: str, word: str, begun: bool) -> Iterator[tuple[int, int]]:
    """A word in text of Latin letters."""
    length, end_of_text = len(word), len(text)
    start = text.find(word)
    while start >= 0:
        end = start + length
        if start == 0 or not text[start - 1].isalnum():
            if begun:
                while end < end_of_text and text[end].isalnum():
                    end += 1
            if end == end_of_text or not text[end].isalnum():
                yield start, end
        start = text.find(word, start + 1)


def _written(text: str, part: Sought, bounded: bool) -> Iterator[tuple[int, int]]:
    """Phrases, patterns, and all in texts of other scripts."""
    expression, anchor = _expression(part, bounded)
    at = text.find(anchor)
    while at >= 0:
        match = expression.match(text, at) if anchor else expression.search(text, at)
        end = 0
        if match:
            at, end = match.span()
            end = end if bounded else _whole(text, at, end, part.begun)
            if end:
                yield at, end
        elif not anchor:
            return
        at = text.find(anchor, end or at + 1)


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


@lru_cache(maxsize=4096)
def _is_plain(part: Sought) -> bool:
    """Whether it is one word of Latin letters and digits, or what reads like one."""
    return len(part.words) == 1 and not part.pattern and not ELSEWHERE.search(part.words[0])


@lru_cache(maxsize=4096)
def _expression(part: Sought, bounded: bool) -> tuple[re.Pattern[str], str]:
    """How a part is written, and a string that each match begins with, empty where there is none.

    `bounded` looks for the bounds of words itself, which marks and unspaced scripts make too costly: for them the
    caller looks.
    """
    before, after = (rf"(?<!{LETTER})", rf"(?!{LETTER})") if bounded else ("", "")
    first = part.words[0]
    semitic = re.search(f"[{SEMITIC}]", first) is not None
    if part.pattern:
        article = f"(?:{ARTICLE})?" if semitic else ""
        letter = LETTER if bounded else rf"(?:{LETTER}|[{texts.marks()}])"
        anchor = "" if semitic else re.split(r"[?*]", first, maxsplit=1)[0]
        return re.compile(f"{before}{article}{_form(first, letter)}{after}"), anchor
    written = [before]
    for at, word in enumerate(part.words):
        unspaced = RUN.match(word) is not None
        if at:
            written.append(rf"[\W_]{{{0 if unspaced or RUN.match(part.words[at - 1]) else 1},12}}?")
        if re.match(f"[{SEMITIC}]", word):
            written.append(f"(?:{ARTICLE})?")
        written.append(WRAPPED.sub(lambda _: r"\s{0,3}", re.escape(word)))
    written.append(f"{LETTER}*" if part.begun and bounded else after)
    anchor = "" if semitic else first[:1] if RUN.match(first) else first
    return re.compile("".join(written)), anchor


def _form(pattern: str, letter: str) -> str:
    """`?` and `*` as an expression. Every `*` but the last takes the nearest place once and for all: were each tried
    in all places, a few of them in a long word (a line of encoded bytes) would take for ever."""
    first, *others = ("".join(letter if c == "?" else re.escape(c) for c in piece) for piece in pattern.split("*"))
    *between, last = others or [""]
    return f"{first}{''.join(f'(?>{letter}*?{piece})' for piece in between)}{letter + '*' if others else ''}{last}"
