"""Key slots: a new passphrase touches no database, and no name leads out of their folder."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pyrage
import pytest

from archive import slots, unlocking
from archive.errors import AlreadyExists, ArchiveMissing, InvalidValue, WrongPassphrase
from tests.archive.conftest import PASSPHRASE


def test_new_passphrase_touches_only_its_slot(protected: Path) -> None:
    key = unlocking.unlock(protected, PASSPHRASE)
    before = {file: hashlib.sha256(file.read_bytes()).digest() for file in protected.rglob("*") if file.is_file()}
    slots.change_passphrase(protected, key, unlocking.slot_of(protected, PASSPHRASE), "another")
    after = {file: hashlib.sha256(file.read_bytes()).digest() for file in protected.rglob("*") if file.is_file()}
    assert {file.name for file in before | after if before.get(file) != after.get(file)} == {"desk.passphrase.age"}
    assert unlocking.unlock(protected, "another") == key
    with pytest.raises(WrongPassphrase):
        unlocking.unlock(protected, PASSPHRASE)


def test_cost_is_read_from_the_slot(protected: Path) -> None:
    assert 14 <= slots.passphrase_cost(protected, "desk") <= 22


def test_slot_names_stay_in_their_folder(protected: Path, identity: pyrage.x25519.Identity) -> None:
    key = unlocking.unlock(protected, identities=[str(identity)])
    for name in ("../desk", "", "a/b", ".hidden", "x" * 100):
        with pytest.raises(InvalidValue):
            slots.add_passphrase(protected, key, name, "x")
    with pytest.raises(AlreadyExists):
        slots.add_passphrase(protected, key, "desk", "x")
    with pytest.raises(InvalidValue):
        slots.add_passphrase(protected, key, "other", "")
    with pytest.raises(ArchiveMissing):
        slots.change_passphrase(protected, key, "other", "x")
