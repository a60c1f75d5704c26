"""A worker process as the program holds it: asks it to read or draw, watches it, and replaces it when it fails."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from types import TracebackType
from typing import Any

import psutil

from archive.errors import Cancelled, EnvironmentFault
from archive.reading import dispatch, wire, worker
from archive.reading.limits import Limits
from archive.reading.pipes import TICK, Watched
from archive.reading.render import Mark, Rendering
from archive.reading.result import Member, Reading
from archive.reading.source import Budget, Consumer

# A file on disk that the worker opens itself, or its size and what gives the `wire.CHUNK` bytes at an offset.
Origin = Path | tuple[int, Callable[[int], bytes]]


class _Failed(Exception):
    """The worker did not answer; `reason` is the code of the reading that says so."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ReadingProcess:
    """One worker process, started when first needed and replaced whenever it fails, grows or has served long enough.

    It belongs to one thread at a time; on Linux the worker ends with the thread that started it, on Windows with the
    program. `readers` map media types to "module:function" and go before those of `archive.reading.dispatch`.
    """

    def __init__(self, limits: Limits | None = None, readers: Mapping[str, str] | None = None) -> None:
        self._limits = limits or Limits()
        self._readers = dict(readers or {})
        self._process: SpawnProcess | None = None
        self._requests: Connection | None = None
        self._answers: Connection | None = None
        self._served = 0

    def __enter__(self) -> ReadingProcess:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The process id of the worker, None while there is none."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start the worker ahead of need: it takes a moment to come up. Raises EnvironmentFault."""
        if self._process is not None:
            return
        context = multiprocessing.get_context("spawn")
        # Two one-way pipes rather than one duplex, which would be a socket.
        theirs_in, self._requests = context.Pipe(duplex=False)
        self._answers, theirs_out = context.Pipe(duplex=False)
        starting = context.Process(
            target=worker.main,
            args=(theirs_in, theirs_out, self._limits, self._readers, os.getpid()),
            name="tamarisk-reader",
            daemon=True,
        )
        try:
            starting.start()
        except OSError as error:  # too many processes, no memory for one more
            self.close()
            raise EnvironmentFault(path="tamarisk-reader", why=str(error.strerror)) from error
        finally:
            # The worker's ends are open in the worker alone, so that each side sees when the other is gone.
            theirs_in.close()
            theirs_out.close()
        self._process = starting
        Watched.prepare(self._requests, self._answers)
        self._served = 0

    def close(self) -> None:
        """End the worker at once and wait until it is gone."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            with contextlib.suppress(ValueError):  # somebody else in this program has waited for it
                self._process.close()
        for pipe in (self._requests, self._answers):
            if pipe is not None:
                pipe.close()
        self._process = self._requests = self._answers = None

    def read(
        self,
        name: str,
        source: Origin,
        on_member: Callable[[Member], Consumer],
        cancelled: Callable[[], bool],
        budget: Budget | None = None,
    ) -> Reading:
        """The reading of one file; whatever the file does to the worker is a reading too (`crashed`, `timeout`,
        `memory`).

        `on_member` gives for each member what takes its bytes; every consumer is closed exactly once. `budget` is what
        the file may still bring forth. Raises Cancelled within a second of `cancelled` turning true, and what `source`
        or a consumer raises.
        """
        budget = budget or Budget()
        taking = _Taking(on_member, budget)
        try:
            answer = self._ask("read", {"name": name}, budget, source, cancelled, taking.take)
        except _Failed as fault:
            taking.abandon(fault.reason)
            return dispatch.failed("", fault.reason)
        except BaseException:
            taking.abandon("cancelled")
            raise
        assert isinstance(answer, Reading)
        return answer

    def render(
        self,
        name: str,
        source: Origin,
        page: int,
        scale: float,
        marks: Sequence[Mark] = (),
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Rendering:
        """One page of a PDF or frame of a picture, from 1; at scale 1 its points or pixels are those of the answer.

        Never raises for the file's sake: see Rendering.reason. Raises Cancelled, and what `source` raises.
        """
        fields = {"name": name, "page": page, "scale": scale, "marks": wire.mark_fields(marks)}
        try:
            answer = self._ask("render", fields, Budget(), source, cancelled, lambda answer: False)
        except _Failed as fault:
            return Rendering(reason=fault.reason)
        assert isinstance(answer, Rendering)
        return answer

    def _ask(
        self,
        kind: str,
        fields: Mapping[str, Any],
        budget: Budget,
        origin: Origin,
        cancelled: Callable[[], bool],
        take: Callable[[wire.Answer], bool],
    ) -> Reading | Rendering:
        """The last answer to one request; `take` gets those before it and says whether it knows them."""
        piece_at: Callable[[int], bytes]
        if isinstance(origin, Path):
            where: dict[str, Any] = {"path": os.fsencode(origin.absolute()).hex(), "size": 0}
            piece_at = _nothing
        else:
            where = {"path": None, "size": origin[0]}
            piece_at = origin[1]
        watch = _Watch(self._limits, cancelled)
        try:
            pipes = self._request(watch, kind, {**fields, **where, "budget": wire.budget_fields(budget)})
            last = Reading if kind == "read" else Rendering
            answer = self._await(pipes, watch, piece_at, lambda answer: isinstance(answer, last), take)
            assert isinstance(answer, Reading | Rendering)
        except BaseException:
            self.close()
            raise
        self._served += 1
        if self._served >= self._limits.files or watch.resident > self._limits.resident_bytes:
            self.close()
            self.start()
        return answer

    def _request(self, watch: _Watch, kind: str, fields: Mapping[str, Any]) -> Watched:
        """Send a request, to a fresh worker where the one at hand ended while nothing was asked of it.

        Returns the pipes for what follows. Raises _Failed and Cancelled.
        """
        for _ in range(2):
            self.start()
            assert self._process is not None
            assert self._requests is not None
            assert self._answers is not None
            watch.pid = self._process.pid
            pipes = Watched(self._requests, self._answers, self._process.sentinel, watch.look)
            try:
                wire.send(pipes, kind, **fields)
                return pipes
            except OSError:
                self.close()
        raise _Failed("crashed")

    def _await(
        self,
        pipes: Watched,
        watch: _Watch,
        piece_at: Callable[[int], bytes],
        is_last: Callable[[wire.Answer], bool],
        take: Callable[[wire.Answer], bool],
    ) -> wire.Answer:
        """Feed and listen until the last answer. Raises _Failed, Cancelled, and what `piece_at` and `take` raise."""
        while True:
            try:
                answer = wire.receive_answer(pipes, self._limits.text_bytes)
            except (wire.Malformed, OSError, EOFError):
                raise _Failed(self._cause(watch)) from None
            if is_last(answer):
                return answer
            if isinstance(answer, wire.More):
                piece = piece_at(answer.start)
                watch.heard()
                try:
                    pipes.send_bytes(piece)
                except OSError:
                    raise _Failed(self._cause(watch)) from None
            elif not take(answer):
                raise _Failed("crashed")
            watch.heard()

    def _cause(self, watch: _Watch) -> str:
        """Why the worker stopped talking."""
        assert self._process is not None
        self._process.join(1)
        code = self._process.exitcode
        if code == worker.EXIT_MEMORY:
            return "memory"
        if code is not None and -code == getattr(signal, "SIGXCPU", None):
            return "timeout"
        # A library in Rust or C aborts when memory is refused; what was held shortly before tells it from other
        # crashes.
        return "memory" if watch.resident > self._limits.memory_bytes // 2 else "crashed"


class _Watch:
    """Looks at cancellation, the clock and the worker's memory while one request is under way."""

    def __init__(self, limits: Limits, cancelled: Callable[[], bool]) -> None:
        self._limits, self._cancelled = limits, cancelled
        self._looked = 0.0
        self._heard = time.monotonic()
        self.resident = 0
        self.pid: int | None = None

    def heard(self) -> None:
        """The worker has said something whole, or the program had its own work: silence counts from now."""
        self._heard = time.monotonic()

    def look(self) -> None:
        """Raises Cancelled and _Failed. A container may say a hundred thousand things a minute: looks are rarer."""
        now = time.monotonic()
        if now - self._looked < TICK:
            return
        self._looked = now
        if self._cancelled():
            raise Cancelled()
        # not every system keeps a limit of its own on memory
        with contextlib.suppress(psutil.Error):
            self.resident = psutil.Process(self.pid).memory_info().rss
        if self.resident > self._limits.memory_bytes:
            raise _Failed("memory")
        if now - self._heard > self._limits.wall_seconds:
            raise _Failed("timeout")


def _nothing(start: int) -> bytes:
    """What the program gives of a file that the worker opens itself."""
    return b""


class _Taking:
    """The members of one file as they arrive, held to the budget whatever the worker says."""

    def __init__(self, on_member: Callable[[Member], Consumer], budget: Budget) -> None:
        self._on_member = on_member
        self._members = budget.members if budget.depth > 0 else 0
        self._names = wire.NAMES
        self._bytes = budget.bytes
        self._open: Consumer | None = None

    def take(self, answer: wire.Answer) -> bool:
        """Pass on one answer. False where it does not fit: the worker has gone wrong."""
        if isinstance(answer, Member) and self._open is None and self._members > 0:
            self._members -= 1
            self._names -= wire.length_of_names(answer)
            if self._names < 0:
                return False
            self._open = self._on_member(answer)
        elif isinstance(answer, bytes) and self._open is not None and len(answer) <= self._bytes:
            self._bytes -= len(answer)
            self._open.write(answer)
        elif isinstance(answer, wire.Ended) and self._open is not None:
            consumer, self._open = self._open, None
            consumer.close(answer.complete, answer.reason)
        else:
            return False
        return True

    def abandon(self, reason: str) -> None:
        """Close the member that is open, if any, as incomplete."""
        consumer, self._open = self._open, None
        if consumer is not None:
            consumer.close(False, reason)
