"""A confined process has the limits it was given and cannot lift them."""

from __future__ import annotations

import multiprocessing
import os
import sys
from multiprocessing.connection import Connection

import pytest

from archive.reading.limits import Limits, confine, renew_cpu

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no resource limits")
LIMITS = Limits(memory_bytes=512 << 20, cpu_seconds=7)


def confined(answers: Connection, parent: int) -> None:
    """Run in a process of its own: what is limited stays so."""
    import resource

    confine(LIMITS, parent)
    renew_cpu(LIMITS)
    first = resource.getrlimit(resource.RLIMIT_CPU)[0]
    while sum(resource.getrusage(resource.RUSAGE_SELF)[:2]) < 1.2:
        pass
    renew_cpu(LIMITS)
    second = resource.getrlimit(resource.RLIMIT_CPU)[0]
    values = [
        resource.getrlimit(resource.RLIMIT_FSIZE) == (0, 0),
        resource.getrlimit(resource.RLIMIT_CORE) == (0, 0),
        resource.getrlimit(resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS)[0] == 512 << 20,
        os.nice(0) >= 5,
        os.readlink("/dev/fd/1") == os.devnull if sys.platform == "linux" else True,
        first >= 7 and second > first,
    ]
    answers.send_bytes(bytes(values))


def test_limits_are_set_and_processor_time_is_renewed() -> None:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=confined, args=(theirs, os.getpid()))
    process.start()
    theirs.close()
    with ours:
        assert list(ours.recv_bytes()) == [1] * 6
    process.join()
    process.close()
