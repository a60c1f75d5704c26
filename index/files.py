"""The files that hold the index of one archive: which one is in force, which is being built, which may go.

A new index is built in a file of its own (`index-2.db`, `index-3.db` …) beside the one in force, which readers keep
until its last transaction says that it is ready. No file is renamed or replaced: Windows refuses that for open files,
and SQLite finds its log by the name. What is older than the newest ready file is left over and may go.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock
from sqlcipher3 import dbapi2

from archive import connect
from archive.connect import Database, FileSecret, translated
from archive.errors import ArchiveError, ArchiveMissing, Damaged, NotAnArchive
from index import schema

ENDINGS = ("", "-wal", "-shm", "-journal")


class Files:
    """The index files called `stem` in a folder. `name` is what errors call the index, whichever file it lies in.

    Everything raises the environment faults of `archive.connect`.
    """

    def __init__(self, folder: Path, stem: str, secret: FileSecret, archive: Database) -> None:
        self.name = folder / f"{stem}.db"
        self._folder, self._stem, self._secret, self._archive = folder, stem, secret, archive
        self._highest = 0
        self._pattern = re.compile(rf"{re.escape(stem)}(?:-([1-9][0-9]*))?\.db")

    def newest_first(self) -> list[Path]:
        """The files there are."""
        with translated(self.name):
            there = [path for path in self._folder.iterdir() if self._number(path)]
        there.sort(key=self._number, reverse=True)
        self._highest = max([self._highest, *map(self._number, there[:1])])
        return there

    def open(self, path: Path, mode: connect.Mode) -> Database:
        """One of the files. Raises ArchiveMissing, Damaged and NotAnArchive with the index's name."""
        try:
            return connect.connect(path, self._secret, mode)
        except (Damaged, NotAnArchive) as error:
            raise type(error)(**{**error.facts, "path": str(self.name)}) from error

    def choose(self, mode: connect.Mode, but: Path | None = None) -> tuple[Path, Database] | None:
        """The file to search in: the newest that is ready, else the newest that is being built, else any; not `but`.

        None where there is none; Damaged or NotAnArchive where there are only such that cannot be opened.
        """
        chosen: tuple[Path, Database] | None = None
        best = -1
        fault: ArchiveError | None = None
        for path in self.newest_first():
            if path == but:
                continue
            try:
                db = self.open(path, mode)
            except ArchiveMissing:  # taken away since it was listed
                continue
            except (Damaged, NotAnArchive) as error:
                fault = fault or error
                continue
            standing = self.standing(db)
            if standing <= best:
                db.conn.close()
                continue
            if chosen:
                chosen[1].conn.close()
            chosen, best = (path, db), standing
            if standing == schema.READY:
                break
        if chosen is None and fault is not None:
            raise fault
        return chosen

    def standing(self, db: Database) -> int:
        """How far an index is of use, as `schema.standing` says; damage found on the way is for the search to tell."""
        try:
            return schema.standing(db, self._archive)
        except dbapi2.DatabaseError:
            return schema.FOREIGN

    def create(self) -> tuple[Path, Database]:
        """A new empty file, the newest of all.

        It takes no name that a file had before: whoever still has that one open would take the new one's log for its
        own, and end it.
        """
        self.newest_first()
        number = self._highest = self._highest + 1
        path = self.name if number == 1 else self.name.with_name(f"{self._stem}-{number}.db")
        return path, self.open(path, "create")

    def erase(self, path: Path) -> None:
        """Throw one file away; on Windows not while somebody has it open (NoPermission)."""
        with translated(self.name):
            for ending in ENDINGS:
                path.with_name(path.name + ending).unlink(missing_ok=True)

    def collect(self, kept: Path) -> None:
        """Throw away what is older than the index in force, and what an interruption left of files that are gone.

        Readers of an older one are told; what cannot be thrown away now goes another time.
        """
        for path in self.newest_first():
            if self._number(path) < self._number(kept):
                with contextlib.suppress(ArchiveError, dbapi2.Error):
                    db = self.open(path, "write")
                    try:
                        schema.supersede(db)
                    finally:
                        db.conn.close()
                with contextlib.suppress(ArchiveError):
                    self.erase(path)
        there = {path.name for path in self.newest_first()}
        for path in self._folder.iterdir():
            main = next((path.name.removesuffix(end) for end in ENDINGS[1:] if path.name.endswith(end)), "")
            if main not in there and self._pattern.fullmatch(main):
                with contextlib.suppress(OSError):
                    path.unlink()

    @contextlib.contextmanager
    def building(self) -> Iterator[FileLock]:
        """The lock, not yet acquired, of whoever builds; its file goes with it. `filelock` copes with that."""
        with translated(self.name):
            lock = FileLock(self._folder / f"{self._stem}.lock")
            try:
                yield lock
            finally:
                if lock.is_locked:
                    with contextlib.suppress(OSError):
                        Path(lock.lock_file).unlink(missing_ok=True)
                lock.release()

    def _number(self, path: Path) -> int:
        """Which in the row of files this is, 0 for anything else."""
        match = self._pattern.fullmatch(path.name)
        return int(match[1] or 1) if match else 0
