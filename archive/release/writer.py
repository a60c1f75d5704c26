"""Writes records of `archive.release.content` into an archive: a fresh one, or one that is brought up to another."""

from __future__ import annotations

import json
import zlib
from typing import Any

from sqlcipher3 import dbapi2

from archive import custody
from archive.connect import Database
from archive.errors import Damaged
from archive.release.content import Key, Record
from archive.release.sections import SECTIONS, Section

NULLABLE = {"parent", "merged"}
"""References that may be empty, and may name what is written later."""


class Writer:
    """Puts records into `archive.db`, each by its key; part of the caller's transactions.

    Sections come in the order of SECTIONS; a record that is removed is removed before others are put, sections then in
    the opposite order. Row numbers are given in the order in which records come. `finish` has to be called at last.
    Raises Damaged where a record names one that is not there, or two claim what only one may have.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        there = " UNION ALL ".join(f"SELECT 1 FROM {table}" for table in ("meta", "document", "term", "custody"))
        self._fresh = db.conn.execute(f"SELECT NOT EXISTS ({there})").fetchone()[0] == 1
        self._statements: dict[str, str] = {}
        self._waiting: list[tuple[str, str, str, str]] = []
        self._gone: list[tuple[str, int]] = []

    def put(self, section: str, record: Record) -> None:
        """Add a record, or alter the one that has its key. `original` is not put: its bytes come with it."""
        about = SECTIONS[section]
        try:
            if section == "custody":
                self._put_custody(record)
            elif section == "text_row":
                self._put_text(record)
            else:
                self._put(about, record)
        except dbapi2.IntegrityError as error:
            raise Damaged(path="archive.db", why=f"{section}: {error}") from error

    def remove(self, section: str, wanted: Key) -> None:
        """Remove the record with this key and what is part of it; nothing happens where there is none."""
        if section == "custody":
            self._gone.append((str(wanted[0]), int(wanted[1])))
            return
        about = SECTIONS[section]
        for part in about.parts:
            self._empty(about, part, wanted)
        where = " AND ".join(f"{column} = {self._as_stored(about, column)}" for column in about.key)
        try:
            self._db.conn.execute(f"DELETE FROM {about.table} WHERE {where}", wanted)
        except dbapi2.IntegrityError as error:
            raise Damaged(path="archive.db", why=f"{section}: {error}") from error

    def finish(self) -> None:
        """Fill in what was named before it was there, and make the chain of custody whole.

        Raises Damaged where something that was named never came.
        """
        for table, column, identity, named in self._waiting:
            row = self._row(SECTIONS[table].references[column], named)
            if row is None:
                raise Damaged(path="archive.db", why=f"{table} {identity} names a missing record")
            self._db.conn.execute(f"UPDATE {table} SET {column} = ? WHERE uuid = ?", (row, identity))
        self._waiting.clear()
        for document, nth in sorted(self._gone, reverse=True):
            seq = self._entry(document, nth)
            for table in ("custody_content", "custody"):
                self._db.conn.execute(f"DELETE FROM {table} WHERE seq = ?", (seq,))
        self._gone.clear()
        if not self._fresh:
            custody.rechain(self._db)

    def _put(self, about: Section, record: Record) -> None:
        values = {column: self._stored(about, column, record) for column in about.columns}
        for column in NULLABLE & set(about.references):
            if values[column] and self._row(about.references[column], str(values[column])) is None:
                self._waiting.append((about.table, column, record["uuid"], str(values[column])))
                values[column] = None
        if about.table not in self._statements:
            self._statements[about.table] = self._statement(about)
        self._db.conn.execute(self._statements[about.table], tuple(values.values()))
        for part, columns in about.parts.items():
            wanted = tuple(record[column] for column in about.key)
            if not self._fresh:
                self._empty(about, part, wanted)
            owner, own = self._owner(about)
            marks = ", ".join([*own, *"?" * len(columns)])
            blobs = [at for at, column in enumerate(columns) if column in about.blobs]
            for row in record[part]:
                packed = [bytes.fromhex(one) if at in blobs and one is not None else one for at, one in enumerate(row)]
                self._db.conn.execute(
                    f"INSERT INTO {part} ({', '.join([*owner, *columns])}) VALUES ({marks})", (*wanted, *packed)
                )

    def _statement(self, about: Section) -> str:
        columns = about.columns
        marks = ", ".join(self._as_stored(about, column) for column in columns)
        others = [f"{column} = excluded.{column}" for column in columns if column not in about.key]
        if about.table == "document":
            columns, marks = (*columns, "open"), f"{marks}, 0"
        conflict = f"DO UPDATE SET {', '.join(others)}" if others else "DO NOTHING"
        return (
            f"INSERT INTO {about.table} ({', '.join(columns)}) VALUES ({marks})"
            f" ON CONFLICT ({', '.join(about.key)}) {conflict}"
        )

    def _as_stored(self, about: Section, column: str) -> str:
        target = about.references.get(column)
        return f"(SELECT row FROM {target} WHERE uuid = ?)" if target else "?"

    def _stored(self, about: Section, column: str, record: Record) -> Any:
        value = record[column]
        if column in about.blobs:
            return None if value is None else bytes.fromhex(value)
        if column == "moved":
            moved = [
                [what, self._row(what, identity), self._before(what, before), said]
                for what, identity, before, said in value
            ]
            return json.dumps([one for one in moved if None not in one])
        return value

    def _before(self, what: str, identity: str) -> int | None:
        return self._row("subject" if what == "fact" else "fact", identity)

    def _row(self, table: str, identity: str) -> int | None:
        found = self._db.conn.execute(f"SELECT row FROM {table} WHERE uuid = ?", (identity,)).fetchone()
        return int(found[0]) if found else None

    def _owner(self, about: Section) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The columns by which a part names what it is part of, and how their values are looked up."""
        if about.table == "document":
            return ("document",), ("(SELECT row FROM document WHERE uuid = ?)",)
        return about.key, ("?",) * len(about.key)

    def _empty(self, about: Section, part: str, wanted: Key) -> None:
        owner, own = self._owner(about)
        where = " AND ".join(f"{column} = {value}" for column, value in zip(owner, own, strict=True))
        self._db.conn.execute(f"DELETE FROM {part} WHERE {where}", wanted)

    def _put_text(self, record: Record) -> None:
        document, version, row, page, start, text = (record[name] for name in SECTIONS["text_row"].columns)
        self._db.conn.execute(
            "INSERT INTO text_row (document, version, row, page, start, body)"
            " VALUES ((SELECT row FROM document WHERE uuid = ?), ?, ?, ?, ?, ?)"
            " ON CONFLICT (document, version, row) DO UPDATE SET"
            " page = excluded.page, start = excluded.start, body = excluded.body",
            (document, version, row, page, start, zlib.compress(text.encode(), 6)),
        )

    def _put_custody(self, record: Record) -> None:
        salt = None if record["salt"] is None else bytes.fromhex(record["salt"])
        content = record["content"]
        seq = None if self._fresh else self._entry(record["document"], record["nth"])
        said = (record["at"], record["who"], record["action"], record["document"], salt, content)
        if seq is None:
            custody.append(self._db, *said)
        else:
            custody.replace(self._db, seq, *said)

    def _entry(self, document: str, nth: int) -> int | None:
        found = self._db.conn.execute(
            "SELECT seq FROM custody WHERE document = ? ORDER BY seq LIMIT 1 OFFSET ?", (document, nth - 1)
        ).fetchone()
        return int(found[0]) if found else None
