"""The wizard: it proposes what columns mean, says at once what would come, and brings just that."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from archive.cases.exchange import mapping, table_import
from archive.cases.records import Kind
from archive.keys import ArchiveKey
from archive.records import Confidentiality
from desktop.incoming import wizard as wizard_module
from desktop.incoming.column_grid import Shortened
from desktop.incoming.controller import IncomingController
from desktop.incoming.meanings import MeaningsDialog
from desktop.incoming.wizard import TableWizard
from desktop.work import WorkStrip, WorkStrips
from desktop.workspace import Workspace
from tests.desktop.incoming.conftest import asked

Looking = Callable[[TableWizard], None]
MAPS = Path(__file__).parents[3] / "docs" / "maps"


def listed_problems(wizard: TableWizard) -> set[tuple[str, str, str]]:
    model = wizard.problems.model()
    return {tuple(model.index(row, column).data() for column in range(3)) for row in range(model.rowCount())}


def subjects(archive: tuple[Path, ArchiveKey], kind: Kind) -> list[str]:
    with Workspace(*archive, write=False) as workspace:
        return [one.label for one in workspace.cases.of_kind(kind)]


def test_it_proposes_and_lists_problems_by_row_and_column(wizard: TableWizard) -> None:
    rows = wizard.grid.rows
    assert [rows[name].field.meant() for name in ("Name", "Date of Birth", "Outcome")] == ["name", "born", "outcome"]
    assert rows["Date of Birth"].dates.meant() == "dmy"
    assert rows["Source"].subject.currentText() == "What the row rests on"
    assert rows["No"].subject.currentText() == "Not imported"
    assert wizard.told.empty == {"unknown"}
    assert listed_problems(wizard) == {("3", "Date of Birth", "30/02/1971")}
    assert wizard.found is not None
    assert wizard.found.comes.subjects == {"person": 3, "case": 3, "event": 3}
    assert "Not imported: No." in wizard.counts.text()


def test_what_is_corrected_is_looked_at_again(wizard: TableWizard, looked: Looking) -> None:
    wizard.grid.rows["Date of Birth"].dates.choose("mdy")
    assert wizard.found is None
    looked(wizard)
    assert len(listed_problems(wizard)) == 3
    beside_problems = wizard.grid.height()
    wizard.grid.rows["Date of Birth"].subject.choose("")
    looked(wizard)
    assert not listed_problems(wizard)
    assert wizard.problems.isHidden()
    assert wizard.grid.height() > beside_problems
    wizard.identity.choose("No")
    looked(wizard)
    assert wizard.found is not None
    assert wizard.found.comes.subjects["person"] == 3
    assert wizard.found.comes.subjects["case"] == 4


def test_persons_are_never_told_apart_by_their_name(wizard: TableWizard) -> None:
    assert wizard.identity.findData("Name") < 0
    assert wizard.identity.findData("No") > 0


def test_what_is_imported_is_what_was_said(
    wizard: TableWizard, incoming: IncomingController, archive: tuple[Path, ArchiveKey], looked: Looking, qtbot: QtBot
) -> None:
    wizard.happened[0].choose("detention")
    looked(wizard)
    with qtbot.waitSignal(incoming.changed):
        QTest.mouseClick(wizard.go_on, Qt.MouseButton.LeftButton)
    assert sorted(subjects(archive, Kind.PERSON)) == ["Person A", "Person A", "Person C"]
    assert len(subjects(archive, Kind.CASE)) == 3


def test_rows_with_a_problem_come_where_it_is_said_so(
    wizard: TableWizard, incoming: IncomingController, archive: tuple[Path, ArchiveKey], looked: Looking, qtbot: QtBot
) -> None:
    wizard.with_problems.setChecked(True)
    looked(wizard)
    with qtbot.waitSignal(incoming.changed):
        wizard.submit()
    assert "Person B" in subjects(archive, Kind.PERSON)
    with Workspace(*archive, write=False) as workspace:
        facts = workspace.archive.db.conn.execute("SELECT value FROM fact WHERE field = 'born'").fetchall()
    assert {value for (value,) in facts} == {"1970-01-31", "1972-06-05"}


def test_what_is_stopped_keeps_whole_rows_says_so_and_goes_on(
    wizard: TableWizard,
    incoming: IncomingController,
    strips: WorkStrips,
    archive: tuple[Path, ArchiveKey],
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    monkeypatch.setattr(table_import, "BATCH_SECONDS", 0.0)
    monkeypatch.setattr(table_import, "PAUSE_SECONDS", 1.0)
    seen, told = wizard.seen, wizard.told
    wizard.reject()
    with qtbot.waitSignal(incoming.changed):
        incoming.take(seen, told, False)
        (strip,) = strips.findChildren(WorkStrip)
        qtbot.waitUntil(lambda: "1 of 3 rows" in strip.words())
        strip.stop_button.click()
    assert "1 person, 1 case" in strip.words()
    assert "the same import goes on there" in strip.words()
    assert len(subjects(archive, Kind.CASE)) == 1
    with qtbot.waitSignal(incoming.changed):
        incoming.take(seen, told, False)
    assert sorted(subjects(archive, Kind.PERSON)) == ["Person A", "Person A", "Person C"]
    assert len(subjects(archive, Kind.CASE)) == 3


def test_what_is_there_already_is_told_apart_from_what_would_come(
    wizard: TableWizard, incoming: IncomingController, host: QWidget, listed: str, looked: Looking, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(incoming.changed):
        wizard.submit()
    qtbot.waitUntil(lambda: not host.findChildren(TableWizard))
    incoming.show(listed)
    again = asked(host, TableWizard, qtbot)
    looked(again)
    assert again.found is not None
    assert (again.found.comes.subjects, again.found.comes.facts) == ({}, 0)
    assert again.found.comes.known > 20
    assert "Nothing new would come." in again.counts.text()
    assert f"{again.found.comes.known} facts are there already." in again.counts.text()
    again.with_problems.setChecked(True)
    looked(again)
    assert again.found.comes.subjects == {"person": 1, "case": 1, "event": 1}


def test_of_very_many_problems_the_first_are_listed(
    wizard: TableWizard, looked: Looking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wizard_module, "LISTED", 2)
    wizard.grid.rows["Date of Birth"].dates.choose("mdy")
    looked(wizard)
    assert wizard.problems.count() == 2
    assert wizard.more.text() == "1 more problem is not listed."
    assert not wizard.more.isHidden()
    wizard.grid.rows["Date of Birth"].dates.choose("dmy")
    looked(wizard)
    assert wizard.more.isHidden()


def test_leaving_imports_nothing(wizard: TableWizard, archive: tuple[Path, ArchiveKey]) -> None:
    QTest.keyClick(wizard, Qt.Key.Key_Escape)
    assert not wizard.isVisible()
    assert not subjects(archive, Kind.PERSON)


def test_the_map_saved_is_the_map_shown(wizard: TableWizard, saved: list[tuple[str, bytes]]) -> None:
    wizard.save_button.click()
    ((name, content),) = saved
    assert name == "list.toml"
    assert mapping.read(content.decode()) == wizard.told


def test_a_map_of_another_table_says_what_is_missing(wizard: TableWizard, looked: Looking) -> None:
    told = mapping.read((MAPS / "speech-cases.toml").read_text("utf-8"))
    wizard.with_map(told)
    looked(wizard)
    assert wizard.told == told
    assert ("1", "人物", "") in listed_problems(wizard)
    wizard.submit()
    assert wizard.isVisible()
    assert "Nothing would come" in wizard.said.text()


def test_a_map_is_opened_from_a_file_and_one_that_does_not_hold_says_why(
    wizard: TableWizard, incoming: IncomingController, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot
) -> None:
    place = tmp_path / "map.toml"
    monkeypatch.setattr(incoming, "_file", lambda *_: place)
    before = wizard.told
    place.write_text("[subject.person]\nkind = 'person'\n[[subject.person.field]]\nfield = 'name'\n", "utf-8")
    wizard.open_button.click()
    qtbot.waitUntil(lambda: "needs a column" in wizard.said.text())
    assert wizard.told == before
    place.write_bytes((MAPS / "prisoners.toml").read_bytes())
    wizard.open_button.click()
    qtbot.waitUntil(lambda: wizard.told.origins == ("Source",) and "measure" in [one.name for one in wizard.told.parts])


def test_words_of_a_column_get_meanings(wizard: TableWizard, looked: Looking, qtbot: QtBot) -> None:
    wizard.grid.rows["Outcome"].words.click()
    dialog = asked(wizard, MeaningsDialog, qtbot)
    assert set(dialog.boxes) == {"released", "in custody"}
    dialog.boxes["in custody"].choose("sentenced")
    dialog.submit()
    looked(wizard)
    text = wizard.told
    assert {
        rule.column: dict(rule.synonyms) for part in text.parts for rule in part.rules if rule.field == "outcome"
    } == {"Outcome": {"in custody": "sentenced"}}


def test_first_values_that_do_not_fit_end_in_an_ellipsis(wizard: TableWizard) -> None:
    first = wizard.grid.rows["Source"].first
    assert isinstance(first, Shortened)
    assert first.fitting().endswith("…")
    assert first.text().startswith(first.fitting()[:-1])


def test_tab_goes_from_box_to_box(wizard: TableWizard) -> None:
    row = wizard.grid.rows["Name"]
    row.subject.setFocus()
    QTest.keyClick(row.subject, Qt.Key.Key_Tab)
    assert row.field.hasFocus()
    QTest.keyClick(row.field, Qt.Key.Key_Tab)
    assert row.separators.hasFocus()


def test_every_column_can_be_left_out_and_taken_again(wizard: TableWizard, looked: Looking, qtbot: QtBot) -> None:
    for part in ("", "(origin)", "case"):
        for row in wizard.grid.rows.values():
            row.subject.choose(part)
            assert row.subject.meant() == part
    looked(wizard)
    assert {part.name for part in wizard.told.parts} == {"case"}
    for row in wizard.grid.rows.values():
        row.subject.choose("")
    qtbot.waitUntil(lambda: "Say what the columns mean" in wizard.counts.text())
    assert not wizard.go_on.isEnabled()


def test_a_file_becomes_a_document_first(
    incoming: IncomingController, archive: tuple[Path, ArchiveKey], host: QWidget, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "other.csv"
    file.write_text("Name,Place\nPerson D,A town\nPerson E,A town\n", "utf-8")
    with qtbot.waitSignal(incoming.changed):
        incoming.bring(file, Confidentiality.CONFIDENTIAL)
    assert [one.name for one in asked(host, TableWizard, qtbot).seen.columns] == ["Name", "Place"]
    with Workspace(*archive, write=False) as workspace:
        found = workspace.archive.db.conn.execute(
            "SELECT confidentiality FROM document ORDER BY row DESC LIMIT 1"
        ).fetchone()
    assert found == ("confidential",)


def test_a_file_that_is_gone_is_said(
    incoming: IncomingController, strips: WorkStrips, tmp_path: Path, qtbot: QtBot
) -> None:
    incoming.bring(tmp_path / "gone.csv", Confidentiality.RESTRICTED)
    qtbot.waitUntil(lambda: "gone.csv" in strips.findChildren(WorkStrip)[0].words())


def test_enter_never_imports_but_on_the_button(wizard: TableWizard, looked: Looking, qtbot: QtBot) -> None:
    wizard.empty.setFocus()
    QTest.keyClicks(wizard.empty, "; none")
    QTest.keyClick(wizard.empty, Qt.Key.Key_Return)
    assert wizard.isVisible()
    assert wizard.told.empty == {"unknown", "none"}
    looked(wizard)
    wizard.go_on.setFocus()
    with qtbot.waitSignal(wizard.accepted):
        QTest.keyClick(wizard.go_on, Qt.Key.Key_Return)
