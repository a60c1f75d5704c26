"""Handing over and merging in the window: the key, the package, what is said before and after."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from archive.keys import ArchiveKey
from archive.notebook import notes, opening, shelves
from archive.notebook.handing import identity, merging, packages
from archive.notebook.opening import Notebook
from desktop.notebook import rows
from desktop.notebook.passing_forms import HandOverForm, KeyForm, ReceivedForm
from desktop.screen import ArchiveScreen
from desktop.workspace import Workspace
from tests.desktop.notebook.test_view import fill, go_to_list, listed


@pytest.fixture
def colleague(archive: tuple[Path, ArchiveKey], tmp_path: Path) -> Iterator[Notebook]:
    """The notebook of a colleague about the same archive, on another computer."""
    with opening.of_archive(archive[1], protected=False, data=tmp_path / "colleague") as opened:
        yield opened


def wait_for(qtbot: QtBot, screen: ArchiveScreen, kind: type) -> object:
    passing = screen.notebook.passing
    qtbot.waitUntil(lambda: isinstance(passing.asking, kind) and passing.asking.isVisible())
    return passing.asking


def test_my_key_is_shown_and_copied(screen: ArchiveScreen, qtbot: QtBot, archive: tuple[Path, ArchiveKey]) -> None:
    screen.notebook.view.key_wanted.emit()
    form = wait_for(qtbot, screen, KeyForm)
    assert isinstance(form, KeyForm)
    with opening.of_archive(archive[1], protected=False) as notebook:
        assert form.line.text() == identity.public(notebook.db)
    form.submit()
    assert QApplication.clipboard().text() == form.line.text()


def test_a_package_is_made_for_a_key_and_goes_back_and_forth(
    screen: ArchiveScreen, qtbot: QtBot, archive: tuple[Path, ArchiveKey], colleague: Notebook, tmp_path: Path
) -> None:
    fill(qtbot, screen)
    go_to_list(qtbot, screen, 2)
    passing, package, back = screen.notebook.passing, tmp_path / "p.tamarisk-notes", tmp_path / "back"
    passing.place_to_save = lambda name: package  # type: ignore[method-assign]
    screen.notebook.view.hand_over_wanted.emit()
    form = wait_for(qtbot, screen, HandOverForm)
    assert isinstance(form, HandOverForm)
    form.submit()
    assert "age1" in form.said.text()
    form.keys.setPlainText("age1notakey")
    form.submit()
    assert form.isVisible()
    assert "not a whole key" in form.said.text()
    assert form.layout().totalHeightForWidth(form.width()) <= form.height()  # nothing is pushed into another
    form.keys.setPlainText(f"\n  {identity.public(colleague.db)}\n")
    form.name.setCurrentText("Heron")
    with qtbot.waitSignal(passing.told) as told:
        form.submit()
    assert "2 notes" in told.args[0]
    box = passing.box  # the status bar is too short for all of it
    assert box is not None
    assert box.isVisible()
    assert box.text().startswith("Saved as ")
    assert "2 notes" in box.informativeText()
    box.accept()
    held = packages.received(colleague, package)
    assert held.signer.name == "Heron"
    merging.merge(colleague.db, held.parcel, "Heron")
    theirs = next(one for one in notes.every(colleague.db) if one.text)
    notes.edit(colleague.db, theirs, "ميناء")
    with Workspace(*archive, write=False) as workspace:
        with opening.of_archive(archive[1], protected=False) as mine:
            own = identity.public(mine.db)
            note = next(one for one in notes.every(mine.db) if one.text)
            notes.edit(mine.db, note, "counted again")
            assert [one.form for one in shelves.exports(mine.db)] == ["package"]
        given = packages.gathered(colleague, workspace.archive.db, recipients=[own], pseudonym="柳")
        back.write_bytes(packages.packed(colleague, given))
    passing.place_to_open = lambda: back  # type: ignore[method-assign]
    screen.notebook.view.merge_wanted.emit()
    asked = wait_for(qtbot, screen, ReceivedForm)
    assert isinstance(asked, ReceivedForm)
    assert "Signed as 柳, for the first time" in asked.words
    assert "2 notes" in asked.words
    with qtbot.waitSignal(passing.told) as told:
        asked.submit()
    assert "theirs stands beside yours" in told.args[0]
    qtbot.waitUntil(lambda: len(listed(screen)) == 3)
    assert set(listed(screen)) == {"counted again", "ميناء", "一盏灯笼"}
    row = next(row for row in screen.notebook.view.listed() if rows.first_line(row) == "ميناء")
    assert "as 柳 changed it" in rows.facts(row)


def test_what_is_no_package_is_refused_in_words(screen: ArchiveScreen, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "notes.json"
    file.write_text(json.dumps({}), "utf-8")
    screen.notebook.passing.place_to_open = lambda: file  # type: ignore[method-assign]
    with qtbot.waitSignal(screen.told) as told:
        screen.notebook.view.merge_wanted.emit()
    assert "not a notebook package" in told.args[0]
    box = screen.notebook.passing.box  # the status bar is too short for what to do now
    assert box is not None
    assert box.isVisible()
    assert box.text() == told.args[0]
    box.close()
    assert screen.notebook.passing.asking is None
