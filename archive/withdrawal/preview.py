"""What a withdrawal would take, told as records that a person can look through before it is done."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from archive.cases import fields, labels
from archive.cases.fields import Type
from archive.connect import Database
from archive.withdrawal.reach import Reach

AMONG = "IN (SELECT value FROM json_each(?1))"
NAMES = frozenset({"name", "official-name", "title"})


@dataclass(frozen=True, slots=True)
class Titled:
    """A document or subject by its UUID, with its title or label; `kind` is document or the kind of subject."""

    id: str
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class FactGone:
    """A fact that goes: `about` is what its subject is called, `value` as a person reads it. `unsourced` where it
    rests on nothing but what goes."""

    id: str
    about: str
    field: str
    value: str
    unsourced: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything that would go with a record; `sort` is document, subject or fact.

    `containers` stay, but lose the bytes in which what goes is embedded; `mentions` counts the places in their texts
    that are cut. `still_naming` are documents that stay and hold passages which facts that go were taken from. `names`
    are titles, names and values by which what goes is known. The rest are counts of rows; `bytes` those of originals.
    """

    sort: str
    id: str
    title: str
    members: bool
    documents: tuple[Titled, ...]
    subjects: tuple[Titled, ...]
    emptied: tuple[Titled, ...]
    facts: tuple[FactGone, ...]
    containers: tuple[Titled, ...]
    still_naming: tuple[Titled, ...]
    terms: tuple[str, ...]
    names: tuple[str, ...]
    mentions: int
    texts: int
    originals: int
    bytes: int
    file_names: int
    links: int
    corrections: int
    sources: int
    custody: int


def look(db: Database, goes: Reach) -> Preview:
    """Tell what a withdrawal would take."""
    documents = _documents(db, goes.documents)
    subjects = _subjects(db, goes.subjects)
    facts = tuple(_facts(db, goes))
    hashes = [row[0] for row in _found(db, f"SELECT sha256 FROM document WHERE row {AMONG}",
                                       (*goes.documents, *goes.containers))]  # fmt: skip
    originals, size = _found(db, f"SELECT count(*), coalesce(sum(size), 0) FROM original WHERE sha256 {AMONG}", hashes)[
        0
    ]
    ids = [one.id for one in (*documents, *subjects)] + [one.id for one in facts]
    ids += [row[0] for row in _found(db, f"SELECT uuid FROM source WHERE row {AMONG}", goes.sources)]
    (title,) = [one.title for one in (*documents, *subjects) if one.id == goes.target.id] or [
        f"{one.about}: {one.value}" for one in facts if one.id == goes.target.id
    ]
    return Preview(
        goes.target.sort,
        goes.target.id,
        title,
        goes.members,
        documents,
        subjects,
        _subjects(db, goes.emptied),
        facts,
        _documents(db, goes.containers),
        _still_naming(db, goes),
        tuple(labels.of_term(db, vocabulary, code, "en") for vocabulary, code in goes.terms),
        _names(db, goes),
        sum(len(cuts) for cuts in goes.cuts.values()),
        _count(db, "text_version", "document", goes.documents),
        originals,
        size,
        _count(db, "document_name", "document", goes.documents),
        _count(db, "document_link", "document", goes.documents)
        + _count(db, "document_link", "other", [one.id for one in (*documents, *subjects)]),
        _count(db, "document_history", "document", goes.documents),
        len(goes.sources),
        _count(db, "custody", "document", ids),
    )


def file_names(shown: str) -> tuple[str, ...]:
    """What a file is called by the name under which it came, which may say in what it lay. Without its ending too,
    unless that leaves one word, which would be found everywhere."""
    last = re.split(r"[\\/]", shown.rstrip("\\/"))[-1]
    stem = PurePosixPath(last).stem
    return (last, stem) if len(re.findall(r"[^\W_]+", stem)) > 1 else (last,)


def _found(db: Database, statement: str, among: Iterable[object]) -> list[tuple]:  # type: ignore[type-arg]
    return db.conn.execute(statement, (json.dumps(list(among)),)).fetchall()


def _count(db: Database, table: str, column: str, among: Iterable[object]) -> int:
    return int(_found(db, f"SELECT count(*) FROM {table} WHERE {column} {AMONG}", among)[0][0])


def _documents(db: Database, rows: Iterable[int]) -> tuple[Titled, ...]:
    found = _found(db, f"SELECT uuid, title FROM document WHERE row {AMONG} ORDER BY row", rows)
    return tuple(Titled(identity, "document", title) for identity, title in found)


def _subjects(db: Database, rows: Iterable[int]) -> tuple[Titled, ...]:
    return tuple(
        Titled(*row)
        for row in _found(db, f"SELECT uuid, kind, label FROM subject WHERE row {AMONG} ORDER BY row", rows)
    )


def _facts(db: Database, goes: Reach) -> Iterable[FactGone]:
    unsourced = set(goes.unsourced)
    for row, identity, about, field, value in _found(
        db,
        "SELECT f.row, f.uuid, s.label, f.field, f.value FROM fact AS f JOIN subject AS s ON s.row = f.subject"
        f" WHERE f.row {AMONG} ORDER BY s.row, f.row",
        goes.facts,
    ):
        yield FactGone(identity, about, field, _worded(db, field, value), row in unsourced)


def _worded(db: Database, code: str, value: str) -> str:
    field = fields.everything().get(code)
    if field and field.type is Type.SUBJECT:
        found = db.conn.execute("SELECT label FROM subject WHERE uuid = ?", (value,)).fetchone()
        return str(found[0]) if found else value
    if field and field.type is Type.TERM:
        return labels.of_term(db, field.vocabulary, value, "en")
    return value


def _still_naming(db: Database, goes: Reach) -> tuple[Titled, ...]:
    found = _found(
        db,
        "SELECT DISTINCT d.uuid, d.title, d.row FROM source AS o JOIN document AS d ON d.row = o.document"
        f" WHERE o.row {AMONG} ORDER BY d.row",
        goes.sources,
    )
    kept = {*goes.documents}
    return tuple(Titled(identity, "document", title) for identity, title, row in found if row not in kept)


def _names(db: Database, goes: Reach) -> tuple[str, ...]:
    """What the records are called: titles of documents and their files' names, and what names the subjects."""
    found = [row[0] for row in _found(db, f"SELECT title FROM document WHERE row {AMONG}", goes.documents)]
    for (shown,) in _found(db, f"SELECT shown FROM document_name WHERE document {AMONG}", goes.documents):
        found += file_names(shown)
    for field, value in _found(db, f"SELECT field, value FROM fact WHERE row {AMONG} ORDER BY row", goes.facts):
        kind = fields.everything().get(field)
        if field in NAMES or (kind and kind.type is Type.NAME):
            found.append(value)
    found += [row[0] for row in _found(db, f"SELECT code FROM subject WHERE row {AMONG} AND code != ''", goes.subjects)]
    return tuple(dict.fromkeys(name for name in found if name.strip()))
