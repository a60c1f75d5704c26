"""The receipt of a release: who signed it, what it says of itself, and whether every file is as it was signed."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from archive.errors import Damaged
from archive.signing import bag, minisign, seal, standing, statement
from archive.signing.bag import Bag, Fault, Finding
from archive.signing.errors import BadSignature, NotAKey, NotARelease, NotASignature, OtherKey
from archive.signing.minisign import PublicKey, Signature
from archive.signing.statement import Statement

ARCHIVE_DB = f"{bag.DATA}/archive.db"
UPDATED = "Tamarisk-Updated-From"
"""The label in bag-info of a release that an update put together: the number of the one it was made from. Its list of
files was made where the update was, and is not signed; its statement is, and the content root proves what is in it."""


class State(StrEnum):
    """What a receipt comes to. All but the first three are a refusal; SAME_NUMBER is for whoever remembers others."""

    VALID = "valid"
    UNKNOWN_KEY = "unknown-key"
    """Whole and signed, by a key that nobody here has compared."""
    UNPROVEN = "unproven"
    """Put together by an update: its statement is signed, its files are as listed there, and what is in it was not
    held against the signed content root this time."""
    OTHER_KEY = "other-key"
    """Signed by another key than the one that is trusted for this archive."""
    SAME_NUMBER = "same-number"
    """As it was signed, and yet not the release of this number that was read here before."""
    TAMPERED = "tampered"
    """What the release says of itself, or its lists of files, are not what was signed."""
    DAMAGED = "damaged"
    """Files are missing, altered or too many, or the signature is not there."""


REFUSED = (State.OTHER_KEY, State.SAME_NUMBER, State.TAMPERED, State.DAMAGED)


@dataclass(frozen=True, slots=True)
class Trusted:
    """A publisher's key that somebody has compared: its name here, and the UUID of the archive it was compared for,
    empty where it is trusted for every archive (it came with the program)."""

    public: PublicKey
    name: str
    archive: str = ""


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file of the release: its path, SHA-256 in hex as listed, bytes as listed; whether its bytes were read; what is
    wrong with it."""

    path: str
    sha256: str
    size: int
    read: bool
    fault: Fault | None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was found. `statement` is what the release says, signed only where the state is not TAMPERED; None where
    that cannot be read. `key` made the signature; None where it cannot be told. `trusted_as` is that key's name here,
    empty where it is not trusted. `findings` are those about any file, the listed ones too. `full`: every byte was
    read. `updated_from` is the number of the release that this one was put together from, 0 where the files are the
    publisher's own bytes; then `proven` says whether the content was held against the signed root."""

    state: State
    statement: Statement | None
    key: PublicKey | None
    trusted_as: str
    files: tuple[CheckedFile, ...]
    findings: tuple[Finding, ...]
    full: bool
    updated_from: int = 0
    proven: bool = False

    @property
    def refused(self) -> bool:
        """Whether this is not to be used before somebody has overruled it in so many words."""
        return self.state in REFUSED

    @property
    def stripped(self) -> bool:
        """Whether nothing that was signed is left of it (see `stripped`)."""
        return self.state is State.TAMPERED and self.findings == STRIPPED


STRIPPED = tuple(Finding(name, Fault.MISSING) for name in sorted((*bag.TAGS, bag.TAGMANIFEST, bag.SIGNATURE)))
"""The findings where everything is gone that makes a folder a release."""


@dataclass(frozen=True, slots=True)
class _Signer:
    """What the signature comes to, before any file is looked at."""

    state: State
    key: PublicKey | None = None
    comment: str | None = None
    finding: Finding | None = None
    updated_from: int = 0


def receipt(
    folder: Path,
    trusted: Sequence[Trusted] = (),
    *,
    full: bool,
    contents: bool = True,
    archive: str = "",
    progress: Callable[[str, int, int], None] = lambda path, done, total: None,
    root: Callable[[], str] | None = None,
    apart: str = "",
) -> Receipt:
    """Verify a release. Nothing is written, and nothing in the folder is opened as a database, unless by `root`.

    `root` computes the content root in hex; it is asked where an update put the release together and nothing else is
    wrong. `apart` is a file beside the bag's that is no part of it, while it is being put together.
    Always looked at: the signature, the lists, the presence and size of every file, and the bytes of all but the
    originals' volumes; with `full` those too, with `contents` false none. `archive` is the UUID that the release must
    be of, where one is known.
    `progress` hears the file at work, the bytes done and all of them; what it raises ends the work.
    Raises NotARelease (no bag; or a whole one that was signed as something else), and environment faults.
    """
    read = bag.read(folder)
    signer = _signer(folder, read, trusted)
    said = _statement(read, signer)
    if said is None and signer.state is not State.TAMPERED and not read.findings:
        raise NotARelease(path=str(folder), why="it was signed as something else")

    def is_read(path: str) -> bool:
        return contents and (full or not _is_volume(path))

    looked = bag.check(folder, read, contents=is_read, progress=progress)
    found = {finding.path: finding for finding in looked if not apart or finding != Finding(apart, Fault.UNLISTED)}
    if signer.finding is not None:
        found[signer.finding.path] = signer.finding
    if ARCHIVE_DB not in {file.path for file in read.files}:
        found.setdefault(ARCHIVE_DB, Finding(ARCHIVE_DB, Fault.MISSING))
    findings = tuple(found[path] for path in sorted(found))
    state = _state(signer, read, findings, said, archive, trusted)
    proven = False
    if signer.updated_from and state in (State.VALID, State.UNKNOWN_KEY):
        proven = said is not None and root is not None and _holds(root, said.content_root)
        if root is not None and not proven:
            state, findings = State.TAMPERED, (Finding(ARCHIVE_DB, Fault.ALTERED),)
        elif state is State.VALID and not proven:
            state = State.UNPROVEN
    name = next((one.name for one in _trusted_for(trusted, said) if one.public == signer.key), "")
    files = tuple(
        CheckedFile(
            file.path,
            file.sha256,
            file.size,
            file.path not in found and is_read(file.path),
            found[file.path].fault if file.path in found else None,
        )
        for file in read.files
    )
    return Receipt(state, said, signer.key, name, files, findings, full and contents, signer.updated_from, proven)


def stripped() -> Receipt:
    """What is to be said of a release whose signature and lists were all taken away: how it is known to be one is for
    whoever remembers it."""
    return Receipt(State.TAMPERED, None, None, "", (), STRIPPED, full=False)


def enclosed_key(folder: Path) -> PublicKey | None:
    """The publisher's key as a release names it, which proves nothing; None where it names none.

    Raises NotARelease and environment faults.
    """
    return _enclosed(bag.read(folder))


def _state(
    signer: _Signer,
    read: Bag,
    findings: Sequence[Finding],
    said: Statement | None,
    archive: str,
    trusted: Sequence[Trusted],
) -> State:
    altered = {finding.path for finding in findings if finding.fault not in (Fault.MISSING, Fault.UNREADABLE)}
    if signer.state is State.TAMPERED or altered.intersection(bag.TAGS):
        return State.TAMPERED
    if said is not None and archive and said.archive != archive:
        return State.TAMPERED
    if said is not None and signer.state is State.VALID and not any(f.path == bag.INFO for f in findings):
        try:
            if statement.from_info(read.info) != said:
                return State.TAMPERED
        except NotARelease:
            return State.TAMPERED
    if signer.state is State.OTHER_KEY:
        return State.OTHER_KEY
    if findings or said is None:
        return State.DAMAGED
    known = _trusted_for(trusted, said)
    if any(one.public == signer.key for one in known):
        return State.VALID
    return State.OTHER_KEY if any(one.archive for one in known) else State.UNKNOWN_KEY


def _trusted_for(trusted: Sequence[Trusted], said: Statement | None) -> list[Trusted]:
    return [one for one in trusted if said is not None and one.archive in ("", said.archive)]


def _signer(folder: Path, read: Bag, trusted: Sequence[Trusted]) -> _Signer:
    """Whose signature is on the list of what was signed. VALID says that it fits, not that the key is trusted."""
    path = folder / bag.SIGNATURE
    if not os.path.lexists(path) and UPDATED in read.info:
        return _updated(folder, read, trusted)
    if not _is_plain_file(path):
        fault = Fault.LINK if path.is_symlink() or path.exists() else Fault.MISSING
        return _Signer(State.DAMAGED, finding=Finding(bag.SIGNATURE, fault))
    if not _is_plain_file(folder / bag.TAGMANIFEST) or (folder / bag.TAGMANIFEST).stat().st_size > bag.MOST_TAG:
        return _Signer(State.DAMAGED)
    try:
        signature = minisign.parse_signature(minisign.read_file(path))
    except (NotASignature, NotAKey):
        return _Signer(State.DAMAGED, finding=Finding(bag.SIGNATURE, Fault.MALFORMED))
    enclosed = _enclosed(read)
    keys = dict.fromkeys([*(one.public for one in trusted), *([enclosed] if enclosed else [])])
    for key in keys:
        comment = _fits(folder, signature, key)
        if comment is not None:
            taken = any(one.public.id == key.id and one.public != key for one in trusted)
            return _Signer(State.OTHER_KEY if taken else State.VALID, key, comment)
    named = next((key for key in keys if key.id == signature.id), None)
    if named is None and Finding(bag.INFO, Fault.MISSING) in read.findings:  # with the key that it names
        return _Signer(State.DAMAGED)
    return _Signer(State.TAMPERED, named)


def _updated(folder: Path, read: Bag, trusted: Sequence[Trusted]) -> _Signer:
    """Whose signature is on the statement of a release that an update put together."""
    try:
        found = standing.read(folder)
        number = int(read.info[UPDATED])
    except (NotARelease, ValueError):
        return _Signer(State.DAMAGED)
    enclosed = _enclosed(read)
    keys = list(dict.fromkeys([*(one.public for one in trusted), *([enclosed] if enclosed else [])]))
    key = standing.signer(found, keys)
    if key is None or not 1 <= number < found.said.number:
        return _Signer(State.TAMPERED, key)
    taken = any(one.public.id == key.id and one.public != key for one in trusted)
    state = State.OTHER_KEY if taken else State.VALID
    return _Signer(state, key, statement.to_comment(found.said), updated_from=number)


def _holds(root: Callable[[], str], signed: str) -> bool:
    """Whether what is in the release is what was signed; what cannot be read is not."""
    try:
        return root() == signed
    except Damaged:
        return False


def _fits(folder: Path, signature: Signature, key: PublicKey) -> str | None:
    try:
        return minisign.verify(folder / bag.TAGMANIFEST, signature, key)
    except (OtherKey, BadSignature):
        return None


def _statement(read: Bag, signer: _Signer) -> Statement | None:
    """What was signed, else what the release says of itself."""
    try:
        return statement.from_info(read.info) if signer.comment is None else statement.from_comment(signer.comment)
    except NotARelease:
        return None


def _enclosed(read: Bag) -> PublicKey | None:
    try:
        return minisign.parse_public(read.info.get(seal.KEY, ""))
    except NotAKey:
        return None


def _is_plain_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _is_volume(path: str) -> bool:
    return path.startswith(f"{bag.DATA}/originals-")
