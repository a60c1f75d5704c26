"""What an update says of itself, in the clear: read from a file that may be anything, and not believed."""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from archive.connect import translated
from archive.errors import ArchiveMissing
from archive.update.errors import NotADelta

OPENING = b"tamarisk delta 1\n"
COMMENT = "tamarisk delta"
MOST = 1 << 16
"""Bytes of the line that holds it."""
MOST_NUMBER = 10**9
SAID = ("archive", "line", "base", "base_root", "number", "root", "date", "format")
_FORMS = {
    "archive": re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
    "line": re.compile("[^\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]{1,200}"),
    "base_root": re.compile(r"[0-9a-f]{64}"),
    "root": re.compile(r"[0-9a-f]{64}"),
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "statement": re.compile("[^\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]{1,60000}"),
    "signature": re.compile("[^\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]{1,20000}"),
    "salt": re.compile(r"[0-9a-f]{64}"),
}


@dataclass(frozen=True, slots=True)
class Header:
    """The archive's UUID, the line, the number and content root of the release that an update starts from and of the
    one it leads to, that one's day and format, and its statement with signature; `salt` is 32 random bytes in hex."""

    archive: str
    line: str
    base: int
    base_root: str
    number: int
    root: str
    date: str
    format: int
    statement: str
    signature: str
    salt: str


def comment(header: Header) -> str:
    """The trusted comment of an update's signature."""
    return "\t".join((COMMENT, *(f"{name}:{getattr(header, name)}" for name in SAID)))


def read(path: Path) -> Header:
    """What a file says it leads to, not verified. Raises NotADelta, ArchiveMissing, environment faults."""
    with reading(path), opened(path) as file:
        return parse(path, file)[0]


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """As `translated`, for a file that may be pulled out with its stick: raises ArchiveMissing, too."""
    try:
        with translated(path):
            yield
    except FileNotFoundError as error:
        raise ArchiveMissing(path=str(path)) from error


def opened(path: Path) -> BinaryIO:
    """The file, for reading. Raises NotADelta where it is a folder, or a pipe, which would be waited for without end;
    and OSError."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise NotADelta(path=str(path), why="not a plain file")
    return path.open("rb")


def parse(path: Path, file: BinaryIO) -> tuple[Header, bytes]:
    """The header at the beginning of a file, and the bytes that it takes. Raises NotADelta and OSError."""
    opening = file.read(len(OPENING))
    line = file.readline(MOST) if opening == OPENING else b""
    try:
        if not line.endswith(b"\n"):
            raise ValueError("not a whole line")
        said: Any = json.loads(line)
        header = Header(**{name: said[name] for name in Header.__slots__})
        if not all(_fits(name, getattr(header, name)) for name in Header.__slots__) or header.base >= header.number:
            raise ValueError("not what an update says")
    except (ValueError, KeyError, TypeError, RecursionError) as error:  # the last of brackets within brackets
        raise NotADelta(path=str(path), why="no header of an update") from error
    return header, opening + line


def _fits(name: str, value: object) -> bool:
    form = _FORMS.get(name)
    if form is None:
        return type(value) is int and 1 <= value < MOST_NUMBER
    return isinstance(value, str) and bool(form.fullmatch(value))
