"""Keys for signing, which publishers' keys are trusted here, and the receipt of a release by them; free of Qt."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import resources
from archive import container, layout, slots
from archive.errors import AlreadyExists, ArchiveError, Damaged, InvalidValue
from archive.keys import ArchiveKey
from archive.notebook import opening, pins, proven, seen
from archive.notebook.opening import Notebook
from archive.signing import bag, minisign
from archive.signing.errors import NotAKey, NotARelease, RefusedRelease
from archive.signing.minisign import PublicKey, SecretKey
from archive.signing.receipt import ARCHIVE_DB, Receipt, State, Trusted, enclosed_key, receipt
from archive.signing.statement import Statement
from archive.update import installed

PUBLIC_ENDING = ".pub"


def new_key(path: Path, passphrase: str) -> PublicKey:
    """Make a key: the secret half at `path`, under the passphrase and for nobody else to read, the public half beside
    it with `.pub`. Nothing is ever overwritten. Raises AlreadyExists, InvalidValue (empty), NotSaved."""
    from desktop import new_file

    public_path = public_beside(path)
    for taken in (path, public_path):
        if taken.is_symlink() or taken.exists():
            raise AlreadyExists(path=str(taken))
    secret = minisign.generate()
    new_file.write(path, [minisign.serialise_secret(secret, passphrase).encode()])
    new_file.write(public_path, [secret.public.file().encode()])
    return secret.public


def open_secret(path: Path, passphrase: str) -> SecretKey:
    """Read a secret key's file. Raises ArchiveMissing, NotAKey, WrongKeyPassphrase, environment faults."""
    return minisign.parse_secret(minisign.read_file(path), passphrase)


def public_beside(path: Path) -> Path:
    """Where the public half of a secret key's file lies."""
    return path.with_name(path.name + PUBLIC_ENDING)


def is_secret(path: Path) -> bool:
    """Whether a file looks like that of a secret key. Raises ArchiveMissing, NotAKey, environment faults."""
    return "secret key" in minisign.read_file(path).split("\n")[0]


def public_key(given: str) -> PublicKey:
    """The public key that somebody gave: itself, its file, its secret half's file with the public one beside it, or a
    release that names it. Raises NotAKey, NotARelease, environment faults."""
    if given.startswith("RW") and len(given) == 56:
        return minisign.parse_public(given)
    path = Path(given)
    if bag.is_bag(path):
        named = enclosed_key(path)
        if named is None:
            raise NotAKey(what="public", why="the release names none")
        return named
    beside = public_beside(path)
    return minisign.parse_public(minisign.read_file(beside if beside.is_file() else path))


def inside(path: Path) -> Path:
    """Where the archive's own files lie: in a release's `data`, else in the folder itself."""
    return path / bag.DATA if bag.is_bag(path) else path


def shipped(folder: Path | None = None) -> tuple[Trusted, ...]:
    """The keys that came with the program, which are trusted for every archive: `NAME.pub` in resources/publishers,
    where a package puts them. One that cannot be read is left out."""
    folder = Path(resources.__file__).parent / "publishers" if folder is None else folder
    found = []
    for file in sorted(folder.glob(f"*{PUBLIC_ENDING}")):
        with contextlib.suppress(ArchiveError):
            found.append(Trusted(minisign.parse_public(minisign.read_file(file)), file.stem))
    return tuple(found)


def trusted(path: Path, key: ArchiveKey) -> tuple[Trusted, ...]:
    """The keys that the reader trusts for the archive at `path`; none where no notebook is there yet, which is then
    not made. Raises what opening the notebook may raise."""
    if not opening.place(key.archive, release=layout.is_release(path)).exists():
        return ()
    with _notebook(path, key) as notebook:
        return pins.pinned(notebook.db)


def first_look(path: Path, key: ArchiveKey, folder: Path, *, contents: bool = False) -> Receipt:
    """What can be told of a release in `folder` before its databases are opened: signature, lists and sizes, and with
    `contents` the bytes of all but the originals; and whether the notebook knows another release of this number.

    `path` is the archive's as it was given. Raises NotARelease and environment faults.
    """
    try:
        known = trusted(path, key)
    except (ArchiveError, OSError):  # the user's data folder may be anything; without it the key is unknown
        known = ()
    found = receipt(folder, (*known, *shipped()), full=False, contents=contents, archive=key.archive)
    if found.statement is not None and found.state in (State.VALID, State.UNPROVEN):
        with contextlib.suppress(ArchiveError, OSError):
            if _is_another(path, key, found.statement):
                return replace(found, state=State.SAME_NUMBER)
    return found


def _is_another(path: Path, key: ArchiveKey, said: Statement) -> bool:
    """Whether the notebook has seen another release of this number; without a notebook nothing is known."""
    if not opening.place(key.archive, release=layout.is_release(path)).exists():
        return False
    with _notebook(path, key) as notebook:
        return seen.is_another(notebook.db, said)


def newest_read(path: Path, key: ArchiveKey) -> tuple[Statement, int] | None:
    """What a release says of itself, and the highest number of its line that was read on this computer, where that is a
    later one: what was corrected or withdrawn since may stand in it. None otherwise, and where no notebook tells."""
    said = layout.said(path)
    if said is None or not opening.place(key.archive, release=True).exists():
        return None
    with contextlib.suppress(ArchiveError, OSError), _notebook(path, key) as notebook:
        newest = seen.newest(notebook.db).get(said.line, 0)
        return (said, newest) if newest > said.number else None
    return None


def require_unaltered(path: Path, key: ArchiveKey, proving: Callable[[], None] = lambda: None) -> None:
    """Raise RefusedRelease for a release that is not as it was signed, but for its originals, whose bytes `verify`
    looks at, or of which nothing is left that was signed; nothing happens for a working archive.

    `proving` hears that the content root of one that an update put together is computed, which takes seconds for each
    ten thousand records. Where a notebook is there, it remembers that, and the same bytes need it no more.
    """
    folder = layout.release(path)
    if folder is None:
        if is_stripped(path, key):
            raise RefusedRelease(path=str(path), state="stripped", file=bag.TAGMANIFEST)
        return
    found = first_look(path, key, folder, contents=True)
    if found.refused:
        file = found.findings[0].path if found.findings else ""
        raise RefusedRelease(path=str(folder), state=str(found.state), file=file)
    if found.state is State.UNPROVEN and not _is_proven(path, key, folder, found, proving):
        raise RefusedRelease(path=str(folder), state=str(State.TAMPERED), file=ARCHIVE_DB)


def _is_proven(path: Path, key: ArchiveKey, folder: Path, found: Receipt, proving: Callable[[], None]) -> bool:
    """Whether what is in a release that an update put together is what was signed: nobody signed its list of files,
    which whoever has the line's key can make anew around other records."""
    from archive.release.root import content_root  # the first window does without

    sha256 = next(file.sha256 for file in found.files if file.path == ARCHIVE_DB)  # it was read, and is so
    signed = found.statement.content_root if found.statement else ""
    known: dict[str, str] = {}
    kept = opening.place(key.archive, release=True).exists()
    with contextlib.suppress(ArchiveError, OSError):
        if kept:
            with _notebook(path, key) as notebook:
                known = proven.every(notebook.db)
    if sha256 in known:
        return known[sha256] == signed
    proving()
    try:
        with container.Archive(folder, key, write=False) as archive:
            holds = content_root(archive.db) == signed
    except Damaged:
        return False
    with contextlib.suppress(ArchiveError, OSError):
        if kept and holds:
            with _notebook(path, key) as notebook:
                proven.remember(notebook.db, sha256, signed)
    return holds


def is_stripped(path: Path, key: ArchiveKey) -> bool:
    """Whether a folder that looks like a working archive is a release, as its content tells, or this computer remembers
    from when it was one: somebody took its signature and lists away. Raises what opening it may raise."""
    if layout.is_release(path):
        return False
    folder = path.parent if path.name == bag.DATA else path
    known = opening.knows_release(key) or installed.remembers(folder, key.archive)
    return known or container.is_stripped(path, key)


def trust(path: Path, key: ArchiveKey, public: PublicKey, name: str, *, beside: bool = False) -> tuple[Trusted, ...]:
    """Trust a publisher's key for the archive at `path`; all that are trusted then. Raises InvalidValue, OtherKey, and
    what opening the notebook may raise."""
    with _notebook(path, key) as notebook:
        pins.pin(notebook.db, public, name, beside=beside)
        return pins.pinned(notebook.db)


def forget(path: Path, key: ArchiveKey, public: PublicKey) -> tuple[Trusted, ...]:
    """Trust a key no longer. Raises NoSuchRecord, and what opening the notebook may raise."""
    with _notebook(path, key) as notebook:
        pins.forget(notebook.db, public)
        return pins.pinned(notebook.db)


def _notebook(path: Path, key: ArchiveKey) -> Notebook:
    return opening.of_archive(key, protected=slots.is_protected(inside(path)), release=layout.is_release(path))


def compare(public: PublicKey, read_out: str) -> None:
    """Raise InvalidValue unless the digits that somebody read out are the key's, however they are grouped."""
    digits = "".join(sign for sign in read_out if sign.isalnum())
    if digits != public.fingerprint().replace(" ", ""):
        raise InvalidValue(field="fingerprint", value=read_out, why="these are not the digits of this key")


def suggested_name(path: Path) -> str:
    """What a release calls its publisher; empty where `path` is none."""
    if not bag.is_bag(path):
        return ""
    try:
        return bag.read(path).info.get("Source-Organization", "")
    except NotARelease:
        return ""


def known(given: Sequence[str], archive: str = "") -> tuple[Trusted, ...]:
    """Keys that are trusted because they were named just now, for every archive or the one with this UUID alone. Raises
    as `public_key` does."""
    return tuple(Trusted(public, public.name(), archive) for public in map(public_key, given))
