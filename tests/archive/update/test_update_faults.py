"""Whatever ends an update, a release that is whole is in use afterwards, and the update can be made again."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from archive import documents, unlocking
from archive.cases.records import Kind
from archive.connect import writing
from archive.container import Archive
from archive.errors import ArchiveMissing, DiskFull, EnvironmentFault
from archive.reading.result import Page, Reading
from archive.records import Confidentiality, Metadata, Name
from archive.release.root import content_root
from archive.signing import bag
from archive.update import installed
from archive.withdrawal import withdrawal
from archive.withdrawal.tombstones import Reason
from tests.archive.cases.conftest import Make
from tests.archive.conftest import Keep
from tests.archive.release.publishing import published
from tests.archive.update.updating import made, prepared, updated

if sys.platform == "win32":
    pytest.skip("no fork", allow_module_level=True)

EVENTS = {"open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "shutil.rmtree"}
"""What a process is killed at: all that reaches the disk through Python."""


class Line:
    """Two releases of an archive, the delta between them, and a reader's copy of the first."""

    def __init__(self, archive: Archive, make: Make, keep: Keep, folder: Path) -> None:
        self.out, self.place, self.data = (folder / name for name in ("out", "reader", "data"))
        self.out.mkdir()
        self.place.mkdir()
        gone = keep("Words of a page that is withdrawn.", title="A page")
        self.first = published(archive, self.out)
        make(Kind.PERSON, name="Someone")
        keep("Words of another page.", title="Another page")
        withdrawal.withdraw(archive, withdrawal.preview(archive.db, gone.id), Reason.PERSON)
        self.second = published(archive, self.out, date="2026-12-05")
        self.delta = made(self.first.path, self.second.path, self.out).path
        self.mine = self.place / self.first.path.name
        self.reset()

    def reset(self) -> None:
        """Give the reader the first release anew."""
        shutil.rmtree(self.place)
        self.place.mkdir()
        shutil.copytree(self.first.path, self.mine)

    def number(self) -> int:
        """Which release is in use; it is whole."""
        path = installed.in_use(self.mine, self.data)
        assert bag.check(path) == ()
        with Archive(path, unlocking.unlock(path), write=False) as archive:
            root = content_root(archive.db)
        return [self.first.statement.content_root, self.second.statement.content_root].index(root) + 1

    def age(self) -> None:
        """Let what an ended program left be old enough to be nobody's."""
        long_ago = time.time() - 10_000
        for left in self.place.glob(".*"):
            os.utime(left, (long_ago, long_ago))


@pytest.fixture
def line(archive: Archive, make: Make, keep: Keep, tmp_path: Path) -> Line:
    return Line(archive, make, keep, tmp_path)


def in_a_child(work: Callable[[], object]) -> int:
    """Do something in a process of its own; its exit status, or the signal that ended it as a negative number."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        except Exception:
            status = 3
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_killed_at_any_moment_a_whole_release_is_in_use(line: Line) -> None:
    def dying(at: int) -> Callable[[], object]:
        def work() -> object:
            left = at

            def heard(event: str, arguments: object) -> None:
                nonlocal left
                if event in EVENTS:
                    left -= 1
                    if left < 0:
                        os.kill(os.getpid(), signal.SIGKILL)

            sys.addaudithook(heard)
            return updated(line.mine, line.delta, line.data)

        return work

    seen: set[int] = set()
    at = ended = 0
    while not ended:
        status = in_a_child(dying(at))
        assert status in (0, -signal.SIGKILL)
        number = line.number()
        seen.add(number)
        line.age()
        if number == 1:
            found = updated(line.mine, line.delta, line.data)
        else:  # what had to go is taken up as well
            found = None
            installed.finish(line.place, line.second.statement)
        assert line.number() == 2
        assert not line.mine.exists()
        assert not list(line.place.glob(".*.new"))
        assert found is None or found.said.number == 2
        line.reset()
        ended, at = status == 0, at + 3
    assert at > 60
    assert seen == {1, 2}


def test_a_stick_that_is_pulled_out_leaves_the_old_release(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    from archive.update import stream

    def gone(file: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    class Pulled(stream.Opener):
        def _opened(self, file):  # type: ignore[no-untyped-def]
            for nth, piece in enumerate(super()._opened(file)):
                if nth:
                    gone(file)
                yield piece[:40]
                gone(file)

    with monkeypatch.context() as patch:
        patch.setattr("archive.update.delta.Opener", Pulled)
        with pytest.raises(EnvironmentFault):
            prepared(line.mine, line.delta, line.data)
    assert [path.name for path in line.place.iterdir()] == [line.mine.name]

    def pull(step: object) -> None:
        line.delta.unlink(missing_ok=True)

    kept = line.delta.read_bytes()
    with pytest.raises(ArchiveMissing):
        prepared(line.mine, line.delta, line.data, progress=pull)
    line.delta.write_bytes(kept)
    for file in ("data/archive.db", "manifest-sha256.txt", "data/originals-0001.db"):
        stick = line.place.parent / "stick" / "desk-0002.tamarisk"
        shutil.copytree(line.second.path, stick)

        def pull_release(step: object, target: Path = stick / file) -> None:
            target.unlink(missing_ok=True)

        with pytest.raises(ArchiveMissing):
            prepared(line.mine, stick, line.data, progress=pull_release)
        shutil.rmtree(stick)
        assert [path.name for path in line.place.iterdir()] == [line.mine.name]
    assert line.number() == 1


@pytest.mark.parametrize("nth", [0, 3, 9, 15])
def test_a_full_disk_leaves_the_old_release(line: Line, nth: int, monkeypatch: pytest.MonkeyPatch) -> None:
    really, calls = os.fsync, iter(range(1000))

    def full(handle: int) -> None:
        if next(calls) >= nth:
            raise OSError(errno.ENOSPC, "No space left on device")
        really(handle)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        try:
            prepared(line.mine, line.delta, line.data)
        except DiskFull:
            assert [path.name for path in line.place.iterdir()] == [line.mine.name]
    assert line.number() == 1
    updated(line.mine, line.delta, line.data)
    assert line.number() == 2


@pytest.mark.parametrize("most", [0, 4096, 100_000, 200_000, 300_000])
def test_no_room_for_a_file_leaves_the_old_release(line: Line, most: int) -> None:
    def work() -> object:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        return prepared(line.mine, line.delta, line.data)

    assert in_a_child(work) == 3
    assert [path.name for path in line.place.iterdir() if not path.name.startswith(".")] == [line.mine.name]
    assert line.number() == 1


def test_memory_does_not_grow_with_what_is_in_it(archive: Archive, keep: Keep, tmp_path: Path) -> None:
    """Measured as the system does, in a process of its own, with originals of 60 MB, old and new."""
    status = Path("/proc/self/status")
    if not status.exists():
        pytest.skip("no /proc")
    out, place = tmp_path / "out", tmp_path / "reader"
    out.mkdir()
    place.mkdir()

    def original(size: int) -> None:
        with archive.originals.stage() as staging:
            for _ in range(size >> 20):
                staging.write(os.urandom(1 << 20))
            staged = staging.finish()
        archive.originals.commit()
        with writing(archive.db):
            archive.originals.register(staged)
            documents.add(
                archive.db,
                Reading("text/plain", Metadata(title=staged.sha256), (Page(0, "Words."),), extractor="test"),
                sha256=staged.sha256,
                size=staged.size,
                name=Name(f"{staged.sha256}.txt", None, "2024-01-01T00:00:00Z"),
                confidentiality=Confidentiality.RESTRICTED,
                who="desk",
            )

    original(60 << 20)
    first = published(archive, out)
    original(60 << 20)
    second = published(archive, out, date="2026-12-05")
    mine = Path(shutil.copytree(first.path, place / first.path.name))

    def peak() -> int:
        line = next(one for one in status.read_text().splitlines() if one.startswith("VmHWM"))
        return int(line.split()[1]) << 10

    def work() -> None:
        Path("/proc/self/clear_refs").write_text("5")
        before = peak()
        updated(mine, made(first.path, second.path, out).path, tmp_path / "data")
        if peak() - before > 40 << 20:
            raise MemoryError(f"{(peak() - before) >> 20} MB")

    assert in_a_child(work) == 0
    found = installed.in_use(mine, tmp_path / "data")
    with Archive(found, unlocking.unlock(found), write=False) as archive:
        assert content_root(archive.db) == second.statement.content_root
