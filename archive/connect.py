"""The one opener: here alone encrypted database files are opened, and every setting they need is made and asserted."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import sqlcipher3
from sqlcipher3 import dbapi2

# sqlite-utils prefers pysqlite3 where it can be imported; pointing that name at sqlcipher3 makes it catch the
# exceptions our connections raise. It must happen before sqlite_utils is first imported, so nobody imports it but us.
sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", dbapi2)

# It also imports numpy where that is installed, to map column types we never use: a quarter of a second at every start.
_numpy_is_absent = "numpy" not in sys.modules and sys.modules.setdefault("numpy", None) is None  # type: ignore[arg-type]

from sqlite_utils import Database, Migrations  # noqa: E402

if _numpy_is_absent:
    del sys.modules["numpy"]


from archive.errors import (  # noqa: E402
    ArchiveMissing,
    Busy,
    Damaged,
    DiskFull,
    EnvironmentFault,
    LeftOpen,
    NoPermission,
    NotAnArchive,
    ReadOnlyMedium,
)

__all__ = [
    "Database",
    "FileSecret",
    "Interrupted",
    "Migrations",
    "Mode",
    "connect",
    "insert",
    "translated",
    "writing",
]

Mode = Literal["create", "write", "read", "frozen"]
PLAIN_HEADER = b"SQLite format 3\0"
BUSY_MILLISECONDS = 10_000
ASSERTED = {
    "temp_store": 2,
    "secure_delete": 1,
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "synchronous": 2,
    "cipher_page_size": "4096",
}
PULLED_OUT = {errno.EIO, errno.ENODEV, errno.ENXIO}  # what a stick says that is not there any more
# What Python takes for a want of permission on Windows: ERROR_WRITE_PROTECT; ERROR_NOT_READY of a stick pulled out.
_WRITE_PROTECTED, _NOT_READY = 19, 21


class Interrupted(Exception):
    """The running statement was ended by `interrupt()`: a newer question came."""


@dataclass(frozen=True, slots=True)
class FileSecret:
    """What opens one database file: the archive's 32-byte key and the file's own 16-byte salt."""

    key: bytes = field(repr=False)
    salt: bytes = field(repr=False)


@contextlib.contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what SQLite and the system say about `path` into our errors.

    Raises DiskFull, ReadOnlyMedium, NoPermission, Busy, Damaged, Interrupted; anything else passes unchanged.
    """
    where = str(path)
    try:
        yield
    except dbapi2.Error as error:
        words = str(error).lower()
        if "interrupted" in words:
            raise Interrupted from error
        if "disk is full" in words:
            raise DiskFull(path=where) from error
        if "readonly" in words:
            raise ReadOnlyMedium(path=where) from error
        if "locked" in words:
            raise Busy(path=where) from error
        if "unable to open" in words:
            raise NoPermission(path=where) from error
        if "disk i/o" in words:
            if _is_full(path):
                raise DiskFull(path=where) from error
            raise EnvironmentFault(path=where, why=str(error)) from error
        if "not a database" in words or "malformed" in words:
            raise Damaged(path=where, why=str(error)) from error
        raise
    except PermissionError as error:
        number = getattr(error, "winerror", None)
        if number == _WRITE_PROTECTED:
            raise ReadOnlyMedium(path=where) from error
        if number == _NOT_READY:
            raise EnvironmentFault(path=where, why=str(error.strerror)) from error
        raise NoPermission(path=where) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", None)):
            raise DiskFull(path=where) from error
        if error.errno == errno.EROFS:
            raise ReadOnlyMedium(path=where) from error
        if error.errno in PULLED_OUT or error.errno == errno.ENAMETOOLONG:
            raise EnvironmentFault(path=where, why=str(error.strerror)) from error
        raise


def _is_full(path: Path) -> bool:
    """Whether the medium has no room for even the smallest of files that SQLite makes beside a database."""
    try:
        return shutil.disk_usage(path if path.exists() else path.parent).free < 1 << 17
    except OSError:
        return False


def connect(path: Path, secret: FileSecret, mode: Mode) -> Database:
    """Open one encrypted database file.

    `create` makes a new file, `write` and `read` open a working one (several at once may), `frozen` one on a medium
    that nobody writes to. The connection is in autocommit mode; use `writing` for transactions. `conn.interrupt()`
    may be called from any thread, everything else from one thread at a time.

    Raises ArchiveMissing, NotAnArchive (a plain SQLite file), Damaged (wrong key or broken pages), LeftOpen (`frozen`,
    and somebody has it open or did not close it), and the environment faults of `translated`.
    """
    if mode != "create":
        with translated(path):
            if not path.is_file():
                raise ArchiveMissing(path=str(path))
            with path.open("rb") as file:
                if file.read(len(PLAIN_HEADER)) == PLAIN_HEADER:
                    raise NotAnArchive(path=str(path), why="not encrypted")
    if mode == "frozen":
        with translated(path):
            _require_closed(path)
    with translated(path):
        return _opened(path, secret, mode)


def _require_closed(path: Path) -> None:
    """Raise LeftOpen where a file that we cannot write has a journal: read as it lies, it would lack what is in that.

    A log exists as long as somebody has the file open, even if it is empty. On a medium that is read-only for everyone
    an empty one means nothing.
    """
    for ending in ("-wal", "-journal"):
        journal = path.with_name(path.name + ending)
        if journal.exists():
            in_use = ending == "-wal" and not _is_read_only(journal)
            if in_use or journal.stat().st_size:
                raise LeftOpen(path=str(journal))


def _is_read_only(path: Path) -> bool:
    """Whether the whole medium is mounted so that nobody writes to it; not known on every system."""
    return hasattr(os, "statvfs") and bool(os.statvfs(path).f_flag & os.ST_RDONLY)


def _opened(path: Path, secret: FileSecret, mode: Mode) -> Database:
    query = {"create": "mode=rwc", "write": "mode=rw", "read": "mode=rw", "frozen": "mode=ro&immutable=1"}[mode]
    conn = dbapi2.connect(
        f"file:{quote(str(path.absolute()))}?{query}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=BUSY_MILLISECONDS / 1000,
    )
    try:
        conn.execute(f"PRAGMA key = \"x'{secret.key.hex()}{secret.salt.hex()}'\"")
        if not conn.execute("PRAGMA cipher_version").fetchone():
            raise EnvironmentFault(path=str(path), why="the encryption library is missing")
        for setting in (
            "cipher_log_level = none",
            "cipher_compatibility = 4",
            "cipher_page_size = 4096",
            "temp_store = 2",
            "secure_delete = on",
            "foreign_keys = on",
            "recursive_triggers = on",
            "synchronous = full",
        ):
            conn.execute(f"PRAGMA {setting}")
        conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if mode == "create":
            conn.execute("PRAGMA journal_mode = wal")
        elif mode == "read":
            conn.execute("PRAGMA query_only = on")
        for setting, value in ASSERTED.items():
            if conn.execute(f"PRAGMA {setting}").fetchone()[0] != value:
                raise EnvironmentFault(path=str(path), why=f"{setting} could not be set")
        if mode == "create" and conn.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            raise EnvironmentFault(path=str(path), why="this file system takes no write-ahead log")
        return Database(conn, recursive_triggers=True)
    except BaseException:
        conn.close()
        raise


@contextlib.contextmanager
def scratch() -> Iterator[Database]:
    """An empty database in memory, for the block."""
    conn = dbapi2.connect(":memory:", isolation_level=None)
    try:
        yield Database(conn)
    finally:
        conn.close()


@contextlib.contextmanager
def writing(db: Database) -> Iterator[None]:
    """Run the block as one transaction that owns the write lock from its first moment.

    `Database.atomic` alone begins deferred, and two programs that both read first and write later would fail at once
    where this waits. Blocks may be nested: an inner one is part of the outer.
    """
    if db.conn.in_transaction:
        yield
        return
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.conn.execute("COMMIT")
    except BaseException:
        if db.conn.in_transaction:
            db.conn.execute("ROLLBACK")
        raise


def insert(db: Database, table: str, values: Mapping[str, object]) -> int:
    """Insert one row, given by its columns, and give its row id; part of the caller's transaction.

    `Database.insert` asks for the tables and builds its statement anew every time, which takes far longer than the row.
    """
    columns, marks = ", ".join(values), ", ".join("?" * len(values))
    done = db.conn.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", tuple(values.values()))
    return int(done.lastrowid or 0)


def copy(db: Database, path: Path, secret: FileSecret, progress: Callable[[int, int], None] | None = None) -> None:
    """Copy a database page by page to a new file of the same key, as it is at this moment, whoever writes meanwhile.

    `db` must be in no transaction. `progress` hears the pages left and all of them, 4,096 pages (16 MB) at a time;
    what it raises ends the copy. An unfinished copy has the name of `path` with `.part`. Raises the environment
    faults of `translated`.
    """
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    made = connect(part, secret, "create")
    try:
        with translated(part):
            # a log would take the room of the whole file once more, and an unfinished copy is thrown away
            made.conn.execute("PRAGMA journal_mode = memory")
            # one snapshot for the whole copy: otherwise it begins again whenever another program writes
            db.conn.execute("BEGIN")
            db.conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
            db.conn.backup(
                made.conn, pages=4096, progress=lambda status, left, total: progress(left, total) if progress else None
            )
    finally:
        if db.conn.in_transaction:
            db.conn.execute("ROLLBACK")
        close(made)
    with translated(path):
        os.replace(part, path)


def close(db: Database) -> None:
    """Close a connection, folding the write-ahead log into the file where nobody else is at it.

    Else whoever closes last folds it. To wait for them, up to 10 s for each file of each lane, held up quitting.
    """
    with contextlib.suppress(dbapi2.Error):
        db.conn.execute("PRAGMA busy_timeout = 0")
        db.conn.execute("PRAGMA wal_checkpoint(truncate)")
    db.conn.close()
