"""Tables in plain text keep every row and cell, whatever parts them."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.reading.result import Reading
from archive.reading.source import Source
from archive.reading.tables import find_separator, read
from archive.records import Verdict
from tests.archive.reading.collected import Collected


def reading_of(data: bytes, media_type: str = "text/csv") -> Reading:
    return read(Source.of_bytes("a.csv", media_type, data), Collected())


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_any_separator(separator: str) -> None:
    rows = [["Name", "Place", "Note"], ["李伟", "Bangkok", f'said{separator} "no"'], ["Ana", "", "two\nlines"]]
    held = io.StringIO()
    csv.writer(held, delimiter=separator).writerows(rows)
    reading = reading_of(held.getvalue().encode())
    # A tab inside a cell is white space like any other.
    said = 'said "no"' if separator == "\t" else f'said{separator} "no"'
    assert reading.pages[0].text == f"Name\tPlace\tNote\n李伟\tBangkok\t{said}\nAna\t\ttwo lines"
    assert {"rows:3", "columns:3"} <= set(reading.notes)


def test_huge_cell() -> None:
    assert len(reading_of(b"a,b\n" + b"x" * 1_000_000 + b",y\n").pages[0].text) > 1_000_000


def test_a_quote_that_nothing_closes_swallows_no_row() -> None:
    reading = reading_of(b'Name,Born\n"Doe, A",1970\n"Person B,1971\nPerson C,1972\nPerson D,1973\n')
    assert reading.pages[0].text == 'Name\tBorn\nDoe, A\t1970\n"Person B\t1971\nPerson C\t1972\nPerson D\t1973'
    closed = reading_of(b'Name,Born\n5" Person,"of two\nlines"\n')
    assert closed.pages[0].text == 'Name\tBorn\n5" Person\tof two lines'


def test_a_long_cell_at_the_end_of_the_sample_hides_no_separator() -> None:
    long = b"a line, of words\n" * 9000
    reading = reading_of(b"Name;Born;Note\nA;1970;b\nC;1971;" + b'"' + long + b'"\nD;1972;e\n')
    assert {"rows:4", "columns:3"} <= set(reading.notes)


@pytest.mark.parametrize("end", ["\x0b", "\x85", "\u2028", "\u2029"])
def test_no_line_end_of_another_program_ends_a_row(end: str) -> None:
    reading = reading_of(f"Name,Born\nPerson{end}A,1970\nPerson B,1971\n".encode())
    assert reading.pages[0].text == "Name\tBorn\nPerson A\t1970\nPerson B\t1971"


def test_prose_is_no_table() -> None:
    assert find_separator("The river rose.\nIt fell, later.\nThen it rose again.") == ""
    assert reading_of(b"only words here\nand here").pages[0].text == "only words here\nand here"


def test_empty_table() -> None:
    assert reading_of(b",,\n,,\n").verdict is Verdict.NONE


@given(
    st.lists(
        st.lists(st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=8), min_size=2, max_size=4),
        min_size=1,
        max_size=6,
    )
)
def test_no_cell_is_lost(rows: list[list[str]]) -> None:
    held = io.StringIO()
    csv.writer(held, dialect="excel-tab", quoting=csv.QUOTE_ALL).writerows(rows)
    reading = reading_of(held.getvalue().encode(), "text/tab-separated-values")
    text = reading.pages[0].text if reading.pages else ""
    for cell in (cell for row in rows for cell in row):
        assert " ".join(cell.split()) in text


@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    reading_of(data)
