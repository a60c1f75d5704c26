"""Key slots: what opens an archive, what does not, and that a new passphrase touches no database."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import unicodedata
from pathlib import Path

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import container, keys
from archive.container import Archive
from archive.errors import (
    AlreadyExists,
    ArchiveMissing,
    CannotUnlock,
    Damaged,
    EnvironmentFault,
    InvalidValue,
    NewerFormat,
    NotAnArchive,
    PassphraseNeeded,
    WrongPassphrase,
)

PASSPHRASE = "correct horse: 柽柳 tamarisk"


@pytest.fixture(scope="module")
def identity() -> pyrage.x25519.Identity:
    return pyrage.x25519.Identity.generate()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, identity: pyrage.x25519.Identity) -> Path:
    path = tmp_path_factory.mktemp("protected") / "desk.tamarisk"
    container.create(path, passphrase=PASSPHRASE, recipients=[str(identity.to_public())])
    return path


@pytest.fixture
def protected(made: Path, tmp_path: Path) -> Path:
    """A copy of its own for each test."""
    return Path(shutil.copytree(made, tmp_path / "desk.tamarisk"))


def test_passphrase_and_identity_open_the_same_key(protected: Path, identity: pyrage.x25519.Identity) -> None:
    assert keys.is_protected(protected)
    by_passphrase = keys.unlock(protected, PASSPHRASE)
    assert keys.unlock(protected, identities=[str(identity)]) == by_passphrase
    with Archive(protected, by_passphrase, write=True) as archive:
        assert archive.protected


def test_nothing_else_opens_it(protected: Path) -> None:
    with pytest.raises(PassphraseNeeded):
        keys.unlock(protected)
    with pytest.raises(WrongPassphrase):
        keys.unlock(protected, PASSPHRASE + " ")
    with pytest.raises(CannotUnlock):
        keys.unlock(protected, identities=[str(pyrage.x25519.Identity.generate())])
    with pytest.raises(CannotUnlock):
        keys.unlock(protected, identities=["no key at all"])


def test_new_passphrase_touches_only_its_slot(protected: Path) -> None:
    key = keys.unlock(protected, PASSPHRASE)
    before = {file: hashlib.sha256(file.read_bytes()).digest() for file in protected.rglob("*") if file.is_file()}
    keys.change_passphrase(protected, key, keys.slot_of(protected, PASSPHRASE), "another")
    after = {file: hashlib.sha256(file.read_bytes()).digest() for file in protected.rglob("*") if file.is_file()}
    assert {file.name for file in before | after if before.get(file) != after.get(file)} == {"desk.passphrase.age"}
    assert keys.unlock(protected, "another") == key
    with pytest.raises(WrongPassphrase):
        keys.unlock(protected, PASSPHRASE)


def test_cost_is_read_from_the_slot(protected: Path) -> None:
    assert 14 <= keys.passphrase_cost(protected, "desk") <= 22


@pytest.mark.parametrize("kept", [0, 60, -3])
def test_a_slot_that_is_cut_off_is_damage_and_no_wrong_passphrase(protected: Path, kept: int) -> None:
    slot = protected / "keys" / "desk.passphrase.age"
    slot.write_bytes(slot.read_bytes()[:kept])
    with pytest.raises(Damaged):
        keys.unlock(protected, PASSPHRASE)


def test_more_work_than_this_machine_does_is_no_wrong_passphrase(protected: Path) -> None:
    slot = protected / "keys" / "desk.passphrase.age"
    slot.write_bytes(re.sub(rb"(-> scrypt \S+) \d+\n", rb"\1 40\n", slot.read_bytes()))
    with pytest.raises(EnvironmentFault, match="Excessive work"):
        keys.unlock(protected, PASSPHRASE)


def test_a_passphrase_is_the_same_from_every_keyboard(tmp_path: Path) -> None:
    container.create(tmp_path / "a.tamarisk", passphrase="clé partagée")
    keys.unlock(tmp_path / "a.tamarisk", unicodedata.normalize("NFD", "clé partagée"))


def test_slot_names_stay_in_their_folder(protected: Path, identity: pyrage.x25519.Identity) -> None:
    key = keys.unlock(protected, identities=[str(identity)])
    for name in ("../desk", "", "a/b", ".hidden", "x" * 100):
        with pytest.raises(InvalidValue):
            keys.add_passphrase(protected, key, name, "x")
    with pytest.raises(AlreadyExists):
        keys.add_passphrase(protected, key, "desk", "x")
    with pytest.raises(InvalidValue):
        keys.add_passphrase(protected, key, "other", "")
    with pytest.raises(ArchiveMissing):
        keys.change_passphrase(protected, key, "other", "x")


def test_open_archive_opens_without_anything(tmp_path: Path) -> None:
    path = tmp_path / "open.tamarisk"
    key = container.create(path)
    assert not keys.is_protected(path)
    assert keys.unlock(path) == key


def test_what_is_no_archive(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing):
        keys.unlock(tmp_path / "nothing")
    file = tmp_path / "file"
    file.write_text("x")
    with pytest.raises(NotAnArchive):
        keys.unlock(file)
    with pytest.raises(NotAnArchive):
        keys.unlock(tmp_path)
    (tmp_path / "archive.db").write_bytes(b"")
    with pytest.raises(NotAnArchive):
        keys.unlock(tmp_path)


def test_newer_slot_and_foreign_slot(tmp_path: Path) -> None:
    path = tmp_path / "open.tamarisk"
    container.create(path)
    slot = path / keys.FOLDER / keys.OPEN_SLOT
    payload = json.loads(slot.read_text())
    slot.write_text(json.dumps({**payload, "version": 2}))
    with pytest.raises(NewerFormat):
        keys.unlock(path)
    slot.write_text(json.dumps({**payload, "purpose": "something else"}))
    with pytest.raises(Damaged):
        keys.unlock(path)


@given(st.binary(max_size=200) | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_any_slot_is_a_key_or_damage(tmp_path_factory: pytest.TempPathFactory, payload: bytes | str) -> None:
    content = payload.encode() if isinstance(payload, str) else payload
    with pytest.raises(Damaged):
        keys.parse(Path("archive"), content)


def test_volumes_have_salts_of_their_own() -> None:
    key = keys.generate("x")
    salts = {key.secret("originals", number).salt for number in range(1, 50)}
    assert len(salts) == 49
    assert key.secret("originals", 7) == key.secret("originals", 7)


def test_keys_are_not_printed() -> None:
    key = keys.generate("x")
    assert key.key.hex() not in repr(key)
    assert repr(key.key) not in repr(key)
    assert repr(key.secret("archive").key) not in repr(key.secret("archive"))
