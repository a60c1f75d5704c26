"""The verb `reread`: what it reads, what it says, and its exit status."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from archive.intake import readers
from archive.reading.process import ReadingProcess
from desktop.cli.main import run
from tests.archive.reading import hostile
from tests.desktop.cli.conftest import Tamarisk

BROKEN = partial(ReadingProcess, readers={"text/plain": f"{hostile.__name__}:fail"})


@pytest.fixture
def failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive of two texts on which the reader of yesterday crashed, and an empty file."""
    path, folder = tmp_path / "desk.tamarisk", tmp_path / "given"
    folder.mkdir()
    (folder / "one.txt").write_text("The first wombat.")
    (folder / "two.txt").write_text("The second wombat.")
    (folder / "empty.txt").touch()
    assert run(["new", str(path), "--open"]) == 0
    with monkeypatch.context() as patch:
        patch.setattr(readers, "ReadingProcess", BROKEN)
        assert run(["import", str(path), str(folder)]) == 1
    return path


def test_failed_ones_are_read_and_can_be_found(tamarisk: Tamarisk, failed: Path) -> None:
    said = tamarisk("reread", failed, "--failed")
    assert said.status == 0
    assert "Read 3 documents again." in said.out
    assert "2 have a new version of their text. 0 documents were found inside of them." in said.out
    assert "given/empty.txt: the file is empty" in said.out
    assert tamarisk("search", failed, "wombat", "--json").json()["total"] == 2
    again = tamarisk("reread", failed, "--failed", "--json")
    assert (again.status, again.json()["inputs"], again.json()["reread"]) == (0, 1, 0)
    assert tamarisk("reread", failed, "--json").json()["inputs"] == 3


def test_one_is_read_by_the_beginning_of_its_id(tamarisk: Tamarisk, failed: Path) -> None:
    listed = tamarisk("info", failed, "--unsearchable", "--json").json()["unsearchable"]
    identity = next(each["id"] for each in listed if each["title"] == "one.txt")
    report = tamarisk("reread", failed, identity[:12], identity, "--json").json()
    assert (report["inputs"], report["reread"]) == (1, 1)
    assert tamarisk("reread", failed, "ffffffff-none").status == 2


def test_what_still_fails_is_listed(tamarisk: Tamarisk, failed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "ReadingProcess", BROKEN)
    said = tamarisk("reread", failed, "--failed")
    assert said.status == 1
    assert "given/one.txt: the reader failed on this file; kept as it is" in said.out


def test_given_again_it_is_read_again(tamarisk: Tamarisk, failed: Path) -> None:
    said = tamarisk("import", failed, failed.with_name("given") / "one.txt")
    assert said.status == 0
    assert "0 documents were added. 0 were there already." in said.out
    assert "1 that could not be read in full before was read again." in said.out
