"""Says in words what an answer could not look into."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.translate import number, tr, trn

if TYPE_CHECKING:
    from index.coverage import Coverage, Gap


def gap(one: Gap) -> str:
    """One gap: how many documents, and why."""
    words = _GAPS[one.code](one.records)
    if not one.pages:
        return words
    return tr("{words} ({pages})", words=words, pages=trn("{n} page", "{n} pages", one.pages))


def short(one: Gap) -> str:
    """The same in a word or two, where it stands under "Not searched in full"."""
    words = _SHORT[one.code](one.records)
    if not one.pages:
        return words
    return tr("{words} ({pages})", words=words, pages=trn("{n} page", "{n} pages", one.pages))


def waiting(records: int) -> str:
    """How many records the index does not know yet."""
    return trn("{n} record not searchable yet", "{n} records not searchable yet", records)


def sentence(coverage: Coverage) -> str:
    """Everything that could not be searched, on one line; that there is no such thing where there is none."""
    if coverage.complete:
        return trn(
            "The {n} document in reach was searched in full.",
            "All {n} documents in reach were searched in full.",
            coverage.documents,
        )
    said = [gap(one) for one in coverage.gaps] + ([waiting(coverage.waiting)] if coverage.waiting else [])
    return tr("Not searched in full: {gaps}.", gaps="; ".join(said))


_SHORT: dict[str, Callable[[int], str]] = {
    "no-text": lambda n: tr("{n} without text", n=number(n)),
    "locked": lambda n: tr("{n} locked", n=number(n)),
    "unreadable": lambda n: tr("{n} unreadable", n=number(n)),
    "in-part": lambda n: tr("{n} in part", n=number(n)),
    "poor-text": lambda n: tr("{n} with errors", n=number(n)),
    "no-word-analysis": lambda n: tr("{n} without word analysis", n=number(n)),
}
_GAPS: dict[str, Callable[[int], str]] = {
    "no-text": lambda n: trn("{n} document without text", "{n} documents without text", n),
    "locked": lambda n: trn("{n} locked document", "{n} locked documents", n),
    "unreadable": lambda n: trn("{n} document that could not be read", "{n} documents that could not be read", n),
    "in-part": lambda n: trn("{n} document searched in part", "{n} documents searched in part", n),
    "poor-text": lambda n: trn("{n} document whose text has errors", "{n} documents whose text has errors", n),
    "no-word-analysis": lambda n: trn(
        "{n} document in a language without word analysis", "{n} documents in a language without word analysis", n
    ),
}
