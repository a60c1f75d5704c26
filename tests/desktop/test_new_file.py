"""New files outside an archive: whole or not there, and never over another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.errors import AlreadyExists, Cancelled, EnvironmentFault
from desktop import new_file


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


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault):
        new_file.write(tmp_path / "none" / "a", [b"one"])
    with pytest.raises(EnvironmentFault):
        new_file.write(tmp_path / ("x" * 400), [b"one"])
