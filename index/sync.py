"""Keeping the index in step with its archive: a build from scratch, then whatever the change feed says."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlcipher3 import dbapi2

from archive import bulk, connect, documents, feed, texts
from archive.connect import Database, translated, writing
from archive.container import Archive
from archive.errors import ArchiveMissing, Cancelled, Damaged, NotAnArchive, ReadOnlyMedium
from archive.records import Document, TextRow
from index import postings, schema, vocabulary
from index.search import Searcher

STRETCH = 100_000
DOCUMENTS, CHARACTERS = 20_000, 30_000_000
"""A batch ends with whichever is reached first; a commit writes one stretch of postings, so batches are large."""
FEW = 2_000
"""Up to so many changes the list of words is kept up word by word; above, it is counted anew."""


@dataclass(frozen=True, slots=True)
class State:
    """How far the index has come: documents in it, changes of the archive it has not seen, its analyser."""

    records: int
    behind: int
    analyser: str


class Index:
    """The index of one archive, for one thread. What it holds is derived: whatever is wrong with it, it is made anew.

    An archive on a medium that nobody can write is searched by the index that came with it, where that is complete,
    else by one of the reader's own in the folder `own`. Raises the environment faults of `archive.connect`.
    """

    def __init__(self, archive: Archive, *, writable: bool = True, own: Path | None = None) -> None:
        self._archive = archive
        self._path = archive.path / "index.db"
        self._writable = writable
        self._searcher: Searcher | None = None
        self._db = (self._open_as_it_came(own) if archive.mode == "frozen" else None) or self._open()

    def close(self) -> None:
        """Close the file."""
        connect.close(self._db)

    def searcher(self) -> Searcher:
        """What answers queries from this index."""
        if self._searcher is None:
            self._searcher = Searcher(self._archive.db, self._db)
        return self._searcher

    def state(self) -> State:
        """How far the index has come."""
        with translated(self._path):
            if not self._belongs():
                return State(0, documents.count(self._archive.db), "")
            records = self._db.conn.execute("SELECT count(*) FROM document").fetchone()[0]
            seen = int(schema.read(self._db, "watermark", "0"))
            building = bool(schema.read(self._db, "building"))
            behind = documents.count(self._archive.db) - records if building else 0
            return State(records, behind + feed.position(self._archive.db) - seen, schema.VERSION)

    def update(
        self, progress: Callable[[int, int], None] = lambda done, total: None, cancelled: Callable[[], bool] = bool
    ) -> None:
        """Bring the index up to the archive; what was done before an interruption, kill -9 included, stays done.

        `progress` gets the records done and to be done. An index that is missing, damaged, made by another analyser
        or from another history of the archive is made anew. Raises Cancelled and environment faults.
        """
        try:
            with translated(self._path):
                if self._searcher is not None and self._searcher.damaged:
                    raise Damaged(path=str(self._path), why="found when searching")
                self._update(progress, cancelled)
        except (Damaged, dbapi2.DatabaseError):  # FTS5 says "vtable constructor failed" of its own damaged tables
            self._recreate()
            with translated(self._path):
                self._update(progress, cancelled)

    def rebuild(
        self, progress: Callable[[int, int], None] = lambda done, total: None, cancelled: Callable[[], bool] = bool
    ) -> None:
        """Make the index anew."""
        if not self._writable:
            raise ReadOnlyMedium(path=str(self._path))
        try:
            with translated(self._path), writing(self._db):
                self._begin()
        except (Damaged, dbapi2.DatabaseError):
            self._recreate()
        self.update(progress, cancelled)

    def _open_as_it_came(self, own: Path | None) -> Database | None:
        """The index beside an archive that nobody can write; None where it is no use and one in `own` is to be."""
        self._writable = False
        try:
            self._db = connect.connect(self._path, self._archive.key.secret("index"), "frozen")
            state = self.state()
            if own is None or (state.analyser and not state.behind):
                return self._db
            self._db.conn.close()
        except (ArchiveMissing, NotAnArchive, Damaged):
            if own is None:
                raise
        self._path, self._writable = own / f"{self._archive.id}.index.db", True
        with translated(own):
            own.mkdir(mode=0o700, parents=True, exist_ok=True)
        return None

    def _open(self) -> Database:
        secret = self._archive.key.secret("index")
        mode: connect.Mode = ("write" if self._writable else "read") if self._path.exists() else "create"
        try:
            return connect.connect(self._path, secret, mode)
        except (Damaged, NotAnArchive):
            if not self._writable:
                raise
            self._erase()
            return connect.connect(self._path, secret, "create")

    def _erase(self) -> None:
        with translated(self._path):
            for ending in ("", "-wal", "-shm", "-journal"):
                self._path.with_name(self._path.name + ending).unlink(missing_ok=True)

    def _recreate(self) -> None:
        """Throw the file away; whoever still reads it sees its old state until then."""
        self._db.conn.close()
        self._erase()
        self._db = self._open()
        if self._searcher is not None:
            self._searcher.reopen(self._db)

    def _belongs(self) -> bool:
        return schema.is_current(self._db) and schema.belongs(self._db, self._archive.db)

    def _update(self, progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> None:
        if not self._writable:
            raise ReadOnlyMedium(path=str(self._path))
        if not self._belongs():
            with writing(self._db):
                if not self._belongs():  # another program may have begun meanwhile
                    self._begin()
        if schema.read(self._db, "building"):
            self._build(progress, cancelled)
        self._follow(progress, cancelled)
        if schema.read(self._db, "words") != "counted":
            with writing(self._db):
                vocabulary.recount(self._db)
                schema.write(self._db, "words", "counted")

    def _begin(self) -> None:
        schema.drop(self._db)
        schema.create(self._db)
        for key, value in {
            "schema": schema.VERSION,
            "archive": self._archive.id,
            "generation": feed.generation(self._archive.db),
            # what changes from here on is in the feed, so that a build may take documents as they are when it comes by
            "watermark": str(feed.position(self._archive.db)),
            "building": json.dumps(["", 0]),
        }.items():
            schema.write(self._db, key, value)

    def _build(self, progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> None:
        archive = self._archive.db
        total = documents.count(archive)
        done = int(self._db.conn.execute("SELECT count(*) FROM document").fetchone()[0])
        while place := schema.read(self._db, "building"):
            progress(done, max(total, done))
            date, row = json.loads(place)
            found = bulk.by_date(archive, (date, row), STRETCH)
            for batch in self._batches([row for _, row in found]):
                if cancelled():
                    raise Cancelled
                after = json.dumps([batch[-1].earliest, batch[-1].row])
                if not self._built(batch, place, after):
                    break
                place = after
                done += len(batch)
                progress(done, max(total, done))
            else:
                self._built([], place, json.dumps(found[-1]) if len(found) == STRETCH else "")

    def _built(self, batch: Sequence[Document], place: str, after: str) -> bool:
        """Put a batch and move the place of the build; False where another program moved it or began anew meanwhile:
        what was put before may be gone then, and the build goes on from where it stands now."""
        with writing(self._db):
            if schema.read(self._db, "building") != place:
                return False
            if batch:
                self._put(batch, count_words=False)
            schema.write(self._db, "building", after)
        return True

    def _follow(self, progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> None:
        archive = self._archive.db
        done, total = 0, feed.position(archive) - int(schema.read(self._db, "watermark"))
        count_words = total <= FEW and schema.read(self._db, "words") == "counted"
        while changes := feed.changes(archive, int(schema.read(self._db, "watermark")), DOCUMENTS):
            progress(done, max(total, done))
            changed = [*dict.fromkeys(change.record for change in changes)]
            rows = bulk.rows(archive, changed)
            there = {document.id for document in bulk.documents(archive, rows)}
            with writing(self._db):
                if not count_words:
                    schema.write(self._db, "words", "")
                postings.remove(self._db, [identity for identity in changed if identity not in there])
            for batch in self._batches(rows):
                if cancelled():
                    raise Cancelled
                with writing(self._db):
                    self._put(batch, count_words=count_words)
            with writing(self._db):
                schema.write(self._db, "watermark", str(changes[-1].seq))
            done += len(changes)
            progress(done, max(total, done))

    def _batches(self, rows: Sequence[int]) -> Iterator[list[Document]]:
        batch: list[Document] = []
        characters = 0
        for at in range(0, len(rows), DOCUMENTS):
            for document in bulk.documents(self._archive.db, rows[at : at + DOCUMENTS]):
                batch.append(document)
                characters += document.characters
                if characters >= CHARACTERS or len(batch) >= DOCUMENTS:
                    yield batch
                    batch, characters = [], 0
        if batch:
            yield batch

    def _put(self, batch: Sequence[Document], *, count_words: bool) -> None:
        """Put documents as they are by now: what another program has changed or removed since must not come back."""
        archive = self._archive.db
        batch = list(bulk.documents(archive, [document.row for document in batch]))
        rows = [document.row for document in batch]
        names = bulk.names(archive, rows)
        pieces: dict[int, list[TextRow]] = {row: [] for row in rows}
        for row, piece in texts.bulk(archive, rows):
            pieces[row].append(piece)
        entries = [postings.Entry(one, names[one.row], pieces[one.row]) for one in batch]
        postings.put(self._db, entries, count_words=count_words)
