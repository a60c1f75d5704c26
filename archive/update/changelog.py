"""What changed between two releases, in facts a person can read: added, corrected, withdrawn, no longer there, and why.

It never holds what names a record that is gone, nor the old value of a correction made for safety. Kept beside the
release that it leads to, it is encrypted under the line's key.
"""

from __future__ import annotations

import io
import json
import secrets
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from archive import medium
from archive.connect import translated
from archive.errors import Damaged
from archive.keys import ArchiveKey
from archive.signing import bag
from archive.update import installed
from archive.update.stream import Opener, Sealer

OPENING = b"tamarisk changes 1\n"


class What(StrEnum):
    """What became of a record."""

    ADDED = "added"
    CORRECTED = "corrected"
    SET_ASIDE = "set-aside"
    """A fact stands no longer, and no other took its place."""
    SOURCE = "source"
    """A fact got a further source."""
    WITHDRAWN = "withdrawn"
    LEFT_OUT = "left-out"
    """It is not in the new release, and was not withdrawn."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `kind`: document, or a subject's, or fact. `record`: its UUID; `about`: UUIDs of the records that it
    is a part of. `title` is of the document or subject, `field` and values those of a fact or of a corrected field, as
    stored, terms and subjects by their labels; `source` the title of the document that says so. `reason`: the desk's
    words, or of a withdrawal one of the four. `hidden`: the old value is not told. Of what is gone nothing but kind,
    record, reason and day is told."""

    what: What
    kind: str
    record: str
    about: tuple[str, ...] = ()
    title: str = ""
    field: str = ""
    old: str = ""
    new: str = ""
    source: str = ""
    reason: str = ""
    at: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Changelog:
    """What leads from one release of a line to another: their numbers, the later one's day, what its publisher says of
    it, and the changes, documents first."""

    archive: str
    line: str
    base: int
    number: int
    date: str
    notes: str
    changes: tuple[Change, ...]

    @property
    def gone(self) -> bool:
        """Whether anything of the old release must not be kept: a record that went, or a value corrected for safety."""
        return any(one.hidden or one.what in (What.WITHDRAWN, What.LEFT_OUT) for one in self.changes)

    def of(self, record: str) -> tuple[Change, ...]:
        """What changed in one record, or in what is a part of it."""
        return tuple(one for one in self.changes if record == one.record or record in one.about)


def save(path: Path, key: ArchiveKey, log: Changelog) -> None:
    """Keep a changelog in a file, in place of one that is there. A crash leaves the old one, or the new one whole.
    Raises environment faults."""
    before = OPENING + secrets.token_hex(32).encode() + b"\n"
    written = io.BytesIO()
    written.write(before)
    sealer = Sealer(written, key, before)
    sealer.write(json.dumps(asdict(log), ensure_ascii=False).encode() + b"\n")
    sealer.close()
    medium.replace(path, written.getvalue())


def load(path: Path, key: ArchiveKey) -> Changelog | None:
    """A changelog that was kept; None where there is none. Raises Damaged, environment faults."""
    with translated(path):
        if not path.is_file():
            return None
        with path.open("rb") as file:
            before = file.readline(1 << 10) + file.readline(1 << 10)
            line = Opener(file, key, before, str(path)).line() if before.startswith(OPENING) else None
    try:
        said = json.loads(line or b"")
        changes = tuple(
            Change(**{**one, "what": What(one["what"]), "about": tuple(one["about"])}) for one in said["changes"]
        )
        return Changelog(**{**said, "changes": changes})
    except (ValueError, TypeError, KeyError) as error:
        raise Damaged(path=str(path), why="no changelog") from error


def beside(release: Path, key: ArchiveKey) -> Changelog | None:
    """What the last update of a release changed, as it is kept beside it; None for an archive, or one that was not
    updated here. Raises as `load` does."""
    folder = bag.around(release)
    return load(installed.changes_file(folder), key) if folder else None
