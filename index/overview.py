"""Many cases at once: rows of a table, what a map shades and a timeline draws, and how many persons they concern."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from index import facets
from index.answers import FacetCount, Query

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.casework import Cases
    from index.columns import Columns

    Ints = NDArray[np.int32]
    Mask = NDArray[np.bool_]

Order = Literal["name", "code", "outcome", "countries", "first", "last", "programme", "contradictions", "sources"]
ROLES = ("host", "origin", "transit", "lure", "resettlement")
"""The parts that countries and territories play in a case."""
_YEARS = 10_000
DRAWN = 300
"""Up to so many cases a timeline draws one by one."""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case of a table: UUID, name, code, code and EDTF date of its latest outcome, ISO 3166-1 codes, EDTF dates."""

    id: str
    name: str
    code: str
    outcome: str
    outcome_date: str
    origins: tuple[str, ...]
    hosts: tuple[str, ...]
    first: str
    last: str
    programmes: tuple[str, ...]
    contradictions: int
    sources: int
    group: bool


@dataclass(frozen=True, slots=True)
class CasePage:
    """The rows from the query's offset on of `total`, in the order asked for."""

    query: Query
    order: Order
    descending: bool
    total: int
    rows: tuple[CaseRow, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many persons in how many cases. Groups stand apart: they are never added to persons.

    `cases` are those of single persons, `persons` the different persons in them, an unnamed one for each case without a
    name; `groups` the cases about a group, of which `transfers` hold a group transfer; `uncounted` those that say
    neither how they are counted nor whom they concern; `no_outcome` those of all of them without an outcome.
    """

    persons: int = 0
    cases: int = 0
    groups: int = 0
    transfers: int = 0
    uncounted: int = 0
    no_outcome: int = 0

    @property
    def all(self) -> int:
        """Every case found."""
        return self.cases + self.groups + self.uncounted


@dataclass(frozen=True, slots=True)
class YearCount:
    """A year with the number of cases that were under way in it, as the filter for a year finds them, and of those in
    which something happened that may be dated to it."""

    year: int
    under_way: int
    happened: int


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened: ISO days between which it lies, and the code of the type of event."""

    earliest: str
    latest: str
    type: str


@dataclass(frozen=True, slots=True)
class Span:
    """A case on a timeline, from its first to its last ISO day; `began` and `ended` are the same as recorded, EDTF."""

    id: str
    name: str
    first: str
    last: str
    began: str
    ended: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """What is shown of all cases that a query finds. `recorded` counts the cases of the whole archive; `countries`
    gives cases by role and country, "" where none is recorded; `spans` is empty above DRAWN cases; `notes` are those
    of Answer.
    """

    query: Query
    recorded: int
    counts: Counts
    countries: dict[str, tuple[FacetCount, ...]]
    years: tuple[YearCount, ...]
    undated: int
    spans: tuple[Span, ...]
    took_ms: float
    notes: tuple[str, ...] = ()

    def by_country(self, role: str) -> dict[str, int]:
        """The number of cases for each country of a role, "" for those without one."""
        return {one.value: one.count for one in self.countries[role]}


def counts(cases: Cases, columns: Columns, found: Mask) -> Counts:
    """Count the cases in a mask of slots."""
    import numpy as np

    chosen = np.zeros(len(cases.numbers), np.bool_)
    chosen[cases.chosen(found)] = True
    group = chosen & cases.groups
    places, persons = cases.persons
    named = np.zeros(len(chosen), np.bool_)
    named[places] = True
    single = chosen & ~group & (named | cases.counted)
    concerned = len(np.unique(persons[single[places]]))
    transfer = columns.values["event-type"].get("group-transfer")
    transfers = columns.having("event-type", [transfer])[cases.numbers] & group if transfer else group & ~group
    return Counts(
        persons=concerned + int((single & ~named).sum()),
        cases=int(single.sum()),
        groups=int(group.sum()),
        transfers=int(transfers.sum()),
        uncounted=int((chosen & ~group & ~single).sum()),
        no_outcome=int((chosen & cases.without_outcome).sum()) if len(chosen) else 0,
    )


def countries(columns: Columns, found: Mask) -> dict[str, tuple[FacetCount, ...]]:
    """The cases in a mask by role and country."""
    return {role: facets.count(columns, role, found) for role in ROLES}


def years(cases: Cases, columns: Columns, found: Mask) -> tuple[tuple[YearCount, ...], int]:
    """Every year from the first to the last of the cases in a mask, and how many of them have no date."""
    import numpy as np

    chosen = cases.chosen(found)
    first, last = (bound[cases.numbers[chosen]] for bound in columns.years)
    dated = first > 0
    undated = int((~dated).sum())
    first, last = first[dated], last[dated]
    if not len(first):
        return (), undated
    start, end = int(first.min()), int(last.max())
    change = np.zeros(end - start + 2, np.int64)
    np.add.at(change, first - start, 1)
    np.add.at(change, last - start + 1, -1)
    under_way = np.cumsum(change)
    happened = _happened(cases, chosen)
    return tuple(
        YearCount(year, int(under_way[year - start]), happened.get(year, 0)) for year in range(start, end + 1)
    ), undated


def spans(cases: Cases, columns: Columns, found: Mask) -> tuple[Span, ...]:
    """The dated cases in a mask by their first day; none where they are more than DRAWN."""
    chosen = cases.chosen(found)
    if len(chosen) > DRAWN:
        return ()
    types = {number: code for code, number in columns.values["event-type"].items()}
    marks: dict[int, list[Mark]] = {}
    for place, first, last, number in cases.moments[_of(cases, chosen)].tolist():
        marks.setdefault(place, []).append(Mark(_iso(first), _iso(last), types.get(number, "")))
    dated = [int(place) for place in chosen if cases.earliest[place]]
    dated.sort(key=lambda place: (cases.earliest[place], cases.latest[place]))
    drawn = []
    for place in dated:
        row = cases.row(place)
        first, last = _iso(int(cases.earliest[place])), _iso(int(cases.latest[place]))
        drawn.append(Span(row.id, row.name, first, last, row.first, row.last, tuple(marks.get(place, ()))))
    return tuple(drawn)


def _happened(cases: Cases, chosen: Ints) -> dict[int, int]:
    """How many of these cases have a moment in each year; one that may lie in many years says too little."""
    import numpy as np

    these = _of(cases, chosen)
    places, (first, last) = cases.moments[:, 0][these].astype(np.int64), (bound[these] for bound in cases.moment_years)
    pairs = [(places * _YEARS + first)[last - first < facets.LONGEST]]
    longer = (last > first) & (last - first < facets.LONGEST)
    for place, start, end in zip(*(part[longer].tolist() for part in (places, first, last)), strict=True):
        pairs.append(place * _YEARS + np.arange(start + 1, end + 1))
    counted = np.bincount(np.unique(np.concatenate(pairs)) % _YEARS)
    return {int(year): int(counted[year]) for year in np.flatnonzero(counted)}


def _of(cases: Cases, chosen: Ints) -> Mask:
    """Which moments are of these cases."""
    import numpy as np

    mask = np.zeros(len(cases.numbers), np.bool_)
    mask[chosen] = True
    of: Mask = mask[cases.moments[:, 0]]
    return of


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()
