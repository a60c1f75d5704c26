"""An open archive to work on, the shortest way to put a document into it, and a protected archive that is closed."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pyrage
import pytest

from archive import container, documents
from archive.connect import writing
from archive.container import Archive
from archive.reading.result import Page, Reading
from archive.records import Confidentiality, Document, Metadata, Name

PASSPHRASE = "correct horse: 柽柳 tamarisk"


class Keep(Protocol):
    """Puts a document with this text into the archive."""

    def __call__(self, text: str, **metadata: object) -> Document: ...


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """A fresh unprotected archive, open for writing."""
    path = tmp_path / "desk.tamarisk"
    key = container.create(path)
    with Archive(path, key, write=True) as opened:
        yield opened


@pytest.fixture
def keep(archive: Archive) -> Keep:
    """Adds a document with its original, as an import would."""

    def add(text: str, **metadata: object) -> Document:
        content = text.encode()
        with archive.originals.stage() as staging:
            staging.write(content)
            staged = staging.finish()
        archive.originals.commit()
        with writing(archive.db):
            archive.originals.register(staged)
            return documents.add(
                archive.db,
                Reading("text/plain", Metadata(**metadata), (Page(0, text),), extractor="test"),  # type: ignore[arg-type]
                sha256=hashlib.sha256(content).hexdigest(),
                size=len(content),
                name=Name(f"{len(content)}.txt", None, "2024-01-01T00:00:00Z"),
                confidentiality=Confidentiality.RESTRICTED,
                who="desk",
            )

    return add


@pytest.fixture(scope="session")
def identity() -> pyrage.x25519.Identity:
    """The age identity of a recipient of the protected archive."""
    return pyrage.x25519.Identity.generate()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, identity: pyrage.x25519.Identity) -> Path:
    """An archive with a slot for PASSPHRASE and one for the identity, made once: it takes seconds."""
    path = tmp_path_factory.mktemp("protected") / "desk.tamarisk"
    container.create(path, passphrase=PASSPHRASE, recipients=[str(identity.to_public())])
    return path


@pytest.fixture
def protected(made: Path, tmp_path: Path) -> Path:
    """The protected archive, a copy of its own for each test."""
    return Path(shutil.copytree(made, tmp_path / "desk.tamarisk"))
