"""Reads plain text in any encoding, and holds the rules by which every reader's text is made clean."""

from __future__ import annotations

import re

from archive.reading import press
from archive.reading.charset import Decoded, decode
from archive.reading.result import Page, Reading
from archive.reading.source import Sink, Source
from archive.records import Verdict

LIMIT = 200 << 20
_LINE_ENDS = re.compile(r"\r\n?|[\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
_SURROGATES = re.compile(r"[\ud800-\udfff]+")
_MANY_BLANK_LINES = re.compile(r"\n{4,}")
# Above this share of control characters what was decoded is no text.
_BINARY_SHARE = 0.02


def clean(text: str) -> str:
    """`text` with \\n as its only line end, without control characters, and with surrogate pairs joined.

    Form feeds stay: they part pages. Lone surrogates become U+FFFD.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _SURROGATES.sub(_joined, text)
    return _CONTROLS.sub("", text)


def tidy(text: str) -> str:
    """`text` clean, and without spaces at the ends of lines or long runs of blank lines: for text taken out of a
    layout.
    """
    lines = clean(text).replace("\f", "\n\n").split("\n")
    return _MANY_BLANK_LINES.sub("\n\n\n", "\n".join(line.rstrip(" \t") for line in lines)).strip("\n ")


def read(source: Source, sink: Sink) -> Reading:
    """The text of a plain text file, with title, authors and date where it is laid out as an article.

    Verdict poor with reason `charset-uncertain` where characters could not be decoded, or where it looks like no
    text.
    """
    return reading_of(decode(source.bytes(LIMIT)), source.media_type)


def reading_of(decoded: Decoded, media_type: str) -> Reading:
    """A reading of decoded plain text. Form feeds make pages, as in what programs print out of PDF files."""
    text = clean(decoded.text)
    if not text.strip():
        return Reading(media_type, verdict=Verdict.NONE, reason="empty", notes=decoded.notes)
    parts = text.split("\f")
    if len(parts) > 1:
        pages = tuple(Page(number, part) for number, part in enumerate(parts, 1) if part.strip() or number < len(parts))
    else:
        pages = (Page(0, text),)
    verdict, reason, detail = doubt(decoded)
    return Reading(media_type, press.metadata(text), pages, verdict, reason, detail, "tamarisk text 1", decoded.notes)


def doubt(decoded: Decoded) -> tuple[Verdict, str, str]:
    """Verdict, reason and detail that follow from how well the bytes were decoded."""
    if decoded.replaced:
        return Verdict.POOR, "charset-uncertain", f"{decoded.replaced} undecodable in {decoded.encoding}"
    if len(_CONTROLS.findall(decoded.text)) > _BINARY_SHARE * len(decoded.text):
        return Verdict.POOR, "charset-uncertain", f"control characters in {decoded.encoding}"
    return Verdict.GOOD, "", ""


def _joined(match: re.Match[str]) -> str:
    return match[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
