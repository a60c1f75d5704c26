"""The verb `show`: by id or its beginning, as text, as JSON, and the original."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from desktop import sample as sample_archive
from tests.desktop.cli.conftest import Tamarisk


@pytest.fixture
def identity(tamarisk: Tamarisk, built_sample: Path) -> str:
    (hit,) = tamarisk("search", built_sample, "bookseller kind:document", "--json").json()["hits"]
    return str(hit["id"])


def test_json_holds_everything(tamarisk: Tamarisk, built_sample: Path, identity: str) -> None:
    document = tamarisk("show", built_sample, identity, "--json").json()
    original = (sample_archive.SOURCE / "abstract-1-en.md").read_bytes()
    assert document["id"] == identity
    assert document["sha256"] == hashlib.sha256(original).hexdigest()
    assert document["size"] == len(original)
    assert document["metadata"]["authors"] == ["The Report Desk"]
    assert document["metadata"]["published"] == document["earliest"] == document["latest"] == "2022-01-19"
    assert document["confidentiality"] == "public"
    assert document["verdict"] == "good"
    assert "bookseller and Swedish citizen" in document["text"]
    assert len(document["text"]) == document["characters"]
    assert [name["name"] for name in document["names"]] == ["sample/abstract-1-en.md"]
    assert [entry["action"] for entry in document["custody"]] == ["received", "linked"]
    assert (document["parents"], document["children"], document["history"]) == ([], [], [])


def test_people_see_facts_and_the_beginning(tamarisk: Tamarisk, built_sample: Path, identity: str) -> None:
    said = tamarisk("show", built_sample, identity)
    for words in (identity, "The Report Desk", "2022-01-19", "China, Thailand, Hong Kong", "sample/abstract-1-en.md"):
        assert words in said.out
    assert "It is not the article." in said.out
    assert "more characters: --text" in said.out


def test_text_is_the_whole_text(tamarisk: Tamarisk, built_sample: Path, identity: str) -> None:
    text = tamarisk("show", built_sample, identity, "--json").json()["text"]
    assert tamarisk("show", built_sample, identity, "--text").out.strip() == text.strip()


@pytest.mark.parametrize("length", [8, 12, 13, 36])
def test_the_beginning_of_an_id_is_enough(tamarisk: Tamarisk, built_sample: Path, identity: str, length: int) -> None:
    shown = tamarisk("show", built_sample, identity[:length].upper(), "--json").json()
    assert shown["id"] == identity
    assert tamarisk("show", built_sample, shown["sha256"][:length], "--json").json()["id"] == identity


def test_an_id_must_fit_one_record(tamarisk: Tamarisk, built_sample: Path) -> None:
    hits = tamarisk("search", built_sample, "kind:document", "--json").json()["hits"]
    shared = next(letter for letter in "0123456789abcdef" if sum(hit["id"][0] == letter for hit in hits) > 1)
    for words, code in ((shared, "ambiguous-id"), ("0" * 32, "no-such-record"), ("bangkok", "no-such-record")):
        said = tamarisk("show", built_sample, words, "--json")
        assert said.status == 2
        assert said.json()["error"]["code"] == code


def test_the_original_is_written_once_and_never_over_anything(
    tamarisk: Tamarisk, built_sample: Path, identity: str, tmp_path: Path
) -> None:
    target = tmp_path / "copy.md"
    said = tamarisk("show", built_sample, identity, "--original", target)
    assert said.status == 0
    assert "not protected" in said.err
    assert target.read_bytes() == (sample_archive.SOURCE / "abstract-1-en.md").read_bytes()
    target.write_bytes(b"mine")
    again = tamarisk("show", built_sample, identity, "--original", target)
    assert again.status == 2
    assert target.read_bytes() == b"mine"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["copy.md"]


def test_one_form_at_a_time(tamarisk: Tamarisk, built_sample: Path, identity: str) -> None:
    assert tamarisk("show", built_sample, identity, "--text", "--json").status == 2
