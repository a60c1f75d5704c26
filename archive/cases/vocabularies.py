"""Thesauri: terms with codes, broader terms, labels and definitions in several languages, and mappings to others.

A term in use is retired or merged into another, never deleted: what was recorded with it stays readable.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archive import custody, meta
from archive.cases import labels
from archive.connect import Database, writing
from archive.errors import InvalidValue, NoSuchRecord

DEEPEST = 5
ROLES = ("preferred", "other", "definition")
REVISION = "terms"


@dataclass(frozen=True, slots=True)
class Label:
    """A label or definition in a language (BCP 47); `role` is one of ROLES."""

    language: str
    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Mapping:
    """The matching concept of another scheme; `match` as in SKOS: exact, close, broad, narrow or related."""

    scheme: str
    notation: str
    match: str


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a thesaurus; `status` is `current`, `retired` or `merged`, then into `replaced_by`."""

    vocabulary: str
    code: str
    broader: str
    status: str
    replaced_by: str
    labels: tuple[Label, ...]
    mappings: tuple[Mapping, ...]


def names(db: Database) -> tuple[str, ...]:
    """The vocabularies of the archive."""
    return tuple(row[0] for row in db.conn.execute("SELECT DISTINCT vocabulary FROM term ORDER BY vocabulary"))


def terms(db: Database, vocabulary: str) -> Iterator[Term]:
    """All terms of a vocabulary in the order in which they were put."""
    for (code,) in db.conn.execute(
        "SELECT code FROM term WHERE vocabulary = ? ORDER BY rowid", (vocabulary,)
    ).fetchall():
        yield get(db, vocabulary, code)


def get(db: Database, vocabulary: str, code: str) -> Term:
    """One term. Raises NoSuchRecord."""
    row = db.conn.execute(
        "SELECT broader, status, replaced_by FROM term WHERE vocabulary = ? AND code = ?", (vocabulary, code)
    ).fetchone()
    if row is None:
        raise NoSuchRecord(id=f"{vocabulary}/{code}")
    where = "WHERE vocabulary = ? AND code = ? ORDER BY rowid"
    labels = db.conn.execute(f"SELECT language, role, text FROM term_label {where}", (vocabulary, code))
    mappings = db.conn.execute(f"SELECT scheme, notation, match FROM term_mapping {where}", (vocabulary, code))
    broader, status, replaced_by = row
    return Term(
        vocabulary,
        code,
        broader,
        status,
        replaced_by,
        tuple(Label(*one) for one in labels),
        tuple(Mapping(*one) for one in mappings),
    )


def put(db: Database, *terms: Term) -> None:
    """Add terms or replace what is known about them, broader ones first; subjects that use them are called and found
    by their new labels. Raises InvalidValue where one would be its own broader term, or lie deeper than DEEPEST
    levels, or where its broader term is missing."""
    altered = []
    with writing(db):
        for term in terms:
            try:
                known = get(db, term.vocabulary, term.code)
            except NoSuchRecord:
                known = None
            _put(db, term)
            if known and known != term:
                altered.append((term.vocabulary, term.code))
        _follow(db, altered)


def revision(db: Database) -> str:
    """Another one after every change to a term: who keeps labels need not read them again to know that they hold."""
    return meta.read(db, REVISION)


def _put(db: Database, term: Term) -> None:
    if not term.code or not term.vocabulary or any(label.role not in ROLES for label in term.labels):
        raise InvalidValue(field="term", value=term.code, why="without code or vocabulary, or a label without its role")
    above, level = term.broader, 1
    while above:
        level += 1
        if above == term.code or level > DEEPEST:
            why = "broader than itself" if above == term.code else f"more than {DEEPEST} levels"
            raise InvalidValue(field="broader", value=term.broader, why=why)
        row = db.conn.execute(
            "SELECT broader FROM term WHERE vocabulary = ? AND code = ?", (term.vocabulary, above)
        ).fetchone()
        if row is None:
            raise InvalidValue(field="broader", value=above, why="no such term")
        above = row[0]
    if term.broader and level + _levels_below(db, term.vocabulary, term.code) > DEEPEST:
        raise InvalidValue(field="broader", value=term.broader, why=f"more than {DEEPEST} levels")
    key = {"vocabulary": term.vocabulary, "code": term.code}
    about = {"broader": term.broader, "status": term.status, "replaced_by": term.replaced_by}
    db.table("term").upsert({**key, **about}, pk=("vocabulary", "code"))
    for table in ("term_label", "term_mapping"):
        db.table(table).delete_where("vocabulary = ? AND code = ?", (term.vocabulary, term.code))
    db.table("term_label").insert_all(
        ({**key, "language": one.language, "role": one.role, "text": one.text} for one in dict.fromkeys(term.labels)),
    )
    db.table("term_mapping").insert_all(
        (
            {**key, "scheme": one.scheme, "notation": one.notation, "match": one.match}
            for one in dict.fromkeys(term.mappings)
        ),
    )


def _levels_below(db: Database, vocabulary: str, code: str) -> int:
    """How many levels of narrower terms hang below a term."""
    row = db.conn.execute(
        "WITH RECURSIVE below (code, level) AS (SELECT ?2, 0 UNION SELECT t.code, level + 1 FROM term AS t, below"
        " WHERE t.vocabulary = ?1 AND t.broader = below.code AND level < ?3) SELECT max(level) FROM below",
        (vocabulary, code, DEEPEST),
    ).fetchone()
    return int(row[0])


def _follow(db: Database, altered: Iterable[tuple[str, str]]) -> None:
    """Name anew what is called by these terms, and tell the change feed who is found by them or a narrower one."""
    meta.write(db, REVISION, str(uuid.uuid4()))
    codes = {code for vocabulary, one in altered for code in narrower(db, vocabulary, one)}
    if not codes:
        return
    rows = db.conn.execute(
        "SELECT f.subject, max(f.field IN (SELECT value FROM json_each(?))) FROM json_each(?) AS wanted"
        " CROSS JOIN fact AS f ON f.value = wanted.value AND f.state = 'current' GROUP BY f.subject",
        (json.dumps(list(labels.VOCABULARIES)), json.dumps(sorted(codes))),
    ).fetchall()
    for row, named in rows:
        if named:
            labels.refresh(db, row)
    db.conn.execute(
        "INSERT INTO change (kind, record) SELECT DISTINCT 'subject', o.uuid FROM json_each(?) AS wanted"
        " CROSS JOIN subject AS s ON s.row = wanted.value JOIN subject AS o ON o.row IN (s.row, s.parent)",
        (json.dumps([row for row, _ in rows]),),
    )


def retire(db: Database, vocabulary: str, code: str, *, who: str, into: str = "") -> None:
    """Take a term out of use, or merge it into another; facts that use it keep it and are read as the other.

    Raises NoSuchRecord, and InvalidValue for merging into itself or into a term that is itself out of use.
    """
    with writing(db):
        get(db, vocabulary, code)
        if into and (into == code or get(db, vocabulary, into).status != "current"):
            raise InvalidValue(field="into", value=into, why="the term itself, or out of use")
        db.conn.execute(
            "UPDATE term SET status = ?, replaced_by = ? WHERE vocabulary = ? AND code = ?",
            ("merged" if into else "retired", into, vocabulary, code),
        )
        # what was merged into this one goes along, so that no term leads to one out of use
        if into:
            db.conn.execute(
                "UPDATE term SET replaced_by = ? WHERE vocabulary = ? AND replaced_by = ?", (into, vocabulary, code)
            )
        _follow(db, [(vocabulary, code)])
        custody.record(db, "term retired", "", {"vocabulary": vocabulary, "term": code, "into": into}, who)


def resolve(db: Database, vocabulary: str, words: str) -> str:
    """The code of the term in use with this code or label (any case, any language). Raises InvalidValue."""
    row = db.conn.execute(
        "SELECT code, status, replaced_by FROM term WHERE vocabulary = ? AND code = ?", (vocabulary, words)
    ).fetchone()
    if row is None:
        wanted = words.casefold()
        labels = db.conn.execute(
            "SELECT t.code, t.status, t.replaced_by, l.text FROM term_label AS l"
            " JOIN term AS t USING (vocabulary, code)"
            " WHERE l.vocabulary = ? AND l.role != 'definition' ORDER BY t.status, l.role DESC",
            (vocabulary,),
        )
        row = next(((code, status, by) for code, status, by, text in labels if text.casefold() == wanted), None)
    if row is None or row[1] == "retired":
        why = f"not a term in use of the vocabulary {vocabulary}"
        raise InvalidValue(field=vocabulary, value=words, why=why)
    if row[1] != "merged":
        return str(row[0])
    if not db.conn.execute(
        "SELECT 1 FROM term WHERE vocabulary = ? AND code = ? AND status = 'current'", (vocabulary, row[2])
    ).fetchone():
        raise InvalidValue(field=vocabulary, value=words, why="merged into a term that is not in use")
    return str(row[2])


def label(db: Database, vocabulary: str, code: str, language: str) -> str:
    """The preferred label in a language, else in English, else the code itself."""
    return labels.of_term(db, vocabulary, code, language)


def narrower(db: Database, vocabulary: str, code: str) -> frozenset[str]:
    """The term's own code and those of all terms below it, or merged into one of them."""
    rows = db.conn.execute(
        "WITH RECURSIVE below (code) AS (SELECT ?2 UNION SELECT t.code FROM term AS t, below"
        " WHERE t.vocabulary = ?1 AND (t.broader = below.code OR t.replaced_by = below.code)) SELECT code FROM below",
        (vocabulary, code),
    )
    return frozenset(row[0] for row in rows)


def related(db: Database, vocabulary: str, one: str, other: str) -> bool:
    """Whether one of the terms is the other, or broader than it."""
    return other in narrower(db, vocabulary, one) or one in narrower(db, vocabulary, other)
