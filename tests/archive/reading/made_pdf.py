"""PDF files made by PDFium itself, for the tests."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Mapping, Sequence

import pypdfium2
import pypdfium2.raw as pdfium

Line = tuple[float, float, str]


def made_pdf(
    pages: Sequence[Sequence[Line]],
    attached: Mapping[str, bytes] | None = None,
    drawn: Sequence[int] = (),
    rotation: int = 0,
) -> bytes:
    """A document with lines of text at (x, y) from the bottom left, in points; `drawn` pages hold a rectangle."""
    document = pypdfium2.PdfDocument.new()
    font = pdfium.FPDFText_LoadStandardFont(document.raw, b"Helvetica")
    for number, lines in enumerate(pages):
        page = document.new_page(400, 600)
        for x, y, words in lines:
            shown = pdfium.FPDFPageObj_CreateTextObj(document.raw, font, 12)
            encoded = (words + "\0").encode("utf-16-le")
            pdfium.FPDFText_SetText(shown, ctypes.cast(encoded, ctypes.POINTER(ctypes.c_ushort)))
            pdfium.FPDFPageObj_Transform(shown, 1, 0, 0, 1, x, y)
            pdfium.FPDFPage_InsertObject(page.raw, shown)
        if number in drawn:
            box = pdfium.FPDFPageObj_CreateNewRect(100, 100, 50, 50)
            pdfium.FPDFPageObj_SetFillColor(box, 200, 0, 0, 255)
            pdfium.FPDFPath_SetDrawMode(box, pdfium.FPDF_FILLMODE_ALTERNATE, False)
            pdfium.FPDFPage_InsertObject(page.raw, box)
        page.set_rotation(rotation)
        page.gen_content()
        page.close()
    for name, content in (attached or {}).items():
        document.new_attachment(name).set_data(content)
    held = io.BytesIO()
    document.save(held)
    document.close()
    return held.getvalue()
