"""An open notebook about an open archive, in a data folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive import keys
from archive.container import Archive
from archive.notebook import opening
from archive.notebook.opening import Notebook

ARCHIVE = "0b0c3a51-33bc-4e5b-8d8d-8a43c5e5d0aa"


@pytest.fixture
def notebook(archive: Archive, tmp_path: Path) -> Iterator[Notebook]:
    with opening.of_archive(archive.key, protected=archive.protected, data=tmp_path / "data") as opened:
        yield opened


@pytest.fixture(scope="session")
def key() -> keys.ArchiveKey:
    return keys.generate(ARCHIVE)
