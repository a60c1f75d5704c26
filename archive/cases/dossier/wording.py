"""Puts values, tallies and contradictions into words, as a dossier prints them."""

from __future__ import annotations

import re
import unicodedata

from archive import countries
from archive.cases import fields
from archive.cases.dossier.naming import Names
from archive.cases.fields import Type
from archive.cases.records import Fact, Source, Stance, Tally

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
LEFT_TO_RIGHT = "\u200e"


def value(fact: Fact, names: Names) -> str:
    """The value of a fact for a reader."""
    field = fields.field(fact.field)
    match field.type:
        case Type.TERM:
            return names.term(field.vocabulary, fact.value)
        case Type.SUBJECT:
            return names.label(fact.value)
        case Type.COUNTRY:
            return countries.name(fact.value)
        case Type.QUANTITY:
            return re.sub(r"\d{4,}", lambda match: f"{int(match[0]):,}", fact.value)
        case Type.DURATION:
            return duration(fact.value)
    return fact.value


def inset(words: str) -> str:
    """Words in the middle of a sentence of ours: behind such as run from the right it goes on from the left (UAX 9), or
    its own marks and numbers would be drawn before them."""
    runs_from_right = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in words)
    return f"{words}{LEFT_TO_RIGHT}" if runs_from_right else words


def language(tag: str) -> str:
    """The name of a BCP 47 language with its tag, or the tag alone where CLDR has no name."""
    from babel import Locale

    names, parts = Locale("en").languages, tag.split("-")
    known = (names.get("_".join(parts[:length])) for length in range(len(parts), 0, -1))
    name = next(filter(None, known), "")
    return f"{name} ({tag})" if name else tag


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
    return " → ".join(inset(names.label(step.id) if step.id else step.words) for step in source.chain)


def wordings(fact: Fact) -> tuple[str, ...]:
    """Dates and hedges in the sources' own words."""
    dates = dict.fromkeys(source.date_words for source in fact.sources if source.date_words)
    what = "date as worded" if fact.as_of or fields.field(fact.field).type is Type.DATE else "as worded"
    hedges = dict.fromkeys(source.hedge for source in fact.sources if source.hedge)
    return (
        *(f"{what}: “{inset(words)}”" for words in dates),
        *(f"worded with: “{inset(words)}”" for words in hedges),
    )
