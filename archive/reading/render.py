"""A page as a picture, with the places of quoted passages on it: what is asked, what is answered, and who draws which
type.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive.reading.source import Source, Unreadable

PIXELS = 40_000_000  # 160 MB of RGBA; an A4 page at 500 dpi has 24 million


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage to find on the page: its words, and where known its offsets in the page's stored text (code points)."""

    quote: str
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Rectangle:
    """Part of a marked passage, in pixels from the top left of the picture; `mark` is the number of its Mark, from
    0.
    """

    mark: int
    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Rendering:
    """A page as a picture: `pixels` are RGBA, row by row from the top, four bytes each.

    `page` (from 1) of `pages`; `page_width` and `page_height` are its size at scale 1, in points for PDF (1/72 inch)
    and in pixels for pictures. Where nothing could be drawn `width` is 0 and `reason` says why, with the codes of a
    reading.
    """

    width: int = 0
    height: int = 0
    pixels: bytes = b""
    page: int = 1
    pages: int = 0
    page_width: float = 0.0
    page_height: float = 0.0
    rectangles: tuple[Rectangle, ...] = ()
    reason: str = ""
    detail: str = ""


def fitted(width: float, height: float, scale: float) -> float:
    """`scale`, lowered so that a picture of this size at that scale has at most PIXELS pixels. Raises Unreadable."""
    if not (width > 0 and height > 0 and scale > 0):
        raise Unreadable("damaged", "a page without size")
    return min(scale, float((PIXELS / (width * height)) ** 0.5))


def render_page(source: Source, page: int, scale: float, marks: Sequence[Mark]) -> Rendering:
    """Draw one page (from 1) of a PDF, or one frame of a picture. Raises Unreadable."""
    if source.media_type == "application/pdf":
        from archive.reading import pdf_page

        return pdf_page.render(source, page, scale, marks)
    if source.media_type.startswith("image/"):
        from archive.reading import pictures

        return pictures.render(source, page, scale)
    raise Unreadable("unknown-type", source.media_type)
