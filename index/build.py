"""Filling an index: every document of the archive in order of date, and then whatever its change feed says."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence

from archive import bulk, feed, texts
from archive.cases import digests, dockets
from archive.cases.records import Kind
from archive.connect import Database, writing
from archive.container import Archive
from archive.errors import Cancelled
from archive.records import Document, TextRow
from index import entries, heads, near, postings, schema, vocabulary

STRETCH = 100_000
DOCUMENTS, CHARACTERS = 20_000, 30_000_000
SUBJECTS = 5_000
"""A batch ends with whichever is reached first; a commit writes one stretch of postings, so batches are large."""
FEW = 2_000
"""Up to so many changes the list of words is kept up word by word; above, it is counted anew."""


class Builder:
    """Fills one index file. What was done before an interruption, kill -9 included, stays done.

    `progress` gets the records done and to be done. Everything raises Cancelled and dbapi2's errors.
    """

    def __init__(
        self,
        archive: Archive,
        db: Database,
        progress: Callable[[int, int], None] = lambda done, total: None,
        cancelled: Callable[[], bool] = bool,
    ) -> None:
        self._archive, self._db = archive, db
        self._progress, self._cancelled = progress, cancelled

    def begin(self) -> None:
        """Make the tables of an index that knows nothing yet."""
        with writing(self._db):
            schema.create(self._db)
            for key, value in {
                "schema": schema.VERSION,
                "archive": self._archive.id,
                "generation": feed.generation(self._archive.db),
                # what changes from here on is in the feed, so a build may take documents as they are when it comes by
                "watermark": str(feed.position(self._archive.db)),
                "began": str(feed.position(self._archive.db)),
                "place": json.dumps(["", 0]),
                "subjects": "0",
            }.items():
                schema.write(self._db, key, value)

    def build(self) -> None:
        """Put every document and every subject, from where the build stands, and say that the index is ready."""
        archive = self._archive.db
        total = entries.total(archive)
        done = schema.records(self._db)
        while place := schema.read(self._db, "place"):
            self._progress(done, max(total, done))
            date, row = json.loads(place)
            found = bulk.by_date(archive, (date, row), STRETCH)
            for batch in self._batches([row for _, row in found]):
                self._check()
                with writing(self._db):
                    self._put(batch, count_words=False)
                    schema.write(self._db, "place", json.dumps([batch[-1].earliest, batch[-1].row]))
                done += len(batch)
                self._progress(done, max(total, done))
            with writing(self._db):
                schema.write(self._db, "place", json.dumps(found[-1]) if len(found) == STRETCH else "")
        while place := schema.read(self._db, "subjects"):
            self._progress(done, max(total, done))
            rows = digests.everything(archive, int(place), SUBJECTS)
            self._check()
            with writing(self._db):
                self._put_subjects(rows, count_words=False)
                schema.write(self._db, "subjects", str(rows[-1]) if rows else "")
            done += len(rows)
        self.follow()
        with writing(self._db):
            schema.write(self._db, "ready", "1")

    def follow(self) -> None:
        """Take what the feed says."""
        archive = self._archive.db
        done, total = 0, feed.position(archive) - int(schema.read(self._db, "watermark"))
        count_words = total <= FEW and schema.read(self._db, "words") == "counted"
        while changes := feed.changes(archive, int(schema.read(self._db, "watermark")), DOCUMENTS):
            self._progress(done, max(total, done))
            changed = [*dict.fromkeys(change.record for change in changes)]
            rows = bulk.rows(archive, changed)
            there = {document.id for document in bulk.documents(archive, rows)}
            subjects = {change.record for change in changes if change.kind == "subject"}
            # what names a changed record may have changed itself; a record put twice at once would count twice
            wanted = dict.fromkeys((*subjects, *digests.naming(archive, list(subjects))))
            about = digests.rows(archive, list(wanted))
            there |= digests.identities(archive, about)
            with writing(self._db):
                if postings.remove(self._db, [identity for identity in changed if identity not in there]):
                    count_words = False
                if not count_words:
                    schema.write(self._db, "words", "")
            for batch in self._batches(rows):
                self._check()
                with writing(self._db):
                    self._put(batch, count_words=count_words)
            for at in range(0, len(about), SUBJECTS):
                self._check()
                with writing(self._db):
                    self._put_subjects(about[at : at + SUBJECTS], count_words=count_words)
            with writing(self._db):
                schema.write(self._db, "watermark", str(changes[-1].seq))
            done += len(changes)
            self._progress(done, max(total, done))
        if schema.read(self._db, "words") != "counted":
            with writing(self._db):
                vocabulary.recount(self._db)
                schema.write(self._db, "words", "counted")
        self._check()
        if heads.are_outdated(self._db):
            with writing(self._db):
                heads.build(self._db)
        if near.are_outdated(self._db):
            with writing(self._db):
                near.group(self._db, archive, self._check)

    def _check(self) -> None:
        if self._cancelled():
            raise Cancelled

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
        put = [entries.of_document(one, names[one.row], pieces[one.row]) for one in batch]
        postings.put(self._db, put, count_words=count_words)

    def _put_subjects(self, rows: Sequence[int], *, count_words: bool) -> None:
        archive = self._archive.db
        found = list(digests.digests(archive, rows))
        cases = dockets.of_cases(archive, [one.subject.row for one in found if one.subject.kind is Kind.CASE])
        put = [entries.of_digest(digest, cases.get(digest.subject.row)) for digest in found]
        postings.put(self._db, put, count_words=count_words)
