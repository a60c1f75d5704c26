"""The backup: a whole archive of its own, made while others write, or nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from archive import backup, container, documents, feed, texts, unlocking, verify
from archive.container import Archive
from archive.errors import AlreadyExists, Cancelled, Damaged, UnsafePlace
from archive.verify import Step
from tests.archive.conftest import Keep


def test_copy_opens_and_verifies(archive: Archive, keep: Keep, tmp_path: Path) -> None:
    kept = keep("words to keep")
    stick = tmp_path / "stick"
    stick.mkdir()
    steps: list[Step] = []
    copy = backup.backup(archive, stick, steps.append)
    assert copy == stick / "desk.tamarisk"
    assert {step.work for step in steps} >= {"copy", "pages", "texts", "originals"}
    with Archive(copy, unlocking.unlock(copy), write=True) as opened:
        assert texts.read(opened.db, kept.row, 1) == "words to keep\n"
        assert b"".join(opened.originals.read(kept.sha256)) == b"words to keep"
        assert verify.check(opened).faults == ()
        assert feed.generation(opened.db) != feed.generation(archive.db)
    assert not list(copy.glob("*-wal"))


def test_nothing_is_overwritten(archive: Archive, tmp_path: Path) -> None:
    target = tmp_path / "copy.tamarisk"
    assert backup.backup(archive, target) == target
    with pytest.raises(AlreadyExists):
        backup.backup(archive, target / "archive.db")
    (tmp_path / "stick").mkdir()
    backup.backup(archive, tmp_path / "stick")
    with pytest.raises(AlreadyExists):
        backup.backup(archive, tmp_path / "stick")
    with pytest.raises(AlreadyExists):
        backup.backup(archive, archive.path)


def test_a_copy_takes_no_more_room_than_itself(archive: Archive, keep: Keep, tmp_path: Path) -> None:
    keep(os.urandom(400_000).hex())
    logs: list[int] = []

    def look(step: Step) -> None:
        if step.work == "copy":
            logs.extend(log.stat().st_size for log in (tmp_path / "stick").rglob("*-wal"))

    (tmp_path / "stick").mkdir()
    copy = backup.backup(archive, tmp_path / "stick", look)
    assert sum(logs) == 0
    with Archive(copy, archive.key, write=True) as opened:
        for db in (opened.db, opened.originals.database(1)):
            assert db.conn.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_the_copy_has_the_slots_and_no_left_overs_of_them(tmp_path: Path) -> None:
    key = container.create(tmp_path / "a.tamarisk", passphrase="a passphrase")
    (tmp_path / "a.tamarisk" / "keys" / "desk.passphrase.age.new").write_bytes(b"half a slot")
    with Archive(tmp_path / "a.tamarisk", key, write=False) as archive:
        copy = backup.backup(archive, tmp_path / "copy.tamarisk")
    slots = {file.name: file.stat().st_mode & 0o777 for file in (copy / "keys").iterdir()}
    assert slots == {"desk.passphrase.age": 0o600}
    assert unlocking.unlock(copy, "a passphrase") == key


def test_a_synced_folder_is_refused_before_anything_is_copied(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    with pytest.raises(UnsafePlace):
        backup.backup(archive, tmp_path / "Dropbox", lambda step: pytest.fail("copied"))


def test_cancelled_it_leaves_nothing(archive: Archive, keep: Keep, tmp_path: Path) -> None:
    keep("text")
    with pytest.raises(Cancelled):
        backup.backup(archive, tmp_path / "copy.tamarisk", cancelled=lambda: True)
    assert [path.name for path in tmp_path.iterdir()] == ["desk.tamarisk"]
    assert not archive.db.conn.in_transaction


def test_a_damaged_archive_gives_no_backup(archive: Archive, keep: Keep, tmp_path: Path) -> None:
    kept = keep(os.urandom(4000).hex())
    archive.originals.database(1).conn.execute("UPDATE chunk SET data = zeroblob(10)")
    with pytest.raises(Damaged):
        backup.backup(archive, tmp_path / "copy.tamarisk")
    assert [path.name for path in tmp_path.iterdir()] == ["desk.tamarisk"]
    assert documents.get(archive.db, kept.id)


def test_others_may_write_meanwhile(archive: Archive, keep: Keep, tmp_path: Path) -> None:
    keep("before")
    with Archive(archive.path, archive.key, write=False) as reader:

        def write(step: Step) -> None:
            if step.work == "copy":
                keep(f"during {step.where} {step.done}")

        copy = backup.backup(reader, tmp_path / "copy.tamarisk", write)
    assert documents.count(archive.db) > 1
    with Archive(copy, archive.key, write=False) as opened:
        assert verify.check(opened).faults == ()
        assert documents.count(opened.db) >= 1
