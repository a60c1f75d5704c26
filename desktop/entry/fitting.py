"""Which field of which kind of subject a recognised value fits, the likeliest first; free of Qt."""

from __future__ import annotations

import re

from archive.cases import fields
from archive.cases.fields import Field, Type
from archive.cases.records import Kind
from index.recognise.records import Candidate, Found

TYPES = {
    Found.DATE: Type.DATE,
    Found.PERIOD: Type.DATE,
    Found.DURATION: Type.DURATION,
    Found.COUNTRY: Type.COUNTRY,
    Found.PLACE: Type.TEXT,
    Found.PERSON: Type.SUBJECT,
    Found.ORGANISATION: Type.SUBJECT,
    Found.PROGRAMME: Type.SUBJECT,
    Found.RECORD: Type.SUBJECT,
    Found.QUANTITY: Type.QUANTITY,
    Found.TERM: Type.TERM,
}
KINDS = {Found.PERSON: Kind.PERSON, Found.ORGANISATION: Kind.ORGANISATION, Found.PROGRAMME: Kind.PROGRAMME}
# The fields that are proposed without being asked, in this order, one value each; the others only when chosen. That
# someone acted or was charged, or was born on a day, is never assumed.
LIKELY: dict[tuple[Type, Kind], tuple[str, ...]] = {
    (Type.DATE, Kind.EVENT): ("date", "ended"),
    (Type.DATE, Kind.STATEMENT): ("date",),
    (Type.DATE, Kind.RESPONSE): ("date",),
    (Type.DATE, Kind.LAW): ("date",),
    (Type.DATE, Kind.WORK): ("date",),
    (Type.DATE, Kind.PROGRAMME): ("started", "ended"),
    (Type.DATE, Kind.FIGURE): ("period", "reached"),
    (Type.DURATION, Kind.EVENT): ("duration",),
    (Type.COUNTRY, Kind.EVENT): ("host", "origin", "transit"),
    (Type.COUNTRY, Kind.FIGURE): ("origin", "host"),
    (Type.COUNTRY, Kind.PROGRAMME): ("active-in",),
    (Type.COUNTRY, Kind.ORGANISATION): ("seat",),
    (Type.COUNTRY, Kind.PERSON): ("citizenship",),
    (Type.COUNTRY, Kind.RESPONSE): ("response-country",),
    (Type.TEXT, Kind.EVENT): ("place",),
    (Type.TEXT, Kind.ORGANISATION): ("place",),
    (Type.QUANTITY, Kind.FIGURE): ("value",),
    (Type.QUANTITY, Kind.EVENT): ("group-size",),
    (Type.SUBJECT, Kind.EVENT): ("by", "person-affected", "programme"),
    (Type.SUBJECT, Kind.STATEMENT): ("speaker", "addressee", "about"),
    (Type.SUBJECT, Kind.PROGRAMME): ("run-by", "part-of"),
    (Type.SUBJECT, Kind.ORGANISATION): ("works-with",),
    (Type.SUBJECT, Kind.PERSON): ("affiliation",),
    (Type.SUBJECT, Kind.FIGURE): ("claimed-by", "programme"),
    (Type.SUBJECT, Kind.RESPONSE): ("by", "about", "programme"),
    (Type.SUBJECT, Kind.LAW): ("issued-by", "interprets"),
    (Type.SUBJECT, Kind.TERM): ("used-by",),
}
OFTEN = frozenset({"place", "by", "run-by", "claimed-by", "active-in", "method", "charge", "programme", "speaker"})
"""Fields that take several values of one passage without being asked."""
# What stands before a country often says which part it plays; only where it does, and only as a proposal.
CUES = (("resettle", "resettlement"), ("transit", "transit"), ("lured", "lure"), ("重新安置", "resettlement"))
CUE_REACH = 30


def can_hold(field: Field, candidate: Candidate, kind: Kind | None = None) -> bool:
    """Whether a field can hold a recognised value; `kind` is that of a subject found by name, where it is known."""
    if field.type is not TYPES[candidate.kind]:
        return False
    if field.type is Type.TERM:
        return field.vocabulary == candidate.vocabulary
    if field.type is Type.SUBJECT:
        wanted = KINDS.get(candidate.kind, kind)
        return wanted is None or not field.of or wanted in field.of
    return field.type is not Type.TEXT or field.code == "place"


def fitting(candidate: Candidate, kind: Kind) -> tuple[Field, ...]:
    """The fields of a kind that can hold a value, those likely first."""
    able = [field for field in fields.of_kind(kind) if can_hold(field, candidate)]
    likely = LIKELY.get((TYPES[candidate.kind], kind), ())
    return tuple(sorted(able, key=lambda field: likely.index(field.code) if field.code in likely else len(likely)))


def proposed(candidate: Candidate, kind: Kind, taken: frozenset[str], passage: str) -> Field | None:
    """The field of a kind that a value is proposed for; `taken` are those that have one. None where none is likely."""
    able = fitting(candidate, kind)
    if TYPES[candidate.kind] is Type.TERM:
        return next((field for field in able if field.code not in taken or field.code in OFTEN), None)
    if candidate.kind is Found.COUNTRY and kind is Kind.EVENT:
        before = re.split(r"[,;:.，；：。]", passage[max(0, candidate.start - CUE_REACH) : candidate.start].lower())[-1]
        for cue, code in CUES:
            if cue in before:
                return next((field for field in able if field.code == code), None)
    likely = LIKELY.get((TYPES[candidate.kind], kind), ())
    return next(
        (field for field in able if field.code in likely and (field.code not in taken or field.code in OFTEN)), None
    )
