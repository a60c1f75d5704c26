"""The media type of a file, from its content first and its extension last.

What decides the reader is told apart here, with what the formats themselves say (signatures, ZIP and OLE2 directories);
the `filetype` package names the other binary kinds.
"""

from __future__ import annotations

import functools
import mimetypes
import re
import zipfile
from collections.abc import Callable
from pathlib import PurePath
from typing import BinaryIO

from archive.reading import textual
from archive.reading.source import Unreadable

HEAD = 64 << 10
_SEARCHED = 16 << 20  # of a package whose directory is damaged

_SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\x1f\x8b", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\0", "application/x-xz"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"{\\rtf", "application/rtf"),
    (b"%!PS", "application/postscript"),
    (b"\x78\x9f\x3e\x22", "application/vnd.ms-tnef"),
    (b"!BDN", "application/vnd.ms-outlook-pst"),
    (b"WARC/1.", "application/warc"),
    (b"SQLite format 3\0", "application/vnd.sqlite3"),
    (b"\xd7\xcd\xc6\x9a", "image/wmf"),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08PK\x03\x04", b"PK00PK\x03\x04")
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# The main part of an Office Open XML package, named in [Content_Types].xml (ECMA-376 part 2).
_MAIN_PART = re.compile(
    rb"""ContentType\s*=\s*["'](application/vnd\.(?:openxmlformats-officedocument\.|ms-(?:word|excel|powerpoint)\.)"""
    rb"""[A-Za-z.]+?)\.main(?:\+xml)?["']""",
    re.IGNORECASE,
)
_PART_NAMES = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/presentation.xml": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_MACROS = ".macroenabled"
_PACKAGE_TYPE = re.compile(rb"application/(?:vnd\.oasis\.opendocument\.[a-z-]+|epub\+zip)")

# Entries of an OLE2 compound file that only one kind of document has ([MS-DOC], [MS-XLS], [MS-PPT], [MS-OXMSG]).
_OLE2_ENTRIES = (
    ("EncryptedPackage", "application/x-encrypted-office"),
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("Book", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ("__properties_version1.0", "application/vnd.ms-outlook"),
    ("PP40", "application/vnd.ms-powerpoint"),
    ("PP97_DUALSTORAGE", "application/vnd.ms-powerpoint"),
    ("MatOST", "application/vnd.ms-works"),
    ("VisioDocument", "application/vnd.visio"),
)


def detect(name: str, size: int, opener: Callable[[], BinaryIO]) -> str:
    """The media type of a file of `size` bytes shown as `name`; application/octet-stream where nothing is known.

    A WordPress post or list of posts is application/x-wordpress+json, a password-protected Office Open XML file
    application/x-encrypted-office. Raises OSError, and TooLarge where looking inside needs more than can be held.
    """
    with opener() as stream:
        head = stream.read(HEAD)
        extension = PurePath(name).suffix.lower()
        for signature, media_type in _SIGNATURES:
            if head.startswith(signature):
                return media_type
        if head.startswith(_ZIP):
            return _inside_zip(stream)
        if head.startswith(_OLE2):
            return _inside_ole2(stream, extension)
        if is_tar(head):
            return "application/x-tar"
        text_type = textual.media_type(head, extension)
    if b"%PDF-" in head[:1024] and text_type in (None, "text/plain"):
        return "application/pdf"
    return text_type or _binary(head, extension)


def is_tar(head: bytes) -> bool:
    """Whether a file begins with a TAR header: its checksum field fits (POSIX pax, `ustar` or older)."""
    if len(head) < 512 or not head[0]:
        return False
    field = head[148:156].strip(b" \0")
    if not field or field.strip(b"01234567"):
        return False
    plain = sum(head[:148]) + sum(head[156:512]) + 8 * ord(" ")
    return int(field, 8) == plain


def _inside_zip(stream: BinaryIO) -> str:
    """Tell office documents and EPUB from a plain ZIP; a damaged one by what its beginning names."""
    try:
        with zipfile.ZipFile(stream) as package:
            names = set(package.namelist())
            if "mimetype" in names:
                declared = _PACKAGE_TYPE.match(_beginning(package, "mimetype"))
                if declared:
                    return declared[0].decode()
            if "[Content_Types].xml" in names:
                found = _MAIN_PART.search(_beginning(package, "[Content_Types].xml"))
                if found:
                    return _office_type(found[1].decode())
            for part, media_type in _PART_NAMES.items():
                if part in names:
                    return media_type
            if "META-INF/manifest.xml" in names:
                declared = _PACKAGE_TYPE.search(_beginning(package, "META-INF/manifest.xml"))
                if declared:
                    return declared[0].decode()
            if "META-INF/container.xml" in names and any(each.endswith(".opf") for each in names):
                return "application/epub+zip"
    except Unreadable:
        raise
    except Exception:  # whatever is wrong inside, the readers say it better
        stream.seek(0)
        body = stream.read(_SEARCHED)
        declared = _PACKAGE_TYPE.search(body[:200])
        if declared:
            return declared[0].decode()
        for part, media_type in _PART_NAMES.items():
            if part.encode() in body:
                return media_type
    return "application/zip"


def _office_type(main: str) -> str:
    """The media type of a package from that of its main part: those with macros are registered with a number."""
    return main + ".12" if main.lower().endswith(_MACROS) else main


def _beginning(package: zipfile.ZipFile, part: str) -> bytes:
    with package.open(part) as stream:
        return stream.read(1 << 20)


def _inside_ole2(stream: BinaryIO, extension: str) -> str:
    """Tell the documents that use OLE2 compound files apart by the entries of their root directory."""
    import olefile

    stream.seek(0)
    try:
        with olefile.OleFileIO(stream) as compound:
            entries = {entry[0] for entry in compound.listdir(streams=True, storages=True)}
    except Unreadable:
        raise
    except Exception:  # a damaged directory: look for the names themselves
        stream.seek(0)
        body = stream.read(_SEARCHED)
        entries = {entry for entry, _ in _OLE2_ENTRIES if (entry + "\0").encode("utf-16-le") in body}
    folded = {entry.casefold() for entry in entries}
    for entry, media_type in _OLE2_ENTRIES:
        if entry.casefold() in folded:
            return media_type
    by_extension = _types().get(extension, "")
    return by_extension if by_extension.startswith("application/") else "application/x-ole-storage"


def _binary(head: bytes, extension: str) -> str:
    """The type of a binary file that no reader needs told apart, by its signature or else its extension."""
    import filetype

    kind = filetype.guess(head)
    if kind is not None:
        return str(kind.mime)
    return _types().get(extension, "application/octet-stream")


@functools.cache
def _types() -> dict[str, str]:
    """Extensions and their types as Python ships them: neither the system's files nor its registry are asked."""
    mimetypes.init(files=[])
    return mimetypes.types_map
