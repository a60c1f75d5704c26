"""PDF: text by page, what is attached, and a verdict that says where text is missing."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.reading import pdf
from archive.reading.result import Reading
from archive.reading.source import Source, Unreadable
from archive.records import Relation, Verdict
from tests.archive.reading.collected import Collected
from tests.archive.reading.made_pdf import made_pdf


def read(data: bytes, members: Collected | None = None) -> Reading:
    return pdf.read(Source.of_bytes("file.pdf", "application/pdf", data), members or Collected())


def refused(data: bytes) -> str:
    with pytest.raises(Unreadable) as refusal:
        read(data)
    return refusal.value.reason


def test_each_page_has_its_text() -> None:
    reading = read(made_pdf([[(50, 500, "First page"), (50, 480, "second line")], [(50, 500, "Last page")]]))
    assert reading.verdict is Verdict.GOOD
    assert [(page.number, page.text) for page in reading.pages] == [(1, "First page\nsecond line"), (2, "Last page")]
    assert "PDFium" in reading.extractor


def test_a_word_divided_at_the_end_of_a_line_is_whole() -> None:
    reading = read(made_pdf([[(50, 500, "They spoke of a kid-"), (50, 486, "napping in the city")]]))
    assert reading.pages[0].text == "They spoke of a kidnapping in the city"


def test_every_character_of_the_text_has_an_origin_in_order() -> None:
    data = made_pdf([[(50, 500, "They spoke of a kid-"), (50, 486, "napping"), (50, 470, "in the city")]])
    with pdf.opened(Source.of_bytes("file.pdf", "application/pdf", data)) as document:
        text = pdf.page_text(document[0].get_textpage())
    assert len(text.text) == len(text.origins)
    assert text.origins == sorted(set(text.origins))


def test_pages_without_text_are_counted_and_blank_ones_are_not() -> None:
    words = [(50.0, 500.0, "Words")]
    assert read(made_pdf([words, []])).verdict is Verdict.GOOD
    mixed = read(made_pdf([words, [], []], drawn=[1]))
    assert (mixed.verdict, mixed.reason, mixed.detail) == (
        Verdict.POOR,
        "pages-without-text",
        "1 of 3 pages without text",
    )
    none = read(made_pdf([[], []], drawn=[0]))
    assert (none.verdict, none.reason) == (Verdict.NONE, "no-text-layer")


def test_attached_files_are_members() -> None:
    members = Collected()
    read(made_pdf([[(50, 500, "Words")]], {"notes.txt": b"attached words", "空.txt": b"more"}), members)
    assert members.contents == {"notes.txt": b"attached words", "空.txt": b"more"}
    assert {kept.member.relation for kept in members.kept} == {Relation.ATTACHMENT}


BARE = b"""%%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj
4 0 obj<<%s>>endobj
trailer<</Root 1 0 R/Info 4 0 R>>
"""


@pytest.mark.parametrize(
    ("said", "title", "authors", "date"),
    [
        (
            b"/Title(Microsoft Word - Report)/Author(A. One; B. Two)/CreationDate(D:20220119190100Z)",
            "Report",
            ("A. One", "B. Two"),
            "2022-01-19?",
        ),
        (b"/Title(untitled)/CreationDate(D:2022)", "", (), "2022?"),
        (b"/Title<FEFF5831544A>/CreationDate(19 January 2022)", "報告", (), "2022-01-19?"),
        (b"", "", (), ""),
    ],
)
def test_metadata_is_taken_over(said: bytes, title: str, authors: tuple[str, ...], date: str) -> None:
    metadata = read(BARE % said).metadata
    assert (metadata.title, metadata.authors, metadata.published) == (title, authors, date)


def test_what_is_cut_off_or_nothing_is_damaged() -> None:
    whole = made_pdf([[(50, 500, "Words")]])
    assert refused(b"%PDF-1.7\n") == "damaged"
    assert refused(whole[:200]) == "damaged"


@given(st.data())
def test_a_damaged_document_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(made_pdf([[(50, 500, "Words")]], drawn=[0]))
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=30)):
        whole[place] = data.draw(st.integers(0, 255))
    with contextlib.suppress(Unreadable):
        assert read(bytes(whole)).pages


@pytest.mark.parametrize(
    ("text", "garbled"),
    [
        ("Words in a row, as they are written everywhere.", False),
        ("报告于一月发表，没有说明来源。这是一段中文文字。", False),
        ("བོད་ཀྱི་སྐད་ཡིག་ནི་སྐད་ཡིག་ཅིག་རེད།", False),
        ("1,234 5,678 9,012 3,456 7,890 1,234", False),
        ("short", False),
        ("\ue001\ue002\ue003\ue004 words " * 5, True),
        ("!\"#$%&'()*+,-./" * 5, True),
        ("\ufffd\ufffdab" * 10, True),
    ],
)
def test_garbled_text_is_known(text: str, garbled: bool) -> None:
    assert pdf.is_garbled(text) is garbled


def test_real_documents(shared: Path) -> None:
    """Those that need a password are refused, those that only forbid printing or copying open."""
    folder = shared / "corpora" / "formats"
    reasons = {}
    for path in [*folder.rglob("testPDF_no_extract*.pdf"), *folder.rglob("testPassword4Spaces.pdf")]:
        try:
            reading = pdf.read(Source.of_path(path, "application/pdf"), Collected())
            reasons[path.name] = str(reading.verdict)
        except Unreadable as fault:
            reasons[path.name] = fault.reason
    assert reasons == {
        "testPDF_no_extract_no_accessibility_owner_empty.pdf": "good",
        "testPDF_no_extract_no_accessibility_owner_user.pdf": "password",
        "testPDF_no_extract_yes_accessibility_owner_empty.pdf": "good",
        "testPDF_no_extract_yes_accessibility_owner_user.pdf": "password",
        "testPassword4Spaces.pdf": "password",
    }


def test_what_is_filled_into_a_form_is_text(shared: Path) -> None:
    [path] = (shared / "corpora" / "formats").rglob("testPDF_acroform3.pdf")
    reading = pdf.read(Source.of_path(path, "application/pdf"), Collected())
    assert "TIKA-1226" in reading.pages[0].text
