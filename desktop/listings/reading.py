"""Reads a list of names or words from a file, in a worker process: a text file line by line, a table by one column."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from archive.cases.exchange import table
from archive.cases.exchange.table import Row
from archive.connect import translated
from archive.errors import NotAList
from archive.reading.process import ReadingProcess
from archive.reading.result import Member, Reading
from archive.records import Verdict
from desktop import reasons
from desktop.translate import tr
from index.listing import Line

TABLES = ("text/csv", "text/tab-separated-values", "spreadsheet", "ms-excel")
"""What is found in the media types of tables."""
ENDINGS = (".csv", ".tsv", ".xlsx", ".xls", ".ods")


@dataclass(frozen=True, slots=True)
class Names:
    """A list as it was read. `columns` are the cells of the first row, which may be its header or a line like the
    others; empty for a text file. `notes` are codes of what the reader noticed, such as a guessed character set."""

    file: str
    rows: tuple[Row, ...]
    columns: tuple[str, ...]
    notes: tuple[str, ...]

    def lines(self, column: str = "") -> tuple[Line, ...]:
        """The lines that are not blank: of the column with this name, or of the first one, its first row included.

        A number stands for a column of a table without header, from 1. Raises NotAList where there is no such column,
        or nothing in it.
        """
        found = tuple(self._lines(column))
        if not found:
            raise NotAList(path=self.file, why=tr("there is nothing in it"))
        return found

    def _lines(self, column: str) -> Iterator[Line]:
        at, headed = self._place(column)
        sheets: set[str] = set()
        for row in self.rows:
            if headed and row.sheet not in sheets:
                sheets.add(row.sheet)
                at = table.columns(row, self._below(row)).get(column, -1)
                continue
            text = row.cells[at].strip() if self.columns and 0 <= at < len(row.cells) else ""
            if not self.columns:
                text = " ".join(row.cells).strip()
            if text:
                yield Line(row.number, text, row.sheet)

    def _place(self, column: str) -> tuple[int, bool]:
        """Where a column stands, and whether the first row of each sheet names it."""
        if not column or not self.columns:
            if column:
                raise NotAList(path=self.file, why=tr("it has no columns"))
            return 0, False
        if any(column in table.columns(row, self._below(row)) for row in self._headers()):
            return 0, True
        if column.isdecimal() and 1 <= int(column) <= max(len(row.cells) for row in self.rows):
            return int(column) - 1, False
        named = ", ".join(cell for cell in self.columns if cell)
        why = tr("no column is called {name}; there are: {named}", name=column, named=named)
        raise NotAList(path=self.file, why=why)

    def _below(self, header: Row) -> list[Row]:
        """The rows under the first row of a sheet."""
        return [row for row in self.rows if row.sheet == header.sheet and row.number > header.number]

    def _headers(self) -> Iterator[Row]:
        sheets: set[str] = set()
        for row in self.rows:
            if row.sheet not in sheets:
                sheets.add(row.sheet)
                yield row


def read(path: Path, cancelled: Callable[[], bool] = bool) -> Names:
    """The list in a file. Raises NotAList, Cancelled and environment faults."""
    if not path.is_file():
        there = (
            tr("it is no file that can be read from its beginning") if path.exists() else tr("there is no such file")
        )
        raise NotAList(path=str(path), why=tr("it is a folder") if path.is_dir() else there)
    # a list is plain text unless its name says that it is a table
    name = path.name if path.suffix.lower() in ENDINGS else f"{path.stem}.txt"
    with translated(path), ReadingProcess() as process:
        reading = process.read(name, path, _left_out, cancelled)
    is_table = any(part in reading.media_type for part in TABLES)
    if reading.verdict is Verdict.NONE:
        raise NotAList(path=str(path), why=reasons.words(reading.reason))
    if not is_table and reading.media_type != "text/plain":
        raise NotAList(path=str(path), why=tr("it is neither plain text nor a table"))
    rows = _unquoted(table.of_reading(reading)) if reading.media_type == "text/csv" else table.of_reading(reading)
    if not rows:
        raise NotAList(path=str(path), why=tr("there is nothing in it"))
    return Names(str(path), rows, rows[0].cells if is_table else (), _notes(reading))


def _notes(reading: Reading) -> tuple[str, ...]:
    doubt = (reading.reason,) if reading.reason else ()
    return (*doubt, *(note for note in reading.notes if note.startswith("charset")))


def _unquoted(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows of a table of one column without the quotation marks around cells, which the reader leaves there."""
    if any(len(row.cells) > 1 for row in rows):
        return rows
    return tuple(Row(row.sheet, row.number, (_bare(row.cells[0]),), row.start, row.end) for row in rows)


def _bare(cell: str) -> str:
    quoted = len(cell) > 1 and cell[0] == cell[-1] == '"'
    return cell[1:-1].replace('""', '"') if quoted else cell


class _Left:
    """Takes what a file holds within itself, and keeps nothing of it."""

    def write(self, chunk: bytes) -> None:
        """Drop the bytes."""

    def close(self, complete: bool, reason: str) -> None:
        """Nothing is left to be done."""


def _left_out(member: Member) -> _Left:
    return _Left()
