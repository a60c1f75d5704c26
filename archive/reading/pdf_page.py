"""One page of a PDF drawn, with the rectangles of passages of its stored text."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence

import pypdfium2
import pypdfium2.raw as pdfium

from archive.reading.pdf import PageText, flattened, opened, page_text
from archive.reading.render import Mark, Rectangle, Rendering, fitted
from archive.reading.source import Source, Unreadable

_PLACES = 2000  # rectangles on one page, for a mark like "e"


def render(source: Source, number: int, scale: float, marks: Sequence[Mark]) -> Rendering:
    """Page `number` (from 1) at `scale` pixels a point, lowered where that would be too large. Raises Unreadable."""
    with opened(source) as document:
        count = len(document)
        if not 1 <= number <= count:
            raise Unreadable("no-such-page", f"page {number} of {count}")
        try:
            with flattened(document, number) as page:
                return _drawn(page, number, count, scale, marks)
        except pypdfium2.PdfiumError as fault:
            raise Unreadable("damaged", str(fault)) from fault


def _drawn(page: pypdfium2.PdfPage, number: int, count: int, scale: float, marks: Sequence[Mark]) -> Rendering:
    width, height = page.get_size()
    bitmap = page.render(
        scale=fitted(width, height, scale),
        force_bitmap_format=pdfium.FPDFBitmap_BGRA,
        rev_byteorder=True,
    )
    rows = memoryview(bitmap.buffer).cast("B")
    line = bitmap.width * 4
    pixels = b"".join(rows[row : row + line] for row in range(0, bitmap.height * bitmap.stride, bitmap.stride))
    return Rendering(
        width=bitmap.width,
        height=bitmap.height,
        pixels=pixels,
        page=number,
        pages=count,
        page_width=width,
        page_height=height,
        rectangles=tuple(_rectangles(page, marks, bitmap.width, bitmap.height)) if marks else (),
    )


def places(page: PageText, mark: Mark) -> Iterator[tuple[int, int]]:
    """Where a passage stands on the page, as first and last of PDFium's characters.

    The offsets hold where the words between them are the quote (line ends count as spaces). Otherwise the quote is
    searched on the page: the nearest place where there were offsets, every place where there were none.
    """
    within = 0 <= mark.start < mark.end <= len(page.text)
    if within and page.text[mark.start : mark.end].split() == mark.quote.split() != []:
        yield page.origins[mark.start], page.origins[mark.end - 1]
        return
    words = mark.quote.split()[:200]
    if not words:
        return
    # A line may end within a word where the script has no spaces.
    pattern = r"\s+".join(r"\n?".join(map(re.escape, word)) for word in words)
    found = [match.span() for match in re.finditer(pattern, page.text, re.IGNORECASE)]
    if mark.start >= 0:
        found = sorted(found, key=lambda span: abs(span[0] - mark.start))[:1]
    for start, end in found:
        yield page.origins[start], page.origins[end - 1]


def _rectangles(page: pypdfium2.PdfPage, marks: Sequence[Mark], width: int, height: int) -> Iterator[Rectangle]:
    textpage = page.get_textpage()
    text = page_text(textpage)
    left = _PLACES
    for number, mark in enumerate(marks):
        for first, last in places(text, mark):
            for place in range(textpage.count_rects(first, last - first + 1)):
                box = textpage.get_rect(place)
                one = _device(page, width, height, box[0], box[1])
                other = _device(page, width, height, box[2], box[3])
                left -= 1
                if left < 0:
                    return
                yield Rectangle(
                    number,
                    min(one[0], other[0]),
                    min(one[1], other[1]),
                    max(one[0], other[0]) + 1,
                    max(one[1], other[1]) + 1,
                )


def _device(page: pypdfium2.PdfPage, width: int, height: int, x: float, y: float) -> tuple[int, int]:
    """A point of the page in pixels: PDFium knows the page's rotation and its visible box."""
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page.raw, 0, 0, width, height, 0, x, y, across, down)
    return across.value, down.value
