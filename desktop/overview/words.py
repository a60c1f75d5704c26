"""What the overview of cases says: the strip of counts, a country's and a year's cases, and the empty states."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from archive.dates import bounds
from desktop import labels, shown
from desktop.translate import number, tr, trn
from index.answers import Filter
from index.casework import GROUP
from index.overview import CaseRow, Counts, Order, Overview, YearCount


@dataclass(frozen=True, slots=True)
class Part:
    """A clause of the strip of counts, and the chip that narrows the query to what it counts, if there is one."""

    words: str
    narrows: Filter | None = None


def strip(counts: Counts) -> tuple[Part, ...]:
    """The clauses of the strip; groups stand apart from persons."""
    parts = []
    if counts.cases:
        persons = trn("{n} person", "{n} persons", counts.persons)
        cases = trn("{n} case", "{n} cases", counts.cases)
        apart = Filter("unit", GROUP, exclude=True) if counts.groups else None
        parts.append(Part(tr("{persons} in {cases}", persons=persons, cases=cases), apart))
    if counts.groups and counts.groups == counts.transfers:
        words = trn("{n} group transfer counted apart", "{n} group transfers counted apart", counts.groups)
        parts.append(Part(words, Filter("unit", GROUP)))
    elif counts.groups:
        words = trn("{n} group counted apart", "{n} groups counted apart", counts.groups)
        parts.append(Part(words, Filter("unit", GROUP)))
    if counts.uncounted:
        said = trn("{n} case does not say whom it concerns", "{n} cases do not say whom they concern", counts.uncounted)
        parts.append(Part(said))
    if counts.no_outcome:
        words = tr("outcome not recorded in {n}", n=number(counts.no_outcome))
        parts.append(Part(words, Filter("outcome", "")))
    return tuple(parts)


def nothing(overview: Overview) -> tuple[str, str]:
    """What stands where there is no case to show, and what to do about it; empty words where there is one."""
    if overview.counts.all:
        return "", ""
    if {"not-indexed", "behind"} & set(overview.notes):
        return tr("No case found yet: records are still being made searchable."), ""
    if not overview.recorded:
        more = tr("Read a document, select a passage and press R to record what it says.")
        return tr("No case recorded yet."), more
    return tr("No case matches."), tr("Try fewer words, another spelling, or remove a filter.")


def country(code: str, count: int) -> str:
    """A country or territory with its cases."""
    return trn("{country}: {n} case", "{country}: {n} cases", count, country=labels.country(code))


def without_country(count: int) -> str:
    """How many cases have no country in the role shown."""
    return trn("Not recorded in {n} case.", "Not recorded in {n} cases.", count)


def year(one: YearCount) -> str:
    """A year with its cases."""
    under_way = trn("{year}: {n} case under way", "{year}: {n} cases under way", one.under_way, year=one.year)
    happened = trn("{n} with an event in it", "{n} with an event in it", one.happened)
    return tr("{cases}, {events}", cases=under_way, events=happened)


def when(earliest: str, latest: str) -> str:
    """Two ISO days as no more than they say: "2014", "2014-02", "2014-02-03", "2014 – 2016"."""
    first, last = bounds(earliest, latest)
    return first if first == last else f"{first} – {last}"


def undated(count: int) -> str:
    """How many cases have no date."""
    return trn("{n} case has no date.", "{n} cases have no date.", count) if count else ""


def too_many(count: int, drawn: int) -> str:
    """Why no case is drawn by itself."""
    return tr(
        "{n} cases are too many to draw one by one; up to {most} are. Choose a year or narrow the query.",
        n=number(count),
        most=number(drawn),
    )


def role(code: str) -> str:
    """The part a country plays, as the switch of the map calls it."""
    return ROLES[code]()


def cells(row: CaseRow, term: Callable[[str], str]) -> tuple[str, ...]:
    """The cells of a case in the order of COLUMNS; `term` reads out the code of an outcome."""
    outcome = term(row.outcome) if row.outcome else tr("not recorded")
    if row.outcome_date:
        outcome = tr("{outcome}, {date}", outcome=outcome, date=row.outcome_date)
    return tuple(
        shown.line(cell)
        for cell in (
            tr("{name} (group)", name=row.name) if row.group else row.name,
            row.code,
            outcome,
            route(row.origins, row.hosts),
            row.first,
            row.last,
            "; ".join(row.programmes),
            number(row.contradictions) if row.contradictions else "",
            number(row.sources),
        )
    )


def route(origins: tuple[str, ...], hosts: tuple[str, ...]) -> str:
    """From the countries of origin to the host countries: "China → Thailand, Laos"."""
    start, end = (", ".join(map(labels.country, codes)) for codes in (origins, hosts))
    if start and end:
        return tr("{origin} → {host}", origin=start, host=end)
    return tr("from {origin}", origin=start) if start else end


ROLES: dict[str, Callable[[], str]] = {
    "host": lambda: tr("Host country or territory"),
    "origin": lambda: tr("Country or territory of origin"),
    "transit": lambda: tr("Transit country or territory"),
    "lure": lambda: tr("Country or territory lured to"),
    "resettlement": lambda: tr("Resettlement country"),
}
COLUMNS: dict[Order, Callable[[], str]] = {
    "name": lambda: tr("Person concerned or name"),
    "code": lambda: tr("Code"),
    "outcome": lambda: tr("Latest outcome"),
    "countries": lambda: tr("From → to"),
    "first": lambda: tr("First date"),
    "last": lambda: tr("Last date"),
    "programme": lambda: tr("Programme"),
    "contradictions": lambda: tr("Contradictions"),
    "sources": lambda: tr("Sources"),
}
