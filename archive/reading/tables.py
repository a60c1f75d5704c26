"""Reads tables in plain text (CSV, TSV): a row to a line, cells joined by tabs, in any encoding and with any
separator.

Tabs keep a row on one line as it reads and are no words, so that a phrase never runs from one cell into another by a
comma. The header is not repeated: it would be found in every row.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import re
from collections.abc import Iterator

from archive.reading.charset import decode
from archive.reading.result import Page, Reading
from archive.reading.source import Sink, Source
from archive.reading.text import LIMIT, clean, doubt, reading_of
from archive.records import Metadata, Verdict

_SEPARATORS = ",;\t|"
_SAMPLE = 64_000
_TAB_TYPE = "text/tab-separated-values"
# line ends within cells, as other programs export them: none of them ends a row
_BREAKS = re.compile("[\x0b\x85\u2028\u2029]")


def read(source: Source, sink: Sink) -> Reading:
    """The rows of a table, with the numbers of rows and columns among the notes (`rows:1200`, `columns:7`).

    A file in which no separator makes a table is read as plain text.
    """
    decoded = decode(source.bytes(LIMIT))
    text = clean(_BREAKS.sub(" ", decoded.text)).replace("\f", "\n")
    separator = "\t" if source.media_type == _TAB_TYPE else find_separator(text[:_SAMPLE])
    if not separator or not text.strip():
        return reading_of(decoded, source.media_type)
    lines: list[str] = []
    columns = 0
    for row in _rows(text, separator):
        cells = [" ".join(cell.split()) for cell in row]
        columns = max(columns, len(cells))
        lines.append("\t".join(cells).rstrip("\t"))
    verdict, reason, detail = doubt(decoded)
    notes = (*decoded.notes, f"rows:{len(lines)}", f"columns:{columns}")
    reading = Reading(
        source.media_type, Metadata(), (Page(0, "\n".join(lines)),), verdict, reason, detail, "tamarisk tables 1", notes
    )
    if not any(lines):
        return dataclasses.replace(reading, pages=(), verdict=Verdict.NONE, reason="empty")
    return reading


def find_separator(sample: str) -> str:
    """The separator that parts the first rows into the same number of cells most often; "" if none parts them.

    Counted with quotes heeded. The standard library's sniffer takes letters for separators where cells are prose.
    """
    best, separator = 0.0, ""
    for candidate in _SEPARATORS:
        widths = [len(row) for row, _ in zip(_rows(sample, candidate, cut=True), range(50), strict=False) if row]
        # The last row of a sample may be cut off.
        widths = widths[:-1] or widths
        if not widths:
            continue
        usual = max(set(widths), key=lambda width: (widths.count(width), width))
        if usual < 2 or widths.count(usual) * 2 <= len(widths):
            continue
        score = widths.count(usual) / len(widths) + usual / 1000
        if score > best:
            best, separator = score, candidate
    return separator


def _rows(text: str, separator: str, *, cut: bool = False) -> Iterator[list[str]]:
    """Rows as the csv module reads them; from a fault or a quote that nothing closes on, line by line without quotes,
    so that no row is lost. The last row of a text that is `cut` off stays as it is."""
    csv.field_size_limit(LIMIT)
    stream = io.StringIO(text, newline="")
    lines: list[str] = []  # of the row that was read last

    def told() -> Iterator[str]:
        for line in stream:
            lines.append(line)
            yield line

    last: list[str] | None = None
    kept: list[str] = []
    try:
        for row in csv.reader(told(), delimiter=separator):
            if last is not None:
                yield last
            last, kept = row, lines.copy()
            lines.clear()
    except csv.Error:
        if last is not None:
            yield last
        last, kept = None, lines
    if last is not None and (cut or _is_closed(kept, separator)):
        yield last
        kept = []
    for line in (*kept, *stream):
        yield line.rstrip("\n").split(separator)


def _is_closed(lines: list[str], separator: str) -> bool:
    """Whether the last quote that these lines open is closed."""
    try:
        list(csv.reader(lines, delimiter=separator, strict=True))
    except csv.Error as error:
        return "unexpected end of data" not in str(error)
    return True
