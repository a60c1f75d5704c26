"""Text in any encoding is decoded, and what was guessed or lost is said."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.reading.charset import codec, decode

ENGLISH = "The committee met on Tuesday to discuss the new road through the valley — and its cost. " * 4
RUSSIAN = "Комитет собрался во вторник, чтобы обсудить новую дорогу через долину и её стоимость. " * 4
CHINESE = "委员会星期二开会讨论穿过山谷的新路及其费用。会上有人提出了几个问题，没有得到答复。" * 4
TRADITIONAL = "委員會星期二開會討論穿過山谷的新路及其費用。會上有人提出了幾個問題，沒有得到答覆。" * 4
ARABIC = "اجتمعت اللجنة يوم الثلاثاء لمناقشة الطريق الجديد عبر الوادي وتكلفته. " * 4


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "iso8859-5"),
        (RUSSIAN, "cp866"),
        (CHINESE, "gb18030"),
        (TRADITIONAL, "big5"),
        (ARABIC, "cp1256"),
        (ENGLISH, "cp1252"),
        (ENGLISH, "utf-16-le"),
        (CHINESE, "utf-16-be"),
        (RUSSIAN, "utf-16-le"),
    ],
)
def test_undeclared_encoding_is_guessed(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert decoded.guessed
    assert decoded.notes == (f"charset-guessed:{decoded.encoding}",)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_mark_decides(encoding: str) -> None:
    decoded = decode(CHINESE.encode(encoding))
    assert decoded.text == CHINESE
    assert not decoded.guessed


def test_utf8_needs_no_guess() -> None:
    assert decode(ARABIC.encode(), "iso-8859-1").text == ARABIC


def test_declaration_holds_where_it_can() -> None:
    assert decode("naïve £".encode("mac-roman"), "macintosh").text == "naïve £"
    assert decode(CHINESE.encode("gb18030"), "gb2312").text == CHINESE
    assert not decode(CHINESE.encode("gb18030"), "gb2312").guessed


def test_damaged_utf8_stays_utf8() -> None:
    whole = (CHINESE * 10).encode()
    decoded = decode(whole[:-1])
    assert (decoded.encoding, decoded.replaced) == ("utf-8", 1)
    assert decoded.text.startswith(CHINESE)


def test_encoding_past_the_window_is_found() -> None:
    text = "plain words. " * 40_000 + RUSSIAN
    assert decode(text.encode("cp1251")).text == text


@pytest.mark.parametrize("name", ["", "base64", "rot13", "x-unknown", "\0", "idna"])
def test_names_that_are_no_text_encoding(name: str) -> None:
    assert codec(name) == ""


@given(st.binary(max_size=400), st.sampled_from(["", "utf-8", "gb2312", "utf-16", "iso-2022-jp", "hz", "nonsense"]))
def test_decoding_never_fails(data: bytes, declared: str) -> None:
    decoded = decode(data, declared)
    assert codec(decoded.encoding)
    assert decoded.replaced <= decoded.text.count("\ufffd")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_utf8_survives(text: str) -> None:
    assert decode(b"\xef\xbb\xbf" + text.encode()).text == text


def test_real_files_of_known_encoding(shared: Path) -> None:
    """chardet's test files name their encoding in a comment; it and the XML declaration are cut out first."""
    right = known = 0
    for path in sorted((shared / "corpora" / "formats" / "charsets").glob("*.xml")):
        data = path.read_bytes()
        expected = re.search(rb"(?i)expect:\s*([\w-]+)", data)
        if expected is None:
            continue
        bare = re.sub(rb"(?s)<\?xml[^>]*\?>|<!--\s*Source.*?-->", b"", data)
        known += 1
        right += decode(bare).text == decode(bare, expected[1].decode()).text
    assert known >= 100
    assert right >= known - 6
