"""Which release of a line is in use in a place: a small file `current` names it, replaced as a whole.

Releases stand beside each other in folders by number, where the first of them lies or in the reader's data folder. A
folder in use is never renamed; what is to go is noted in the small file before it goes, so that it is gone on with.
"""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from archive import medium
from archive.container import ENDING
from archive.errors import ArchiveError
from archive.release import lines
from archive.signing import bag, standing, statement
from archive.signing.errors import NotARelease
from archive.signing.statement import Statement
from archive.update import removing

CURRENT = ".current"
RELEASES = "releases"
"""The folder in the reader's data folder with the places of each archive."""
CHANGES = ".changes"
_FOLDER = re.compile(r"(?P<line>[A-Za-z0-9][A-Za-z0-9_-]*)-(?P<number>[0-9]{4,9})" + re.escape(ENDING))
MOST = 1 << 16


@dataclass(frozen=True, slots=True)
class Current:
    """What a small file says: the archive's UUID, the line, and the number and folder's name of the release in use;
    `leaving` are folders' names that are to go."""

    archive: str
    line: str
    number: int
    folder: str
    leaving: tuple[str, ...] = ()


def file_of(place: Path, said: Statement) -> Path:
    """The small file of a line in a place."""
    return place / f"{lines.shortened(said.line)}-{said.archive[:8]}{CURRENT}"


def folder_name(said: Statement) -> str:
    """The name of the folder that a release stands in."""
    return f"{lines.shortened(said.line)}-{said.number:04d}{ENDING}"


def changes_file(release: Path) -> Path:
    """Where what a release changed is kept, encrypted, beside it."""
    return release.with_name(release.name.removesuffix(ENDING) + CHANGES)


def read(path: Path) -> Current | None:
    """What a small file says; None where there is none, or it says what none of ours would."""
    try:
        about = path.lstat()
        if not stat.S_ISREG(about.st_mode) or about.st_size > MOST:  # a pipe would be waited for without end
            return None
        said = json.loads(path.read_bytes())
        found = Current(
            str(said["archive"]), str(said["line"]), int(said["number"]), str(said["folder"]), tuple(said["leaving"])
        )
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None
    return (
        found
        if all(isinstance(one, str) and _FOLDER.fullmatch(one) for one in (found.folder, *found.leaving))
        else None
    )


def in_use(path: Path, data: Path) -> Path:
    """The release to open where `path` is asked for: the newest of its line in its place or in the reader's data
    folder; `path` itself where nothing is known that took its place. It may be gone by now."""
    own = _said(path)
    found: list[tuple[int, Path]] = []
    for place, current in _known(path, own, data):
        target = _named_by(place, current)
        if target and (own is None or current.number > own.number):
            found.append((current.number, target))
    return max(found)[1] if found else path


def installed_number(place: Path, said: Statement) -> int:
    """The number of the release in use in a place; 0 where none is known there, or the one that is named is gone."""
    current = read(file_of(place, said))
    fits = current is not None and (current.archive, current.line) == (said.archive, said.line)
    return current.number if current and fits and _named_by(place, current) else 0


def place_for(release: Path, said: Statement, data: Path) -> Path:
    """Where the release that follows is built: beside the one in use, or in the reader's data folder where nothing can
    be written there."""
    beside = release.parent
    return beside if os.access(beside, os.W_OK) else data / RELEASES / said.archive


def switch(place: Path, said: Statement, leaving: tuple[str, ...] = ()) -> None:
    """Name the release in use. A crash leaves the old name or the new one. What was to go before and has not gone yet
    is still to go. Raises environment faults."""
    before, folder = read(file_of(place, said)), folder_name(said)
    fits = before is not None and (before.archive, before.line) == (said.archive, said.line)
    going = dict.fromkeys([*(before.leaving if before and fits else ()), *leaving])
    going.pop(folder, None)
    _write(place, said, Current(said.archive, said.line, said.number, folder, tuple(going)))


def remembers(folder: Path, archive: str) -> bool:
    """Whether a small file beside a folder names it as a release of this archive, in use or to go."""
    try:
        files = sorted(folder.parent.glob(f"*{CURRENT}"))
    except OSError:
        return False
    known = (read(file) for file in files)
    return any(one and one.archive == archive and folder.name in (one.folder, *one.leaving) for one in known)


def is_there(folder: Path, said: Statement) -> bool:
    """Whether a folder still says that it is this release; nothing is verified."""
    return _said(folder) == said


def older(place: Path, said: Statement) -> tuple[str, ...]:
    """The names of the folders in a place with releases of the same line and lower numbers."""
    found = []
    for folder in sorted(place.iterdir()):
        if _FOLDER.fullmatch(folder.name) and not folder.is_symlink() and folder.is_dir():
            other = _said(folder)
            if other and (other.archive, other.line) == (said.archive, said.line) and other.number < said.number:
                found.append(folder.name)
    return tuple(found)


def finish(place: Path, said: Statement) -> tuple[Path, ...]:
    """Delete what is noted as leaving, with what is kept beside it; returns what would not go, which is tried again.

    Nothing is deleted but older releases of the line, or what is left of one, and only where the one in use is there:
    the small file is nobody's word. Raises environment faults where it cannot be noted what has gone.
    """
    current = read(file_of(place, said))
    if current is None or not current.leaving:
        return ()
    if _named_by(place, current) is None:
        return tuple(place / name for name in current.leaving if _is_older(place / name, current))
    stayed = []
    for name in current.leaving:
        if not _is_older(place / name, current):
            continue
        try:
            removing.remove(place / name)
            changes_file(place / name).unlink(missing_ok=True)
        except OSError:
            stayed.append(name)
    if tuple(stayed) != current.leaving:
        _write(place, said, Current(current.archive, current.line, current.number, current.folder, tuple(stayed)))
    return tuple(place / name for name in stayed)


def _named_by(place: Path, current: Current) -> Path | None:
    """The release that a small file names, where it is there and says the same: the file alone is nobody's word."""
    said = _said(place / current.folder)
    same = said and (said.archive, said.line, said.number) == (current.archive, current.line, current.number)
    return place / current.folder if same else None


def _is_older(folder: Path, current: Current) -> bool:
    """Whether a folder is a release of the line with a lower number, or what a crash left of deleting one."""
    if folder.is_symlink() or not folder.is_dir():
        return False
    said = _said(folder) if bag.is_bag(folder) else None
    if said is None:
        return removing.is_remainder(folder)
    return (said.archive, said.line) == (current.archive, current.line) and said.number < current.number


def _write(place: Path, said: Statement, current: Current) -> None:
    content = {name: getattr(current, name) for name in Current.__slots__}
    target = file_of(place, said)
    written = json.dumps(content, sort_keys=True).encode() + b"\n"
    medium.replace(target, written)


def _said(path: Path) -> Statement | None:
    """What a release says of itself, unverified; None where it is none or is gone."""
    try:
        return statement.from_info(bag.read(path).info)
    except (ArchiveError, OSError):
        pass
    try:
        return standing.read(path).said
    except (NotARelease, ArchiveError, OSError):
        return None


def _known(path: Path, own: Statement | None, data: Path) -> Iterator[tuple[Path, Current]]:
    """The small files that may be about the line of `path`, with their places."""
    named = _FOLDER.fullmatch(path.name)
    places = [path.parent]
    if own is not None:
        places.append(data / RELEASES / own.archive)
    for place in places:
        try:
            files = sorted(place.glob(f"*{CURRENT}"))
        except OSError:
            continue
        for file in files:
            current = read(file)
            if current is None:
                continue
            if own is not None:
                if (current.archive, current.line) == (own.archive, own.line):
                    yield place, current
            elif (
                named  # it is gone, or half deleted
                and lines.shortened(current.line) == named["line"]
                and current.number > int(named["number"])
            ):
                yield place, current
