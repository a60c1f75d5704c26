"""`search --statement` and `rerun`: the file, what differs later, and what becomes of bad files."""

from __future__ import annotations

import errno
import json
import os
import shutil
from pathlib import Path

import pytest

from desktop import new_file
from index import statement_file
from tests.desktop.cli.conftest import Tamarisk


def test_a_search_is_stated_and_asked_again(tamarisk: Tamarisk, sample: Path, tmp_path: Path) -> None:
    file = tmp_path / "search.json"
    said = tamarisk("search", sample, "bangkok", "--statement", file, "--signed-by", "  A  desk ", "--limit", "1")
    assert said.status == 0
    assert "not protected" in said.err
    kept = statement_file.read(file)
    assert kept.made.signed_by == "A desk"
    assert kept.made.name == "sample"
    assert len(kept.hits) == kept.total > 1
    again = tamarisk("rerun", sample, file)
    assert again.status == 0, again.out
    assert f"the same {kept.total} records" in again.out
    assert tamarisk("rerun", sample, file, "--json").json()["same"] is True


def test_it_is_said_what_differs_later(tamarisk: Tamarisk, sample: Path, tmp_path: Path) -> None:
    file = tmp_path / "search.json"
    tamarisk("search", sample, "zanzibar", "--statement", file)
    (tmp_path / "note.txt").write_text("A note on Zanzibar.\n")
    tamarisk("import", sample, tmp_path / "note.txt")
    said = tamarisk("rerun", sample, file)
    assert said.status == 1
    assert "1 are new, 0 are gone" in said.out
    assert "note" in said.out
    told = tamarisk("rerun", sample, file, "--json").json()
    assert (told["same"], told["total"], len(told["new"])) == (False, {"before": 0, "now": 1}, 1)


def test_a_pdf_is_written_too(tamarisk: Tamarisk, sample: Path, tmp_path: Path) -> None:
    file = tmp_path / "search.PDF"
    assert tamarisk("search", sample, "红色通报", "--statement", file).status == 0
    assert file.read_bytes().startswith(b"%PDF")


def test_another_ending_is_refused_before_anything_is_searched(tamarisk: Tamarisk, tmp_path: Path) -> None:
    said = tamarisk("search", tmp_path / "none", "x", "--statement", tmp_path / "search.doc")
    assert said.status == 2
    assert ".json or .pdf" in said.err


def test_what_is_said_of_a_statement_wants_one(tamarisk: Tamarisk, sample: Path) -> None:
    for words in (("--signed-by", "A desk"), ("--confidential",)):
        said = tamarisk("search", sample, "x", *words)
        assert said.status == 2
        assert "--statement" in said.err


def test_nothing_is_written_over(tamarisk: Tamarisk, sample: Path, tmp_path: Path) -> None:
    file = tmp_path / "search.json"
    file.write_text("mine")
    assert tamarisk("search", sample, "bangkok", "--statement", file).status == 2
    assert file.read_text() == "mine"


def test_a_full_disk_leaves_nothing_behind(
    tamarisk: Tamarisk, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    monkeypatch.setattr(new_file.os, "fsync", full)
    said = tamarisk("search", sample, "bangkok", "--statement", tmp_path / "search.json")
    assert said.status == 5
    assert "disk is full" in said.err
    assert not list(tmp_path.glob("search*"))


def test_an_altered_or_other_file_is_refused(tamarisk: Tamarisk, sample: Path, tmp_path: Path) -> None:
    file = tmp_path / "search.json"
    tamarisk("search", sample, "bangkok", "--statement", file)
    told = json.loads(file.read_text())
    told["total"] += 1
    file.write_text(json.dumps(told))
    said = tamarisk("rerun", sample, file, "--json")
    assert said.status == 4
    assert said.json()["error"]["code"] == "altered-statement"
    for other in (b"", b"{}", b"%PDF-1.7"):
        file.write_bytes(other)
        assert tamarisk("rerun", sample, file).status == 2
    assert tamarisk("rerun", sample, tmp_path / "none.json").status == 2


def test_a_statement_of_another_archive_is_told_as_such(tamarisk: Tamarisk, sample: Path, tmp_path: Path) -> None:
    file, other = tmp_path / "search.json", tmp_path / "other.tamarisk"
    tamarisk("search", sample, "bangkok", "--statement", file)
    tamarisk("new", other, "--open")
    said = tamarisk("rerun", other, file)
    assert said.status == 1
    assert "another archive" in said.out


def test_a_search_of_an_archive_that_cannot_be_written_is_stated(
    tamarisk: Tamarisk, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    tamarisk("search", sample, "bangkok")
    frozen = Path(shutil.copytree(sample, tmp_path / "frozen.tamarisk"))
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and real(path, mode))  # root may write all
    file = tmp_path / "search.json"
    assert tamarisk("search", frozen, "bangkok", "--statement", file).status == 0
    assert tamarisk("rerun", frozen, file).status == 0
