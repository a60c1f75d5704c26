"""Labels of terms, and of subjects, derived from their facts: what lists, links and headings call them."""

from __future__ import annotations

from archive.cases.records import Kind
from archive.cases.tables import ASSERTED
from archive.connect import Database

# for each kind, the fields whose first value names it
NAMING = {
    Kind.PERSON: ("name",),
    Kind.CASE: ("name", "person-concerned"),
    Kind.EVENT: ("event-type",),
    Kind.ORGANISATION: ("name", "official-name"),
    Kind.PROGRAMME: ("name", "official-name"),
    Kind.LAW: ("name", "official-name"),
    Kind.FIGURE: ("title", "counts"),
    Kind.STATEMENT: ("title", "said"),
    Kind.RESPONSE: ("name", "response-type"),
    Kind.TERM: ("name",),
    Kind.WORK: ("title", "name"),
}
LONGEST = 120
CUT = "…"
"""How a label ends that is longer."""
FIRST = "f.value >= 'ʰ', f.row"
"""Which name goes first: one in a script that more readers know, then the one recorded first."""
SEVERAL = ("person-concerned",)
VOCABULARIES = {"event-type": "event-type", "counts": "counted", "response-type": "response"}
UNNAMED = {Kind.PERSON: "Unnamed person", Kind.EVENT: "Event", Kind.STATEMENT: "Statement", Kind.FIGURE: "Figure"}


def of_term(db: Database, vocabulary: str, code: str, language: str) -> str:
    """The preferred label of a term in a language, else in English, else the code itself."""
    row = db.conn.execute(
        "SELECT text FROM term_label WHERE vocabulary = ? AND code = ? AND role = 'preferred'"
        " ORDER BY language != ?, language != 'en' LIMIT 1",
        (vocabulary, code, language),
    ).fetchone()
    return str(row[0]) if row else code


def refresh(db: Database, row: int) -> None:
    """Derive the label of a subject anew, and those of the cases that are called by it. Part of a transaction."""
    for one in (row, *_called_by(db, row)):
        identity, kind, code, old = db.conn.execute(
            "SELECT uuid, kind, code, label FROM subject WHERE row = ?", (one,)
        ).fetchone()
        label = _derived(db, one, Kind(kind)) or code or UNNAMED.get(Kind(kind), "") or f"{kind} {identity[:8]}"
        if label != old:
            db.conn.execute("UPDATE subject SET label = ? WHERE row = ?", (label, one))


def _derived(db: Database, row: int, kind: Kind) -> str:
    for field in NAMING[kind]:
        found = _values(db, row, field)
        if not found:
            continue
        if field in SEVERAL:
            names = [_label(db, identity) for identity in found]
            text = ", ".join(names[:3]) + (f" +{len(names) - 3}" if len(names) > 3 else "")
        elif field in VOCABULARIES:
            text = of_term(db, VOCABULARIES[field], found[0], "en")
        else:
            text = found[0]
        return shortened(text)
    return ""


def shortened(text: str) -> str:
    """A label of LONGEST characters at most."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + CUT


def _values(db: Database, row: int, field: str) -> list[str]:
    """The values that a source asserts; where none is asserted, all of them."""
    found = db.conn.execute(
        f"SELECT value, {ASSERTED} FROM fact AS f WHERE subject = ? AND field = ? AND state = 'current'"
        f" ORDER BY {FIRST}",
        (row, field),
    ).fetchall()
    return [value for value, asserted in found if asserted] or [value for value, _ in found]


def _label(db: Database, identity: str) -> str:
    found = db.conn.execute("SELECT label FROM subject WHERE uuid = ?", (identity,)).fetchone()
    return found[0] if found else ""


def _called_by(db: Database, row: int) -> list[int]:
    """The cases whose label names this subject."""
    rows = db.conn.execute(
        "SELECT f.subject FROM fact AS f JOIN subject AS c ON c.row = f.subject AND c.kind = 'case'"
        " WHERE f.field = 'person-concerned' AND f.state = 'current'"
        " AND f.value = (SELECT uuid FROM subject WHERE row = ?)",
        (row,),
    )
    return [one for (one,) in rows]
