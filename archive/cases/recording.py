"""Recording as one action: new subjects and the facts of a passage together, and taken back together."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from archive import custody
from archive.cases import facts, judging, subjects
from archive.cases.records import Citation, Entry, Kind, Recorded, Subject
from archive.connect import Database, writing
from archive.records import Confidentiality


@dataclass(frozen=True, slots=True)
class Draft:
    """A subject about to be made. Entries and other drafts name it by its `handle` until it has a UUID; `parent` is a
    UUID or the handle of an earlier draft."""

    handle: str
    kind: Kind
    parent: str = ""
    confidentiality: Confidentiality = Confidentiality.RESTRICTED


@dataclass(frozen=True, slots=True)
class Done:
    """What one action did: the UUIDs of the subjects made, by handle, and what became of each entry."""

    made: dict[str, str]
    recorded: tuple[Recorded, ...]


def record(db: Database, citation: Citation, drafts: Sequence[Draft], entries: Sequence[Entry], *, who: str) -> Done:
    """Make the subjects and record the facts, all or nothing. Raises what `subjects.create` and `facts.record` do."""
    with writing(db):
        made: dict[str, str] = {}
        for draft in drafts:
            parent = made.get(draft.parent, draft.parent)
            subject = subjects.create(db, draft.kind, parent=parent, confidentiality=draft.confidentiality, who=who)
            made[draft.handle] = subject.id
        meant = [
            replace(one, subject=made.get(one.subject, one.subject), value=made.get(one.value, one.value))
            for one in entries
        ]
        return Done(made, facts.record(db, citation, meant, who=who))


def undo(db: Database, done: Done, *, who: str) -> tuple[str, ...]:
    """Take back what `record` did; returns the UUIDs of the subjects that are gone with it.

    A subject it made stays where anything else has come to refer to it meanwhile.
    """
    gone: list[str] = []
    with writing(db):
        judging.undo(db, done.recorded, who=who)
        (first,) = db.conn.execute(
            "SELECT coalesce(min(row), 0) FROM source WHERE uuid IN (SELECT value FROM json_each(?))",
            (json.dumps([one.source for one in done.recorded]),),
        ).fetchone()
        for identity in reversed(done.made.values()):
            subject = subjects.get(db, identity)
            if _is_used(db, subject, first):
                continue
            db.conn.execute("DELETE FROM source WHERE fact IN (SELECT row FROM fact WHERE subject = ?)", (subject.row,))
            db.conn.execute("DELETE FROM fact WHERE subject = ?", (subject.row,))
            db.table("subject").delete(subject.row)
            custody.record(db, "subject undone", identity, {"kind": str(subject.kind)}, who)
            gone.append(identity)
    return tuple(gone)


def _is_used(db: Database, subject: Subject, after: int) -> bool:
    """Whether anything but facts that were taken back refers to a subject; chains only in sources after a row."""
    found = db.conn.execute(
        "SELECT 1 FROM fact WHERE (subject = ?1 OR value = ?2) AND state != 'undone'"
        " UNION ALL SELECT 1 FROM subject WHERE parent = ?1 OR merged = ?1"
        " UNION ALL SELECT 1 FROM merge WHERE ?2 IN (kept, gone)"
        " UNION ALL SELECT 1 FROM not_same WHERE ?2 IN (one, other)"
        " UNION ALL SELECT 1 FROM document_link WHERE other = ?2"
        " UNION ALL SELECT 1 FROM source WHERE row > ?3 AND state = 'current' AND instr(chain, ?2)",
        (subject.row, subject.id, after),
    ).fetchone()
    return found is not None
