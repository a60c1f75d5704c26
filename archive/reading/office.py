"""Reads office documents and books: by kreuzberg, and where that fails people's scripts, by the modules beside this
one.

kreuzberg runs from memory, without its cache, and never on a PDF or a container of files.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from archive.reading import dates, excel, language, opendocument, rtf, word
from archive.reading.embedded import count_embedded, is_sealed
from archive.reading.ooxml import missing_text
from archive.reading.result import Page, Reading
from archive.reading.source import Sink, Source, Unreadable
from archive.reading.text import tidy
from archive.records import Metadata, Verdict

LIMIT = 256 << 20
_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
_DOCX, _XLSX, _PPTX = (
    _OOXML + kind for kind in ("wordprocessingml.document", "spreadsheetml.sheet", "presentationml.presentation")
)
# Templates, shows and files with macros are laid out as the plain kind, which alone kreuzberg knows by its type.
_PLAIN_KIND = (
    ("wordprocessingml", _DOCX),
    ("ms-word.", _DOCX),
    ("ms-excel.sheet.binary", "application/vnd.ms-excel.sheet.binary.macroEnabled.12"),
    ("spreadsheetml", _XLSX),
    ("ms-excel.", _XLSX),
    ("presentationml", _PPTX),
    ("ms-powerpoint.", _PPTX),
    ("opendocument.text", _ODF + "text"),
    ("opendocument.spreadsheet", _ODF + "spreadsheet"),
)
_DRAWN = tuple(_ODF + kind for kind in ("presentation", "graphics", "formula"))
_EXCEL = "application/vnd.ms-excel"
_PASSWORD = ("password", "encrypt", "protected")
# Names of streams that only sealed files have: Office Open XML in a container, and PowerPoint's own.
_SEALED = tuple(name.encode("utf-16-le") for name in ("EncryptedPackage", "EncryptedSummary"))
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(source: Source, sink: Sink) -> Reading:
    """Text, pages (slides, sheets) and metadata of an office document; note `embedded:N` for N files kept inside it.

    Raises Unreadable with `password` or `damaged`; a document without any text has verdict none and reason `no-text`.
    """
    data = source.bytes(LIMIT)
    if (data.startswith(_OLE) and any(name in data for name in _SEALED)) or is_sealed(data):
        raise Unreadable("password")
    if rtf.is_rtf(data):
        reading = _read_rtf(data, source.media_type)
    elif source.media_type == "application/msword":
        reading = _read_doc(data, source.media_type)
    elif source.media_type.startswith(_DRAWN):
        pages, metadata = opendocument.read_pages(data)
        reading = Reading(source.media_type, metadata, pages, extractor="tamarisk opendocument 1")
    elif source.media_type == _EXCEL and not data.startswith(b"PK"):
        reading = _read_xls(data, source.media_type)
    else:
        reading = _with_further_text(data, _read_by_kreuzberg(data, source.media_type))
    embedded = count_embedded(data)
    if embedded:
        reading = dataclasses.replace(reading, notes=(*reading.notes, f"embedded:{embedded}"))
    if not any(page.text.strip() for page in reading.pages):
        return dataclasses.replace(reading, pages=(), verdict=Verdict.NONE, reason="no-text")
    return reading


def _read_rtf(data: bytes, media_type: str) -> Reading:
    text = rtf.rtf_text(data)
    try:
        other = _read_by_kreuzberg(data, "application/rtf")
    except Unreadable:
        other = Reading(media_type)
    found = "".join(page.text for page in other.pages).replace("[Image: image]", "").strip()
    # What striprtf leaves out now and then is a whole body inside a group that it does not know.
    if not text.strip() and found:
        return dataclasses.replace(other, media_type=media_type)
    return dataclasses.replace(other, media_type=media_type, pages=(Page(0, text),), extractor="striprtf")


def _read_xls(data: bytes, media_type: str) -> Reading:
    pages = excel.read_pages(data)
    try:
        metadata = _read_by_kreuzberg(data, media_type).metadata
    except Unreadable:
        metadata = Metadata()
    return Reading(media_type, metadata, pages, extractor=f"xlrd {version('xlrd')}")


def _with_further_text(data: bytes, reading: Reading) -> Reading:
    """The reading with what kreuzberg left out of an Office Open XML file: at the end, or on a page 0 of its own."""
    further = missing_text(data, [page.text for page in reading.pages])
    if not further:
        return reading
    if len(reading.pages) == 1 and reading.pages[0].number == 0:
        whole = (reading.pages[0].text + "\n\n" + further).strip()
        return dataclasses.replace(reading, pages=(Page(0, whole),))
    return dataclasses.replace(reading, pages=(*reading.pages, Page(0, further)))


def _read_doc(data: bytes, media_type: str) -> Reading:
    try:
        words = word.read_doc(data)
    except word.NotThisFormat as fault:
        raise Unreadable("damaged", "no Word document inside") from fault
    notes = (f"embedded:{words.objects}",) if words.objects else ()
    return Reading(media_type, words.metadata, (Page(0, words.text),), extractor="tamarisk word 1", notes=notes)


def _read_by_kreuzberg(data: bytes, media_type: str) -> Reading:
    import kreuzberg

    config = kreuzberg.ExtractionConfig(
        use_cache=False,
        enable_quality_processing=False,
        output_format="plain",
        pages=kreuzberg.PageConfig(extract_pages=True),
        # What runs along every page is said once more rather than lost.
        content_filter=kreuzberg.ContentFilterConfig(
            include_headers=True, include_footers=True, strip_repeating_text=False, include_watermarks=True
        ),
        postprocessor=kreuzberg.PostProcessorConfig(enabled=False),
        concurrency=kreuzberg.ConcurrencyConfig(max_threads=1),
    )
    kind = next((plain for part, plain in _PLAIN_KIND if part in media_type), media_type)
    try:
        result = kreuzberg.extract_bytes_sync(data, kind, config=config)
    except kreuzberg.KreuzbergError as fault:
        words = str(fault)
        raise Unreadable(
            "password" if any(sign in words.lower() for sign in _PASSWORD) else "damaged", words
        ) from fault
    extractor = f"kreuzberg {kreuzberg.__version__}"
    return Reading(media_type, _metadata(result.metadata), _pages(result, media_type), extractor=extractor)


def _pages(result: Any, media_type: str) -> tuple[Page, ...]:
    """Sheets out of the tables, their cells joined by tabs; slides by their boundaries; else the whole as one."""
    names = result.metadata.get("sheet_names")
    if names and result.tables:
        return tuple(_sheets(result.tables, names))
    boundaries = (result.metadata.get("pages") or {}).get("boundaries") or []
    content = result.content.encode("utf-8")
    if boundaries and "presentation" in media_type.lower() + "presentation" * ("powerpoint" in media_type.lower()):
        ends = [boundary["byte_start"] for boundary in boundaries[1:]] + [len(content)]
        starts = [0, *ends[:-1]]
        numbered = zip((boundary["page_number"] for boundary in boundaries), starts, ends, strict=True)
        return tuple(Page(number, tidy(content[a:b].decode("utf-8", "replace"))) for number, a, b in numbered)
    return (Page(0, tidy(result.content)),)


def _sheets(tables: list[Any], names: list[str]) -> list[Page]:
    pages = []
    for table in tables:
        rows = ["\t".join(" ".join(cell.split()) for cell in row).rstrip("\t") for row in table.cells]
        name = names[table.page_number - 1] if 0 < table.page_number <= len(names) else ""
        pages.append(Page(table.page_number, tidy("\n".join([name, *rows]))))
    return pages


def _metadata(given: Mapping[str, Any]) -> Metadata:
    authors = [" ".join(str(author).split()) for author in given.get("authors") or []]
    return Metadata(
        title=" ".join(str(given.get("title") or "").split()),
        authors=tuple(author for author in authors if author),
        publisher=" ".join(str(given.get("publisher") or "").split()),
        published=dates.made(str(given.get("created_at") or "")[:10]),
        language=language.declared(str(given.get("language") or "")),
    )
