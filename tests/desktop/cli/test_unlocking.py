"""Making and unlocking archives: each way to fail has an exit status and a code of its own."""

from __future__ import annotations

from pathlib import Path

import pyrage
import pytest

from archive import connect, meta, unlocking
from archive.connect import writing
from tests.desktop.cli.conftest import Tamarisk

VERBS = ("info", "search", "verify", "index")


def test_an_open_archive_needs_nothing(tamarisk: Tamarisk, tmp_path: Path) -> None:
    said = tamarisk("new", tmp_path / "a.tamarisk", "--open", "--json")
    assert said.status == 0
    assert said.json()["protected"] is False
    assert tamarisk("info", tmp_path / "a.tamarisk", "--json").json()["archive"] == said.json()["archive"]
    assert "Not protected" in tamarisk("info", tmp_path / "a.tamarisk").out


def test_without_terminal_and_file_new_says_what_to_do(tamarisk: Tamarisk, tmp_path: Path) -> None:
    said = tamarisk("new", tmp_path / "a.tamarisk", "--json")
    assert said.status == 2
    assert said.json()["error"]["code"] == "usage"
    assert "--passphrase-file" in said.err
    assert "TAMARISK_PASSPHRASE_FILE" in said.err
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_left_alone(tamarisk: Tamarisk, tmp_path: Path) -> None:
    said = tamarisk("new", tmp_path, "--open", "--json")
    assert said.status == 2
    assert said.json()["error"]["code"] == "already-exists"


def test_open_and_recipients_exclude_each_other(tamarisk: Tamarisk, tmp_path: Path) -> None:
    key = str(pyrage.x25519.Identity.generate().to_public())
    assert tamarisk("new", tmp_path / "a.tamarisk", "--open", "--recipient", key).status == 2
    assert tamarisk("new", tmp_path / "a.tamarisk", "--recipient", "age1nonsense").status == 2
    assert list(tmp_path.iterdir()) == []


def test_the_passphrase_comes_from_a_file(
    tamarisk: Tamarisk, protected: Path, passphrase_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert tamarisk("info", protected, "--passphrase-file", passphrase_file, "--json").json()["protected"] is True
    monkeypatch.setenv("TAMARISK_PASSPHRASE_FILE", str(passphrase_file))
    assert tamarisk("info", protected, "--json").status == 0


def test_a_wrong_passphrase_is_status_3(tamarisk: Tamarisk, protected: Path, tmp_path: Path) -> None:
    (tmp_path / "wrong.txt").write_text("not these words\n")
    said = tamarisk("search", protected, "x", "--passphrase-file", tmp_path / "wrong.txt", "--json")
    assert said.status == 3
    assert said.json()["error"]["code"] == "wrong-passphrase"


def test_no_passphrase_is_status_3_and_says_what_to_do(tamarisk: Tamarisk, protected: Path) -> None:
    for verb in VERBS:
        said = tamarisk(verb, protected, "--json")
        assert said.status == 3
        assert said.json()["error"]["code"] == "passphrase-needed"
        assert "--passphrase-file" in said.err


def test_an_empty_passphrase_file_is_refused(tamarisk: Tamarisk, protected: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("\n")
    assert tamarisk("info", protected, "--passphrase-file", tmp_path / "empty.txt").status == 2
    assert tamarisk("info", protected, "--passphrase-file", tmp_path / "none.txt").status == 2


def test_a_recipient_opens_with_the_identity(tamarisk: Tamarisk, tmp_path: Path) -> None:
    mine, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    (tmp_path / "mine.txt").write_text(f"# a remark\n{mine}\n")
    (tmp_path / "other.txt").write_text(f"{other}\n")
    path = tmp_path / "a.tamarisk"
    assert tamarisk("new", path, "--recipient", mine.to_public()).status == 0
    assert tamarisk("info", path, "--identity", tmp_path / "mine.txt").status == 0
    said = tamarisk("info", path, "--identity", tmp_path / "other.txt", "--json")
    assert said.status == 3
    assert said.json()["error"]["code"] == "cannot-unlock"


def test_each_wrong_path_has_its_own_error(tamarisk: Tamarisk, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file.txt").write_text("x")
    for verb in VERBS:
        for name, code in (("none", "missing"), ("folder", "not-an-archive"), ("file.txt", "not-an-archive")):
            said = tamarisk(verb, tmp_path / name, "--json")
            assert said.status == 2, (verb, name)
            assert said.json()["error"]["code"] == code
            assert said.json()["error"]["message"] in said.err


def test_a_newer_archive_is_status_3(tamarisk: Tamarisk, sample: Path) -> None:
    db = connect.connect(sample / "archive.db", unlocking.unlock(sample).secret("archive"), "write")
    with writing(db):
        meta.write(db, "readable_from", "99")
    connect.close(db)
    for verb in VERBS:
        said = tamarisk(verb, sample, "--json")
        assert said.status == 3
        assert said.json()["error"]["code"] == "newer-format"


def test_a_damaged_archive_is_status_4(tamarisk: Tamarisk, sample: Path) -> None:
    with (sample / "archive.db").open("r+b") as file:
        file.write(bytes(4096))
    for verb in VERBS:
        said = tamarisk(verb, sample, "--json")
        assert said.status == 4, verb
        assert said.json()["error"]["code"] == "damaged"


def test_a_changed_passphrase_opens_and_the_old_one_does_not(
    tamarisk: Tamarisk, protected: Path, passphrase_file: Path, tmp_path: Path
) -> None:
    before = (protected / "archive.db").read_bytes()
    (tmp_path / "new.txt").write_text("other words, drawn again\n")
    words = (
        "passphrase",
        protected,
        "--passphrase-file",
        passphrase_file,
        "--new-passphrase-file",
        tmp_path / "new.txt",
    )
    assert tamarisk(*words).status == 0
    assert (protected / "archive.db").read_bytes() == before
    assert tamarisk("info", protected, "--passphrase-file", tmp_path / "new.txt").status == 0
    assert tamarisk("info", protected, "--passphrase-file", passphrase_file).status == 3


def test_an_open_archive_has_no_passphrase_to_change(tamarisk: Tamarisk, sample: Path) -> None:
    assert tamarisk("passphrase", sample).status == 2
