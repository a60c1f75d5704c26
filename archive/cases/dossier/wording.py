"""Puts values, tallies and contradictions into words, as a dossier prints them."""

from __future__ import annotations

import re
from functools import cache

from archive.cases import fields
from archive.cases.dossier.naming import Names
from archive.cases.fields import Type
from archive.cases.records import Fact, Source, Stance, Tally

# CLDR's short names, which babel leaves out
SHORT = {
    "BA": "Bosnia", "GB": "UK", "HK": "Hong Kong", "MM": "Myanmar", "MO": "Macao", "PS": "Palestine", "US": "US",
}  # fmt: skip
SPANS = {"Y": "year", "M": "month", "W": "week", "D": "day"}
STANCES = {
    Stance.STATES: "states it",
    Stance.ALLEGES: "alleges it",
    Stance.BELIEVES: "believes it",
    Stance.DENIES: "denies it",
    Stance.NO_RECORD: "finds no record of it",
}
CONTRADICTED = {
    "values": "the values recorded for “{field}” cannot all be true: {values}.",
    "sources": "sources disagree on “{field}: {values}”.",
    "direction": "“{field}” is recorded in both directions.",
}


def value(fact: Fact, names: Names) -> str:
    """The value of a fact for a reader."""
    field = fields.field(fact.field)
    match field.type:
        case Type.TERM:
            return names.term(field.vocabulary, fact.value)
        case Type.SUBJECT:
            return names.label(fact.value)
        case Type.COUNTRY:
            return country(fact.value)
        case Type.QUANTITY:
            return re.sub(r"\d{4,}", lambda match: f"{int(match[0]):,}", fact.value)
        case Type.DURATION:
            return duration(fact.value)
    return fact.value


def country(code: str) -> str:
    """The short name that CLDR gives a country or territory; the code itself where it knows none."""
    return SHORT.get(code) or _territories().get(code, code)


def duration(text: str) -> str:
    """An ISO 8601 duration in words; `life` stays."""
    parts = re.findall(r"(\d+)([YMWD])", text) if text.startswith("P") else []
    return ", ".join(plural(int(count), SPANS[unit]) for count, unit in parts) or text


def plural(count: int, noun: str) -> str:
    """A count with its noun: `1 event`, `2 events`."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def tally(counted: Tally) -> str:
    """What a fact stands on."""
    if not counted.documents:
        words = "asserted by no source"
    elif counted.origins == 1 and counted.documents > 1:
        words = f"in {counted.documents} documents, all resting on 1 report"
    elif counted.origins not in (1, counted.documents):
        words = f"in {plural(counted.documents, 'document')}, resting on {plural(counted.origins, 'report')}"
    else:
        words = f"in {plural(counted.documents, 'document')}"
    return words + (f"; {plural(counted.against, 'source')} against" if counted.against else "")


def chain(source: Source, names: Names) -> str:
    """What a source rests on, the nearest first; empty where the document speaks for itself."""
    return " → ".join(names.label(step.id) if step.id else step.words for step in source.chain)


def wordings(fact: Fact) -> tuple[str, ...]:
    """Dates and hedges in the sources' own words."""
    dates = dict.fromkeys(source.date_words for source in fact.sources if source.date_words)
    what = "date as worded" if fact.as_of or fields.field(fact.field).type is Type.DATE else "as worded"
    hedges = dict.fromkeys(source.hedge for source in fact.sources if source.hedge)
    return (*(f"{what}: “{words}”" for words in dates), *(f"worded with: “{words}”" for words in hedges))


@cache
def _territories() -> dict[str, str]:
    from babel import Locale

    return dict(Locale("en").territories)
