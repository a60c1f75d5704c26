"""Key slots as files: an archive's key wrapped by a passphrase, by recipients' public keys, or not at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from archive import keys, medium
from archive.connect import translated
from archive.errors import AlreadyExists, ArchiveMissing, Damaged, Frozen, InvalidValue
from archive.keys import ArchiveKey
from archive.layout import home, is_release

OPEN_SLOT = "open.key"
RECIPIENTS_SLOT = "recipients.age"
PASSPHRASE_ENDING = ".passphrase.age"
SLOT_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def is_protected(path: Path) -> bool:
    """Whether the archive's key is wrapped, so that the folder alone opens nothing."""
    return not (home(path) / keys.FOLDER / OPEN_SLOT).exists()


def names(path: Path) -> tuple[str, ...]:
    """The names of the passphrase slots."""
    return tuple(sorted(p.name.removesuffix(PASSPHRASE_ENDING) for p in passphrase_files(path)))


def write(path: Path, key: ArchiveKey, passphrase: str | None, recipients: Sequence[str], slot: str = "desk") -> None:
    """Write a new archive's slots: for a passphrase, for recipients (`age1…`), or open where neither is given.

    Raises InvalidValue (recipient, slot name, empty passphrase).
    """
    (path / keys.FOLDER).mkdir(mode=0o700)
    if passphrase is None and not recipients:
        medium.replace(path / keys.FOLDER / OPEN_SLOT, keys.serialise(key))
        return
    if passphrase is not None:
        add_passphrase(path, key, slot, passphrase)
    if recipients:
        set_recipients(path, key, recipients)


def copy(path: Path, other: Path) -> None:
    """Give `other`, a copy of the archive, the same slots."""
    (other / keys.FOLDER).mkdir(mode=0o700)
    for slot in sorted((path / keys.FOLDER).iterdir()):
        if slot.suffix in (".age", ".key"):  # a `.new` is what a crash left of one
            with translated(slot):
                wrapped = read(slot)
            medium.replace(other / keys.FOLDER / slot.name, wrapped)


def add_passphrase(path: Path, key: ArchiveKey, slot: str, passphrase: str) -> None:
    """Add a passphrase slot. Raises InvalidValue (slot name, empty passphrase) and AlreadyExists."""
    _refuse_release(path)
    target = _slot_path(path, slot)
    if target.exists():
        raise AlreadyExists(path=str(target))
    medium.replace(target, _wrapped(key, passphrase))


def change_passphrase(path: Path, key: ArchiveKey, slot: str, passphrase: str) -> None:
    """Wrap the same key anew in one slot; no database is touched. Raises InvalidValue, ArchiveMissing (the slot)."""
    _refuse_release(path)
    target = _slot_path(path, slot)
    if not target.exists():
        raise ArchiveMissing(path=str(target))
    medium.replace(target, _wrapped(key, passphrase))


def set_recipients(path: Path, key: ArchiveKey, recipients: Sequence[str]) -> None:
    """Let exactly these X25519 recipients (`age1…`) open the archive. Raises InvalidValue."""
    import pyrage

    _refuse_release(path)
    try:
        public = [pyrage.x25519.Recipient.from_str(text.strip()) for text in recipients]
    except pyrage.RecipientError as error:
        raise InvalidValue(field="recipient", value=" ".join(recipients), why=str(error)) from error
    medium.replace(path / keys.FOLDER / RECIPIENTS_SLOT, pyrage.encrypt(keys.serialise(key), public))


def passphrase_cost(path: Path, slot: str) -> int:
    """The scrypt cost of a slot as log2(N), read from the age header: 18 needs 256 MB to open, 19 twice that."""
    head = read(_slot_path(path, slot))[:256]
    stanza = re.search(rb"-> scrypt [^ ]+ (\d+)\n", head)
    if stanza is None:
        raise Damaged(path=str(_slot_path(path, slot)), why="no scrypt stanza")
    return int(stanza[1])


def read(slot: Path) -> bytes:
    """The bytes of a slot. A pipe in its place would be waited for, and a file without end read, for ever."""
    if not slot.is_file() or slot.stat().st_size > 1 << 20:  # for a thousand recipients it takes a tenth
        raise Damaged(path=str(slot), why="no small file")
    return slot.read_bytes()


def normal(passphrase: str) -> str:
    """The same passphrase from every keyboard: some send an accented letter as one character, some as two."""
    return unicodedata.normalize("NFC", passphrase)


def passphrase_files(path: Path) -> list[Path]:
    """The passphrase slots, by name."""
    return sorted((home(path) / keys.FOLDER).glob(f"*{PASSPHRASE_ENDING}"))


def _wrapped(key: ArchiveKey, passphrase: str) -> bytes:
    import pyrage

    if not passphrase:
        raise InvalidValue(field="passphrase", value="", why="empty")
    wrapped: bytes = pyrage.passphrase.encrypt(keys.serialise(key), normal(passphrase))
    return wrapped


def _slot_path(path: Path, slot: str) -> Path:
    if not SLOT_NAME.fullmatch(slot):
        raise InvalidValue(field="slot", value=slot, why="letters, digits, - and _ only")
    return home(path) / keys.FOLDER / f"{slot}{PASSPHRASE_ENDING}"


def _refuse_release(path: Path) -> None:
    """Raise Frozen for a release: its slots are signed with it."""
    if is_release(path):
        raise Frozen(path=str(path))
