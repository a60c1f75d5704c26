"""What leaves the archive: which records are confidential, and stay unless a person chooses otherwise."""

from __future__ import annotations

import re

from archive.connect import Database

MASKED = re.compile(r"[某×*○〇]")
"""What stands in a name for what is left out: 王某 tells of nobody, and is in the passages of many."""


def confidential(db: Database) -> frozenset[str]:
    """The UUIDs of the subjects, facts and sources that are confidential: by themselves, through the subject they
    belong to, tell of or name, because of a confidential person's name in their words (see MASKED), or because all
    that says so stands in confidential documents or in passages with such a name."""
    hidden = {
        row[0]
        for row in db.conn.execute(
            "WITH RECURSIVE hidden (row, uuid) AS (SELECT row, uuid FROM subject WHERE confidentiality = 'confidential'"
            " UNION SELECT s.row, s.uuid FROM subject AS s JOIN hidden ON hidden.row IN (s.parent, s.merged))"
            " SELECT uuid FROM hidden"
        )
    }
    names = [
        value
        for value, subject in db.conn.execute(
            "SELECT f.value, s.uuid FROM fact AS f JOIN subject AS s ON s.row = f.subject AND s.kind = 'person'"
            " WHERE f.field = 'name'"
        )
        if subject in hidden and not MASKED.search(value)
    ]
    open_sources: set[str] = set()
    for source, fact, quote, protected in db.conn.execute(
        "SELECT o.uuid, f.uuid, o.quote, d.confidentiality = 'confidential' FROM source AS o"
        " JOIN fact AS f ON f.row = o.fact JOIN document AS d ON d.row = o.document"
    ).fetchall():
        if protected or any(name in quote for name in names):
            hidden.add(source)
        else:
            open_sources.add(fact)
    for identity, subject, value, confidentiality in db.conn.execute(
        "SELECT f.uuid, s.uuid, f.value, f.confidentiality FROM fact AS f JOIN subject AS s ON s.row = f.subject"
    ).fetchall():
        told = confidentiality == "confidential" or hidden & {subject, value} or identity not in open_sources
        if told or any(name in value for name in names):
            hidden.add(identity)
    return frozenset(hidden)


def withheld(db: Database) -> int:
    """How many facts that stand stay in the archive because they are confidential."""
    hidden = confidential(db)
    return sum(row[0] in hidden for row in db.conn.execute("SELECT uuid FROM fact WHERE state = 'current'"))
