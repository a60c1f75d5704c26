"""A statement saved from the window and its search asked again, with a real archive, lanes and files."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from archive.records import Confidentiality
from desktop.screen import ArchiveScreen
from desktop.statements import making
from desktop.statements.dialog import StatementDialog
from desktop.tables import TableDialog
from desktop.window import MainWindow
from desktop.work import WorkStrip
from desktop.workspace import Workspace
from index import statement_file
from index.answers import Filter, Query


@pytest.fixture
def screen(window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ArchiveScreen:
    """The screen, and a place for files that asks nobody."""
    assert window.working is not None
    (tmp_path / "saved").mkdir()
    monkeypatch.setattr(window.working.stated.statements, "_place", lambda name: tmp_path / "saved" / name)
    assert window.archive is not None
    return window.archive


@pytest.fixture(autouse=True)
def no_dialog_left() -> Iterator[None]:
    yield
    for left in QApplication.topLevelWidgets():
        if isinstance(left, StatementDialog | TableDialog):
            left.close()


def opened(qtbot: QtBot) -> StatementDialog:
    def found() -> list[StatementDialog]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, StatementDialog) and one.isVisible()]

    qtbot.waitUntil(lambda: bool(found()))
    return found()[0]


def finished(qtbot: QtBot, screen: ArchiveScreen) -> WorkStrip:
    qtbot.waitUntil(lambda: bool(screen.strips.findChildren(WorkStrip)))
    strip = screen.strips.findChildren(WorkStrip)[-1]
    qtbot.waitUntil(strip.bar.isHidden, timeout=60_000)
    return strip


def test_the_search_on_the_screen_is_stated(
    window: MainWindow, screen: ArchiveScreen, qtbot: QtBot, tmp_path: Path
) -> None:
    screen.finding.ask(Query("lantern", (Filter("country", "TH", exclude=True),), "newest"))
    window.commands["state_search"].trigger()
    asked = opened(qtbot)
    assert "lantern" in asked.said_query.text()
    assert "not Thailand" in asked.said_query.text()
    asked.signed_by.setText("Documentation desk")
    asked.form.setCurrentIndex(asked.form.findData(".json"))
    asked.submit()
    assert "not protected" in finished(qtbot, screen).words()
    kept = statement_file.read(tmp_path / "saved" / "Search statement.json")
    assert kept.made.signed_by == "Documentation desk"
    assert kept.made.name == "Lanterns"
    assert kept.query.sort == "newest"
    assert {hit.title for hit in kept.hits} == {"The harbour report", "The saved page", "ۋادىدىكى چىراغ"}
    assert not kept.confidential


def test_confidential_records_go_in_only_if_chosen(
    window: MainWindow, screen: ArchiveScreen, qtbot: QtBot, tmp_path: Path
) -> None:
    assert window.session is not None
    with Workspace(window.session.path, window.session.key, write=True) as writer:
        river = writer.search(Query("title:灯笼")).hits[0].id
        writer.correct_many([river], {}, Confidentiality.CONFIDENTIAL)
        writer.catch_up()
    screen.finding.ask(Query("灯笼"))
    for chosen in (False, True):
        window.commands["state_search"].trigger()
        asked = opened(qtbot)
        asked.confidential.setChecked(chosen)
        asked.form.setCurrentIndex(asked.form.findData(".json"))
        asked.submit()
        assert "not protected" in finished(qtbot, screen).words()
        place = tmp_path / "saved" / "Search statement.json"
        assert statement_file.read(place).total == int(chosen)
        place.unlink()
        for strip in screen.strips.findChildren(WorkStrip):
            strip.deleteLater()
        qtbot.waitUntil(lambda: not screen.strips.findChildren(WorkStrip))


def test_a_pdf_can_be_stopped_and_leaves_nothing(
    window: MainWindow, screen: ArchiveScreen, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    going = threading.Event()
    real = making.made

    def waiting(*given: object, **more: object) -> object:
        going.wait(30)
        return real(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(making, "made", waiting)
    window.commands["state_search"].trigger()
    opened(qtbot).submit()
    qtbot.waitUntil(lambda: bool(screen.strips.findChildren(WorkStrip)))
    screen.strips.findChildren(WorkStrip)[0].stop_button.click()
    going.set()
    assert "Stopped" in finished(qtbot, screen).words()
    assert not list((tmp_path / "saved").iterdir())


def test_a_saved_search_is_asked_again(window: MainWindow, screen: ArchiveScreen, qtbot: QtBot, tmp_path: Path) -> None:
    assert window.session is not None
    assert window.working is not None
    place = tmp_path / "then.json"
    with Workspace(window.session.path, window.session.key, write=True) as writer:
        place.write_bytes(making.rendered(making.made(writer, "Lanterns", Query("lantern")), ".json"))
        (tmp_path / "new.txt").write_text("One more lantern.\n")
        writer.import_([tmp_path / "new.txt"])
        writer.catch_up()
    window.working.stated.statements.ask_again(place)
    strip = finished(qtbot, screen)
    assert "1 are new, 0 are gone" in strip.words()
    strip.report_button.click()
    (table,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, TableDialog) and one.isVisible())
    new = [line for line in table.listed() if line.cells[1] == "new"]
    assert len(new) == 1
    table.record_wanted.emit(new[0].record)
    qtbot.waitUntil(lambda: screen.reading.record == new[0].record)


def test_a_file_that_is_no_statement_is_said(
    window: MainWindow, screen: ArchiveScreen, qtbot: QtBot, tmp_path: Path
) -> None:
    assert window.working is not None
    (tmp_path / "other.json").write_text("{}")
    window.working.stated.statements.ask_again(tmp_path / "other.json")
    assert "not a search statement" in finished(qtbot, screen).words()
