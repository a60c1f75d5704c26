"""PDF: the text of each page and the files attached, by PDFium.

The stored text of a page is PDFium's characters in their order, changed so little that every code point stems from one
character: CR LF is a line feed, characters without meaning are left out, and a word divided by a hyphen at the end of a
line is joined. `page_text` gives the text and that origin together, so that `archive.reading.pdf_page` finds the
rectangles of a passage with the same function.
"""

from __future__ import annotations

import contextlib
import ctypes
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from archive.reading import dates
from archive.reading.result import Member, Page, Reading
from archive.reading.source import Sink, Source, Unreadable
from archive.records import Metadata, Relation, Verdict

_IN_MEMORY = 128 << 20  # larger files are read through callbacks, which is slower
_HYPHEN = 2  # the code PDFium gives a hyphen that divides a word
_GARBLED = 0.15  # share of characters that are no writing, from which a page counts as garbled
_LETTERS = 0.25  # share of letters and digits, below which it does too


@dataclass(frozen=True, slots=True)
class PageText:
    """The stored text of a page, and for each of its code points the number of PDFium's character."""

    text: str
    origins: list[int]


@contextlib.contextmanager
def opened(source: Source) -> Iterator[pypdfium2.PdfDocument]:
    """The document, open without a password. Raises Unreadable."""
    with source.open() as stream:
        content = stream if source.size > _IN_MEMORY else source.bytes(_IN_MEMORY)
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as fault:
            locked = fault.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
            raise Unreadable("password" if locked else "damaged", str(fault)) from fault
        with document:
            yield document


def read(source: Source, sink: Sink) -> Reading:
    """The text of every page; attached files go to the sink."""
    with opened(source) as document:
        _attachments(document, sink)  # before the pages, whose flattening takes annotations away
        pages, damaged, drawn = [], 0, 0
        for number in range(1, len(document) + 1):
            try:
                text, objects = _page(document, number)
            except pypdfium2.PdfiumError:
                text, objects, damaged = "", False, damaged + 1
            pages.append(Page(number, text))
            drawn += objects and not text.strip()
        if not pages:
            raise Unreadable("damaged", "no pages")
        metadata = _metadata(document)
    verdict, reason, detail = _verdict(pages, damaged, drawn)
    return Reading(
        media_type=source.media_type,
        metadata=metadata,
        pages=tuple(pages),
        verdict=verdict,
        reason=reason,
        detail=detail,
        extractor=extractor(),
    )


def extractor() -> str:
    """The library that reads, with its versions."""
    return f"pypdfium2 {pypdfium2.PYPDFIUM_INFO} (PDFium {pypdfium2.PDFIUM_INFO})"


def page_text(textpage: pypdfium2.PdfTextPage) -> PageText:
    """The stored text of a page with its origins."""
    raw = textpage.raw
    codes = [pdfium.FPDFText_GetUnicode(raw, place) for place in range(textpage.count_chars())]
    characters: list[str] = []
    origins: list[int] = []
    place = 0
    while place < len(codes):
        character, width = _character(codes, place)
        if character:
            characters.append(character)
            origins.append(place)
        place += width
    return PageText("".join(characters), origins)


def _character(codes: list[int], place: int) -> tuple[str, int]:
    """What stands at `place` in the stored text, if anything, and how many of PDFium's characters that takes."""
    code = codes[place]
    following = codes[place + 1 : place + 4]
    if code in (_HYPHEN, 0xAD):
        # PDFium marks a hyphen that divides a word, and mostly leaves out the line end after it.
        line_end = 2 if following[:2] == [13, 10] else 0
        after = following[line_end : line_end + 1]
        if after and chr(after[0] if after[0] < 0xD800 else 0).islower() and (code == _HYPHEN or line_end):
            return "", 1 + line_end
    if code == _HYPHEN:
        return "-", 1
    if code == 13 and following[:1] == [10]:
        return "\n", 2
    if 0xD800 <= code < 0xDC00 and following and 0xDC00 <= following[0] < 0xE000:
        return chr(0x10000 + ((code - 0xD800) << 10) + (following[0] - 0xDC00)), 2
    if code in (10, 11, 12, 13):
        return "\n", 1
    if code in (0, 0xFFFE, 0xFFFF):
        return "", 1
    if (code < 32 and code != 9) or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return "\ufffd", 1
    return chr(code), 1


@contextlib.contextmanager
def flattened(document: pypdfium2.PdfDocument, number: int) -> Iterator[pypdfium2.PdfPage]:
    """Page `number` (from 1) with what is filled into its form and noted on it made part of the page.

    Their text comes after the page's own. The annotations are gone from the open document then.
    """
    page = document[number - 1]
    pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
    page.close()
    page = document[number - 1]
    try:
        yield page
    finally:
        page.close()


def _page(document: pypdfium2.PdfDocument, number: int) -> tuple[str, bool]:
    """The text of a page, and whether anything is drawn on it."""
    with flattened(document, number) as page:
        textpage = page.get_textpage()
        try:
            return page_text(textpage).text, pdfium.FPDFPage_CountObjects(page.raw) > 0
        finally:
            textpage.close()


def _verdict(pages: list[Page], damaged: int, drawn: int) -> tuple[Verdict, str, str]:
    """How well the text was obtained. `drawn` pages have content and no text: most likely pictures of pages."""
    if not any(page.text.strip() for page in pages):
        return (Verdict.NONE, "damaged", "no page can be opened") if damaged else (Verdict.NONE, "no-text-layer", "")
    if damaged:
        return Verdict.POOR, "pages-damaged", f"{damaged} of {len(pages)} pages cannot be opened"
    garbled = sum(is_garbled(page.text) for page in pages)
    if garbled:
        return Verdict.POOR, "garbled-text", f"{garbled} of {len(pages)} pages with garbled text"
    if drawn:
        return Verdict.POOR, "pages-without-text", f"{drawn} of {len(pages)} pages without text"
    return Verdict.GOOD, "", ""


def is_garbled(text: str) -> bool:
    """Whether a page's text is mostly no writing: its fonts do not say what their characters mean."""
    visible = [character for character in text if not character.isspace()]
    if len(visible) < 20:
        return False
    kinds = [unicodedata.category(character) for character in visible]
    strays = sum(kind in ("Co", "Cn", "Cc", "Cs") for kind in kinds) + visible.count("\ufffd")
    letters = sum(kind[0] in "LNM" for kind in kinds)
    return strays > _GARBLED * len(visible) or letters < _LETTERS * len(visible)


def _metadata(document: pypdfium2.PdfDocument) -> Metadata:
    """What the document says of itself. The date is that of the file's making."""
    said = document.get_metadata_dict(skip_empty=True)
    title = re.sub(r"^Microsoft (?:Word|PowerPoint|Excel) - ", "", said.get("Title", "")).strip()
    authors = [author.strip() for author in said.get("Author", "").split(";")]
    return Metadata(
        title="" if title.lower() in ("untitled", "untitled document") else title,
        authors=tuple(author for author in authors if author),
        published=dates.made(_day(said.get("CreationDate", ""))),
    )


def _day(words: str) -> str:
    """A date of the form D:YYYYMMDDHHmmSS (ISO 32000-1, 7.9.4) as ISO, any other as it is."""
    parts = re.match(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?", words.strip())
    return "-".join(part for part in parts.groups() if part) if parts else words.strip()


def _attachments(document: pypdfium2.PdfDocument, sink: Sink) -> None:
    """The files embedded in the document, and those hung on its pages as annotations."""
    for place in range(document.count_attachments()):
        _attach(document.get_attachment(place), sink)
    for place in range(len(document)):
        with contextlib.suppress(pypdfium2.PdfiumError):
            page = document[place]
            try:
                for number in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
                    annotation = pdfium.FPDFPage_GetAnnot(page.raw, number)
                    if pdfium.FPDFAnnot_GetSubtype(annotation) == pdfium.FPDF_ANNOT_FILEATTACHMENT:
                        _attach(pypdfium2.PdfAttachment(pdfium.FPDFAnnot_GetFileAttachment(annotation), document), sink)
                    pdfium.FPDFPage_CloseAnnot(annotation)
            finally:
                page.close()


def _attach(attachment: pypdfium2.PdfAttachment, sink: Sink) -> None:
    try:
        name = attachment.get_name()
    except (pypdfium2.PdfiumError, UnicodeDecodeError):
        name = ""
    sink.member(Member(name or "attachment", None, Relation.ATTACHMENT), _content(attachment))


def _content(attachment: pypdfium2.PdfAttachment) -> Iterator[bytes]:
    size = ctypes.c_ulong()
    pdfium.FPDFAttachment_GetFile(attachment.raw, None, 0, size)
    if size.value:
        yield bytes(attachment.get_data())
