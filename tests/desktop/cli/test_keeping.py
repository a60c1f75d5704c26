"""The verbs that keep an archive in order: verify, backup, index, info and correct."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desktop.cli.conftest import Tamarisk


def test_verify_counts_what_it_looked_at(tamarisk: Tamarisk, built_sample: Path) -> None:
    said = tamarisk("verify", built_sample, "--json")
    assert said.status == 0
    findings = said.json()
    assert (findings["documents"], findings["texts"], findings["originals"]) == (33, 33, 33)
    assert findings["faults"] == []
    assert "Everything verifies." in tamarisk("verify", built_sample).out


@pytest.mark.parametrize("file", ["archive.db", "originals-0001.db"])
def test_verify_finds_a_changed_byte(tamarisk: Tamarisk, sample: Path, file: str) -> None:
    size = (sample / file).stat().st_size
    with (sample / file).open("r+b") as handle:
        handle.seek(size - 2000)
        byte = handle.read(1)
        handle.seek(size - 2000)
        handle.write(bytes([byte[0] ^ 1]))
    said = tamarisk("verify", sample, "--json")
    assert said.status == 4
    assert {fault["where"] for fault in said.json()["faults"]} >= {file}
    people = tamarisk("verify", sample)
    assert people.status == 4
    assert file in people.out


@pytest.mark.parametrize("place", ["gone/copy", "file/copy", "x" * 300])
def test_a_place_where_no_archive_can_be_is_told(
    tamarisk: Tamarisk, built_sample: Path, tmp_path: Path, place: str
) -> None:
    (tmp_path / "file").touch()
    calls = [("backup", built_sample, tmp_path / place, "--json")]
    if not place.startswith("gone"):  # a new archive brings its folder along
        calls.append(("new", tmp_path / place, "--open", "--json"))
    for words in calls:
        said = tamarisk(*words)
        assert said.status == 5
        assert said.json()["error"]["path"] == str(tmp_path / place)
    assert [path.name for path in tmp_path.iterdir() if path.name != "file"] == []


def test_a_name_that_no_file_can_have_is_told(tamarisk: Tamarisk) -> None:
    said = tamarisk("info", "x" * 300, "--json")
    assert (said.status, said.json()["error"]["code"]) == (5, "environment")


def test_a_backup_holds_the_same(tamarisk: Tamarisk, built_sample: Path, tmp_path: Path) -> None:
    said = tamarisk("backup", built_sample, tmp_path, "--json")
    assert said.status == 0
    copy = Path(said.json()["path"])
    assert copy == tmp_path / "sample.tamarisk"
    found = [
        {hit["id"] for hit in tamarisk("search", path, "sky net", "--json").json()["hits"]}
        for path in (built_sample, copy)
    ]
    assert found[0] == found[1] != set()
    again = tamarisk("backup", built_sample, tmp_path, "--json")
    assert again.status == 2
    assert again.json()["error"]["code"] == "already-exists"


def test_the_index_is_built_anew(tamarisk: Tamarisk, sample: Path) -> None:
    before = tamarisk("search", sample, "bangkok", "--json").json()["hits"]
    records = tamarisk("search", sample, "--json").json()["total"]
    assert tamarisk("index", sample, "--rebuild", "--json").json()["records"] == records
    for file in sample.glob("index*"):
        file.unlink()
    said = tamarisk("index", sample, "--json")
    assert said.status == 0
    assert said.json()["behind"] == 0
    assert f"{records} records are searchable." in tamarisk("index", sample).out
    after = tamarisk("search", sample, "bangkok", "--json").json()["hits"]
    assert [hit["id"] for hit in after] == [hit["id"] for hit in before]


def test_info_lists_what_could_not_be_searched(tamarisk: Tamarisk, sample: Path, tmp_path: Path) -> None:
    (tmp_path / "blob.bin").write_bytes(bytes(range(256)) * 20)
    tamarisk("import", sample, tmp_path / "blob.bin")
    facts = tamarisk("info", sample, "--json").json()
    assert (facts["documents"], facts["protected"], facts["writable"]) == (34, False, True)
    assert facts["index"]["behind"] == 0
    assert [each["title"] for each in facts["unsearchable"]] == ["blob.bin"]
    said = tamarisk("info", sample, "--unsearchable")
    assert "1 could not be searched in full" in said.out
    assert "blob.bin: No text, a kind of file this program does not read" in said.out


def test_a_correction_is_found_and_has_a_history(tamarisk: Tamarisk, sample: Path) -> None:
    identity = tamarisk("search", sample, "bookseller kind:document", "--json").json()["hits"][0]["id"]
    words = ("--title", "Quokka news", "--published", "2015-10", "--country", "th", "--author", "", "--language", "fr")
    assert tamarisk("correct", sample, identity[:13], *words).status == 0
    document = tamarisk("show", sample, identity, "--json").json()
    assert document["metadata"]["title"] == "Quokka news"
    assert document["metadata"]["countries"] == ["TH"]
    assert document["metadata"]["authors"] == []
    assert (document["earliest"], document["latest"]) == ("2015-10-01", "2015-10-31")
    assert {each["field"] for each in document["history"]} == {"title", "published", "countries", "authors", "language"}
    assert [entry["action"] for entry in document["custody"]] == ["received", "linked", "corrected"]
    found = tamarisk("search", sample, "quokka", "--json")
    assert found.err == ""
    assert [hit["id"] for hit in found.json()["hits"]] == [identity]
    assert "Quokka news" in tamarisk("show", sample, identity).out


@pytest.mark.parametrize(
    "words",
    [("--published", "the other day"), ("--country", "Siam"), ("--language", "?"), ("--confidentiality", "secret"), ()],
)
def test_a_value_that_cannot_be_kept_changes_nothing(tamarisk: Tamarisk, sample: Path, words: tuple[str, ...]) -> None:
    identity = tamarisk("search", sample, "bookseller kind:document", "--json").json()["hits"][0]["id"]
    said = tamarisk("correct", sample, identity, *words)
    assert said.status == 2
    assert said.err
    assert tamarisk("show", sample, identity, "--json").json()["history"] == []
