"""The limits on a worker process, and setting them with what the operating system offers."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one worker may take. Bytes and seconds.

    `wall_seconds` is how long a worker may stay silent, not how long a file may take: a large container reports each
    member. `source_bytes` is the most that is held in memory of a file that comes through the pipe, whatever its size,
    `text_bytes` the most text taken from one file, in UTF-8. A worker is replaced after `files` files or once it holds
    `resident_bytes`.
    """

    memory_bytes: int = 3 << 30
    cpu_seconds: int = 300
    wall_seconds: float = 120.0
    source_bytes: int = 256 << 20
    text_bytes: int = 256 << 20
    files: int = 500
    resident_bytes: int = 768 << 20


def confine(limits: Limits, parent: int) -> None:
    """Apply to this process what holds for its whole life: no files written, no core, no loud output, low priority.

    `parent` is the process id of the one who started us; on Linux and Windows we end with it. Windows has no limit on
    files written, and on CPU none that could be renewed: there the program's own watch over silence is what there is.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent, which then ends us
    _silence()
    if sys.platform == "win32":
        from archive.reading import job

        with contextlib.suppress(OSError):  # the program watches memory and silence all the same
            job.join(limits.memory_bytes, parent)
        return
    import resource

    with contextlib.suppress(OSError):
        os.nice(5)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a write then fails with an error instead of ending us
    # RLIMIT_DATA counts private writable memory on Linux, so that reserved address space (thread stacks, allocators)
    # and mapped libraries cost nothing; elsewhere it means brk alone, and RLIMIT_AS is what there is.
    kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(kind, (limits.memory_bytes, limits.memory_bytes))
    if sys.platform == "linux":
        _end_with_parent(parent)


def renew_cpu(limits: Limits) -> None:
    """Give this process `cpu_seconds` more from now on: the system counts over its whole life."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(used.ru_utime + used.ru_stime) + limits.cpu_seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _silence() -> None:
    """Libraries in C and Rust print about what they read; neither a terminal nor a log may show it."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    os.close(nothing)


def _end_with_parent(parent: int) -> None:
    """Have the kernel kill us when the thread that started us ends, even while a library loops."""
    set_parent_death_signal = 1  # PR_SET_PDEATHSIG, prctl(2)
    ctypes.CDLL(None, use_errno=True).prctl(set_parent_death_signal, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)
