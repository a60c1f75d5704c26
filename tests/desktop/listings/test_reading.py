"""Lists as people keep them: text in any encoding, tables with and without headers, and files that are no lists."""

from __future__ import annotations

import os
from pathlib import Path

import openpyxl
import pytest

from archive.errors import NotAList
from desktop.listings.reading import read


def lines(path: Path, column: str = "") -> list[tuple[int, str]]:
    return [(line.number, line.text) for line in read(path).lines(column)]


def test_a_text_file_is_read_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    path.write_text("Example, Anna\n\n  Ben\tSample \n桂某\nچىراغ\n", "utf-8")
    assert lines(path) == [(1, "Example, Anna"), (3, "Ben Sample"), (4, "桂某"), (5, "چىراغ")]
    with pytest.raises(NotAList, match="no columns"):
        read(path).lines("Name")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030", "big5"])
def test_other_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "names.txt"
    names = ["河邊的燈籠", "大陸的河邊", "沒有人點燃它"]
    path.write_bytes("\r\n".join(names * 4).encode(encoding))
    assert [text for _, text in lines(path)][:3] == names


def test_a_guessed_or_wrong_encoding_is_noted(tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    path.write_bytes(b"Jos\xe9 M\xfcller\nAnna\n")
    assert read(path).notes
    assert lines(path)[1] == (2, "Anna")


def test_noise_is_read_with_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "noise.txt"
    path.write_bytes(bytes(range(256)) * 40)
    assert "charset-uncertain" in read(path).notes


def test_a_name_that_looks_like_markdown_is_a_line(tmp_path: Path) -> None:
    path = tmp_path / "names.md"
    path.write_text("# Anna\n- Ben\n")
    assert lines(path) == [(1, "# Anna"), (2, "- Ben")]


def test_a_table_is_read_by_a_column(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text('Name,Note\n"Example, Anna",x\nBen,\n,y\n')
    assert read(path).columns == ("Name", "Note")
    assert lines(path, "Name") == [(2, "Example, Anna"), (3, "Ben")]
    # without a column the first row is a line, too: a list without header must not lose a name
    assert lines(path) == [(1, "Name"), (2, "Example, Anna"), (3, "Ben")]
    assert lines(path, "2") == [(1, "Note"), (2, "x"), (4, "y")]
    with pytest.raises(NotAList, match="Name, Note"):
        read(path).lines("Nam")
    with pytest.raises(NotAList):
        read(path).lines("3")


def test_a_table_of_one_column_keeps_its_commas(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text('Name\n"Example, Anna"\n"The ""Bear"""\nBen\n')
    assert lines(path) == [(1, "Name"), (2, "Example, Anna"), (3, 'The "Bear"'), (4, "Ben")]
    assert lines(path, "Name") == [(2, "Example, Anna"), (3, 'The "Bear"'), (4, "Ben")]


def test_every_sheet_of_a_workbook_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name, header, names in (("First", ("Id", "Name"), ("Anna", "Ben")), ("Second", ("Name", "Id"), ("桂某",))):
        sheet = book.create_sheet(name)
        sheet.append(header)
        for one in names:
            sheet.append(("1", one) if header[1] == "Name" else (one, "1"))
    del book["Sheet"]
    path = tmp_path / "names.xlsx"
    book.save(path)
    found = read(path).lines("Name")
    assert [(line.sheet, line.number, line.text) for line in found] == [
        ("First", 2, "Anna"),
        ("First", 3, "Ben"),
        ("Second", 2, "桂某"),
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("blank.txt", b"\n \n\t\n"),
        ("empty.csv", b""),
        ("paper.pdf", b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"),
        ("page.txt", b"<!DOCTYPE html><html><body><p>Anna</p></body></html>"),
        ("broken.xlsx", b"PK\x03\x04 cut off"),
    ],
)
def test_what_is_no_list_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(NotAList):
        read(tmp_path / name).lines()


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(NotAList):
            read(path)


def test_a_hundred_thousand_lines_are_read(tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    path.write_text("".join(f"Name {number}\n" for number in range(100_000)))
    found = read(path).lines()
    assert (len(found), found[-1].number, found[-1].text) == (100_000, 100_000, "Name 99999")


@pytest.mark.skipif(os.name != "posix", reason="only there are pipes among files")
def test_what_is_no_file_is_said_to_be_what_it_is(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name, why in (("", "it is a folder"), ("pipe", "it is no file"), ("gone", "there is no such file")):
        with pytest.raises(NotAList, match=why):
            read(tmp_path / name)
