"""Signs and verifies as minisign does: its public keys, its secret keys under a passphrase, its signatures.

The formats are those of minisign 0.11: Ed25519 over the BLAKE2b-512 of the file ("ED"), and once more over the
signature and the trusted comment. Secret keys are hidden under a key from scrypt, its cost chosen as libsodium does.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets
import struct
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from archive.connect import translated
from archive.errors import ArchiveMissing, InvalidValue
from archive.signing.errors import BadSignature, NotAKey, NotASignature, OtherKey, WrongKeyPassphrase

PLAIN, PREHASHED, SCRYPT, BLAKE2B = b"Ed", b"ED", b"Sc", b"B2"
UNTRUSTED, TRUSTED = "untrusted comment: ", "trusted comment: "
MOST_COMMENT = 8191  # bytes; minisign's buffer, less its closing zero
MOST_FILE = 1 << 16  # bytes of a file with a key or signature; a whole one has under 10 kB
COST = 18
"""What each guess of a secret key's passphrase costs: scrypt's N as log2; 18 takes 256 MB and a second."""
MOST_COST = 20  # what minisign itself takes where there is memory: 1 GB
_NOT_ONE_LINE = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_SECRET = struct.Struct("<2s2s2s32sQQ104s")
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class PublicKey:
    """What signatures are verified by: 8 random bytes that name the key, and the 32 of Ed25519."""

    id: bytes
    key: bytes

    def __str__(self) -> str:
        """The key as minisign's `-P` takes it: 56 characters that begin with RW."""
        return base64.b64encode(PLAIN + self.id + self.key).decode()

    def name(self) -> str:
        """The key's id as minisign writes it, in hex; it names the key and proves nothing."""
        return f"{int.from_bytes(self.id, 'little'):X}"

    def fingerprint(self) -> str:
        """Six groups of five digits (99 bits) that two people can compare aloud in any language."""
        digest = hashlib.sha512(b"tamarisk publisher key" + self.id + self.key).digest()
        groups = (int.from_bytes(digest[at : at + 8], "big") % 100_000 for at in range(0, 48, 8))
        return " ".join(f"{group:05d}" for group in groups)

    def file(self) -> str:
        """The content of the key's file, as minisign writes it."""
        return f"{UNTRUSTED}minisign public key {self.name()}\n{self}\n"


@dataclass(frozen=True, slots=True)
class SecretKey:
    """What signs: the public key and the 32 bytes it comes from."""

    public: PublicKey
    seed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature that was read, and not yet verified."""

    id: bytes
    over_file: bytes
    over_comment: bytes
    trusted_comment: str


def generate() -> SecretKey:
    """A fresh random key."""
    return _secret(secrets.token_bytes(8), secrets.token_bytes(32))


def sign(data: bytes | Path, secret: SecretKey, trusted_comment: str) -> str:
    """The text of the signature file (`.minisig`) of a file or of bytes; the same each time for the same arguments.

    The comment is signed, too. Raises InvalidValue (a comment of several lines, or too long) and environment faults.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    if trusted_comment != trusted_comment.strip() or _NOT_ONE_LINE.search(trusted_comment):
        raise InvalidValue(field="comment", value=trusted_comment, why="one line of text only")
    comment = trusted_comment.encode()
    if len(comment) > MOST_COMMENT:
        raise InvalidValue(field="comment", value=trusted_comment[:80], why="too long")
    key = Ed25519PrivateKey.from_private_bytes(secret.seed)
    over_file = key.sign(_hashed(data))
    over_comment = key.sign(over_file + comment)
    first = base64.b64encode(PREHASHED + secret.public.id + over_file).decode()
    second = base64.b64encode(over_comment).decode()
    said = f"signature by the key {secret.public.name()}"
    return f"{UNTRUSTED}{said}\n{first}\n{TRUSTED}{comment.decode()}\n{second}\n"


def verify(data: bytes | Path, signature: str | Signature, public: PublicKey) -> str:
    """The trusted comment of a signature that fits the file and the key.

    Raises NotASignature, OtherKey (made with a key of another id), BadSignature (the file or the comment is not what
    was signed, or another key took this one's id), and environment faults.
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    read = parse_signature(signature) if isinstance(signature, str) else signature
    if read.id != public.id:
        raise OtherKey(key=PublicKey(read.id, b"").name(), expected=public.name())
    try:
        key = Ed25519PublicKey.from_public_bytes(public.key)
        key.verify(read.over_file, _hashed(data))
        key.verify(read.over_comment, read.over_file + read.trusted_comment.encode())
    except (InvalidSignature, ValueError) as error:
        raise BadSignature(key=public.name()) from error
    return read.trusted_comment


def parse_signature(text: str) -> Signature:
    """Read the text of a signature file. Raises NotASignature."""
    lines = [line.removesuffix("\r") for line in text.removesuffix("\n").split("\n")]
    if len(text) > MOST_FILE or len(lines) != 4:
        raise NotASignature(why="not four lines")
    if not lines[0].startswith(UNTRUSTED) or not lines[2].startswith(TRUSTED):
        raise NotASignature(why="no comments")
    first, second = _decoded(lines[1]), _decoded(lines[3])
    comment = lines[2].removeprefix(TRUSTED)
    if first is None or len(first) != 74 or second is None or len(second) != 64:
        raise NotASignature(why="the signature is cut off")
    if first[:2] != PREHASHED:
        raise NotASignature(why="not of the kind ED")
    if _NOT_ONE_LINE.search(comment) or len(comment.encode()) > MOST_COMMENT:
        raise NotASignature(why="the comment is not one line of text")
    return Signature(first[2:10], first[10:], second, comment)


def parse_public(text: str) -> PublicKey:
    """Read a public key: the content of its file, or the key alone as `str(key)` gives it. Raises NotAKey."""
    lines = [line.strip() for line in text.strip().split("\n")] if len(text) <= MOST_FILE else []
    if len(lines) == 2 and lines[0].startswith(UNTRUSTED.strip()):
        lines = lines[1:]
    raw = _decoded(lines[0]) if len(lines) == 1 else None
    if raw is None or len(raw) != 42 or raw[:2] != PLAIN:
        raise NotAKey(what="public", why="no public key of minisign")
    return PublicKey(raw[2:10], raw[10:])


def serialise_secret(secret: SecretKey, passphrase: str, cost: int = COST) -> str:
    """The content of the secret key's file under a passphrase; `cost` as COST, from 10. Raises InvalidValue (empty)."""
    if not passphrase:
        raise InvalidValue(field="passphrase", value="", why="empty")
    salt = secrets.token_bytes(32)
    opslimit, memlimit = 1 << cost + 5, 1 << cost + 10
    plain = secret.public.id + secret.seed + secret.public.key
    stream = _stream(_normal(passphrase), salt, cost, 8, 1)
    hidden = _xor(plain + _checksum(plain), stream)
    raw = _SECRET.pack(PLAIN, SCRYPT, BLAKE2B, salt, opslimit, memlimit, hidden)
    return f"{UNTRUSTED}minisign encrypted secret key\n{base64.b64encode(raw).decode()}\n"


def parse_secret(text: str, passphrase: str) -> SecretKey:
    """Read a secret key's file; takes about a second (scrypt), four for what minisign made.

    Raises NotAKey (also where no passphrase protects it, or it asks for more work than minisign's own), and
    WrongKeyPassphrase.
    """
    salt, opslimit, memlimit, hidden = _secret_parts(text)
    power, rounds, lanes = _scrypt_cost(opslimit, memlimit)
    if power > MOST_COST or lanes > 4:
        raise NotAKey(what="secret", why="opening it would take more work than minisign asks for")
    for words in dict.fromkeys((_normal(passphrase), passphrase.encode(errors="replace"))):
        plain = _xor(hidden, _stream(words, salt, power, rounds, lanes))
        if hmac.compare_digest(plain[72:], _checksum(plain[:72])):
            made = _secret(plain[:8], plain[8:40])
            if made.public.key != plain[40:72]:
                raise NotAKey(what="secret", why="its halves do not belong together")
            return made
    raise WrongKeyPassphrase()


def read_file(path: Path) -> str:
    """The text of a small file with a key or a signature. Raises ArchiveMissing, NotAKey and environment faults."""
    with translated(path):
        if not path.is_file():
            raise ArchiveMissing(path=str(path))
        with path.open("rb") as file:
            content = file.read(MOST_FILE + 1)
    try:
        if len(content) > MOST_FILE:
            raise ValueError
        return content.decode("utf-8-sig")
    except ValueError as error:
        raise NotAKey(what="file", why="not a small file of text") from error


def _secret_parts(text: str) -> tuple[bytes, int, int, bytes]:
    lines = [line.strip() for line in text.strip().split("\n")] if len(text) <= MOST_FILE else []
    raw = _decoded(lines[1]) if len(lines) == 2 else None
    if raw is None or len(raw) != _SECRET.size:
        raise NotAKey(what="secret", why="no secret key of minisign")
    kind, derivation, checksum, salt, opslimit, memlimit, hidden = _SECRET.unpack(raw)
    if derivation == b"\0\0":
        raise NotAKey(what="secret", why="no passphrase protects it")
    if (kind, derivation, checksum) != (PLAIN, SCRYPT, BLAKE2B):
        raise NotAKey(what="secret", why="no secret key of minisign")
    return salt, opslimit, memlimit, hidden


def _scrypt_cost(opslimit: int, memlimit: int) -> tuple[int, int, int]:
    """scrypt's log2(N), r and p, as libsodium's `pickparams` chooses them."""
    opslimit = max(opslimit, 32768)
    few = opslimit < memlimit // 32
    most = opslimit // 32 if few else memlimit // 1024
    power = next((n for n in range(1, 63) if 1 << n > most // 2), 63)
    lanes = 1 if few else min(opslimit // 4 >> power, 0x3FFFFFFF) // 8
    return power, 8, max(lanes, 1)


def _stream(passphrase: bytes, salt: bytes, power: int, rounds: int, lanes: int) -> bytes:
    memory = (128 * rounds << power) + 128 * rounds * lanes + (1 << 20)
    return hashlib.scrypt(passphrase, salt=salt, n=1 << power, r=rounds, p=lanes, maxmem=memory, dklen=104)


def _normal(passphrase: str) -> bytes:
    """The same bytes from every keyboard: some send an accented letter as one character, some as two."""
    return unicodedata.normalize("NFC", passphrase).encode(errors="replace")


def _checksum(plain: bytes) -> bytes:
    return hashlib.blake2b(PLAIN + plain, digest_size=32).digest()


def _secret(identity: bytes, seed: bytes) -> SecretKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    return SecretKey(PublicKey(identity, public), seed)


def _hashed(data: bytes | Path) -> bytes:
    if isinstance(data, bytes):
        return hashlib.blake2b(data).digest()
    digest = hashlib.blake2b()
    with translated(data), data.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.digest()


def _xor(left: bytes, right: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(left, right, strict=True))


def _decoded(line: str) -> bytes | None:
    """The bytes of a line in base64, if it is written as only one line can be: its last letter has bits to spare."""
    try:
        raw = base64.b64decode(line.encode("ascii"), validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if base64.b64encode(raw).decode() == line else None
