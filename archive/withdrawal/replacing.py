"""Records the right value of a fact in the step in which the wrong one is withdrawn, on the same passages."""

from __future__ import annotations

from dataclasses import dataclass, replace

from archive.cases import facts, fields, subjects, values
from archive.cases.fields import Type
from archive.cases.records import Citation, Entry, Fact
from archive.connect import Database
from archive.dates import span
from archive.errors import AmbiguousId, InvalidValue, NoSuchRecord


@dataclass(frozen=True, slots=True)
class Instead:
    """The right value as typed, and its EDTF date; None keeps that of the wrong one."""

    value: str
    as_of: str | None = None


def require(db: Database, identity: str, instead: Instead) -> None:
    """Raise InvalidValue where this cannot be recorded instead of the fact with this UUID, and NoSuchRecord."""
    _entry(db, facts.get(db, identity), instead)


def record(db: Database, identity: str, instead: Instead, *, who: str) -> str:
    """Record it on every passage that the wrong fact rests on, with what is said of those, but for the words of another
    date; the UUID of the fact, which is as confidential. Part of the caller's transaction. Raises InvalidValue,
    NoSuchRecord."""
    wrong = facts.get(db, identity)
    entry, made = _entry(db, wrong, instead), ""
    for source in wrong.sources:
        words = source.date_words if entry.value == wrong.value else ""  # they say the date that is withdrawn
        said = replace(entry, date_words=words, hedge=source.hedge, note=source.note)
        cited = Citation(
            source.document,
            source.version,
            source.start,
            source.end,
            source.language,
            source.chain,
            source.stance,
        )
        (recorded,) = facts.record(db, cited, [said], who=who, confidentiality=wrong.confidentiality)
        made = recorded.fact
    return made


def _entry(db: Database, wrong: Fact, instead: Instead) -> Entry:
    field = fields.field(wrong.field)
    if not wrong.sources:
        raise InvalidValue(field="source", value=instead.value, why="no fact without a source")
    as_of = wrong.as_of if instead.as_of is None else instead.as_of.strip()
    span(as_of)
    value = _meant(db, field, instead.value) if field.type is Type.SUBJECT else instead.value
    value = values.canonical(db, field, value)
    if (value, as_of) == (wrong.value, wrong.as_of):
        raise InvalidValue(field=field.code, value=instead.value, why="the value that is withdrawn")
    return Entry(wrong.subject, wrong.field, value, as_of)


def _meant(db: Database, field: fields.Field, words: str) -> str:
    """The record that is meant by a UUID, its beginning, a code, or what it is called. Raises InvalidValue."""
    try:
        return subjects.resolve(db, words)
    except (NoSuchRecord, AmbiguousId):
        wanted = " ".join(words.split()).casefold()
        called = [one[0] for one in subjects.named(db, field.of) if one[2].casefold() == wanted]
        if len(called) != 1:
            why = "no such record" if not called else "several records are called so"
            raise InvalidValue(field=field.code, value=words, why=why) from None
        return str(called[0])
