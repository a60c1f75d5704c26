"""The walk: everything is named, nothing is followed out of the folder."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from archive import container
from archive.intake.walk import walk


def shown(folder: Path) -> dict[str, str]:
    return {found.shown: found.problem for found in walk([folder])}


def test_everything_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "a" / "deep").mkdir(parents=True)
    for name in ("b.txt", ".hidden", "a/deep/c.txt", "a/.DS_Store"):
        (folder / name).write_text("x")
    assert shown(folder) == {
        "in/.hidden": "",
        "in/b.txt": "",
        "in/a/.DS_Store": "",
        "in/a/deep/c.txt": "",
    }


CLOSED = """
import os, sys
from pathlib import Path
from archive.intake.walk import walk

if os.geteuid() == 0:  # root enters everything
    os.setgid(65534)
    os.setuid(65534)
for found in walk([Path(sys.argv[1])]):
    print(found.shown, found.problem)
"""


def test_a_folder_that_may_not_be_entered_does_not_end_the_walk() -> None:
    with tempfile.TemporaryDirectory() as made:  # the folders that tmp_path lies in are closed to others
        folder = Path(made)
        folder.chmod(0o755)
        (folder / "open.txt").write_text("x")
        for name, mode in (("closed", 0o000), ("listed", 0o444)):
            (folder / name).mkdir()
            (folder / name / "x.txt").write_text("x")
            (folder / name).chmod(mode)
        here = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
        try:
            done = subprocess.run([sys.executable, "-c", CLOSED, made], env=here, capture_output=True, text=True)
        finally:
            for name in ("closed", "listed"):
                (folder / name).chmod(0o755)
    root = folder.name
    assert done.stdout.splitlines() == [
        f"{root}/open.txt ",
        f"{root}/closed no-permission",
        f"{root}/listed no-permission",
    ], done.stderr


def test_links_and_devices_are_reported(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "loop").symlink_to(folder)
    (folder / "out").symlink_to("/etc/passwd")
    os.mkfifo(folder / "pipe")
    assert shown(folder) == {"in/loop": "link", "in/out": "link", "in/pipe": "special-file"}


def test_a_link_that_was_given_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "x.txt").write_text("x")
    (tmp_path / "given").symlink_to(tmp_path / "real")
    assert shown(tmp_path / "given") == {"given/x.txt": ""}


def test_what_is_not_there_is_reported(tmp_path: Path) -> None:
    assert shown(tmp_path / "nothing") == {"nothing": "missing"}


def test_archives_are_not_walked_into(tmp_path: Path) -> None:
    container.create(tmp_path / "in" / "old.tamarisk")
    assert shown(tmp_path / "in") == {"in/old.tamarisk": "is-archive"}


def test_names_that_are_not_utf8_keep_their_bytes(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    try:
        (folder / os.fsdecode(b"caf\xe9.txt")).write_text("x")
    except OSError:
        pytest.skip("this file system takes UTF-8 only")
    (found,) = walk([folder])
    assert (found.shown, found.raw) == ("in/caf\ufffd.txt", b"caf\xe9.txt")


def test_deep_folders_do_not_exhaust_the_stack(tmp_path: Path) -> None:
    here = tmp_path / "in"
    here.mkdir()
    before = os.getcwd()
    try:
        os.chdir(here)
        for _ in range(1500):
            os.mkdir("d")
            os.chdir("d")
        Path("x.txt").write_text("x")
        names = shown(here)
    finally:
        for _ in range(1500):  # what tidies up after the tests would not get out of there
            Path("x.txt").unlink(missing_ok=True)
            os.chdir("..")
            Path("d").rmdir()
        os.chdir(before)
    assert len(names) == 1  # the file, or where the system's longest path ends
