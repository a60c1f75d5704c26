"""What each part of our index takes on disk."""

from __future__ import annotations

import shutil
from pathlib import Path

from archive import connect
from archive.connect import writing
from archive.keys import ArchiveKey
from tests.benchmarks.engines import Measures

PARTS = {
    "postings": ("passages_data", "passages_idx"),
    "lengths of passages": ("passages_docsize", "length"),
    "best passages of frequent words": ("head", "cleared"),
    "list of words": ("word",),
    "passages and documents": ("passage", "document"),
    "columns for filters": ("block", "value"),
    "casework": ("casework",),
}


def measured(path: Path, key: ArchiveKey, characters: int) -> Measures:
    """Each part as a share of the text: by the pages that are free once its tables are empty, in a copy."""
    scratch = path / "shares.db"
    shutil.copy(next(path.glob("index*.db")), scratch)
    db = connect.connect(scratch, key.secret("index"), "write")
    measures: Measures = {}
    for name, tables in PARTS.items():
        before = _free(db)
        with writing(db):
            for table in tables:
                db.conn.execute(f"DELETE FROM {table}")
        measures[f"of it {name}"] = round((_free(db) - before) * 4096 / characters, 4)
    connect.close(db)
    scratch.unlink()
    return measures


def _free(db: connect.Database) -> int:
    return int(db.conn.execute("PRAGMA freelist_count").fetchone()[0])
