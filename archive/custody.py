"""The custody log: what happened to each document, by which desk, in a chain of hashes that shows tampering.

Each row's hash is SHA-256 over the canonical JSON of the row and the hash before it. The row holds only a salted
commitment to its content; content and salt stand apart and can be erased without breaking the chain.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass

from archive import meta
from archive.connect import Database, insert

START = "0" * 64
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One custody row. `content` is what was said (JSON object), or None where it was erased."""

    seq: int
    at: str
    who: str
    action: str
    document: str
    content: dict[str, str | int] | None
    hash: str


def record(db: Database, action: str, document: str, content: dict[str, str | int], who: str) -> None:
    """Add an entry; part of the caller's transaction. `document` is a UUID, or empty for the archive itself."""
    append(db, meta.now(), who, action, document, secrets.token_bytes(16), _canonical(content))


def append(
    db: Database, at: str, who: str, action: str, document: str, salt: bytes | None, content: str | None
) -> None:
    """Add an entry that was made elsewhere or before; without salt and content one that was erased."""
    last = db.conn.execute("SELECT seq, hash FROM custody ORDER BY seq DESC LIMIT 1").fetchone()
    seq, previous = (last[0] + 1, last[1]) if last else (1, START)
    row = _row(seq, at, who, action, document, salt, content, previous)
    insert(db, "custody", {**row, "hash": _hash(row)})
    if content is not None:
        insert(db, "custody_content", {"seq": seq, "salt": salt, "content": content})


def replace(
    db: Database, seq: int, at: str, who: str, action: str, document: str, salt: bytes | None, content: str | None
) -> None:
    """Put another entry in the place of one; the chain is broken until `rechain`."""
    row = _row(seq, at, who, action, document, salt, content, START)
    db.conn.execute("DELETE FROM custody_content WHERE seq = ?", (seq,))
    db.table("custody").update(seq, row)
    if content is not None:
        insert(db, "custody_content", {"seq": seq, "salt": salt, "content": content})


def rechain(db: Database) -> None:
    """Number the entries anew without gaps, in the order they have, and chain them: where some were taken out or
    replaced, as in a release that is brought up to another."""
    names = ("seq", "at", "who", "action", "document", "commitment", "previous")
    after, seq, previous = 0, 0, START
    while rows := db.conn.execute(
        f"SELECT {', '.join(names)} FROM custody WHERE seq > ? ORDER BY seq LIMIT 1000", (after,)
    ).fetchall():
        for values in rows:
            seq, after = seq + 1, values[0]
            row = {**dict(zip(names, values, strict=True)), "seq": seq, "previous": previous}
            previous = _hash(row)
            db.conn.execute(
                "UPDATE custody SET seq = ?, previous = ?, hash = ? WHERE seq = ?",
                (seq, row["previous"], previous, after),
            )
            db.conn.execute("UPDATE custody_content SET seq = ? WHERE seq = ?", (seq, after))


def _row(
    seq: int, at: str, who: str, action: str, document: str, salt: bytes | None, content: str | None, previous: str
) -> dict[str, str | int]:
    return {
        "seq": seq,
        "at": at,
        "who": who,
        "action": action,
        "document": document,
        "commitment": hashlib.sha256((salt or b"") + (content or "").encode()).hexdigest(),
        "previous": previous,
    }


def entries(db: Database, document: str) -> tuple[Entry, ...]:
    """All entries about one document, oldest first."""
    rows = db.conn.execute(
        "SELECT seq, at, who, action, document, content, hash FROM custody LEFT JOIN custody_content USING (seq)"
        " WHERE document = ? ORDER BY seq",
        (document,),
    )
    return tuple(
        Entry(seq, at, who, action, about, None if content is None else json.loads(content), chained)
        for seq, at, who, action, about, content, chained in rows
    )


def breaks(db: Database) -> Iterator[int]:
    """The sequence numbers at which the chain, or a commitment to content still held, does not verify."""
    previous, expected = START, 1
    rows = db.conn.execute(
        "SELECT seq, at, who, action, document, commitment, previous, hash, salt, content"
        " FROM custody LEFT JOIN custody_content USING (seq) ORDER BY seq"
    )
    names = ("seq", "at", "who", "action", "document", "commitment", "previous")
    for values in rows:
        row = dict(zip(names, values[:7], strict=True))
        kept, salt, content = values[7], values[8], values[9]
        whole = row["seq"] == expected and row["previous"] == previous and kept == _hash(row)
        if content is not None:
            whole &= hashlib.sha256(salt + content.encode()).hexdigest() == row["commitment"]
        if not whole:
            yield row["seq"]
        previous, expected = kept, row["seq"] + 1


def _canonical(value: dict[str, str | int]) -> str:
    return _ENCODER.encode(value)


def _hash(row: dict[str, str | int]) -> str:
    return hashlib.sha256(_canonical(row).encode()).hexdigest()
