"""The command line as a test calls it, and archives to call it on."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desktop import sample as sample_archive
from desktop.cli.main import run


@dataclass(frozen=True, slots=True)
class Said:
    """What a call answered."""

    status: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)


Tamarisk = Callable[..., Said]


@pytest.fixture
def tamarisk(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Tamarisk:
    """Calls the command line in this process, with nobody at a terminal."""
    monkeypatch.delenv("TAMARISK_PASSPHRASE_FILE", raising=False)

    def call(*words: object) -> Said:
        capsys.readouterr()
        status = run([str(word) for word in words])
        return Said(status, *capsys.readouterr())

    return call


@pytest.fixture(scope="session")
def built_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample archive, built once; only to be read."""
    return sample_archive.build(tmp_path_factory.mktemp("sample") / "sample.tamarisk")


@pytest.fixture
def sample(built_sample: Path, tmp_path: Path) -> Path:
    """A copy of the sample archive to work on. Nobody has it open, so its files may be copied as they are."""
    return Path(shutil.copytree(built_sample, tmp_path / "sample.tamarisk"))


@pytest.fixture(scope="session")
def passphrase_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with a passphrase."""
    file = tmp_path_factory.mktemp("secret") / "words.txt"
    file.write_text("six words drawn at random here\n", "utf-8")
    return file


@pytest.fixture(scope="session")
def built_protected(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path) -> Path:
    """An empty protected archive, made once: wrapping a key by passphrase takes seconds."""
    path = tmp_path_factory.mktemp("protected") / "desk.tamarisk"
    assert run(["new", str(path), "--passphrase-file", str(passphrase_file)]) == 0
    return path


@pytest.fixture
def protected(built_protected: Path, tmp_path: Path) -> Path:
    """A copy of the protected archive to work on."""
    return Path(shutil.copytree(built_protected, tmp_path / "protected.tamarisk"))
