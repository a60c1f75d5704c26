"""A window on the sample archive with its casework, and ways to stand on a fact of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from archive import unlocking
from archive.cases.recording import Draft
from archive.cases.records import Citation, Entry, Fact, Kind
from desktop.casework import Casework
from desktop.screen import ArchiveScreen
from desktop.workspace import Workspace
from tests.desktop.cases.conftest import built, casework, screen  # noqa: F401 (fixtures)
from tests.desktop.cases.test_reading import open_case, walk_to

D = TypeVar("D", bound=QDialog)
CASE = "outcome:returned country:TH dong"


@pytest.fixture
def page(screen: ArchiveScreen, qtbot: QtBot) -> ArchiveScreen:  # noqa: F811 (a fixture)
    """The screen with the page of a case, standing on a fact of it."""
    open_case(qtbot, screen, CASE)
    screen.case_view.page.setFocus()
    walk_to(qtbot, screen, "Bangkok")
    return screen


@pytest.fixture
def pair(casework: Path) -> tuple[str, str]:  # noqa: F811 (a fixture)
    """Two persons of one name in the archive, who agree in their birth and differ in one thing."""
    with Workspace(casework, unlocking.unlock(casework), write=True) as workspace:
        row = workspace.archive.db.conn.execute("SELECT uuid, text_version FROM document ORDER BY row").fetchone()
        drafts = [Draft("one", Kind.PERSON), Draft("other", Kind.PERSON)]
        told = [("name", "Test Person"), ("born", "1970")]
        entries = [Entry(who, *each) for who in ("one", "other") for each in told]
        entries.append(Entry("other", "citizenship", "SE"))
        made = workspace.cases.record(Citation(row[0], row[1], 0, 12), drafts, entries).made
        return made["one"], made["other"]


def dialog(qtbot: QtBot, kind: type[D]) -> D:
    """The dialog of a kind that is open, once it is."""

    def opened() -> list[D]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]

    qtbot.waitUntil(lambda: bool(opened()))
    return opened()[0]


def shown_after(qtbot: QtBot, screen: ArchiveScreen, do: Callable[[], object]) -> None:  # noqa: F811 (a fixture)
    """Do something and wait until the page is shown anew."""
    with qtbot.waitSignal(screen.cases.shown):
        do()


def press(
    qtbot: QtBot,
    screen: ArchiveScreen,  # noqa: F811 (a fixture)
    key: Qt.Key,
    held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Press a key on the page; where no window manager gives it the focus back after a dialog, it takes it."""
    screen.window().activateWindow()
    screen.case_view.page.setFocus()
    qtbot.waitUntil(screen.case_view.page.hasFocus, timeout=5_000)
    qtbot.keyClick(screen.case_view.page, key, held)


def stored(screen: ArchiveScreen, fact: str) -> Fact:  # noqa: F811 (a fixture)
    """A fact as the archive has it."""
    with Workspace(screen.session.path, screen.session.key, write=False) as workspace:
        return workspace.cases.fact(fact)


def change(screen: ArchiveScreen, work: Callable[[Casework], object]) -> None:  # noqa: F811 (a fixture)
    """Change something as another window would."""
    with Workspace(screen.session.path, screen.session.key, write=True) as workspace:
        work(workspace.cases)
