"""Originals: every byte comes back, volumes stay below their limit, and what no record names is collected."""

from __future__ import annotations

import hashlib
import os
import random
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import connect
from archive import originals as module
from archive.connect import writing
from archive.container import Archive
from archive.errors import ArchiveMissing, Damaged, OriginalAbsent
from archive.originals import CHUNK, Staged


def store(archive: Archive, *pieces: bytes) -> Staged:
    with archive.originals.stage() as staging:
        for piece in pieces:
            staging.write(piece)
        staged = staging.finish()
    archive.originals.commit()
    with writing(archive.db):
        archive.originals.register(staged)
    return staged


def chunks(archive: Archive) -> int:
    return sum(archive.originals.database(number).table("chunk").count for number in archive.originals.volumes())


@given(st.lists(st.binary(max_size=300_000), max_size=6))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_byte_comes_back(archive: Archive, pieces: list[bytes]) -> None:
    whole = b"".join(pieces) + os.urandom(8)
    staged = store(archive, *pieces, whole[-8:])
    assert staged.sha256 == hashlib.sha256(whole).hexdigest()
    assert b"".join(archive.originals.read(staged.sha256)) == whole


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_sizes_at_the_edges_of_chunks(archive: Archive, size: int) -> None:
    content = random.Random(size).randbytes(size)
    staged = store(archive, content)
    found = list(archive.originals.read(staged.sha256))
    assert b"".join(found) == content
    assert all(len(data) <= CHUNK for data in found)


def test_text_is_compressed_and_pictures_are_not(archive: Archive) -> None:
    assert store(archive, b"the same words again and again " * 1000).codec == "zlib"
    assert store(archive, os.urandom(50_000)).codec == ""


@pytest.mark.parametrize("begun", [False, True])
def test_a_volume_that_was_only_begun_is_finished(archive: Archive, begun: bool) -> None:
    """As after a kill between the making of the file and that of its tables."""
    volume = archive.path / "originals-0001.db"
    if begun:
        connect.connect(volume, archive.key.secret("originals", 1), "create").conn.close()
    else:
        volume.touch()
    assert archive.originals.collect() == 0
    staged = store(archive, b"words")
    assert b"".join(archive.originals.read(staged.sha256)) == b"words"


def test_bytes_are_read_from_any_place(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "VOLUME_LIMIT", 2 << 20)
    content = random.Random(3).randbytes(4 * CHUNK + 9)
    staged = store(archive, content)
    assert len(archive.originals.volumes()) > 2
    for start in (4 * CHUNK, 0, 2 * CHUNK, CHUNK + 5):
        assert archive.originals.read_at(staged, start) == content[start : start - start % CHUNK + CHUNK]
    assert archive.originals.read_at(staged, 5 * CHUNK) == b""


def test_volumes_end_at_their_limit(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "VOLUME_LIMIT", 4 << 20)
    contents = [os.urandom(3 * CHUNK + number) for number in range(5)]
    kept = [store(archive, content) for content in contents]
    assert len(archive.originals.volumes()) > 3
    for staged, content in zip(kept, contents, strict=True):
        assert b"".join(archive.originals.read(staged.sha256)) == content
    archive.originals.close()
    for volume in archive.path.glob("originals-*.db"):
        assert volume.stat().st_size <= 4 << 20


def test_missing_and_damaged_originals_say_so(archive: Archive) -> None:
    with pytest.raises(OriginalAbsent):
        list(archive.originals.read("0" * 64))
    staged = store(archive, os.urandom(2 * CHUNK))
    db = archive.originals.database(1)
    with writing(db):
        db.conn.execute("UPDATE chunk SET data = ? WHERE seq = 1", (os.urandom(CHUNK),))
    with pytest.raises(Damaged):
        list(archive.originals.read(staged.sha256))
    with writing(db):
        db.conn.execute("DELETE FROM chunk WHERE seq = 1")
    with pytest.raises(Damaged):
        list(archive.originals.read(staged.sha256))


def test_a_slim_archive_says_the_original_is_absent(archive: Archive) -> None:
    staged = store(archive, b"some bytes")
    archive.originals.close()
    for volume in archive.path.glob("originals-*"):
        volume.unlink()
    with Archive(archive.path, archive.key, write=False) as slim, pytest.raises(OriginalAbsent):
        list(slim.originals.read(staged.sha256))


def test_discarded_and_failed_stagings_leave_nothing(archive: Archive) -> None:
    kept = store(archive, os.urandom(CHUNK + 5))
    with pytest.raises(RuntimeError), archive.originals.stage() as staging:
        staging.write(os.urandom(3 * CHUNK))
        raise RuntimeError
    with archive.originals.stage() as staging:
        staging.write(os.urandom(3 * CHUNK))
        archive.originals.discard(staging.finish())
    archive.originals.commit()
    assert chunks(archive) == kept.chunks


def test_what_no_record_names_is_collected(archive: Archive) -> None:
    kept = store(archive, os.urandom(CHUNK + 5))
    with archive.originals.stage() as staging:
        staging.write(os.urandom(2 * CHUNK))
        staging.finish()
    archive.originals.commit()
    assert chunks(archive) == 4
    archive.originals.collect()
    assert chunks(archive) == 2
    assert len(b"".join(archive.originals.read(kept.sha256))) == CHUNK + 5


def test_several_threads_stage_at_once(archive: Archive) -> None:
    contents = [os.urandom(CHUNK + number * 1000) for number in range(6)]
    found: dict[int, Staged] = {}

    def work(number: int) -> None:
        with archive.originals.stage() as staging:
            for start in range(0, len(contents[number]), 70_000):
                staging.write(contents[number][start : start + 70_000])
            found[number] = staging.finish()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    archive.originals.commit()
    for number, staged in found.items():
        assert b"".join(archive.originals.read_staged(staged)) == contents[number]


def test_a_folder_that_is_gone_is_not_called_slim(archive: Archive, tmp_path: Path) -> None:
    staged = store(archive, b"some bytes")
    archive.originals.close()
    archive.path.rename(tmp_path / "pulled")
    with pytest.raises(ArchiveMissing):
        list(archive.originals.read(staged.sha256))
    (tmp_path / "pulled").rename(archive.path)
