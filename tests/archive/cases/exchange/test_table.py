"""Tables become casework row by row: every fact cites its row, problems are named, and no two persons become one."""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import json
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import documents, verify
from archive.cases import facts, judging, people, subjects
from archive.cases.exchange import mapping, table, table_import, table_plan
from archive.cases.exchange.mapping import Map
from archive.cases.exchange.table_plan import MISSING, NOTHING, TWO_NAMES, UNREAD, Plan
from archive.cases.records import Kind, State
from archive.container import Archive
from archive.intake.run import run
from archive.reading.result import Page, Reading
from archive.records import Document
from tests.archive.conftest import Keep

MAPS = Path(__file__).parents[4] / "docs" / "maps"
MAP = """
empty = ["-", "unknown"]
language = "en"
origins = ["Link", "Other link"]

[subject.person]
kind = "person"

[[subject.person.field]]
field = "name"
column = "Name"
separators = [";"]
required = true

[[subject.person.field]]
field = "born"
column = "Born"
dates = "dmy"

[subject.case]
kind = "case"

[[subject.case.field]]
field = "person-concerned"
subject = "person"

[[subject.case.field]]
field = "unit"
value = "one named person"

[[subject.case.field]]
field = "outcome"
column = "Now"
synonyms = { "Let go" = "released", "Jail" = "in-custody" }

[subject.event]
kind = "event"
parent = "case"

[[subject.event.field]]
field = "event-type"
column = "Term"
matching = "year|life"
value = "sentence"

[[subject.event.field]]
field = "duration"
column = "Term"
matching = "^(\\\\d+) years?$"
value = 'P\\1Y'

[[subject.event.field]]
field = "duration"
column = "Term"
matching = "^life$"
"""
HEADER = ["Name", "Born", "Now", "Term", "Link", "Other link", "Colour"]
ROWS = [
    ["Person A; Personne A", "1.2.1970", "let go", "3 years", "https://example.org/1", "", "red"],
    ["Person A", "3.2.1970", "Jail", "life", "https://example.org/2", "https://example.org/3", ""],
    ["Person B", "30.2.1970", "in custody", "-", "", "", ""],
    ["", "1.1.1971", "released", "", "", "", ""],
    ["Person C", "", "gone fishing", "soon", "", "", ""],
]


def written(*rows: list[str], header: list[str] = HEADER) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    return out.getvalue()


def given_table(archive: Archive, tmp_path: Path, name: str = "list.csv", *rows: list[str]) -> Document:
    """Import a table as any document, by a worker process."""
    path = tmp_path / name
    if name.endswith(".xlsx"):
        book = openpyxl.Workbook()
        book.active.title = "List"
        for row in (HEADER, *(rows or ROWS)):
            book.active.append(row)
        book.create_sheet("Notes").append(["Nothing of this is a list"])
        book.save(path)
    else:
        path.write_text(written(*(rows or ROWS)), "utf-8")
    run(archive, [path], jobs=1)
    found = documents.by_hash(archive.db, hashlib.sha256(path.read_bytes()).hexdigest())
    assert found is not None
    return found


def planned(archive: Archive, document: Document, by: str = MAP) -> Plan:
    return table_plan.plan(archive.db, mapping.read(by), table.of_document(archive.db, document.id))


def test_every_problem_is_named_by_row_and_column(archive: Archive, tmp_path: Path) -> None:
    plan = planned(archive, given_table(archive, tmp_path))
    assert plan.unread == ("Colour",)
    found = {(one.row, one.column): one.why for one in plan.every_problem()}
    assert found.keys() == {(4, "Born"), (5, "Name"), (6, "Now"), (6, "Term")}
    assert found[4, "Born"] == "no such day or month"
    assert found[5, "Name"] == MISSING
    assert found[6, "Term"] == UNREAD


@pytest.mark.parametrize("name", ["list.csv", "list.xlsx"])
def test_rows_without_problems_become_cases_that_cite_them(archive: Archive, tmp_path: Path, name: str) -> None:
    document = given_table(archive, tmp_path, name)
    by = MAP if name == "list.csv" else 'sheet = "List"\n' + MAP
    came = table_import.take(archive.db, document.id, planned(archive, document, by), who="desk")
    assert (came.rows, came.left_out) == (2, 3)
    assert came.subjects == {"person": 2, "case": 2, "event": 2}
    one, other = subjects.of_kind(archive.db, Kind.CASE)
    held = {fact.field: fact for fact in facts.of_subject(archive.db, other)}
    assert held["outcome"].value == "in-custody"
    (first, second) = held["outcome"].sources
    assert [source.chain[0].words for source in (first, second)] == ["https://example.org/2", "https://example.org/3"]
    assert first.quote.split("\t")[:4] == ["Person A", "3.2.1970", "Jail", "life"]
    assert first.note.endswith("row 3: case")
    assert first.note.startswith("List") == (name == "list.xlsx")
    (event,) = subjects.belonging_to(archive.db, one)
    assert {fact.field: fact.value for fact in facts.of_subject(archive.db, event)} == {
        "event-type": "sentence",
        "duration": "P3Y",
    }
    (person,) = (
        one for one in subjects.of_kind(archive.db, Kind.PERSON) if len(facts.of_subject(archive.db, one)) == 3
    )
    born = facts.of_subject(archive.db, person)[-1]
    assert (born.value, born.sources[0].date_words) == ("1970-02-01", "1.2.1970")
    assert verify.check(archive).faults == ()


def test_date_cells_of_a_workbook_are_dates(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "dates.xlsx"
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    book.active.append(["Person A", datetime.date(1970, 2, 1), "", "", "", "", ""])
    book.save(path)
    rows = table.of_file(path, lambda: False)
    (row,) = table_plan.plan(archive.db, mapping.read(MAP), rows).rows
    assert row.problems == ()
    assert "1970-02-01" in {value.value for one in row.subjects for value in one.values}


def test_the_same_name_in_two_rows_stays_two_persons(archive: Archive, tmp_path: Path) -> None:
    document = given_table(archive, tmp_path)
    table_import.take(archive.db, document.id, planned(archive, document), who="desk")
    assert [one.label for one in subjects.of_kind(archive.db, Kind.PERSON)] == ["Person A", "Person A"]
    assert list(people.proposals(archive.db)) == []


def test_the_same_table_twice_adds_nothing_and_brings_nothing_back(archive: Archive, tmp_path: Path) -> None:
    document = given_table(archive, tmp_path)
    plan = planned(archive, document)
    first = table_import.take(archive.db, document.id, plan, who="desk")
    one, other = (subject.id for subject in subjects.of_kind(archive.db, Kind.PERSON))
    people.merge(archive.db, one, other, "checked", who="desk")
    wrong = facts.of_subject(archive.db, next(subjects.of_kind(archive.db, Kind.CASE)))[-1]
    judging.set_apart(archive.db, wrong.id, State.CORRECTED, "misread", who="desk")
    before = [
        tuple(archive.db.execute(f"SELECT count(*) FROM {name}").fetchone()) for name in ("subject", "fact", "source")
    ]
    again = table_import.take(archive.db, document.id, plan, who="desk")
    assert (again.subjects, again.facts, again.known) == ({}, 0, first.facts)
    after = [
        tuple(archive.db.execute(f"SELECT count(*) FROM {name}").fetchone()) for name in ("subject", "fact", "source")
    ]
    assert after == before


def test_rows_with_problems_come_without_the_cells_that_have_one(archive: Archive, tmp_path: Path) -> None:
    document = given_table(archive, tmp_path)
    came = table_import.take(archive.db, document.id, planned(archive, document), who="desk", with_problems=True)
    assert (came.rows, came.left_out) == (4, 1)
    found = {
        one.label: {fact.field for fact in facts.of_subject(archive.db, one)}
        for one in subjects.of_kind(archive.db, Kind.CASE)
    }
    assert found["Person B"] == {"person-concerned", "unit", "outcome"}
    assert found["Person C"] == {"person-concerned", "unit"}


def test_rows_of_one_identifier_tell_of_one_person(archive: Archive, keep: Keep) -> None:
    by = MAP.replace('kind = "person"', 'kind = "person"\nidentify = ["Link"]')
    rows = [
        ["Person A", "1.2.1970", "", "", "no. 1", "", ""],
        ["Person A", "", "", "", "no. 1", "", ""],
        ["Person Z", "", "", "", "no. 1", "", ""],
        ["Person A", "", "", "", "", "", ""],
        ["Person A", "", "", "", "", "", ""],
    ]
    document = keep("\n".join("\t".join(row) for row in (HEADER, *rows)))
    plan = planned(archive, document, by)
    assert [(one.row, one.why) for one in plan.every_problem()] == [(4, TWO_NAMES)]
    came = table_import.take(archive.db, document.id, plan, who="desk")
    assert came.subjects["person"] == 3
    assert table_import.take(archive.db, document.id, plan, who="desk").subjects == {}


def test_a_cell_of_several_persons_gives_each_a_record(archive: Archive, keep: Keep) -> None:
    by = """
    [subject.person]
    kind = "person"
    each = "Who"
    separators = [" and "]
    [[subject.person.field]]
    field = "name"
    column = "Who"
    [subject.case]
    kind = "case"
    [[subject.case.field]]
    field = "person-concerned"
    subject = "person"
    """
    document = keep("Who\nPerson A and Person B\n\nPerson C\n-\n")
    plan = planned(archive, document, 'empty = ["-"]\n' + by)
    assert [(one.row, one.why) for one in plan.every_problem()] == [(5, NOTHING)]
    came = table_import.take(archive.db, document.id, plan, who="desk")
    assert came.subjects == {"person": 3, "case": 2}
    assert [one.label for one in subjects.of_kind(archive.db, Kind.CASE)] == ["Person A, Person B", "Person C"]


def test_a_table_without_the_columns_of_the_map_is_not_read(archive: Archive, keep: Keep) -> None:
    plan = planned(archive, keep("Name\tBorn\nPerson A\t1.1.1970\n"))
    assert plan.rows == ()
    assert {(one.column, one.why) for one in plan.problems} == {
        (column, MISSING) for column in ("Link", "Other link", "Now", "Term")
    }
    assert planned(archive, keep("Name"), 'sheet = "Two"\n' + MAP).problems[0].column == ""


CELLS = st.text(st.characters(exclude_characters="\n\t\r", exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=9)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELLS, max_size=4), max_size=6), st.booleans())
def test_rows_stand_where_their_document_has_them(archive: Archive, rows: list[list[str]], named: bool) -> None:
    text = "\n".join(["Sheet"] * named + ["\t".join(row) for row in rows])
    reading = Reading("application/x-book" if named else "text/csv", pages=(Page(0, "aside"), Page(1, text)))
    whole = "aside\n" + text + "\n"
    for row in table.of_reading(reading):
        assert whole[row.start : row.end].split("\t") == list(row.cells)
        assert row.sheet == ("Sheet" if named else "")
        assert not named or list(row.cells) == rows[row.number - 1]


def _read(text: str, by: Map, archive: Archive) -> Plan:
    reading = Reading("text/csv", pages=(Page(0, text),))
    return table_plan.plan(archive.db, by, table.of_reading(reading))


def test_the_list_of_prisoners(archive: Archive, shared: Path) -> None:
    """Real material: odd dates become problems, life is a duration, and namesakes stay apart."""
    path = shared / "corpora" / "cases" / "chinese-political-prisoners.csv"
    if not path.is_file():
        pytest.skip("the list is not here")
    with path.open(encoding="utf-8-sig", newline="") as file:
        text = "\n".join("\t".join(row) for row in csv.reader(file))
    plan = _read(text, mapping.read((MAPS / "prisoners.toml").read_text("utf-8")), archive)
    assert len(plan.rows) == 926
    assert {(one.row, one.column) for one in plan.every_problem()} == {(row, "Date of Birth") for row in (6, 331, 651)}
    values = [value for row in plan.rows for one in row.subjects for value in one.values]
    assert Counter(value.value for value in values if value.field == "duration") == {"life": 26}
    assert Counter(value.value for value in values if value.field == "gender") == {"male": 683, "female": 243}
    names = Counter(value.value for value in values if value.field == "name")
    assert {name: count for name, count in names.items() if count > 1} == {"陈卫": 2, "宋桂香": 2}
    assert sum("•" in name or "·" in name for name in names) == 43
    assert sum(one.kind is Kind.PERSON for row in plan.rows for one in row.subjects) == 926


def test_the_list_of_speech_cases(archive: Archive, shared: Path) -> None:
    """Real material: 1,414 rows of which most name nobody and 38 have no link."""
    path = shared / "corpora" / "cases" / "speech-cases-zh.json"
    if not path.is_file():
        pytest.skip("the list is not here")
    cases = [one["raw"] for one in json.loads(path.read_text("utf-8"))]
    rows = [list(cases[0]), *([" ".join(cell.split()) for cell in case.values()] for case in cases)]
    plan = _read(
        "\n".join(map("\t".join, rows)), mapping.read((MAPS / "speech-cases.toml").read_text("utf-8")), archive
    )
    assert (len(plan.rows), plan.every_problem()) == (1414, ())
    assert sum(not row.origins for row in plan.rows) == 38
    made = Counter(one.kind for row in plan.rows for one in row.subjects)
    assert (made[Kind.CASE], made[Kind.EVENT]) == (1414, 1414)
    units = Counter(
        value.value for row in plan.rows for one in row.subjects for value in one.values if value.field == "unit"
    )
    assert units.total() == 1414
    assert units["one unnamed person"] > 900
