"""Says in sentences why a record is where it is in an answer."""

from __future__ import annotations

from desktop import ways
from desktop.translate import tr, trn
from index.explain import Explanation, Part

_FIELDS = {
    "body": lambda: tr("text"),
    "title": lambda: tr("title"),
    "author": lambda: tr("authors"),
    "publisher": lambda: tr("publisher"),
    "name": lambda: tr("file name"),
}


def sentences(why: Explanation) -> list[str]:
    """First how the record comes to be listed, then a line for each part of the query."""
    if not why.parts:
        return [tr("It is listed by its date or its filters: no word of the query tells it from others.")]
    if why.any_word:
        first = tr("It holds some of the words.")
    elif why.as_typed:
        first = tr("It holds what was typed, so it stands before all that only other forms find.")
    else:
        first = tr("Only other forms of what was typed find it, so it stands behind all that holds what was typed.")
    total = tr("Its best passage, number {n}, scores {score}:", n=why.row + 1, score=points(why.score))
    return [first, total, *map(_part, why.parts)]


def points(score: float) -> str:
    """A score as people read it."""
    return f"{score:.2f}"


def _part(part: Part) -> str:
    words = tr("{words} ({way})", words=part.words, way=ways.words(part.way)) if part.way else part.words
    where = tr("in {fields}", fields=", ".join(_FIELDS[field]() for field in part.fields))
    rare = trn("one passage holds it", "{n} passages hold it", part.passages)
    return tr("{score}  {words}, {where}; {rare}", score=points(part.score), words=words, where=where, rare=rare)
