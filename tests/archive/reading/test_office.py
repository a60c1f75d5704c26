"""Office documents give their text, in people's scripts and with what stands outside the main flow."""

from __future__ import annotations

import contextlib
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.reading import office
from archive.reading.ooxml import missing_text
from archive.reading.result import Reading
from archive.reading.rtf import rtf_text
from archive.reading.source import Source, Unreadable
from archive.reading.word import NotThisFormat, read_doc
from archive.records import Verdict
from tests.archive.reading.collected import Collected

OOXML = "application/vnd.openxmlformats-officedocument."
DOCX = OOXML + "wordprocessingml.document"
ODP = "application/vnd.oasis.opendocument.presentation"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{DOCX}.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/>'
    "</Relationships>"
)


def zipped(parts: dict[str, str]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return held.getvalue()


def docx(body: str, **parts: str) -> bytes:
    words = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    named = {f"word/{name}.xml": content for name, content in parts.items()}
    return zipped({"[Content_Types].xml": TYPES, "_rels/.rels": RELATIONS, "word/document.xml": words, **named})


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def read(data: bytes, media_type: str) -> Reading:
    return office.read(Source.of_bytes("a", media_type, data), Collected())


def test_docx_with_header_comment_and_embedded_file() -> None:
    data = docx(
        paragraph("河水上涨。"),
        header1=f"<w:hdr {W}>{paragraph('Restricted paper')}</w:hdr>",
        comments=f"<w:comments {W}><w:comment>{paragraph('Ask Ana')}</w:comment></w:comments>",
    )
    reading = read(data, DOCX)
    text = reading.pages[0].text
    assert text.startswith("河水上涨。")
    assert "Restricted paper" in text
    assert "Ask Ana" in text
    assert read(data, OOXML + "wordprocessingml.template").pages == reading.pages
    assert read(data, "application/vnd.ms-word.document.macroEnabled.12").pages == reading.pages


def test_missing_text_says_each_thing_once() -> None:
    data = docx(paragraph("One") + paragraph("Two") + paragraph("Two"))
    assert missing_text(data, ["One"]) == "Two"
    assert missing_text(data, ["one, two"]) == ""
    assert missing_text(b"no zip", []) == ""


def test_empty_document_has_no_text() -> None:
    reading = read(docx(""), DOCX)
    assert (reading.verdict, reading.reason, reading.pages) == (Verdict.NONE, "no-text", ())


def test_sealed_documents() -> None:
    for data in (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        zipped({"META-INF/manifest.xml": "<manifest:encryption-data/>"}),
    ):
        with pytest.raises(Unreadable, match="password"):
            read(data, DOCX)


def test_odp_slides() -> None:
    draw = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    slides = "".join(
        f"<d:page><t:p>Slide<t:s/>{n} <t:span>bold</t:span></t:p><t:p>河<t:line-break/>b</t:p></d:page>" for n in (1, 2)
    )
    data = zipped({"content.xml": f'<o xmlns:d="{draw}" xmlns:t="{text}">{slides}</o>'})
    reading = read(data, ODP)
    assert [(page.number, page.text) for page in reading.pages] == [
        (1, "Slide 1 bold\n河\nb"),
        (2, "Slide 2 bold\n河\nb"),
    ]


def test_rtf_heeds_the_character_set_of_a_font() -> None:
    data = (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset204 Arial;}{\f1\fcharset134 SimSun;}}"
        rb"\f0 \'d3\'e2\'e0\'e6\par\f1 \'ba\'d3\'cb\'ae\par \u27827? {\pict\bin4 }}{{x}}"
    )
    assert rtf_text(data) == "Уваж\n河水\n河"
    assert read(data, "application/rtf").pages[0].text == "Уваж\n河水\n河"


@pytest.mark.parametrize(
    "media_type", [ODP, DOCX, "application/msword", "application/vnd.ms-excel", "application/epub+zip"]
)
@pytest.mark.parametrize("data", [b"x", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600])
def test_broken_files_are_named_so(media_type: str, data: bytes) -> None:
    with pytest.raises(Unreadable, match="damaged"):
        read(data, media_type)


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 900))
def test_any_damage(noise: bytes, at: int) -> None:
    whole = docx(paragraph("One"))
    damaged = whole[:at] + noise + whole[at + len(noise) :]
    missing_text(damaged, [])
    for data, media_type in ((damaged, DOCX), (damaged, ODP), (b"{\\rtf1 " + noise, "application/rtf")):
        with contextlib.suppress(Unreadable):
            read(data, media_type)
    with contextlib.suppress(Unreadable, NotThisFormat):
        read_doc(b"\xdb\xa5" + noise)


def test_real_word_files(shared: Path) -> None:
    formats = shared / "corpora" / "formats"
    chinese = read_doc((formats / "poi" / "61490.doc").read_bytes())
    assert chinese.text.startswith("居中的大标题\n\n章节1\n章节1的内容，一段话")
    various = read_doc((formats / "tika" / "testWORD_various.doc").read_bytes())
    assert "This is the header text." in various.text
    assert "HYPERLINK" not in various.text
    assert read_doc((formats / "tika" / "testWORD6.doc").read_bytes()).text.strip()


def test_real_workbooks(shared: Path) -> None:
    formats = shared / "corpora" / "formats" / "tika"
    reading = read((formats / "testEXCEL-charts.xls").read_bytes(), "application/vnd.ms-excel")
    assert "Test Excel Spreasheet" in " ".join(reading.pages[0].text.split()) + " ".join(
        page.text for page in reading.pages
    )
    old = read((formats / "testEXCEL_4.xls").read_bytes(), "application/vnd.ms-excel")
    assert "Examination Coverage:" in old.pages[0].text
    box = read((formats / "testEXCEL_textbox.xlsx").read_bytes(), OOXML + "spreadsheetml.sheet")
    assert box.pages[-1].text == "this is some autoshape text"
