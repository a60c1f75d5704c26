"""The verb `cases`: lists, finds, imports by a map and from another desk, exports."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from archive.cases.exchange import table_import
from archive.errors import DiskFull
from desktop.cli import progress
from desktop.workspace import Workspace
from tests.desktop.cli.conftest import Tamarisk

MAP = """
empty = ["-"]
origins = ["Link"]

[subject.person]
kind = "person"
[[subject.person.field]]
field = "name"
column = "Name"
required = true
[[subject.person.field]]
field = "born"
column = "Born"
dates = "ymd"

[subject.case]
kind = "case"
[[subject.case.field]]
field = "person-concerned"
subject = "person"
[[subject.case.field]]
field = "outcome"
column = "Now"
"""
ROWS = "Name,Born,Now,Link\nPerson A,1970,released,https://example.org/1\nPerson B,31.12,in-custody,-\n"


@pytest.fixture
def desk(tamarisk: Tamarisk, tmp_path: Path) -> Path:
    path = tmp_path / "desk.tamarisk"
    assert tamarisk("new", path, "--open").status == 0
    return path


@pytest.fixture
def table(tmp_path: Path) -> tuple[Path, Path]:
    """A table of two rows, one with a problem, and its map."""
    files = tmp_path / "list.csv", tmp_path / "list.toml"
    for file, text in zip(files, (ROWS, MAP), strict=True):
        file.write_text(text, "utf-8")
    return files


def test_cases_are_listed_and_found(tamarisk: Tamarisk, sample: Path) -> None:
    everything = tamarisk("cases", sample, "--json").json()
    assert everything["total"] == len(everything["cases"]) > 0
    found = tamarisk("cases", sample, "outcome:returned", "country:TH", "--json").json()
    assert 0 < found["total"] <= everything["total"]
    assert all("returned" in one["values"]["outcome"] and "TH" in one["countries"] for one in found["cases"])
    said = tamarisk("cases", sample)
    for one in everything["cases"]:
        assert one["label"] in said.out
        assert one["code"] in said.out
    assert tamarisk("cases", sample, "nobodyhasthisname").out.startswith("0 cases")
    some = tamarisk("cases", sample, "Guangping nobodyhasthisname")
    assert some.out.startswith("1 case")
    assert "No record has all the words" in some.err


def test_a_preview_names_every_problem_and_keeps_nothing(
    tamarisk: Tamarisk, desk: Path, table: tuple[Path, Path]
) -> None:
    said = tamarisk("cases", "import", desk, table[0], "--map", table[1], "--dry-run")
    assert said.status == 1
    assert "row 3, Born “31.12”: no date with a year of four digits" in said.out
    assert "Nothing was imported." in said.out
    told = tamarisk("cases", "import", desk, table[0], "--map", table[1], "--dry-run", "--json").json()
    assert (told["rows"], told["imported"]) == (2, None)
    assert [(one["row"], one["column"]) for one in told["problems"]] == [(3, "Born")]
    assert tamarisk("info", desk, "--json").json()["documents"] == 0


def test_what_is_no_table_is_told_apart_from_a_sheet_that_is_missing(
    tamarisk: Tamarisk, desk: Path, table: tuple[Path, Path], tmp_path: Path
) -> None:
    other = tmp_path / "list.json"
    other.write_text('[{"Name": "Person A"}]')
    said = tamarisk("cases", "import", desk, other, "--map", table[1], "--dry-run")
    assert said.status == 1
    assert "1 problem:\n  this file: there is no table" in said.out
    assert "row 0" not in said.out
    table[1].write_text('sheet = "Second"\n' + MAP)
    said = tamarisk("cases", "import", desk, table[0], "--map", table[1], "--dry-run")
    assert (said.status, "  Second: there is no sheet of this name" in said.out) == (1, True)


def test_a_table_becomes_cases_once(tamarisk: Tamarisk, desk: Path, table: tuple[Path, Path]) -> None:
    first = tamarisk("cases", "import", desk, table[0], "--map", table[1], "--json")
    assert first.status == 1  # one row has a problem
    assert first.json()["imported"]["subjects"] == {"person": 1, "case": 1}
    again = tamarisk("cases", "import", desk, table[0], "--map", table[1], "--with-problems", "--json").json()
    assert again["imported"]["subjects"] == {"person": 1, "case": 1}
    (case,) = tamarisk("cases", desk, "outcome:released", "--json").json()["cases"]
    said = tamarisk("show", desk, case["code"])
    for words in (
        "Person A",
        "Outcome: Released",
        "1 source · 1 origin",
        "row 2: case",
        "resting on https://example.org/1",
    ):
        assert words in said.out
    shown = tamarisk("show", desk, case["code"].lower(), "--json").json()
    assert shown["subject"]["code"] == case["code"]
    assert {one["fact"]["field"] for one in shown["facts"]} == {"person-concerned", "outcome"}
    assert tamarisk("verify", desk).status == 0


def test_a_table_that_is_stopped_goes_on_by_the_same_command(
    tamarisk: Tamarisk, desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: tuple[Path, Path]
) -> None:
    rows = tmp_path / "rows.csv"
    rows.write_text("Name,Born,Now,Link\n" + "".join(f"Person {letter},,,\n" for letter in "ABC"), "utf-8")
    monkeypatch.setattr(table_import, "BATCH_SECONDS", 0.0)
    with monkeypatch.context() as pressed:
        pressed.setattr(progress.Work, "recorded", lambda work, done, total: work._stopped.set())
        said = tamarisk("cases", "import", desk, rows, "--map", table[1])
    assert said.status == 1
    assert "Imported 1 row, left out 0." in said.out
    assert "Stopped before the last 2 rows. The same command goes on there." in said.out
    again = tamarisk("cases", "import", desk, rows, "--map", table[1], "--json")
    assert again.status == 0
    assert again.json()["imported"]["subjects"] == {"person": 2, "case": 2}
    assert again.json()["imported"]["ahead"] == 0


def test_a_disk_that_is_full_for_the_index_hides_no_report_and_is_in_the_status(
    tamarisk: Tamarisk, desk: Path, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise DiskFull(path="index.db")

    rows, out = tmp_path / "rows.csv", tmp_path / "casework.json"
    rows.write_text("Name,Born,Now,Link\nPerson A,,,\n", "utf-8")
    (by := tmp_path / "by.toml").write_text(MAP)
    assert tamarisk("cases", "export", sample, "--format", "json", "--out", out).status == 0
    with monkeypatch.context() as patched:
        patched.setattr(Workspace, "catch_up", full)
        for words, told in (((rows, "--map", by), "Imported 1 row"), ((out,), "new")):
            said = tamarisk("cases", "import", desk, *words)
            assert said.status == 1
            assert told in said.out
            assert "The disk is full: index.db." in said.err
            assert "What is new is made searchable by the next search." in said.err
    assert tamarisk("cases", "import", desk, out).status == 0


def test_casework_goes_to_another_desk_and_back(tamarisk: Tamarisk, desk: Path, sample: Path, tmp_path: Path) -> None:
    out = tmp_path / "casework.json"
    assert tamarisk("cases", "export", sample, "--format", "json", "--confidential", "--out", out).status == 0
    dry = tamarisk("cases", "import", desk, out, "--dry-run", "--json")
    assert dry.json()["counts"]["fact"]["new"] > 0
    assert tamarisk("cases", desk, "--json").json()["total"] == 0
    assert tamarisk("cases", "import", desk, out).status == 0
    there, here = (tamarisk("cases", each, "--json").json()["cases"] for each in (sample, desk))
    assert [one["code"] for one in here] == [one["code"] for one in there]
    assert tamarisk("verify", desk).status == 0
    again = tamarisk("cases", "import", desk, out, "--json").json()
    assert set(again["counts"]["fact"]) == {"same"}


@pytest.mark.parametrize("table", ["cases", "facts"])
def test_csv_is_written_whole(tamarisk: Tamarisk, sample: Path, tmp_path: Path, table: str) -> None:
    out = tmp_path / "out.csv"
    told = tamarisk("cases", "export", sample, "--format", "csv", "--table", table, "--out", out, "--json").json()
    content = out.read_bytes()
    assert len(content) == told["bytes"] + 3
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    said = tamarisk("cases", "export", sample, "--format", "csv", "--table", table)
    assert said.out.replace("\r\n", "\n") == content.decode("utf-8-sig").replace("\r\n", "\n")
    if table == "cases":
        assert len(rows) == tamarisk("cases", sample, "--json").json()["total"]
    else:
        assert all(row["quote"] and row["SHA-256"] for row in rows)
    assert tamarisk("cases", "export", sample, "--format", "csv", "--out", out).status == 2


def test_entities_are_a_line_each(tamarisk: Tamarisk, sample: Path) -> None:
    found = [json.loads(line) for line in tamarisk("cases", "export", sample, "--format", "ftm").out.splitlines()]
    assert {"Person", "Event", "Organization", "Project", "Document"} <= {one["schema"] for one in found}


def test_confidential_facts_stay_and_that_is_said(tamarisk: Tamarisk, desk: Path, table: tuple[Path, Path]) -> None:
    table[1].write_text(MAP.replace('kind = "person"', 'kind = "person"\nconfidentiality = "confidential"'), "utf-8")
    tamarisk("cases", "import", desk, table[0], "--map", table[1])
    said = tamarisk("cases", "export", desk, "--format", "json")
    assert "Person A" not in said.out
    assert "confidential facts were left out" in said.err
    assert "Person A" in tamarisk("cases", "export", desk, "--format", "json", "--confidential").out


def test_wrong_requests_are_told_as_such(
    tamarisk: Tamarisk, desk: Path, table: tuple[Path, Path], tmp_path: Path
) -> None:
    assert "--map" in tamarisk("cases", "import", desk, table[0]).err
    table[1].write_text("subject = 1", "utf-8")
    assert tamarisk("cases", "import", desk, table[0], "--map", table[1]).status == 2
    broken = tmp_path / "broken.json"
    broken.write_text("{", "utf-8")
    assert tamarisk("cases", "import", desk, broken).status == 2
    assert tamarisk("cases", "export", desk, "--format", "json", "--json").status == 2
    assert tamarisk("cases", desk, "--colour").status == 2
    assert tamarisk("show", desk, "C-22222").status == 2


def test_all_cases_are_written_as_one_page(tamarisk: Tamarisk, sample: Path, tmp_path: Path) -> None:
    out = tmp_path / "cases.html"
    said = tamarisk("cases", "export", sample, "--format", "html", "--out", out)
    assert said.status == 0
    assert "will not be protected" in said.err
    page = out.read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "Dong Guangping" in page
    assert "<script" not in page
