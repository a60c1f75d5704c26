"""New files outside an archive: whole or not there, and never over another."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.errors import AlreadyExists, Cancelled, NotSaved, ReadOnlyMedium
from desktop import messages, new_file


@pytest.fixture(params=["nameless", "by name", "without /proc"], autouse=True)
def _way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Linux a file gets its name last; elsewhere, and on sticks, it has another name before."""
    if request.param == "by name":
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    elif request.param == "without /proc":

        def refused(*given: object, **named: object) -> None:
            raise FileNotFoundError

        monkeypatch.setattr(os, "link", refused)


def test_the_chunks_stand_in_the_file(tmp_path: Path) -> None:
    new_file.write(tmp_path / "a", [b"one", b"two"])
    assert (tmp_path / "a").read_bytes() == b"onetwo"
    assert [file.name for file in tmp_path.iterdir()] == ["a"]


def test_what_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"before")
    with pytest.raises(AlreadyExists):
        new_file.write(tmp_path / "a", [b"after"])
    assert (tmp_path / "a").read_bytes() == b"before"


def test_nothing_is_left_of_one_that_was_stopped(tmp_path: Path) -> None:
    def chunks() -> Iterator[bytes]:
        yield b"one"
        raise Cancelled()

    with pytest.raises(Cancelled):
        new_file.write(tmp_path / "a", chunks())
    assert not list(tmp_path.iterdir())


def test_a_file_that_appeared_meanwhile_stays(tmp_path: Path) -> None:
    def chunks() -> Iterator[bytes]:
        yield b"one"
        (tmp_path / "a").write_bytes(b"somebody else's")

    with pytest.raises(AlreadyExists):
        new_file.write(tmp_path / "a", chunks())
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("a", b"somebody else's")]


def test_a_link_that_leads_nowhere_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(AlreadyExists):
        new_file.write(tmp_path / "a", [b"one"])
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="only Linux has files without a name")
def test_nothing_is_left_of_a_program_that_is_killed(tmp_path: Path) -> None:
    program = (
        "import sys, time\nfrom pathlib import Path\nfrom desktop import new_file\n"
        "def chunks():\n    yield b'half of what is confidential' * 100_000\n    print('begun', flush=True)\n"
        "    time.sleep(60)\nnew_file.write(Path(sys.argv[1]), chunks())"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path / "a")], stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "begun\n"
        running.kill()
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotSaved):
        new_file.write(tmp_path / "none" / "a", [b"one"])
    with pytest.raises(NotSaved):
        new_file.write(tmp_path / ("x" * 400), [b"one"])


@pytest.mark.parametrize(
    ("fault", "code", "said"),
    [
        (errno.ENOSPC, "disk-full", "The disk is full"),
        (errno.EROFS, "read-only", "Choose another place"),
        (errno.EACCES, "no-permission", "does not allow writing"),
        (errno.ENODEV, "environment", "could not be saved"),
    ],
)
def test_what_is_in_the_way_is_said_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: int, code: str, said: str
) -> None:
    def refused(handle: int) -> None:
        raise OSError(fault, os.strerror(fault))

    monkeypatch.setattr(os, "fsync", refused)
    with pytest.raises(NotSaved) as refusal:
        new_file.write(tmp_path / "a", [b"one"])
    assert refusal.value.facts["fault"] == code
    sentence = messages.sentence(refusal.value)
    assert said in sentence
    assert str(tmp_path / "a") in sentence
    assert "import" not in sentence  # the archive is not concerned
    assert not list(tmp_path.iterdir())


def test_a_fault_of_where_it_comes_from_is_no_fault_of_the_place(tmp_path: Path) -> None:
    def chunks() -> Iterator[bytes]:
        yield b"one"
        raise ReadOnlyMedium(path="archive.db")

    with pytest.raises(ReadOnlyMedium):
        new_file.write(tmp_path / "a", chunks())
    assert not list(tmp_path.iterdir())
