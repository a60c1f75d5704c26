"""The sample archive with its casework, and a window on it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop import sample
from desktop.screen import ArchiveScreen
from desktop.window import MainWindow
from tests.desktop.conftest import open_in


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, built once."""
    return sample.build(tmp_path_factory.mktemp("sample") / "sample.tamarisk")


@pytest.fixture
def casework(built: Path, tmp_path: Path) -> Path:
    """A copy of the sample of the test's own."""
    return Path(shutil.copytree(built, tmp_path / "sample.tamarisk"))


@pytest.fixture
def screen(new_window: Callable[[], MainWindow], casework: Path, qtbot: QtBot) -> ArchiveScreen:
    """The screen of a window on the sample, all its records counted."""
    window = new_window()
    screen = open_in(window, casework, qtbot)
    qtbot.waitUntil(lambda: screen.results.hits.rowCount() > 50)
    return screen
