"""A real archive with a few documents, and a real window on a copy of it."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import SignalBlocker

from archive import container
from archive.keys import ArchiveKey
from desktop.screen import ArchiveScreen
from desktop.session import Session
from desktop.unlocked import unlocked
from desktop.window import MainWindow
from desktop.workspace import Workspace

FILES = {
    "harbour.md": (
        "---\ntitle: The harbour report\ndate: 2019-03-04\nlanguage: en\ntype: report\n---\n"
        "The lighthouse keeper counted nine boats in the harbour.\n"
        "None of the boats carried a lantern. The keeper of the lighthouse wrote that down twice.\n"
    ),
    "mountain.md": (
        "---\ntitle: Notes from the mountain\ndate: 2021-06-10\nlanguage: en\ncountries: [TH, LA]\n"
        "publisher: Hill Post\ntype: article\nauthors: [Ana Silva]\n---\n"
        "A lantern stood on the mountain. Nobody lit it.\n"
    ),
    "river.md": (
        "---\ntitle: 河边的灯笼\ndate: 2020\nlanguage: zh-Hans\ncountries: [LA]\ntype: report\n---\n"
        "大陆的河边有一盏灯笼。没有人点燃它。\n"
    ),
    "valley.md": (
        "---\ntitle: ۋادىدىكى چىراغ\ndate: 2020-02\nlanguage: ug\ntype: report\n---\n"
        "ۋادىدا بىر چىراغ بار ئىدى.\nA lantern in the valley.\n"
    ),
    "page.html": (
        "<html><head><title>The saved page</title></head><body><h1>The saved page</h1><p>"
        + "A lantern hangs over the gate of the old mill, and the miller lights it every evening. " * 12
        + '<img src="http://example.org/remote.png"><a href="http://example.org/">a link</a></p></body></html>'
    ),
    "empty.dat": "",
}


PATIENCE = 30_000
"""Milliseconds. On a busy machine an answer may take longer than pytest-qt waits, and only who fails waits so long."""


class PatientBot(QtBot):
    """Waits for signals and conditions as long as a busy machine may need."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE) -> None:
        """As QtBot's."""
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: object, *, timeout: int = PATIENCE, **how: Any) -> SignalBlocker:
        """As QtBot's."""
        return super().waitSignal(signal, timeout=timeout, **how)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """What drives the window, with patience."""
    return PatientBot(request)


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's data folder, in which notebooks lie: the test's own."""
    folder = tmp_path / "data"
    monkeypatch.setenv("XDG_DATA_HOME", str(folder))
    return folder / "tamarisk"


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ArchiveKey]:
    """An unprotected archive with FILES in it, imported and indexed once."""
    folder = tmp_path_factory.mktemp("made")
    given = folder / "given"
    given.mkdir()
    for name, text in FILES.items():
        (given / name).write_text(text, "utf-8")
    path = folder / "Lanterns.tamarisk"
    key = container.create(path)
    with Workspace(path, key, write=True) as workspace:
        workspace.import_([given])
        workspace.catch_up()
    return path, key


@pytest.fixture
def archive(made: tuple[Path, ArchiveKey], tmp_path: Path) -> tuple[Path, ArchiveKey]:
    """A copy of that archive of the test's own."""
    path = tmp_path / made[0].name
    shutil.copytree(made[0], path)
    return path, made[1]


@pytest.fixture
def bugs() -> Iterator[list[BaseException]]:
    """Where lanes and window report bugs; the test fails if there are any at its end."""
    found: list[BaseException] = []
    yield found
    for error in found:
        raise error


@pytest.fixture
def session(archive: tuple[Path, ArchiveKey], bugs: list[BaseException], qapp: QApplication) -> Iterator[Session]:
    """The archive as the window holds it."""
    session = Session(unlocked(*archive), bugs.append)
    yield session
    session.close()


@pytest.fixture
def new_window(qtbot: QtBot, tmp_path: Path, bugs: list[BaseException]) -> Iterator[Callable[[], MainWindow]]:
    """Makes main windows with settings of their own, and closes them."""
    font = QFont(QApplication.font())
    windows: list[MainWindow] = []

    def make() -> MainWindow:
        window = MainWindow(tmp_path / "config" / "settings.json", font, bugs.append)
        qtbot.addWidget(window, before_close_func=MainWindow.leave)  # else it asks, where a test left an import behind
        window.show()
        windows.append(window)
        return window

    yield make
    for window in windows:
        window.leave()  # closing asks first where a test left an import behind
        window.close()
    QApplication.setFont(font)


def open_in(window: MainWindow, path: Path, qtbot: QtBot) -> ArchiveScreen:
    """The screen of an unprotected archive, once the window has opened it."""
    window.open_path(path)
    qtbot.waitUntil(lambda: window.archive is not None)
    assert window.archive is not None
    return window.archive


@pytest.fixture
def window(new_window: Callable[[], MainWindow], archive: tuple[Path, ArchiveKey], qtbot: QtBot) -> MainWindow:
    """A window on the archive, all its records listed."""
    window = new_window()
    screen = open_in(window, archive[0], qtbot)
    qtbot.waitUntil(lambda: screen.results.hits.rowCount() == len(FILES))
    return window
