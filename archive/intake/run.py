"""The import: walks what was given, has it read by worker processes, and commits in batches what they found.

Originals are committed before the records that name them, so that an interruption leaves at most bytes without a
record, which the next import collects. Documents that are stored already go the same way when they are read again.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from itertools import chain, count
from operator import itemgetter
from pathlib import Path

from archive import connect, documents, meta
from archive.alone import alone
from archive.connect import writing
from archive.container import Archive
from archive.errors import Cancelled, EnvironmentFault
from archive.intake.readers import Outcome, Readers, Task, Tree
from archive.intake.record import Recorder
from archive.intake.report import Progress, Report, Tally
from archive.intake.walk import walk
from archive.records import Confidentiality, Name
from archive.withdrawal import erasing, tombstones

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
    withdrawn_too: bool = False,
) -> Report:
    """Import files and folders into an archive opened for writing; accounts for every one of them.

    A broken file costs one line of the report. Bytes that are there already are read again where a limit or a crash
    ended their last reading. Cancelling takes effect within a second and keeps what is committed. Bytes that were
    withdrawn stay out, and a container that embeds them loses its original, unless they are to come in
    `withdrawn_too`: then as new records.
    Raises Busy where another import is running on this archive, and environment faults (disk full …), which also keep
    what is committed.
    """
    with alone(archive.path):
        _collect(archive)
        total = total_bytes = 0
        for found in walk(paths):
            if cancelled():
                break
            total += 1
            total_bytes += found.size
        tally = Tally(total, total_bytes, progress)
        recorder = Recorder(archive, confidentiality, tally, withdrawn_too=withdrawn_too)
        tasks = chain(recorder.unfinished(), _given(paths, tally))
        return _Work(archive, jobs, recorder, tally, cancelled, barring=not withdrawn_too).run(tasks)


def reread(
    archive: Archive,
    identities: Sequence[str],
    *,
    jobs: int = 2,
    progress: Callable[[Progress], None] = lambda progress: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Report:
    """Read documents again from their originals, with today's readers.

    Where the text or its verdict is another now it becomes a new version; a reading that gives less than the version at
    hand is reported and not taken. Metadata that holds something stays. Members that come out now are added, as
    confidential as what they were found in. Cancels and raises as `run` does.
    """
    with alone(archive.path):
        _collect(archive)
        sizes = [document.size for document in documents.iterate(archive.db, identities)]
        tally = Tally(len(sizes), sum(sizes), progress)
        recorder = Recorder(archive, Confidentiality.RESTRICTED, tally)
        return _Work(archive, jobs, recorder, tally, cancelled).run(recorder.stored(identities))


def _collect(archive: Archive) -> None:
    """Remove the bytes that an interrupted import left without a record."""
    with writing(archive.db):  # so that no note is recorded between the looking and the removing
        after = int(meta.read(archive.db, COLLECTED, "0"))
        sealed = archive.originals.collect(after)
        if sealed != after:
            meta.write(archive.db, COLLECTED, str(sealed))


def _given(paths: Sequence[Path], tally: Tally) -> Iterator[Task]:
    for found in walk(paths):
        if found.problem:
            tally.unreadable(found.shown, found.problem)
            tally.input_done(0, found.shown)
        else:
            yield Task(Name(found.shown, found.raw, meta.now()), found.path, Tree(found.size))


class _Work:
    """One import under way; everything here runs on the caller's thread."""

    def __init__(
        self,
        archive: Archive,
        jobs: int,
        recorder: Recorder,
        tally: Tally,
        cancelled: Callable[[], bool],
        *,
        barring: bool = True,
    ) -> None:
        self._barring = barring
        self._archive, self._db = archive, archive.db
        self._recorder, self._tally, self._cancelled = recorder, tally, cancelled
        self._jobs = max(jobs, 1)
        self._members: deque[Task] = deque()
        self._running: dict[Future[Outcome], int] = {}  # each with its place in the order of submitting
        self._submitted = count()
        self._batch: list[tuple[int, Outcome]] = []
        self._batch_text = 0
        self._batch_began = time.monotonic()
        self._lookup_lock = threading.Lock()

    def run(self, tasks: Iterator[Task]) -> Report:
        """Have the tasks, and what they bring forth, read and recorded."""
        self._lookup = connect.connect(self._archive.path / "archive.db", self._archive.key.secret("archive"), "read")
        self._readers = Readers(self._jobs, self._archive.originals, self._known, self._cancelled)
        stopped = False
        try:
            self._work(tasks)
        except Cancelled:
            stopped = True
        finally:
            self._readers.close()
            self._lookup.conn.close()
        if stopped:
            self._drain()
        self._commit()
        self._close_containers()
        return self._tally.report(stopped)

    def _close_containers(self) -> None:
        """What embeds bytes that were withdrawn must not keep them."""
        with writing(self._db):
            self._recorder.close_containers()
        if erasing.pending(self._db):
            with contextlib.suppress(EnvironmentFault):  # it is noted, and done at the next opening
                erasing.finish(self._archive)

    def _known(self, sha256: str) -> bool:
        """Whether these bytes are here with all their members, or will be soon, or are to stay out; asked from the
        readers' threads."""
        if sha256 in self._recorder.in_hand:
            return True
        with self._lookup_lock:
            row = self._lookup.conn.execute("SELECT open FROM document WHERE sha256 = ?", (sha256,)).fetchone()
            if row is None and self._barring:
                return tombstones.barred(self._lookup, sha256) is not None
        return row is not None and not row[0]

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
                    self._running[self._readers.submit(task)] = next(self._submitted)
            if not self._running:
                if not self._batch:
                    return
                self._commit()
                continue
            done, _ = wait(self._running, timeout=0.2, return_when=FIRST_COMPLETED)
            for future in done:
                outcome = future.result()
                self._batch.append((self._running.pop(future), outcome))
                self._batch_text += _characters(outcome)
            due = time.monotonic() - self._batch_began > BATCH_SECONDS or self._batch_text > BATCH_CHARACTERS
            if len(self._batch) >= BATCH_OUTCOMES or (self._batch and due):
                self._commit()

    def _drain(self) -> None:
        """After a cancellation: what the readers had finished is kept."""
        for future, place in self._running.items():
            if future.done() and not future.cancelled() and future.exception() is None:
                self._batch.append((place, future.result()))

    def _commit(self) -> None:
        """Make the batch durable: originals first, then the records, and only then is it reported.

        In the order in which the files were given, so that of two with the same bytes, read at the same time, the first
        gives the title, whichever reader was faster.
        """
        batch = [outcome for _, outcome in sorted(self._batch, key=itemgetter(0))]
        self._batch, self._batch_text = [], 0
        self._batch_began = time.monotonic()
        if not batch:
            return
        self._archive.originals.commit()
        tasks: list[Task] = []
        with writing(self._db):
            for outcome in batch:
                tasks += self._recorder.record(outcome)
        self._archive.originals.commit()
        self._members.extendleft(reversed(tasks))
        for outcome in batch:
            tree, name = outcome.task.tree, outcome.task.name.shown
            tree.pending -= 1
            if tree.pending or not tree.given:
                self._tally.tell(name)
            else:
                self._tally.input_done(tree.size, name)


def _characters(outcome: Outcome) -> int:
    return sum(len(page.text) for page in outcome.reading.pages) if outcome.reading else 0
