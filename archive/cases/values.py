"""Values of facts by the type of their field: from what a person types to canonical text, and when two disagree.

The canonical text of a type is what is stored, compared and exchanged: EDTF for dates, ISO 8601 for durations
(`P3Y`, or `life`), ISO 3166-1 for countries, a UUID for a subject, a term's code, `purpose until EDTF` for consent.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from archive.cases import quantities, vocabularies
from archive.cases.fields import Field, Type
from archive.connect import Database
from archive.dates import span
from archive.errors import InvalidValue

LONGEST = 4_000
COUNTRY = re.compile(r"[A-Z]{2}")
DURATION = re.compile(r"P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?", re.ASCII)
LIFE = "life"
MONTH = 30.4375
"""Days of a month on average; a stretch of months is never more than three days off it."""
WORDED = re.compile(r"(\d+)\s*(years?|months?|weeks?|days?)", re.IGNORECASE)
UNSAID = frozenset({"unknown", "not stated"})
CONSENT = re.compile(r"(?P<purpose>publication|partners|contact|none)(?: until (?P<until>\S+))?")
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
DIRECTION = re.compile("[\u202a-\u202e]")  # with overrides a name could be made to read as another


def canonical(db: Database, field: Field, text: str) -> str:
    """The canonical text of a value as typed. Raises InvalidValue with what is wrong with it."""
    text = unicodedata.normalize("NFC", DIRECTION.sub("", CONTROL.sub(" ", text))).strip()
    if not text:
        raise InvalidValue(field=field.code, value="", why="empty")
    if len(text) > LONGEST:
        raise InvalidValue(field=field.code, value=text[:40] + "…", why=f"longer than {LONGEST} characters")
    match field.type:
        case Type.DATE:
            span(text)
        case Type.DURATION:
            text = _duration(text)
        case Type.QUANTITY:
            text = str(quantities.typed(text))
        case Type.TERM:
            text = vocabularies.resolve(db, field.vocabulary, text)
        case Type.COUNTRY:
            if not COUNTRY.fullmatch(text):
                raise InvalidValue(field=field.code, value=text, why="not an ISO 3166-1 code of two capital letters")
        case Type.SUBJECT:
            text = _subject(db, field, text)
        case Type.CHOICE:
            if text not in field.choices:
                raise InvalidValue(field=field.code, value=text, why=f"not one of: {', '.join(field.choices)}")
        case Type.CONSENT:
            consent = CONSENT.fullmatch(text)
            if not consent:
                raise InvalidValue(field=field.code, value=text, why="not a purpose, or a purpose until a date")
            span(consent["until"] or "")
        case Type.URL:
            if urlsplit(text).scheme not in ("http", "https"):
                raise InvalidValue(field=field.code, value=text, why="not a web address")
        case Type.TEXT | Type.NAME:
            text = " ".join(text.split())
    return text


def words(field: str, text: str) -> str:
    """Words that stand beside a value, such as a hedge or reason, as they are kept: without control characters.

    Raises InvalidValue where they are longer than LONGEST.
    """
    text = DIRECTION.sub("", CONTROL.sub(" ", text)).strip()
    if len(text) > LONGEST:
        raise InvalidValue(field=field, value=text[:40] + "…", why=f"longer than {LONGEST} characters")
    return text


def disagree(db: Database, field: Field, one: str, other: str) -> bool:
    """Whether two canonical values of a field cannot both be true of one subject at one time.

    Values in words are never said to disagree: they stand beside each other for a person to judge. A broader and a
    narrower term agree, as do dates and quantities that could mean the same.
    """
    if field.many or one == other or UNSAID & {one, other}:
        return False
    match field.type:
        case Type.DATE:
            (first, last), (first2, last2) = span(one), span(other)
            return last < first2 or last2 < first
        case Type.QUANTITY:
            return not quantities.read(one).agrees(quantities.read(other))
        case Type.TERM:
            return not vocabularies.related(db, field.vocabulary, one, other)
        case Type.DURATION:
            return LIFE in (one, other) or _last_otherwise(one, other)
        case Type.TEXT | Type.NAME | Type.URL | Type.CONSENT:
            return False
    return True


def _duration(text: str) -> str:
    if text == LIFE:
        return text
    if iso := DURATION.fullmatch(text):
        parts = [f"{int(number)}{unit}" for number, unit in zip(iso.groups("0"), "YMWD", strict=True) if int(number)]
        return "P" + ("".join(parts) or "0D")
    worded = WORDED.fullmatch(text)
    if not worded:
        raise InvalidValue(field="duration", value=text, why="not a duration such as: 3 years, 8 months, P1Y6M, life")
    return f"P{int(worded[1])}{worded[2][0].upper()}"


def _last_otherwise(one: str, other: str) -> bool:
    """Whether two durations cannot be the same: 12 months are a year, and 30 days may be a month."""
    (months, days), (months2, days2) = _months_and_days(one), _months_and_days(other)
    if months == months2 or (days, days2) == (0, 0):
        return (months, days) != (months2, days2)
    return abs((months - months2) * MONTH + days - days2) > 3


def _months_and_days(text: str) -> tuple[int, int]:
    match = DURATION.fullmatch(text)
    years, months, weeks, days = (int(number or 0) for number in match.groups()) if match else (0, 0, 0, 0)
    return years * 12 + months, weeks * 7 + days


def _subject(db: Database, field: Field, identity: str) -> str:
    row = db.conn.execute("SELECT kind FROM subject WHERE uuid = ?", (identity,)).fetchone()
    if row is None:
        raise InvalidValue(field=field.code, value=identity, why="no such record")
    if field.of and row[0] not in field.of:
        raise InvalidValue(field=field.code, value=identity, why=f"a {row[0]}, not one of: {', '.join(field.of)}")
    return identity
