from __future__ import annotations

import threading
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from archive.cases import facts, subjects
from archive.cases.records import Citation, Entry, Kind, Subject
from archive.container import Archive
from archive.keys import ArchiveKey
from archive.notebook import notes, opening, shelves
from archive.notebook.records import Colour
from archive.withdrawal.tombstones import Reason
from archive.withdrawal.withdrawal import Withdrawal
from desktop.screen import ArchiveScreen
from desktop.tables import TableDialog
from desktop.window import MainWindow
from desktop.withdrawal.controller import WithdrawController
from desktop.withdrawal.dialog import WithdrawDialog
from desktop.withdrawing import Withdrawals
from desktop.work import WorkStrip
from desktop.workspace import Workspace
from tests import pages

D = TypeVar("D", bound=QDialog)
TITLE = "The harbour report"


@pytest.fixture
def screen(window: MainWindow) -> ArchiveScreen:
    assert window.archive is not None
    return window.archive


@pytest.fixture
def withdrawing(window: MainWindow, screen: ArchiveScreen) -> WithdrawController:
    return window.working.withdrawing


def opened(qtbot: QtBot, kind: type[D]) -> D:
    def there() -> list[D]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]

    qtbot.waitUntil(lambda: bool(there()))
    return there()[0]


def read(qtbot: QtBot, screen: ArchiveScreen, words: str) -> str:
    """Read the first hit; gives its id."""
    screen.finding.ask(screen.finding.fresh(words))
    screen.finding.read_first()
    qtbot.waitUntil(lambda: screen.reading.is_open)
    return screen.reading.record


def asked(qtbot: QtBot, screen: ArchiveScreen) -> WithdrawDialog:
    screen._commands["withdraw"].trigger()
    dialog = opened(qtbot, WithdrawDialog)
    qtbot.waitUntil(lambda: bool(dialog.title.text()))
    return dialog


def test_nothing_can_be_withdrawn_before_it_was_read_reasoned_and_confirmed(
    withdrawing: WithdrawController, screen: ArchiveScreen, qtbot: QtBot
) -> None:
    read(qtbot, screen, "lighthouse")
    dialog = asked(qtbot, screen)
    assert dialog.title.text() == TITLE
    assert "1 document goes" in dialog.what.toPlainText()
    assert TITLE in dialog.what.toPlainText()
    assert "cannot be taken back" in dialog.sure.text()
    assert [button.isChecked() for button in dialog.reasons.buttons()] == [False] * 4
    assert not dialog.go_on.isEnabled()
    dialog.sure.setChecked(True)
    assert not dialog.go_on.isEnabled()
    dialog.reasons.buttons()[0].setChecked(True)
    assert dialog.go_on.isEnabled()
    dialog.sure.setChecked(False)
    assert not dialog.go_on.isEnabled()
    dialog.reject()


def test_it_goes_from_the_archive_the_list_and_the_notebook(
    withdrawing: WithdrawController, window: MainWindow, screen: ArchiveScreen, qtbot: QtBot, data_folder: Path
) -> None:
    record = read(qtbot, screen, "lighthouse keeper")
    path, key = screen.session.path, screen.session.key
    fill_notebook(key, screen, record)
    screen.notebook.remember(TITLE)
    qtbot.waitUntil(lambda: TITLE in screen.notebook.past.memory.past)
    dialog = asked(qtbot, screen)
    dialog.reasons.button(list(Reason).index(Reason.LEGAL)).setChecked(True)
    dialog.sure.setChecked(True)
    dialog.go_on.click()

    said = opened(qtbot, TableDialog)
    assert "1 record was withdrawn, for a legal reason." in said._sentence.text()
    assert "1 of your notes mentions what was withdrawn. The quotations are gone" in said._sentence.text()
    assert "You exported a dossier (PDF) with this record on" in said._sentence.text()
    said.reject()
    assert not screen.reading.is_open
    qtbot.waitUntil(lambda: TITLE not in screen.notebook.past.memory.past)
    assert TITLE in window.working.publishing._withdrawn  # what is said of the next release is looked through for it
    qtbot.waitUntil(lambda: ends(path, key) == [], timeout=60_000)
    screen.finding.ask(screen.finding.fresh("lighthouse"))
    qtbot.waitUntil(lambda: screen.results.is_empty)
    with opening.of_archive(key, protected=False) as notebook:
        (note,) = notes.every(notebook.db)
        assert (note.text, note.passage) == ("To be asked again.", None)


def test_what_was_opened_while_it_was_withdrawn_is_not_left_on_the_screen(
    withdrawing: WithdrawController, screen: ArchiveScreen, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = read(qtbot, screen, "lighthouse keeper")
    with Workspace(screen.session.path, screen.session.key, write=False) as workspace:
        seen = workspace.withdrawals.preview(record)
    is_open, really = threading.Event(), Withdrawals.withdraw

    def slow(*given: Any) -> Withdrawal:
        assert is_open.wait(30)
        return really(*given)

    monkeypatch.setattr(Withdrawals, "withdraw", slow)
    withdrawing.withdraw(seen, Reason.PERSON, "")
    assert not screen.reading.is_open
    screen.going.open_record(record)  # which is still listed
    qtbot.waitUntil(lambda: screen.reading.is_open)
    is_open.set()
    qtbot.waitUntil(lambda: not screen.reading.is_open)
    assert "nine boats" not in screen.pane.text.whole_text() or not screen.pane.text.isVisible()


def fill_notebook(key: ArchiveKey, screen: ArchiveScreen, record: str) -> None:
    """Have a note on a passage of the record, and remember an export that held it."""
    with (
        opening.of_archive(key, protected=False) as notebook,
        Archive(screen.session.path, key, write=False) as archive,
    ):
        place = notes.passage(archive.db, record, 1, 4, 21)
        notes.add(notebook.db, record, "To be asked again.", passage=place, colour=Colour.PINK)
        shelves.note_export(notebook.db, "dossier", "pdf", [record])


def ends(path: Path, key: ArchiveKey) -> list[tuple[str, str]]:
    """What of its words the pages of the archive's files hold."""
    try:
        return pages.holding(pages.of_archive(path, key), "ighthouse", "harbour report")
    except FileNotFoundError:  # an older index went at this moment
        return [("", "")]


def test_what_is_refused_is_said_where_it_was_asked_for(
    withdrawing: WithdrawController, screen: ArchiveScreen, qtbot: QtBot
) -> None:
    dialog = withdrawing.ask("00000000-0000-4000-8000-000000000000")
    qtbot.waitUntil(lambda: bool(dialog.said.text()))
    assert dialog.said.text().startswith("No record has the id")
    dialog.sure.setChecked(True)
    dialog.reasons.buttons()[0].setChecked(True)
    assert not dialog.go_on.isEnabled()
    dialog.reject()


def test_a_fact_is_replaced_by_the_right_one_in_one_step(
    withdrawing: WithdrawController, screen: ArchiveScreen, qtbot: QtBot
) -> None:
    document = read(qtbot, screen, "lighthouse")
    path, key = screen.session.path, screen.session.key
    with Archive(path, key, write=True) as archive:
        person = subjects.create(archive.db, Kind.PERSON, who="desk")
        said = [Entry(person.id, "born", "1970-01-01")]
        (wrong,) = facts.record(archive.db, Citation(document, 1, 0, 10), said, who="desk")
    dialog = withdrawing.ask(wrong.fact)
    qtbot.waitUntil(lambda: bool(dialog.title.text()))
    assert dialog.instead.isVisible()
    dialog.reasons.button(list(Reason).index(Reason.REPLACED)).setChecked(True)
    dialog.sure.setChecked(True)
    dialog.instead.setText("the other year")
    dialog.go_on.click()
    qtbot.waitUntil(lambda: "the other year" in dialog.said.text())
    assert dialog.isVisible()
    assert dialog.go_on.isEnabled()
    dialog.instead.setText("1971")
    dialog.go_on.click()
    qtbot.waitUntil(lambda: standing(path, key, person) == [("born", "1971")])
    assert not dialog.isVisible()


def standing(path: Path, key: ArchiveKey, person: Subject) -> list[tuple[str, str]]:
    with Archive(path, key, write=False) as archive:
        return [(one.field, one.value) for one in facts.of_subject(archive.db, person)]


def test_only_a_fact_has_a_right_value(withdrawing: WithdrawController, screen: ArchiveScreen, qtbot: QtBot) -> None:
    read(qtbot, screen, "lighthouse")
    dialog = asked(qtbot, screen)
    assert not dialog.instead.isVisible()
    dialog.reject()


def test_readers_see_none_of_it(withdrawing: WithdrawController, screen: ArchiveScreen) -> None:
    withdrawing.set_writable(False)
    assert not screen._commands["withdraw"].isVisible()
    assert not withdrawing.fact_action.isEnabled()
    assert screen.findChildren(WorkStrip) == []


def test_names_from_right_to_left_turn_no_line_round(
    withdrawing: WithdrawController, screen: ArchiveScreen, qtbot: QtBot
) -> None:
    document = read(qtbot, screen, "چىراغ")
    with Archive(screen.session.path, screen.session.key, write=True) as archive:
        person = subjects.create(archive.db, Kind.PERSON, who="desk")
        facts.record(archive.db, Citation(document, 1, 0, 10), [Entry(person.id, "name", "ئايگۈل")], who="desk")
    dialog = asked(qtbot, screen)
    words = dialog.what.toPlainText()
    assert "\n\u200e    \u2068ئايگۈل\u2069 · Name: \u2068ئايگۈل\u2069\n" in words
    block = dialog.what.document().findBlock(words.index("· Name"))
    assert block.textDirection() is Qt.LayoutDirection.LeftToRight
    dialog.reject()
