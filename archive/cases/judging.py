"""What becomes of a recorded fact: it is judged, protected, set apart with a reason, taken back, or stands again.

The custody log gets ids and states, never words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from archive import custody
from archive.cases import facts, labels, sources, subjects, values
from archive.cases.records import Assessment, Fact, Recorded, State
from archive.connect import Database, writing
from archive.errors import ChangedMeanwhile, InvalidValue, NoSuchRecord
from archive.records import Confidentiality


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
        now = facts.get(db, identity)
        if seen and (now.assessment, now.assessment_reason) != (seen.assessment, seen.assessment_reason):
            raise ChangedMeanwhile(id=identity)
        db.table("fact").update(row, {"assessment": str(assessment), "assessment_reason": reason})
        custody.record(db, "assessed", identity, {"assessment": str(assessment)}, who)
        return facts.get(db, identity)


def protect(
    db: Database, identity: str, confidentiality: Confidentiality, *, who: str, seen: Confidentiality | None = None
) -> None:
    """Set who may see a fact; the custody log keeps what it was before.

    Raises NoSuchRecord, and ChangedMeanwhile where the fact stands no longer or is not kept as it was `seen`.
    """
    with writing(db):
        row, now = _standing(db, identity), facts.get(db, identity).confidentiality
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
        if facts.equal(db, *found[1:]):
            raise ChangedMeanwhile(id=identity)
        if not facts.get(db, identity).sources:
            raise InvalidValue(field="source", value=identity, why="no fact without a source")
        if subjects.followed(db, found[3]) == subjects.followed(db, facts.get(db, identity).subject):
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


def _standing(db: Database, identity: str) -> int:
    found = db.conn.execute("SELECT row, state FROM fact WHERE uuid = ?", (identity,)).fetchone()
    if found is None:
        raise NoSuchRecord(id=identity)
    if found[1] != State.CURRENT:
        raise ChangedMeanwhile(id=identity)
    return int(found[0])


def _subject_row(db: Database, fact: int) -> int:
    return int(db.conn.execute("SELECT subject FROM fact WHERE row = ?", (fact,)).fetchone()[0])
