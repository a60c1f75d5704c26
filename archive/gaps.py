"""What of a document's text is missing, or not to be relied on, told from what was noted when it was read."""

from __future__ import annotations

import re
from enum import StrEnum

from archive.records import Document, Verdict

LOCKED = frozenset(("password", "encrypted"))
WITHOUT_TEXT = frozenset(("no-text", "no-text-layer", "not-recognised-yet", "unknown-type", "empty"))
"""Why a file that was read without fault gave no text."""
DOUBTFUL = frozenset(("garbled-text", "little-text", "charset-uncertain", "json-repaired"))
"""Why text was obtained whole, but may have errors; every other reason means that a part of it is missing."""
COUNTED = re.compile(r"(\d+) of \d+ pages (?:without text|cannot be opened)")


class Gap(StrEnum):
    """Why a search may miss a document: the worst that holds for it."""

    NO_TEXT = "no-text"
    LOCKED = "locked"
    UNREADABLE = "unreadable"
    IN_PART = "in-part"
    POOR_TEXT = "poor-text"


def gap(document: Document) -> Gap | None:
    """Why a search may miss a document by its text; None where all of it can be found."""
    if document.verdict is Verdict.GOOD:
        return None
    if document.reason in LOCKED:
        return Gap.LOCKED
    if document.verdict is Verdict.NONE:
        return Gap.NO_TEXT if document.reason in WITHOUT_TEXT else Gap.UNREADABLE
    return Gap.POOR_TEXT if document.reason in DOUBTFUL else Gap.IN_PART


def pages_without_text(document: Document) -> int:
    """How many of its pages gave no text although something is drawn on them, or could not be opened.

    0 where that is not known: of formats without pages, and of files that could not be opened.
    """
    if document.reason == "no-text-layer":
        return document.pages
    counted = COUNTED.match(document.detail)
    return int(counted[1]) if counted else 0
