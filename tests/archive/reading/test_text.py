"""Plain text is made clean, laid out in pages at form feeds, and never refused."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from archive.reading.source import Source
from archive.reading.text import clean, read, tidy
from archive.records import Verdict
from tests.archive.reading.collected import Collected


def test_line_ends_and_controls() -> None:
    assert clean("a\r\nb\rc\u2028d\x85e\x00\x1bf\tg") == "a\nb\nc\nd\nef\tg"
    assert clean("\ud83d\ude00 \ud83d") == "😀 \ufffd"
    assert tidy("  a  \n\n\n\n\n\nb \n") == "a\n\n\nb"


def test_form_feeds_make_pages() -> None:
    reading = read(Source.of_bytes("a.txt", "text/plain", b"one\ftwo\f"), Collected())
    assert [(page.number, page.text) for page in reading.pages] == [(1, "one"), (2, "two")]


def test_undecodable_text_is_poor() -> None:
    reading = read(Source.of_bytes("a.txt", "text/plain", ("слово " * 100).encode()[:-2]), Collected())
    assert (reading.verdict, reading.reason) == (Verdict.POOR, "charset-uncertain")


def test_blank_text_is_none() -> None:
    assert read(Source.of_bytes("a.txt", "text/plain", b" \r\n\0\0"), Collected()).verdict is Verdict.NONE


@given(st.binary(max_size=500))
def test_any_bytes(data: bytes) -> None:
    reading = read(Source.of_bytes("a.txt", "text/plain", data), Collected())
    assert (reading.verdict is Verdict.NONE) == (not "".join(page.text for page in reading.pages).strip())
    assert not re.search(r"[\x00-\x08\r\x0e-\x1f]", "".join(page.text for page in reading.pages))
