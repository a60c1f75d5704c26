"""The index of one archive: opened as it is, brought up to the archive, made anew, each beside other programs."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from filelock import BaseFileLock, Timeout
from sqlcipher3 import dbapi2

from archive import connect, feed
from archive.connect import Database, translated
from archive.container import Archive
from archive.errors import ArchiveMissing, Cancelled, Damaged, NoPermission, NotAnArchive, ReadOnlyMedium
from index import entries, schema
from index.build import Builder
from index.files import Files
from index.search import Searcher

Progress = Callable[[int, int], None]
WAITED = 0.2
"""Seconds between two looks at what another program builds."""


def _unheard(done: int, total: int) -> None:
    pass


@dataclass(frozen=True, slots=True)
class State:
    """How far the index has come: documents in it, changes of the archive it has not seen, its analyser."""

    records: int
    behind: int
    analyser: str


class Index:
    """The index of one archive, for one thread. What it holds is derived: whatever is wrong with it, it is made anew.

    While it is made anew, by this program or another, the old one is searched until the new one is ready. An archive
    on a medium that nobody can write is searched by the index that came with it, where that is complete, else by one
    of the reader's own in the folder `own`. Raises the environment faults of `archive.connect`.
    """

    def __init__(self, archive: Archive, *, writable: bool = True, own: Path | None = None) -> None:
        self._archive = archive
        self._writable = writable
        self._mode: connect.Mode = "write" if writable else "read"
        self._searcher: Searcher | None = None
        self._files = Files(archive.path, "index", archive.key.secret("index"), archive.db)
        if archive.mode != "frozen" or not self._open_as_it_came(own):
            self._open()

    def close(self) -> None:
        """Close the file."""
        connect.close(self._db)

    def searcher(self) -> Searcher:
        """What answers queries from this index."""
        if self._searcher is None:
            self._searcher = Searcher(self._archive.db, self._in_force)
        return self._searcher

    def state(self) -> State:
        """How far the index has come."""
        with translated(self._files.name):
            db, total = self._in_force(), entries.total(self._archive.db)
            standing = schema.standing(db, self._archive.db)
            if standing == schema.FOREIGN:
                return State(0, total, "")
            held = schema.records(db)
            behind = feed.position(self._archive.db) - int(schema.read(db, "watermark"))
            if standing == schema.UNFINISHED:
                behind = max(behind + total - held, 1)  # the words may still have to be counted
            return State(held, behind, schema.VERSION)

    def update(self, progress: Progress = _unheard, cancelled: Callable[[], bool] = bool) -> None:
        """Bring the index up to the archive; what was done before an interruption, kill -9 included, stays done.

        `progress` gets the records done and to be done. An index that is missing, damaged, made by another analyser
        or from another history of the archive is made anew, and a `rebuild` that was interrupted is gone on with. What
        another program is building is left to it, and waited for where there is no other index. One that cannot be
        written and lacks nothing stays as it is. Raises Cancelled and environment faults.
        """
        if not self._writable and self.state().analyser and not self.state().behind:
            return
        self._require_writable()
        try:
            with translated(self._files.name):
                if self._searcher is not None and self._searcher.damaged:
                    raise Damaged(path=str(self._files.name), why="found when searching")
                self._update(progress, cancelled)
        except (Damaged, dbapi2.DatabaseError):  # FTS5 says "vtable constructor failed" of its own damaged tables
            with translated(self._files.name):
                self._throw_away()
                self._update(progress, cancelled)

    def rebuild(self, progress: Progress = _unheard, cancelled: Callable[[], bool] = bool) -> None:
        """Make the index anew beside the old one; where another program is at it, wait for that one."""
        self._require_writable()
        with translated(self._files.name):
            self._build(progress, cancelled, anew=True)
        self.update(progress, cancelled)

    def began(self) -> int:
        """Where the archive's feed stood when the index in force was begun; -1 where that is not known."""
        return int(schema.read(self._in_force(), "began", "-1"))

    def older(self) -> bool:
        """Whether files beside the one in force are left."""
        return self._files.newest_first() != [self._path]

    # -- the file in force

    def _open_as_it_came(self, own: Path | None) -> bool:
        """Open the index beside an archive that nobody can write; False where one of the reader's own is to be used."""
        self._writable, self._mode = False, "frozen"
        try:
            self._open()
            state = self.state()
            if own is None or (state.analyser and not state.behind):
                return True
            self._db.conn.close()
        except (ArchiveMissing, NotAnArchive, Damaged):
            if own is None:
                raise
        self._writable, self._mode = True, "write"
        with translated(own):
            own.mkdir(mode=0o700, parents=True, exist_ok=True)
        secret = self._archive.key.secret("index")
        # a release line has a key of its own, and a reader may have the releases of several
        line = f".{self._archive.key.fingerprint()[:8]}" if self._archive.is_release else ""
        self._files = Files(own, f"{self._archive.id}{line}.index", secret, self._archive.db)
        return False

    def _open(self) -> None:
        try:
            chosen = self._files.choose(self._mode)
        except (Damaged, NotAnArchive):
            if not self._writable:
                raise
            for path in self._files.newest_first():
                self._files.erase(path)
            chosen = None
        if chosen is None and self._mode == "frozen":
            raise ArchiveMissing(path=str(self._files.name))
        self._use(*(chosen or self._files.create()))

    def _use(self, path: Path, db: Database) -> None:
        try:
            inode = path.stat().st_ino
        except FileNotFoundError:  # taken away since it was opened: it can be read, and the next question looks again
            inode = 0
        self._path, self._db, self._inode = path, db, inode
        if self._searcher is not None:
            self._searcher.damaged = False

    def _in_force(self) -> Database:
        """The index to search in by now: another program may have completed one, or taken this one away."""
        damaged = self._searcher is not None and self._searcher.damaged
        if damaged or not self._is_in_force():
            chosen = self._files.choose(self._mode, but=self._path if damaged else None)
            if chosen and (chosen[0] != self._path or not self._is_there()):
                self._db.conn.close()
                self._use(*chosen)
            elif chosen:
                chosen[1].conn.close()
            elif not self._is_there():
                self._db.conn.close()
                self._open()
        return self._db

    def _is_in_force(self) -> bool:
        if not self._is_there():
            return False
        return (self._is_ready() and not schema.is_superseded(self._db)) or self._is_newest()

    def _is_there(self) -> bool:
        try:
            return self._path.stat().st_ino == self._inode
        except FileNotFoundError:
            return False

    def _is_ready(self) -> bool:
        return self._files.standing(self._db) == schema.READY

    def _is_newest(self) -> bool:
        return self._files.newest_first()[:1] == [self._path]

    def _throw_away(self) -> None:
        """Throw the damaged file away; whoever still reads it sees its old state until then."""
        self._db.conn.close()
        if self._is_there():
            self._files.erase(self._path)
        self._open()

    # -- bringing it up

    def _require_writable(self) -> None:
        if not self._writable:
            raise ReadOnlyMedium(path=str(self._files.name))

    def _update(self, progress: Progress, cancelled: Callable[[], bool]) -> None:
        self._follow(progress, cancelled)
        if not self._is_ready() or not self._is_newest():
            self._build(progress, cancelled, anew=False)
            self._follow(progress, cancelled)

    def _follow(self, progress: Progress, cancelled: Callable[[], bool]) -> None:
        """Take the changes of the archive into the index in force, and into the one that comes into force meanwhile."""
        followed = None
        while (db := self._in_force()) is not followed and self._is_ready():
            Builder(self._archive, db, progress, cancelled).follow()
            followed = db

    def _build(self, progress: Progress, cancelled: Callable[[], bool], *, anew: bool) -> None:
        """Go on with the file that is being built, or begin one (always so with `anew`), and put it in force."""
        with self._files.building() as lock:
            waited = False
            while not self._acquired(lock):
                waited = True
                state = self.state()
                if self._is_ready() and not anew:
                    return
                if cancelled():
                    raise Cancelled
                progress(state.records, max(entries.total(self._archive.db), state.records))
            self._in_force()
            if self._is_ready() and self._is_newest() and (waited or not anew):
                return
            path, db = self._to_build(anew and not waited)
            try:
                builder = Builder(self._archive, db, progress, cancelled)
                if not schema.has_tables(db):
                    builder.begin()
                if not self._is_ready():  # nothing else is of use, so readers may see how this one grows
                    self._take(path, db)
                builder.build()
                self._take(path, db)
            finally:
                if db is not self._db:
                    db.conn.close()

    def _acquired(self, lock: BaseFileLock) -> bool:
        try:
            lock.acquire(timeout=WAITED)
        except Timeout:
            return False
        return True

    def _to_build(self, anew: bool) -> tuple[Path, Database]:
        """The newest file where it is empty, or unfinished and not to be made `anew`; else a new one."""
        path = self._files.newest_first()[0]
        if path == self._path:
            standing = self._files.standing(self._db)
            if not schema.has_tables(self._db) or (standing == schema.UNFINISHED and not anew):
                return path, self._db
            return self._files.create()
        with contextlib.suppress(Damaged, NotAnArchive):
            db = self._files.open(path, "write")
            if self._files.standing(db) == schema.UNFINISHED and not anew:
                return path, db
            db.conn.close()
        with contextlib.suppress(NoPermission):  # so Windows says of a file that somebody reads
            self._files.erase(path)
        return self._files.create()

    def _take(self, path: Path, db: Database) -> None:
        """Put a file in force, and throw away what is older."""
        if db is not self._db:
            self._db.conn.close()
            self._use(path, db)
        self._files.collect(path)
