"""Facts in words: values, dates, hedges and what a fact stands on, as pages, lists and dossiers say them."""

from __future__ import annotations

import re
from collections.abc import Callable

from archive.cases import fields
from archive.cases.fields import Field, Type
from archive.cases.records import Fact, Kind, Source, Stance, Tally
from desktop import labels, shown
from desktop.translate import number, tr, trn

Label = Callable[[Field, str], str]
"""What a term's code or a subject's UUID reads as."""
DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")


def value(fact: Fact, label: Label) -> str:
    """The value of a fact as a person reads it; one that every source denies says so."""
    field = fields.field(fact.field)
    match field.type:
        case Type.COUNTRY:
            words = labels.country(fact.value)
        case Type.DURATION:
            words = duration(fact.value)
        case Type.QUANTITY:
            words = quantity(fact.value)
        case Type.DATE:
            words = date(fact)
        case Type.TERM | Type.SUBJECT:
            words = label(field, fact.value)
        case _:
            words = fact.value
    words = shown.line(words)
    stances = {source.stance for source in fact.sources}
    if stances and stances <= {Stance.DENIES}:
        return tr("not so: {value}", value=words)
    if stances and stances <= {Stance.NO_RECORD}:
        return tr("no record found: {value}", value=words)
    return words


def date(fact: Fact) -> str:
    """A date as its sources word it, with how it was read."""
    worded = dict.fromkeys(source.date_words for source in fact.sources if source.date_words)
    if not worded:
        return fact.value
    said = ", ".join(f"“{shown.line(words)}”" for words in worded)
    return f"{said} ({fact.value})"


def duration(text: str) -> str:
    """An ISO 8601 duration, or `life`."""
    match = DURATION.fullmatch(text)
    if match is None:
        return tr("life") if text == "life" else text
    years, months, weeks, days = (int(part or 0) for part in match.groups())
    parts = [
        trn("{n} year", "{n} years", years) if years else "",
        trn("{n} month", "{n} months", months) if months else "",
        trn("{n} week", "{n} weeks", weeks) if weeks else "",
        trn("{n} day", "{n} days", days) if days else "",
    ]
    return ", ".join(part for part in parts if part)


def quantity(text: str) -> str:
    """A quantity with its thousands separated."""
    return re.sub(r"\d{4,}", lambda match: number(int(match[0])), text)


def hedges(fact: Fact) -> str:
    """The hedges of a fact's sources, in their own words."""
    return ", ".join(f"“{shown.line(hedge)}”" for hedge in dict.fromkeys(s.hedge for s in fact.sources if s.hedge))


def standing(tally: Tally) -> str:
    """What a fact stands on: "2 sources · 1 origin"."""
    parts = [trn("{n} source", "{n} sources", tally.documents), trn("{n} origin", "{n} origins", tally.origins)]
    if not tally.documents:
        parts = []
    if tally.against:
        parts.append(tr("{n} against", n=number(tally.against)))
    return " · ".join(parts)


def rests_on(tally: Tally) -> str:
    """The same in a sentence."""
    if not tally.documents:
        return tr("No source says so.")
    documents = trn("In {n} document", "In {n} documents", tally.documents)
    if tally.documents > 1 and tally.origins == 1:
        return tr("{documents}, all resting on 1 origin.", documents=documents)
    origins = trn("{n} origin", "{n} origins", tally.origins)
    return tr("{documents}, resting on {origins}.", documents=documents, origins=origins)


def stance(source: Source) -> str:
    """How a source stands to its fact."""
    return stance_of(source.stance)


def stance_of(stance: Stance) -> str:
    """A stance in words."""
    return _STANCES[stance]()


def kind(of: Kind) -> str:
    """What a subject is."""
    return labels.value("kind", of)


_STANCES: dict[Stance, Callable[[], str]] = {
    Stance.STATES: lambda: tr("states"),
    Stance.ALLEGES: lambda: tr("alleges"),
    Stance.BELIEVES: lambda: tr("believes"),
    Stance.DENIES: lambda: tr("denies"),
    Stance.NO_RECORD: lambda: tr("finds no record"),
}
