"""Archives to withdraw from, with files in one another."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from archive import documents
from archive.container import Archive
from archive.intake import run
from archive.records import Document
from tests.archive.cases.conftest import Make, Say, document, make, say

__all__ = ["Make", "Say", "document", "make", "say"]

Zipped = Callable[..., Path]


@pytest.fixture
def zipped(tmp_path: Path) -> Zipped:
    """Writes a ZIP file with members given by name, dots for underscores; stored, so that its bytes embed theirs."""

    def write(name: str, members: dict[str, bytes]) -> Path:
        target = tmp_path / name
        target.write_bytes(packed(members))
        return target

    return write


def packed(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, data in members.items():
            package.writestr(zipfile.ZipInfo(name), data)
    return buffer.getvalue()


def take_in(archive: Archive, *paths: Path) -> dict[str, Document]:
    """Imports files; gives every document by the last part of its first name."""
    run.run(archive, list(paths), jobs=1)
    return by_name(archive)


def by_name(archive: Archive) -> dict[str, Document]:
    return {
        documents.names(archive.db, one.id)[0].shown.rpartition("/")[2]: one
        for one in documents.iterate(archive.db, documents.identities(archive.db))
    }
