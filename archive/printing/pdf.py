"""Blocks as PDF in the bundled fonts: lines are placed first, then drawn, each with its text beside its glyphs.

Made in memory by fpdf2 and uharfbuzz; see docs/decisions/dossier-pdf.md.
"""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from fpdf import FPDF
from fpdf.enums import TextDirection
from fpdf.fonts import TTFFont

from archive.printing import typefaces
from archive.printing.blocks import Block, Style
from archive.printing.lines import is_right_to_left, runs, wrap

WIDTH, HEIGHT = 210.0, 297.0
"""A4, in millimetres as all lengths here."""
MARGIN, TOP, BOTTOM = 20.0, 20.0, 22.0
LABEL = 46.0
POINT = 25.4 / 72
LEADING = 1.5
BLACK, GREY = 26, 100


@dataclass(frozen=True, slots=True)
class Look:
    """How a style is set: size in points, grey level, space before and indent in millimetres."""

    size: float
    grey: int = BLACK
    before: float = 1.0
    indent: float = 0.0


LOOKS = {
    Style.TITLE: Look(20, before=0),
    Style.HEADING: Look(15, before=9),
    Style.SUBHEADING: Look(12, before=5),
    Style.TEXT: Look(10.5, before=1.2),
    Style.FACT: Look(9.5, before=1.6),
    Style.DETAIL: Look(8.5, GREY, before=0.3, indent=LABEL),
    Style.PASSAGE: Look(8.5, GREY, before=2.5, indent=LABEL),
    Style.QUOTE: Look(9.5, before=0.6, indent=LABEL),
}
KEPT_TOGETHER = {Style.HEADING: 30.0, Style.SUBHEADING: 20.0, Style.FACT: 11.0, Style.PASSAGE: 22.0}
"""How much room a heading wants below itself, a fact for what it stands on, and a passage for its first lines."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text on a page: its left edge and width, its top, how it is set and which way it runs."""

    page: int
    x: float
    y: float
    width: float
    text: str
    size: float
    grey: int
    right_to_left: bool


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that is carried along in the PDF."""

    name: str
    content: bytes
    media_type: str


def render(
    blocks: Sequence[Block],
    *,
    title: str,
    footer: str,
    made: datetime.date,
    attached: Attachment | None = None,
    going_on: Callable[[int, int], None] = lambda page, pages: None,
) -> bytes:
    """The file. Nothing in it tells who made it, or when beyond the day `made`. `footer` stands on every page.

    `going_on` is called before each page with its number and how many there are; it may raise to end the work.
    """
    told = _printable(blocks)
    foot = _visible(footer)
    paper = _Paper(
        title,
        made,
        (letter for one in told for words in (one.text, one.label, one.before, one.after, foot) for letter in words),
    )
    with contextlib.closing(paper):
        placed: dict[int, list[Line]] = {}
        for line in _Setting(paper).place(told):
            placed.setdefault(line.page, []).append(line)
        pages = max(placed, default=1)
        for number in range(1, pages + 1):
            going_on(number, pages)
            paper.add_page()
            for line in (*placed.get(number, ()), *_foot(paper, foot, number, pages)):
                paper.draw(line)
        if attached is not None:
            paper.attach(attached, made)
        return bytes(paper.output())


def _foot(paper: _Paper, foot: str, number: int, pages: int) -> Iterator[Line]:
    room = WIDTH - 2 * MARGIN
    told_of = f"page {number} of {pages}"
    right = paper.measure(told_of, 8) + 2
    kept = next(iter(wrap(foot, room - right - 4, lambda words: paper.measure(words, 8))), "")
    yield Line(number, MARGIN, HEIGHT - 14, room - right, kept, 8, GREY, is_right_to_left(foot))
    yield Line(number, WIDTH - MARGIN - right, HEIGHT - 14, right, told_of, 8, GREY, False)


def _printable(told: Sequence[Block]) -> list[Block]:
    """The blocks with every character that the fonts lack given by its number, and a word on that."""
    shown = [
        replace(
            one,
            text=_visible(one.text),
            label=_visible(one.label),
            before=_visible(one.before),
            after=_visible(one.after),
        )
        for one in told
    ]
    if shown != list(told):
        why = "A character in square brackets (U+…) is one that the fonts of this file do not have, by its number."
        shown.append(Block(Style.DETAIL, why))
    return shown


def _visible(text: str) -> str:
    gone = typefaces.lacking(text)
    return "".join(f"[U+{ord(letter):04X}]" if letter in gone else letter for letter in text)


class _Setting:
    """Places blocks on pages from the top down."""

    def __init__(self, paper: _Paper) -> None:
        self._paper = paper
        self._page, self._y = 1, TOP

    def place(self, told: Sequence[Block]) -> Iterator[Line]:
        """The lines of all blocks, in order."""
        for block in told:
            look = LOOKS[block.style]
            self._y += look.before
            if self._y + KEPT_TOGETHER.get(block.style, 0) > HEIGHT - BOTTOM:
                self._turn()
            text = block.text + (f"  [{', '.join(block.marks)}]" if block.marks else "")
            if block.style is Style.FACT:
                yield from self._row(block.label, text, look)
                continue
            if block.before.strip():
                yield from self._column("…" + block.before.strip(), look.indent, Look(8.5, GREY))
            yield from self._column(text, look.indent, look)
            if block.after.strip():
                yield from self._column(block.after.strip() + "…", look.indent, Look(8.5, GREY))

    def _column(self, text: str, indent: float, look: Look) -> Iterator[Line]:
        for line in self._lines(text, MARGIN + indent, WIDTH - 2 * MARGIN - indent, look):
            yield self._down(line)

    def _row(self, label: str, text: str, look: Look) -> Iterator[Line]:
        """A label with its text beside it; a long text goes on over pages."""
        left = self._lines(label, MARGIN, LABEL - 4, replace(look, size=8.5, grey=GREY))
        right = self._lines(text, MARGIN + LABEL, WIDTH - 2 * MARGIN - LABEL, look)
        for at in range(max(len(left), len(right))):
            first, *others = [some[at] for some in (right, left) if at < len(some)]
            placed = self._down(first)
            yield placed
            for other in others:
                yield replace(other, page=placed.page, y=placed.y + 0.4)

    def _lines(self, text: str, x: float, width: float, look: Look) -> list[Line]:
        turned = is_right_to_left(text)
        words = wrap(text, width, lambda piece: self._paper.measure(piece, look.size))
        return [Line(0, x, 0, width, one.rstrip(), look.size, look.grey, turned) for one in words]

    def _down(self, line: Line) -> Line:
        high = line.size * POINT * LEADING
        if self._y + high > HEIGHT - BOTTOM:
            self._turn()
        placed = replace(line, page=self._page, y=self._y)
        self._y += high
        return placed

    def _turn(self) -> None:
        self._page, self._y = self._page + 1, TOP


class _Paper(FPDF):
    """The file being drawn, with the fonts its text needs."""

    def __init__(self, name: str, made: datetime.date, text: Iterator[str]) -> None:
        super().__init__(format="A4")
        self.set_auto_page_break(False)
        self.set_title(name)
        self.set_lang("en")
        self.set_producer("Tamarisk")
        self.set_creation_date(midnight(made))
        self.c_margin = 0
        self.alias_nb_pages("")  # or it would put the number of pages into words that look like its placeholder
        families = [file.stem for file, _ in typefaces.wanted(text)]
        for file in typefaces.files():
            if file.stem in families:
                self.add_font(file.stem, fname=file)
        self.set_font(families[0])
        self.set_fallback_fonts(families[1:], exact_match=False)
        self._turned: bool | None = None
        self._widths = lru_cache(maxsize=65_536)(self._width)

    def attach(self, file: Attachment, made: datetime.date) -> None:
        """Carry a file along, of the day that the PDF is of."""
        self.embed_file(
            bytes=file.content,
            basename=file.name,
            mime_type=file.media_type,
            creation_date=midnight(made),
            modification_date=midnight(made),
            compress=True,
        )

    def close(self) -> None:
        """Close the files of the fonts, which stay open where the work is ended before it is done."""
        for font in self.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()

    def measure(self, text: str, size: float) -> float:
        """How wide a text is at a size in points."""
        return sum(self._widths(run, turned) for run, turned in runs(text, is_right_to_left(text))) * size

    def _width(self, text: str, turned: bool) -> float:
        self._turn(turned)
        self.set_font_size(10)
        return self.get_string_width(text) / 10

    def draw(self, line: Line) -> None:
        """Draw a line. What it says is kept beside its glyphs, so that copying and searching find Tibetan words."""
        seen = runs(line.text, line.right_to_left)
        widths = [self._widths(run, turned) * line.size for run, turned in seen]
        self.set_font_size(line.size)
        self.set_text_color(line.grey)
        self.set_xy(line.x + (line.width - sum(widths) if line.right_to_left else 0), line.y)
        # pdfium takes what stands beside glyphs for their order from left to right, so Arabic is better without
        beside = not any(turned for _, turned in seen)
        if beside:
            said = ("\ufeff" + line.text).encode("utf-16-be").hex().upper()
            self._out(f"/Span <</ActualText <{said}>>> BDC")
        for (run, turned), width in zip(seen, widths, strict=True):
            self._turn(turned)
            self.set_font_size(line.size)
            self.cell(width, line.size * POINT * LEADING, run)
        if beside:
            self._out("EMC")

    def _turn(self, turned: bool) -> None:
        if turned != self._turned:
            self._turned = turned
            self.set_text_shaping(True, direction=TextDirection.RTL if turned else TextDirection.LTR)


def midnight(day: datetime.date) -> datetime.datetime:
    """The beginning of a day in UTC: the hour of the making is told to nobody."""
    return datetime.datetime.combine(day, datetime.time(), datetime.UTC)
