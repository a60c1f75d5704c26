"""The bytes as received: kept by SHA-256 in encrypted volumes of at most 1 GiB, in chunks, compressed where it pays."""

from __future__ import annotations

import contextlib
import hashlib
import secrets
import threading
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from archive import connect, migrations
from archive.connect import Database, Mode, translated
from archive.errors import ArchiveMissing, Damaged, OriginalAbsent
from archive.keys import ArchiveKey

CHUNK = 1 << 20
VOLUME_LIMIT = 1 << 30
COMMIT_EVERY = 64 << 20
PAYS = 0.9  # compressed size of the first chunk below which the whole is worth compressing


@dataclass(frozen=True, slots=True)
class Staged:
    """An original whose bytes are in a volume but which no record names yet."""

    sha256: str
    token: bytes
    size: int
    chunks: int
    codec: str
    first_volume: int


class Originals:
    """The originals of one archive. Staging and reading staged bytes may be done from several threads at once."""

    def __init__(self, folder: Path, key: ArchiveKey, archive: Database, mode: Mode) -> None:
        self._folder, self._key, self._archive, self._mode = folder, key, archive, mode
        self._lock = threading.RLock()
        self._open: dict[int, Database] = {}
        self._uncommitted = 0

    def read(self, sha256: str) -> Iterator[bytes]:
        """The bytes in chunks of at most 1 MiB.

        Raises OriginalAbsent (a slim release has none) and, after the last chunk, Damaged where the bytes do not
        have this SHA-256.
        """
        digest = hashlib.sha256()
        for data in self.read_staged(self.locate(sha256)):
            digest.update(data)
            yield data
        if digest.hexdigest() != sha256:
            raise Damaged(path=str(self._folder), why=f"original {sha256[:12]} does not have its hash")

    def locate(self, sha256: str) -> Staged:
        """Where the bytes with this hash lie. Raises OriginalAbsent."""
        row = self._row(sha256)
        if row is None:
            raise OriginalAbsent(sha256=sha256)
        return Staged(sha256, *row)

    def read_staged(self, staged: Staged) -> Iterator[bytes]:
        """The bytes of an original that may not be committed yet."""
        for seq in range(staged.chunks):
            yield self.read_at(staged, seq * CHUNK)

    def read_at(self, staged: Staged, start: int) -> bytes:
        """The bytes from `start` to the end of the chunk they lie in; none beyond the end. Raises as `read` does."""
        seq, skip = divmod(start, CHUNK)
        if seq >= staged.chunks:
            return b""
        for volume in self.volumes():
            data = self._chunk(volume, staged.token, seq) if volume >= staged.first_volume else None
            if data is not None:
                try:
                    return (zlib.decompress(data) if staged.codec else data)[skip:]
                except zlib.error as error:
                    raise Damaged(path=str(self._path(volume)), why=str(error)) from error
        if not self._folder.is_dir():
            raise ArchiveMissing(path=str(self._folder))
        if not self._path(staged.first_volume).exists():
            raise OriginalAbsent(sha256=staged.sha256)
        raise Damaged(path=str(self._folder), why=f"original {staged.sha256[:12]} lacks a part")

    def stage(self) -> Staging:
        """Begin to write an original whose hash is not known yet."""
        return Staging(self)

    def register(self, staged: Staged) -> None:
        """Let `staged` be the original of its hash; part of the caller's transaction, after `commit`."""
        self._archive.table("original").insert(
            {
                "sha256": staged.sha256,
                "token": staged.token,
                "size": staged.size,
                "chunks": staged.chunks,
                "codec": staged.codec,
                "first_volume": staged.first_volume,
            }
        )

    def commit(self) -> None:
        """Make everything staged durable."""
        with self._lock:
            for number, db in self._open.items():
                if db.conn.in_transaction:
                    with translated(self._path(number)):
                        db.conn.execute("COMMIT")
            self._uncommitted = 0

    def discard(self, staged: Staged) -> None:
        """Remove staged bytes that no record will name, such as those of a duplicate."""
        with self._lock:
            for number in self.volumes():
                if number >= staged.first_volume:
                    self._delete(number, staged.token)

    def collect(self, after: int = 0) -> int:
        """Remove bytes that no record names, left by an interrupted import, from all volumes above `after`.

        Returns the number of the newest volume that is sealed now; later calls need not look below it.
        """
        known = {bytes(row[0]) for row in self._archive.conn.execute("SELECT token FROM original")}
        numbers = self.volumes()
        with self._lock:
            for number in numbers:
                if number > after:
                    found = self._volume(number).conn.execute("SELECT DISTINCT token FROM chunk").fetchall()
                    for (token,) in found:
                        if bytes(token) not in known:
                            self._delete(number, token)
            self.commit()
        return max(after, len(numbers) - 1)

    def volumes(self) -> list[int]:
        """The numbers of the volumes there are, from 1."""
        return sorted(int(path.stem[-4:]) for path in self._folder.glob("originals-[0-9][0-9][0-9][0-9].db"))

    def database(self, number: int) -> Database:
        """The open database of one volume, for backup and verification."""
        return self._volume(number)

    def close(self) -> None:
        """Close all volumes; what was staged and not committed is gone."""
        with self._lock:
            for db in self._open.values():
                if db.conn.in_transaction:
                    db.conn.execute("ROLLBACK")
                connect.close(db)
            self._open.clear()

    def _row(self, sha256: str) -> tuple[bytes, int, int, str, int] | None:
        found: tuple[bytes, int, int, str, int] | None = self._archive.conn.execute(
            "SELECT token, size, chunks, codec, first_volume FROM original WHERE sha256 = ?", (sha256,)
        ).fetchone()
        return found

    def _path(self, number: int) -> Path:
        return self._folder / f"originals-{number:04d}.db"

    def _volume(self, number: int) -> Database:
        with self._lock:
            if number not in self._open:
                path, secret = self._path(number), self._key.secret("originals", number)
                with translated(path):
                    if self._mode == "write":
                        # also where the file is there: whoever began it may have been ended before its tables stood
                        db = connect.connect(path, secret, "create")
                        migrations.apply_originals(db)
                    else:
                        db = connect.connect(path, secret, self._mode)
                self._open[number] = db
            return self._open[number]

    def _chunk(self, number: int, token: bytes, seq: int) -> bytes | None:
        with self._lock, translated(self._path(number)):
            row = (
                self._volume(number)
                .conn.execute("SELECT data FROM chunk WHERE token = ? AND seq = ?", (token, seq))
                .fetchone()
            )
        return None if row is None else bytes(row[0])

    def _write_chunk(self, token: bytes, seq: int, data: bytes) -> int:
        """Add a chunk to the newest volume with room; returns its number."""
        with self._lock:
            number = max(self.volumes(), default=1)
            db = self._volume(number)
            with translated(self._path(number)):
                pages, free = (
                    db.conn.execute(f"PRAGMA {what}").fetchone()[0] for what in ("page_count", "freelist_count")
                )
                if (pages - free) * 4096 + len(data) + 65536 > VOLUME_LIMIT:
                    self.commit()
                    number += 1
                    db = self._volume(number)
                if not db.conn.in_transaction:
                    db.conn.execute("BEGIN IMMEDIATE")
                db.conn.execute("INSERT INTO chunk (token, seq, data) VALUES (?, ?, ?)", (token, seq, data))
            self._uncommitted += len(data)
            if self._uncommitted > COMMIT_EVERY:
                self.commit()
        return number

    def _delete(self, number: int, token: bytes) -> None:
        db = self._volume(number)
        with translated(self._path(number)):
            if not db.conn.in_transaction:
                db.conn.execute("BEGIN IMMEDIATE")
            db.conn.execute("DELETE FROM chunk WHERE token = ?", (token,))


class Staging:
    """An original being written: `write` its bytes, then `finish`; leaving the block by an error discards it."""

    def __init__(self, originals: Originals) -> None:
        self._originals = originals
        self._token = secrets.token_bytes(16)
        self._digest = hashlib.sha256()
        self._buffer = bytearray()
        self._size = self._chunks = self._first_volume = 0
        self._codec: str | None = None
        self._finished = False

    @property
    def size(self) -> int:
        """Bytes written so far."""
        return self._size

    def write(self, data: bytes) -> None:
        """Add bytes, of any length."""
        self._digest.update(data)
        self._size += len(data)
        self._buffer += data
        while len(self._buffer) >= CHUNK:
            self._flush(bytes(self._buffer[:CHUNK]))
            del self._buffer[:CHUNK]

    def finish(self) -> Staged:
        """Write the rest and tell what was staged."""
        if self._buffer:
            self._flush(bytes(self._buffer))
            self._buffer.clear()
        self._finished = True
        return self._staged()

    def discard(self) -> None:
        """Take everything back."""
        if self._chunks:
            self._originals.discard(self._staged())
        self._finished = True

    def __enter__(self) -> Staging:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._finished:
            with contextlib.suppress(Exception):
                self.discard()

    def _staged(self) -> Staged:
        return Staged(
            self._digest.hexdigest(),
            self._token,
            self._size,
            self._chunks,
            self._codec or "",
            self._first_volume,
        )

    def _flush(self, data: bytes) -> None:
        packed = zlib.compress(data, 6) if self._codec != "" else data
        if self._codec is None:
            self._codec = "zlib" if len(packed) < PAYS * len(data) else ""
        number = self._originals._write_chunk(self._token, self._chunks, packed if self._codec else data)
        self._first_volume = self._first_volume or number
        self._chunks += 1
