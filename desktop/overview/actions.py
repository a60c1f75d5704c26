"""What the overview asks: all cases at once, pages of its table, and what goes into a copy, each by one function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from archive.cases import fields
from archive.cases.exchange import selection
from archive.errors import ArchiveError
from desktop import labels
from desktop.actions import NOW, SOON
from desktop.overview import words
from desktop.session import Session
from desktop.workspace import Workspace
from index.answers import Filter, Query
from index.overview import Order, Overview

Failed = Callable[[ArchiveError], None]
PAGE = 100
"""Cases fetched at once."""
EVERY = 1_000_000
COPY = "copy of cases"
"""The topic of what is asked for a copy."""


@dataclass(frozen=True, slots=True)
class Row:
    """A case of the table: its UUID and its cells in the order of `words.COLUMNS`."""

    id: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """What is listed: a query in an order."""

    query: Query
    order: Order = "last"
    descending: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """Rows from `offset` on of `total`."""

    listing: Listing
    offset: int
    total: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """An overview, and what its types of event are called by their codes."""

    overview: Overview
    types: dict[str, str]


@dataclass(frozen=True, slots=True)
class Held:
    """How many cases a query finds, and the UUIDs of those of them that hold what is confidential."""

    total: int
    confidential: frozenset[str]


@dataclass(frozen=True, slots=True)
class Told:
    """What a copy tells: the overview, and the rows of the table from its first on."""

    shown: Shown
    page: Page


def overview(session: Session, query: Query, done: Callable[[Shown], None], failed: Failed) -> None:
    """All cases that a query finds."""
    session.reading.submit(lambda w, _: _overview(w, query), done, failed, topic="overview", urgency=SOON)


def first_page(session: Session, listing: Listing, done: Callable[[Page], None], failed: Failed) -> None:
    """The first page of a table, which takes the place of every other."""
    session.reading.drop("more cases")
    session.reading.submit(lambda w, _: _page(w, listing, 0, PAGE), done, failed, topic="case page", urgency=NOW)


def further_page(session: Session, listing: Listing, offset: int, done: Callable[[Page], None], failed: Failed) -> None:
    """One more page of the table."""
    session.reading.submit(lambda w, _: _page(w, listing, offset, PAGE), done, failed, topic="more cases", urgency=SOON)


def every_row(session: Session, listing: Listing, done: Callable[[Page], None], failed: Failed) -> None:
    """The whole table."""
    session.reading.submit(lambda w, _: _page(w, listing, 0, EVERY), done, failed, topic="case table", urgency=SOON)


def held(session: Session, query: Query, done: Callable[[Held], None], failed: Failed) -> None:
    """What a copy of the cases that a query finds would hold. To look through all facts takes its time, so this waits
    for other copies, not for what is read."""
    session.copying.submit(lambda w, _: _held(w, query), done, failed, topic=COPY)


def told(
    session: Session, listing: Listing, without: frozenset[str], done: Callable[[Told], None], failed: Failed
) -> None:
    """All that a copy may tell, the cases `without` (UUIDs) left out."""
    session.copying.submit(
        lambda w, _: Told(_overview(w, listing.query, without), _page(w, listing, 0, EVERY, without)),
        done,
        failed,
        topic=COPY,
    )


def of_cases(query: Query) -> Query:
    """The same query for cases alone."""
    only = Filter("kind", "case")
    return query if only in query.filters else replace(query, filters=(*query.filters, only))


def _held(workspace: Workspace, query: Query) -> Held:
    found = workspace.searcher.cases(replace(query, offset=0, limit=EVERY), "code").rows
    holding = selection.holding(workspace.archive.db)
    return Held(len(found), frozenset(row.id for row in found if row.id in holding))


def _overview(workspace: Workspace, query: Query, without: frozenset[str] = frozenset()) -> Shown:
    found = workspace.searcher.overview(query, without)
    for counted in found.countries.values():
        for one in counted:
            labels.country(one.value)  # their names are kept once read, and to read them takes long
    types = {mark.type for span in found.spans for mark in span.marks if mark.type}
    field = fields.field("event-type")
    return Shown(found, {code: workspace.cases.label(field, code) for code in types})


def _page(
    workspace: Workspace, listing: Listing, offset: int, limit: int, without: frozenset[str] = frozenset()
) -> Page:
    wanted = replace(listing.query, offset=offset, limit=limit)
    found = workspace.searcher.cases(wanted, listing.order, descending=listing.descending, without=without)
    outcome, named = fields.field("outcome"), dict[str, str]()

    def term(code: str) -> str:
        if code not in named:
            named[code] = workspace.cases.label(outcome, code)
        return named[code]

    rows = tuple(Row(row.id, words.cells(row, term)) for row in found.rows)
    return Page(listing, offset, found.total, rows)
