"""Details of a document show the facts that rest on it and what it hangs together with, and lead there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from archive.cases.links import Link
from desktop.read.pane import DETAILS
from desktop.review.choices import Choice
from desktop.review.choosing import ChoiceList
from desktop.review.linking import LinkDialog
from desktop.screen import ArchiveScreen
from desktop.workspace import Workspace
from tests.desktop.review.conftest import change, dialog


def open_details(qtbot: QtBot, screen: ArchiveScreen, document: str) -> None:
    with qtbot.waitSignal(screen.reading.opened):
        screen.going.open_record(document)
    screen.pane.tabs.setCurrentIndex(DETAILS)
    wait_for(qtbot, screen, "Custody")


def wait_for(qtbot: QtBot, screen: ArchiveScreen, words: str) -> None:
    details = screen.pane.details
    qtbot.waitUntil(lambda: words in details.words() or any(words in one for one in buttons(screen)))


def buttons(screen: ArchiveScreen) -> list[str]:
    return [one.accessibleName() or one.text() for one in screen.pane.details.findChildren(QPushButton)]


def button(screen: ArchiveScreen, words: str) -> QPushButton:
    found = screen.pane.details.findChildren(QPushButton)
    return next(one for one in found if words in one.text())


@pytest.fixture
def cited(screen: ArchiveScreen) -> str:
    """The document on which most facts rest."""
    with Workspace(screen.session.path, screen.session.key, write=False) as workspace:
        row = workspace.archive.db.conn.execute(
            "SELECT d.uuid FROM source AS o JOIN document AS d ON d.row = o.document"
            " GROUP BY d.row ORDER BY count(*) DESC LIMIT 1"
        ).fetchone()
        return str(row[0])


def test_a_fact_that_rests_on_the_document_leads_to_its_page(screen: ArchiveScreen, cited: str, qtbot: QtBot) -> None:
    open_details(qtbot, screen, cited)
    assert "Facts that rest on this document" in screen.pane.details.words()
    link = next(one for one in screen.pane.details.findChildren(QPushButton) if " — " in one.accessibleName())
    link.setFocus()
    name = link.accessibleName()
    with qtbot.waitSignal(screen.cases.shown):
        qtbot.keyClick(link, Qt.Key.Key_Return)
    line = screen.case_view.page.line()
    assert line is not None
    assert f"{line.lead}: {line.text[:40]}" in name


def test_a_link_is_added_shown_both_ways_and_removed(screen: ArchiveScreen, cited: str, qtbot: QtBot) -> None:
    with Workspace(screen.session.path, screen.session.key, write=False) as workspace:
        other = next(
            row[0]
            for row in workspace.archive.db.conn.execute("SELECT uuid FROM document ORDER BY row DESC")
            if row[0] != cited
        )
        title = workspace.documents.get(other).metadata.title
        own_title = workspace.documents.get(cited).metadata.title
    open_details(qtbot, screen, cited)
    qtbot.keyClick(button(screen, "Add…"), Qt.Key.Key_Return)
    asked = dialog(qtbot, LinkDialog)
    asked.relation.setCurrentIndex(asked.relation.findData(str(Link.CITES)))
    asked.choices.line.setText(title)
    qtbot.keyClick(asked.choices.line, Qt.Key.Key_Return)
    wait_for(qtbot, screen, f"Cites: {title[:30]}")
    open_details(qtbot, screen, other)
    wait_for(qtbot, screen, f"Cited by: {own_title[:30]}")
    removers = [one for one in screen.pane.details.findChildren(QPushButton) if one.text() == "Remove"]
    qtbot.keyClick(next(one for one in removers if "Cited by" in one.accessibleName()), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not any(one.startswith("Cited by") for one in buttons(screen)))


def test_a_document_that_would_render_itself_is_refused(screen: ArchiveScreen, cited: str, qtbot: QtBot) -> None:
    with Workspace(screen.session.path, screen.session.key, write=False) as workspace:
        rows = workspace.archive.db.conn.execute("SELECT uuid FROM document ORDER BY row DESC").fetchall()
        other = next(row[0] for row in rows if row[0] != cited)
        title = workspace.documents.get(other).metadata.title
    change(screen, lambda cases: cases.link(other, Link.TRANSLATION, cited))
    open_details(qtbot, screen, cited)
    button(screen, "Add…").click()
    asked = dialog(qtbot, LinkDialog)
    asked.choices.line.setText(title)
    asked.submit()
    qtbot.waitUntil(lambda: bool(asked.said.text()))
    assert asked.isVisible()
    asked.reject()


def test_readers_cannot_change_links(screen: ArchiveScreen, cited: str, qtbot: QtBot) -> None:
    screen.set_writable(False)
    open_details(qtbot, screen, cited)
    said = {one.text() for one in screen.pane.details.findChildren(QPushButton)}
    assert not {"Add…", "Remove"} & said


def test_a_choice_waits_for_the_list_of_what_is_typed(screen: ArchiveScreen, qtbot: QtBot) -> None:
    asked: list[tuple[str, Callable[[Sequence[Choice]], None]]] = []
    choices = ChoiceList(lambda typed, take: asked.append((typed, take)), "Title")
    qtbot.addWidget(choices)
    entered: list[Choice | None] = []
    choices.entered.connect(lambda: entered.append(choices.chosen()))
    asked[0][1]([Choice("a", "A gate"), Choice("b", "A boat")])
    qtbot.keyClicks(choices.line, "bo")
    qtbot.keyClick(choices.line, Qt.Key.Key_Return)
    assert entered == []  # the gate is marked still
    qtbot.waitUntil(lambda: len(asked) == 2)
    assert asked[1][0] == "bo"  # asked once for both letters
    qtbot.keyClicks(choices.line, "a")
    qtbot.waitUntil(lambda: len(asked) == 3)
    qtbot.keyClick(choices.line, Qt.Key.Key_Return)
    asked[1][1]([Choice("c", "A bow")])  # an answer that is late
    assert entered == []
    asked[2][1]([Choice("b", "A boat")])
    assert [one and one.id for one in entered] == ["b"]
