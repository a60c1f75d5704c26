"""Finds what leads from an installed release to a later one: deltas one after another, or a full release."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from archive.errors import ArchiveError
from archive.signing import bag, standing, statement
from archive.signing.errors import NotARelease
from archive.signing.statement import Statement
from archive.update import delta
from archive.update.delta import Header
from archive.update.errors import NoUpdate, OlderRelease, WrongBase

DEEP = 2
"""How many folders deep a stick is searched."""
MOST_LOOKED = 5000
"""Names in a place that are looked at; a stick may hold anything."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What leads to a later release: `deltas` in their order, or else the `full` one. `number` and `date` are its own,
    as unverified as all of this. `size`: bytes to be read."""

    deltas: tuple[Path, ...]
    full: Path | None
    number: int
    date: str
    size: int


@dataclass(frozen=True, slots=True)
class Offer:
    """An update or a release that lies in a place: of which archive and line, from which number (0: a full release) to
    which."""

    path: Path
    archive: str
    line: str
    base: int
    number: int
    date: str


def plan(source: Path, installed: Statement) -> Plan:
    """What a delta, a release, or a folder with such leads to.

    A delta may need others that lie beside it. Raises NotADelta, NotARelease, WrongBase, OlderRelease, NoUpdate, and
    environment faults.
    """
    if bag.is_bag(source):
        said = _said(source)
        _require_line(source, said.archive, said.line, said.number, installed)
        if said.number <= installed.number:
            raise OlderRelease(path=str(source), number=said.number, installed=installed.number)
        return Plan((), source, said.number, said.date, _size(source))
    if source.is_dir():
        return _best(source, installed)
    header = delta.read_header(source)
    _require_line(source, header.archive, header.line, header.base, installed)
    if header.number <= installed.number:
        raise OlderRelease(path=str(source), number=header.number, installed=installed.number)
    beside = [one for one in _deltas(source.parent, 1) if one[0] != source]
    chain = _chain([(source, header), *beside], installed, last=source)
    if not chain:
        same = header.base == installed.number
        raise WrongBase(
            path=str(source),
            line=header.line,
            needed=header.base,
            installed=installed.number,
            **({"why": "content"} if same else {}),
        )
    return _planned(chain)


def offers(places: Sequence[Path], archive: str = "") -> tuple[Offer, ...]:
    """Deltas and releases that lie in places such as mounted sticks, the newest first; with `archive`, of that alone.

    Nothing is verified, and what cannot be read is passed over.
    """
    found = []
    for place in places:
        for path, header in _deltas(place, DEEP):
            found.append(Offer(path, header.archive, header.line, header.base, header.number, header.date))
        for path, said in _releases(place, DEEP):
            found.append(Offer(path, said.archive, said.line, 0, said.number, said.date))
    wanted = [one for one in found if archive in ("", one.archive)]
    return tuple(sorted(wanted, key=lambda one: (-one.number, one.base, str(one.path))))


def mounted() -> tuple[Path, ...]:
    """Where sticks and other media are mounted."""
    if sys.platform == "win32":
        drives = (
            os.listdrives() if hasattr(os, "listdrives") else [f"{letter}:\\" for letter in "DEFGHIJKLMNOPQRSTUVWXYZ"]
        )
        return tuple(Path(drive) for drive in drives if not drive.upper().startswith("C") and os.path.isdir(drive))
    found: list[Path] = []
    for place in ("/media", "/run/media", "/mnt", "/Volumes"):
        try:
            inner = sorted(Path(place).iterdir())
        except OSError:
            continue
        for one in inner:
            found.append(one)
            if place in ("/media", "/run/media") and not os.path.ismount(one):  # a folder for each user
                try:
                    found += sorted(one.iterdir())
                except OSError:
                    continue
    return tuple(one for one in dict.fromkeys(found) if os.path.isdir(one))


def _require_line(path: Path, archive: str, line: str, needed: int, installed: Statement) -> None:
    if (archive, line) != (installed.archive, installed.line):
        raise WrongBase(path=str(path), line=line, needed=needed, installed=installed.number, why="line")


def _best(folder: Path, installed: Statement) -> Plan:
    """The way that leads farthest; of several to the same release the shortest to read."""
    ways = []
    chain = _chain(_deltas(folder, DEEP), installed)
    if chain:
        ways.append(_planned(chain))
    for path, said in _releases(folder, DEEP):
        if (said.archive, said.line) == (installed.archive, installed.line) and said.number > installed.number:
            ways.append(Plan((), path, said.number, said.date, _size(path)))
    if not ways:
        raise NoUpdate(path=str(folder), line=installed.line, installed=installed.number)
    return min(ways, key=lambda one: (-one.number, one.size))


def _planned(chain: Sequence[tuple[Path, Header]]) -> Plan:
    last = chain[-1][1]
    return Plan(
        tuple(path for path, _ in chain), None, last.number, last.date, sum(path.stat().st_size for path, _ in chain)
    )


def _chain(
    found: Sequence[tuple[Path, Header]] | Iterator[tuple[Path, Header]], installed: Statement, last: Path | None = None
) -> list[tuple[Path, Header]]:
    """The fewest deltas that lead from the installed release to the farthest, or to the end of `last`; none where no
    way leads on."""
    known = [one for one in found if (one[1].archive, one[1].line) == (installed.archive, installed.line)]
    known.sort(key=lambda one: one[1].number)
    ways: dict[tuple[int, str], list[tuple[Path, Header]]] = {(installed.number, installed.content_root): []}
    for path, header in known:  # each leads upwards, so that one pass in the order of their ends finds every way
        start, end = (header.base, header.base_root), (header.number, header.root)
        if start in ways and header.number > header.base:
            way = [*ways[start], (path, header)]
            if end not in ways or len(way) < len(ways[end]):
                ways[end] = way
    leading = [way for way in ways.values() if way and (last is None or way[-1][0] == last)]
    return max(leading, key=lambda way: way[-1][1].number, default=[])


def _deltas(folder: Path, deep: int) -> Iterator[tuple[Path, Header]]:
    for path in _within(folder, deep):
        if path.name.endswith(delta.ENDING) and not path.name.startswith("."):
            try:
                yield path, delta.read_header(path)
            except (ArchiveError, OSError):
                continue


def _releases(folder: Path, deep: int) -> Iterator[tuple[Path, Statement]]:
    for path in _within(folder, deep):
        if not path.name.startswith(".") and path.is_dir() and bag.is_bag(path):
            try:
                yield path, _said(path)
            except (ArchiveError, OSError):
                continue


def _within(folder: Path, deep: int) -> Iterator[Path]:
    """What lies in a folder and in those within it; links are not followed, and releases not entered."""
    waiting, looked = [(folder, deep)], 0
    while waiting:
        place, left = waiting.pop(0)
        try:
            names = sorted(place.iterdir())
        except OSError:
            continue
        for path in names:
            looked += 1
            if looked > MOST_LOOKED:
                return
            yield path
            if left > 1 and path.is_dir() and not path.is_symlink() and not bag.is_bag(path):
                waiting.append((path, left - 1))


def _said(path: Path) -> Statement:
    try:
        return statement.from_info(bag.read(path).info)
    except NotARelease:
        return standing.read(path).said


def _size(release: Path) -> int:
    return sum(file.size for file in bag.read(release).files)
