"""Archives of every format that was ever written are read as they are, and upgraded after a copy.

`formats/format-N.zip` were each made by the last program of that format: two documents in an unprotected archive.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from archive import container, documents, migrations, texts, unlocking, verify
from archive.cases import digests, subjects
from archive.cases.records import Kind
from archive.container import Archive

FORMATS = Path(__file__).parent / "formats"
OLDER = range(1, migrations.FORMAT)


@pytest.fixture(params=OLDER, ids="format-{}".format)
def older(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """An archive of an older format."""
    with zipfile.ZipFile(FORMATS / f"format-{request.param}.zip") as packed:
        packed.extractall(tmp_path)
    return tmp_path / f"format-{request.param}{container.ENDING}"


def contents(archive: Archive) -> dict[str, str]:
    found = documents.iterate(archive.db, documents.identities(archive.db))
    return {one.metadata.title: texts.read(archive.db, one.row, one.text_version) for one in found}


EXPECTED = {
    "A page of format one": "A lantern stood in the harbour.\n",
    "second.txt": "第二頁。河邊有一盞燈籠。\n",
}


def test_it_is_read_as_it_is(older: Path) -> None:
    before = (older / "archive.db").read_bytes()
    with Archive(older, unlocking.unlock(older), write=False) as archive:
        assert contents(archive) == EXPECTED
        assert subjects.count(archive.db, Kind.CASE) == digests.count(archive.db) == 0
    assert (older / "archive.db").read_bytes() == before


def test_it_is_upgraded_after_a_copy(older: Path) -> None:
    with Archive(older, unlocking.unlock(older), write=True) as archive:
        assert contents(archive) == EXPECTED
        subjects.create(archive.db, Kind.CASE, who="desk")
        assert verify.check(archive).faults == ()
    assert list(older.glob("archive-before-format-*.db"))
