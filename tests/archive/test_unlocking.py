"""Unlocking: what opens an archive, and what does not."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import pyrage
import pytest

from archive import container, keys, slots, unlocking
from archive.container import Archive
from archive.errors import (
    ArchiveMissing,
    CannotUnlock,
    Damaged,
    EnvironmentFault,
    NewerFormat,
    NotAnArchive,
    PassphraseNeeded,
    WrongPassphrase,
)
from tests.archive.conftest import PASSPHRASE


def test_passphrase_and_identity_open_the_same_key(protected: Path, identity: pyrage.x25519.Identity) -> None:
    assert slots.is_protected(protected)
    by_passphrase = unlocking.unlock(protected, PASSPHRASE)
    assert unlocking.unlock(protected, identities=[str(identity)]) == by_passphrase
    with Archive(protected, by_passphrase, write=True) as archive:
        assert archive.protected


def test_nothing_else_opens_it(protected: Path) -> None:
    with pytest.raises(PassphraseNeeded):
        unlocking.unlock(protected)
    with pytest.raises(WrongPassphrase):
        unlocking.unlock(protected, PASSPHRASE + " ")
    with pytest.raises(CannotUnlock):
        unlocking.unlock(protected, identities=[str(pyrage.x25519.Identity.generate())])
    with pytest.raises(CannotUnlock):
        unlocking.unlock(protected, identities=["no key at all"])


@pytest.mark.parametrize("kept", [0, 60, -3])
def test_a_slot_that_is_cut_off_is_damage_and_no_wrong_passphrase(protected: Path, kept: int) -> None:
    slot = protected / "keys" / "desk.passphrase.age"
    slot.write_bytes(slot.read_bytes()[:kept])
    with pytest.raises(Damaged):
        unlocking.unlock(protected, PASSPHRASE)


def test_more_work_than_this_machine_does_is_no_wrong_passphrase(protected: Path) -> None:
    slot = protected / "keys" / "desk.passphrase.age"
    slot.write_bytes(re.sub(rb"(-> scrypt \S+) \d+\n", rb"\1 40\n", slot.read_bytes()))
    with pytest.raises(EnvironmentFault, match="Excessive work"):
        unlocking.unlock(protected, PASSPHRASE)


def test_a_wrong_passphrase_is_tried_once_beside_a_slot_that_wants_too_much(
    protected: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slot = protected / "keys" / "desk.passphrase.age"
    first = re.sub(rb"(-> scrypt \S+) \d+\n", rb"\1 40\n", slot.read_bytes())
    (protected / "keys" / "a.passphrase.age").write_bytes(first)
    tried = []

    def counted(wrapped: bytes, passphrase: str) -> bytes:  # as age does, whatever this machine is busy with
        tried.append(wrapped == first)
        raise pyrage.DecryptError("Excessive work parameter" if wrapped == first else "Decryption failed")

    monkeypatch.setattr(pyrage.passphrase, "decrypt", counted)
    with pytest.raises(EnvironmentFault, match="Excessive work"):
        unlocking.unlock(protected, "wrong")
    assert tried == [True] * unlocking.TRIES + [False]


def test_a_passphrase_is_the_same_from_every_keyboard(tmp_path: Path) -> None:
    container.create(tmp_path / "a.tamarisk", passphrase="clé partagée")
    unlocking.unlock(tmp_path / "a.tamarisk", unicodedata.normalize("NFD", "clé partagée"))


def test_open_archive_opens_without_anything(tmp_path: Path) -> None:
    path = tmp_path / "open.tamarisk"
    key = container.create(path)
    assert not slots.is_protected(path)
    assert unlocking.unlock(path) == key


def test_what_is_no_archive(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing):
        unlocking.unlock(tmp_path / "nothing")
    file = tmp_path / "file"
    file.write_text("x")
    with pytest.raises(NotAnArchive):
        unlocking.unlock(file)
    with pytest.raises(NotAnArchive):
        unlocking.unlock(tmp_path)
    (tmp_path / "archive.db").write_bytes(b"")
    with pytest.raises(NotAnArchive):
        unlocking.unlock(tmp_path)


def test_newer_slot_and_foreign_slot(tmp_path: Path) -> None:
    path = tmp_path / "open.tamarisk"
    container.create(path)
    slot = path / keys.FOLDER / slots.OPEN_SLOT
    payload = json.loads(slot.read_text())
    slot.write_text(json.dumps({**payload, "version": 2}))
    with pytest.raises(NewerFormat):
        unlocking.unlock(path)
    slot.write_text(json.dumps({**payload, "purpose": "something else"}))
    with pytest.raises(Damaged):
        unlocking.unlock(path)
