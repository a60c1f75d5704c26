"""Rows of tables as the readers stored them: a sheet to a page, a row to a line, cells joined by tabs.

Taking the stored text rather than the file means that no table is parsed outside of a worker process, and that the
passage a fact cites is the very row it was read from.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, groupby
from operator import attrgetter
from pathlib import Path

from archive import documents, texts
from archive.connect import Database
from archive.reading.process import ReadingProcess
from archive.reading.result import Page, Reading


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not empty. `number` counts from 1 within its sheet as its text was stored, the header included
    (of a workbook's empty rows the readers keep two in a row at most); `start` and `end` are code points of the
    document's text of that `version`, 0 where it is not stored. A text file is one sheet without a name."""

    sheet: str
    number: int
    cells: tuple[str, ...]
    start: int
    end: int
    version: int = 0


def of_document(db: Database, document: str) -> tuple[Row, ...]:
    """The rows of a stored document's current text. Raises NoSuchRecord."""
    kept = documents.get(db, document)
    pages = [
        Page(number, "".join(row.text for row in group))
        for number, group in groupby(texts.rows(db, kept.row, kept.text_version), key=attrgetter("page"))
    ]
    return tuple(_rows(pages, kept.text_version, named=_is_named(kept.media_type)))


def of_reading(reading: Reading) -> tuple[Row, ...]:
    """The rows of a file that was read and not stored."""
    return tuple(_rows(reading.pages, 0, named=_is_named(reading.media_type)))


def of_file(path: Path, cancelled: Callable[[], bool]) -> tuple[Row, ...]:
    """The rows of a file that is not in the archive, read by a worker process and not kept; none where it is no table.
    Raises Cancelled."""
    with ReadingProcess() as process:
        reading = process.read(path.name, path, lambda member: _Left(), cancelled)
    return of_reading(reading)


def columns(header: Row, below: Sequence[Row]) -> dict[str, int]:
    """Where the columns stand by their names. The second of two with one name is called `Name (2)`, and one without a
    name `column 5` where any row has something there, beyond the last name only where more than half of them have."""
    found: dict[str, int] = {}
    named = [cell.strip() for cell in header.cells]
    widest = max((len(row.cells) for row in below), default=0)
    filled = [0] * max(len(named), widest)
    for row in below:
        for at, cell in enumerate(row.cells):
            if (at >= len(named) or not named[at]) and cell.strip():
                filled[at] += 1
    for at, often in enumerate(filled):
        name = named[at] if at < len(named) else ""
        if name:
            found[_free(name, found, named)] = at
        elif often and (at < len(named) or often * 2 > len(below)):
            found[_free(f"column {at + 1}", found, named)] = at
    return found


def _free(name: str, taken: Container[str], named: Sequence[str]) -> str:
    """The name, with a number where it is taken."""
    several = (f"{name} ({number})" for number in count(2))
    return name if name not in taken else next(one for one in several if one not in taken and one not in named)


def split(cell: str, separators: Sequence[str]) -> tuple[str, ...]:
    """The pieces of a cell that are not blank; the whole where nothing separates."""
    pieces = [cell]
    for separator in separators:
        pieces = [part for piece in pieces for part in piece.split(separator)]
    return tuple(piece.strip() for piece in pieces if piece.strip())


class _Left:
    """Takes the members of a file that is no table, and keeps nothing of them."""

    def write(self, chunk: bytes) -> None:
        """Drop the bytes."""

    def close(self, complete: bool, reason: str) -> None:
        """Nothing is left to be done."""


def _is_named(media_type: str) -> bool:
    """Whether the pages of this type begin with the name of their sheet."""
    return not media_type.startswith("text/")


def _rows(pages: Iterable[Page], version: int, *, named: bool) -> Iterator[Row]:
    start = 0
    for page in pages:
        text = page.text if page.text.endswith("\n") or not page.text else page.text + "\n"
        # page 0 of a workbook is what stands in it beside its sheets
        if not named or page.number:
            lines = text.split("\n")[:-1]
            sheet, at = (lines[0].strip(), start + len(lines[0]) + 1) if named and lines else ("", start)
            for number, line in enumerate(lines[1:] if named else lines, 1):
                if line.strip():
                    yield Row(sheet, number, tuple(line.split("\t")), at, at + len(line), version)
                at += len(line) + 1
        start += len(text)
