"""The files below a folder that came from elsewhere: listed and read without following a link or waiting for a pipe."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from archive.connect import translated
from archive.signing.errors import NotARelease

MOST_FILES = 20_000
_PIECE = 1 << 20
_BINARY = getattr(os, "O_BINARY", 0)
_PART = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,119}[A-Za-z0-9_-])?")
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)  # no names for files on Windows


def hashed(path: Path, progress: Callable[[int], None] = lambda done: None) -> str:
    """SHA-256 of a plain file, in hex; `progress` hears the bytes done. Raises OSError, also where it is a link."""
    # without waiting: a pipe in place of the file would never be opened by anybody else
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | _BINARY)
    digest, done = hashlib.sha256(), 0
    with os.fdopen(handle, "rb", buffering=0) as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError("not a plain file")
        progress(0)
        while piece := file.read(_PIECE):
            digest.update(piece)
            done += len(piece)
            progress(done)
    return digest.hexdigest()


def walk(folder: Path, below: str = "") -> Iterator[tuple[str, int]]:
    """Every file below the folder: its path in the bag, and its bytes; -1 for a link, pipe or device.

    Raises NotARelease where there are more than any release has, and environment faults.
    """
    waiting, seen = [below], 0
    while waiting:
        inside = waiting.pop()
        with translated(folder / inside):
            if inside == below and not (folder / inside).is_dir():
                raise NotARelease(path=str(folder / inside), why="not a folder")
            found = sorted(os.scandir(folder / inside), key=lambda entry: entry.name)
        for entry in found:
            seen += 1
            if seen > MOST_FILES:
                raise NotARelease(path=str(folder), why="too many files in it")
            path = f"{inside}/{entry.name}" if inside else entry.name
            if entry.is_dir(follow_symlinks=False) and not _is_junction(entry):
                waiting.append(path)
            else:
                plain = entry.is_file(follow_symlinks=False)
                with translated(folder / path):
                    yield path, entry.stat(follow_symlinks=False).st_size if plain else -1


def _is_junction(entry: os.DirEntry[str]) -> bool:
    """Whether a folder on Windows is really a link; Python knows since 3.12."""
    asked = getattr(entry, "is_junction", None)
    return bool(asked and asked())


def is_plain(path: str) -> bool:
    """Whether a path can be that of a file on every system and leads nowhere else, by its looks."""
    parts = path.split("/")
    return len(parts) <= 9 and all(_PART.fullmatch(part) and not _DEVICE.fullmatch(part) for part in parts)
