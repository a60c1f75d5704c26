"""Finds what leads from an installed release to a later one: deltas one after another, or a full release."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from archive.errors import ArchiveError
from archive.signing import bag, standing, statement
from archive.signing.errors import NotARelease
from archive.signing.statement import Statement
from archive.update import delta
from archive.update import header as headers
from archive.update.errors import NoUpdate, OlderRelease, SameNumber, WrongBase
from archive.update.header import Header

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
    which, and that one's content root; as it says itself."""

    path: Path
    archive: str
    line: str
    base: int
    number: int
    date: str
    root: str

    def concerns(self, installed: Statement) -> bool:
        """Whether it leads on from an installed release, or claims to be that one with other content."""
        if (self.archive, self.line) != (installed.archive, installed.line):
            return False
        return self.number > installed.number or _is_another(self.number, self.root, installed)


def plan(source: Path, installed: Statement) -> Plan:
    """What a delta, a release, or a folder with such leads to.

    A delta may need others that lie beside it. Raises NotADelta, NotARelease, WrongBase, OlderRelease, SameNumber,
    NoUpdate, ArchiveMissing and environment faults.
    """
    with headers.reading(source):  # which may be pulled out
        return _plan(source, installed)


def _plan(source: Path, installed: Statement) -> Plan:
    if bag.is_bag(source):
        said = _said(source)
        _require_line(source, said.archive, said.line, said.number, installed)
        _require_later(source, said.number, said.content_root, installed)
        return Plan((), source, said.number, said.date, _size(source))
    if os.path.isdir(source):
        return _best(source, installed)
    header = headers.read(source)
    _require_line(source, header.archive, header.line, header.base, installed)
    _require_later(source, header.number, header.root, installed)
    way = _ways(_deltas(source.parent, 1), installed).get((header.base, header.base_root))
    if way is None:
        same = header.base == installed.number
        raise WrongBase(
            path=str(source),
            line=header.line,
            needed=header.base,
            installed=installed.number,
            **({"why": "content"} if same else {}),
        )
    return _planned([*way, (source, header)])


def offers(places: Sequence[Path], archive: str = "") -> tuple[Offer, ...]:
    """Deltas and releases that lie in places such as mounted sticks, the newest first; with `archive`, of that alone.

    Nothing is verified, and what cannot be read is passed over.
    """
    found = []
    for place in places:
        for path, header in _deltas(place, DEEP):
            found.append(Offer(path, header.archive, header.line, header.base, header.number, header.date, header.root))
        for path, said in _releases(place, DEEP):
            found.append(Offer(path, said.archive, said.line, 0, said.number, said.date, said.content_root))
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


def _require_later(path: Path, number: int, root: str, installed: Statement) -> None:
    _refuse_another(path, number, root, installed)
    if number <= installed.number:
        raise OlderRelease(path=str(path), number=number, installed=installed.number)


def _refuse_another(path: Path, number: int, root: str, installed: Statement) -> None:
    if _is_another(number, root, installed):
        raise SameNumber(path=str(path), line=installed.line, number=number)


def _is_another(number: int, root: str, installed: Statement) -> bool:
    """Whether something claims the number of the installed release for other content."""
    return number == installed.number and root != installed.content_root


def _best(folder: Path, installed: Statement) -> Plan:
    """The way that leads farthest; of several to the same release the shortest to read."""
    ways = []
    deltas, releases = list(_deltas(folder, DEEP)), list(_releases(folder, DEEP))
    chains = _ways(deltas, installed).values()
    chain = max(chains, key=lambda way: way[-1][1].number if way else 0)
    if chain:
        ways.append(_planned(chain))
    ours = installed.archive, installed.line
    for path, said in releases:
        if (said.archive, said.line) == ours and said.number > installed.number:
            ways.append(Plan((), path, said.number, said.date, _size(path)))
    if not ways:
        ends = [(path, said.archive, said.line, said.number, said.content_root) for path, said in releases]
        ends += [(path, one.archive, one.line, one.number, one.root) for path, one in deltas]
        for path, archive, line, number, root in ends:
            if (archive, line) == ours:
                _refuse_another(path, number, root, installed)
        raise NoUpdate(path=str(folder), line=installed.line, installed=installed.number)
    return min(ways, key=lambda one: (-one.number, one.size))


def _planned(chain: Sequence[tuple[Path, Header]]) -> Plan:
    last = chain[-1][1]
    return Plan(
        tuple(path for path, _ in chain), None, last.number, last.date, sum(path.stat().st_size for path, _ in chain)
    )


def _ways(
    found: Iterable[tuple[Path, Header]], installed: Statement
) -> dict[tuple[int, str], list[tuple[Path, Header]]]:
    """The releases that deltas lead to, by number and root, each with the fewest that lead there from the installed
    one; that one with none."""
    known = [one for one in found if (one[1].archive, one[1].line) == (installed.archive, installed.line)]
    known.sort(key=lambda one: one[1].number)
    ways: dict[tuple[int, str], list[tuple[Path, Header]]] = {(installed.number, installed.content_root): []}
    for path, header in known:  # each leads upwards, so that one pass in the order of their ends finds every way
        start, end = (header.base, header.base_root), (header.number, header.root)
        if start in ways:
            way = [*ways[start], (path, header)]
            if end not in ways or len(way) < len(ways[end]):
                ways[end] = way
    return ways


def _deltas(folder: Path, deep: int) -> Iterator[tuple[Path, Header]]:
    for path in _within(folder, deep):
        if path.name.endswith(delta.ENDING) and not path.name.startswith("."):
            try:
                yield path, headers.read(path)
            except (ArchiveError, OSError):
                continue


def _releases(folder: Path, deep: int) -> Iterator[tuple[Path, Statement]]:
    for path in _within(folder, deep):
        if not path.name.startswith(".") and os.path.isdir(path) and bag.is_bag(path):
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
            names = sorted(islice(place.iterdir(), MOST_LOOKED))
        except OSError:
            continue
        for path in names:
            looked += 1
            if looked > MOST_LOOKED:
                return
            yield path
            # os.path tells of what cannot be looked at that it is none; the path's own methods raise
            if left > 1 and os.path.isdir(path) and not os.path.islink(path) and not bag.is_bag(path):
                waiting.append((path, left - 1))


def _said(path: Path) -> Statement:
    try:
        return statement.from_info(bag.read(path).info)
    except NotARelease:
        return standing.read(path).said


def _size(release: Path) -> int:
    return sum(file.size for file in bag.read(release).files)
