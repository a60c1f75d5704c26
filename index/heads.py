"""The passages in which each frequent word counts most, worked out once at a build: the first page of it at once.

After changes they are still good for words so common that candidates are ranked anyway: rows that were cleared are
left out, and rows that came since are looked at besides. When many have changed they are worked out anew.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable

from archive.connect import Database
from index import schema
from index.scoring import Scored, Scorer

FREQUENT = 15_000
"""Passages that make a word frequent: to weigh it in so many takes 3 ms."""
MOST = 0.7
"""The share of passages up to which it has a head."""
DEPTH = 200
"""Passages in a head."""
CHANGED = 0.02
"""The share of passages that may change before heads are worked out anew."""

Head = list[tuple[int, float]]


def build(db: Database) -> None:
    """Work all heads out; part of the caller's transaction. Words in nearly all passages have none: to go through their
    places takes as long as all the others, and nobody looks for `the`."""
    import numpy as np

    last = _last(db)
    scorer = Scorer(db)
    db.conn.execute("DELETE FROM head")
    db.conn.execute("DELETE FROM cleared")
    found = db.conn.execute("SELECT term FROM word WHERE passages > ? AND passages < ?", (FREQUENT, MOST * last))
    for (term,) in found.fetchall():
        scored = scorer.word(term)
        if len(scored.rows) <= DEPTH:
            continue
        least = np.partition(scored.scores, -DEPTH)[-DEPTH]
        best = np.flatnonzero(scored.scores >= least)
        best = best[np.lexsort((scored.rows[best], -scored.scores[best]))][:DEPTH]
        packed = scored.rows[best].astype("<i4").tobytes(), scored.scores[best].astype("<f8").tobytes()
        db.conn.execute("INSERT INTO head (term, rows, scores) VALUES (?, ?, ?)", (term, *packed))
    schema.write(db, "headed", str(last))
    schema.write(db, "heads", "fresh")


def clear(db: Database, first: int, last: int) -> None:
    """Rows that no longer hold what they held; part of the caller's transaction."""
    if schema.read(db, "headed"):
        db.conn.executemany("INSERT OR IGNORE INTO cleared VALUES (?)", ((row,) for row in range(first, last + 1)))


def outdate(db: Database) -> None:
    """Say that passages have changed; part of the caller's transaction."""
    if schema.read(db, "heads") == "fresh":
        schema.write(db, "heads", "stale")


def are_outdated(db: Database) -> bool:
    """Whether so much has changed that they are to be worked out anew."""
    headed = int(schema.read(db, "headed", "0"))
    if _last(db) <= FREQUENT:
        return False
    changed = _last(db) - headed + int(db.conn.execute("SELECT count(*) FROM cleared").fetchone()[0])
    return changed > CHANGED * headed


def fresh(db: Database) -> bool:
    """Whether they are exact: nothing has changed since."""
    return schema.read(db, "heads") == "fresh"


def of(db: Database, term: str) -> Head | None:
    """A word's best passages and what it counts in each, the best first; None where it has no head."""
    found = db.conn.execute("SELECT rows, scores FROM head WHERE term = ?", (term,)).fetchone()
    if found is None:
        return None
    rows, scores = array("i", found[0]), array("d", found[1])
    sql = "SELECT c.row FROM json_each(?) AS best CROSS JOIN cleared AS c ON c.row = best.value"
    gone = {row for (row,) in db.conn.execute(sql, (json.dumps(rows.tolist()),))}
    return [(row, score) for row, score in zip(rows, scores, strict=True) if row not in gone]


def scored(db: Database, term: str) -> Scored:
    """The same as arrays; empty ones where there is no head."""
    import numpy as np

    kept = sorted(of(db, term) or [])
    return Scored(np.array([row for row, _ in kept], np.int64), np.array([score for _, score in kept]))


def since(db: Database, expression: str, most: int) -> list[int]:
    """The rows that came since and match, no more than so many."""
    if fresh(db):
        return []
    headed = int(schema.read(db, "headed", "0"))
    sql = "SELECT rowid FROM passages WHERE passages MATCH ? AND rowid > ? ORDER BY rowid DESC LIMIT ?"
    rows = [row for (row,) in db.conn.execute(sql, (expression, headed, most))]
    lowest, highest = db.conn.execute("SELECT min(row), max(row) FROM cleared WHERE row <= ?", (headed,)).fetchone()
    if lowest is not None:  # rows that were given to another text
        sql = (
            "SELECT rowid FROM passages WHERE passages MATCH ? AND rowid BETWEEN ? AND ?"
            " AND +rowid IN (SELECT row FROM cleared) LIMIT ?"
        )
        rows += [row for (row,) in db.conn.execute(sql, (expression, lowest, highest, most))]
    return rows


def best_of(heads: Iterable[Head]) -> Head:
    """The best passages of several words: each by the word that counts most in it, as one head."""
    best: dict[int, float] = {}
    for head in heads:
        for row, score in head:
            best[row] = max(score, best.get(row, score))
    return sorted(best.items(), key=lambda one: (-one[1], one[0]))


def _last(db: Database) -> int:
    return int(db.conn.execute("SELECT max(row) FROM passage").fetchone()[0] or 0)
