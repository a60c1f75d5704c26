"""People at risk: relatives and minors, made confidential by the program once a fact says that they are."""

from __future__ import annotations

from archive.cases import subjects
from archive.cases.records import Subject
from archive.connect import Database
from archive.records import Confidentiality

KIN = frozenset({"parent-of", "spouse-of", "sibling-of", "relative-of"})
"""Fields that make a person a relative, who starts as confidential."""
RELATIVE = "relative"


def protect(db: Database, subject: Subject, field: str, value: str, *, who: str) -> None:
    """Protect whom a new fact puts at risk: a relative or a minor becomes confidential; a person whom a case turns out
    to be about is kept as the case is, unless a desk chose otherwise. Part of a transaction."""
    if field == "person-concerned":
        person = subjects.get(db, value)
        if subjects.kept_safe(db, person.id) == RELATIVE:
            subjects.protect(db, person.id, subject.confidentiality, who=who)
        return
    at_risk = []
    if field in KIN:
        at_risk = [subject, subjects.get(db, value)]
    elif field == "minor" and value == "yes":
        at_risk = [subject]
    for person in at_risk:
        concerned = db.conn.execute(
            "SELECT 1 FROM fact WHERE field = 'person-concerned' AND value = ? AND state = 'current'", (person.id,)
        ).fetchone()
        if field == "minor" or not concerned:
            because = RELATIVE if field in KIN else field
            subjects.protect(db, person.id, Confidentiality.CONFIDENTIAL, because=because, who=who)
