"""Archives to publish and withdraw from, and a small signed release to try things on."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from archive import documents
from archive.container import Archive
from archive.intake import run
from archive.records import Document
from archive.signing import minisign, seal
from archive.signing.minisign import SecretKey
from archive.signing.statement import Statement
from tests.archive.cases.conftest import Make, Say, document, make, say

__all__ = ["Make", "Say", "document", "make", "say"]

Zipped = Callable[..., Path]
SECRET = minisign.generate()
STATEMENT = Statement(
    archive="7a1f5e0c-3d3b-4b57-9a5e-0d4f3c1b2a69",
    line="partners",
    number=3,
    date="2026-11-28",
    content_root="ab" * 32,
    format=11,
    readable_from=9,
    counts=(("cases", 2), ("documents", 5)),
    slim=False,
    publisher="人权 desk: Genève",
)
FILES = {
    "data/archive.db": bytes(range(256)) * 64,
    "data/originals-0001.db": b"o" * 5000,
    "data/originals-0002.db": b"",
    "data/keys/desk.passphrase.age": b"age-encryption.org/v1\n",
}


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


@dataclass(frozen=True)
class Made:
    """A release and the key that signed it."""

    folder: Path
    secret: SecretKey
    statement: Statement


def fill(folder: Path) -> Path:
    """Put the files of a release there."""
    for path, content in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """A whole release, in a folder that tests may spoil."""
    folder = fill(tmp_path / "papers-0003.tamarisk")
    seal.seal(folder, STATEMENT, SECRET)
    return Made(folder, SECRET, STATEMENT)
