"""Unwraps an archive's key from its slots: by a passphrase, by an age identity, or where it is not protected."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from archive import keys, slots
from archive.connect import translated
from archive.errors import (
    ArchiveMissing,
    CannotUnlock,
    Damaged,
    EnvironmentFault,
    NotAnArchive,
    PassphraseNeeded,
    WrongPassphrase,
)
from archive.keys import ArchiveKey
from archive.layout import home

EXCESSIVE = "Excessive work"
"""How age refuses a slot that would take it too long, by a short measurement of this machine."""
TRIES = 4
"""How often a machine is measured anew: one that was busy for that moment looks sixteen times slower than it is."""


def unlock(path: Path, passphrase: str | None = None, identities: Sequence[str] = ()) -> ArchiveKey:
    """Unwrap the archive's key; takes about two seconds for a passphrase (scrypt).

    `identities` are age secret keys (`AGE-SECRET-KEY-1…`). An unprotected archive opens without either.
    Raises ArchiveMissing, NotAnArchive, PassphraseNeeded, WrongPassphrase, CannotUnlock (no identity fits),
    NewerFormat (the slot's), Damaged (no slot is whole, or one that opens holds no key), EnvironmentFault (a slot asks
    for more work than this machine is good for).
    """
    require_archive(path)
    path = home(path)
    if not slots.is_protected(path):
        with translated(path):
            return keys.parse(path, slots.read(path / keys.FOLDER / slots.OPEN_SLOT))
    import pyrage

    recipients = path / keys.FOLDER / slots.RECIPIENTS_SLOT
    if identities and recipients.exists():
        try:
            secret = [pyrage.x25519.Identity.from_str(text.strip()) for text in identities]
        except pyrage.IdentityError as error:
            raise CannotUnlock(path=str(path)) from error
        with translated(recipients):
            wrapped = slots.read(recipients)
        try:
            return keys.parse(path, pyrage.decrypt(wrapped, secret))
        except pyrage.DecryptError as error:
            if passphrase is None:
                raise CannotUnlock(path=str(path)) from error
    if passphrase is None:
        raise PassphraseNeeded(path=str(path))
    return by_passphrase(path, passphrase)


def by_passphrase(path: Path, passphrase: str, purpose: str = keys.PURPOSE) -> ArchiveKey:
    """The key in the passphrase slot that opens. Raises as `unlock` does, without looking for an archive."""
    return keys.parse(path, _opened_by(path, passphrase)[1], purpose)


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
        if slots.is_protected(path) and not any((path / keys.FOLDER).glob("*.age")):
            raise NotAnArchive(path=str(path), why="no key slot in it")


def slot_of(path: Path, passphrase: str) -> str:
    """Which slot this passphrase opens. Raises WrongPassphrase, Damaged and EnvironmentFault as `unlock` does."""
    return _opened_by(path, passphrase)[0]


def _opened_by(path: Path, passphrase: str) -> tuple[str, bytes]:
    """The passphrase slot that opens, and what it wraps."""
    import pyrage

    files, why = slots.passphrase_files(path), ""
    wrong = not files
    for slot in files:
        with translated(slot):
            wrapped = slots.read(slot)
        for _ in range(TRIES):
            try:
                opened = pyrage.passphrase.decrypt(wrapped, slots.normal(passphrase))
                return slot.name.removesuffix(slots.PASSPHRASE_ENDING), opened
            except pyrage.DecryptError as error:
                if str(error) == "Decryption failed":  # age says so of a wrong passphrase, else of other faults
                    wrong = True
                    break
                why = str(error)
            if not why.startswith(EXCESSIVE):
                break
    if why.startswith(EXCESSIVE):
        raise EnvironmentFault(path=str(path), why=why)
    raise WrongPassphrase(path=str(path)) if wrong else Damaged(path=str(path / keys.FOLDER), why=why)
