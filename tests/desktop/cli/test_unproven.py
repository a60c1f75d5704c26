"""A release that an update put together has a list of files that nobody signed: each verb proves what is in it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from archive import connect, documents, unlocking
from archive.container import Archive
from archive.keys import ArchiveKey
from archive.notebook import opening, pins
from archive.release.choice import Choice
from archive.release.publish import Locks, publish
from archive.signing import bag, minisign, receipt, seal, statement
from desktop.cli import failures
from tests.desktop.cli.conftest import Tamarisk

SECRET = minisign.generate()


@pytest.fixture
def release(built_sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The reader's copy of a second release, whose key is trusted, as if an update had put it together."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    desk = Path(shutil.copytree(built_sample, tmp_path / "desk.tamarisk"))
    with Archive(desk, unlocking.unlock(desk), write=True) as archive:
        for day in ("2026-11-28", "2026-12-05"):
            choice = Choice(date=day, exclude="none")
            made = publish(archive, tmp_path, SECRET, choice, Locks(open=True), publisher="A desk")
    with opening.of_archive(unlocking.unlock(made.path), protected=False, release=True) as notebook:
        pins.pin(notebook.db, SECRET.public, "A desk")
    listed_anew(made.path, lambda db: None)
    return made.path


def listed_anew(release: Path, change: Callable[[connect.Database], None]) -> None:
    """What whoever has the line's key can do: other records, and a list of files around them."""
    said, key = statement.from_info(bag.read(release).info), unlocking.unlock(release)
    db = connect.connect(release / "data" / "archive.db", key.secret("archive"), "write")
    change(db)
    db.conn.execute("PRAGMA journal_mode = delete")
    db.conn.close()
    for file in release.iterdir():
        if file.is_file():
            file.unlink()
    bag.write(release, {**statement.to_info(said), seal.KEY: str(SECRET.public), receipt.UPDATED: "1"})


def forge(db: connect.Database) -> None:
    db.conn.execute("UPDATE document SET title = 'Forged'")


def titles(release: Path, key: ArchiveKey) -> set[str]:
    with Archive(release, key, write=False) as archive:
        every = (documents.get(archive.db, one) for one in documents.identities(archive.db))
        return {one.metadata.title for one in every}


def test_other_records_behind_an_unsigned_list_are_refused_by_every_verb(tamarisk: Tamarisk, release: Path) -> None:
    listed_anew(release, forge)
    assert titles(release, unlocking.unlock(release)) == {"Forged"}
    verbs = (("search", release, "forged"), ("notebook", "key", release), ("changes", release))
    for verb in verbs:
        said = tamarisk(*verb, "--json")
        assert (said.status, said.json()["error"]["state"]) == (failures.DAMAGED, "tampered")
        assert said.json()["error"]["file"] == receipt.ARCHIVE_DB
    assert tamarisk("changes", release, release, "--json").json()["error"]["state"] == "tampered"
    assert tamarisk("search", release, "forged", "--although-refused").status == 0


def test_what_was_proven_is_remembered_for_these_bytes_alone(tamarisk: Tamarisk, release: Path) -> None:
    first, again = tamarisk("search", release, "notice"), tamarisk("search", release, "notice")
    assert (first.status, again.status) == (0, 0)
    assert "held against what its publisher signed" in first.err
    assert "held against" not in again.err
    listed_anew(release, forge)
    assert tamarisk("search", release, "notice").status == failures.DAMAGED
