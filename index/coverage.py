"""What an answer could not look into: documents within the reach of its filters whose text is missing or in doubt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archive import feed
from archive.connect import Database
from index import entries, filters, schema
from index.answers import Filter, Query
from index.beyond import PLACE
from index.columns import Columns
from index.entries import DOCUMENT
from index.searchable import CODES, IN_FULL

if TYPE_CHECKING:
    from index.sets import Mask

FIELD = "searchable"
UNSURE = frozenset(("type", "language", "country", "year", "publisher", "author"))
"""Fields that a document without text mostly lacks, too: where one is not recorded, its filters may well hold."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Documents that could not be searched, or not in full: `code` says why, one of `index.searchable.CODES`.

    `pages` is how many of their pages gave no text, as far as that is known.
    """

    code: str
    records: int
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was within the reach of a query's filters, whatever its words: `documents`, and of them the `gaps`.

    `waiting` records of the whole archive, or changes to them, are not known to the index yet; it cannot say which
    filters they pass.
    """

    query: Query
    documents: int
    gaps: tuple[Gap, ...]
    waiting: int
    took_ms: float

    @property
    def complete(self) -> bool:
        """Whether everything in reach could be searched in full."""
        return not self.gaps and not self.waiting


def measured(columns: Columns, query: Query) -> tuple[int, tuple[Gap, ...]]:
    """How many documents are in reach of a query's filters, and the gaps among them."""
    import numpy as np

    scope = _scope(columns, query)
    numbers, pages = columns.column(FIELD), columns.column("missing")
    counts = np.bincount(numbers[scope])
    known = columns.values[FIELD]
    amounts = np.zeros(max(columns.values["missing"].values(), default=0) + 1, np.int64)
    for words, number in columns.values["missing"].items():
        amounts[number] = int(words)
    gaps = []
    for code in CODES:
        number = known.get(code, 0)
        if code != IN_FULL and 0 < number < len(counts) and counts[number]:
            lost = amounts[pages[scope & (numbers == number)]].sum()
            gaps.append(Gap(code, int(counts[number]), int(lost)))
    return int(scope.sum()), tuple(gaps)


def listing(query: Query, code: str) -> Query:
    """The query that lists exactly the documents of one gap."""
    return replace(query, text="", filters=(*reach(query), Filter(FIELD, code)), offset=0)


def reach(query: Query) -> tuple[Filter, ...]:
    """The filters as coverage takes them: what lacks a date may be of the year that is asked for, and what lacks text
    may name the place."""
    kept = tuple(one for one in query.filters if one.field not in (FIELD, PLACE))
    included = dict.fromkeys(one.field for one in kept if not one.exclude and one.field in UNSURE)
    return (*kept, *(Filter(field, "") for field in included if Filter(field, "") not in kept))


def waiting(archive: Database, index: Database) -> int:
    """How many records the index does not know yet, or not as they are now."""
    standing = schema.standing(index, archive)
    if standing == schema.FOREIGN:
        return entries.total(archive)
    changed = feed.changed(archive, int(schema.read(index, "watermark")))
    if standing == schema.UNFINISHED:
        return max(changed, entries.total(archive) - schema.records(index), 1)
    return changed


def _scope(columns: Columns, query: Query) -> Mask:
    return filters.chosen(columns, reach(query)) & filters.has(columns, "kind", DOCUMENT)
