"""The verb `import`: its JSON, the words of its report, and its exit status."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from archive.errors import DiskFull
from desktop.cli.main import run
from desktop.workspace import Workspace
from tests.desktop.cli.conftest import Tamarisk


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    path = tmp_path / "empty.tamarisk"
    assert run(["new", str(path), "--open"]) == 0
    return path


@pytest.fixture
def given_folder(tmp_path: Path) -> Path:
    """Four files: one good, its double, an empty one, a broken one."""
    folder = tmp_path / "given"
    folder.mkdir()
    (folder / "good.txt").write_text("Good words of a quokka.")
    (folder / "same.txt").write_text("Good words of a quokka.")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing of a PDF follows")
    return folder


def test_json_has_the_documented_shape(tamarisk: Tamarisk, empty: Path, given_folder: Path) -> None:
    said = tamarisk("import", empty, given_folder, "--json")
    report = said.json()
    assert said.status == 1
    assert said.err == ""
    assert (report["inputs"], report["added"], report["duplicates"]) == (4, 3, 1)
    assert report["no_text"] == [{"path": "given/empty.txt", "reason": "empty"}]
    (problem,) = report["unreadable"]
    assert (problem["path"], problem["code"], problem["kept"]) == ("given/broken.pdf", "damaged", True)
    assert isinstance(problem["message"], str)
    assert report["bytes"] == sum(file.stat().st_size for file in given_folder.iterdir())
    assert report["seconds"] > 0
    assert report["cancelled"] is False


def test_people_read_what_became_of_each(tamarisk: Tamarisk, empty: Path, given_folder: Path) -> None:
    said = tamarisk("import", empty, given_folder)
    assert said.status == 1
    assert "3 documents were added. 1 was there already." in said.out
    assert "given/empty.txt: the file is empty" in said.out
    assert "given/broken.pdf: damaged, or cut off; kept as it is" in said.out


def test_a_second_time_adds_nothing(tamarisk: Tamarisk, empty: Path, given_folder: Path) -> None:
    tamarisk("import", empty, given_folder)
    again = tamarisk("import", empty, given_folder, "--json").json()
    assert (again["inputs"], again["added"], again["duplicates"]) == (4, 0, 4)


def test_what_was_imported_is_searchable_at_once(tamarisk: Tamarisk, empty: Path, given_folder: Path) -> None:
    assert tamarisk("import", empty, given_folder / "good.txt").status == 0
    said = tamarisk("search", empty, "quokka", "--json")
    assert said.err == ""
    assert said.json()["total"] == 1


def test_text_missing_is_no_failure_but_a_missing_path_is(tamarisk: Tamarisk, empty: Path, given_folder: Path) -> None:
    assert tamarisk("import", empty, given_folder / "empty.txt").status == 0
    said = tamarisk("import", empty, given_folder / "good.txt", given_folder / "none.txt", "--json")
    assert said.status == 1
    assert said.json()["added"] == 1
    assert [problem["code"] for problem in said.json()["unreadable"]] == ["missing"]


def test_confidentiality_is_kept(tamarisk: Tamarisk, empty: Path, given_folder: Path) -> None:
    tamarisk("import", empty, given_folder / "good.txt", "--confidentiality", "confidential")
    (hit,) = tamarisk("search", empty, "--where", "confidentiality=confidential", "--json").json()["hits"]
    assert tamarisk("show", empty, hit["id"], "--json").json()["confidentiality"] == "confidential"


def test_another_import_under_way_is_waited_for_by_nobody(tamarisk: Tamarisk, empty: Path, given_folder: Path) -> None:
    with FileLock(empty / "import.lock"):
        said = tamarisk("import", empty, given_folder, "--json")
    assert said.status == 5
    assert said.json()["error"]["code"] == "busy"
    assert "Another program is writing" in said.err


@pytest.mark.skipif(sys.platform != "linux", reason="names of bytes are Linux's")
def test_names_of_any_bytes_are_accounted_for(tamarisk: Tamarisk, empty: Path, tmp_path: Path) -> None:
    folder = tmp_path / "names"
    folder.mkdir()
    names = [
        b"line\nbreak.txt",
        b"esc\x1b[2Jape.txt",
        b"latin\xe9\xff.txt",
        b"c1\xc2\x9b2J.txt",
        "红\u202e.txt".encode(),
    ]
    for number, name in enumerate((*names, b"-rf", b"broken\x1b[1m.pdf")):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(
            f"%PDF-1.7 {number}" if name.endswith(b"pdf") else f"The wombat of file {number}."
        )
    live = set("\x1b\x9b\u202e\r") | {chr(code) for code in range(0xDC80, 0xDD00)}
    said = tamarisk("import", empty, folder)
    assert said.status == 1
    assert "6 documents were added" in said.out or "7 documents were added" in said.out
    assert not live & set(said.out)
    assert "broken\ufffd[1m.pdf" in said.out
    found = tamarisk("search", empty, "wombat", "--limit", 50)
    assert not live & set(found.out)
    hits = tamarisk("search", empty, "wombat", "--json").json()["hits"]
    assert len(hits) == 6
    for hit in hits:
        for words in ((), ("--json",)):
            assert not live & set(tamarisk("show", empty, hit["id"], *words).out)


def test_a_disk_that_is_full_for_the_index_hides_no_report(
    tamarisk: Tamarisk, empty: Path, given_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise DiskFull(path="index.db")

    monkeypatch.setattr(Workspace, "catch_up", full)
    said = tamarisk("import", empty, given_folder)
    assert said.status == 1
    assert "3 documents were added." in said.out
    assert "broken.pdf" in said.out
    assert "The disk is full: index.db." in said.err
    assert "The new documents are made searchable by the next search." in said.err
