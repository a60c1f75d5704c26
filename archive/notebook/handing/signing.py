"""Signatures on packages, under a pseudonym: a key for each pseudonym, and which keys were seen under which names.

Two pseudonyms of one reader share nothing, so that nobody can tell that they are one. A signature proves that a package
comes from whoever signed those before it, and not who that is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from archive import meta
from archive.connect import Database, writing
from archive.notebook import words
from archive.notebook.errors import MissignedPackage
from archive.notebook.handing.content import Parcel
from archive.signing import minisign
from archive.signing.errors import BadSignature, NotAKey, NotASignature, OtherKey
from archive.signing.minisign import PublicKey, SecretKey

COMMENT = "tamarisk notebook package"
"""What is signed beside the package, so that no signature made for something else fits one."""
OWN = "signs as "
UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0]")
"""Signs that are not seen and that Unicode counts among letters and marks; those of form and space come on top."""


class Seen(StrEnum):
    """Whether a signer is known: nobody signed, the first package of this key, a known key under its name, or a key or
    name that was seen with another before."""

    UNSIGNED = "unsigned"
    FIRST = "first"
    KNOWN = "known"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed a package: the pseudonym, the public key as minisign writes it, and its fingerprint to compare aloud;
    all empty where nobody did."""

    name: str
    key: str
    fingerprint: str
    seen: Seen


def pseudonyms(db: Database) -> tuple[str, ...]:
    """The pseudonyms this reader has signed under, by name."""
    rows = db.conn.execute("SELECT substr(key, ?) FROM meta WHERE key LIKE ? ORDER BY key", (len(OWN) + 1, OWN + "%"))
    return tuple(row[0] for row in rows)


def own_key(db: Database, pseudonym: str) -> SecretKey:
    """The reader's key for a pseudonym, made at first use. Raises InvalidValue (the pseudonym)."""
    name = OWN + words.name(pseudonym)
    with writing(db):
        held = meta.read(db, name)
        if held:
            raw = bytes.fromhex(held)
            return SecretKey(PublicKey(raw[:8], raw[40:72]), raw[8:40])
        made = minisign.generate()
        meta.write(db, name, (made.public.id + made.seed + made.public.key).hex())
        return made


def signs(secret: SecretKey) -> Callable[[bytes], bytes]:
    """Gives the signature of what it is handed, with the public key before it."""
    return lambda data: f"{secret.public}\n{minisign.sign(data, secret, COMMENT)}".encode()


def signer(db: Database, path: Path, parcel: Parcel, own: str, signature: bytes, packed: bytes) -> Signer:
    """Who signed the package at `path`, which is for the reader with the age key `own`.

    Raises MissignedPackage where the signature does not fit, or fits a package that was made for others: nobody can
    hand on what was signed for them as if it had been signed for their reader.
    """
    if not signature:
        return Signer("", "", "", Seen.UNSIGNED)
    try:
        first, _, rest = signature.decode().partition("\n")
        public = minisign.parse_public(first)
        comment = minisign.verify(packed, rest, public)
    except (ValueError, NotAKey, NotASignature, OtherKey, BadSignature) as error:
        raise MissignedPackage(path=str(path)) from error
    if comment != COMMENT or not parcel.sender or own not in parcel.recipients:
        raise MissignedPackage(path=str(path))
    return Signer(parcel.sender, str(public), public.fingerprint(), _seen(db, str(public), parcel.sender))


def remember(db: Database, one: Signer) -> None:
    """Keep under which name a key was first seen; part of the caller's transaction."""
    if one.seen is Seen.FIRST:
        db.conn.execute("INSERT OR IGNORE INTO signer VALUES (?, ?, ?)", (one.key, one.name, meta.now()))


def _seen(db: Database, key: str, name: str) -> Seen:
    every = db.conn.execute("SELECT key, name FROM signer").fetchall()
    known = [(one, called) for one, called in every if one == key or _likeness(called) == _likeness(name)]
    if not known:
        return Seen.FIRST
    return Seen.KNOWN if (key, name) in known else Seen.OTHER


def _likeness(name: str) -> str:
    """What is left of a name for the eye: without signs that are not seen, in small letters of one width."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    seen = (sign for sign in UNSEEN.sub("", folded) if unicodedata.category(sign) not in ("Cf", "Cc", "Zs"))
    return "".join(seen)
