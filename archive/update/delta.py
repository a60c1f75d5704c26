"""Makes and reads deltas: what leads from one release of a line to a later one, record by record, signed.

A delta is a line that says what the file is, a line with its header (RFC 8785 JSON), and a sealed stream (see `stream`)
of lines, each the JSON of `["-", section, key]` or `["+", section, record]`. First comes what is removed, sections in
the opposite order of SECTIONS, then what is put; behind an original's record stand its bytes. The signature lies beside
it, as minisign makes it, and says in its trusted comment what the header says.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Literal

from archive import medium
from archive.connect import translated
from archive.container import Archive
from archive.errors import AlreadyExists, Cancelled, EnvironmentFault
from archive.release import content, lines, root
from archive.release.content import Record
from archive.release.sections import SECTIONS
from archive.signing import minisign, standing
from archive.signing.minisign import PublicKey, SecretKey
from archive.signing.standing import Standing
from archive.update import header as headers
from archive.update.differences import differences
from archive.update.errors import NoDelta, NotADelta, OtherContent, OtherFormats, WrongBase
from archive.update.header import Header
from archive.update.stream import Opener, Sealer
from archive.verify import Step

ENDING = ".tamarisk-delta"
SIGNED = ".minisig"
LOOKED = 500
"""Records between two looks at whether the work is cancelled."""
Op = tuple[Literal["-", "+"], str, Any]
"""Remove or put, the section, and a key as a list or a record."""
Progress = Callable[[Step], None]


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

    Both are held against their signed roots on the way. Raises NotARelease, WrongBase (other archives or lines),
    NoDelta (not later, or signed with another key), OtherFormats, OtherContent, AlreadyExists, Cancelled,
    environment faults; then nothing is left.
    """
    base, target = standing.read(old.path), standing.read(new.path)
    _require_fitting(base, target, new.path)
    if standing.signer(target, (secret.public,)) is None:  # no reader would take it
        raise NoDelta(path=str(new.path), number=target.said.number, other=secret.public.name(), why="key")
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
    path = out / name if os.path.isdir(out) else out  # unlike the own method of a path it bears a name that is too long
    if os.path.lexists(path):
        raise AlreadyExists(path=str(path))
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    signed = part.with_name(part.name + SIGNED)
    try:
        with _opened(part, path) as file, content.legible(new.path):
            removed, put = _write(file, header, old, new, progress, cancelled)
            size = file.tell()
            file.flush()
            os.fsync(file.fileno())
        said = minisign.sign(part, secret, headers.comment(header))
        with translated(signed), signed.open("xb") as file:
            file.write(said.encode())
            file.flush()
            os.fsync(file.fileno())
        signature = _named(part, signed, path)
    except BaseException:
        for left in (part, signed):
            with contextlib.suppress(OSError):
                left.unlink()
        raise
    return Made(path, signature, header, removed, put, size)


@contextlib.contextmanager
def _opened(part: Path, wanted: Path) -> Iterator[BinaryIO]:
    """A new file to write, for the block. Raises environment faults, which name what is `wanted`: also where its folder
    is none, or is gone."""
    with translated(wanted):
        try:
            file = part.open("xb")
        except (FileNotFoundError, NotADirectoryError) as error:
            raise EnvironmentFault(path=str(wanted), why=str(error.strerror)) from error
        with file:
            yield file


def _named(part: Path, signed: Path, path: Path) -> Path:
    """Give both files their names; a signature that lies alone is what a crash left, and is replaced. Raises
    AlreadyExists where another made the same update meanwhile."""
    signature = path.with_name(path.name + SIGNED)
    if os.path.lexists(path):
        raise AlreadyExists(path=str(path))
    with translated(path):
        os.replace(signed, signature)
        os.replace(part, path)
        medium.flush_folder(path.parent)
    return signature


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
    header = headers.read(path)  # also looks whether it is a plain file
    with headers.reading(path):
        said = minisign.verify(path, read, fitting)
    if headers.read(path) != header or said != headers.comment(header):
        raise NotADelta(path=str(path), why="it does not say what was signed")
    return header, fitting


class Reading:
    """The operations of a delta in their order, for the block; `data` gives an original's bytes right behind it."""

    def __init__(self, path: Path, archive: Archive) -> None:
        self._path, self._key = path, archive.key

    def __enter__(self) -> Reading:
        with headers.reading(self._path):
            self._file = headers.opened(self._path)
            self.header, before = headers.parse(self._path, self._file)
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
            except (ValueError, TypeError, RecursionError) as error:
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
        return self._file.tell() / max(os.fstat(self._file.fileno()).st_size, 1)  # a stick may be gone by now


def _require_fitting(base: Standing, target: Standing, path: Path) -> None:
    one, other = base.said, target.said
    if (one.archive, one.line) != (other.archive, other.line):
        raise WrongBase(path=str(path), line=other.line, needed=0, installed=one.number, why="line")
    if one.number >= other.number:
        raise NoDelta(path=str(path), number=other.number, other=one.number, why="order")
    if one.format != other.format:
        raise OtherFormats(path=str(path), old=one.format, new=other.format)


def _write(
    file: BinaryIO, header: Header, old: Archive, new: Archive, progress: Progress, cancelled: Callable[[], bool]
) -> tuple[int, int]:
    before = headers.OPENING + root.canonical({name: getattr(header, name) for name in Header.__slots__}) + b"\n"
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
