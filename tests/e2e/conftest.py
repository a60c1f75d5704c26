"""The program as a user starts it: a process of its own, with a home and a temporary folder of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

TAMARISK = (sys.executable, "-m", "desktop")
MAP = """
[subject.person]
kind = "person"

[[subject.person.field]]
field = "name"
column = "Name"

[[subject.person.field]]
field = "position"
column = "What"

[subject.case]
kind = "case"

[[subject.case.field]]
field = "person-concerned"
subject = "person"
"""
"""How a table with the columns Name and What becomes cases."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a program ended, and what it said."""

    status: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class Desk:
    """A place to run the program at: its folders for temporary files, home and everything else."""

    folder: Path
    temporary: Path
    home: Path

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT") if name in os.environ}
        return {
            **kept,
            "HOME": str(self.home),
            "TMPDIR": str(self.temporary),
            "LANG": "C.UTF-8",
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def run(self, *words: object) -> Ended:
        """Run the command line with nobody at a terminal."""
        done = subprocess.run(
            [*TAMARISK, *map(str, words)],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=300,
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    def start(self, *words: object) -> subprocess.Popen[bytes]:
        """Start it and go on."""
        return subprocess.Popen(
            [*TAMARISK, *map(str, words)],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def new(self, *words: object) -> Path:
        """A new archive; not protected unless words say otherwise."""
        path = self.folder / "desk.tamarisk"
        made = self.run("new", path, *(words or ("--open",)))
        assert made.status == 0, made.err
        return path


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with empty folders."""
    made = Desk(tmp_path, tmp_path / "temporary", tmp_path / "home")
    made.temporary.mkdir()
    made.home.mkdir()
    return made


@pytest.fixture
def mount(tmp_path: Path) -> Any:
    """Mounts a file system for the test, or skips it where that is not allowed: mount(options..., target)."""
    mounted: list[Path] = []

    def do(*words: object) -> None:
        done = subprocess.run(["mount", *map(str, words)], capture_output=True, text=True)
        if done.returncode:
            pytest.skip(f"mounting is not allowed here: {done.stderr.strip()}")
        target = Path(str(words[-1]))
        if target not in mounted:
            mounted.append(target)

    if sys.platform != "linux":
        pytest.skip("mounts as Linux does")
    yield do
    for target in reversed(mounted):
        subprocess.run(["umount", target], check=True)


Mount = Callable[..., None]
