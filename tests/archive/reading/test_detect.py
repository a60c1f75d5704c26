"""The type comes from the content, whatever the name says, and from the name only where the content is silent."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.reading.detect import detect, is_tar

OOXML = "application/vnd.openxmlformats-officedocument."


def typed(data: bytes, name: str = "file") -> str:
    return detect(name, len(data), lambda: io.BytesIO(data))


def zipped(**parts: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/").replace("_DOT_", "."), content)
    return held.getvalue()


def package(main: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr("_rels/.rels", "x" * 100_000)
        package.writestr("[Content_Types].xml", f'<Types><Override ContentType="{main}"/></Types>')
    return held.getvalue()


def tarred() -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as package:
        package.addfile(tarfile.TarInfo("inside.txt"))
    return held.getvalue()


SAVED_PAGE = (
    b"From: <Saved by a browser>\r\nSubject: Page\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: multipart/related; boundary=x\r\n\r\n"
)
LETTER = b"Received: by mx\r\nFrom: a@example.org\r\nTo: b@example.org\r\nSubject: s\r\n\r\nWords\r\n"
MIXED = b"To: b@example.org\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n boundary=x\r\n\r\n"


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"%PDF-1.7\n...", "x.txt", "application/pdf"),
        (b"\x00junk\x01\x02\x03\n%PDF-1.4\n", "x", "application/pdf"),
        (b"some words first\n%PDF-1.4\n", "x", "application/pdf"),
        (zipped(a_DOT_txt="a"), "x.docx", "application/zip"),
        (zipped(), "x", "application/zip"),
        (package(OOXML + "wordprocessingml.document.main+xml"), "x.zip", OOXML + "wordprocessingml.document"),
        (package(OOXML + "spreadsheetml.sheet.main+xml"), "x", OOXML + "spreadsheetml.sheet"),
        (
            package("application/vnd.ms-excel.sheet.binary.macroEnabled.main"),
            "x",
            "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
        ),
        (zipped(word__document_DOT_xml="<w/>"), "x", OOXML + "wordprocessingml.document"),
        (zipped(mimetype="application/epub+zip"), "x", "application/epub+zip"),
        (
            zipped(mimetype="application/vnd.oasis.opendocument.text"),
            "x",
            "application/vnd.oasis.opendocument.text",
        ),
        (tarred(), "x", "application/x-tar"),
        (gzip.compress(tarred()), "x", "application/gzip"),
        (bz2.compress(b"a"), "x", "application/x-bzip2"),
        (lzma.compress(b"a"), "x", "application/x-xz"),
        (b"7z\xbc\xaf\x27\x1c\0\4", "x", "application/x-7z-compressed"),
        (b"{\\rtf1 words}", "x.doc", "application/rtf"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "x", "image/png"),
        (b"<!DOCTYPE html>\n<html>", "x.txt", "text/html"),
        (b"  <!-- saved --> <p>words", "x", "text/html"),
        (b"words <p>words</p>", "x.html", "text/html"),
        ("<html>".encode("utf-16"), "x", "text/html"),
        (b'<?xml version="1.0"?><!DOCTYPE html><html xmlns="x"/>', "x", "application/xhtml+xml"),
        (b'<?xml version="1.0"?><!-- a --><feed><html/></feed>', "x", "application/xml"),
        (b'<svg xmlns="x"/>', "x", "image/svg+xml"),
        (b"<record>words</record>", "x", "application/xml"),
        (b"<notes for myself", "x", "text/plain"),
        (b'{"id":1,"title":{"rendered":"T"},"content":{"rendered":"<p>', "x.txt", "application/x-wordpress+json"),
        (b'[{"id":1,"title":{"rendered":"T"}}]', "x.json", "application/x-wordpress+json"),
        (b'{"a": 1}', "x", "application/json"),
        (b"[ ] something to do", "x.txt", "text/plain"),
        (LETTER, "x", "message/rfc822"),
        (b"From x@example.org Mon Jun 01 10:00:00 2009\n" + LETTER, "x", "application/mbox"),
        (b"From x@example.org Mon Jun 01 10:00:00 2009\n" + LETTER, "x.eml", "message/rfc822"),
        (b"From our correspondent in the capital: nothing new.\n", "x.txt", "text/plain"),
        (b"Subject: one line of a note\n\nwords", "x.txt", "text/plain"),
        (b"Published: January 19\n\nwords", "x.txt", "text/plain"),
        (SAVED_PAGE, "x", "multipart/related"),
        (MIXED, "x", "message/rfc822"),
        (MIXED, "x.mht", "multipart/related"),
        (b"a,b\n1,2\n", "x.csv", "text/csv"),
        (b"a\tb\n1\t2\n", "x.TSV", "text/tab-separated-values"),
        (b"# Title\n", "x.md", "text/markdown"),
        (b"# Title\n", "x", "text/plain"),
        (b"BMW drove off", "x", "text/plain"),
        (b"BEGIN:VCALENDAR\r\n", "x", "text/calendar"),
        (b"\x00\x01\x02\x03\x90\xff" * 50, "x.mp3", "audio/mpeg"),
        (b"\x00\x01\x02\x03\x90\xff" * 50, "x", "application/octet-stream"),
        (b"\0" * 100, "x.txt", "text/plain"),
    ],
    ids=lambda value: "data" if isinstance(value, bytes) else value,  # packed files differ from one second to the next
)
def test_types(data: bytes, name: str, expected: str) -> None:
    assert typed(data, name) == expected


SAYINGS = {
    "en": "The report was published in January and names no source.\n" * 5,
    "zh": "报告于一月发表，没有说明来源。这是一段中文文字，用来检验编码。\n" * 5,
    "ja": "この報告は一月に発表されました。出典は書かれていません。\n" * 5,
    "ru": "Доклад был опубликован в январе и не называет источника.\n" * 5,
    "ar": "نُشر التقرير في يناير ولم يذكر أي مصدر.\n" * 5,
}


@pytest.mark.parametrize(
    ("language", "encoding"),
    [
        *((language, encoding) for language in SAYINGS for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le")),
        *((language, encoding) for language in SAYINGS for encoding in ("utf-16-be", "utf-32", "gb18030")),
        ("zh", "big5"),
        ("zh", "hz"),
        ("ja", "shift_jis"),
        ("ja", "euc_jp"),
        ("ja", "iso2022_jp"),
        ("ru", "koi8_r"),
        ("ru", "cp1251"),
        ("ru", "cp866"),
        ("ar", "cp1256"),
        ("en", "cp500"),
    ],
)
def test_text_is_text_in_any_encoding(language: str, encoding: str) -> None:
    assert typed(SAYINGS[language].encode(encoding, "ignore")) == "text/plain"


@given(st.binary(min_size=1, max_size=3000), st.sampled_from(["x", "x.doc", "x.html", "x.eml", "x.zip"]))
def test_any_bytes_have_a_type(data: bytes, name: str) -> None:
    assert "/" in typed(data, name)


@pytest.mark.parametrize(
    "signature", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-", b"<?xml ", b"From x"]
)
@given(rest=st.binary(max_size=2000))
def test_damaged_files_have_a_type(signature: bytes, rest: bytes) -> None:
    assert "/" in typed(signature + rest)


@given(
    st.text(min_size=200, alphabet=st.characters(categories=["L", "Nd", "Zs", "Po"])).map(
        lambda text: text + " words, and more."
    )
)
def test_any_writing_in_utf_8_is_text(text: str) -> None:
    data = text.encode()
    assert not typed(data).startswith(("application/octet", "image/", "audio/", "video/"))


def test_a_tar_header_is_known_by_its_checksum() -> None:
    header = tarred()[:512]
    assert is_tar(header)
    assert not is_tar(b"X" + header[1:])
    assert not is_tar(bytes(512))


BY_EXTENSION = {
    ".pdf": {"application/pdf"},
    ".docx": {
        OOXML + "wordprocessingml.document",
        OOXML + "wordprocessingml.template",
        "application/x-encrypted-office",
        "application/zip",  # one is cut off
    },
    ".xlsx": {OOXML + "spreadsheetml.sheet", "application/x-encrypted-office"},
    ".pptx": {OOXML + "presentationml.presentation", "application/x-encrypted-office"},
    ".xls": {"application/vnd.ms-excel"},
    ".ppt": {"application/vnd.ms-powerpoint", "application/x-encrypted-office"},
    ".doc": {"application/msword", "application/vnd.ms-excel", "application/xml"},  # two bear a wrong name
    ".msg": {"application/vnd.ms-outlook"},
    ".eml": {"message/rfc822"},
    ".mbox": {"application/mbox"},
    ".rtf": {"application/rtf"},
    ".epub": {"application/epub+zip"},
    ".mhtml": {"multipart/related"},
    ".csv": {"text/csv"},
    ".zip": {"application/zip"},
    ".tar": {"application/x-tar"},
    ".7z": {"application/x-7z-compressed"},
    ".srt": {"text/plain"},
    ".html": {"text/html", "application/xhtml+xml"},
}


def test_real_files(shared: Path) -> None:
    wrong = []
    for path in (shared / "corpora" / "formats").rglob("*"):
        if path.is_file() and path.suffix in BY_EXTENSION:
            found = detect(path.name, path.stat().st_size, lambda path=path: path.open("rb"))
            if found not in BY_EXTENSION[path.suffix]:
                wrong.append((path.name, found))
    assert not wrong


def test_the_seeds(shared: Path) -> None:
    found = {path.name[:3]: typed(path.read_bytes(), path.name) for path in (shared / "seeds").glob("0*.txt")}
    assert found.pop("001") == "application/x-wordpress+json"
    assert set(found.values()) == {"text/plain"}
