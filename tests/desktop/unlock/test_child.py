"""Passphrases in a process of their own: the same answers and the same failures as in this one."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive import container
from archive.errors import WrongPassphrase
from archive.keys import ArchiveKey
from desktop.unlock import child


@pytest.fixture(scope="module")
def protected(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ArchiveKey]:
    path = tmp_path_factory.mktemp("protected") / "A.tamarisk"
    return path, container.create(path, passphrase="nine boats")


def test_the_right_passphrase_gives_the_key(protected: tuple[Path, ArchiveKey]) -> None:
    path, key = protected
    assert child.unlock(path, "nine boats") == key


def test_a_failure_keeps_its_kind_and_its_facts(protected: tuple[Path, ArchiveKey]) -> None:
    path, _ = protected
    with pytest.raises(WrongPassphrase) as caught:
        child.unlock(path, "ten boats")
    assert caught.value.facts == {"path": str(path)}


def test_an_archive_is_made_and_its_passphrase_changed(tmp_path: Path) -> None:
    path = tmp_path / "B.tamarisk"
    key = child.create(path, "one", ())
    child.change_passphrase(path, key, "one", "two")
    assert child.unlock(path, "two") == key


def test_a_process_that_ends_without_an_answer_is_a_bug_and_no_hang() -> None:
    with pytest.raises(RuntimeError):
        child.in_child(_die)


def _die() -> None:
    import os

    os._exit(3)
