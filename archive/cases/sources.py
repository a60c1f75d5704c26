"""The sources of facts: passages kept with their quote, stance and chain, and read back."""

from __future__ import annotations

import hashlib
import json
import secrets
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from archive import connect, custody
from archive.cases import values
from archive.cases.passages import Quoted
from archive.cases.records import Citation, Entry, Source, Stance, State, Step
from archive.connect import Database
from archive.records import Document

REPEATED = "source repeated"
CUT = "source cut"
"""What a source says was cut by a withdrawal; custody then holds another hash."""
SOURCE = (
    "o.uuid, f.uuid, d.uuid, o.version, o.start, o.end, o.page, o.quote, o.before, o.after, o.language, o.chain,"
    " o.stance, o.date_words, o.hedge, o.note, o.created, o.who"
)

SAID = ("language", "chain", "stance", "date_words", "hedge", "note")
"""What is said of a passage, beside the passage itself."""


def cite(
    db: Database,
    fact: int,
    fact_id: str,
    document: Document,
    quoted: Quoted,
    citation: Citation,
    entry: Entry,
    at: str,
    who: str,
) -> str:
    """Add a source to a fact; the UUID of the equal one where there is one, which then was recorded once more."""
    steps = citation.chain if entry.chain is None else entry.chain
    chain = chain_text(Step(step.id, values.words("chain", step.words)) for step in steps)
    stance = entry.stance or citation.stance
    place = (document.row, citation.version, citation.start, citation.end)
    # the plus keeps SQLite from going through every source of the document instead of the few of the fact
    same = db.conn.execute(
        "SELECT uuid FROM source WHERE fact = ? AND +document = ? AND version = ? AND start = ? AND end = ?"
        " AND chain = ? AND stance = ? AND date_words = ? AND hedge = ? AND ? IN ('', note)"
        " AND state = 'current'",
        (fact, *place, chain, stance, entry.date_words, entry.hedge, entry.note),
    ).fetchone()
    if same:
        custody.record(db, REPEATED, same[0], {"fact": fact_id}, who)
        return str(same[0])
    identity = str(uuid.uuid4())
    said = {
        "language": citation.language or document.metadata.language,
        "chain": chain,
        "stance": str(stance),
        "date_words": entry.date_words,
        "hedge": entry.hedge,
        "note": entry.note,
    }
    insert(
        db,
        {"uuid": identity, "fact": fact, "state": str(State.CURRENT), "created": at, "who": who},
        fact_id,
        document,
        (citation.version, citation.start, citation.end),
        quoted,
        said,
        by=who,
    )
    return identity


def insert(
    db: Database,
    about: Mapping[str, str | int],
    fact: str,
    document: Document,
    place: tuple[int, int, int],
    quoted: Quoted,
    said: Mapping[str, str],
    *,
    by: str,
) -> None:
    """Put a source and its custody entry; part of the caller's transaction.

    `about` holds its own columns, `said` those of SAID, `place` text version, start and end. The custody entry holds a
    salted hash over everything that is quoted and said.
    """
    salt = secrets.token_bytes(16)
    version, start, end = place
    connect.insert(
        db,
        "source",
        {
            **about,
            "document": document.row,
            "version": version,
            "start": start,
            "end": end,
            "page": quoted.page,
            "quote": quoted.quote,
            "before": quoted.before,
            "after": quoted.after,
            **said,
            "salt": salt,
        },
    )
    hashed = digest(salt, document.id, *map(str, place), quoted.quote, *(said[name] for name in SAID))
    content: dict[str, str | int] = {"fact": fact, "document": document.id, "hash": hashed}
    custody.record(db, "source added", str(about["uuid"]), content, by)


def is_wanted(db: Database, identity: str) -> bool:
    """Whether a source was recorded more often than that was taken back."""
    (wanted,) = db.conn.execute(
        "SELECT sum(CASE action WHEN 'source undone' THEN -1 WHEN 'source added' THEN 1 WHEN ? THEN 1 ELSE 0 END)"
        " FROM custody WHERE document = ?",
        (REPEATED, identity),
    ).fetchone()
    return (wanted or 0) > 0


def of_facts(db: Database, rows: Sequence[int]) -> dict[str, tuple[Source, ...]]:
    """The sources of facts by fact, in the order recorded."""
    found: dict[str, list[Source]] = {}
    for row in db.conn.execute(
        f"SELECT {SOURCE} FROM json_each(?) AS wanted CROSS JOIN source AS o ON o.fact = wanted.value"
        " CROSS JOIN fact AS f ON f.row = o.fact CROSS JOIN document AS d ON d.row = o.document"
        " WHERE o.state = 'current' ORDER BY wanted.key, o.row",
        (json.dumps(list(rows)),),
    ):
        found.setdefault(row[1], []).append(_source(row))
    return {fact: tuple(sources) for fact, sources in found.items()}


def everything(db: Database) -> Iterator[tuple[Source, bool]]:
    """Every source that stands, and whether it is as the custody log recorded it."""
    rows = db.conn.execute(
        f"SELECT {SOURCE}, o.salt, c.content FROM source AS o JOIN fact AS f ON f.row = o.fact"
        " JOIN document AS d ON d.row = o.document"
        " LEFT JOIN custody_content AS c ON c.seq = (SELECT max(l.seq) FROM custody AS l WHERE l.document = o.uuid"
        " AND l.action IN ('source added', ?)) WHERE o.state = 'current' ORDER BY o.document, o.start",
        (CUT,),
    )
    for row in rows:
        told = json.loads(row[-1]).get("hash") if row[-1] else None
        # in the order of SAID, which is that of SOURCE
        hashed = digest(row[-2], row[2], *map(str, row[3:6]), row[7], *row[10:16])
        yield _source(row), told == hashed


def recorded_facts(db: Database) -> Iterator[tuple[str, bool]]:
    """Every fact by UUID, and whether it is as the custody log recorded it, or went elsewhere by a merge of persons."""
    before: dict[int, set[tuple[str, str]]] = {}
    subjects = dict(db.conn.execute("SELECT row, uuid FROM subject"))
    for (moved,) in db.conn.execute("SELECT moved FROM merge"):
        for what, row, subject, value in json.loads(moved):
            if what == "fact":
                before.setdefault(row, set()).add((subjects.get(subject, ""), value))
    for row, identity, subject, field, value, as_of, salt, content in db.conn.execute(
        "SELECT f.row, f.uuid, s.uuid, f.field, f.value, f.as_of, f.salt, c.content FROM fact AS f"
        " JOIN subject AS s ON s.row = f.subject"
        " LEFT JOIN custody AS l ON l.document = f.uuid AND l.action = 'fact recorded'"
        " LEFT JOIN custody_content AS c ON c.seq = l.seq"
    ):
        told = json.loads(content).get("hash") if content else None
        was = {(subject, value), *before.get(row, ())}
        yield identity, told in {digest(salt, one, field, said, as_of) for one, said in was}


def digest(salt: bytes, *words: str) -> str:
    """The salted hash that the custody log holds instead of the words: SHA-256 of salt and canonical JSON, in hex."""
    return hashlib.sha256(salt + json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def chain_text(chain: Iterable[Step]) -> str:
    """A chain of attribution as it is stored and hashed."""
    return json.dumps([[step.id, step.words] for step in chain], ensure_ascii=False, separators=(",", ":"))


def _source(row: Sequence[Any]) -> Source:
    return Source(
        id=row[0],
        fact=row[1],
        document=row[2],
        version=row[3],
        start=row[4],
        end=row[5],
        page=row[6],
        quote=row[7],
        before=row[8],
        after=row[9],
        language=row[10],
        chain=tuple(Step(*step) for step in json.loads(row[11])),
        stance=Stance(row[12]),
        date_words=row[13],
        hedge=row[14],
        note=row[15],
        created=row[16],
        who=row[17],
    )
