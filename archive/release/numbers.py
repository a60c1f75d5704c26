"""Sees to it that no number of a line is given twice, by the releases that lie where another is to be published.

The working archive counts its releases. One that was restored from an old backup has forgotten the later ones, and
would give their numbers to other content: whoever has both cannot tell which counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from archive import layout
from archive.errors import ArchiveError, NumberTaken
from archive.release.lines import Line
from archive.signing.statement import Statement


def refuse_taken(place: Path, line: Line, number: int, root: str = "", *, after: int = 0) -> None:
    """Raise NumberTaken where a release of the line lies in a folder with a higher number than the one that is to be
    given, or with this one, or the archive's last, and another content root.

    While the root is not known, any release with that number counts as other content. What has a number up to `after`
    is known to whoever publishes.
    """
    for path, said in _releases(place, line):
        other = said.content_root != root
        forked = said.number == line.number and said.content_root != line.root and said.number > after
        if said.number > number or (said.number == number and other) or forked:
            raise NumberTaken(path=str(path), line=line.name, number=said.number, following=number)


def _releases(place: Path, line: Line) -> Iterator[tuple[Path, Statement]]:
    """The releases of the line, the highest number first; what cannot be read is passed over."""
    found = []
    try:
        folders = sorted(place.iterdir())
    except OSError:
        folders = []
    for path in folders:
        try:
            said = None if path.name.startswith(".") else layout.said(path)
        except (ArchiveError, OSError):
            continue
        if said is not None and (said.archive, said.line) == (line.key.archive, line.name):
            found.append((path, said))
    yield from sorted(found, key=lambda one: -one[1].number)
