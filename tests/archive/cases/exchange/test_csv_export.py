"""Casework as CSV: every source on a row, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.cases import facts, subjects
from archive.cases.exchange import csv_export
from archive.cases.records import Entry, Kind
from archive.container import Archive
from archive.records import Confidentiality, Document
from tests.archive.cases.exchange.conftest import casework, cite

Pages = tuple[Document, Document]


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_cases_have_a_row_each(archive: Archive, pages: Pages) -> None:
    told = casework(archive, pages)
    (row,) = read(csv_export.cases(archive.db))
    assert row["code"] == subjects.get(archive.db, told["case"]).code
    assert (row["name"], row["persons concerned"], row["outcome"]) == ("Person A", "Person A", "Released")
    assert (row["first date"], row["facts"], row["sources"], row["events"]) == ("2015-01-01", "4", "5", "1")
    assert read(csv_export.cases(archive.db, [])) == []


def test_facts_have_a_row_for_each_source(archive: Archive, pages: Pages) -> None:
    told = casework(archive, pages)
    rows = [row for row in read(csv_export.facts_with_sources(archive.db)) if row["field"] == "Outcome"]
    assert {row["quote"] for row in rows} == {"freed in about 2019", "FREED IN ABOUT 2019"}
    assert {row["document"] for row in rows} == {"A page", "Its translation"}
    assert {(row["value"], row["value code"], row["assessment"]) for row in rows} == {
        ("Released", "released", "probable")
    }
    (name,) = (row for row in read(csv_export.facts_with_sources(archive.db)) if row["subject id"] == told["two"])
    assert name["chain"] == "A newspaper < a report < A page"


def test_confidential_persons_stay_out(archive: Archive, pages: Pages) -> None:
    told = casework(archive, pages)
    subjects.protect(archive.db, told["one"], Confidentiality.CONFIDENTIAL, who="desk")
    for text in (
        csv_export.cases(archive.db, confidential=False),
        csv_export.facts_with_sources(archive.db, confidential=False),
    ):
        assert "Person A" not in text
        assert told["one"] not in text
        assert subjects.get(archive.db, told["case"]).code in text


def test_words_that_name_a_confidential_person_stay_out(archive: Archive, pages: Pages) -> None:
    clerk = subjects.create(archive.db, Kind.PERSON, who="desk")
    for name in ("Person Q", "王某"):
        hidden = subjects.create(archive.db, Kind.PERSON, who="desk", confidentiality=Confidentiality.CONFIDENTIAL)
        facts.record(archive.db, cite(pages[0], "held"), [Entry(hidden.id, "name", name)], who="desk")
    entries = [Entry(clerk.id, "position", words) for words in ("Clerk to Person Q", "Clerk to 王某")]
    facts.record(archive.db, cite(pages[0], "a town"), entries, who="desk")
    (row,) = read(csv_export.facts_with_sources(archive.db, confidential=False))
    # a name that leaves the person out tells of nobody
    assert row["value"] == "Clerk to 王某"


def test_formulas_are_defused(archive: Archive, pages: Pages) -> None:
    told = casework(archive, pages)
    entry = Entry(told["one"], "position", '=HYPERLINK("https://example.org")')
    facts.record(archive.db, cite(pages[0], "Person A"), [entry], who="desk")
    (row,) = (row for row in read(csv_export.facts_with_sources(archive.db)) if row["field"] == "Position held")
    assert row["value"] == '\'=HYPERLINK("https://example.org")'


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_every_sign_that_begins_a_formula_is_covered(sign: str) -> None:
    assert csv_export.defused(sign + "1") == "'" + sign + "1"


@given(st.one_of(st.text(), st.integers()))
def test_a_cell_keeps_its_words(cell: str | int) -> None:
    text = csv_export.defused(cell)
    assert not text.startswith(csv_export.FORMULA)
    assert text in (str(cell), "'" + str(cell))


@pytest.mark.parametrize("cell", ["=1+1", " =1+1", "\n=1+1", "\t@x", "＝1+1", "\u3000＋1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert csv_export.defused(cell) == f"'{cell}"
