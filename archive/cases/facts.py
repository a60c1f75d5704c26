"""Facts: recorded with the passage that says so, folded where they are equal, and read with their sources.

Nothing is saved without a source. The custody log gets ids and salted hashes, never words.
"""

from __future__ import annotations

import json
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from archive import custody, documents, meta
from archive.cases import at_risk, fields, labels, passages, sources, subjects, values
from archive.cases.passages import Quoted
from archive.cases.records import (
    Assessment,
    Citation,
    Entry,
    Fact,
    Recorded,
    Source,
    State,
    Subject,
)
from archive.connect import Database, insert, writing
from archive.dates import span
from archive.errors import InvalidValue, NoSuchRecord
from archive.records import Confidentiality, Document

FACT = (
    "f.uuid, s.uuid, f.field, f.value, f.as_of, f.state, f.state_reason, f.replaced_by, f.assessment,"
    " f.assessment_reason, f.confidentiality, f.created, f.who"
)


def record(
    db: Database,
    citation: Citation,
    entries: Sequence[Entry],
    *,
    who: str,
    confidentiality: Confidentiality | None = None,
) -> tuple[Recorded, ...]:
    """Record facts that one passage says, all or none of them.

    A fact equal to one that stands gets the passage as a further source; the same passage with the same stance, chain
    and words is not added twice. What names a merged person is about who that is now. Without `confidentiality` a fact
    starts with its subject's.
    Raises NoSuchRecord, and InvalidValue for a passage, field, value or date that cannot be kept.
    """
    with writing(db):
        document = documents.get(db, citation.document)
        quoted = passages.quoted(db, citation.document, citation.version, citation.start, citation.end)
        return tuple(_record(db, document, quoted, citation, one, who, confidentiality) for one in entries)


def get(db: Database, identity: str) -> Fact:
    """One fact with its sources. Raises NoSuchRecord."""
    row = db.conn.execute(
        f"SELECT f.row, {FACT} FROM fact AS f JOIN subject AS s ON s.row = f.subject WHERE f.uuid = ?", (identity,)
    ).fetchone()
    if row is None:
        raise NoSuchRecord(id=identity)
    return _fact(row[1:], sources.of_facts(db, [row[0]]).get(identity, ()))


def of_subject(db: Database, subject: Subject, *, apart: bool = False) -> tuple[Fact, ...]:
    """The facts about a subject that stand, in the order of the fields and then as recorded; with `apart` those that
    were superseded, corrected or undone instead."""
    return of_subjects(db, [subject], apart=apart).get(subject.id, ())


def of_subjects(db: Database, about: Sequence[Subject], *, apart: bool = False) -> dict[str, tuple[Fact, ...]]:
    """The facts of several subjects by subject, each as `of_subject` gives them."""
    found = db.conn.execute(
        f"SELECT f.row, {FACT} FROM json_each(?) AS wanted CROSS JOIN fact AS f ON f.subject = wanted.value"
        f" CROSS JOIN subject AS s ON s.row = f.subject"
        f" WHERE f.state {'!=' if apart else '='} 'current' ORDER BY wanted.key, f.row",
        (json.dumps([one.row for one in about]),),
    ).fetchall()
    cited = sources.of_facts(db, [row[0] for row in found])
    order = {code: at for at, code in enumerate(fields.everything())}
    gathered: dict[str, list[Fact]] = {}
    for row in found:
        gathered.setdefault(row[2], []).append(_fact(row[1:], cited.get(row[1], ())))
    return {
        subject: tuple(sorted(facts, key=lambda one: order.get(one.field, len(order))))
        for subject, facts in gathered.items()
    }


def citing(db: Database, document: str) -> tuple[Fact, ...]:
    """The facts that stand and rest on a document, each with all its sources."""
    rows = db.conn.execute(
        "SELECT DISTINCT f.uuid FROM source AS o JOIN fact AS f ON f.row = o.fact"
        " JOIN document AS d ON d.row = o.document"
        " WHERE d.uuid = ? AND o.state = 'current' AND f.state = 'current' ORDER BY o.start",
        (document,),
    ).fetchall()
    return tuple(get(db, row[0]) for row in rows)


def _record(
    db: Database,
    document: Document,
    quoted: Quoted,
    citation: Citation,
    entry: Entry,
    who: str,
    confidentiality: Confidentiality | None,
) -> Recorded:
    subject, field = subjects.get(db, subjects.followed(db, entry.subject)), fields.field(entry.field)
    if subject.kind not in field.on:
        raise InvalidValue(field=field.code, value=entry.value, why=f"a {subject.kind} has no such field")
    entry = _cleaned(entry)
    span(entry.as_of)
    value = values.canonical(db, field, entry.value)
    if field.type is fields.Type.SUBJECT:
        value = subjects.followed(db, value)
    if field.type is fields.Type.SUBJECT and value == subject.id:
        raise InvalidValue(field=field.code, value=value, why="the record itself")
    existing = equal(db, subject.row, field.code, value, entry.as_of)
    identity = existing[1] if existing else str(uuid.uuid4())
    at = meta.now()
    if existing:
        row = existing[0]
    else:
        salt = secrets.token_bytes(16)
        row = insert(
            db,
            "fact",
            {
                "uuid": identity,
                "subject": subject.row,
                "field": field.code,
                "value": value,
                "as_of": entry.as_of,
                "state": str(State.CURRENT),
                "state_reason": "",
                "replaced_by": "",
                "assessment": str(Assessment.NONE),
                "assessment_reason": "",
                "confidentiality": str(confidentiality or subject.confidentiality),
                "created": at,
                "who": who,
                "salt": salt,
            },
        )
        words = sources.digest(salt, subject.id, field.code, value, entry.as_of)
        custody.record(db, "fact recorded", identity, {"subject": subject.id, "hash": words}, who)
    source = sources.cite(db, row, identity, document, quoted, citation, entry, at, who)
    if not existing:
        at_risk.protect(db, subject, field.code, value, who=who)
    if not existing or field.code in labels.NAMING[subject.kind]:  # a name that was only denied is asserted now
        labels.refresh(db, subject.row)
    return Recorded(identity, source, existing is not None)


def _cleaned(entry: Entry) -> Entry:
    """The entry with the words beside its value as they are kept. Raises InvalidValue."""
    return replace(
        entry,
        as_of=entry.as_of.strip(),
        date_words=values.words("date_words", entry.date_words),
        hedge=values.words("hedge", entry.hedge),
        note=values.words("note", entry.note),
    )


def equal(db: Database, subject: int, field: str, value: str, as_of: str) -> tuple[int, str] | None:
    """The row and UUID of the fact that stands and says the same of the subject in this row, if there is one."""
    found: tuple[int, str] | None = db.conn.execute(
        "SELECT row, uuid FROM fact WHERE subject = ? AND field = ? AND value = ? AND as_of = ? AND state = 'current'",
        (subject, field, value, as_of),
    ).fetchone()
    return found


def _fact(row: Sequence[Any], cited: tuple[Source, ...]) -> Fact:
    return Fact(
        id=row[0],
        subject=row[1],
        field=row[2],
        value=row[3],
        as_of=row[4],
        state=State(row[5]),
        state_reason=row[6],
        replaced_by=row[7],
        assessment=Assessment(row[8]),
        assessment_reason=row[9],
        confidentiality=Confidentiality(row[10]),
        created=row[11],
        who=row[12],
        sources=cited,
    )
