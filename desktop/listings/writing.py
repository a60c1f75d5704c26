"""A list search as CSV that no spreadsheet runs, and as JSON, each written line by line however long the list is."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict

from archive.cases.exchange.csv_export import defused
from desktop import covering, noted
from desktop.listings.running import Head, Tail
from desktop.translate import tr
from index.listing import BEST, LineCounts
from index.statement import BANNER, CLOSING

FORMAT, VERSION = "tamarisk list search", 1


def headings() -> tuple[str, ...]:
    """What stands over the columns that the window shows too; the best hits follow."""
    return (tr("Line"), tr("Name or word"), tr("Exact"), tr("Known name"), tr("Same sound"), tr("Note"))


def cells(one: LineCounts) -> tuple[str, ...]:
    """A line under these headings."""
    line, counted = one.line, one.counted
    place = f"{line.sheet}: {line.number}" if line.sheet else str(line.number)
    return (place, line.text, *map(count, (counted.exact, counted.name, counted.sound)), note(one.note))


def count(number: int | None) -> str:
    """A count; that it was not searched, where it was not."""
    return tr("not searched") if number is None else str(number)


def note(code: str) -> str:
    """A note in words."""
    name, _, detail = code.partition(":")
    if name == "repeated":
        return tr("the same as line {n}", n=detail)
    return noted.words(code) if code else ""


def as_csv(head: Head, results: Iterable[LineCounts], tail: Callable[[], Tail]) -> Iterator[bytes]:
    """The file, with a byte-order mark, without which spreadsheets take the text for another encoding."""
    best = [words for n in range(1, BEST + 1) for words in (tr("Hit {n}", n=n), tr("Id of hit {n}", n=n))]
    told = tr("{archive}, {at}", archive=head.made.name, at=head.made.at)
    rows: list[Sequence[str]] = [[BANNER], [told], [covering.sentence(head.coverage)], [], [*headings(), *best]]
    yield "".join(map(_row, rows)).encode("utf-8-sig")
    for one in results:
        hits = [words for hit in one.counted.best for words in (_named(hit.title, hit.date), hit.id)]
        yield _row([*cells(one), *hits]).encode()
    yield "".join(map(_row, [[], *([sentence] for sentence in ends(head, tail()))])).encode()


def as_json(head: Head, results: Iterable[LineCounts], tail: Callable[[], Tail]) -> Iterator[str]:
    """The file in pieces."""
    coverage = {
        "documents": head.coverage.documents,
        "gaps": [asdict(gap) for gap in head.coverage.gaps],
        "waiting": head.coverage.waiting,
    }
    first = {
        "format": FORMAT,
        "version": VERSION,
        "banner": BANNER,
        "made": asdict(head.made),
        "file": head.file,
        "column": head.column,
        "lines": head.lines,
        "filters": [asdict(one) for one in head.filters],
        "sound": head.sound,
        "confidential": head.confidential,
        "coverage": coverage,
    }
    yield _json(first, indent=2).removesuffix("\n}") + ',\n  "results": ['
    separator = "\n    "
    for one in results:
        yield separator + _json(_result(one))
        separator = ",\n    "
    ended = tail()
    yield "\n  ],\n" + _json(
        {"stopped": ended.stopped, "settled": ended.settled, "closing": CLOSING}, indent=2
    ).removeprefix("{\n")


def _result(one: LineCounts) -> dict[str, object]:
    return {
        "line": one.line.number,
        "sheet": one.line.sheet,
        "text": one.line.text,
        "exact": one.counted.exact,
        "known_name": one.counted.name,
        "same_sound": one.counted.sound,
        "note": one.note,
        "best": [asdict(hit) for hit in one.counted.best],
    }


def ends(head: Head, tail: Tail) -> Iterator[str]:
    """What is said under the last line."""
    if not head.confidential:
        yield tr("Confidential records were not searched.")
    if tail.stopped:
        yield tr("Stopped before the end of the list: further lines were not searched.")
    if not tail.settled:
        yield tr("The archive changed while the list was searched.")
    yield CLOSING


def _named(title: str, date: str) -> str:
    return " · ".join(filter(None, (title or tr("Untitled"), date)))


def _row(cells: Sequence[str]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerow([defused(cell.encode("utf-8", "replace").decode()) for cell in cells])
    return out.getvalue()


def _json(value: object, indent: int | None = None) -> str:
    words = json.dumps(value, ensure_ascii=False, indent=indent)
    return words.encode("utf-8", "replace").decode()
