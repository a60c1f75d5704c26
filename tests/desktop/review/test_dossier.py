"""A dossier says whom it names before it is saved, and is saved whole under a new name; citations are copied."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from archive.notebook import opening, shelves
from archive.notebook.records import Export
from desktop.find.places import CASES
from desktop.review.dossier import DossierDialog, Wanted
from desktop.screen import ArchiveScreen
from desktop.work import WorkStrip
from tests.desktop.cases.test_reading import go_to, open_case
from tests.desktop.review.conftest import CASE, dialog


def finished(qtbot: QtBot, screen: ArchiveScreen) -> str:
    """What the strip says once the work is done."""
    (strip,) = screen.strips.findChildren(WorkStrip)
    qtbot.waitUntil(strip.bar.isHidden, timeout=60_000)
    return strip.words()


def told(qtbot: QtBot) -> DossierDialog:
    asked = dialog(qtbot, DossierDialog)
    qtbot.waitUntil(asked.go_on.isEnabled)
    return asked


@pytest.fixture
def place(screen: ArchiveScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the person lets files lie."""
    folder = tmp_path / "saved"
    folder.mkdir()
    monkeypatch.setattr(screen.review.dossiers, "_place", lambda name: folder / name)
    return folder


def test_the_dossier_of_a_case_names_people_before_it_is_saved(
    screen: ArchiveScreen, place: Path, qtbot: QtBot
) -> None:
    open_case(qtbot, screen, CASE)
    screen._commands["dossier"].trigger()
    asked = told(qtbot)
    assert "will not be protected" in asked.warning.text()
    assert "names" in asked.warning.text()
    assert "kept out" in asked.kept_out.text()
    before = asked.warning.text()
    asked.confidential.setChecked(True)
    assert not asked.go_on.isEnabled()
    qtbot.waitUntil(asked.go_on.isEnabled)
    assert "0 are kept out" in asked.kept_out.text()
    assert before
    asked.form.setCurrentIndex(asked.form.findData(".html"))
    asked.submit()
    assert "not protected" in finished(qtbot, screen)
    (file,) = place.iterdir()
    text = file.read_text("utf-8")
    assert file.suffix == ".html"
    assert "Dong Guangping" in text


def test_what_was_saved_is_remembered_with_all_that_it_tells_of(
    screen: ArchiveScreen, place: Path, qtbot: QtBot
) -> None:
    open_case(qtbot, screen, CASE)
    session = screen.session
    case, facts = screen.cases.record, {one.id for one in screen.cases.facts_shown()}
    screen.review.dossiers.save((case,), Wanted(".html", True, False), place / "all.html")

    def exports() -> tuple[Export, ...]:
        with opening.of_archive(session.key, protected=session.protected) as notebook:
            return shelves.exports(notebook.db)

    qtbot.waitUntil(lambda: bool(exports()), timeout=60_000)
    (one,) = exports()
    assert (one.what, one.form) == ("dossier", "html")
    assert case in one.records
    assert facts & {*one.records}


def test_nothing_is_written_over(screen: ArchiveScreen, place: Path, qtbot: QtBot) -> None:
    open_case(qtbot, screen, CASE)
    there = place / "there.html"
    there.write_text("mine", "utf-8")
    screen.review.dossiers.save((screen.cases.record,), Wanted(".html", False, False), there)
    assert "already there" in finished(qtbot, screen)
    assert there.read_text("utf-8") == "mine"


def test_marked_cases_go_into_one_dossier(screen: ArchiveScreen, qtbot: QtBot) -> None:
    go_to(qtbot, screen, CASES)
    table = screen.overview_view.table
    qtbot.waitUntil(lambda: table.rows.rowCount() > 2 and table.rows.case(1) is not None)
    table.setFocus()
    table.choose_first()
    table.selectRow(0)
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    screen._commands["dossier"].trigger()
    asked = told(qtbot)
    assert any("2 cases" in label.text() for label in asked.findChildren(type(asked.warning)))
    asked.reject()


@pytest.mark.parametrize("form", ["cite", "cite_csl", "cite_bibtex", "cite_ris"])
def test_a_citation_is_copied(screen: ArchiveScreen, qtbot: QtBot, form: str) -> None:
    hit = next(hit for row in range(20) if (hit := screen.results.hits.hit(row)) and hit.kind == "document")
    with qtbot.waitSignal(screen.reading.opened):
        screen.going.open_record(hit.id)
    with qtbot.waitSignal(screen.review.citing.told):
        screen._commands[form].trigger()
    copied = QGuiApplication.clipboard().text()
    assert screen.reading.document is not None
    if form == "cite_csl":
        assert json.loads(copied)[0]["title"] == " ".join(screen.reading.document.metadata.title.split())
    else:
        assert {"cite": hit.title.text[:20], "cite_bibtex": "@", "cite_ris": "TY  - "}[form] in copied
