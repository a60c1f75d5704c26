"""A worker does its work, and nothing a file does to it reaches the program."""

from __future__ import annotations

import errno
import multiprocessing.process
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from archive.errors import Cancelled, DiskFull, EnvironmentFault
from archive.reading import wire
from archive.reading.limits import Limits
from archive.reading.process import ReadingProcess
from archive.reading.result import Member
from archive.reading.source import Budget
from archive.records import Verdict
from tests.archive.reading import hostile
from tests.archive.reading.collected import Collected, Kept, stored

LIMITS = Limits(memory_bytes=300 << 20, cpu_seconds=2, wall_seconds=4)


@pytest.fixture(scope="module")
def process() -> Iterator[ReadingProcess]:
    with ReadingProcess(LIMITS, hostile.TEXT) as process:
        yield process


def never() -> bool:
    return False


def order(process: ReadingProcess, words: str, members: Collected | None = None, **more: Budget) -> tuple[Verdict, str]:
    data = f"please {words}".encode()
    reading = process.read("order.txt", stored(data), members or Collected(), never, **more)
    return reading.verdict, reading.reason


def say(process: ReadingProcess, data: bytes) -> str:
    reading = process.read("words.txt", stored(data), Collected(), never)
    assert reading.verdict is Verdict.GOOD, reading
    return reading.pages[0].text


def test_one_worker_reads_many_files_from_disk_and_from_chunks(process: ReadingProcess, tmp_path: Path) -> None:
    place = tmp_path / "on disk\udcff.txt"
    place.write_bytes(b"words on disk")
    first = say(process, b"words in chunks")
    second = process.read("on disk.txt", place, Collected(), never)
    assert first == f"{process.pid} read words in chunks"
    assert second.pages[0].text == f"{process.pid} read words on disk"
    assert second.media_type == "text/plain"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("loop", "timeout"),
        ("sleep", "timeout"),
        ("allocate", "memory"),
        ("abort", "crashed"),
        ("leave", "crashed"),
        ("babble", "crashed"),
        ("flood", "crashed"),
        ("stall", "timeout"),
        ("trickle", "timeout"),
        ("promise", "crashed"),
        ("name", "crashed"),
    ],
)
def test_what_a_file_does_to_the_worker_is_a_reading(process: ReadingProcess, words: str, reason: str) -> None:
    before = say(process, b"before")
    assert order(process, words, budget=Budget(members=1000)) == (Verdict.NONE, reason)
    after = say(process, b"after")
    assert before.split()[0] != after.split()[0], "a fresh worker has taken over"
    assert not psutil.pid_exists(int(before.split()[0])), "nothing is left of the old one"


def test_a_worker_that_takes_nothing_costs_one_file(process: ReadingProcess) -> None:
    """It asks for a piece that is larger than a pipe holds, and stops."""
    data = b"please ask".ljust(3 << 20)
    assert process.read("order.txt", stored(data), Collected(), never).reason == "timeout"
    assert say(process, b"after").endswith("read after")


@pytest.mark.parametrize("words", ["stall", "ask"])
def test_a_stalled_worker_is_cancelled(words: str) -> None:
    with ReadingProcess(Limits(wall_seconds=300), hostile.TEXT) as patient:
        patient.start()
        assert patient.pid
        worker = psutil.Process(patient.pid)
        data = f"please {words}".encode().ljust(3 << 20)
        with pytest.raises(Cancelled):
            patient.read("order.txt", stored(data), Collected(), lambda: worker.status() == psutil.STATUS_STOPPED)
        assert not worker.is_running()


def test_names_that_fill_memory_end_at_a_limit(process: ReadingProcess) -> None:
    class Count:
        """A consumer that keeps nothing."""

        members = 0

        def begin(self, member: Member) -> Count:
            self.members += 1
            return self

        def write(self, chunk: bytes) -> None: ...

        def close(self, complete: bool, reason: str) -> None: ...

    count = Count()
    reading = process.read("order.txt", stored(b"please crowd"), count.begin, never)
    assert (reading.verdict, reading.reason) == (Verdict.POOR, "members-limit")
    assert count.members == wire.NAMES // (wire.STRING + wire.RAW_NAME)


def test_members_before_a_crash_are_kept_and_the_one_at_hand_is_incomplete(process: ReadingProcess) -> None:
    members = Collected()
    assert order(process, "kill", members) == (Verdict.NONE, "crashed")
    assert members.contents == {"before": b"whole"}
    assert members.reasons == {"during": "crashed"}


def test_a_worker_killed_while_idle_is_replaced_unseen(process: ReadingProcess) -> None:
    say(process, b"before")
    assert process.pid
    killed = psutil.Process(process.pid)
    killed.kill()
    killed.wait()
    assert say(process, b"after").endswith("read after")


def test_cancelling_ends_a_file_in_its_midst(process: ReadingProcess) -> None:
    members = Collected()
    data = b"please wait"
    with pytest.raises(Cancelled):
        process.read("order.txt", stored(data), members, lambda: bool(members.kept and members.kept[0].content))
    assert members.reasons == {"slow": "cancelled"}
    assert process.pid is None
    assert say(process, b"after").endswith("read after")


def test_what_a_consumer_or_the_source_raises_reaches_the_caller(process: ReadingProcess) -> None:
    class Full(Kept):
        def write(self, chunk: bytes) -> None:
            raise DiskFull(path="stick")

    data = b"please kill"
    with pytest.raises(DiskFull):
        process.read("order.txt", stored(data), Full, never)

    def broken(start: int) -> bytes:
        raise DiskFull(path="stick")

    with pytest.raises(DiskFull):
        process.read("order.txt", (100, broken), Collected(), never)
    assert say(process, b"after").endswith("read after")


def test_a_worker_cannot_write_a_file_nor_print(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "leak"
    monkeypatch.setenv("HOSTILE_FILE", str(place))
    with ReadingProcess(LIMITS, hostile.TEXT) as process:
        assert order(process, "write") == (Verdict.NONE, "damaged")
        assert not place.exists() or place.stat().st_size == 0
        assert order(process, "speak") == (Verdict.GOOD, "")
    assert "secret" not in "".join(capfd.readouterr())


def test_a_worker_is_replaced_after_its_number_of_files() -> None:
    with ReadingProcess(Limits(files=2), hostile.TEXT) as process:
        served = [say(process, b"words").split()[0] for _ in range(4)]
    assert served[0] == served[1]
    assert served[1] != served[2]
    assert served[2] == served[3]
    assert not any(psutil.pid_exists(int(pid)) for pid in served)


def test_a_file_that_is_not_there_and_one_that_is_empty(process: ReadingProcess, tmp_path: Path) -> None:
    assert process.read("gone.txt", tmp_path / "gone.txt", Collected(), never).reason == "cannot-open"
    (tmp_path / "empty.txt").touch()
    assert process.read("empty.txt", tmp_path / "empty.txt", Collected(), never).reason == "empty"


def test_more_than_is_held_is_read_all_the_same() -> None:
    with ReadingProcess(Limits(source_bytes=2 << 20)) as process:
        data = b"word " * (1 << 20)
        large = process.read("large.txt", stored(data), Collected(), never)
        assert large.pages[0].text == data.decode()
        for lying in ((10, stored(data)[1]), (1 << 40, stored(b"few words")[1])):
            reading = process.read("lying.txt", lying, Collected(), never)
            assert reading.verdict is Verdict.NONE or len(reading.pages[0].text) < 100


PARENT = """
import os, sys
from archive.reading.process import ReadingProcess
from archive.reading.limits import Limits
from tests.archive.reading import hostile
from tests.archive.reading.collected import Collected, stored

def main():
    process = ReadingProcess(Limits(), hostile.TEXT)
    process.start()
    print(process.pid, flush=True)
    order = sys.argv[1].encode()
    process.read("order.txt", stored(order), Collected(), lambda: False)
    print("read", flush=True)
    sys.stdin.read()

if __name__ == "__main__":
    main()
"""


@pytest.mark.parametrize("words", ["idle", "please sleep"])
def test_a_worker_ends_with_its_program(words: str, tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    here = str(Path(__file__).parents[3])
    parent = subprocess.Popen(
        [sys.executable, str(script), words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": here},
    )
    with parent:
        assert parent.stdout
        worker = psutil.Process(int(parent.stdout.readline()))
        if words == "idle":
            assert parent.stdout.readline() == "read\n"
        parent.kill()
        parent.wait()
        try:
            worker.wait(timeout=20)
        except psutil.TimeoutExpired:
            pytest.fail("the worker outlived its program")


def test_a_worker_that_cannot_be_started_is_a_fault_of_the_machine(
    process: ReadingProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*given: object) -> None:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    process.close()
    with monkeypatch.context() as without_room:
        without_room.setattr(multiprocessing.process.BaseProcess, "start", refused)
        with pytest.raises(EnvironmentFault, match="Resource temporarily unavailable"):
            say(process, b"words")
    assert say(process, b"words").endswith("words")  # once there is room again
