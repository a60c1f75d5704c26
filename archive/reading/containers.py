"""ZIP, TAR and single packed files: every member goes to the sink, the listing is the text."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import PurePath
from typing import IO, BinaryIO, cast

from archive.reading.detect import is_tar
from archive.reading.listing import Listing, Ratio, name_of, names_encoding, unpacked
from archive.reading.result import Member, Reading
from archive.reading.source import Sink, Source, Unreadable
from archive.records import Relation

_ENCRYPTED, _UTF8 = 0x1, 0x800  # flag bits, APPNOTE.TXT 4.4.4
_UNICODE_PATH = 0x7075  # extra field, APPNOTE.TXT 4.6.9


def read_zip(source: Source, sink: Sink) -> Reading:
    """A ZIP file. Names are UTF-8 where it says so, otherwise in an encoding found over all of them together."""
    listing, fault = Listing(), None
    with source.open() as stream:
        try:
            package = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as error:
            raise Unreadable("damaged", str(error)) from error
        with package:
            entries = package.infolist()
            raw_names = [_raw_name(entry) for entry in entries]
            encoding = names_encoding(raw_names, "cp437")
            whole, open_for_more = Ratio(source.budget, source.size), True
            for entry, raw in zip(entries, raw_names, strict=True):
                name, raw_name = name_of(raw, encoding)
                changed = "{:04}-{:02}-{:02} {:02}:{:02}".format(*entry.date_time)
                if entry.filename.endswith("/"):
                    listing.add(name, None, changed)
                    continue
                locked = bool(entry.flag_bits & _ENCRYPTED)
                listing.add(name, entry.file_size, changed, "password" if locked else "")
                if open_for_more:
                    chunks = _zip_member(package, entry, whole)
                    open_for_more = sink.member(Member(name, raw_name, Relation.MEMBER), chunks)
                if whole.exceeded:
                    fault, open_for_more = Unreadable("bomb-ratio"), False
    return listing.reading(source, "zipfile", fault)


def _zip_member(package: zipfile.ZipFile, entry: zipfile.ZipInfo, whole: Ratio) -> Iterator[bytes]:
    if entry.flag_bits & _ENCRYPTED:
        raise Unreadable("password")
    try:
        with package.open(entry) as stream:
            yield from unpacked(stream, Ratio(whole.budget, entry.compress_size), whole)
    except NotImplementedError as fault:
        raise Unreadable("unknown-compression", str(fault)) from fault


def _raw_name(entry: zipfile.ZipInfo) -> bytes:
    """The bytes of a name. Where it is not declared UTF-8, an extra field may hold it in UTF-8 beside its checksum."""
    if entry.flag_bits & _UTF8:
        return entry.orig_filename.encode("utf-8")
    raw = entry.orig_filename.encode("cp437")
    extra = entry.extra
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        body, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and len(body) > 5 and struct.unpack_from("<L", body, 1)[0] == zlib.crc32(raw):
            return body[5:]
    return raw


def read_tar(source: Source, sink: Sink) -> Reading:
    """A TAR file that is not packed."""
    with source.open() as stream:
        return _tar(source, sink, stream, Ratio(source.budget, source.size))


def read_packed(source: Source, sink: Sink) -> Reading:
    """A file packed by gzip, bzip2 or xz: a TAR inside it gives its members, anything else is the one member."""
    with source.open() as stream:
        ratio = Ratio(source.budget, source.size)
        inner, name = _unpacker(source, stream)
        with inner:
            counted = io.BufferedReader(_Counted(inner, ratio), 1 << 16)
            try:
                beginning = counted.peek(512)[:512]
            except (OSError, EOFError, zlib.error, lzma.LZMAError) as fault:
                raise Unreadable("damaged", str(fault)) from fault
            if is_tar(beginning):
                return _tar(source, sink, cast(BinaryIO, counted), ratio)
            listing = Listing()
            listing.add(name, None, "")
            sink.member(Member(name, None, Relation.MEMBER), unpacked(counted))
    return listing.reading(source, source.media_type, Unreadable("bomb-ratio") if ratio.exceeded else None)


def _unpacker(source: Source, stream: BinaryIO) -> tuple[IO[bytes], str]:
    """The unpacked stream and the name of what is inside: gzip may note it, else it is that outside without its
    ending.
    """
    outer = PurePath(source.name)
    endings = {".tgz": ".tar", ".tbz": ".tar", ".tbz2": ".tar", ".txz": ".tar"}
    name = outer.stem + endings.get(outer.suffix.lower(), "") if outer.suffix else outer.name
    if source.media_type == "application/gzip":
        noted = _gzip_name(stream.read(4096))
        stream.seek(0)
        return cast(IO[bytes], gzip.GzipFile(fileobj=stream, mode="rb")), noted or name
    if source.media_type == "application/x-bzip2":
        return cast(IO[bytes], bz2.BZ2File(stream)), name
    return cast(IO[bytes], lzma.LZMAFile(stream)), name


def _gzip_name(head: bytes) -> str:
    """The name in a gzip header (RFC 1952), empty where there is none."""
    flags = head[3] if len(head) > 10 else 0
    start = 10
    if flags & 4 and len(head) > 12:
        start += 2 + int.from_bytes(head[10:12], "little")
    if not flags & 8 or b"\0" not in head[start:]:
        return ""
    raw = head[start : head.index(b"\0", start)]
    return name_of(raw, names_encoding([raw], "latin-1"))[0]


class _Counted(io.RawIOBase):
    """A stream that is counted as it unpacks, whoever reads it."""

    def __init__(self, inner: IO[bytes], ratio: Ratio) -> None:
        self._inner = inner
        self._ratio = ratio

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        piece = self._inner.read(len(buffer))
        self._ratio.count(len(piece))
        buffer[: len(piece)] = piece
        return len(piece)


def _tar(source: Source, sink: Sink, stream: BinaryIO, ratio: Ratio) -> Reading:
    """The members of a TAR in one pass. Links and devices are listed; nothing follows or makes them."""
    listing, fault, encoding = Listing(), None, ""
    try:
        with tarfile.open(fileobj=stream, mode="r|") as package:
            for entry in package:
                raw = entry.name.encode("utf-8", "surrogateescape")
                encoding = encoding or (names_encoding([raw], "latin-1") if not raw.isascii() else "")
                name, raw_name = name_of(raw, encoding or "utf-8")
                changed = _changed(entry.mtime)
                if not entry.isreg():
                    listing.add(name, None, changed, _kind(entry))
                    continue
                listing.add(name, entry.size, changed)
                content = package.extractfile(entry)
                chunks = unpacked(content, Ratio(ratio.budget, source.size)) if content else iter(())
                if not sink.member(Member(name, raw_name, Relation.MEMBER), chunks) or ratio.exceeded:
                    break
    except Unreadable as error:
        fault = error
    except (tarfile.TarError, OSError, EOFError, ValueError, zlib.error, lzma.LZMAError) as error:
        fault = Unreadable("damaged", str(error))
    if ratio.exceeded:
        fault = Unreadable("bomb-ratio")
    return listing.reading(source, "tarfile", fault)


def _changed(seconds: float) -> str:
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError, OSError):
        return ""


def _kind(entry: tarfile.TarInfo) -> str:
    if entry.issym() or entry.islnk():
        return f"link to {entry.linkname}"
    return "" if entry.isdir() else f"special file {stat.filemode(entry.mode)}"
