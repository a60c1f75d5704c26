"""The verb `dossier`: the warning first, then one file, never over another."""

from __future__ import annotations

from pathlib import Path

import lxml.html
import pytest

from archive import documents
from archive.cases import facts, subjects
from archive.cases.records import Citation, Entry, Kind
from archive.container import Archive
from archive.unlocking import unlock
from tests.desktop.cli.conftest import Tamarisk


@pytest.fixture
def case(sample: Path) -> str:
    """The code of a case in the sample archive, of two persons and a sister of one of them."""
    with Archive(sample, unlock(sample), write=True) as archive:
        db = archive.db
        document = documents.identities(db)[0]

        def say(about: str, **told: str) -> str:
            entries = [Entry(about, field.replace("_", "-"), value) for field, value in told.items()]
            facts.record(db, Citation(document, 1, 0, 12), entries, who="desk")
            return about

        def make(kind: Kind, **told: str) -> str:
            return say(subjects.create(db, kind, who="desk").id, **told)

        one, other = make(Kind.PERSON, name="Person A"), make(Kind.PERSON, name="某乙")
        made = make(Kind.CASE, person_concerned=one)
        say(made, person_concerned=other)
        make(Kind.PERSON, name="Person C", sibling_of=one)
        return subjects.get(db, made).code


@pytest.mark.parametrize("form", ["html", "pdf"])
def test_it_warns_and_writes(tamarisk: Tamarisk, sample: Path, case: str, tmp_path: Path, form: str) -> None:
    target = tmp_path / f"case.{form}"
    said = tamarisk("dossier", sample, case.lower(), "--out", target, "--yes")
    assert said.status == 0
    assert "This file names 2 people and will not be protected." in said.err
    assert "not protected" in said.out
    made = target.read_bytes()
    assert made.startswith(b"%PDF-" if form == "pdf" else b"<!DOCTYPE html>")
    assert sorted(file.name for file in tmp_path.glob("*.*")) == sorted([target.name, sample.name])


def test_what_is_confidential_stays_out_unless_chosen(
    tamarisk: Tamarisk, sample: Path, case: str, tmp_path: Path
) -> None:
    told = {}
    for name, *options in (("out",), ("said", "--say-withheld"), ("in", "--confidential")):
        target = tmp_path / f"{name}.html"
        said = tamarisk("dossier", sample, case, "--out", target, "--yes", "--json", *options)
        told[name] = (said, lxml.html.fromstring(target.read_text("utf-8")).text_content())
    for name in ("out", "said"):
        assert "Person C" not in told[name][1]
    assert "withheld" not in told["out"][1]
    assert "1 fact withheld." in told["said"][1]
    assert told["said"][0].json()["withheld"] == 1
    assert "Person C: brother or sister of Person A" in told["in"][1]
    assert "This file names 3 people, 1 of them a relative, and will not be protected." in told["in"][0].err
    assert (told["in"][0].json()["persons"], told["in"][0].json()["relatives"]) == (3, 1)
    assert "From the archive “sample”" in told["out"][1]


def test_without_a_terminal_it_writes_nothing_unasked(
    tamarisk: Tamarisk, sample: Path, case: str, tmp_path: Path
) -> None:
    said = tamarisk("dossier", sample, case, "--out", tmp_path / "case.html")
    assert said.status == 2
    assert "--yes" in said.err
    assert not (tmp_path / "case.html").exists()


def test_it_is_never_written_over_a_file_or_in_another_form(
    tamarisk: Tamarisk, sample: Path, case: str, tmp_path: Path
) -> None:
    target = tmp_path / "case.html"
    target.write_bytes(b"mine")
    assert tamarisk("dossier", sample, case, "--out", target, "--yes").status == 2
    assert target.read_bytes() == b"mine"
    assert tamarisk("dossier", sample, case, "--out", tmp_path / "case.docx", "--yes").status == 2
    said = tamarisk("dossier", sample, "C-22222", "--out", tmp_path / "none.pdf", "--yes", "--json")
    assert said.json()["error"]["code"] == "no-such-record"
