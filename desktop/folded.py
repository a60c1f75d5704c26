"""Sentences about what is folded under hits: further passages of a document, and documents that are nearly the same."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.translate import number, tr, trn
from index.answers import Beneath, Totals
from index.folding import MOST


def counted(totals: Totals) -> str:
    """How many records were found, and how many of them are folded under others."""
    records = trn("{n} record", "{n} records", totals.total)
    if not totals.folded:
        return records
    return tr("{records}, {n} folded", records=records, n=number(totals.folded))


def shortly(beneath: Beneath) -> str:
    """How much lies under a hit, in a few words."""
    parts = []
    if beneath.passages:
        few = trn("{n} more passage", "{n} more passages", beneath.passages)
        parts.append(few if beneath.passages < MOST else tr("{n} or more passages", n=MOST))
    if beneath.near:
        parts.append(near(beneath.near))
    return ", ".join(parts)


def passages(many: int, pages: Sequence[int], *, cut: bool) -> str:
    """How many more passages of a document match, and on which pages as far as these are known."""
    if many >= MOST:
        said = tr("and {n} or more passages in this document", n=MOST)
    else:
        said = trn("and {n} more passage in this document", "and {n} more passages in this document", many)
    if not pages:
        return said
    named = ", ".join(map(str, pages)) + (" …" if cut else "")
    return (
        tr("{said}: pages {pages}", said=said, pages=named)
        if len(pages) > 1
        else tr("{said}: page {pages}", said=said, pages=named)
    )


def near(many: int) -> str:
    """How many documents are nearly the same as a hit."""
    return trn("{n} more nearly the same", "{n} more nearly the same", many)
