"""Makes and reads deltas: what leads from one release of a line to a later one, record by record, signed.

A delta is a line that says what the file is, a line with its header (RFC 8785 JSON), and a sealed stream (see `stream`)
of lines, each the JSON of `["-", section, key]` or `["+", section, record]`. First comes what is removed, sections in
the opposite order of SECTIONS, then what is put; behind an original's record stand its bytes. The signature lies beside
it, as minisign makes it, and says in its trusted comment what the header says.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Literal

from archive.connect import translated
from archive.container import Archive
from archive.errors import AlreadyExists, ArchiveMissing, Cancelled, InvalidValue
from archive.release import content, lines, root
from archive.release.content import Record
from archive.release.sections import SECTIONS
from archive.signing import minisign, standing
from archive.signing.minisign import PublicKey, SecretKey
from archive.signing.standing import Standing
from archive.update.differences import differences
from archive.update.errors import NotADelta, OtherContent, OtherFormats, WrongBase
from archive.update.stream import Opener, Sealer
from archive.verify import Step

ENDING = ".tamarisk-delta"
SIGNED = ".minisig"
OPENING = b"tamarisk delta 1\n"
COMMENT = "tamarisk delta"
MOST_HEADER = 1 << 16
LOOKED = 500
"""Records between two looks at whether the work is cancelled."""
SAID = ("archive", "line", "base", "base_root", "number", "root", "date", "format")
Op = tuple[Literal["-", "+"], str, Any]
"""Remove or put, the section, and a key as a list or a record."""
Progress = Callable[[Step], None]


@dataclass(frozen=True, slots=True)
class Header:
    """What a delta says of itself, in the clear: the archive's UUID, the line, the number and content root of the
    release it starts from and of the one it leads to, that one's day and format, and its statement with signature."""

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


@dataclass(frozen=True, slots=True)
class Made:
    """A delta that was made: its file, the signature beside it, what it says, and how much it changes."""

    path: Path
    signature: Path
    header: Header
    removed: int
    put: int
    size: int


def make(
    old: Archive,
    new: Archive,
    out: Path,
    secret: SecretKey,
    *,
    progress: Progress = lambda step: None,
    cancelled: Callable[[], bool] = bool,
) -> Made:
    """Make the delta from one release to a later one, both open, in the folder `out`, or under that name.

    Both are held against their signed roots on the way. Raises NotARelease, WrongBase (other archives, lines, or the
    wrong way round), OtherFormats, OtherContent, AlreadyExists, Cancelled, environment faults; then nothing is left.
    """
    base, target = standing.read(old.path), standing.read(new.path)
    _require_fitting(base, target, new.path)
    header = Header(
        target.said.archive,
        target.said.line,
        base.said.number,
        base.said.content_root,
        target.said.number,
        target.said.content_root,
        target.said.date,
        target.said.format,
        target.text,
        target.signature,
        secrets.token_hex(32),
    )
    name = f"{lines.shortened(header.line)}-{header.base:04d}-{header.number:04d}{ENDING}"
    path = out / name if out.is_dir() else out
    signature = path.with_name(path.name + SIGNED)
    for taken in (path, signature):
        if os.path.lexists(taken):
            raise AlreadyExists(path=str(taken))
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with translated(part), part.open("xb") as file:
            removed, put = _write(file, header, old, new, progress, cancelled)
            size = file.tell()
            file.flush()
            os.fsync(file.fileno())
        said = minisign.sign(part, secret, comment(header))
        with translated(signature):
            signature.write_text(said, "ascii", newline="\n")
            os.replace(part, path)
    except BaseException:
        signature.unlink(missing_ok=True)
        part.unlink(missing_ok=True)
        raise
    return Made(path, signature, header, removed, put, size)


def comment(header: Header) -> str:
    """The trusted comment of a delta's signature."""
    return "\t".join((COMMENT, *(f"{name}:{getattr(header, name)}" for name in SAID)))


def read_header(path: Path) -> Header:
    """What a file says it leads to, not verified. Raises NotADelta, environment faults."""
    with reading(path), path.open("rb") as file:
        return _header(path, file)[0]


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """As `translated`, for a file that may be pulled out with its stick: raises ArchiveMissing, too."""
    try:
        with translated(path):
            yield
    except FileNotFoundError as error:
        raise ArchiveMissing(path=str(path)) from error


def signed_by(path: Path, keys: tuple[PublicKey, ...]) -> tuple[Header, PublicKey]:
    """The header of a delta that was signed with one of these keys, and that key; every byte is read.

    Raises NotADelta (also where the signature is not beside it), NotASignature, OtherKey, BadSignature, environment
    faults.
    """
    signature = path.with_name(path.name + SIGNED)
    if not signature.is_file():
        raise NotADelta(path=str(path), why=f"its signature {signature.name} is not beside it")
    read = minisign.parse_signature(minisign.read_file(signature))
    fitting = next((one for one in keys if one.id == read.id), keys[0])
    with reading(path):
        said = minisign.verify(path, read, fitting)
    header = read_header(path)
    if said != comment(header):
        raise NotADelta(path=str(path), why="it does not say what was signed")
    return header, fitting


class Reading:
    """The operations of a delta in their order, for the block; `data` gives an original's bytes right behind it."""

    def __init__(self, path: Path, archive: Archive) -> None:
        self._path, self._key = path, archive.key

    def __enter__(self) -> Reading:
        with reading(self._path):
            self._file = self._path.open("rb")
            self.header, before = _header(self._path, self._file)
        self._stream = Opener(self._file, self._key, before, str(self._path))
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __iter__(self) -> Iterator[Op]:
        """Raises Damaged, and environment faults such as a stick that was pulled out."""
        while True:
            with translated(self._path):
                line = self._stream.line()
            if line is None:
                return
            try:
                sign, section, said = json.loads(line)
                if sign not in ("-", "+") or section not in SECTIONS:
                    raise ValueError("no operation")
            except ValueError as error:
                raise NotADelta(path=str(self._path), why=str(error)) from error
            yield sign, section, said

    def data(self, size: int) -> Iterator[bytes]:
        """The bytes of the original whose record came last; all of them are to be read."""
        with translated(self._path):
            yield from self._stream.read(size)

    def skip(self, size: int) -> None:
        """Pass over the bytes of an original."""
        for _ in self.data(size):
            pass

    def done(self) -> float:
        """The share of the file that was read, from 0 to 1."""
        return self._file.tell() / max(self._path.stat().st_size, 1)


def _require_fitting(base: Standing, target: Standing, path: Path) -> None:
    one, other = base.said, target.said
    if (one.archive, one.line) != (other.archive, other.line):
        raise WrongBase(path=str(path), line=other.line, needed=0, installed=one.number, why="line")
    if one.number >= other.number:
        raise InvalidValue(field="release", value=str(other.number), why=f"it is not newer than {one.number}")
    if one.format != other.format:
        raise OtherFormats(path=str(path), old=one.format, new=other.format)


def _write(
    file: BinaryIO, header: Header, old: Archive, new: Archive, progress: Progress, cancelled: Callable[[], bool]
) -> tuple[int, int]:
    before = OPENING + root.canonical({name: getattr(header, name) for name in Header.__slots__}) + b"\n"
    file.write(before)
    sealer = Sealer(file, new.key, before)
    removed = put = done = 0

    def look(section: str) -> None:
        nonlocal done
        if done % LOOKED == 0:
            if cancelled():
                raise Cancelled
            progress(Step(section, "", done, done))
        done += 1

    for section in reversed(SECTIONS):
        for was, now in differences(old.db, new.db, section, lambda newer, record: look(section)):  # noqa: B023
            if was is not None and now is None:
                sealer.write(root.canonical(["-", section, content.key(section, was)]) + b"\n")
                removed += 1
    roots: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for section in SECTIONS:
        trees = (root.Tree(), root.Tree())

        def seen(newer: bool, record: Record) -> None:
            look(section)  # noqa: B023
            trees[newer].add(root.leaf(section, record))  # noqa: B023

        for _, now in differences(old.db, new.db, section, seen):
            if now is not None:
                sealer.write(root.canonical(["+", section, now]) + b"\n")
                put += 1
                if section == "original":
                    for piece in new.originals.read(now["sha256"]):
                        sealer.write(piece)
                        look(section)
        for tree, found in zip(trees, roots, strict=True):
            found[section] = tree.root().hex() if tree.leaves else ""
    for archive, found, signed in ((old, roots[0], header.base_root), (new, roots[1], header.root)):
        if root.of_sections(found) != signed:
            raise OtherContent(path=str(archive.path), expected=signed, found=root.of_sections(found))
    sealer.close()
    return removed, put


def _header(path: Path, file: BinaryIO) -> tuple[Header, bytes]:
    opening = file.read(len(OPENING))
    line = file.readline(MOST_HEADER) if opening == OPENING else b""
    try:
        said = json.loads(line)
        header = Header(**{name: said[name] for name in Header.__slots__})
        kinds = [type(value) for value in (getattr(header, name) for name in Header.__slots__)]
        if not line.endswith(b"\n") or any(kind not in (str, int) for kind in kinds):
            raise ValueError("not a header")
        if any(not isinstance(one, int) for one in (header.base, header.number, header.format)):
            raise ValueError("not a number")
    except (ValueError, KeyError, TypeError) as error:
        raise NotADelta(path=str(path), why="no header of an update") from error
    return header, opening + line
