"""What a withdrawal erases beside its transaction: chunks of originals, free pages and logs, copies before upgrades.

What is still to be done stands in the table `erasure` until it is done, so that whatever ended the work, kill -9
included, it is taken up at the next opening for writing. Every step may be done twice.
"""

from __future__ import annotations

from collections.abc import Callable

from archive.connect import Database, translated, writing
from archive.container import Archive
from archive.errors import Busy
from archive.withdrawal import tombstones

Step = Callable[[str, int, int], None]
"""Hears the name of a step before it is done: chunks, volume, copies, database; how many were done, of how many."""
COPIES = "archive-before-format-*.db*"


def _unheard(step: str, done: int, total: int) -> None:
    pass


def pending(db: Database) -> bool:
    """Whether anything is still to be erased from the archive's own files."""
    return db.conn.execute("SELECT 1 FROM erasure WHERE step != 'derived'").fetchone() is not None


def derived(db: Database) -> bool:
    """Whether what is derived from the archive may still hold what was withdrawn, and must be made anew."""
    return db.conn.execute("SELECT 1 FROM erasure WHERE step = 'derived'").fetchone() is not None


def derived_anew(db: Database) -> None:
    """Note that whatever is derived from the archive was made anew."""
    _done(db, "derived")


def finish(archive: Archive, progress: Step = _unheard) -> None:
    """Erase everything that is noted. Call it while no import runs (see `archive.alone`).

    `VACUUM` writes each file that held something anew, in memory first: a volume of 1 GiB takes as much. Raises Busy
    where another program reads the archive all the while, and environment faults; what is not done then is done next
    time.
    """
    db = archive.db
    with translated(archive.path):
        _chunks(archive, progress)
        for number in _volumes(db):
            progress("volume", 0, 1)
            _rewrite(archive.originals.database(number))
            _done(db, "volume", str(number).encode())
        if _is_noted(db, "copies"):
            progress("copies", 0, 1)
            for path in archive.path.glob(COPIES):
                path.unlink()
            _done(db, "copies")
        if _is_noted(db, "database"):
            progress("database", 0, 1)
            _rewrite(db)
            _done(db, "database")
            _empty_log(db)


def _chunks(archive: Archive, progress: Step) -> None:
    """Delete the chunks of originals that went; the volumes that held them are noted first."""
    db = archive.db
    tokens = [bytes(row[0]) for row in db.conn.execute("SELECT what FROM erasure WHERE step = 'chunks'")]
    if not tokens:
        return
    archive.originals.commit()
    for at, token in enumerate(tokens):
        progress("chunks", at, len(tokens))
        for number in archive.originals.volumes():
            volume = archive.originals.database(number)
            if volume.conn.execute("SELECT 1 FROM chunk WHERE token = ? LIMIT 1", (token,)).fetchone():
                tombstones.to_erase(db, "volume", what=str(number).encode())
                with writing(volume):
                    volume.conn.execute("DELETE FROM chunk WHERE token = ?", (token,))
        _done(db, "chunks", token)


def _volumes(db: Database) -> list[int]:
    return sorted(int(bytes(row[0])) for row in db.conn.execute("SELECT what FROM erasure WHERE step = 'volume'"))


def _is_noted(db: Database, step: str) -> bool:
    return db.conn.execute("SELECT 1 FROM erasure WHERE step = ?", (step,)).fetchone() is not None


def _done(db: Database, step: str, what: bytes = b"") -> None:
    db.conn.execute("DELETE FROM erasure WHERE step = ? AND what = ?", (step, what))


def _rewrite(db: Database) -> None:
    """Write a file anew without free pages, and empty its log."""
    db.conn.execute("VACUUM")
    _empty_log(db)


def _empty_log(db: Database) -> None:
    """Raises Busy where another program's reading keeps the log."""
    busy, _, _ = db.conn.execute("PRAGMA wal_checkpoint(truncate)").fetchone()
    if busy:
        raise Busy(path="archive.db")
