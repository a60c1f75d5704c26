"""The walk: every file below the paths given, hidden ones included, and a word for everything that is no file."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read, or with `problem` (a code) something that cannot be read.

    `shown` is the name relative to what was given, beginning with that one's own name; `raw` the bytes where the name
    is not UTF-8. `size` is in bytes.
    """

    path: Path
    shown: str
    raw: bytes | None
    size: int
    problem: str = ""


def walk(paths: Iterable[Path]) -> Iterator[Found]:
    """Everything below `paths`, folders in the order of their names; nothing is followed that leads elsewhere.

    A path given may itself be a link; links below it are reported (`link`), like devices and pipes (`special-file`),
    folders that may not be listed (`no-permission`) and archives of this program (`is-archive`).
    """
    for path in paths:
        shown, raw = _shown(path.name or str(path.absolute().name) or str(path))
        try:
            facts = path.stat()
        except OSError as error:
            yield Found(path, shown, raw, 0, _code(error))
            continue
        if stat.S_ISDIR(facts.st_mode):
            yield from _folder(path, shown)
        else:
            yield _file(path, shown, raw, facts.st_mode, facts.st_size)


def _folder(folder: Path, shown: str) -> Iterator[Found]:
    """The files below a folder, by a stack of its own: folders may be nested deeper than Python calls."""
    stack = [(folder, shown)]
    while stack:
        here, name_here = stack.pop()
        try:
            if (here / "archive.db").is_file() and (here / "keys").is_dir():  # raises where it may not be entered
                yield Found(here, name_here, None, 0, "is-archive")
                continue
            entries = sorted(os.scandir(here), key=lambda entry: entry.name)
        except OSError as error:
            yield Found(here, name_here, None, 0, _code(error))
            continue
        below = []
        for entry in entries:
            name, raw = _shown(entry.name)
            shown = f"{name_here}/{name}"
            path = Path(entry.path)
            try:
                facts = entry.stat(follow_symlinks=False)
            except OSError as error:
                yield Found(path, shown, raw, 0, _code(error))
                continue
            if stat.S_ISDIR(facts.st_mode):
                below.append((path, shown))
            else:
                yield _file(path, shown, raw, facts.st_mode, facts.st_size)
        stack.extend(reversed(below))


def _file(path: Path, shown: str, raw: bytes | None, mode: int, size: int) -> Found:
    if stat.S_ISREG(mode):
        return Found(path, shown, raw, size)
    return Found(path, shown, raw, 0, "link" if stat.S_ISLNK(mode) else "special-file")


def _shown(name: str) -> tuple[str, bytes | None]:
    """A name as it can be shown, and its bytes where they are not UTF-8."""
    try:
        name.encode()
    except UnicodeEncodeError:
        raw = os.fsencode(name)
        return raw.decode("utf-8", "replace"), raw
    return name, None


def _code(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "no-permission"
    return "missing" if isinstance(error, FileNotFoundError) else "input-output"
