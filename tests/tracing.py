"""Runs a program under strace and tells which sockets the kernel made for it; and starts a display of its own."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

TRACED = ("socket", "socketpair", "connect", "io_uring_setup")
_CALL = re.compile(rf"^({'|'.join(TRACED)})\((.*)\)\s+= (-?\d+)")
_FAMILY = re.compile(r"\b(?:AF|PF)_\w+")


@dataclass(frozen=True, slots=True)
class Call:
    """One system call: its name, the family it names ("AF_UNIX"; "" where it names none), whether it succeeded."""

    name: str
    family: str
    succeeded: bool


def trace(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str] | None = None,
    drive: Callable[[], None] = lambda: None,
) -> list[Call]:
    """Runs the command and its children under strace until it ends by itself, and returns their calls.

    `drive` is called when the command has been started: it may use the window until that closes. `environment` is
    added to this process's. The logs go to `folder`. Fails the test if the command ends with another status than 0.
    """
    folder.mkdir(parents=True, exist_ok=True)
    # One log for each thread (-ff), so that no call is torn in two by another's.
    strace = ["strace", "-ff", "-qq", "-e", "signal=none", "-e", "trace=" + ",".join(TRACED), "-o", f"{folder}/log"]
    process = subprocess.Popen(
        [*strace, "--", *command],
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        drive()
        output, _ = process.communicate(timeout=120)
    finally:
        # strace lets go of what it traced when it is killed, so the whole session is ended.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    assert process.returncode == 0, output
    lines = [line for log in sorted(folder.glob("log.*")) for line in log.read_text("utf-8", "replace").splitlines()]
    return [call for line in lines if (call := _parse(line))]


def foreign(calls: Sequence[Call]) -> list[Call]:
    """The calls that reached beyond this computer's own sockets. A guarded program has none."""
    return [call for call in calls if call.succeeded and call.family != "AF_UNIX"]


def _parse(line: str) -> Call | None:
    found = _CALL.match(line)
    if not found:
        return None
    name, arguments, result = found.groups()
    family = _FAMILY.search(arguments)
    return Call(name, family.group().replace("PF_", "AF_") if family else "", int(result) >= 0)


@contextlib.contextmanager
def display(width: int = 1280, height: int = 800) -> Iterator[dict[str, str]]:
    """An X server of one's own; gives the environment that leads a program to it. Skips where there is no Xvfb."""
    if not shutil.which("Xvfb"):
        pytest.skip("Xvfb is not installed")
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            number = told.readline().strip()  # written when the server is ready, empty when it could not start
        assert number, "Xvfb did not start"
        yield {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb", "WAYLAND_DISPLAY": ""}
    finally:
        server.terminate()
        server.wait()
