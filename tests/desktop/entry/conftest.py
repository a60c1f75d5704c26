"""A window on an archive with a paragraph of our own abstract, and one in Chinese and one in Uyghur."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

import resources
from archive import container
from archive.keys import ArchiveKey
from desktop.screen import ArchiveScreen
from desktop.window import MainWindow
from desktop.workspace import Workspace
from tests.desktop.conftest import FILES, open_in

ABSTRACT = "abstract-3-en.md"


@pytest.fixture(scope="session")
def abstracts(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ArchiveKey]:
    """An unprotected archive with an abstract of ours and some neutral files."""
    folder = tmp_path_factory.mktemp("abstracts")
    given = folder / "given"
    given.mkdir()
    shutil.copy(Path(resources.__file__).parent / "sample" / ABSTRACT, given / ABSTRACT)
    for name in ("harbour.md", "river.md", "valley.md"):
        (given / name).write_text(FILES[name], "utf-8")
    path = folder / "Abstracts.tamarisk"
    key = container.create(path)
    with Workspace(path, key, write=True) as workspace:
        workspace.import_([given])
        workspace.catch_up()
    return path, key


@pytest.fixture
def entered(abstracts: tuple[Path, ArchiveKey], tmp_path: Path) -> tuple[Path, ArchiveKey]:
    """A copy of it of the test's own."""
    path = tmp_path / abstracts[0].name
    shutil.copytree(abstracts[0], path)
    return path, abstracts[1]


@pytest.fixture
def screen(new_window: Callable[[], MainWindow], entered: tuple[Path, ArchiveKey], qtbot: QtBot) -> ArchiveScreen:
    """Its screen in a window."""
    window = new_window()

    return open_in(window, entered[0], qtbot)
