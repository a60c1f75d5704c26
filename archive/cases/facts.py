"""Facts: recorded with the passage that says so, folded where they are equal, and set apart with a reason.

Nothing is saved without a source. The custody log gets ids and salted hashes, never words.
"""

from __future__ import annotations

import json
import secrets
import uuid
from collections.abc import Iterable, Sequence
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
from archive.errors import ChangedMeanwhile, InvalidValue, NoSuchRecord
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


def assess(
    db: Database, identity: str, assessment: Assessment, reason: str, *, who: str, seen: Fact | None = None
) -> Fact:
    """Set the desk's own judgement, which wants a reason.

    Raises NoSuchRecord, InvalidValue, and ChangedMeanwhile where the fact stands no longer or is not judged as it was
    `seen`.
    """
    reason = values.words("reason", reason)
    if assessment is not Assessment.NONE and not reason:
        raise InvalidValue(field="assessment", value=str(assessment), why="without a reason")
    with writing(db):
        row = _standing(db, identity)
        now = get(db, identity)
        if seen and (now.assessment, now.assessment_reason) != (seen.assessment, seen.assessment_reason):
            raise ChangedMeanwhile(id=identity)
        db.table("fact").update(row, {"assessment": str(assessment), "assessment_reason": reason})
        custody.record(db, "assessed", identity, {"assessment": str(assessment)}, who)
        return get(db, identity)


def protect(
    db: Database, identity: str, confidentiality: Confidentiality, *, who: str, seen: Confidentiality | None = None
) -> None:
    """Set who may see a fact; the custody log keeps what it was before.

    Raises NoSuchRecord, and ChangedMeanwhile where the fact stands no longer or is not kept as it was `seen`.
    """
    with writing(db):
        row, now = _standing(db, identity), get(db, identity).confidentiality
        if seen not in (None, now):
            raise ChangedMeanwhile(id=identity)
        if now is not confidentiality:
            db.table("fact").update(row, {"confidentiality": str(confidentiality)})
            about: dict[str, str | int] = {"confidentiality": str(confidentiality), "before": str(now)}
            custody.record(db, "protected", identity, about, who)


def set_apart(db: Database, identity: str, state: State, reason: str, *, who: str, replaced_by: str = "") -> None:
    """Let a fact stand no longer: superseded by what came later, or corrected. Its sources stay with it.

    Raises NoSuchRecord, InvalidValue without a reason, ChangedMeanwhile where it stands no longer already.
    """
    reason = values.words("reason", reason)
    if state is State.CURRENT or not reason:
        raise InvalidValue(field="reason", value=reason, why="a fact is set apart for a reason")
    with writing(db):
        row = _standing(db, identity)
        about = {"state": str(state), "state_reason": reason, "replaced_by": replaced_by}
        db.table("fact").update(row, about)
        custody.record(db, str(state), identity, {"replaced_by": replaced_by}, who)
        labels.refresh(db, _subject_row(db, row))


def restore(db: Database, identity: str, *, who: str) -> None:
    """Let a fact that was set apart stand again.

    Raises NoSuchRecord, ChangedMeanwhile where an equal one stands, InvalidValue where no source is left to it.
    """
    with writing(db):
        found = db.conn.execute(
            "SELECT row, subject, field, value, as_of FROM fact WHERE uuid = ?", (identity,)
        ).fetchone()
        if found is None:
            raise NoSuchRecord(id=identity)
        if equal(db, *found[1:]):
            raise ChangedMeanwhile(id=identity)
        if not get(db, identity).sources:
            raise InvalidValue(field="source", value=identity, why="no fact without a source")
        if subjects.followed(db, found[3]) == subjects.followed(db, get(db, identity).subject):
            raise InvalidValue(field=found[2], value=found[3], why="the record itself")
        db.table("fact").update(found[0], {"state": str(State.CURRENT), "state_reason": "", "replaced_by": ""})
        custody.record(db, "restored", identity, {}, who)
        labels.refresh(db, found[1])


def undo(db: Database, recorded: Sequence[Recorded], *, who: str) -> None:
    """Take back what one `record` did: its sources go, and the facts that then have none are set apart as undone.

    A source that was recorded once more, by whatever desk, stays until that is taken back as well.
    """
    with writing(db):
        for one in reversed(recorded):
            found = db.conn.execute(
                "SELECT f.row, f.uuid, f.subject FROM source AS o JOIN fact AS f ON f.row = o.fact"
                " WHERE o.uuid = ? AND o.state = 'current'",
                (one.source,),
            ).fetchone()
            if found is None:
                continue
            row, identity, subject = found  # a merge may have given the source to another fact meanwhile
            custody.record(db, "source undone", one.source, {"fact": identity}, who)
            if not sources.is_wanted(db, one.source):
                db.conn.execute("UPDATE source SET state = 'undone' WHERE uuid = ?", (one.source,))
                drop_unsourced(db, [row], who=who)
                labels.refresh(db, subject)


def drop_unsourced(db: Database, rows: Iterable[int], *, who: str) -> None:
    """Set those of the facts in these rows apart that stand without any source left. Part of a transaction."""
    found = db.conn.execute(
        "SELECT f.uuid FROM json_each(?) AS wanted CROSS JOIN fact AS f ON f.row = wanted.value"
        " WHERE f.state = 'current'"
        " AND NOT EXISTS (SELECT 1 FROM source AS o WHERE o.fact = f.row AND o.state = 'current')",
        (json.dumps(list(rows)),),
    ).fetchall()
    for (identity,) in found:
        set_apart(db, identity, State.UNDONE, "undone", who=who)


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


def _standing(db: Database, identity: str) -> int:
    found = db.conn.execute("SELECT row, state FROM fact WHERE uuid = ?", (identity,)).fetchone()
    if found is None:
        raise NoSuchRecord(id=identity)
    if found[1] != State.CURRENT:
        raise ChangedMeanwhile(id=identity)
    return int(found[0])


def _subject_row(db: Database, fact: int) -> int:
    return int(db.conn.execute("SELECT subject FROM fact WHERE row = ?", (fact,)).fetchone()[0])


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
