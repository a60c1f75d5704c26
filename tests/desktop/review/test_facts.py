"""A fact is judged, set apart and protected with keys; what was done is taken back; nothing is overwritten."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from archive import texts
from archive.cases.records import Assessment, State
from archive.connect import writing
from archive.reading.result import Page, Reading
from archive.records import Confidentiality, Metadata
from desktop.cases.lines import Line, Shape
from desktop.review.asking import ApartDialog, JudgeDialog, ProtectDialog
from desktop.screen import ArchiveScreen
from desktop.workspace import Workspace
from tests.desktop.review.conftest import change, dialog, press, shown_after, stored


def choose(box: QComboBox, value: object) -> None:
    box.setCurrentIndex(box.findData(str(value)))


def line(screen: ArchiveScreen) -> Line:
    found = screen.case_view.page.line()
    assert found is not None
    return found


def judge(qtbot: QtBot, screen: ArchiveScreen, assessment: Assessment, reason: str) -> JudgeDialog:
    press(qtbot, screen, Qt.Key.Key_J)
    asked = dialog(qtbot, JudgeDialog)
    choose(asked.choice, assessment)
    asked.reason.setText(reason)
    return asked


def undo(qtbot: QtBot, screen: ArchiveScreen) -> None:
    shown_after(qtbot, screen, lambda: press(qtbot, screen, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier))


def test_a_fact_is_judged_and_the_judgement_taken_back(page: ArchiveScreen, qtbot: QtBot) -> None:
    fact = line(page).fact
    asked = judge(qtbot, page, Assessment.PROBABLE, "two independent pages say so")
    shown_after(qtbot, page, lambda: qtbot.keyClick(asked.reason, Qt.Key.Key_Return))
    assert line(page).fact == fact
    assert "we judge: probable" in line(page).mark
    assert "two independent pages say so" in page.case_view.sources.texts()[0]
    undo(qtbot, page)
    assert "we judge" not in line(page).mark
    assert stored(page, fact).assessment is Assessment.NONE


def test_a_judgement_wants_a_reason(page: ArchiveScreen, qtbot: QtBot) -> None:
    asked = judge(qtbot, page, Assessment.CONFIRMED, " ")
    asked.submit()
    assert asked.isVisible()
    assert "reason" in asked.said.text()
    asked.reject()
    assert stored(page, line(page).fact).assessment is Assessment.NONE


def test_what_another_window_judged_is_not_overwritten(page: ArchiveScreen, qtbot: QtBot) -> None:
    fact = line(page).fact
    asked = judge(qtbot, page, Assessment.DOUBTFUL, "one page only")
    change(page, lambda cases: cases.assess(fact, Assessment.CONFIRMED, "the other desk saw the paper"))
    asked.submit()
    qtbot.waitUntil(lambda: "Nothing was overwritten" in asked.said.text())
    assert stored(page, fact).assessment is Assessment.CONFIRMED
    asked.reject()


def test_a_fact_is_set_apart_and_stands_again(page: ArchiveScreen, qtbot: QtBot) -> None:
    fact = line(page).fact
    press(qtbot, page, Qt.Key.Key_X)
    asked = dialog(qtbot, ApartDialog)
    choose(asked.choice, State.CORRECTED)
    asked.reason.setText("a slip of the pen")
    asked.instead.setCurrentIndex(1)
    instead = asked.instead.currentData()
    shown_after(qtbot, page, asked.submit)
    assert fact not in [one.fact for one in page.case_view.page.lines()]
    fold = page.case_view.page.lines()[-1]
    assert fold.shape is Shape.FOLD
    assert "1 fact set apart" in fold.text
    view = page.case_view.page
    view.go_to_line(len(view.lines()) - 1)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    apart = line(page)
    assert (apart.shape, apart.fact) == (Shape.APART, fact)
    assert "a slip of the pen" in apart.text
    assert stored(page, fact).replaced_by == instead
    assert "Bangkok" in page.case_view.sources.texts()[0]
    shown_after(qtbot, page, lambda: press(qtbot, page, Qt.Key.Key_X))
    assert (line(page).shape, line(page).fact) == (Shape.FACT, fact)
    undo(qtbot, page)
    assert stored(page, fact).state is State.CORRECTED
    undo(qtbot, page)
    assert stored(page, fact).state is State.CURRENT


def test_a_fact_and_its_record_are_protected_together(page: ArchiveScreen, qtbot: QtBot) -> None:
    fact, shown = line(page).fact, page.cases.page
    assert shown is not None
    before = (stored(page, fact).confidentiality, shown.subject.confidentiality)
    press(qtbot, page, Qt.Key.Key_P)
    asked = dialog(qtbot, ProtectDialog)
    assert asked.fact is not None
    choose(asked.fact, Confidentiality.CONFIDENTIAL)
    choose(asked.record, Confidentiality.PUBLIC)
    shown_after(qtbot, page, asked.submit)
    assert "confidential" in line(page).mark
    assert "Confidential." in page.case_view.sources.texts()[0]
    assert page.cases.page is not None
    assert page.cases.page.subject.confidentiality is Confidentiality.PUBLIC
    undo(qtbot, page)
    assert (stored(page, fact).confidentiality, page.cases.page.subject.confidentiality) == before


def test_a_fact_follows_its_passage_into_a_newer_text(page: ArchiveScreen, qtbot: QtBot) -> None:
    fact = line(page).fact
    (source,) = stored(page, fact).sources
    assert not page.review.facts.follow_action.isEnabled()
    with Workspace(page.session.path, page.session.key, write=True) as workspace:
        document, text = workspace.documents.get(source.document), workspace.documents.text(source.document).text
        newer = Reading("text/plain", Metadata(), (Page(0, f"Another head. {text}"),), extractor="better")
        with writing(workspace.archive.db):
            texts.add(workspace.archive.db, document.row, newer)
    shown_after(qtbot, page, page.cases.again)
    assert "the newest holds it" in page.case_view.sources.texts()[0]
    shown_after(qtbot, page, lambda: press(qtbot, page, Qt.Key.Key_F))
    (followed,) = stored(page, fact).sources
    assert (followed.version, followed.quote) == (source.version + 1, source.quote)
    assert "the newest holds it" not in page.case_view.sources.texts()[0]
    undo(qtbot, page)
    assert stored(page, fact).sources == (source,)


def test_readers_see_none_of_it(page: ArchiveScreen, qtbot: QtBot) -> None:
    fact = stored(page, line(page).fact)
    page.set_writable(False)
    for action in page.case_view.page.actions():
        if action.text() in ("Judge…", "Set apart…", "Who may see it…", "Cite the newest text", "The same person as…"):
            assert not action.isVisible()
            assert not action.isEnabled()
    for key in (Qt.Key.Key_J, Qt.Key.Key_X, Qt.Key.Key_Delete, Qt.Key.Key_P):
        press(qtbot, page, key)
    assert not page.review.button.isVisible()
    assert stored(page, fact.id) == fact
