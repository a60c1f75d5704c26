"""Purges a notebook of what its archive has withdrawn and nobody purged it of: after a crash, or another one's update.

Whoever withdraws, or applies an update, purges the notebook at hand then (`purging`), and knows the names. What that
never reached is known by tombstones alone: quotations, highlights, places in collections and searches for a record's
id go; a past search for a name that nobody knows any more cannot be told from others.
"""

from __future__ import annotations

import json

from archive.connect import Database
from archive.notebook import purging
from archive.notebook.opening import Notebook
from archive.notebook.purging import Purged

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


def purge(notebook: Notebook, archive: Database) -> Purged | None:
    """Purge it of what is pending; None where nothing is. Raises environment faults; then nothing is changed."""
    records = pending(notebook, archive)
    return purging.purge(notebook, notebook.archive, records) if records else None
