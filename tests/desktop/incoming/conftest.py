"""A table of made-up persons, and a window on an archive that holds it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from archive.keys import ArchiveKey
from desktop.incoming.controller import IncomingController
from desktop.incoming.wizard import TableWizard
from desktop.session import Session
from desktop.work import WorkStrips
from desktop.workspace import Workspace

LIST = """No,Name,Gender,Date of Birth,Country,Outcome,Source
1,Person A,female,31/01/1970,Thailand,released,https://example.org/1
2,Person B,male,30/02/1971,Laos,unknown,https://example.org/2
3,Person C,male,05/06/1972,Thailand,in custody,https://example.org/3
1,Person A,female,31/01/1970,Laos,released,https://example.org/4
"""


@pytest.fixture(scope="session")
def held(made: tuple[Path, ArchiveKey], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ArchiveKey]:
    """An archive that holds the list, imported once."""
    folder = tmp_path_factory.mktemp("held")
    file = folder / "list.csv"
    file.write_text(LIST, "utf-8")
    path = Path(shutil.copytree(made[0], folder / made[0].name))
    with Workspace(path, made[1], write=True) as workspace:
        workspace.import_([file])
    return path, made[1]


@pytest.fixture
def archive(held: tuple[Path, ArchiveKey], tmp_path: Path) -> tuple[Path, ArchiveKey]:
    """A copy of it of the test's own."""
    return Path(shutil.copytree(held[0], tmp_path / held[0].name)), held[1]


@pytest.fixture
def listed(archive: tuple[Path, ArchiveKey]) -> str:
    """The list as a document of the archive."""
    with Workspace(*archive, write=False) as workspace:
        found = workspace.archive.db.conn.execute("SELECT uuid FROM document ORDER BY row DESC LIMIT 1").fetchone()
    return str(found[0])


@pytest.fixture
def saved() -> list[tuple[str, bytes]]:
    """What was saved without protection."""
    return []


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    """The window over which everything is asked."""
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def strips(qtbot: QtBot) -> WorkStrips:
    """Where long work is shown."""
    strips = WorkStrips()
    qtbot.addWidget(strips)
    return strips


@pytest.fixture
def incoming(
    listed: str, session: Session, saved: list[tuple[str, bytes]], host: QWidget, strips: WorkStrips
) -> IncomingController:
    """The controller over a bare window."""
    return IncomingController(session, strips, host, lambda name, content: saved.append((name, content)))


Asked = TypeVar("Asked", bound=QWidget)


def asked(host: QWidget, kind: type[Asked], qtbot: QtBot) -> Asked:
    """The dialog of this kind, once it is open."""
    qtbot.waitUntil(lambda: any(one.isVisible() for one in host.findChildren(kind)))
    return next(one for one in host.findChildren(kind) if one.isVisible())


@pytest.fixture
def looked(qtbot: QtBot) -> Callable[[TableWizard], None]:
    """Waits until the wizard shows what would come."""
    return lambda wizard: qtbot.waitUntil(lambda: wizard.found is not None)


@pytest.fixture
def wizard(
    incoming: IncomingController, listed: str, host: QWidget, looked: Callable[[TableWizard], None], qtbot: QtBot
) -> TableWizard:
    """The wizard on the list, with its first preview."""
    incoming.show(listed)
    found = asked(host, TableWizard, qtbot)
    looked(found)
    return found
