"""Which records a copy of casework tells of, so that after a withdrawal whoever made the copy can be told of it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from archive.cases.exchange import selection
from archive.connect import Database

STANDING = (
    "SELECT f.uuid, s.uuid, f.value, d.uuid FROM fact AS f JOIN subject AS s ON s.row = f.subject"
    " LEFT JOIN source AS o ON o.fact = f.row AND o.state = 'current' LEFT JOIN document AS d ON d.row = o.document"
    " WHERE f.state = 'current'"
)


def of_cases(db: Database, cases: Sequence[str]) -> tuple[str, ...]:
    """The UUIDs of what these cases tell of: themselves and their events, the facts about those, whom these facts name
    and the documents that they rest on."""
    rows = db.conn.execute(
        "SELECT s.row, s.uuid FROM subject AS s LEFT JOIN subject AS c ON c.row = s.parent"
        " WHERE coalesce(c.uuid, s.uuid) IN (SELECT value FROM json_each(?))",
        (json.dumps(list(cases)),),
    ).fetchall()
    about = json.dumps([row for row, _ in rows])
    found = db.conn.execute(f"{STANDING} AND f.subject IN (SELECT value FROM json_each(?))", (about,)).fetchall()
    return _flat(db, [identity for _, identity in rows], found, frozenset())


def everything(db: Database, *, confidential: bool) -> tuple[str, ...]:
    """The UUIDs of all casework and of the documents it rests on; without what is `confidential` where that is not
    taken in."""
    hidden = frozenset() if confidential else selection.confidential(db)
    about = [row[0] for row in db.conn.execute("SELECT uuid FROM subject ORDER BY row")]
    return _flat(db, about, db.conn.execute(STANDING).fetchall(), hidden)


def _flat(
    db: Database, about: Sequence[str], told: Sequence[tuple[str, str, str, str | None]], hidden: frozenset[str]
) -> tuple[str, ...]:
    """Subjects first, then facts with whom they name and what they rest on; each once, none that is `hidden`."""
    subjects = {row[0] for row in db.conn.execute("SELECT uuid FROM subject")}
    found = dict.fromkeys(about)
    for fact, _, value, document in told:
        if fact not in hidden:
            found |= dict.fromkeys(one for one in (fact, value, document) if one and (one != value or one in subjects))
    return tuple(one for one in found if one not in hidden)
