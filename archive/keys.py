"""The random key of an archive or a notebook: which databases it opens, and its form inside a slot."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from archive.connect import FileSecret
from archive.errors import Damaged, NewerFormat

PURPOSE = "tamarisk archive key"
NOTEBOOK = "tamarisk notebook key"
FILES = {PURPOSE: ("archive", "index", "originals"), NOTEBOOK: ("notebook",)}
"""The databases that a key of each purpose opens."""
SLOT_VERSION = 1
FOLDER = "keys"
"""Where an archive's slots lie in its folder."""


@dataclass(frozen=True, slots=True)
class ArchiveKey:
    """What a slot wraps: the archive's UUID, a 256-bit key, and the salts its database files begin with.

    Without the salts a damaged header would lose the file; kept here, it does not. The notebook that a reader keeps
    about an archive has a key of its own, with the purpose NOTEBOOK.
    """

    archive: str
    key: bytes = field(repr=False)
    salts: dict[str, bytes] = field(repr=False)
    purpose: str = PURPOSE

    def secret(self, file: str, volume: int = 0) -> FileSecret:
        """The secret of one database of FILES; `originals` with its volume number from 1."""
        salt = self.salts[file]
        if volume:
            salt = hmac.digest(salt, b"originals volume %d" % volume, "sha256")[:16]
        return FileSecret(self.key, salt)

    def fingerprint(self) -> str:
        """A short public name of the key, in hex, that tells nothing about it."""
        return hmac.digest(self.key, b"tamarisk key fingerprint", hashlib.sha256).hex()[:16]


def generate(archive: str, purpose: str = PURPOSE) -> ArchiveKey:
    """A fresh random key for the archive with this UUID, or for the notebook about it."""
    salts = {name: secrets.token_bytes(16) for name in FILES[purpose]}
    return ArchiveKey(archive, secrets.token_bytes(32), salts, purpose)


def serialise(key: ArchiveKey) -> bytes:
    """What a slot wraps, as JSON; `parse` reads it back."""
    payload = {
        "purpose": key.purpose,
        "version": SLOT_VERSION,
        "archive": key.archive,
        "key": key.key.hex(),
        "salts": {name: salt.hex() for name, salt in sorted(key.salts.items())},
    }
    return json.dumps(payload, separators=(",", ":")).encode()


def parse(path: Path, payload: bytes, purpose: str = PURPOSE) -> ArchiveKey:
    """The key in an unwrapped slot of `path`. Raises NewerFormat, and Damaged where it is no key for the purpose."""
    try:
        data = json.loads(payload)
        if data["purpose"] != purpose:
            raise ValueError("another purpose")
        if data["version"] > SLOT_VERSION:
            raise NewerFormat(path=str(path), readable_from=data["version"], supported=SLOT_VERSION)
        key = bytes.fromhex(data["key"])
        salts = {name: bytes.fromhex(salt) for name, salt in data["salts"].items()}
        if len(key) != 32 or set(FILES[purpose]) - set(salts):
            raise ValueError("incomplete")
        if any(len(salt) != 16 for salt in salts.values()):
            raise ValueError("a salt of the wrong length")
        return ArchiveKey(str(data["archive"]), key, salts, purpose)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Damaged(path=str(path / FOLDER), why="a key slot holds no key") from error
