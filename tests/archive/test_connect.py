"""The opener: what it makes, what it refuses, and how writers wait for each other."""

from __future__ import annotations

import errno
import os
import secrets
import threading
import time
from pathlib import Path

import pytest

from archive import connect
from archive.connect import FileSecret, Interrupted, translated, writing
from archive.errors import (
    ArchiveMissing,
    Cancelled,
    Damaged,
    DiskFull,
    EnvironmentFault,
    LeftOpen,
    NoPermission,
    NotAnArchive,
    ReadOnlyMedium,
)

WORDS = "a sentence that must not stand in the file"


@pytest.fixture
def secret() -> FileSecret:
    return FileSecret(secrets.token_bytes(32), secrets.token_bytes(16))


@pytest.fixture
def file(tmp_path: Path, secret: FileSecret) -> Path:
    path = tmp_path / "some.db"
    db = connect.connect(path, secret, "create")
    db.table("note").insert({"id": 1, "words": WORDS}, pk="id")
    connect.close(db)
    return path


def test_settings_are_made(file: Path, secret: FileSecret) -> None:
    db = connect.connect(file, secret, "write")
    asked = {
        name: db.conn.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("temp_store", "secure_delete", "foreign_keys", "recursive_triggers", "synchronous", "journal_mode")
    }
    assert asked == {
        "temp_store": 2,
        "secure_delete": 1,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "synchronous": 2,
        "journal_mode": "wal",
    }
    assert db.conn.execute("PRAGMA cipher_page_size").fetchone()[0] == "4096"
    connect.close(db)


def test_file_holds_nothing_plain(file: Path, secret: FileSecret) -> None:
    content = file.read_bytes()
    assert content[:16] == secret.salt
    assert WORDS.encode() not in content
    assert b"note" not in content


def test_wrong_key_is_damage(file: Path, secret: FileSecret) -> None:
    with pytest.raises(Damaged):
        connect.connect(file, FileSecret(secrets.token_bytes(32), secret.salt), "read")


def test_damaged_header_is_survived(file: Path, secret: FileSecret) -> None:
    """The salt lives in the key slot, so the first bytes of the file are not needed."""
    content = bytearray(file.read_bytes())
    content[:16] = bytes(16)
    file.write_bytes(content)
    db = connect.connect(file, secret, "read")
    assert db.conn.execute("SELECT words FROM note").fetchone()[0] == WORDS
    connect.close(db)


def test_plain_database_is_refused(tmp_path: Path, secret: FileSecret) -> None:
    path = tmp_path / "plain.db"
    path.write_bytes(b"SQLite format 3\0" + bytes(4080))
    with pytest.raises(NotAnArchive):
        connect.connect(path, secret, "write")


def test_missing_file_is_not_made(tmp_path: Path, secret: FileSecret) -> None:
    path = tmp_path / "none.db"
    with pytest.raises(ArchiveMissing):
        connect.connect(path, secret, "write")
    assert not path.exists()


def test_readers_cannot_write(file: Path, secret: FileSecret) -> None:
    for mode in ("read", "frozen"):
        db = connect.connect(file, secret, mode)
        with pytest.raises(ReadOnlyMedium), translated(file):
            db.conn.execute("DELETE FROM note")
        db.conn.close()


@pytest.mark.parametrize(("ending", "content"), [("-wal", b"left over"), ("-wal", b""), ("-journal", b"left over")])
def test_frozen_with_a_journal_is_refused(file: Path, secret: FileSecret, ending: str, content: bytes) -> None:
    file.with_name(file.name + ending).write_bytes(content)
    with pytest.raises(LeftOpen):
        connect.connect(file, secret, "frozen")


def test_frozen_is_refused_while_somebody_writes(file: Path, secret: FileSecret) -> None:
    writer = connect.connect(file, secret, "write")
    writer.table("note").insert({"id": 2, "words": "x"})
    with pytest.raises(LeftOpen):
        connect.connect(file, secret, "frozen")
    connect.close(writer)
    reader = connect.connect(file, secret, "frozen")
    assert reader.table("note").count == 2
    reader.conn.close()


def test_failed_transaction_leaves_nothing(file: Path, secret: FileSecret) -> None:
    db = connect.connect(file, secret, "write")
    with pytest.raises(RuntimeError), writing(db):
        db.table("note").insert({"id": 2, "words": "x"})
        raise RuntimeError
    assert db.table("note").count == 1
    assert not db.conn.in_transaction
    connect.close(db)


def test_two_writers_wait_for_each_other(file: Path, secret: FileSecret) -> None:
    """Both read before they write, which a deferred transaction would answer with an error at once."""
    barrier = threading.Barrier(2)

    def add(start: int) -> None:
        db = connect.connect(file, secret, "write")
        barrier.wait()
        for number in range(start, start + 20):
            with writing(db):
                db.conn.execute("SELECT count(*) FROM note").fetchone()
                db.table("note").insert({"id": number, "words": "x"})
        connect.close(db)

    threads = [threading.Thread(target=add, args=(start,)) for start in (100, 200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db = connect.connect(file, secret, "read")
    assert db.table("note").count == 41
    connect.close(db)


def test_interrupt_works_across_threads(file: Path, secret: FileSecret) -> None:
    db = connect.connect(file, secret, "read")
    stop = threading.Event()

    def interrupt() -> None:
        while not stop.wait(0.01):
            db.conn.interrupt()

    thread = threading.Thread(target=interrupt)
    thread.start()
    try:
        with pytest.raises(Interrupted), translated(file):
            db.conn.execute(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
            ).fetchone()
    finally:
        stop.set()
        thread.join()
    connect.close(db)


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EROFS, ReadOnlyMedium),
        (errno.EACCES, NoPermission),
        (errno.EIO, EnvironmentFault),
    ],
)
def test_what_the_system_says_is_told(tmp_path: Path, number: int, kind: type[EnvironmentFault]) -> None:
    with pytest.raises(kind), translated(tmp_path):
        raise OSError(number, os.strerror(number))


@pytest.mark.parametrize(("number", "kind"), [(19, ReadOnlyMedium), (21, EnvironmentFault), (5, NoPermission)])
def test_what_windows_says_is_told(tmp_path: Path, number: int, kind: type[EnvironmentFault]) -> None:
    fault = PermissionError(errno.EACCES, "refused")
    with pytest.raises(EnvironmentFault) as told, translated(tmp_path):
        fault.winerror = number  # type: ignore[attr-defined, unused-ignore]  # on Windows the system sets it
        raise fault
    assert type(told.value) is kind


def test_a_copy_is_whole_or_has_another_name(file: Path, secret: FileSecret, tmp_path: Path) -> None:
    db = connect.connect(file, secret, "read")

    def stop(left: int, total: int) -> None:
        raise Cancelled()

    with pytest.raises(Cancelled):
        connect.copy(db, tmp_path / "copy.db", secret, stop)
    assert not (tmp_path / "copy.db").exists()
    connect.copy(db, tmp_path / "copy.db", secret)
    assert not db.conn.in_transaction
    connect.close(db)
    copy = connect.connect(tmp_path / "copy.db", secret, "read")
    assert [row["words"] for row in copy.table("note").rows] == [WORDS]
    connect.close(copy)
    assert {path.name for path in tmp_path.iterdir()} == {"some.db", "copy.db"}


def test_full_disk_says_so(file: Path, secret: FileSecret) -> None:
    db = connect.connect(file, secret, "write")
    pages = db.conn.execute("PRAGMA page_count").fetchone()[0]
    db.conn.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DiskFull), translated(file), writing(db):
        db.table("note").insert({"id": 2, "words": "x" * 100_000})
    assert db.table("note").count == 1
    connect.close(db)


@pytest.mark.parametrize("other", ["reads", "writes"])
def test_closing_waits_for_nobody_and_whoever_closes_last_folds_the_log(
    file: Path, secret: FileSecret, other: str
) -> None:
    one, two = connect.connect(file, secret, "write"), connect.connect(file, secret, "write")
    with writing(one):
        one.table("note").insert({"id": 2, "words": "more"})
    two.conn.execute("BEGIN IMMEDIATE" if other == "writes" else "BEGIN")
    assert two.conn.execute("SELECT count(*) FROM note").fetchone()[0] == 2
    if other == "reads":  # a state that is not the newest
        with writing(one):
            one.table("note").insert({"id": 3, "words": "more still"})
    began = time.monotonic()
    connect.close(one)
    assert time.monotonic() - began < connect.BUSY_MILLISECONDS / 4000
    two.conn.execute("ROLLBACK")
    connect.close(two)
    assert [left.name for left in file.parent.iterdir()] == [file.name]
