"""What each place shows of a query: which filters can apply there, and which are offered first."""

from __future__ import annotations

from dataclasses import replace

from desktop.find.places import ALL, CASES, DOCUMENTS, FIGURES, PLACES
from index import beyond
from index.answers import FACETS, Filter, Query
from index.entries import CASEWORK

KIND = "kind"
OF_DOCUMENTS = ("type", "language", "publisher", "author", "verdict", "searchable")
"""Filters that only documents have."""
OFFERED = {
    ALL: ("type", "language", "country", "year", "publisher"),
    DOCUMENTS: ("type", "language", "country", "year", "publisher"),
    CASES: ("outcome", "host", "event-type", "year", "programme"),
    FIGURES: ("counts", "country", "year", "programme", "method"),
}
"""The five filters of a place that are always in view."""


def place_of(query: Query) -> str:
    """The place that a query is asked in."""
    return next((f.value for f in query.filters if f.field == KIND and not f.exclude and f.value in PLACES), ALL)


def in_place(query: Query, place: str) -> Query:
    """The query asked in another place; all that was typed and chosen stays."""
    others = tuple(f for f in query.filters if f.field != KIND or f.exclude or f.value not in PLACES)
    return replace(query, filters=(*others, Filter(KIND, place)) if place else others)


def chips(query: Query) -> tuple[Filter, ...]:
    """The filters that are shown as chips: all but the place."""
    return tuple(f for f in query.filters if f.field != KIND or f.exclude or f.value not in PLACES)


def asked_anew(query: Query) -> Query:
    """The query once other words were typed: what belonged to the one question before (what is like a record, what is
    new since a day) would only hide what is sought now."""
    return replace(query, filters=tuple(one for one in query.filters if one.field not in beyond.FIELDS))


def applies(one: Filter, place: str) -> bool:
    """Whether a filter means anything in a place."""
    if place == DOCUMENTS:
        return one.field not in CASEWORK
    return place == ALL or one.field not in OF_DOCUMENTS


def effective(query: Query) -> Query:
    """The query without the filters that cannot apply in its place; they stay as chips, greyed."""
    place = place_of(query)
    return replace(query, filters=tuple(f for f in query.filters if applies(f, place)))


def offered(place: str) -> tuple[str, ...]:
    """The filters always in view."""
    return OFFERED[place]


def further(place: str) -> tuple[str, ...]:
    """The filters under "More filters"."""
    return tuple(
        field
        for field in FACETS
        if field not in OFFERED[place] and (field != KIND or not place) and applies(Filter(field, ""), place)
    )
