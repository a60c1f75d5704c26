"""Lets whoever could open a release before an update open it afterwards: people of one office may share a folder."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from archive.signing import bag

MAIN = Path(bag.DATA) / "archive.db"


def as_open_as(release: Path, folder: Path) -> None:
    """Give the folders and files of `folder` the permissions that they have in `release`: those of the same name, and
    new ones those of its archive.db or of `data`. Where the system has none, or does not let us, nothing happens."""
    if os.name != "posix":
        return
    for path in (folder, *folder.rglob("*")):
        same = release / path.relative_to(folder)
        like = same if same.exists() else release / (bag.DATA if path.is_dir() else MAIN)
        with contextlib.suppress(OSError):
            mode = like.stat().st_mode & 0o777
            path.chmod(mode | (0o700 if path.is_dir() else 0o600))


def readable_by_the_same(release: Path, file: Path) -> None:
    """Let whoever may read a release read a file beside it, and nobody else."""
    if os.name == "posix":
        with contextlib.suppress(OSError):
            file.chmod((release / MAIN).stat().st_mode & 0o444 | 0o600)
