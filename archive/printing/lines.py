"""Breaks paragraphs into lines, in scripts with and without spaces, and says which way they run."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

OPENING = "《〈「『【〔（“‘([{<"
CLOSING = "》〉」』】〕）”’)]}>，。、；：？！…,.;:?!།༎،؛؟"
AFTER = "་-–—/→"
"""A line may end behind these, which stand between words."""
JOINERS = "\u200c\u200d\u2060"


def is_right_to_left(text: str) -> bool:
    """Whether a paragraph runs from the right: its first letter with a direction says so (UAX 9, P2 and P3)."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False


def runs(line: str, right_to_left: bool) -> list[tuple[str, bool]]:
    """The stretches of a line as they are seen from left to right (UAX 9), each in the order in which it is read, and
    whether it runs from the right. `right_to_left` is the direction of the paragraph."""
    if not right_to_left and not any(map(is_right_to_left, line)):
        return [(line, False)] if line else []
    from fpdf.bidi import BidiParagraph
    from fpdf.enums import TextDirection

    base = TextDirection.RTL if right_to_left else TextDirection.LTR
    seen: list[tuple[str, bool]] = []
    for one in BidiParagraph(line, base, preserve_bn_chars=True).get_reordered_characters():
        turned = one.embedding_level % 2 == 1
        text, before = seen.pop() if seen and seen[-1][1] == turned else ("", turned)
        seen.append((one.character + text if turned else text + one.character, before))
    return seen


def pieces(text: str) -> list[str]:
    """The text cut wherever a line may end; spaces stay with what they follow."""
    cuts = [at for at in range(1, len(text)) if _may_end(text[at - 1], text[at])]
    return [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)] if text else []


def wrap(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """The lines of a paragraph, each at most `width` wide as `measure` tells; joined they are the text.

    What is too long for a line is cut between letters, never before a mark that belongs to one.
    """
    lines, line, used = [], "", 0.0
    for piece in pieces(text):
        taken = measure(piece.rstrip())
        if line and used + taken > width:
            lines.append(line)
            line, used = "", 0.0
        if taken > width:
            *full, piece = _cut(piece, width, measure)
            lines += full
        line += piece
        used += measure(piece)
    return [*lines, line] if line or not lines else lines


def _cut(word: str, width: float, measure: Callable[[str], float]) -> list[str]:
    parts, part = [], ""
    for at, letter in enumerate(word):
        if part and not _clings(word[at - 1], letter) and measure(part + letter) > width:
            parts.append(part)
            part = ""
        part += letter
    return [*parts, part]


def _may_end(left: str, right: str) -> bool:
    if right.isspace() or right in CLOSING or _clings(left, right):
        return False
    if left.isspace():
        return left not in "\u00a0\u202f"
    if left in OPENING:
        return False
    if left in AFTER:
        return not (left in "-/" and right.isdigit())  # dates and numbers stay whole
    return _is_han(left) or _is_han(right)


def _clings(left: str, right: str) -> bool:
    """Whether the right one is a mark on the left one, or joined to it."""
    return unicodedata.category(right).startswith("M") or left in JOINERS or right in JOINERS


def _is_han(letter: str) -> bool:
    return (
        "\u2e80" <= letter <= "\u9fff"
        or "\uac00" <= letter <= "\ud7a3"
        or "\uf900" <= letter <= "\ufaff"
        or ("\U00020000" <= letter <= "\U0003ffff")
        or "\uff00" <= letter <= "\uffef"
    )
