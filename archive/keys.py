"""Key slots: the archive's random key, wrapped by a passphrase, by recipients' public keys, or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
import re
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from archive.connect import FileSecret, translated
from archive.errors import (
    AlreadyExists,
    ArchiveMissing,
    CannotUnlock,
    Damaged,
    EnvironmentFault,
    Frozen,
    InvalidValue,
    NewerFormat,
    NotAnArchive,
    PassphraseNeeded,
    WrongPassphrase,
)
from archive.layout import home, is_release

PURPOSE = "tamarisk archive key"
NOTEBOOK = "tamarisk notebook key"
FILES = {PURPOSE: ("archive", "index", "originals"), NOTEBOOK: ("notebook",)}
"""The databases that a key of each purpose opens."""
SLOT_VERSION = 1
FOLDER = "keys"
OPEN_SLOT = "open.key"
RECIPIENTS_SLOT = "recipients.age"
EXCESSIVE = "Excessive work"
"""How age refuses a slot that would take it too long, by a short measurement of this machine."""
TRIES = 4
"""How often a machine is measured anew: one that was busy for that moment looks sixteen times slower than it is."""
PASSPHRASE_ENDING = ".passphrase.age"
SLOT_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


@dataclass(frozen=True, slots=True)
class ArchiveKey:
    """What a slot wraps: the archive's UUID, a 256-bit key, and the salts its database files begin with.

    Without the salts a damaged header would lose the file; kept here, it does not. The notebook that a reader keeps
    about an archive has a key of its own, with the purpose NOTEBOOK.
    """

    archive: str
    key: bytes = field(repr=False)
    salts: dict[str, bytes] = field(repr=False)
    purpose: str = PURPOSE

    def secret(self, file: str, volume: int = 0) -> FileSecret:
        """The secret of one database of FILES; `originals` with its volume number from 1."""
        salt = self.salts[file]
        if volume:
            salt = hmac.digest(salt, b"originals volume %d" % volume, "sha256")[:16]
        return FileSecret(self.key, salt)

    def fingerprint(self) -> str:
        """A short public name of the key, in hex, that tells nothing about it."""
        return hmac.digest(self.key, b"tamarisk key fingerprint", hashlib.sha256).hex()[:16]


def generate(archive: str, purpose: str = PURPOSE) -> ArchiveKey:
    """A fresh random key for the archive with this UUID, or for the notebook about it."""
    salts = {name: secrets.token_bytes(16) for name in FILES[purpose]}
    return ArchiveKey(archive, secrets.token_bytes(32), salts, purpose)


def is_protected(path: Path) -> bool:
    """Whether the archive's key is wrapped, so that the folder alone opens nothing."""
    return not (home(path) / FOLDER / OPEN_SLOT).exists()


def slots(path: Path) -> tuple[str, ...]:
    """The names of the passphrase slots."""
    return tuple(sorted(p.name.removesuffix(PASSPHRASE_ENDING) for p in _passphrase_files(path)))


def unlock(path: Path, passphrase: str | None = None, identities: Sequence[str] = ()) -> ArchiveKey:
    """Unwrap the archive's key; takes about two seconds for a passphrase (scrypt).

    `identities` are age secret keys (`AGE-SECRET-KEY-1…`). An unprotected archive opens without either.
    Raises ArchiveMissing, NotAnArchive, PassphraseNeeded, WrongPassphrase, CannotUnlock (no identity fits),
    NewerFormat (the slot's), Damaged (no slot is whole, or one that opens holds no key), EnvironmentFault (a slot asks
    for more work than this machine is good for).
    """
    require_archive(path)
    path = home(path)
    if not is_protected(path):
        with translated(path):
            return parse(path, _content(path / FOLDER / OPEN_SLOT))
    import pyrage

    recipients = path / FOLDER / RECIPIENTS_SLOT
    if identities and recipients.exists():
        try:
            keys = [pyrage.x25519.Identity.from_str(text.strip()) for text in identities]
        except pyrage.IdentityError as error:
            raise CannotUnlock(path=str(path)) from error
        with translated(recipients):
            wrapped = _content(recipients)
        try:
            return parse(path, pyrage.decrypt(wrapped, keys))
        except pyrage.DecryptError as error:
            if passphrase is None:
                raise CannotUnlock(path=str(path)) from error
    if passphrase is None:
        raise PassphraseNeeded(path=str(path))
    return by_passphrase(path, passphrase)


def by_passphrase(path: Path, passphrase: str, purpose: str = PURPOSE) -> ArchiveKey:
    """The key in the passphrase slot that opens. Raises as `unlock` does, without looking for an archive."""
    return parse(path, _opened_by(path, passphrase)[1], purpose)


def require_archive(path: Path) -> None:
    """Raise ArchiveMissing or NotAnArchive unless `path` looks like an archive's folder."""
    with translated(path):
        if not path.exists():
            raise ArchiveMissing(path=str(path))
        if not path.is_dir():
            raise NotAnArchive(path=str(path), why="not a folder")
        path = home(path)
        if not (path / "archive.db").is_file():
            raise NotAnArchive(path=str(path), why="no archive.db in it")
        if is_protected(path) and not any((path / FOLDER).glob("*.age")):
            raise NotAnArchive(path=str(path), why="no key slot in it")


def write_slots(
    path: Path, key: ArchiveKey, passphrase: str | None, recipients: Sequence[str], slot: str = "desk"
) -> None:
    """Write a new archive's slots: for a passphrase, for recipients (`age1…`), or open where neither is given.

    Raises InvalidValue (recipient, slot name, empty passphrase).
    """
    (path / FOLDER).mkdir(mode=0o700)
    if passphrase is None and not recipients:
        write_slot(path / FOLDER / OPEN_SLOT, serialise(key))
        return
    if passphrase is not None:
        add_passphrase(path, key, slot, passphrase)
    if recipients:
        set_recipients(path, key, recipients)


def copy_slots(path: Path, copy: Path) -> None:
    """Give an archive's copy the same slots."""
    (copy / FOLDER).mkdir(mode=0o700)
    for slot in sorted((path / FOLDER).iterdir()):
        if slot.suffix in (".age", ".key"):  # a `.new` is what a crash left of one
            with translated(slot):
                content = slot.read_bytes()
            write_slot(copy / FOLDER / slot.name, content)


def add_passphrase(path: Path, key: ArchiveKey, slot: str, passphrase: str) -> None:
    """Add a passphrase slot. Raises InvalidValue (slot name, empty passphrase) and AlreadyExists."""
    _refuse_release(path)
    target = _slot_path(path, slot)
    if target.exists():
        raise AlreadyExists(path=str(target))
    write_slot(target, _wrapped(key, passphrase))


def change_passphrase(path: Path, key: ArchiveKey, slot: str, passphrase: str) -> None:
    """Wrap the same key anew in one slot; no database is touched. Raises InvalidValue, ArchiveMissing (the slot)."""
    _refuse_release(path)
    target = _slot_path(path, slot)
    if not target.exists():
        raise ArchiveMissing(path=str(target))
    write_slot(target, _wrapped(key, passphrase))


def slot_of(path: Path, passphrase: str) -> str:
    """Which slot this passphrase opens. Raises WrongPassphrase, Damaged and EnvironmentFault as `unlock` does."""
    return _opened_by(path, passphrase)[0]


def set_recipients(path: Path, key: ArchiveKey, recipients: Sequence[str]) -> None:
    """Let exactly these X25519 recipients (`age1…`) open the archive. Raises InvalidValue."""
    import pyrage

    _refuse_release(path)
    try:
        keys = [pyrage.x25519.Recipient.from_str(text.strip()) for text in recipients]
    except pyrage.RecipientError as error:
        raise InvalidValue(field="recipient", value=" ".join(recipients), why=str(error)) from error
    write_slot(path / FOLDER / RECIPIENTS_SLOT, pyrage.encrypt(serialise(key), keys))


def _refuse_release(path: Path) -> None:
    """Raise Frozen for a release: its slots are signed with it."""
    if is_release(path):
        raise Frozen(path=str(path))


def passphrase_cost(path: Path, slot: str) -> int:
    """The scrypt cost of a slot as log2(N), read from the age header: 18 needs 256 MB to open, 19 twice that."""
    head = _content(_slot_path(path, slot))[:256]
    stanza = re.search(rb"-> scrypt [^ ]+ (\d+)\n", head)
    if stanza is None:
        raise Damaged(path=str(_slot_path(path, slot)), why="no scrypt stanza")
    return int(stanza[1])


def _opened_by(path: Path, passphrase: str) -> tuple[str, bytes]:
    """The passphrase slot that opens, and what it wraps."""
    import pyrage

    files, why = _passphrase_files(path), ""
    wrong = not files
    for slot in files:
        with translated(slot):
            wrapped = _content(slot)
        for _ in range(TRIES):
            try:
                opened = pyrage.passphrase.decrypt(wrapped, _normal(passphrase))
                return slot.name.removesuffix(PASSPHRASE_ENDING), opened
            except pyrage.DecryptError as error:
                if str(error) == "Decryption failed":  # age says so of a wrong passphrase, else of other faults
                    wrong = True
                else:
                    why = str(error)
            if not why.startswith(EXCESSIVE):
                break
    if why.startswith(EXCESSIVE):
        raise EnvironmentFault(path=str(path), why=why)
    raise WrongPassphrase(path=str(path)) if wrong else Damaged(path=str(path / FOLDER), why=why)


def _content(slot: Path) -> bytes:
    """The bytes of a slot. A pipe in its place would be waited for, and a file without end read, for ever."""
    if not slot.is_file() or slot.stat().st_size > 1 << 20:  # for a thousand recipients it takes a tenth
        raise Damaged(path=str(slot), why="no small file")
    return slot.read_bytes()


def _normal(passphrase: str) -> str:
    """The same passphrase from every keyboard: some send an accented letter as one character, some as two."""
    return unicodedata.normalize("NFC", passphrase)


def _wrapped(key: ArchiveKey, passphrase: str) -> bytes:
    import pyrage

    if not passphrase:
        raise InvalidValue(field="passphrase", value="", why="empty")
    wrapped: bytes = pyrage.passphrase.encrypt(serialise(key), _normal(passphrase))
    return wrapped


def _slot_path(path: Path, slot: str) -> Path:
    if not SLOT_NAME.fullmatch(slot):
        raise InvalidValue(field="slot", value=slot, why="letters, digits, - and _ only")
    return home(path) / FOLDER / f"{slot}{PASSPHRASE_ENDING}"


def _passphrase_files(path: Path) -> list[Path]:
    return sorted((home(path) / FOLDER).glob(f"*{PASSPHRASE_ENDING}"))


def serialise(key: ArchiveKey) -> bytes:
    """What a slot wraps, as JSON; `parse` reads it back."""
    payload = {
        "purpose": key.purpose,
        "version": SLOT_VERSION,
        "archive": key.archive,
        "key": key.key.hex(),
        "salts": {name: salt.hex() for name, salt in sorted(key.salts.items())},
    }
    return json.dumps(payload, separators=(",", ":")).encode()


def parse(path: Path, payload: bytes, purpose: str = PURPOSE) -> ArchiveKey:
    """The key in an unwrapped slot of `path`. Raises NewerFormat, and Damaged where it is no key for the purpose."""
    try:
        data = json.loads(payload)
        if data["purpose"] != purpose:
            raise ValueError("another purpose")
        if data["version"] > SLOT_VERSION:
            raise NewerFormat(path=str(path), readable_from=data["version"], supported=SLOT_VERSION)
        key = bytes.fromhex(data["key"])
        salts = {name: bytes.fromhex(salt) for name, salt in data["salts"].items()}
        if len(key) != 32 or set(FILES[purpose]) - set(salts):
            raise ValueError("incomplete")
        if any(len(salt) != 16 for salt in salts.values()):
            raise ValueError("a salt of the wrong length")
        return ArchiveKey(str(data["archive"]), key, salts, purpose)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Damaged(path=str(path / FOLDER), why="a key slot holds no key") from error


def write_slot(target: Path, content: bytes) -> None:
    """Replace a small file so that a crash leaves the old or the new one, never half of one."""
    with translated(target):
        fresh = target.with_name(target.name + ".new")
        binary = getattr(os, "O_BINARY", 0)  # without it Windows puts a carriage return before every line's end
        try:
            handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | binary, 0o600)
            try:
                left = memoryview(content)
                while left:  # a medium that is nearly full takes a part
                    left = left[os.write(handle, left) :]
                os.fsync(handle)
            finally:
                os.close(handle)
            os.replace(fresh, target)
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise
        flush_folder(target.parent)


def flush_folder(folder: Path) -> None:
    """Have the medium hold the names in a folder, where the system has a call for it."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            with contextlib.suppress(OSError):  # not every file system knows it
                os.fsync(handle)
        finally:
            os.close(handle)
