"""The readers at work: threads that each drive one worker process, from a file or member to what was read of it."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import partial
from pathlib import Path

from archive.errors import Cancelled, Damaged, OriginalAbsent
from archive.originals import CHUNK, Originals, Staged, Staging
from archive.reading.process import Origin, ReadingProcess
from archive.reading.result import Member, Reading
from archive.reading.source import Budget
from archive.records import Confidentiality, Name, Relation


@dataclass(slots=True)
class Tree:
    """One input with all that is inside it: its `size`, what it may still bring forth, and the tasks not done yet."""

    size: int = 0
    given: bool = True  # False for a container that an earlier import left open
    pending: int = 1
    budget: Budget = field(default_factory=Budget)
    lock: threading.Lock = field(default_factory=threading.Lock)
    members: int = 0
    bytes: int = 0

    def left(self, depth: int) -> Budget:
        """The budget of something `depth` levels below the input."""
        whole = self.budget
        with self.lock:
            return Budget(
                depth=max(whole.depth - depth, 0),
                members=max(whole.members - self.members, 0),
                bytes=max(whole.bytes - self.bytes, 0),
                ratio=whole.ratio,
                ratio_from=whole.ratio_from,
            )

    def spend(self, bytes_: int) -> None:
        """One more member of this size was found."""
        with self.lock:
            self.members += 1
            self.bytes += bytes_


class Purpose(Enum):
    """Why something is read."""

    NEW = auto()  # it was given, or found inside something
    RESUME = auto()  # an interrupted import left the container open
    RETRY = auto()  # it was given again, and a limit ended its last reading
    REREAD = auto()  # somebody asks for it to be read again


@dataclass(slots=True)
class Container:
    """A document whose members are being read; `left` counts those not yet recorded. They are as confidential.

    Where its reading is not `complete` there may be others, and the next import asks for them again.
    """

    row: int
    left: int
    complete: bool
    confidentiality: Confidentiality


@dataclass(frozen=True, slots=True)
class Task:
    """Something to read: a file on disk, or bytes that are staged or stored already."""

    name: Name
    origin: Path | Staged
    tree: Tree
    depth: int = 0
    container: Container | None = None
    relation: Relation = Relation.MEMBER
    name_there: str = ""  # as the container names it
    purpose: Purpose = Purpose.NEW

    @property
    def stored(self) -> bool:
        """Whether the bytes belong to a record already."""
        return self.purpose is not Purpose.NEW

    @property
    def member(self) -> bool:
        """Whether it was found inside another file."""
        return self.container is not None


@dataclass(frozen=True, slots=True)
class Part:
    """A member found; `staged` is None where it could not be taken out, and `reason` says why."""

    member: Member
    staged: Staged | None
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task: duplicate bytes (`reading` None), or a reading with its original and parts.

    `problem` is a code where the file could not be got at all; then nothing else is set, or the hash alone.
    """

    task: Task
    sha256: str = ""
    size: int = 0
    staged: Staged | None = None
    reading: Reading | None = None
    parts: tuple[Part, ...] = ()
    problem: str = ""
    message: str = ""


class Readers:
    """A pool of reading processes. `known` tells whether bytes need no reading: they are here, with all members."""

    def __init__(
        self, jobs: int, originals: Originals, known: Callable[[str], bool], cancelled: Callable[[], bool]
    ) -> None:
        self._closing = threading.Event()
        self._originals, self._known, self._stopped = originals, known, cancelled
        self._pool = ThreadPoolExecutor(jobs, thread_name_prefix="tamarisk-reader")
        self._mine = threading.local()
        self._processes: list[ReadingProcess] = []

    def submit(self, task: Task) -> Future[Outcome]:
        """Read a task in some thread; the future raises what the archive or machine could not bear."""
        return self._pool.submit(self._outcome, task)

    def close(self) -> None:
        """End all threads and processes, also what they are at."""
        self._closing.set()
        self._pool.shutdown(wait=True, cancel_futures=True)
        for process in self._processes:
            process.close()

    def _outcome(self, task: Task) -> Outcome:
        self._check_cancelled()
        if isinstance(task.origin, Path):
            return self._file(task, task.origin)
        return self._staged(task, task.origin)

    def _file(self, task: Task, path: Path) -> Outcome:
        try:
            sha256, size = self._digest(path)
        except OSError as error:
            code = "no-permission" if isinstance(error, PermissionError) else "input-output"
            return Outcome(task, problem=code, message=str(error.strerror))
        if self._known(sha256):
            return Outcome(task, sha256, size)
        reading, parts = self._read(task, path)
        staging = self._originals.stage()
        try:
            with path.open("rb") as file, staging:
                while data := file.read(CHUNK):
                    self._check_cancelled()
                    staging.write(data)
                staged = staging.finish()
        except OSError as error:
            self._drop(parts)
            return Outcome(task, problem="input-output", message=str(error.strerror))
        except BaseException:
            self._drop(parts)
            raise
        if staged.sha256 != sha256:
            self._drop(parts)
            self._originals.discard(staged)
            return Outcome(task, problem="changed")
        return Outcome(task, sha256, size, staged, reading, parts)

    def _staged(self, task: Task, staged: Staged) -> Outcome:
        if not task.stored and self._known(staged.sha256):
            self._originals.discard(staged)
            return Outcome(task, staged.sha256, staged.size)
        try:
            return self._staged_reading(task, staged)
        except (Damaged, OriginalAbsent) as error:
            if not task.stored:
                raise
            return Outcome(task, staged.sha256, staged.size, problem=error.code, message=str(error))

    def _staged_reading(self, task: Task, staged: Staged) -> Outcome:
        reading, parts = self._read(task, (staged.size, partial(self._originals.read_at, staged)))
        return Outcome(task, staged.sha256, staged.size, staged, reading, parts)

    def _digest(self, path: Path) -> tuple[str, int]:
        digest, size = hashlib.sha256(), 0
        with path.open("rb") as file:
            while data := file.read(CHUNK):
                self._check_cancelled()
                digest.update(data)
                size += len(data)
        return digest.hexdigest(), size

    def _read(self, task: Task, origin: Origin) -> tuple[Reading, tuple[Part, ...]]:
        """Read by this thread's own process: on Linux a worker ends with the thread that started it."""
        process: ReadingProcess | None = getattr(self._mine, "process", None)
        if process is None:
            process = self._mine.process = ReadingProcess()
            self._processes.append(process)
        taking = _Taking(self._originals, task.tree)
        try:
            reading = process.read(
                task.name.shown,
                origin,
                taking.begin,
                self._cancelled,
                task.tree.left(task.depth),
            )
        except BaseException:
            self._drop(taking.parts)
            raise
        return reading, tuple(taking.parts)

    def _cancelled(self) -> bool:
        return self._closing.is_set() or self._stopped()

    def _check_cancelled(self) -> None:
        if self._cancelled():
            raise Cancelled()

    def _drop(self, parts: list[Part] | tuple[Part, ...]) -> None:
        for part in parts:
            if part.staged:
                self._originals.discard(part.staged)


class _Taking:
    """Takes the members of one file as its reader finds them, into the originals."""

    def __init__(self, originals: Originals, tree: Tree) -> None:
        self._originals, self._tree = originals, tree
        self.parts: list[Part] = []

    def begin(self, member: Member) -> _Consumer:
        return _Consumer(member, self._originals.stage(), self)

    def took(self, member: Member, staging: Staging, complete: bool, reason: str) -> None:
        self._tree.spend(staging.size)
        if complete:
            self.parts.append(Part(member, staging.finish(), ""))
        else:
            staging.discard()
            self.parts.append(Part(member, None, reason))


class _Consumer:
    """Takes the bytes of one member."""

    def __init__(self, member: Member, staging: Staging, taking: _Taking) -> None:
        self._member, self._staging, self._taking = member, staging, taking

    def write(self, chunk: bytes) -> None:
        self._staging.write(chunk)

    def close(self, complete: bool, reason: str) -> None:
        self._taking.took(self._member, self._staging, complete, reason)
