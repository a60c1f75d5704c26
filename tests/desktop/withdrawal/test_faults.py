"""Something is in the way after the record itself has gone: that is told, and the notebook is still purged of it."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

import pytest

from archive import documents
from archive.errors import ChangedMeanwhile, Damaged
from archive.keys import ArchiveKey
from archive.notebook import opening, pending, shelves
from archive.withdrawal import erasing
from archive.withdrawal.preview import Preview
from archive.withdrawal.tombstones import Reason
from desktop.withdrawal import purged
from desktop.workspace import Workspace

TITLE = "Notes from the mountain"


def seen(workspace: Workspace) -> Preview:
    db = workspace.archive.db
    found = (documents.get(db, one) for one in documents.identities(db))
    return workspace.withdrawals.preview(next(one.id for one in found if one.metadata.title == TITLE))


def failing(fault: BaseException) -> Callable[..., None]:
    def fail(*given: object) -> None:
        raise fault

    return fail


def names_kept(key: ArchiveKey) -> set[str]:
    with opening.of_archive(key, protected=False) as notebook:
        return {name for (name,) in notebook.db.conn.execute("SELECT name FROM leaving")}


@pytest.fixture(autouse=True)
def asked(archive: tuple[Path, ArchiveKey]) -> None:
    """A notebook that remembers a search by a name which only the withdrawal knows."""
    with opening.of_archive(archive[1], protected=False) as notebook:
        shelves.ask(notebook.db, TITLE.lower())


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO])
def test_whatever_keeps_files_from_being_erased_the_withdrawal_is_done(
    archive: tuple[Path, ArchiveKey], monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(erasing, "_chunks", failing(OSError(number, "in the way")))
    with Workspace(*archive, write=True) as workspace:
        came = workspace.withdrawals.withdraw(seen(workspace), Reason.PERSON)
        assert not came.erased
        purged.purge_closed(workspace.archive, came)
    assert names_kept(archive[1]) == set()
    monkeypatch.undo()
    with Workspace(*archive, write=True) as workspace:
        assert not erasing.pending(workspace.archive.db)


def test_a_fault_after_the_record_has_gone_leaves_its_names_to_the_purge(
    archive: tuple[Path, ArchiveKey], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing, "finish", failing(Damaged(path="originals-0001.db", why="a page")))
    with Workspace(*archive, write=True) as workspace, pytest.raises(Damaged):
        workspace.withdrawals.withdraw(seen(workspace), Reason.PERSON)
    assert TITLE in names_kept(archive[1])
    with Workspace(*archive, write=False) as workspace, opening.of_archive(archive[1], protected=False) as notebook:
        assert pending.purge(notebook, workspace.archive.db)
        assert shelves.history(notebook.db) == ()
    assert names_kept(archive[1]) == set()


def test_a_record_that_stays_leaves_no_names(archive: tuple[Path, ArchiveKey]) -> None:
    with Workspace(*archive, write=True) as workspace:
        before = seen(workspace)
        document = workspace.documents.get(before.id)
        workspace.correct_many([document.id], {"title": "Another title"})
        with pytest.raises(ChangedMeanwhile):
            workspace.withdrawals.withdraw(before, Reason.PERSON)
    assert names_kept(archive[1]) == set()
