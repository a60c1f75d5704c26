"""A small signed release to try things on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from archive.signing import minisign, seal
from archive.signing.minisign import SecretKey
from archive.signing.statement import Statement
from tests.archive.cases.conftest import Make, Say, document, make, say

__all__ = ["Make", "Say", "document", "make", "say"]

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
