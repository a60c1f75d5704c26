"""A folder that is being filled: whole or not at all, and what a killed program left goes with the next one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive import container
from archive.building import LOCK, building
from archive.errors import EnvironmentFault

FILL = """
import sys
from pathlib import Path
from archive.building import building
with building(Path(sys.argv[1])) as folder:
    (folder / "archive.db").write_bytes(b"half")
    print(folder, flush=True)
    sys.stdin.read()
"""
LONG_AGO = (1_000_000_000, 1_000_000_000)


@pytest.fixture
def filling(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """A program that fills a folder, long since."""
    process = subprocess.Popen(
        [sys.executable, "-c", FILL, str(tmp_path / "other.tamarisk")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    with process:
        assert process.stdout
        folder = Path(process.stdout.readline().strip())
        os.utime(folder, LONG_AGO)
        yield process, folder
        process.kill()


def names(place: Path) -> set[str]:
    return {path.name for path in place.iterdir()}


@pytest.mark.parametrize("place", ["gone/copy", "file/copy", "x" * 300])
def test_a_place_that_cannot_be_is_an_expected_failure(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(EnvironmentFault) as told, building(tmp_path / place):
        pass
    assert told.value.facts["path"] == str(tmp_path / place)
    assert told.value.facts["why"]
    assert names(tmp_path) == {"file"}


def test_it_has_its_name_only_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "a.tamarisk"
    with building(target) as folder:
        (folder / "keys").mkdir()
        assert not target.exists()
    assert names(target) == {"keys"}
    with pytest.raises(RuntimeError), building(tmp_path / "b.tamarisk") as folder:
        (folder / "keys").mkdir()
        raise RuntimeError
    assert names(tmp_path) == {"a.tamarisk"}


def test_what_a_killed_program_left_goes_with_the_next(
    filling: tuple[subprocess.Popen[str], Path], tmp_path: Path
) -> None:
    process, folder = filling
    container.create(tmp_path / "first.tamarisk")
    assert names(folder) == {LOCK, "archive.db"}, "another program is at it"
    process.kill()
    process.wait()
    container.create(tmp_path / "second.tamarisk")
    assert names(tmp_path) == {"first.tamarisk", "second.tamarisk"}


@pytest.mark.parametrize("kind", ["young", "with a file of somebody's", "of another name"])
def test_what_may_be_somebodys_stays(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / (".letters.new" if kind == "of another name" else ".desk.tamarisk.0123abcd.new")
    folder.mkdir()
    (folder / ("letter.txt" if kind == "with a file of somebody's" else "archive.db")).touch()
    if kind != "young":
        os.utime(folder, LONG_AGO)
    with building(tmp_path / "a.tamarisk"):
        pass
    assert names(tmp_path) == {"a.tamarisk", folder.name}
    assert len(names(folder)) == 1
