"""Short ways to make records that are published, and where releases lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.archive.cases.conftest import Make, Say, document, make, say

__all__ = ["Make", "Say", "document", "make", "say"]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where the publisher puts releases and deltas."""
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The reader's data folder."""
    return tmp_path / "data"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where the reader's release lies."""
    (tmp_path / "reader").mkdir()
    return tmp_path / "reader"
