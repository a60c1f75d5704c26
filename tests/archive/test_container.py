"""The archive's folder: made whole or not at all, refused where it may not lie, and read as it is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from archive import connect, container, documents, feed, meta, migrations
from archive.connect import Database, Migrations, writing
from archive.container import Archive
from archive.errors import AlreadyExists, Damaged, InvalidValue, NewerFormat, NoSuchRecord, UnsafePlace
from archive.keys import ArchiveKey
from tests.archive.conftest import Keep


def test_made_whole_or_not_at_all(tmp_path: Path) -> None:
    with pytest.raises(InvalidValue):
        container.create(tmp_path / "a.tamarisk", recipients=["age1notakey"])
    assert list(tmp_path.iterdir()) == []
    container.create(tmp_path / "a.tamarisk")
    assert [path.name for path in tmp_path.iterdir()] == ["a.tamarisk"]
    with pytest.raises(AlreadyExists):
        container.create(tmp_path / "a.tamarisk")


def test_closed_archive_has_no_side_files(archive: Archive) -> None:
    archive.close()
    assert sorted(path.name for path in archive.path.iterdir()) == ["archive.db", "keys"]
    reopened = Archive(archive.path, archive.key, write=True)
    assert documents.count(reopened.db) == 0
    archive.db, archive.originals = reopened.db, reopened.originals


def test_synced_folder_is_refused(tmp_path: Path) -> None:
    for folder in ("Dropbox", "OneDrive - Some Desk"):
        with pytest.raises(UnsafePlace):
            container.create(tmp_path / folder / "a.tamarisk")
    (tmp_path / "plain" / ".stfolder").mkdir(parents=True)
    with pytest.raises(UnsafePlace):
        container.create(tmp_path / "plain" / "a.tamarisk")


def test_moved_into_a_synced_folder_it_still_reads(archive: Archive, tmp_path: Path) -> None:
    moved = tmp_path / "Nextcloud" / "desk.tamarisk"
    shutil.copytree(archive.path, moved)
    with pytest.raises(UnsafePlace):
        Archive(moved, archive.key, write=True)
    with Archive(moved, archive.key, write=False) as reading:
        assert documents.count(reading.db) == 0


def test_newer_archive_is_refused(archive: Archive) -> None:
    with writing(archive.db):
        meta.write(archive.db, "readable_from", str(migrations.FORMAT + 1))
    with pytest.raises(NewerFormat) as caught:
        Archive(archive.path, archive.key, write=False)
    assert caught.value.facts["readable_from"] == migrations.FORMAT + 1


def test_newer_format_that_stays_readable_is_read_and_not_written(archive: Archive) -> None:
    with writing(archive.db):
        meta.write(archive.db, "format", str(migrations.FORMAT + 1))
    with Archive(archive.path, archive.key, write=False) as reading:
        assert documents.count(reading.db) == 0
    with pytest.raises(NewerFormat):
        Archive(archive.path, archive.key, write=True)


def test_an_older_archive_is_upgraded_after_a_copy_was_made(
    archive: Archive, keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = keep("words")
    generation = feed.generation(archive.db)
    fails = True

    def m999_newer(db: Database) -> None:
        db.table("newer").create({"id": int})
        if fails:
            raise RuntimeError("in its midst")

    monkeypatch.setattr(migrations, "FORMAT", migrations.FORMAT + 1)
    newer = Migrations("tamarisk.archive")
    for applied in [*migrations.archive.pending(Database(memory=True)), m999_newer]:
        newer()(getattr(applied, "fn", applied))
    monkeypatch.setattr(migrations, "archive", newer)
    with pytest.raises(RuntimeError):
        Archive(archive.path, archive.key, write=True)
    assert "newer" not in archive.db.table_names()
    fails = False
    for _ in range(2):
        with Archive(archive.path, archive.key, write=True) as upgraded:
            assert "newer" in upgraded.db.table_names()
            assert meta.read(upgraded.db, "format") == str(migrations.FORMAT)
            assert feed.generation(upgraded.db) != generation
            assert documents.get(upgraded.db, kept.id) == kept
    (before,) = archive.path.glob("archive-before-*")
    old = connect.connect(before, archive.key.secret("archive"), "read")
    assert "newer" not in old.table_names()
    assert documents.get(old, kept.id) == kept
    assert feed.generation(old) == generation
    connect.close(old)


def test_swapped_databases_are_noticed(archive: Archive, tmp_path: Path) -> None:
    other = tmp_path / "other.tamarisk"
    other_key = container.create(other)
    shutil.copy(archive.path / "archive.db", other / "archive.db")
    with pytest.raises(Damaged):
        Archive(other, other_key, write=False)
    same_key = ArchiveKey("another archive", archive.key.key, archive.key.salts)
    with pytest.raises(Damaged):
        Archive(archive.path, same_key, write=False)


def test_lost_triggers_come_back(archive: Archive) -> None:
    archive.db.execute("DROP TRIGGER change_document_altered")
    with Archive(archive.path, archive.key, write=True) as reopened:
        assert set(migrations.TRIGGERS) <= {trigger.name for trigger in reopened.db.triggers}


def test_generation_stays_over_opening(archive: Archive) -> None:
    before = feed.generation(archive.db)
    assert before
    with Archive(archive.path, archive.key, write=True) as reopened:
        assert feed.generation(reopened.db) == before


def test_two_openers_see_each_other(archive: Archive, keep: object) -> None:
    with Archive(archive.path, archive.key, write=False) as reader:
        document = keep("some words")  # type: ignore[operator]
        assert documents.get(reader.db, document.id).metadata == document.metadata
        with pytest.raises(NoSuchRecord):
            documents.get(reader.db, "none")


def test_connection_closes_after_a_refusal(archive: Archive) -> None:
    with writing(archive.db):
        meta.write(archive.db, "readable_from", "99")
    with pytest.raises(NewerFormat):
        Archive(archive.path, archive.key, write=True)
    connect.close(archive.db)
    assert not (archive.path / "archive.db-wal").exists()
    archive.db = connect.connect(archive.path / "archive.db", archive.key.secret("archive"), "write")


def test_triggers_of_an_older_program_are_replaced(archive: Archive, keep: Keep) -> None:
    document = keep("words")
    archive.db.execute("DROP TRIGGER change_document_altered")
    archive.db.execute("CREATE TRIGGER change_document_altered AFTER UPDATE ON document BEGIN SELECT 1; END")
    with Archive(archive.path, archive.key, write=True) as reopened:
        position = feed.position(reopened.db)
        reopened.db.conn.execute("UPDATE document SET title = 'other'")
        assert [change.record for change in feed.changes(reopened.db, position, 10)] == [document.id]
        schema = reopened.db.conn.execute("PRAGMA schema_version").fetchone()
    with Archive(archive.path, archive.key, write=True) as again:
        assert again.db.conn.execute("PRAGMA schema_version").fetchone() == schema, "nothing is made without need"
