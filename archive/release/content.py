"""The content of an archive as records free of row numbers: read in a stable order, and written into another archive.

A record is a dict of column names to strings, integers, None and lists of such. Other records are named in it by UUID
or natural key, bytes stand as hex, texts decompressed. Two archives that say the same give equal records, however
their rows are numbered, packed or encrypted. Only one record is held in memory at a time.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

from sqlcipher3 import dbapi2

from archive.connect import Database, translated
from archive.errors import Damaged
from archive.release.sections import META, SECTIONS, Section

Record = dict[str, Any]
Key = tuple[str | int, ...]
Order = Literal["key", "recorded"]
MOVED = ("record", "id", "from", "value")


@contextmanager
def legible(path: Path) -> Iterator[None]:
    """For the block, which reads records of the archive or release at `path`: raises Damaged where one says what none
    of ours would, as one that somebody altered does; and environment faults."""
    try:
        with translated(path):
            yield
    except (zlib.error, ValueError, TypeError, KeyError, dbapi2.Error) as error:
        raise Damaged(path=str(path), why=f"a record cannot be read: {error}") from error


def key(section: str, record: Record) -> Key:
    """What tells a record from all others of its section."""
    return tuple(record[column] for column in SECTIONS[section].key)


def records(db: Database, section: str, order: Order = "key") -> Iterator[Record]:
    """The records of a section, ascending by their keys, or as they were recorded.

    Keys compare as Python compares strings and integers. The order in which something was recorded tells what is shown
    first; it is no part of the content. Reads on `db` while it goes on; for one moment of an archive in use the caller
    opens a transaction.
    """
    return _READERS.get(section, _plain)(db, SECTIONS[section], order)


def count(db: Database, section: str) -> int:
    """How many records a section has."""
    if section == "meta":
        return sum(1 for _ in records(db, "meta"))
    return int(db.conn.execute(f"SELECT count(*) FROM {section}").fetchone()[0])


def get(db: Database, section: str, wanted: Key) -> Record | None:
    """The record with this key, if there is one. Reads all of `custody` about its record."""
    found = _READERS.get(section, _plain)(db, SECTIONS[section], "key", wanted)
    return next((record for record in found if key(section, record) == wanted), None)


def _plain(db: Database, section: Section, order: Order, wanted: Key = ()) -> Iterator[Record]:
    """Records of a section whose rows hold all they say, but for parts."""
    drives = next((column for column in section.key if column in section.references), "")
    chosen = ", ".join(_read_as(section, column) for column in section.columns)
    source = f"{section.table} AS t"
    by = [f"t.{column}" for column in section.key]
    if drives:  # the index on UUIDs gives the order; what hangs on each is sorted by itself
        target = section.references[drives]
        source = f"{target} AS g CROSS JOIN {section.table} AS t ON t.{drives} = g.row"
        by = ["g.uuid" if column == drives else _read_as(section, column) for column in section.key]
    where = " AND ".join(f"{column} = ?" for column in by) if wanted else "true"
    if order == "recorded":
        by = ["g.row", "t.rowid"] if drives else ["t.rowid"]
    for row in db.conn.execute(
        f"SELECT t.rowid, {chosen} FROM {source} WHERE {where} ORDER BY {', '.join(by)}", wanted
    ):
        record = dict(zip(section.columns, row[1:], strict=True))
        _unpack(section.blobs, record)
        for part, columns in section.parts.items():
            record[part] = _part(db, section, part, columns, row[0], record)
        yield record


def _read_as(section: Section, column: str) -> str:
    target = section.references.get(column)
    return f"(SELECT uuid FROM {target} WHERE row = t.{column})" if target else f"t.{column}"


def _part(
    db: Database, section: Section, part: str, columns: tuple[str, ...], row: int, record: Record
) -> list[list[Any]]:
    chosen = ", ".join(columns)
    if section.table == "document":
        found = db.conn.execute(f"SELECT {chosen} FROM {part} WHERE document = ? ORDER BY rowid", (row,))
    else:
        where = "vocabulary = ? AND code = ?"
        found = db.conn.execute(f"SELECT {chosen} FROM {part} WHERE {where} ORDER BY rowid", key("term", record))
    return [[one.hex() if isinstance(one, bytes) else one for one in values] for values in found]


def _unpack(blobs: frozenset[str], record: Record) -> None:
    for name in blobs & set(record):
        record[name] = None if record[name] is None else bytes(record[name]).hex()


def _meta(db: Database, section: Section, order: Order, wanted: Key = ()) -> Iterator[Record]:
    for record in _plain(db, section, order, wanted):
        if record["key"] in META:
            yield record


def _text_rows(db: Database, section: Section, order: Order, wanted: Key = ()) -> Iterator[Record]:
    by = "g.uuid" if order == "key" else "g.row"
    where = "g.uuid = ? AND t.version = ? AND t.row = ?" if wanted else "true"
    for *place, body in db.conn.execute(
        "SELECT g.uuid, t.version, t.row, t.page, t.start, t.body FROM document AS g"
        f" CROSS JOIN text_row AS t ON t.document = g.row WHERE {where} ORDER BY {by}, t.version, t.row",
        wanted,
    ):
        yield dict(zip(section.columns, (*place, zlib.decompress(body).decode()), strict=True))


def _merges(db: Database, section: Section, order: Order, wanted: Key = ()) -> Iterator[Record]:
    """What a merge moved is named by UUID; what is not there any more is left out."""
    for record in _plain(db, section, order, wanted):
        moved = []
        for what, row, before, value in json.loads(record["moved"]):
            identity = _uuid(db, what, row)
            came_from = _uuid(db, "subject" if what == "fact" else "fact", before)
            if identity and came_from:
                moved.append([what, identity, came_from, value])
        yield {**record, "moved": moved}


def _uuid(db: Database, table: str, row: int) -> str:
    found = db.conn.execute(f"SELECT uuid FROM {table} WHERE row = ?", (row,)).fetchone()
    return str(found[0]) if found else ""


def _custody(db: Database, section: Section, order: Order, wanted: Key = ()) -> Iterator[Record]:
    """Entries are numbered within what they are about: the place in the chain would tell of all others."""
    where, given = ("c.document = ?", wanted[:1]) if wanted else ("true", ())
    rows = db.conn.execute(
        "SELECT c.document, c.at, c.who, c.action, o.salt, o.content FROM custody AS c"
        f" LEFT JOIN custody_content AS o ON o.seq = c.seq WHERE {where} ORDER BY c.document, c.seq",
        given,
    )
    for _, entries in groupby(rows, key=lambda row: row[0]):
        for nth, (document, *others) in enumerate(entries, 1):
            record = dict(zip(section.columns, (document, nth, *others), strict=True))
            _unpack(section.blobs, record)
            yield record


_READERS: dict[str, Callable[..., Iterator[Record]]] = {
    "meta": _meta,
    "text_row": _text_rows,
    "merge": _merges,
    "custody": _custody,
}
