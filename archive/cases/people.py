"""Persons who may be one: proposed on more than a name, merged by a person with a reason, and taken apart again."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from archive import custody, meta
from archive.cases import facts, judging, labels, subjects, values
from archive.cases.records import Fact, Kind, State, Subject
from archive.connect import Database, writing
from archive.errors import ChangedMeanwhile, InvalidValue, NoSuchRecord
from archive.records import Confidentiality

SECOND = ("born", "citizenship", "affiliation", "parent-of", "spouse-of", "sibling-of", "relative-of")
"""Fields of which one must agree beside the name."""
ANONYMISED = re.compile(r"[某×*○〇Ｘ]|\bX{1,3}\b|\b[A-Z]\.?$|匿名|(?i:anonym)")


MERGED = "merged"
"""The reason of a fact that went with a merge."""
Moved = tuple[str, int, int, str]
"""`fact`, its row, its subject and value before; or `source`, its row, its fact before, and nothing."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two persons who may be one, with the fields in which they agree."""

    one: Subject
    other: Subject
    agree: tuple[str, ...]


def proposals(db: Database) -> Iterator[Proposal]:
    """Persons with a name in common and a second field that agrees, unless someone said that they are two.

    Never on sound or name alone, and never for an anonymised name such as 王某.
    """
    rows = db.conn.execute(
        "SELECT a.uuid, b.uuid, f.value FROM fact AS f JOIN subject AS a ON a.row = f.subject AND a.merged IS NULL"
        " JOIN fact AS g ON g.field = 'name' AND g.value = f.value AND g.state = 'current' AND g.subject > f.subject"
        " JOIN subject AS b ON b.row = g.subject AND b.kind = 'person' AND b.merged IS NULL"
        " WHERE f.field = 'name' AND f.state = 'current' AND a.kind = 'person'"
    ).fetchall()
    pairs = dict.fromkeys((row[0], row[1]) for row in rows if not ANONYMISED.search(row[2]))
    held: dict[str, set[tuple[str, str]]] = {}
    for identity, field, value in db.conn.execute(
        "SELECT s.uuid, f.field, f.value FROM json_each(?1) AS wanted CROSS JOIN subject AS s ON s.uuid = wanted.value"
        " CROSS JOIN fact AS f ON f.subject = s.row"
        " WHERE f.state = 'current' AND f.field IN (SELECT value FROM json_each(?2))",
        (json.dumps(list(dict.fromkeys(one for pair in pairs for one in pair))), json.dumps(SECOND)),
    ):
        held.setdefault(identity, set()).add((field, value))
    for one, other in pairs:
        agree = sorted({field for field, _ in held.get(one, set()) & held.get(other, set())})
        if agree and not apart(db, one, other):
            yield Proposal(subjects.get(db, one), subjects.get(db, other), ("name", *agree))


def apart(db: Database, one: str, other: str) -> bool:
    """Whether someone said that two persons are not the same."""
    first, second = sorted((one, other))
    found = db.conn.execute("SELECT 1 FROM not_same WHERE one = ? AND other = ?", (first, second)).fetchone()
    return found is not None


def keep_apart(db: Database, one: str, other: str, reason: str, *, who: str) -> None:
    """Store that two persons are not the same; they are never proposed again. Raises NoSuchRecord, InvalidValue."""
    reason = values.words("reason", reason)
    if one == other or not reason:
        raise InvalidValue(field="reason", value=reason, why="two different persons and a reason are needed")
    first, second = sorted((one, other))
    with writing(db):
        for identity in (one, other):
            subjects.get(db, identity)
        db.conn.execute(
            "INSERT OR IGNORE INTO not_same (one, other, reason, created, who) VALUES (?, ?, ?, ?, ?)",
            (first, second, reason, meta.now(), who),
        )
        custody.record(db, "not the same", first, {"other": second}, who)


def let_together(db: Database, one: str, other: str, *, who: str) -> None:
    """Take back that two persons are not the same. Raises ChangedMeanwhile where nobody says so any more."""
    first, second = sorted((one, other))
    with writing(db):
        gone = db.conn.execute("DELETE FROM not_same WHERE one = ? AND other = ?", (first, second))
        if not gone.rowcount:
            raise ChangedMeanwhile(id=first)
        custody.record(db, "may be the same", first, {"other": second}, who)


def merge(db: Database, kept: str, gone: str, reason: str, *, who: str) -> str:
    """Make one person of two: the facts about `gone`, and those that name it, go over to `kept`. Returns the id under
    which it can be undone.

    Equal facts fold; `kept` is protected at least as `gone` was. Raises NoSuchRecord, ChangedMeanwhile where one of
    them was merged into another, and InvalidValue without a reason, for what are no two persons, or where someone said
    that they are not the same.
    """
    with writing(db):
        one, other = subjects.get(db, kept), subjects.get(db, gone)
        reason = values.words("reason", reason)
        why = (
            "a merge wants a reason"
            if not reason
            else "only persons are merged"
            if one.kind is not Kind.PERSON or other.kind is not Kind.PERSON or kept == gone
            else "someone said that they are not the same"
            if apart(db, kept, gone)
            else ""
        )
        if why:
            raise InvalidValue(field="merge", value=other.label, why=why)
        for identity in (kept, gone):
            if subjects.followed(db, identity) != identity:
                raise ChangedMeanwhile(id=identity)
        moved: list[Moved] = []
        found = db.conn.execute(
            "SELECT row, subject, field, value, as_of FROM fact"
            " WHERE (subject = ?1 OR value = ?2) AND state = 'current'",
            (other.row, gone),
        ).fetchall()
        for row, subject, field, value, as_of in found:
            to = (one.row if subject == other.row else subject, field, kept if value == gone else value, as_of)
            moved.append(("fact", row, subject, value))
            equal = facts.equal(db, *to)
            if to[0] == one.row and to[2] == kept:  # one was recorded as a relative of the other
                _set_merged(db, row, "")
            elif equal:
                sources = db.conn.execute("SELECT row FROM source WHERE fact = ?", (row,)).fetchall()
                moved += [("source", source, row, "") for (source,) in sources]
                db.conn.execute("UPDATE source SET fact = ? WHERE fact = ?", (equal[0], row))
                _set_merged(db, row, equal[1])
            else:
                db.conn.execute("UPDATE fact SET subject = ?, value = ? WHERE row = ?", (to[0], to[2], row))
        db.table("subject").update(other.row, {"merged": one.row})
        identity = str(uuid.uuid4())
        db.table("merge").insert(
            {
                "id": identity,
                "kept": kept,
                "gone": gone,
                "reason": reason,
                "moved": json.dumps(moved),
                "created": meta.now(),
                "who": who,
                "undone": "",
            }
        )
        custody.record(db, "merged", kept, {"other": gone}, who)
        levels = list(Confidentiality)
        if levels.index(other.confidentiality) > levels.index(one.confidentiality):
            subjects.protect(db, kept, other.confidentiality, because="merged", who=who)
        # the one that went keeps its label, by which a merge is told from another
        _relabel(db, {one.row, *(row for what, _, row, _ in moved if what == "fact")} - {other.row})
        return identity


def unmerge(db: Database, identity: str, *, who: str) -> None:
    """Undo a merge: what it moved goes back. What was recorded since stays with the person that was kept, and a fact
    that then has no source is set apart.

    Raises NoSuchRecord, ChangedMeanwhile where it was undone before, and InvalidValue where a later merge that rests
    on it has to be undone first.
    """
    with writing(db):
        row = db.conn.execute("SELECT kept, gone, moved, undone FROM merge WHERE id = ?", (identity,)).fetchone()
        if row is None:
            raise NoSuchRecord(id=identity)
        kept, gone, moves, undone = row[0], row[1], [(*one,) for one in json.loads(row[2])], row[3]
        if undone:
            raise ChangedMeanwhile(id=identity)
        if _is_built_on(db, identity, moves):
            raise InvalidValue(field="merge", value=identity, why="a later merge has to be undone first")
        one, other = subjects.get(db, kept), subjects.get(db, gone)
        touched = {at for what, at, _, _ in moves if what == "fact"}
        for what, at, before, _ in moves:
            if what == "source":
                touched |= {fact for (fact,) in db.conn.execute("SELECT fact FROM source WHERE row = ?", (at,))}
                db.conn.execute("UPDATE source SET fact = ? WHERE row = ?", (before, at))
        for what, at, before, value in moves:
            if what == "fact":
                touched.add(_give_back(db, at, before, value))
        judging.drop_unsourced(db, touched, who=who)
        db.table("subject").update(other.row, {"merged": None})
        db.table("merge").update(identity, {"undone": meta.now()})
        custody.record(db, "merge undone", kept, {"other": gone}, who)
        _relabel(db, {one.row, other.row, *(row for what, _, row, _ in moves if what == "fact")})


def _is_built_on(db: Database, identity: str, moves: Sequence[Moved]) -> bool:
    """Whether a later merge that stands moved what this one had moved, or moved something onto it."""
    moved = {(what, at) for what, at, _, _ in moves}
    later = db.conn.execute(
        "SELECT moved FROM merge WHERE undone = '' AND rowid > (SELECT rowid FROM merge WHERE id = ?)", (identity,)
    ).fetchall()
    for (told,) in later:
        for what, at, _, _ in json.loads(told):
            if (what, at) in moved:
                return True
            if what == "source":
                onto = db.conn.execute("SELECT fact FROM source WHERE row = ?", (at,)).fetchone()
                if onto and ("fact", onto[0]) in moved:
                    return True
    return False


def _set_merged(db: Database, row: int, into: str) -> None:
    db.conn.execute(
        "UPDATE fact SET state = 'superseded', state_reason = ?, replaced_by = ? WHERE row = ?", (MERGED, into, row)
    )


def _give_back(db: Database, row: int, subject: int, value: str) -> int:
    """Make a fact again what it was before a merge; the row of the fact that now stands for it."""
    found = db.conn.execute("SELECT field, as_of, state, state_reason FROM fact WHERE row = ?", (row,)).fetchone()
    if found is None:
        return row
    field, as_of, state, reason = found
    if state == State.CURRENT or reason == MERGED:
        equal = facts.equal(db, subject, field, value, as_of)
        if equal and equal[0] != row:
            db.conn.execute("UPDATE source SET fact = ? WHERE fact = ?", (equal[0], row))
            _set_merged(db, row, equal[1])
            db.conn.execute("UPDATE fact SET subject = ?, value = ? WHERE row = ?", (subject, value, row))
            return equal[0]
        db.conn.execute("UPDATE fact SET state = 'current', state_reason = '', replaced_by = '' WHERE row = ?", (row,))
    db.conn.execute("UPDATE fact SET subject = ?, value = ? WHERE row = ?", (subject, value, row))
    return row


def merges(db: Database, identity: str) -> tuple[tuple[str, str, str], ...]:
    """The merges of a person that stand: the id of each, the person that went, the reason."""
    rows = db.conn.execute(
        "SELECT id, gone, reason FROM merge WHERE kept = ? AND undone = '' ORDER BY created", (identity,)
    )
    return tuple(rows)


def facts_named(db: Database, identity: str) -> tuple[Fact, ...]:
    """The facts that stand and have this subject as their value: its cases, events, relatives."""
    rows = db.conn.execute(
        "SELECT uuid FROM fact WHERE value = ? AND state = 'current' ORDER BY row", (identity,)
    ).fetchall()
    return tuple(facts.get(db, row[0]) for row in rows)


def _relabel(db: Database, rows: Iterable[int]) -> None:
    for row in rows:
        labels.refresh(db, row)
