"""Reads every page of encrypted database files as plain bytes, free pages and logs included, past SQLite.

SQLCipher 4 with a raw key: AES-256-CBC, pages of 4,096 bytes that end with 16 bytes of IV and 64 of HMAC; the first
page begins with the salt. A frame of the write-ahead log is 24 bytes and a page.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from archive.connect import FileSecret
from archive.keys import ArchiveKey

PAGE, RESERVED, HEADER = 4096, 80, 16


def of_file(path: Path, secret: FileSecret) -> Iterator[bytes]:
    """The pages of one database, and those in its log, each without what SQLCipher adds."""
    data = path.read_bytes()
    for at in range(0, len(data) - PAGE + 1, PAGE):
        yield _plain(data[at : at + PAGE], secret, first=at == 0)
    log = path.with_name(path.name + "-wal")
    frames = log.read_bytes()[32:] if log.exists() else b""
    for at in range(0, len(frames) - PAGE - 23, PAGE + 24):
        number = int.from_bytes(frames[at : at + 4], "big")
        yield _plain(frames[at + 24 : at + 24 + PAGE], secret, first=number == 1)


def of_archive(folder: Path, key: ArchiveKey) -> dict[str, bytes]:
    """All that the files in an archive's folder hold, joined, by file name; files that are no database as they are."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.name.endswith("-wal"):
            continue
        kind = re.match(r"(archive|index|originals)", path.name)
        if kind and ".db" in path.name and not path.name.endswith("-shm"):
            volume = re.match(r"originals-(\d{4})", path.name)
            secret = key.secret(kind[1], int(volume[1]) if volume else 0)
            found[path.name] = b"".join(of_file(path, secret))
        else:
            found[path.name] = path.read_bytes()
    return found


def holding(pages: dict[str, bytes], *wanted: str | bytes) -> list[tuple[str, str]]:
    """Which files hold which of these: words as UTF-8 in any case of their letters, bytes as they are."""
    found = []
    for name, data in pages.items():
        for one in wanted:
            words = one.encode() if isinstance(one, str) else one
            place = re.search(re.escape(words), data, re.IGNORECASE) if isinstance(one, str) else words in data
            if place:
                found.append((name, str(one)))
    return found


def inflated(data: bytes) -> bytes:
    """Everything in these bytes that zlib can unpack, joined: texts are stored compressed."""
    parts = []
    for match in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", data):
        try:
            parts.append(zlib.decompressobj().decompress(data[match.start() : match.start() + 65536]))
        except zlib.error:
            continue
    return b"\n".join(parts)


def _plain(page: bytes, secret: FileSecret, *, first: bool) -> bytes:
    body, iv = page[HEADER if first else 0 : PAGE - RESERVED], page[PAGE - RESERVED : PAGE - RESERVED + 16]
    cipher = Cipher(algorithms.AES(secret.key), modes.CBC(iv)).decryptor()
    return cipher.update(body) + cipher.finalize()
