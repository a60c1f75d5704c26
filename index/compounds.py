"""Words in parts: what hyphens, apostrophes and the ends of lines part, and numbers with their thousands apart.

FTS5 sees the parts as words side by side. So that `guiminhai`, `dont` and `anti-corruption` find them in whichever way
they were written, a text is indexed with further forms of such words at its end, and a query asks for several forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

SIGNS = "'-’ʼ‐‑\u00ad"
ASCII_SIGNS = "'-"
# a hyphen or apostrophe inside of a word, or a hyphen at the end of a line; beginning with a set, which is found fast
JOINT = re.compile(
    r"['’ʼ‐‑\u00ad-](?<=[^\W_].)(?:(?<!\u00ad)(?=[^\W_])|(?<=[^\W\d_][-\u00ad‐])\r?\n[ \t]*(?=[^\W\d_]))"
)
PARTED = re.compile(r"[-\u00ad‐](?<=[^\W\d_].)\r?\n[ \t]*([^\W\d_])")
MOST_PARTS = 4
LONG = 200
"""Letters between two blanks that are not one word and its signs: scripts without blanks, addresses, tables."""
CLITICS = frozenset(("s", "re", "ll", "d", "m", "ve"))
ELISIONS = frozenset(("l", "d", "c", "j", "m", "n", "s", "t", "qu"))
APART = "\ue000"
"""Stands before further forms, so that no phrase runs on into them."""


def whole(text: str) -> str:
    """Text with the words put together that were parted at the end of a line, where small letters go on."""
    return PARTED.sub(_joined, text) if may_be_parted(text) else text


def may_be_parted(text: str) -> bool:
    """Whether it is worth looking for ends of lines in words: a search for strings, which is fast."""
    if "-\n" in text or "-\r" in text:
        return True
    return not text.isascii() and any(end in text for end in ("\u00ad\n", "\u00ad\r", "‐\n", "‐\r"))


def unfolded(text: str) -> tuple[str, str]:
    """What is indexed of a text, and after it: the text with whole words (`whole`); the words together that a hyphen or
    apostrophe parts (`gui-minhai`, `don't`), and apart what the end of a line did (`anti-`, `corruption`)."""
    found: dict[str, None] = {}
    length = len(text)
    # what stands between blanks repeats itself, so most of it was looked at before
    for sign in ASCII_SIGNS if text.isascii() else SIGNS:
        at = text.find(sign)
        while at >= 0:
            start, end = text.rfind(" ", 0, at) + 1, text.find(" ", at)
            if end < 0:
                end = length
            forms = _forms_in(text[start:end]) if end - start < LONG else _forms_of(text[start:end])
            if forms is None:
                return PARTED.sub(_joined, text), " ".join(_all_forms(text))
            for form in forms:
                found[form] = None
            at = text.find(sign, end)
    return text, " ".join(found)


@lru_cache(maxsize=1 << 16)
def _forms_in(stretch: str) -> tuple[str, ...] | None:
    return _forms_of(stretch)


def _forms_of(stretch: str) -> tuple[str, ...] | None:
    """The further forms of the words between two blanks; None where one of them may be parted at the end of a line, and
    go on after the blank."""
    return None if may_be_parted(stretch) else _all_forms(stretch)


def _all_forms(text: str) -> tuple[str, ...]:
    """The further forms of all words of a text, each once."""
    return tuple(dict.fromkeys(form for start, end in compounds(text) for form in _forms(text[start:end])))


def _forms(word: str) -> tuple[str, ...]:
    parts = JOINT.split(word)
    joined = together(parts, word) if len(parts) <= MOST_PARTS else ""
    apart = " ".join(parts) if "\n" in word else ""
    return tuple(form for form in (joined, apart) if form)


def compounds(text: str) -> Iterator[tuple[int, int]]:
    """Where the words stand that hold hyphens or apostrophes, or were parted at the end of a line."""
    start, end, length = -1, -1, len(text)
    for at in _signs_of(text):
        # most signs are quotation marks or dashes: a look at what stands before is faster than the expression
        joint = JOINT.match(text, at) if at and text[at - 1].isalnum() else None
        if joint is None:
            continue
        if at != end:
            if end >= 0:
                yield start, end
            start = at
            while start and text[start - 1].isalnum():
                start -= 1
        end = joint.end()
        while end < length and text[end].isalnum():
            end += 1
    if end >= 0:
        yield start, end


def _signs_of(text: str) -> list[int]:
    """Where hyphens and apostrophes stand; looking for each as a string takes a third of what an expression does."""
    found = []
    for sign in ASCII_SIGNS if text.isascii() else SIGNS:
        at = text.find(sign)
        while at >= 0:
            found.append(at)
            at = text.find(sign, at + 1)
    found.sort()
    return found


def together(parts: Sequence[str], word: str) -> str:
    """The parts of a word written as one, empty where nobody would: not `she'll`, `l'eau`, `d'ONG`, nor numbers."""
    joined = "".join(parts)
    if joined.isdigit():
        return ""
    if re.search("['’ʼ]", word) and (
        parts[-1].lower() in CLITICS
        or (parts[0].lower() in ELISIONS and (parts[-1][0].islower() or parts[-1].isupper()))
    ):
        return ""
    return joined


def numbers(words: Sequence[str]) -> Iterator[list[str]]:
    """The other ways to write the numbers among these words: `10 000` as `10000`, and the reverse. Years stay."""
    joined = _regrouped(words)
    parted = [group for word in joined for group in _groups(word)]
    for way in (joined, parted):
        if way != [*words]:
            yield way


def thousands(words: Sequence[str]) -> bool:
    """Whether these words are one number with its thousands apart."""
    return len(words) > 1 and len(_regrouped(words)) == 1


def _regrouped(words: Sequence[str]) -> list[str]:
    """Words with thousands that stand side by side put together."""
    found: list[str] = []
    grouped = False
    for word in words:
        digits = word.isdecimal()
        if found and digits and len(word) == 3 and (grouped or re.fullmatch("[1-9][0-9]{0,2}", found[-1])):
            found[-1] += word
            grouped = True
        else:
            found.append(word)
            grouped = False
    return found


def _groups(word: str) -> list[str]:
    """The thousands of a number; anything else, years too, as it is."""
    if not re.fullmatch(r"[1-9][0-9]{3,14}", word) or re.fullmatch(r"1[5-9]\d\d|20\d\d", word):
        return [word]
    return re.findall(r"\d{1,3}(?=(?:\d{3})*$)", word)


def _joined(match: re.Match[str]) -> str:
    return match[1] if match[1].islower() else match[0]
