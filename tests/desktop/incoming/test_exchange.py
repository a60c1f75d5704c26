"""Casework of another desk: first what would become of it, then just that."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from archive import container
from archive.cases import facts, subjects
from archive.cases.exchange import json_export
from archive.cases.records import Citation, Entry, Kind
from archive.errors import InvalidValue
from archive.keys import ArchiveKey
from desktop.incoming import actions
from desktop.incoming.choosing import ExchangeDialog
from desktop.incoming.controller import IncomingController
from desktop.work import WorkStrip, WorkStrips
from desktop.workspace import Workspace
from tests.desktop.incoming.conftest import asked


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """The casework of a desk that has one person."""
    note = tmp_path / "note.txt"
    note.write_text("Person F lives by the river, the note says, and has done so for years.\n", "utf-8")
    path = tmp_path / "other.tamarisk"
    with Workspace(path, container.create(path, desk="other"), write=True) as workspace:
        workspace.import_([note])
        archive = workspace.archive
        ((document,),) = archive.db.conn.execute("SELECT uuid FROM document").fetchall()
        person = subjects.create(archive.db, Kind.PERSON, who="other").id
        facts.record(archive.db, Citation(document, 1, 0, 8), [Entry(person, "name", "Person F")], who="other")
        text = json_export.text(archive.db)
    file = tmp_path / "other.json"
    file.write_text(text, "utf-8")
    return file


def people(archive: tuple[Path, ArchiveKey]) -> list[str]:
    with Workspace(*archive, write=False) as workspace:
        return [one.label for one in workspace.cases.of_kind(Kind.PERSON)]


def test_it_is_told_first_and_then_taken_once(
    incoming: IncomingController, archive: tuple[Path, ArchiveKey], bundle: Path, host: QWidget, qtbot: QtBot
) -> None:
    incoming.compare(bundle)
    dialog = asked(host, ExchangeDialog, qtbot)
    assert "Records:  1 new" in dialog.counts.text()
    assert not people(archive)
    with qtbot.waitSignal(incoming.changed):
        dialog.submit()
    assert people(archive) == ["Person F"]
    incoming.compare(bundle)
    again = asked(host, ExchangeDialog, qtbot)
    assert "Records:  1 the same" in again.counts.text()
    assert not again.go_on.isEnabled()


def test_what_differs_is_listed(
    incoming: IncomingController, archive: tuple[Path, ArchiveKey], bundle: Path, host: QWidget, qtbot: QtBot
) -> None:
    told = json.loads(bundle.read_text("utf-8"))
    told["facts"][0]["field"] = "shoe size"
    bundle.write_text(json.dumps(told), "utf-8")
    incoming.compare(bundle)
    dialog = asked(host, ExchangeDialog, qtbot)
    assert dialog.told.count() == 1
    assert "1 refused" in dialog.counts.text()
    dialog.reject()
    assert not people(archive)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[1, 2]"])
def test_a_file_of_another_sort_is_refused(
    incoming: IncomingController, strips: WorkStrips, bundle: Path, content: bytes, qtbot: QtBot
) -> None:
    bundle.write_bytes(content)
    incoming.compare(bundle)
    qtbot.waitUntil(lambda: "Nothing was changed" in strips.findChildren(WorkStrip)[0].words())


def test_a_file_larger_than_any_casework_is_refused(tmp_path: Path) -> None:
    film = tmp_path / "film.json"
    with film.open("wb") as file:
        file.truncate(actions.LARGEST + 1)  # takes no room on disk
    with pytest.raises(InvalidValue, match="larger than 512 MB"):
        actions.read_text(film)
