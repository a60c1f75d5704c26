"""Brings a copy of a release up to a later one, by the operations of deltas; the release itself is only read."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from sqlcipher3 import dbapi2

from archive import connect, meta, migrations, slots
from archive.connect import Database, translated, writing
from archive.container import Archive
from archive.errors import Cancelled, Damaged
from archive.originals import Originals
from archive.release.sections import SECTIONS
from archive.release.writer import Writer
from archive.signing import bag
from archive.update.delta import LOOKED, Reading
from archive.update.header import reading
from archive.verify import Step

APPENDED = 64 << 20
"""Bytes of the newest volume up to which new originals are added to it; a larger one is reused as it is."""
PIECE = 4 << 20
DATABASE = "archive.db"


class Applying:
    """One release being made from `base` in `folder`, which appears whole or not at all (see `building`).

    Volumes of originals that need no change are taken over: as a further name of the same file where the medium knows
    such, else as a copy. Memory does not grow with the archive, nor with the delta.
    """

    def __init__(
        self, base: Archive, folder: Path, progress: Callable[[Step], None], cancelled: Callable[[], bool]
    ) -> None:
        self._base, self._folder, self._data = base, folder, folder / bag.DATA
        self._progress, self._cancelled = progress, cancelled
        self._shared: set[int] = set()
        self._cut: set[int] = set()

    def run(self, deltas: Sequence[Path]) -> frozenset[str]:
        """Fill `data`, deltas in their order; the paths in the bag of what was taken over as it was.

        Raises NotADelta, Damaged, Cancelled, environment faults.
        """
        self._data.mkdir(mode=0o700)
        slots.copy(self._base.home, self._data)
        self._shared.update(self._base.originals.volumes())
        filling, secret = self._folder / DATABASE, self._base.key.secret("archive")
        with translated(filling):
            self._base.db.conn.execute("VACUUM INTO ?", (str(filling),))
        db = connect.connect(filling, secret, "write")
        try:
            originals = Originals(self._data, self._base.key, db, "write")
            try:
                with translated(filling):
                    for delta in deltas:
                        with Reading(delta, self._base) as read, writing(db):
                            self._operations(read, db, originals)
                    self._settle_originals(originals)
                    self._settle(db)
            finally:
                originals.close()
            self._compact()
            with translated(filling):
                db.conn.execute("VACUUM INTO ?", (str(self._data / DATABASE),))
        finally:
            db.conn.close()
        for left in self._folder.glob(f"{DATABASE}*"):
            left.unlink()
        for number in sorted(self._shared):
            self._share(number)
        return frozenset(f"{bag.DATA}/{_name(number)}" for number in self._shared)

    def _operations(self, read: Reading, db: Database, originals: Originals) -> None:
        db.conn.execute("PRAGMA defer_foreign_keys = on")
        for (trigger,) in db.conn.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.conn.execute(f'DROP TRIGGER "{trigger}"')  # the history of the new release begins with it
        apart = _only_once(db)
        for name, _ in apart:  # on the way two facts may say the same, until the older is set apart
            db.conn.execute(f'DROP INDEX "{name}"')
        writer = Writer(db)
        done = 0
        try:
            for sign, section, said in read:
                if done % LOOKED == 0:
                    self._look(section, read)
                done += 1
                if section == "original":
                    if sign == "-":
                        self._remove_original(db, originals, str(said[0]))
                    else:
                        self._put_original(read, originals, str(said["sha256"]), int(said["size"]))
                elif sign == "-":
                    writer.remove(section, tuple(said))
                else:
                    writer.put(section, said)
            writer.finish()
            for _, made in apart:
                db.conn.execute(made)
        except (KeyError, IndexError, TypeError, ValueError, dbapi2.IntegrityError, dbapi2.ProgrammingError) as error:
            raise Damaged(path=str(self._folder), why=f"change {done} cannot be made: {error}") from error

    def _look(self, section: str, read: Reading) -> None:
        if self._cancelled():
            raise Cancelled
        self._progress(Step(section, "", round(read.done() * 1000), 1000))

    def _share(self, number: int) -> None:
        """Take a volume over as it is."""
        source, target = self._base.home / _name(number), self._data / _name(number)
        try:
            os.link(source, target)
        except OSError:  # another medium, or one without such names
            copy(source, target, self._cancelled)

    def _own(self, number: int) -> None:
        """Have a copy of a volume that may be written, if it is not had yet."""
        if number not in self._shared:
            return
        target = self._data / _name(number)
        with translated(target):
            self._base.originals.database(number).conn.execute("VACUUM INTO ?", (str(target),))
        self._shared.discard(number)

    def _put_original(self, read: Reading, originals: Originals, sha256: str, size: int) -> None:
        newest = max([*self._shared, *originals.volumes()], default=0)
        if newest in self._shared:
            if (self._base.home / _name(newest)).stat().st_size < APPENDED:
                self._own(newest)
            else:
                originals.database(newest + 1)
        with originals.stage() as staging:
            for piece in read.data(size):
                self._look("original", read)
                staging.write(piece)
            staged = staging.finish()
        if staged.sha256 != sha256:
            raise Damaged(path=str(self._folder), why=f"original {sha256[:12]} does not have its hash")
        originals.register(staged)

    def _remove_original(self, db: Database, originals: Originals, sha256: str) -> None:
        staged = originals.locate(sha256)
        db.conn.execute("DELETE FROM original WHERE sha256 = ?", (sha256,))
        for number in sorted({*self._shared, *originals.volumes()}):
            source = self._base.originals if number in self._shared else originals
            held = "SELECT 1 FROM chunk WHERE token = ? LIMIT 1"
            if source.database(number).conn.execute(held, (staged.token,)).fetchone():
                self._own(number)
                self._cut.add(number)
                with translated(self._data / _name(number)):
                    volume = originals.database(number).conn
                    if not volume.in_transaction:
                        volume.execute("BEGIN IMMEDIATE")
                    volume.execute("DELETE FROM chunk WHERE token = ?", (staged.token,))

    def _settle_originals(self, originals: Originals) -> None:
        originals.commit()
        for number in originals.volumes():
            volume = originals.database(number).conn
            with translated(self._data / _name(number)):
                volume.execute("PRAGMA wal_checkpoint(truncate)")
                volume.execute("PRAGMA journal_mode = delete")

    def _compact(self) -> None:
        """Write the volumes that lost something anew, so that nothing of it is in free pages."""
        for number in sorted(self._cut):
            path, secret = self._data / _name(number), self._base.key.secret("originals", number)
            fresh = self._folder / f"{_name(number)}.part"
            volume = connect.connect(path, secret, "frozen")
            try:
                with translated(fresh):
                    volume.conn.execute("VACUUM INTO ?", (str(fresh),))
            finally:
                volume.conn.close()
            os.replace(fresh, path)

    def _settle(self, db: Database) -> None:
        """The change feed begins anew: in the one that was, rows would tell of what is gone."""
        with writing(db):
            db.conn.execute("DELETE FROM change")
            db.conn.execute("DELETE FROM sqlite_sequence WHERE name = 'change'")
            meta.new_generation(db)
        migrations.make_triggers(db)


def _only_once(db: Database) -> list[tuple[str, str]]:
    """The indexes that keep something from being there twice, but for those on the keys of records: their names, and
    how they are made."""
    keyed = {(section.table, section.key) for section in SECTIONS.values()}
    found = []
    for table, name, made in db.conn.execute(
        "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'index' AND sql LIKE 'CREATE UNIQUE %'"
    ).fetchall():
        columns = tuple(row[2] for row in db.conn.execute(f'PRAGMA index_info("{name}")'))
        if (table, columns) not in keyed:
            found.append((name, made))
    return found


def copy(source: Path, target: Path, cancelled: Callable[[], bool]) -> None:
    """Copy a file of a release piece by piece. Raises Cancelled and environment faults."""
    with reading(source), source.open("rb") as read, translated(target), target.open("xb") as write:
        for piece in _pieces(read.read):
            if cancelled():
                raise Cancelled
            write.write(piece)
        write.flush()
        os.fsync(write.fileno())
    shutil.copymode(source, target)
    target.chmod(target.stat().st_mode | 0o600)  # from a disc all come as read-only, and could not be deleted later


def _pieces(read: Callable[[int], bytes]) -> Iterator[bytes]:
    while piece := read(PIECE):
        yield piece


def _name(number: int) -> str:
    return f"originals-{number:04d}.db"
