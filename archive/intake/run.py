"""The import: walks what was given, has it read by worker processes, and commits in batches what they found.

Originals are committed before the records that name them, so that an interruption leaves at most bytes without a
record, which the next import collects. A container whose members are not all recorded is marked open and gone on with.
"""

from __future__ import annotations

import dataclasses
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from pathlib import Path

from filelock import FileLock, Timeout

from archive import connect, documents, meta
from archive.connect import translated, writing
from archive.container import Archive
from archive.errors import Busy, Cancelled, OriginalAbsent
from archive.intake import kinds
from archive.intake.readers import Container, Outcome, Readers, Task, Tree
from archive.intake.report import Progress, Report, Tally
from archive.intake.walk import Found, walk
from archive.reading.result import Reading
from archive.records import Confidentiality, Document, Name, Verdict

BATCH_OUTCOMES = 200
BATCH_SECONDS = 2.0
BATCH_CHARACTERS = 16 << 20  # what waits to be committed is held in memory
COLLECTED = "originals collected up to"


def run(
    archive: Archive,
    paths: Sequence[Path],
    *,
    jobs: int = 2,
    confidentiality: Confidentiality = Confidentiality.RESTRICTED,
    progress: Callable[[Progress], None] = lambda progress: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Report:
    """Import files and folders into an archive opened for writing; accounts for every one of them.

    A broken file costs one line of the report. Cancelling takes effect within a second and keeps what is committed.
    Raises Busy where another import is running on this archive, and environment faults (disk full …), which also keep
    what is committed.
    """
    with translated(archive.path):
        lock = FileLock(archive.path / "import.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise Busy(path=str(archive.path)) from error
        try:
            return _Import(archive, jobs, confidentiality, progress, cancelled).run(paths)
        finally:
            lock.release()


class _Import:
    """One import under way; everything here runs on the caller's thread."""

    def __init__(
        self,
        archive: Archive,
        jobs: int,
        confidentiality: Confidentiality,
        tell: Callable[[Progress], None],
        cancelled: Callable[[], bool],
    ) -> None:
        self._archive, self._db = archive, archive.db
        self._confidentiality, self._tell, self._cancelled = confidentiality, tell, cancelled
        self._jobs = max(jobs, 1)
        self._members: deque[Task] = deque()
        self._running: set[Future[Outcome]] = set()
        self._batch: list[Outcome] = []
        self._batch_text = 0
        self._batch_began = time.monotonic()
        self._lookup_lock = threading.Lock()
        self._in_hand: set[str] = set()  # containers whose members this import is reading

    def run(self, paths: Sequence[Path]) -> Report:
        self._collect()
        found = [0, 0]
        for item in walk(paths):
            if self._cancelled():
                break
            found[0] += 1
            found[1] += item.size
        self._tally = Tally(found[0], found[1], self._tell)
        self._lookup = connect.connect(self._archive.path / "archive.db", self._archive.key.secret("archive"), "read")
        self._readers = Readers(self._jobs, self._archive.originals, self._known, self._cancelled)
        stopped = False
        try:
            self._work(self._tasks(paths))
        except Cancelled:
            stopped = True
        finally:
            self._readers.close()
            self._lookup.conn.close()
        if stopped:
            self._drain()
        self._commit()
        return self._tally.report(stopped)

    def _collect(self) -> None:
        """Remove the bytes that an interrupted import left without a record."""
        after = int(meta.read(self._db, COLLECTED, "0"))
        sealed = self._archive.originals.collect(after)
        if sealed != after:
            with writing(self._db):
                meta.write(self._db, COLLECTED, str(sealed))

    def _known(self, sha256: str) -> bool:
        """Whether these bytes are here with all their members, or will be soon; asked from the readers' threads."""
        if sha256 in self._in_hand:
            return True
        with self._lookup_lock:
            row = self._lookup.conn.execute("SELECT open FROM document WHERE sha256 = ?", (sha256,)).fetchone()
        return row is not None and not row[0]

    def _tasks(self, paths: Sequence[Path]) -> Iterator[Task]:
        yield from self._unfinished()
        for found in walk(paths):
            if found.problem:
                self._tally.unreadable(found.shown, found.problem)
                self._tally.input_done(0, found.shown)
            else:
                yield Task(_name(found), found.path, Tree(found.size))

    def _unfinished(self) -> Iterator[Task]:
        """Containers that an interrupted import left open, read again from their originals."""
        for document in list(documents.iterate(self._db, documents.unfinished(self._db))):
            name = documents.names(self._db, document.id)[0]
            try:
                staged = self._archive.originals.locate(document.sha256)
            except OriginalAbsent as error:
                self._tally.unreadable(name.shown, error.code, kept=True)
                continue
            self._in_hand.add(document.sha256)
            yield Task(name, staged, Tree(given=False), stored=True)

    def _work(self, tasks: Iterator[Task]) -> None:
        """Keep the readers busy, members before new inputs so that little waits at any time."""
        exhausted = False
        while True:
            if self._cancelled():
                raise Cancelled()
            while len(self._running) < 2 * self._jobs and (self._members or not exhausted):
                task = self._members.popleft() if self._members else next(tasks, None)
                if task is None:
                    exhausted = True
                else:
                    self._running.add(self._readers.submit(task))
            if not self._running:
                if not self._batch:
                    return
                self._commit()
                continue
            done, self._running = wait(self._running, timeout=0.2, return_when=FIRST_COMPLETED)
            for future in done:
                outcome = future.result()
                self._batch.append(outcome)
                self._batch_text += _characters(outcome)
            due = time.monotonic() - self._batch_began > BATCH_SECONDS or self._batch_text > BATCH_CHARACTERS
            if len(self._batch) >= BATCH_OUTCOMES or (self._batch and due):
                self._commit()

    def _drain(self) -> None:
        """After a cancellation: what the readers had finished is kept."""
        for future in self._running:
            if future.done() and not future.cancelled() and future.exception() is None:
                self._batch.append(future.result())

    def _commit(self) -> None:
        """Make the batch durable: originals first, then the records, and only then is it reported."""
        batch, self._batch, self._batch_text = self._batch, [], 0
        self._batch_began = time.monotonic()
        if not batch:
            return
        self._archive.originals.commit()
        tasks: list[Task] = []
        with writing(self._db):
            for outcome in batch:
                tasks += self._record(outcome)
        self._archive.originals.commit()
        self._members.extendleft(reversed(tasks))
        for outcome in batch:
            tree, name = outcome.task.tree, outcome.task.name.shown
            tree.pending -= 1
            if tree.pending or not tree.given:
                self._tally.tell(name)
            else:
                self._tally.input_done(tree.size, name)

    def _record(self, outcome: Outcome) -> list[Task]:
        """Record one outcome; returns the members that are to be read."""
        task, shown = outcome.task, outcome.task.name.shown
        if outcome.problem:
            self._tally.unreadable(shown, outcome.problem, outcome.message)
            return []
        document = documents.by_hash(self._db, outcome.sha256)
        if document is None:
            assert outcome.reading is not None
            assert outcome.staged is not None
            self._archive.originals.register(outcome.staged)
            document = documents.add(
                self._db,
                _complete(outcome.reading, task.name),
                sha256=outcome.sha256,
                size=outcome.size,
                name=task.name,
                confidentiality=self._confidentiality,
                who=self._archive.desk,
                open_container=any(part.staged for part in outcome.parts),
            )
            self._tally.added(shown, outcome.reading, member=task.member)
            tasks = self._descend(outcome, document.row)
            if tasks:
                self._in_hand.add(outcome.sha256)
        else:
            if not task.stored:
                documents.add_name(self._db, document, task.name, self._archive.desk)
                self._tally.duplicate(member=task.member)
                if outcome.staged is not None:
                    self._archive.originals.discard(outcome.staged)
            tasks = self._go_on(outcome, document)
        if task.container is not None and task.container.row != document.row:
            documents.add_parent(self._db, document.row, task.container.row, task.relation, task.name_there)
        if task.container is not None:
            self._member_done(task.container)
        return tasks

    def _go_on(self, outcome: Outcome, document: Document) -> list[Task]:
        """The tasks for the members of a container that an earlier import left open; none where they are in hand."""
        reading, stored = outcome.reading, outcome.task.stored
        if reading is None or not (stored or outcome.parts):
            return []
        if not stored and outcome.sha256 in self._in_hand:
            for part in outcome.parts:
                if part.staged is not None:
                    self._archive.originals.discard(part.staged)
            return []
        failed = _worse(reading, document)
        if failed:
            self._in_hand.discard(outcome.sha256)  # the same bytes may be among the files given
            self._tally.unreadable(outcome.task.name.shown, reading.reason, reading.detail, kept=True)
        elif not outcome.parts:
            documents.set_open(self._db, document.row, False)
        return self._descend(outcome, document.row, complete=not failed)

    def _descend(self, outcome: Outcome, row: int, *, complete: bool = True) -> list[Task]:
        """The tasks for a document's members; those that could not be taken out are reported.

        The document is open until they are recorded, and stays so where the reading is not `complete`.
        """
        task = outcome.task
        wanted = [part for part in outcome.parts if part.staged is not None]
        container = Container(row, len(wanted), complete)
        if wanted:
            documents.set_open(self._db, row, True)
        tasks = []
        for part in outcome.parts:
            name = Name(f"{task.name.shown}/{part.member.name}", part.member.raw_name, meta.now())
            if part.staged is None:
                self._tally.unreadable(name.shown, part.reason, member=True)
            else:
                task.tree.pending += 1
                kin, depth = part.member, task.depth + 1
                tasks.append(Task(name, part.staged, task.tree, depth, container, kin.relation, kin.name))
        return tasks

    def _member_done(self, container: Container) -> None:
        container.left -= 1
        if not container.left and container.complete:
            documents.set_open(self._db, container.row, False)


def _characters(outcome: Outcome) -> int:
    return sum(len(page.text) for page in outcome.reading.pages) if outcome.reading else 0


def _name(found: Found) -> Name:
    return Name(found.shown, found.raw, meta.now())


def _worse(reading: Reading, document: Document) -> bool:
    """Whether a container read again gave less than at first, as when its worker failed: members may be missing."""
    first = (document.verdict, document.reason)
    return reading.verdict is not Verdict.GOOD and (reading.verdict, reading.reason) != first


def _complete(reading: Reading, name: Name) -> Reading:
    """A reading with a title and a type: where it has none of its own, those of its name and format."""
    metadata = reading.metadata
    return dataclasses.replace(
        reading,
        metadata=dataclasses.replace(
            metadata,
            title=metadata.title or name.shown.rpartition("/")[2],
            type=metadata.type or kinds.of(reading.media_type),
        ),
    )
