"""Searches a list line by line: how often each name or word stands in the records, apart by how sure the match is.

A line is literal text, never query syntax. Lines come and go one at a time, so that a list may be of any length.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from archive.errors import Cancelled
from index.answers import Filter, Query
from index.language import LONGEST, SIGNS, understand
from index.search import Searcher
from index.text import fold

BEST = 3
"""Hits that are told of each line."""
REMEMBERED = 10_000
"""Lines that are known again, so that what stands twice is searched once."""
# what would end the quotation marks around a line, in every form that the query language takes for one
QUOTES = "".join(chr(sign) for sign, read in SIGNS.items() if read == '"')
UNQUOTED = re.compile(f'["{re.escape(QUOTES)}]')


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a list: its number in its sheet, the sheet's name (empty in a text file), and what stands in it."""

    number: int
    text: str
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Best:
    """One of the best hits of a line."""

    id: str
    kind: str
    title: str
    date: str


@dataclass(frozen=True, slots=True)
class Counted:
    """How many records hold what a line says: `exact` as it is written, `name` only by another name of a person or in
    another script, `sound` by what only sounds alike. None where that was not searched, which is not as none."""

    exact: int | None
    name: int | None = None
    sound: int | None = None
    best: tuple[Best, ...] = ()


@dataclass(frozen=True, slots=True)
class LineCounts:
    """What came of a line. `note` is a code: `no-words` where it holds no word, `cut` where only its beginning was
    searched, `repeated:N` where line N says the same; empty as a rule."""

    line: Line
    counted: Counted
    note: str = ""


def literal(text: str) -> str:
    """A query that asks for the words of a text side by side, whatever signs it holds."""
    return f'"{" ".join(UNQUOTED.sub(" ", text).split())}"'


def counts(searcher: Searcher, query: Query, *, sound: bool) -> Counted:
    """How many records a line's query finds, and the best of them: here the ways of matching are told apart.

    What only sounds alike is looked for on demand, of names of three syllables and more.
    """
    named = replace(query, widen="names")
    answer = searcher.first(named)
    if "not-indexed" in answer.notes:
        return Counted(None)
    best = tuple(Best(hit.id, hit.kind, hit.title.text, hit.date) for hit in answer.hits)
    exact = searcher.totals(replace(query, widen="none")).total
    total = searcher.totals(named).total if answer.widened else exact
    alike = searcher.totals(replace(query, widen="sound")).total if sound else None
    return Counted(exact, total - exact, alike, best)


def search(
    searcher: Searcher,
    lines: Iterable[Line],
    filters: Sequence[Filter] = (),
    *,
    sound: bool = False,
    cancelled: Callable[[], bool] = bool,
) -> Iterator[LineCounts]:
    """What comes of each line that is not blank, in order, each as soon as it is known.

    Raises Cancelled, and what `Searcher` raises.
    """
    asked = Query("", tuple(filters), limit=BEST)
    known: OrderedDict[str, LineCounts] = OrderedDict()
    for line in lines:
        if cancelled():
            raise Cancelled
        if not line.text.strip():
            continue
        query = literal(line.text)
        if understand(query).tree is None:
            yield LineCounts(line, Counted(None), "no-words")
            continue
        key = fold(query).casefold()
        before = known.get(key)
        if before is not None:
            known.move_to_end(key)
            yield replace(before, line=line, note=f"repeated:{before.line.number}")
            continue
        found = counts(searcher, replace(asked, text=query), sound=sound)
        known[key] = LineCounts(line, found, "cut" if len(query) > LONGEST else "")
        if len(known) > REMEMBERED:
            known.popitem(last=False)
        yield known[key]
