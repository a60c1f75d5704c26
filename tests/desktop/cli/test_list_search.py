"""`list-search`: the table, the files it writes, what is said beside it, and lists that are hostile or none."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from desktop.listings.running import Run
from tests.desktop.cli.conftest import Tamarisk

BANNER, CLOSING = "A hit is a text match, not an identification.", "Absence is not a finding."


@pytest.fixture
def names(tmp_path: Path) -> Path:
    path = tmp_path / "names.txt"
    path.write_text("Bangkok\n红色通报\nNobody At All\n---\nbangkok\n=HYPERLINK(1)\n\u202eevil\n", "utf-8")
    return path


def test_the_table_says_what_was_found_and_what_that_means(tamarisk: Tamarisk, sample: Path, names: Path) -> None:
    said = tamarisk("list-search", sample, names)
    assert said.status == 0
    lines = said.out.splitlines()
    assert lines[0] == BANNER
    assert lines[-1] == CLOSING
    assert "Confidential records were not searched." in lines
    assert "not searched" in said.out  # by other names and by sound
    assert "the same as line 1" in said.out
    assert "\u202e" not in said.out


def test_json_holds_every_line(tamarisk: Tamarisk, sample: Path, names: Path) -> None:
    said = tamarisk("list-search", sample, names, "--json")
    told = said.json()
    assert (told["banner"], told["closing"]) == (BANNER, CLOSING)
    assert (told["lines"], told["stopped"], told["settled"]) == (7, False, True)
    results = {one["line"]: one for one in told["results"]}
    total = tamarisk("search", sample, '"bangkok"', "--json").json()["total"]
    assert results[1]["exact"] == results[5]["exact"] == total > 0
    assert results[3] | {"best": []} == {
        "line": 3,
        "sheet": "",
        "text": "Nobody At All",
        "exact": 0,
        "known_name": 0,
        "same_sound": None,
        "note": "",
        "best": [],
    }
    assert results[4]["exact"] is None
    assert results[1]["best"][0]["id"]
    assert told["coverage"]["documents"] > 0
    assert "\u202e" not in said.out


def test_a_long_line_is_cut_in_the_table_alone(tamarisk: Tamarisk, sample: Path, tmp_path: Path) -> None:
    long = tmp_path / "long.txt"
    long.write_text("lantern" * 5_000)
    said = tamarisk("list-search", sample, long)
    assert said.status == 0, said.err
    assert max(map(len, said.out.splitlines())) < 500
    assert "lanternlantern" in said.out
    assert tamarisk("list-search", sample, long, "--json").json()["results"][0]["text"] == "lantern" * 5_000


def test_the_csv_is_run_by_no_spreadsheet(tamarisk: Tamarisk, sample: Path, names: Path, tmp_path: Path) -> None:
    file = tmp_path / "found.csv"
    said = tamarisk("list-search", sample, names, "--csv", file)
    assert said.status == 0
    assert "not protected" in said.err
    content = file.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert (rows[0], rows[-1]) == ([BANNER], [CLOSING])
    assert ["6", "'=HYPERLINK(1)", "0", "0", "not searched", ""] in rows
    assert any(row[:3] == ["2", "红色通报", "6"] for row in rows)
    assert tamarisk("list-search", sample, names, "--csv", file).status == 2  # never over another
    assert file.read_bytes() == content


def test_filters_narrow_every_line(tamarisk: Tamarisk, sample: Path, names: Path) -> None:
    told = tamarisk("list-search", sample, names, "--where", "kind=case", "--json").json()
    total = tamarisk("search", sample, '"bangkok"', "--where", "kind=case", "--json").json()["total"]
    assert told["results"][0]["exact"] == total
    assert tamarisk("list-search", sample, names, "--where", "x=y").status == 2


def test_a_list_that_is_none_is_refused(tamarisk: Tamarisk, sample: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("\n\n")
    for path in (empty, tmp_path / "none.txt"):
        said = tamarisk("list-search", sample, path, "--json")
        assert said.status == 2
        assert said.json()["error"]["code"] == "not-a-list"
    assert "Choose a text file" in tamarisk("list-search", sample, empty).err


def test_a_column_that_is_not_there_is_named_with_those_that_are(
    tamarisk: Tamarisk, sample: Path, tmp_path: Path
) -> None:
    table = tmp_path / "names.csv"
    table.write_text("Name,Note\nBangkok,x\n")
    assert tamarisk("list-search", sample, table, "--column", "Name", "--json").json()["results"][0]["line"] == 2
    said = tamarisk("list-search", sample, table, "--column", "Names")
    assert said.status == 2
    assert "Name, Note" in said.err


def test_what_was_done_when_it_is_stopped_is_told_as_a_part(
    tamarisk: Tamarisk, sample: Path, names: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Run.__init__

    def stopping(self: Run, *given: object, **more: object) -> None:
        done: list[int] = []
        more["progress"] = lambda at, total: done.append(at)
        more["cancelled"] = lambda: len(done) == 2
        real(self, *given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Run, "__init__", stopping)
    said = tamarisk("list-search", sample, names, "--json")
    assert said.status == 1
    told = json.loads(said.out)
    assert told["stopped"]
    assert len(told["results"]) == 2
    assert "further lines were not searched" in tamarisk("list-search", sample, names).out
