"""Thesauri: terms with codes, broader terms, labels and definitions in several languages, and mappings to others.

A term in use is retired or merged into another, never deleted: what was recorded with it stays readable.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archive import custody
from archive.connect import Database, writing
from archive.errors import InvalidValue, NoSuchRecord

DEEPEST = 5
ROLES = ("preferred", "other", "definition")


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


def put(db: Database, term: Term) -> None:
    """Add a term or replace what is known about it. Raises InvalidValue where it would be its own broader term, or
    lie deeper than DEEPEST levels, or where its broader term is missing."""
    if not term.code or not term.vocabulary or any(label.role not in ROLES for label in term.labels):
        raise InvalidValue(field="term", value=term.code, why="without code or vocabulary, or a label without its role")
    with writing(db):
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
        key = {"vocabulary": term.vocabulary, "code": term.code}
        about = {"broader": term.broader, "status": term.status, "replaced_by": term.replaced_by}
        db.table("term").upsert({**key, **about}, pk=("vocabulary", "code"))
        for table in ("term_label", "term_mapping"):
            db.table(table).delete_where("vocabulary = ? AND code = ?", (term.vocabulary, term.code))
        db.table("term_label").insert_all(
            (
                {**key, "language": one.language, "role": one.role, "text": one.text}
                for one in dict.fromkeys(term.labels)
            ),
        )
        db.table("term_mapping").insert_all(
            (
                {**key, "scheme": one.scheme, "notation": one.notation, "match": one.match}
                for one in dict.fromkeys(term.mappings)
            ),
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
    return str(row[2] if row[1] == "merged" else row[0])


def label(db: Database, vocabulary: str, code: str, language: str) -> str:
    """The preferred label in a language, else in English, else the code itself."""
    row = db.conn.execute(
        "SELECT text FROM term_label WHERE vocabulary = ? AND code = ? AND role = 'preferred'"
        " ORDER BY language != ?, language != 'en' LIMIT 1",
        (vocabulary, code, language),
    ).fetchone()
    return str(row[0]) if row else code


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
