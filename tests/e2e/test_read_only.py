"""An archive on a medium that cannot be written: it is searched and verified there, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop import sample as sample_archive
from tests.e2e.conftest import Desk, Mount


@pytest.fixture
def medium(desk: Desk) -> Path:
    """A folder with the sample archive in it, to be mounted read-only."""
    folder = desk.folder / "medium"
    folder.mkdir()
    sample_archive.build(folder / "sample.tamarisk")
    return folder


def test_it_is_searched_shown_and_verified(desk: Desk, medium: Path, mount: Mount) -> None:
    mount("--bind", medium, medium)
    mount("-o", "remount,bind,ro", medium)
    archive = medium / "sample.tamarisk"
    said = desk.run("search", archive, '"red notice"', "--json")
    assert said.status == 0
    assert said.json()["total"] > 2
    assert desk.run("index", archive).status == 0  # it lacks nothing, so nothing need be written
    assert desk.run("show", archive, said.json()["hits"][0]["id"]).status == 0
    assert desk.run("verify", archive).status == 0
    assert desk.run("info", archive, "--json").json()["writable"] is False
    for words in (("import", archive, sample_archive.SOURCE), ("correct", archive, "0", "--title", "x")):
        assert desk.run(*words).status == 5, words
    assert desk.run("backup", archive, desk.folder / "copy.tamarisk").status == 0
    assert desk.run("search", desk.folder / "copy.tamarisk", '"red notice"', "--json").json()["total"] > 2


def test_without_an_index_one_is_built_in_the_data_folder(desk: Desk, medium: Path, mount: Mount) -> None:
    (medium / "sample.tamarisk" / "index.db").unlink()
    mount("--bind", medium, medium)
    mount("-o", "remount,bind,ro", medium)
    said = desk.run("search", medium / "sample.tamarisk", '"red notice"', "--json")
    assert said.status == 0, said.err
    assert said.json()["total"] > 2
    assert [file for file in desk.home.rglob("*.db") if file.is_file()]
    assert desk.run("search", medium / "sample.tamarisk", '"red notice"').err == ""
