"""Which files of releases were held against their signed content root, so that this is not computed at each opening.

What proves a release that an update put together is computed from all its records: seconds for each ten thousand. That
the same file of a database holds the same records needs no such proof: its SHA-256 is kept here with the root that came
of it, in the notebook, where the keys are that the reader trusts.
"""

from __future__ import annotations

from archive.connect import Database, writing

MOST = 8
"""How many are kept: one for each release of a line that is read by turns."""


def every(db: Database) -> dict[str, str]:
    """The content roots that were computed, by the SHA-256 of the `archive.db` that they are of; all in hex."""
    return dict(db.conn.execute("SELECT sha256, root FROM proven").fetchall())


def remember(db: Database, sha256: str, root: str) -> None:
    """Keep what was computed. Raises environment faults."""
    with writing(db):
        db.conn.execute("INSERT OR REPLACE INTO proven (sha256, root) VALUES (?, ?)", (sha256, root))
        db.conn.execute("DELETE FROM proven WHERE rowid <= (SELECT max(rowid) FROM proven) - ?", (MOST,))
