"""Links, corrections and judgements are taken back and done again, the last one first, wherever one stands."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from archive.cases.links import Link
from archive.cases.records import Assessment
from archive.records import Confidentiality, Document
from desktop.read.correct import CorrectDialog
from desktop.review.asking import ProtectDialog
from desktop.review.hanging import Together
from desktop.review.linking import LinkDialog
from desktop.review.many import CorrectManyDialog
from desktop.screen import ArchiveScreen
from desktop.workspace import Workspace
from tests.desktop.review.conftest import change, dialog, press, stored
from tests.desktop.review.test_details import cited, open_details
from tests.desktop.review.test_facts import judge, line

__all__ = ["cited"]  # the fixture is theirs


def documents(screen: ArchiveScreen) -> dict[str, Document]:
    with Workspace(screen.session.path, screen.session.key, write=False) as workspace:
        rows = workspace.archive.db.conn.execute("SELECT uuid FROM document ORDER BY row").fetchall()
        return {row[0]: workspace.documents.get(row[0]) for row in rows}


def links(screen: ArchiveScreen, document: str) -> set[tuple[str, str]]:
    with Workspace(screen.session.path, screen.session.key, write=False) as workspace:
        return {(str(one.relation), one.other) for one in workspace.cases.linked(document)}


def turn(qtbot: QtBot, screen: ArchiveScreen, name: str) -> str:
    """Undo or redo; what was told."""
    with qtbot.waitSignal(screen.entry.told) as said:
        screen._commands[name].trigger()
    assert said.args is not None
    return str(said.args[0])


def test_a_link_is_taken_back_and_done_again(screen: ArchiveScreen, cited: str, qtbot: QtBot) -> None:
    other = next(one for one in documents(screen) if one != cited)
    before = links(screen, cited)
    open_details(qtbot, screen, cited)
    screen.review.linking.add(cited)
    chosen = dialog(qtbot, LinkDialog)
    chosen.relation.setCurrentIndex(chosen.relation.findData(str(Link.CITES)))
    chosen.choices.line.setText(other)
    with qtbot.waitSignal(screen.review.made):
        chosen.submit()
    after = links(screen, cited)
    assert after - before == {(str(Link.CITES), other)}
    assert "link was added" in turn(qtbot, screen, "undo")
    assert links(screen, cited) == before
    turn(qtbot, screen, "redo")
    assert links(screen, cited) == after
    turn(qtbot, screen, "undo")
    assert links(screen, cited) == before


def test_a_link_taken_away_comes_back(screen: ArchiveScreen, cited: str, qtbot: QtBot) -> None:
    other = next(one for one in documents(screen) if one != cited)
    change(screen, lambda cases: cases.link(cited, Link.CITES, other))
    open_details(qtbot, screen, cited)
    remove(qtbot, screen, cited, other)
    assert (str(Link.CITES), other) not in links(screen, cited)
    turn(qtbot, screen, "undo")
    assert (str(Link.CITES), other) in links(screen, cited)
    turn(qtbot, screen, "redo")
    assert (str(Link.CITES), other) not in links(screen, cited)


def remove(qtbot: QtBot, screen: ArchiveScreen, document: str, other: str) -> None:
    with qtbot.waitSignal(screen.review.made):
        screen.review.linking.remove(document, Together(Link.CITES, other, title="", is_document=True, backwards=False))


def correct_all(qtbot: QtBot, screen: ArchiveScreen) -> None:
    screen._commands["correct_many"].trigger()
    many = dialog(qtbot, CorrectManyDialog)
    many.lines["publisher"].setText("Valley Press")
    many.ticks["publisher"].setChecked(True)
    many.ticks["confidentiality"].setChecked(True)
    many.confidentiality.setCurrentIndex(many.confidentiality.findData("confidential"))
    with qtbot.waitSignal(screen.review.made):
        many.submit()


def test_a_correction_of_many_is_taken_back_and_done_again(screen: ArchiveScreen, qtbot: QtBot) -> None:
    before = documents(screen)
    correct_all(qtbot, screen)
    after = documents(screen)
    assert {one.metadata.publisher for one in after.values()} == {"Valley Press"}
    assert {one.confidentiality for one in after.values()} == {Confidentiality.CONFIDENTIAL}
    said = turn(qtbot, screen, "undo")
    assert f"{len(before)} documents were corrected" in said
    assert documents(screen) == before
    turn(qtbot, screen, "redo")
    assert documents(screen) == after


def test_a_correction_of_many_is_not_taken_back_over_what_another_changed(screen: ArchiveScreen, qtbot: QtBot) -> None:
    correct_all(qtbot, screen)
    identity, document = next(iter(documents(screen).items()))
    with Workspace(screen.session.path, screen.session.key, write=True) as other:
        other.correct(document, replace(document.metadata, publisher="Hill Press"))
    before = documents(screen)
    with qtbot.waitSignal(screen.entry.failed) as failed:
        screen._commands["undo"].trigger()
    assert failed.args is not None
    assert failed.args[0].code == "changed-meanwhile"
    assert documents(screen) == before
    assert before[identity].metadata.publisher == "Hill Press"
    for box in QApplication.topLevelWidgets():
        if isinstance(box, QMessageBox) and box.isVisible():
            box.close()


def test_a_correction_of_the_document_that_is_read_is_taken_back(
    screen: ArchiveScreen, cited: str, qtbot: QtBot
) -> None:
    open_details(qtbot, screen, cited)
    before = documents(screen)[cited]
    for publisher in ("Valley Press", "Hill Press"):
        screen.reading.correct()
        one = dialog(qtbot, CorrectDialog)
        one.lines["publisher"].setText(publisher)
        with qtbot.waitSignal(screen.reading.made):
            one.submit()
        qtbot.waitUntil(lambda: read(screen) == documents(screen)[cited].metadata.publisher)
    turn(qtbot, screen, "undo")
    assert documents(screen)[cited].metadata.publisher == "Valley Press"
    qtbot.waitUntil(lambda: read(screen) == "Valley Press")
    turn(qtbot, screen, "undo")
    assert documents(screen)[cited] == before


def read(screen: ArchiveScreen) -> str:
    return screen.reading.document.metadata.publisher if screen.reading.document else ""


def test_what_was_done_on_a_page_and_elsewhere_is_taken_back_in_turn(page: ArchiveScreen, qtbot: QtBot) -> None:
    fact = line(page).fact
    made = judge(qtbot, page, Assessment.PROBABLE, "two pages say so")
    with qtbot.waitSignal(page.review.made):
        qtbot.keyClick(made.reason, Qt.Key.Key_Return)
    one, other = [*documents(page)][:2]
    change(page, lambda cases: cases.link(one, Link.CITES, other))
    remove(qtbot, page, one, other)
    turn(qtbot, page, "undo")
    assert (str(Link.CITES), other) in links(page, one)
    assert stored(page, fact).assessment is Assessment.PROBABLE
    turn(qtbot, page, "undo")
    assert stored(page, fact).assessment is Assessment.NONE
    turn(qtbot, page, "redo")
    assert stored(page, fact).assessment is Assessment.PROBABLE
    assert stored(page, fact).assessment_reason == "two pages say so"


def test_what_was_protected_is_protected_again(page: ArchiveScreen, qtbot: QtBot) -> None:
    fact = line(page).fact
    level = stored(page, fact).confidentiality
    press(qtbot, page, Qt.Key.Key_P)
    protecting = dialog(qtbot, ProtectDialog)
    assert protecting.fact is not None
    protecting.fact.setCurrentIndex(protecting.fact.findData("confidential"))
    with qtbot.waitSignal(page.review.made):
        protecting.submit()
    turn(qtbot, page, "undo")
    assert stored(page, fact).confidentiality is level
    turn(qtbot, page, "redo")
    assert stored(page, fact).confidentiality is Confidentiality.CONFIDENTIAL
