"""The texts of documents: immutable versions, kept as compressed rows of a page or about 8 KB.

The text of a version is the joined text of its rows. Offsets count Unicode code points of it.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from archive import meta
from archive.connect import Database
from archive.reading.result import Page, Reading
from archive.records import TextRow

CompressionError = zlib.error
ROW_BYTES = 8_000
LONE_SURROGATE = re.compile("[\ud800-\udfff]")  # cannot be written as UTF-8
BREAKS = ("\n\n", "\n", "。", ". ", "! ", "? ", "؟ ", "།", " ")


def add(db: Database, document: int, reading: Reading, created: str = "") -> int:
    """Store a reading's text as the document's next version and make it current; returns the version.

    A document without text gets a version too: it holds the verdict and why. Part of the caller's transaction.
    """
    version = 1 + int(
        db.conn.execute(
            "SELECT coalesce(max(version), 0) FROM text_version WHERE document = ?", (document,)
        ).fetchone()[0]
    )
    digest, characters = hashlib.sha256(), 0
    rows = []
    for number, (page, text) in enumerate(_rows(reading.pages)):
        encoded = text.encode()
        digest.update(encoded)
        rows.append((document, version, number, page, characters, zlib.compress(encoded, 6)))
        characters += len(text)
    db.table("text_version").insert(
        {
            "document": document,
            "version": version,
            "sha256": digest.hexdigest(),
            "extractor": reading.extractor,
            "created": created or meta.now(),
            "verdict": str(reading.verdict),
            "reason": reading.reason,
            "detail": reading.detail[:1000],
            "notes": _joined(reading),
            "pages": _last_page(reading),
            "characters": characters,
        }
    )
    db.conn.executemany("INSERT INTO text_row (document, version, row, page, start, body) VALUES (?,?,?,?,?,?)", rows)
    if version > 1:
        db.conn.execute("UPDATE document SET text_version = ? WHERE row = ?", (version, document))
    return version


def holds(db: Database, document: int, version: int, reading: Reading) -> bool:
    """Whether a version is what this reading would be stored as: text, pages, verdict and notes."""
    kept = db.conn.execute(
        "SELECT verdict, reason, notes, pages, sha256 FROM text_version WHERE document = ? AND version = ?",
        (document, version),
    ).fetchone()
    said = (str(reading.verdict), reading.reason, _joined(reading), _last_page(reading))
    if kept is None or kept[:4] != said:
        return False
    digest = hashlib.sha256()
    for _, text in _rows(reading.pages):
        digest.update(text.encode())
    return bool(digest.hexdigest() == kept[4])


def notes(db: Database, document: int, version: int) -> tuple[str, ...]:
    """What the reader noticed when it made a version: codes, as in Reading."""
    kept = db.conn.execute(
        "SELECT notes FROM text_version WHERE document = ? AND version = ?", (document, version)
    ).fetchone()
    return tuple(kept[0].split()) if kept else ()


def rows(db: Database, document: int, version: int) -> Iterator[TextRow]:
    """The rows of one version in order."""
    found = db.conn.execute(
        "SELECT row, page, start, body FROM text_row WHERE document = ? AND version = ? ORDER BY row",
        (document, version),
    )
    for row, page, start, body in found:
        yield TextRow(row, page, start, _text(body))


def rows_between(db: Database, document: int, version: int, start: int, end: int) -> Iterator[TextRow]:
    """The rows of one version that hold the code points from `start` to before `end`, in order, found by halving."""
    where = "FROM text_row WHERE document = ? AND version = ?"
    (last,) = db.conn.execute(f"SELECT max(row) {where}", (document, version)).fetchone()
    low, high = 0, -1 if last is None else int(last)
    while low < high:
        middle = (low + high + 1) // 2
        (at,) = db.conn.execute(f"SELECT start {where} AND row = ?", (document, version, middle)).fetchone()
        low, high = (middle, high) if at <= start else (low, middle - 1)
    found = db.conn.execute(
        f"SELECT row, page, start, body {where} AND row >= ? ORDER BY row", (document, version, low)
    )
    for number, page, begin, body in found:
        if begin >= end:
            break
        yield TextRow(number, page, begin, _text(body))


def row(db: Database, document: int, version: int, number: int) -> TextRow | None:
    """One row of a version, or None."""
    found = db.conn.execute(
        "SELECT row, page, start, body FROM text_row WHERE document = ? AND version = ? AND row = ?",
        (document, version, number),
    ).fetchone()
    return TextRow(found[0], found[1], found[2], _text(found[3])) if found else None


def read(db: Database, document: int, version: int) -> str:
    """The whole text of one version; empty where there is none."""
    return "".join(row.text for row in rows(db, document, version))


def bulk(db: Database, documents: Sequence[int]) -> Iterator[tuple[int, TextRow]]:
    """The rows of the current text of many documents, as (document, row), in the order of the documents given."""
    # json_each hands out its values in order, and CROSS JOIN keeps it in the outer loop
    found = db.conn.execute(
        "SELECT d.row, r.row, r.page, r.start, r.body FROM json_each(?) AS wanted"
        " CROSS JOIN document AS d ON d.row = wanted.value"
        " CROSS JOIN text_row AS r ON r.document = d.row AND r.version = d.text_version",
        (json.dumps(list(documents)),),
    )
    for document, number, page, start, body in found:
        yield document, TextRow(number, page, start, _text(body))


def sha256(rows_of_text: Iterable[TextRow]) -> str:
    """The digest that a version of these rows must carry."""
    digest = hashlib.sha256()
    for row in rows_of_text:
        digest.update(row.text.encode())
    return digest.hexdigest()


def _joined(reading: Reading) -> str:
    return " ".join(reading.notes)


def _last_page(reading: Reading) -> int:
    return max((page.number for page in reading.pages), default=0)


def _text(body: bytes) -> str:
    return zlib.decompress(body).decode()


def _rows(pages: Iterable[Page]) -> Iterator[tuple[int, str]]:
    """Cut pages into rows; every page ends with a line end, so that words of two pages never grow together."""
    for page in pages:
        text = LONE_SURROGATE.sub("\ufffd", page.text)
        if text and not text.endswith("\n"):
            text += "\n"
        for start, end in pairwise(_cuts(text)):
            yield page.number, text[start:end]


def _cuts(text: str) -> Iterator[int]:
    """Offsets at which to cut, never more than ROW_BYTES of UTF-8 apart, at the best break in the last half."""
    start = 0
    yield 0
    while start < len(text):
        end = _reach(text, start)
        if end < len(text):
            half = start + (end - start) // 2
            for separator in BREAKS:
                found = text.rfind(separator, half, end)
                if found >= 0:
                    end = found + len(separator)
                    break
        yield end
        start = end


def _reach(text: str, start: int) -> int:
    """The furthest offset whose stretch from `start` takes at most ROW_BYTES in UTF-8."""
    window = text[start : start + ROW_BYTES]
    if window.isascii():
        return start + len(window)
    return start + len(window.encode()[:ROW_BYTES].decode("utf-8", "ignore"))  # only a cut-through tail is ignored
