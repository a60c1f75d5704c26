"""Which documents have certain values: filters, field values of a query and dates as masks over document numbers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from archive.dates import span
from archive.errors import InvalidValue
from index import beyond
from index.answers import Filter
from index.columns import Columns, day
from index.tree import Dated, Value

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]


def chosen(columns: Columns, filters: Sequence[Filter], but: str = "") -> Mask:
    """The documents that pass the filters, leaving out the inclusions of the field `but`."""
    mask = columns.alive.copy()
    including = sorted((f for f in filters if not f.exclude and f.field != but), key=lambda f: f.field)
    for _, group in groupby(including, key=lambda f: f.field):
        any_of = ~columns.alive
        for one in group:
            any_of |= has(columns, one.field, one.value)
        mask &= any_of
    for one in filters:
        if one.exclude:
            mask &= ~has(columns, one.field, one.value)
    return mask


def leave_out(filters: Sequence[Filter], field: str, value: str) -> bool:
    """Whether no record with this value passes the filters."""
    own = [one for one in filters if one.field == field]
    chosen = {one.value for one in own if not one.exclude}
    return Filter(field, value, exclude=True) in own or bool(chosen and value not in chosen)


def has(columns: Columns, field: str, value: str) -> Mask:
    """The documents with a value in a field of FACETS or `beyond`; an empty value stands for "not recorded".

    A year, or a stretch of years in EDTF (`2014/2016`), takes what may lie within it; a language takes its scripts
    and regions too (`zh` takes `zh-Hans`); a place is one of several keys with blanks between them.
    """
    if field == "year":
        return _years(columns, value)
    if field in (*beyond.FIELDS, beyond.PLACE):
        mask = ~columns.alive & columns.alive
        mask[list(columns.beyond(field, value))] = True
        return columns.alive & (mask if value or field != beyond.PLACE else ~mask)
    values = columns.values.get(field, {})
    if not value:
        recorded: Mask = columns.having(field, list(values.values()))
        return columns.alive & ~recorded
    wanted = value.casefold()
    if field == "language":
        numbers = [n for v, n in values.items() if v.casefold() == wanted or v.casefold().startswith(wanted + "-")]
    else:
        numbers = [n for v, n in values.items() if v.casefold() == wanted]
    return columns.alive & columns.having(field, numbers)


def matching(columns: Columns, node: Value | Dated) -> Mask:
    """The documents that a field value or date of a query asks for."""
    if isinstance(node, Value):
        return has(columns, node.field, node.value)
    return _between(columns, node.first, node.last)


def _years(columns: Columns, value: str) -> Mask:
    if not value:
        undated: Mask = columns.alive & (columns.column("earliest") == 0)
        return undated
    try:
        return _between(columns, *span(value))
    except InvalidValue:
        return ~columns.alive & columns.alive


def _between(columns: Columns, first: str, last: str) -> Mask:
    """Documents whose date may lie between two ISO days, either of which may be empty."""
    mask = columns.alive & (columns.column("earliest") > 0)
    if first:
        mask &= columns.column("latest") >= day(first)
    if last:
        mask &= columns.column("earliest") <= day(last)
    return mask
