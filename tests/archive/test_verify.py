"""Verification: silent on a whole archive, and one finding for each way of breaking one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from archive import backup, verify
from archive.container import Archive
from archive.errors import Cancelled
from tests.archive.conftest import Keep


def codes(archive: Archive) -> set[str]:
    return {fault.code for fault in verify.check(archive).faults}


def test_a_whole_archive_has_no_faults(archive: Archive, keep: Keep) -> None:
    for number in range(3):
        keep(f"text {number}")
    findings = verify.check(archive)
    assert findings.faults == ()
    assert (findings.documents, findings.texts, findings.originals, findings.custody) == (3, 3, 3, 4)


@pytest.mark.parametrize(
    ("breaking", "code"),
    [
        ("UPDATE custody SET who = 'x' WHERE seq = 2", "custody"),
        ("UPDATE text_version SET sha256 = 'x'", "text"),
        ("UPDATE text_row SET body = x'00'", "text"),
        ("DELETE FROM text_row", "text"),
        ("UPDATE original SET sha256 = 'x'", "original-absent"),
        ("UPDATE original SET first_volume = 7", "original"),
        ("DROP TRIGGER change_document_altered", "trigger"),
        ("DELETE FROM document", "reference"),
    ],
)
def test_each_break_is_found(archive: Archive, keep: Keep, breaking: str, code: str) -> None:
    keep("the text of a document")
    archive.db.conn.execute("PRAGMA foreign_keys = off")
    archive.db.conn.execute(breaking)
    assert code in codes(archive)


@pytest.mark.parametrize("file", ["archive.db", "originals-0001.db"])
def test_one_flipped_bit_is_found(archive: Archive, keep: Keep, file: str, tmp_path: Path) -> None:
    keep(os.urandom(40_000).hex())
    copy = backup.backup(archive, tmp_path / "copy.tamarisk")
    content = bytearray((copy / file).read_bytes())
    content[len(content) // 2] ^= 1
    (copy / file).write_bytes(content)
    with Archive(copy, archive.key, write=False) as opened:
        assert file in {fault.where for fault in verify.check(opened).faults}


def test_cancelling_stops(archive: Archive, keep: Keep) -> None:
    keep("text")
    with pytest.raises(Cancelled):
        verify.check(archive, cancelled=lambda: True)


def test_a_truncated_file_is_found(archive: Archive, keep: Keep, tmp_path: Path) -> None:
    keep("text " * 5000)
    archive.originals.close()
    volume = archive.path / "originals-0001.db"
    volume.write_bytes(volume.read_bytes()[:4096])
    assert verify.check(archive).faults
