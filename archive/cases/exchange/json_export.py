"""Writes all casework as JSON, so that another desk, or this one after a loss, gets every record back as it was.

The file is one object: `format` and `version`, then lists of `documents` (referred to by SHA-256, with UUID and title),
`terms` in use, `subjects`, `facts` with their `sources`, `links` between documents, `not_same` and `merges`. Keys are
those of `archive.cases.records`; nothing in it says when or where it was written, so equal casework gives equal text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from archive import documents, texts
from archive.cases import fields, vocabularies
from archive.cases.exchange import selection
from archive.cases.exchange.quotations import QUOTATION
from archive.cases.exchange.selection import Secrets
from archive.cases.exchange.shown import WITHHELD
from archive.cases.fields import Type
from archive.connect import Database

FORMAT, VERSION = "tamarisk casework", 1
SUBJECT = ("id", "kind", "code", "parent", "confidentiality", "merged", "created", "who")
FACT = (
    "id",
    "subject",
    "field",
    "value",
    "as_of",
    "state",
    "state_reason",
    "replaced_by",
    "assessment",
    "assessment_reason",
    "confidentiality",
    "created",
    "who",
)
SOURCE = (
    "id",
    "document",
    "version",
    "start",
    "end",
    "page",
    "quote",
    "before",
    "after",
    "language",
    "chain",
    "stance",
    "date_words",
    "hedge",
    "note",
    "state",
    "created",
    "who",
)


def text(db: Database, *, confidential: bool = True) -> str:
    """The casework as JSON text, ending in a line end; without `confidential`, what is so is left out."""
    return json.dumps(bundle(db, confidential=confidential), ensure_ascii=False, indent=1) + "\n"


def bundle(db: Database, *, confidential: bool = True) -> dict[str, Any]:
    """The casework as objects that JSON can hold."""
    hidden = frozenset() if confidential else selection.confidential(db)
    subjects = [dict(zip(SUBJECT, row, strict=True)) for row in _subjects(db) if row[0] not in hidden]
    facts = _facts(db, hidden)
    names = selection.secrets(db, hidden) if hidden else selection.Secrets(())
    links = [
        one
        for one in _records(
            db,
            ("id", "document", "relation", "other", "created", "who"),
            "SELECT d.uuid, d.sha256, l.relation, l.other, l.created, l.who FROM document_link AS l"
            " JOIN document AS d ON d.row = l.document ORDER BY l.rowid",
        )
        if not hidden & {one.pop("id"), one["other"]}
    ]
    not_same = _records(
        db, ("one", "other", "reason", "created", "who"), "SELECT one, other, reason, created, who FROM not_same"
    )
    return {
        "format": FORMAT,
        "version": VERSION,
        "documents": _documents(db, facts, links),
        "terms": _terms(db, facts),
        "subjects": subjects,
        "facts": facts,
        "links": links,
        "not_same": [one for one in not_same if _may_leave(one, ("one", "other"), hidden, names)],
        "merges": [one for one in _merges(db, hidden) if _may_leave(one, ("kept", "gone"), hidden, names)],
    }


def _records(db: Database, keys: Iterable[str], query: str) -> list[dict[str, Any]]:
    return [dict(zip(keys, row, strict=True)) for row in db.conn.execute(query)]


def _may_leave(told: dict[str, Any], persons: Iterable[str], hidden: frozenset[str], names: Secrets) -> bool:
    return not hidden & {told[name] for name in persons} and not names.named_in(told["reason"])


def _subjects(db: Database) -> list[Any]:
    return db.conn.execute(
        "SELECT s.uuid, s.kind, s.code, coalesce(p.uuid, ''), s.confidentiality, coalesce(m.uuid, ''), s.created, s.who"
        " FROM subject AS s LEFT JOIN subject AS p ON p.row = s.parent LEFT JOIN subject AS m ON m.row = s.merged"
        " ORDER BY s.row"
    ).fetchall()


def _facts(db: Database, hidden: frozenset[str]) -> list[dict[str, Any]]:
    sources: dict[str, list[dict[str, Any]]] = {}
    for row in db.conn.execute(
        "SELECT f.uuid, o.uuid, d.sha256, o.version, o.start, o.end, o.page, o.quote, o.before, o.after, o.language,"
        " o.chain, o.stance, o.date_words, o.hedge, o.note, o.state, o.created, o.who FROM source AS o"
        " JOIN fact AS f ON f.row = o.fact JOIN document AS d ON d.row = o.document ORDER BY o.row"
    ):
        source = dict(zip(SOURCE, row[1:], strict=True))
        source["chain"] = [
            {"id": "", "words": WITHHELD} if identity in hidden else {"id": identity, "words": words}
            for identity, words in json.loads(source["chain"])
        ]
        if hidden:
            # what stands around a passage may name those whom the passage does not
            source |= {"before": "", "after": ""}
        if source["id"] not in hidden:
            sources.setdefault(row[0], []).append(source)
    found = _records(
        db,
        FACT,
        "SELECT f.uuid, s.uuid, f.field, f.value, f.as_of, f.state, coalesce(f.state_reason, ''),"
        " coalesce(f.replaced_by, ''), f.assessment, coalesce(f.assessment_reason, ''), f.confidentiality, f.created,"
        " f.who FROM fact AS f JOIN subject AS s ON s.row = f.subject ORDER BY f.row",
    )
    return [
        {**fact, "sources": sources.get(fact["id"], [])}
        for fact in found
        if not hidden & {fact["id"], fact["subject"], fact["value"]}
    ]


def _documents(db: Database, facts: list[dict[str, Any]], links: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every document that is cited or named by a chain or link; of quotations the text, for it exists nowhere else."""
    hashes = {source["document"] for fact in facts for source in fact["sources"]} | {one["document"] for one in links}
    ids = {step["id"] for fact in facts for source in fact["sources"] for step in source["chain"]}
    ids |= {one["other"] for one in links}
    rows = db.conn.execute(
        "SELECT uuid FROM document WHERE sha256 IN (SELECT value FROM json_each(?))"
        " OR uuid IN (SELECT value FROM json_each(?)) ORDER BY sha256",
        (json.dumps(sorted(hashes)), json.dumps(sorted(ids))),
    ).fetchall()
    found = []
    for document in documents.iterate(db, [row[0] for row in rows]):
        metadata = document.metadata
        about = {"id": document.id, "sha256": document.sha256, "title": metadata.title, "type": metadata.type}
        about |= {"language": metadata.language, "published": metadata.published, "source_url": metadata.source_url}
        if metadata.type == QUOTATION:
            about["text"] = texts.read(db, document.row, 1)
        found.append(about)
    return found


def _terms(db: Database, facts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The terms that facts use, with those broader and those they were merged into, broader ones first."""
    wanted: dict[tuple[str, str], None] = {}
    for fact in facts:
        field = fields.field(fact["field"])
        if field.type is Type.TERM:
            _reach(db, field.vocabulary, fact["value"], wanted)
    terms = [vocabularies.get(db, *key) for key in sorted(wanted)]
    return [
        {
            "vocabulary": term.vocabulary,
            "code": term.code,
            "broader": term.broader,
            "status": term.status,
            "replaced_by": term.replaced_by,
            "labels": [[one.language, one.role, one.text] for one in term.labels],
            "mappings": [[one.scheme, one.notation, one.match] for one in term.mappings],
        }
        for term in terms
    ]


def _reach(db: Database, vocabulary: str, code: str, wanted: dict[tuple[str, str], None]) -> None:
    if code and (vocabulary, code) not in wanted:
        wanted[vocabulary, code] = None
        term = vocabularies.get(db, vocabulary, code)
        for other in (term.broader, term.replaced_by):
            _reach(db, vocabulary, other, wanted)


def _merges(db: Database, hidden: frozenset[str]) -> list[dict[str, Any]]:
    """The merges of persons; what each moved is named by UUID instead of row."""
    keys = ("id", "kept", "gone", "reason", "moved", "created", "who", "undone")
    found = _records(db, keys, "SELECT id, kept, gone, reason, moved, created, who, undone FROM merge ORDER BY rowid")
    uuids = {table: dict(db.conn.execute(f"SELECT row, uuid FROM {table}")) for table in ("subject", "fact", "source")}
    for one in found:
        one["moved"] = [
            {
                "record": what,
                "id": uuids[what].get(row, ""),
                "from": uuids["subject" if what == "fact" else "fact"].get(before, ""),
                "value": value,
            }
            for what, row, before, value in json.loads(one["moved"])
            if uuids[what].get(row) not in hidden
        ]
    return found
