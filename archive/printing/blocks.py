"""Blocks of text, of which printed files are made, and how text from outside becomes fit to be printed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

# C0, C1 and what changes the order in which words are seen; halves of surrogate pairs cannot be written
LIVE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


class Style(StrEnum):
    """How a block is printed."""

    TITLE = "title"
    HEADING = "heading"
    SUBHEADING = "subheading"
    TEXT = "text"
    FACT = "fact"
    DETAIL = "detail"
    PASSAGE = "passage"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph. `label` stands beside a fact; `marks` are the labels of the passages it rests on, `anchor` the
    label it is reached by. A quote has what stands `before` and `after` it; `language` is BCP 47, empty if unknown."""

    style: Style
    text: str
    label: str = ""
    marks: tuple[str, ...] = ()
    anchor: str = ""
    before: str = ""
    after: str = ""
    language: str = ""


def clean(text: str) -> str:
    """Text from outside on one line; what could command a reader's program is replaced by a visible mark."""
    return LIVE.sub(lambda match: " " if match[0] in "\t\n\r\v\f\x85\u2028\u2029" else "\ufffd", text)
