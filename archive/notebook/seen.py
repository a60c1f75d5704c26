"""Which releases of its archive a notebook has seen: a number that comes with other content is known as that."""

from __future__ import annotations

from archive.connect import Database, writing
from archive.signing.statement import Statement


def is_another(db: Database, said: Statement) -> bool:
    """Whether a release of this line and number was seen before with another content root; one that was never seen is
    noted. `said` is signed with a key that is trusted. Raises environment faults."""
    found = db.conn.execute(
        "SELECT root FROM seen_release WHERE line = ? AND number = ?", (said.line, said.number)
    ).fetchone()
    if found is None:
        with writing(db):
            db.conn.execute(
                "INSERT OR IGNORE INTO seen_release VALUES (?, ?, ?)", (said.line, said.number, said.content_root)
            )
        return False
    return bool(found[0] != said.content_root)


def newest(db: Database) -> dict[str, int]:
    """The highest number of each line that was seen."""
    return dict(db.conn.execute("SELECT line, max(number) FROM seen_release GROUP BY line").fetchall())
