"""The records of recognising that cross threads and packages: frozen, slotted dataclasses, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Found(StrEnum):
    """What a candidate is."""

    DATE = "date"
    PERIOD = "period"
    DURATION = "duration"
    COUNTRY = "country"
    PLACE = "place"
    PERSON = "person"
    ORGANISATION = "organisation"
    PROGRAMME = "programme"
    RECORD = "record"
    """A subject of another kind that is known by name: a law, a response, a cited work."""
    QUANTITY = "quantity"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of a passage and the value it may be entered as; `start` and `end` count the passage's code points.

    `value` is what `archive.cases.values.canonical` takes for a field of its type: EDTF, `P3Y` or `life`,
    `nearly 10000`, an ISO 3166-1 code, a place's name, a subject's UUID, a term's code. `words` is what stands there,
    `hedge` the words among them that bound a number. `vocabulary` names the thesaurus of a term, `country` is where
    a place lies. `uncertain` says that it was worked out (a date from another) or rests on part of a name.
    """

    start: int
    end: int
    kind: Found
    value: str
    words: str
    hedge: str = ""
    vocabulary: str = ""
    country: str = ""
    uncertain: bool = False
