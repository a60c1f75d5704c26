"""Purges a notebook of what its archive has withdrawn and nobody purged it of: after a crash, or another one's update.

Whoever withdraws notes the names in the notebook first (`intend`), and purges it afterwards (`purging`), which deletes
them. What a crash left between the two is made up for at the next opening, searches for the names included. Where
another person withdrew or updated, nobody knows the names any more: quotations, highlights, places in collections and
searches for a record's id go, and so does what was quoted of a container and does not stand there any more; a past
search for such a name cannot be told from others.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from archive import meta
from archive.connect import Database, writing
from archive.notebook import notes, purging, standing
from archive.notebook.opening import Notebook
from archive.notebook.purging import AS_WRITTEN, Purged, Spelling

QUERY = (
    "SELECT t.value FROM json_each(?) AS t WHERE NOT EXISTS (SELECT 1 FROM purged AS p WHERE p.record = t.value)"
    " OR EXISTS (SELECT 1 FROM note AS n WHERE n.record = t.value AND n.version > 0)"
)
"""Of given ids those that are pending."""


def pending(notebook: Notebook, archive: Database) -> frozenset[str]:
    """The UUIDs of records that the archive withdrew, and of which the notebook was not purged, or that came into it
    again. Takes milliseconds."""
    withdrawn = [record for (record,) in archive.conn.execute("SELECT record FROM tombstone")]
    return frozenset(record for (record,) in notebook.db.conn.execute(QUERY, (json.dumps(withdrawn),)))


def intend(notebook: Notebook, record: str, names: Sequence[str]) -> None:
    """Note the names of a record that is about to be withdrawn. Raises environment faults."""
    at = meta.now()
    with writing(notebook.db):
        notebook.db.conn.executemany(
            "INSERT OR REPLACE INTO leaving (record, name, at) VALUES (?, ?, ?)", ((record, name, at) for name in names)
        )


def stays(notebook: Notebook, record: str) -> None:
    """Forget those names: the record was not withdrawn."""
    with writing(notebook.db):
        notebook.db.conn.execute("DELETE FROM leaving WHERE record = ?", (record,))


def purge(notebook: Notebook, archive: Database, spelling: Spelling = AS_WRITTEN) -> Purged | None:
    """Purge it of what is pending; None where nothing is. Names that are known still are found as `spelling` says.
    Raises environment faults; then nothing is changed."""
    db, names = notebook.db, []
    records = set(pending(notebook, archive))
    for record, name, at in db.conn.execute("SELECT record, name, at FROM leaving").fetchall():
        if archive.conn.execute("SELECT 1 FROM tombstone WHERE record = ?", (record,)).fetchone():
            records.add(record)
            names.append(name)
        elif at < _yesterday():  # a crash came before the withdrawal; a younger one may be under way
            stays(notebook, record)
    if not records:
        return None
    quoted = (note.passage for note in notes.every(db) if note.passage)
    cut = frozenset(at.document for at in quoted if standing.is_cut(archive, at))
    return purging.purge(
        notebook, notebook.archive, records, names, cut, lambda note: standing.renewed(archive, note), spelling
    )


def _yesterday() -> str:
    return (datetime.fromisoformat(meta.now()) - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
