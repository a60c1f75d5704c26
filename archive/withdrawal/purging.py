"""The transaction of a withdrawal: takes everything that goes out of `archive.db` and lays the tombstones."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from archive import custody
from archive.cases import labels, sources
from archive.cases.records import Step
from archive.connect import Database
from archive.withdrawal import containers, tombstones
from archive.withdrawal.reach import Reach
from archive.withdrawal.tombstones import Reason

CUT = "[withdrawn]"
"""The words of a step of a chain whose record went."""
AMONG = "IN (SELECT value FROM json_each(?1))"


def purge(db: Database, reach: Reach, reason: Reason, note: str, *, who: str) -> tuple[str, ...]:
    """Take it out; part of the caller's transaction. Returns the UUIDs of the documents, subjects and facts that went.

    What has to be erased elsewhere (originals, free pages, whatever is derived from the archive) is noted in `erasure`.
    """
    at = tombstones.today()
    db.conn.execute("PRAGMA defer_foreign_keys = on")
    documents, about, facts, cited = (
        _uuids(db, table, rows)
        for table, rows in (
            ("document", reach.documents),
            ("subject", reach.subjects),
            ("fact", reach.facts),
            ("source", reach.sources),
        )
    )
    gone = (*documents, *about, *facts)
    relabelled = _rows(db, f"SELECT DISTINCT subject FROM fact WHERE row {AMONG}", reach.facts) - {*reach.subjects}
    _shorten_names(db, reach.documents)
    _facts(db, reach, {*gone, *cited}, who)
    _subjects(db, reach, about)
    _documents(db, reach, documents, at, reason)
    for container in reach.containers:
        containers.strip(db, container, reach.cuts.get(container, ()), at, reason)
    for vocabulary, code in reach.terms:
        for table in ("term", "term_label", "term_mapping"):
            db.conn.execute(f"DELETE FROM {table} WHERE vocabulary = ? AND code = ?", (vocabulary, code))
    _forget_custody(db, (*gone, *cited), reach.terms)
    for row in relabelled:
        labels.refresh(db, row)
    # the deletions above have put a last word of each into the feed: what was said of it before goes
    db.conn.execute(
        "DELETE FROM change WHERE record IN (SELECT value FROM json_each(?1))"
        " AND seq NOT IN (SELECT max(seq) FROM change WHERE record IN (SELECT value FROM json_each(?1))"
        " GROUP BY record)",
        (json.dumps(gone),),
    )
    tombstones.lay(db, gone, at, reason)
    content: dict[str, str | int] = {"reason": str(reason), "records": len(gone)}
    custody.record(db, "withdrawn", reach.target.id, {**content, **({"note": note} if note else {})}, who)
    tombstones.to_erase(db, "copies", "database", "derived")
    return gone


def _rows(db: Database, statement: str, among: Iterable[object]) -> set[int]:
    return {row[0] for row in db.conn.execute(statement, (json.dumps(list(among)),))}


def _uuids(db: Database, table: str, rows: Sequence[int]) -> tuple[str, ...]:
    found = db.conn.execute(f"SELECT uuid FROM {table} WHERE row {AMONG} ORDER BY row", (json.dumps(rows),))
    return tuple(row[0] for row in found)


def _delete(db: Database, table: str, column: str, among: Iterable[object]) -> None:
    db.conn.execute(f"DELETE FROM {table} WHERE {column} {AMONG}", (json.dumps(list(among)),))


def _facts(db: Database, reach: Reach, gone: set[str], who: str) -> None:
    _delete(db, "source", "row", reach.sources)
    _delete(db, "fact", "row", reach.facts)
    db.conn.execute(f"UPDATE fact SET replaced_by = '' WHERE replaced_by {AMONG}", (json.dumps(list(gone)),))
    _cut_chains(db, gone, who)
    moved_rows = {("fact", row) for row in reach.facts} | {("source", row) for row in reach.sources}
    for identity, kept, other, moved in db.conn.execute("SELECT id, kept, gone, moved FROM merge").fetchall():
        moves = json.loads(moved)
        left = [one for one in moves if (one[0], one[1]) not in moved_rows]
        if kept in gone or other in gone:
            db.conn.execute("DELETE FROM merge WHERE id = ?", (identity,))
        elif left != moves:
            db.conn.execute("UPDATE merge SET moved = ? WHERE id = ?", (json.dumps(left), identity))


def _cut_chains(db: Database, gone: set[str], who: str) -> None:
    """Take records that went out of the chains of sources that stay. Custody gets the hash of what stands now, and
    loses the one before, by which the words could be guessed."""
    found = db.conn.execute(
        f"SELECT o.row, o.uuid, f.uuid, d.uuid, o.version, o.start, o.end, o.quote, o.salt,"
        f" {', '.join('o.' + name for name in sources.SAID)} FROM source AS o JOIN fact AS f ON f.row = o.fact"
        " JOIN document AS d ON d.row = o.document WHERE o.chain != '[]'"
    ).fetchall()
    at = 9 + sources.SAID.index("chain")
    for row in found:
        steps = [Step(*step) for step in json.loads(row[at])]
        if not any(step.id in gone for step in steps):
            continue
        chain = sources.chain_text(Step("", CUT) if step.id in gone else step for step in steps)
        db.conn.execute("UPDATE source SET chain = ? WHERE row = ?", (chain, row[0]))
        said = [chain if place == at else value for place, value in enumerate(row) if place >= 9]
        hashed = sources.digest(row[8], row[3], *map(str, row[4:7]), row[7], *said)
        content: dict[str, str | int] = {"fact": row[2], "document": row[3], "hash": hashed}
        db.conn.execute(
            "DELETE FROM custody_content WHERE seq IN (SELECT seq FROM custody WHERE document = ?"
            " AND action IN ('source added', ?))",
            (row[1], sources.CUT),
        )
        custody.record(db, sources.CUT, row[1], content, who)


def _subjects(db: Database, reach: Reach, about: Sequence[str]) -> None:
    _delete(db, "not_same", "one", about)
    _delete(db, "not_same", "other", about)
    _delete(db, "document_link", "other", about)
    _delete(db, "subject", "row", reach.subjects)


def _documents(db: Database, reach: Reach, identities: Sequence[str], at: str, reason: Reason) -> None:
    hashes = [row[0] for row in db.conn.execute(f"SELECT sha256 FROM document WHERE row {AMONG}",
                                                (json.dumps(reach.documents),))]  # fmt: skip
    for sha256 in hashes:
        containers.release_original(db, sha256)
    tombstones.bar(db, hashes, at, reason)
    _delete(db, "document_link", "other", identities)
    _delete(db, "stripped", "document", identities)
    for table in ("text_row", "text_version", "document_name", "document_history", "document_link"):
        _delete(db, table, "document", reach.documents)
    _delete(db, "document_parent", "child", reach.documents)
    _delete(db, "document_parent", "parent", reach.documents)
    _delete(db, "document", "row", reach.documents)


def _shorten_names(db: Database, rows: Sequence[int]) -> None:
    """Take the names of these documents out of the names of what was found in them and stays."""
    wanted, seen = list(rows), set(rows)
    while wanted:
        parent = wanted.pop()
        for (child,) in db.conn.execute("SELECT DISTINCT child FROM document_parent WHERE parent = ?", (parent,)):
            if child not in seen:
                seen.add(child)
                wanted.append(child)
    heads = [
        f"{shown}/"
        for row in rows
        for (shown,) in db.conn.execute("SELECT shown FROM document_name WHERE document = ?", (row,))
    ]
    for row in seen - set(rows):
        for (shown,) in db.conn.execute("SELECT shown FROM document_name WHERE document = ?", (row,)).fetchall():
            head = max((head for head in heads if shown.startswith(head)), key=len, default="")
            if head:
                db.conn.execute(
                    "UPDATE OR REPLACE document_name SET shown = ? WHERE document = ? AND shown = ?",
                    (shown.removeprefix(head), row, shown),
                )
                # an entry of custody names it as well
                db.conn.execute(
                    "DELETE FROM custody_content WHERE seq IN (SELECT seq FROM custody WHERE document ="
                    " (SELECT uuid FROM document WHERE row = ?) AND action IN ('received', 'received again'))",
                    (row,),
                )


def _forget_custody(db: Database, identities: Sequence[str], terms: Sequence[tuple[str, str]]) -> None:
    """Erase what custody says of these records, and the salts; the chain of hashes stays whole."""
    db.conn.execute(
        f"DELETE FROM custody_content WHERE seq IN (SELECT seq FROM custody WHERE document {AMONG})",
        (json.dumps(list(identities)),),
    )
    for vocabulary, code in terms:
        db.conn.execute(
            "DELETE FROM custody_content WHERE seq IN (SELECT seq FROM custody WHERE action = 'term retired')"
            " AND content ->> 'vocabulary' = ? AND ? IN (content ->> 'term', content ->> 'into')",
            (vocabulary, code),
        )
