"""Texts: whatever is stored comes back, in rows of bounded size that keep pages and offsets."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from archive import texts
from archive.connect import writing
from archive.container import Archive
from archive.reading.result import Page, Reading
from archive.records import Verdict
from tests.archive.conftest import Keep

scripts = st.text(alphabet=st.sampled_from("ab \n.。桂民海ༀབོད་ئۇيغۇر𠮷👩‍👩‍👧\u0301"), max_size=9000)


@given(st.lists(st.text(max_size=400) | scripts, max_size=4))
@settings(max_examples=60, deadline=None)
def test_rows_join_to_the_pages(pages: list[str]) -> None:
    given_pages = [Page(number, text) for number, text in enumerate(pages, 1)]
    rows = list(texts._rows(given_pages))
    assert all(len(text.encode()) <= texts.ROW_BYTES and text for _, text in rows)
    for page in given_pages:
        joined = "".join(text for number, text in rows if number == page.number)
        expected = page.text if not page.text or page.text.endswith("\n") else page.text + "\n"
        assert joined == expected


def test_stored_text_comes_back_with_offsets(archive: Archive, keep: Keep) -> None:
    document = keep("first")
    pages = (Page(1, "One.\nTwo 桂民海.\n" * 2000), Page(2, ""), Page(3, "𠮷" * 5000))
    with writing(archive.db):
        version = texts.add(archive.db, document.row, Reading("text/plain", pages=pages))
    assert version == 2
    rows = list(texts.rows(archive.db, document.row, version))
    whole = texts.read(archive.db, document.row, version)
    assert whole == pages[0].text + pages[2].text + "\n"
    for row in rows:
        assert whole[row.start : row.start + len(row.text)] == row.text
    assert {row.page for row in rows} == {1, 3}
    assert texts.row(archive.db, document.row, version, 1) == rows[1]
    assert texts.row(archive.db, document.row, version, 999) is None
    assert texts.read(archive.db, document.row, 1) == "first\n"


def test_a_stretch_reads_the_rows_that_hold_it_and_no_other(archive: Archive, keep: Keep) -> None:
    document = keep("first")
    with writing(archive.db):
        version = texts.add(archive.db, document.row, Reading("text/plain", pages=(Page(0, "桂民海 word.\n" * 9000),)))
    rows = list(texts.rows(archive.db, document.row, version))
    assert len(rows) > 9
    edges = [at for row in rows for at in (row.start - 1, row.start, row.start + 1) if at >= 0]
    for start in edges:
        for length in (1, 5000):
            found = list(texts.rows_between(archive.db, document.row, version, start, start + length))
            assert found == [row for row in rows if row.start < start + length and row.start + len(row.text) > start]
    end = rows[-1].start + len(rows[-1].text)
    assert list(texts.rows_between(archive.db, document.row, version, end, end + 9)) == rows[-1:]
    assert list(texts.rows_between(archive.db, document.row, 99, 0, 9)) == []


def test_rows_break_where_a_reader_would(archive: Archive) -> None:
    sentences = "A sentence of some words. " * 1000
    rows = [text for _, text in texts._rows([Page(0, sentences)])]
    assert len(rows) > 2
    assert all(text.endswith(". ") for text in rows[:-1])


def test_bulk_gives_current_versions_in_the_order_asked(archive: Archive, keep: Keep) -> None:
    one, two = keep("one"), keep("two")
    with writing(archive.db):
        texts.add(archive.db, one.row, Reading("text/plain", pages=(Page(0, "newer"),)))
    found = [(row, text.text) for row, text in texts.bulk(archive.db, [two.row, one.row, 999])]
    assert found == [(two.row, "two\n"), (one.row, "newer\n")]


def test_no_text_is_a_version_that_says_why(archive: Archive, keep: Keep) -> None:
    document = keep("some")
    reading = Reading("application/pdf", verdict=Verdict.NONE, reason="password")
    with writing(archive.db):
        version = texts.add(archive.db, document.row, reading)
    assert texts.read(archive.db, document.row, version) == ""
    kept = archive.db.conn.execute("SELECT verdict, reason FROM text_version WHERE version = ?", (version,)).fetchone()
    assert kept == ("none", "password")


def test_lone_surrogates_cannot_break_storing(archive: Archive, keep: Keep) -> None:
    document = keep("some")
    with writing(archive.db):
        version = texts.add(archive.db, document.row, Reading("text/plain", pages=(Page(0, "a\udc80b\0c"),)))
    assert texts.read(archive.db, document.row, version) == "a\ufffdb\0c\n"
