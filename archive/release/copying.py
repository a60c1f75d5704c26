"""Fills the databases of a release with what goes of an archive: records through `content`, then the originals."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from archive import connect, meta, migrations
from archive.cases import labels
from archive.connect import Database, translated, writing
from archive.container import Archive
from archive.errors import Cancelled
from archive.keys import ArchiveKey
from archive.originals import Originals
from archive.release import content, held
from archive.release.admitting import Admission
from archive.release.choice import Choice
from archive.release.content import Record
from archive.release.retelling import Retelling
from archive.release.sections import NOTES, SECTIONS
from archive.release.selecting import Left
from archive.release.writer import Writer
from archive.verify import Step

LOOKED = 200
"""Records between two looks at whether the work is cancelled."""


class Copying:
    """One release being filled from `archive`, in whose database the caller holds a transaction all the while.

    Nothing that stays behind is written even for a moment. `progress` hears the section, and records done and all of
    them; where `cancelled` says so Cancelled is raised.
    """

    def __init__(
        self,
        archive: Archive,
        left: Left,
        choice: Choice,
        admission: Admission,
        progress: Callable[[Step], None],
        cancelled: Callable[[], bool],
    ) -> None:
        self._archive, self._db = archive, archive.db
        self._left, self._choice, self._admission = left, choice, admission
        self._progress, self._cancelled = progress, cancelled

    def fill(self, path: Path, key: ArchiveKey, folder: Path, compact: Path) -> None:
        """Make the database at `path` under the release's key, its originals in `folder`, and a compacted copy of the
        database at `compact`, in no need of a journal. Raises Cancelled, Damaged, environment faults."""
        db = connect.connect(path, key.secret("archive"), "create")
        try:
            with translated(path):
                db.conn.execute("PRAGMA journal_mode = memory")  # an unfinished release is thrown away
                migrations.archive.apply(db)
                with writing(db):
                    self._records(db)
            if not self._choice.slim:
                self._originals(db, key, folder)
            with translated(compact):
                self._settle(db)
                db.conn.execute("VACUUM INTO ?", (str(compact),))
        finally:
            db.conn.close()

    def _records(self, made: Database) -> None:
        writer = Writer(made)
        retelling = Retelling(made, self._admission)
        added = [*self._added()]
        for section in SECTIONS:
            if section == "original":
                continue
            total = content.count(self._db, section)
            for done, record in enumerate(content.records(self._db, section, "recorded")):
                self._step(section, done, total)
                retell = section == "custody"
                admitted = retelling.retell(record) if retell else self._admission.admit(section, record)
                if admitted is not None:
                    writer.put(section, admitted)
            for name, record in added:
                if name == section:
                    writer.put(section, record)
            if section == "source":
                self._relabel(made)
        writer.finish()

    def _added(self) -> Iterator[tuple[str, Record]]:
        """What a release says beside the archive's own records."""
        if self._choice.notes:
            yield "meta", {"key": NOTES, "value": self._choice.notes}
        if self._left.held:
            yield from held.document(self._archive.id, self._choice.date, "public")
            for fact in sorted(self._left.held):
                yield from held.source(self._archive.id, self._choice.date, fact, self._stance(fact))

    def _stance(self, fact: str) -> str:
        found = self._db.conn.execute(
            "SELECT o.stance FROM source AS o JOIN fact AS f ON f.row = o.fact"
            " WHERE f.uuid = ? AND o.state = 'current' ORDER BY o.row LIMIT 1",
            (fact,),
        ).fetchone()
        return str(found[0]) if found else "states"

    def _relabel(self, made: Database) -> None:
        rows = made.conn.execute(
            "SELECT s.row FROM json_each(?) AS wanted JOIN subject AS s ON s.uuid = wanted.value ORDER BY s.row",
            (json.dumps(sorted(self._admission.relabel)),),
        ).fetchall()
        for _ in range(2):  # cases are called by their persons
            for (row,) in rows:
                labels.refresh(made, row)

    def _originals(self, made: Database, key: ArchiveKey, folder: Path) -> None:
        """The bytes of what goes, each read whole against its hash. A damaged one ends the work."""
        target = Originals(folder, key, made, "write")
        try:
            total = content.count(self._db, "original")
            for done, record in enumerate(content.records(self._db, "original")):
                if self._admission.admit("original", record) is None:
                    continue
                self._step("original", done, total, always=True)
                self._store(made, target, self._archive.originals.read(record["sha256"]))
            if self._left.held:
                self._store(made, target, iter([held.TEXT.encode()]))
            target.commit()
            for number in target.volumes():
                volume = target.database(number).conn
                volume.execute("PRAGMA wal_checkpoint(truncate)")
                volume.execute("PRAGMA journal_mode = delete")
        finally:
            target.close()

    def _store(self, made: Database, target: Originals, pieces: Iterator[bytes]) -> None:
        with target.stage() as staging:
            for piece in pieces:
                if self._cancelled():
                    raise Cancelled
                staging.write(piece)
            staged = staging.finish()
        target.register(staged)

    def _settle(self, db: Database) -> None:
        """What a file says of how it was made is as of the release's day, and its history begins with it."""
        at = f"{self._choice.date}T00:00:00Z"
        with writing(db):
            db.conn.execute("UPDATE _sqlite_migrations SET applied_at = ?", (at,))
            meta.new_generation(db)
        migrations.make_triggers(db)

    def _step(self, section: str, done: int, total: int, *, always: bool = False) -> None:
        if always or done % LOOKED == 0:
            if self._cancelled():
                raise Cancelled
            self._progress(Step("release", section, done, total))


def counts(db: Database) -> tuple[tuple[str, int], ...]:
    """How much a release holds, by kind, in the order of the kinds."""
    held_of: dict[str, Any] = dict(
        db.conn.execute("SELECT kind, count(*) FROM subject WHERE merged IS NULL GROUP BY kind").fetchall()
    )
    found = {
        "documents": content.count(db, "document"),
        "originals": content.count(db, "original"),
        "facts": content.count(db, "fact"),
        "cases": held_of.get("case", 0),
        "persons": held_of.get("person", 0),
    }
    return tuple(sorted(found.items()))
