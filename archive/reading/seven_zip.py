"""7z: every member goes to the sink as it is unpacked, in memory only; the listing is the text.

py7zr's own extraction refuses a whole file for one name that leads upwards, and renames duplicates. Its `Worker` does
the same work with members called by number, so that names stay labels.
"""

from __future__ import annotations

import py7zr
from py7zr.exceptions import PasswordRequired, UnsupportedCompressionMethodError
from py7zr.io import MemIO, Py7zIO, WriterFactory

from archive.reading.listing import PIECE, Listing, Ratio
from archive.reading.result import Member, Reading
from archive.reading.source import Consumer, Sink, Source, Unreadable
from archive.records import Relation


def read(source: Source, sink: Sink) -> Reading:
    """A 7z file. Where a password protects the members they are listed and reported; a bomb ends it where it is
    seen.
    """
    listing, fault = Listing(), None
    with source.open() as stream:
        try:
            package = py7zr.SevenZipFile(stream)
        except Exception as error:
            raise _fault(error) from error
        with package:
            locked = package.needs_password()
            writers = _Writers(sink, Ratio(source.budget, source.size))
            for entry in package.files:
                changed = entry.lastwritetime.as_datetime() if entry.lastwritetime else None
                day = changed.strftime("%Y-%m-%d %H:%M") if changed else ""
                if entry.is_directory or entry.is_symlink or entry.is_junction or entry.is_socket:
                    listing.add(entry.filename, None, day, "" if entry.is_directory else "link or special file")
                    continue
                listing.add(entry.filename, entry.uncompressed, day, "password" if locked else "")
                writers.names[str(entry.id)] = entry.filename
                package.worker.register_filelike(entry.id, MemIO(str(entry.id), writers))
            try:
                if locked:
                    writers.refuse("password")
                else:
                    package.worker.extract(package.fp, None, parallel=False)
                    writers.ended()
            except _Spent:
                pass
            except Exception as error:
                fault = _fault(error)
                writers.end(fault.reason)
    return listing.reading(source, f"py7zr {py7zr.__version__}", fault)


def _fault(error: Exception) -> Unreadable:
    """What py7zr raises, IndexError and struct.error among it, as the reason of a reading."""
    if isinstance(error, Unreadable):
        return error
    if isinstance(error, MemoryError):
        raise error
    reasons = {PasswordRequired: "password", UnsupportedCompressionMethodError: "unknown-compression"}
    return Unreadable(reasons.get(type(error), "damaged"), f"{type(error).__name__}: {error}")


class _Spent(Exception):
    """The sink takes no more."""


class _Writers(WriterFactory):
    """Gives py7zr, for a member called by its number, what takes its bytes. Members come one after another."""

    def __init__(self, sink: Sink, ratio: Ratio) -> None:
        self.names: dict[str, str] = {}
        self._sink = sink
        self._ratio = ratio
        self._open: Consumer | None = None

    def create(self, filename: str) -> Py7zIO:
        """What takes the bytes of one member. Raises _Spent."""
        self.ended()  # only now: its checksum is looked at after its last byte
        self._open = self._sink.begin(Member(self.names.pop(filename), None, Relation.MEMBER))
        if self._open is None:
            raise _Spent
        return _Writer(self._open, self._ratio)

    def ended(self) -> None:
        """The member at hand is complete."""
        if self._open is not None:
            self._open.close(True, "")
        self._open = None

    def end(self, reason: str) -> None:
        """The member at hand, if any, ends incomplete, and so do those that never came."""
        if self._open is not None:
            self._open.close(False, reason)
        self._open = None
        self.refuse(reason)

    def refuse(self, reason: str) -> None:
        """Report every member that is left as one that cannot be had."""
        for name in self.names.values():
            taking = self._sink.begin(Member(name, None, Relation.MEMBER))
            if taking is None:
                return
            taking.close(False, reason)
        self.names.clear()


class _Writer(Py7zIO):
    """Passes on the bytes of one member; nothing can be read back."""

    def __init__(self, consumer: Consumer, ratio: Ratio) -> None:
        self._consumer = consumer
        self._ratio = ratio
        self._size = 0

    def write(self, s: bytes | bytearray) -> int:
        self._ratio.count(len(s))
        for start in range(0, len(s), PIECE):
            self._consumer.write(bytes(s[start : start + PIECE]))
        self._size += len(s)
        return len(s)

    def read(self, size: int | None = None) -> bytes:
        return b""

    def seek(self, offset: int, whence: int = 0) -> int:
        return 0

    def flush(self) -> None:
        pass

    def size(self) -> int:
        return self._size
