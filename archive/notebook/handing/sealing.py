"""A package as bytes: a parcel compressed, signed where that is wanted, and encrypted with age to its recipients.

    age file (X25519 recipients only) of
        MAGIC, the length of the signature (4 bytes, big-endian), the signature (minisign's, or none), zlib of the JSON

Whatever comes from outside is bounded before it is unpacked: the file, the signature, what the JSON unpacks to.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from pathlib import Path

from archive.connect import translated
from archive.errors import InvalidValue
from archive.notebook.errors import AlteredPackage, NewerPackage, NotAPackage, PackageForOthers, PackageTooLarge
from archive.notebook.handing import content
from archive.notebook.handing.content import Newer, Parcel

ENDING = ".tamarisk-notes"
AGE = b"age-encryption.org/v1\n"
MAGIC = b"tamarisk notebook package 1\n"
MOST_BYTES = 32 << 20
"""Bytes of a package, and of what it unpacks to: some 100,000 notes."""
MOST_SIGNED = 4_096
RECIPIENT = re.compile(r"age1[a-z0-9]+")


def sealed(parcel: Parcel, sign: Callable[[bytes], bytes] | None = None) -> bytes:
    """The package of a parcel, for its recipients. `sign` gives the signature of what it is handed.

    Raises InvalidValue (a recipient, or something in the notebook that no package takes) and PackageTooLarge.
    """
    import pyrage

    keys = [recipient(words) for words in parcel.recipients]
    if not keys:
        raise InvalidValue(field="recipient", value="", why="nobody could open it")
    plain = content.serialised(parcel)
    _require_small("notebook", len(plain))
    try:
        content.read(plain)  # what could not be read there is not sent
    except ValueError as error:
        raise InvalidValue(field="notebook", value="", why=str(error)) from error
    packed = zlib.compress(plain, 9)
    signature = sign(packed) if sign else b""
    framed = MAGIC + len(signature).to_bytes(4, "big") + signature + packed
    encrypted: bytes = pyrage.encrypt(framed, [pyrage.x25519.Recipient.from_str(key) for key in keys])
    _require_small("notebook", len(encrypted))
    return encrypted


def recipient(words: str) -> str:
    """A public key (`age1…`) as it was pasted, with its blanks taken away. Raises InvalidValue."""
    import pyrage

    key = "".join(words.split()).lower()
    try:
        if not RECIPIENT.fullmatch(key):
            raise ValueError("not age1 and letters and digits")
        pyrage.x25519.Recipient.from_str(key)
    except (pyrage.RecipientError, ValueError) as error:
        raise InvalidValue(field="recipient", value=words[:80], why="not an age key (age1…)") from error
    return key


def unsealed(path: Path, identity: str) -> tuple[Parcel, bytes, bytes]:
    """The parcel in a package file, opened by the reader's age identity; its signature, and what that must fit.

    The signature is empty where there is none, and not looked at here. Raises NotAPackage, PackageForOthers,
    AlteredPackage, PackageTooLarge, NewerPackage, environment faults.
    """
    import pyrage

    own = pyrage.x25519.Identity.from_str(identity)
    wrapped = _read(path)
    if not wrapped.startswith(AGE):
        if wrapped and AGE.startswith(wrapped):
            raise AlteredPackage(path=str(path))
        raise NotAPackage(path=str(path), why="not encrypted with age")
    try:
        framed: bytes = pyrage.decrypt(wrapped, [own])
    except pyrage.DecryptError as error:
        if "No matching keys" in str(error):
            raise PackageForOthers(path=str(path), key=str(own.to_public())) from error
        raise AlteredPackage(path=str(path)) from error
    signature, packed = _unframed(path, framed)
    try:
        return content.read(_unpacked(path, packed)), signature, packed
    except Newer as error:
        raise NewerPackage(path=str(path), version=error.version, supported=content.VERSION) from error
    except ValueError as error:
        raise NotAPackage(path=str(path), why="it holds no notes as this program writes them") from error


def _read(path: Path) -> bytes:
    with translated(path):
        try:
            if not path.is_file():  # a pipe would never end
                raise NotAPackage(path=str(path), why="no file")
            with path.open("rb") as file:
                wrapped = file.read(MOST_BYTES + 1)
        except PermissionError:
            raise
        except OSError as error:
            raise NotAPackage(path=str(path), why=str(error.strerror)) from error
    _require_small(str(path), len(wrapped))
    return wrapped


def _unframed(path: Path, framed: bytes) -> tuple[bytes, bytes]:
    start = len(MAGIC) + 4
    if not framed.startswith(MAGIC) or len(framed) < start:
        raise NotAPackage(path=str(path), why="something else is encrypted in it")
    length = int.from_bytes(framed[len(MAGIC) : start], "big")
    if length > MOST_SIGNED or start + length > len(framed):
        raise NotAPackage(path=str(path), why="a signature of an impossible length")
    return framed[start : start + length], framed[start + length :]


def _unpacked(path: Path, packed: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        plain = unpacking.decompress(packed, MOST_BYTES + 1)
    except zlib.error as error:
        raise NotAPackage(path=str(path), why="it does not unpack") from error
    _require_small(str(path), len(plain))
    if not unpacking.eof or unpacking.unused_data:
        raise NotAPackage(path=str(path), why="it does not unpack")
    return plain


def _require_small(path: str, size: int) -> None:
    if size > MOST_BYTES:
        raise PackageTooLarge(path=path, limit=MOST_BYTES >> 20)
