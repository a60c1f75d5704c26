"""Subjects: persons, cases, events and whatever else facts are about; made, found, and labelled from their facts."""

from __future__ import annotations

import json
import re
import secrets
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from archive import custody, meta
from archive.cases.records import Kind, Subject
from archive.connect import Database, insert, writing
from archive.errors import AmbiguousId, ChangedMeanwhile, InvalidValue, NoSuchRecord
from archive.records import Confidentiality

COLUMNS = (
    "s.uuid, s.row, s.kind, s.code, coalesce(p.uuid, ''), s.label, s.confidentiality, s.created, s.who"
    " FROM subject AS s LEFT JOIN subject AS p ON p.row = s.parent"
)
# without 0 and O, 1 and I: a code is read out over the telephone
CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 5
CODE = re.compile(r"C-[0-9A-Z]{1,12}")
BELONGS_TO = {Kind.EVENT: (Kind.CASE, Kind.PROGRAMME, Kind.PERSON)}


def create(
    db: Database,
    kind: Kind,
    *,
    who: str,
    parent: str = "",
    confidentiality: Confidentiality = Confidentiality.RESTRICTED,
    identity: str = "",
    code: str = "",
) -> Subject:
    """Make a subject without any fact yet; a case gets a random code.

    `identity` and `code` are given only for a record that comes from another desk. Raises InvalidValue for an event
    without a case, programme or person it belongs to, or another kind with one.
    """
    with writing(db):
        if bool(parent) != (kind in BELONGS_TO):
            raise InvalidValue(field="parent", value=parent, why="an event belongs to a case, and nothing else does")
        above = get(db, parent) if parent else None
        if above and above.kind not in BELONGS_TO[kind]:
            raise InvalidValue(field="parent", value=parent, why=f"an event cannot belong to a {above.kind}")
        identity = identity or str(uuid.uuid4())
        code = code or (_new_code(db) if kind is Kind.CASE else "")
        insert(
            db,
            "subject",
            {
                "uuid": identity,
                "kind": str(kind),
                "code": code,
                "parent": above.row if above else None,
                "label": code,
                "confidentiality": str(confidentiality),
                "created": meta.now(),
                "who": who,
            },
        )
        custody.record(db, "subject made", identity, {"kind": str(kind)}, who)
        return get(db, identity)


def get(db: Database, identity: str) -> Subject:
    """The subject with this UUID. Raises NoSuchRecord."""
    row = db.conn.execute(f"SELECT {COLUMNS} WHERE s.uuid = ?", (identity,)).fetchone()
    if row is None:
        raise NoSuchRecord(id=identity)
    return _from_row(row)


def followed(db: Database, identity: str) -> str:
    """The UUID of the person that a merged one is now; any other UUID as it is."""
    row = db.conn.execute(
        "WITH RECURSIVE line (row, uuid, merged) AS (SELECT row, uuid, merged FROM subject WHERE uuid = ?"
        " UNION SELECT s.row, s.uuid, s.merged FROM line JOIN subject AS s ON s.row = line.merged)"
        " SELECT uuid FROM line WHERE merged IS NULL",
        (identity,),
    ).fetchone()
    return str(row[0]) if row else identity


def resolve(db: Database, words: str) -> str:
    """The UUID of the one subject with this code, UUID or beginning of a UUID, in any case.

    Raises NoSuchRecord and AmbiguousId.
    """
    wanted = words.strip()
    if any("\ud800" <= letter <= "\udfff" for letter in wanted):  # made of broken bytes; no database takes them
        raise NoSuchRecord(id=words)
    row = db.conn.execute("SELECT uuid FROM subject WHERE code = ? AND code != ''", (wanted.upper(),)).fetchone()
    if row:
        return str(row[0])
    wanted = wanted.lower()
    if not wanted or not set(wanted) <= set("0123456789abcdef-"):
        raise NoSuchRecord(id=words)
    found = db.conn.execute("SELECT uuid FROM subject WHERE uuid BETWEEN ?1 AND ?1 || 'g'", (wanted,)).fetchall()
    if not found:
        raise NoSuchRecord(id=words)
    if len(found) > 1:
        raise AmbiguousId(id=words, count=len(found))
    return str(found[0][0])


def of_kind(db: Database, kind: Kind) -> Iterator[Subject]:
    """All subjects of a kind by their labels; those merged into others are left out."""
    for row in db.conn.execute(f"SELECT {COLUMNS} WHERE s.kind = ? AND s.merged IS NULL ORDER BY s.label", (kind,)):
        yield _from_row(row)


def named(db: Database, kinds: Sequence[Kind], only: Sequence[str] | None = None) -> list[tuple[str, str, str, str]]:
    """UUID, kind, label and code of every subject of these kinds, or of those with the UUIDs in `only`.

    Those merged into others are left out.
    """
    among = (
        "subject AS s" if only is None else "json_each(?2) AS wanted CROSS JOIN subject AS s ON s.uuid = wanted.value"
    )
    given = (json.dumps([str(kind) for kind in kinds]), *(() if only is None else (json.dumps(list(only)),)))
    return db.conn.execute(
        f"SELECT s.uuid, s.kind, s.label, s.code FROM {among}"
        " WHERE s.merged IS NULL AND +s.kind IN (SELECT value FROM json_each(?1))",  # + : row by row, most are wanted
        given,
    ).fetchall()


def belonging_to(db: Database, parent: Subject) -> tuple[Subject, ...]:
    """The events of a case or programme, in the order in which they were made."""
    rows = db.conn.execute(f"SELECT {COLUMNS} WHERE s.parent = ? ORDER BY s.row", (parent.row,))
    return tuple(map(_from_row, rows))


def count(db: Database, kind: Kind) -> int:
    """How many subjects of a kind there are."""
    return int(db.conn.execute("SELECT count(*) FROM subject WHERE kind = ? AND merged IS NULL", (kind,)).fetchone()[0])


def protect(
    db: Database,
    identity: str,
    confidentiality: Confidentiality,
    *,
    who: str,
    because: str = "",
    seen: Confidentiality | None = None,
) -> None:
    """Set who may see a subject; `because` says what made the program do so by itself.

    Raises NoSuchRecord, and ChangedMeanwhile where it is not kept as it was `seen`.
    """
    with writing(db):
        subject = get(db, identity)
        if seen not in (None, subject.confidentiality):
            raise ChangedMeanwhile(id=identity)
        if subject.confidentiality is not confidentiality:
            db.table("subject").update(subject.row, {"confidentiality": str(confidentiality)})
            content: dict[str, str | int] = {"confidentiality": str(confidentiality), "because": because}
            custody.record(db, "protected", identity, content, who)


def kept_safe(db: Database, identity: str) -> str:
    """What made the program protect a subject by itself; empty where a desk chose since, or nothing did."""
    protected = [one for one in custody.entries(db, identity) if one.action == "protected" and one.content]
    return str((protected[-1].content or {}).get("because", "")) if protected else ""


def from_rows(rows: Sequence[Sequence[Any]]) -> tuple[Subject, ...]:
    """The subjects in rows of COLUMNS."""
    return tuple(map(_from_row, rows))


def _from_row(row: Sequence[Any]) -> Subject:
    return Subject(row[0], row[1], Kind(row[2]), row[3], row[4], row[5], Confidentiality(row[6]), row[7], row[8])


def _new_code(db: Database) -> str:
    """A random code: nothing about the case can be told from it."""
    while True:
        code = "C-" + "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        if not db.conn.execute("SELECT 1 FROM subject WHERE code = ? AND code != ''", (code,)).fetchone():
            return code
