"""Reads Outlook's MSG files ([MS-OXMSG], [MS-OXCMSG]) over olefile: properties, body, attachments, messages inside.

python-oxmsg, tried first on 18 files, lost messages inside messages, failed on a Chinese code page and took Cyrillic
for Latin; kreuzberg reads attachments into the parent's text instead of handing them out.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.header import Header
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from typing import TYPE_CHECKING

from archive.reading import letters
from archive.reading.charset import codec, decode, detect
from archive.reading.markup import decode_html, visible_text
from archive.reading.rtf import rtf_text
from archive.reading.text import clean

if TYPE_CHECKING:
    from olefile import OleFileIO

_SUBJECT, _BODY, _HTML, _RTF = 0x0037, 0x1000, 0x1013, 0x1009
_SENDER, _SENDER_ADDRESS, _SENDER_SMTP = 0x0C1A, 0x0C1F, 0x5D01
_TO, _CC, _BCC, _HEADERS = 0x0E04, 0x0E03, 0x0E02, 0x007D
_SUBMITTED, _DELIVERED = 0x0039, 0x0E06
_DATA, _LONG_NAME, _SHORT_NAME, _SHOWN_NAME, _MIME = 0x3701, 0x3707, 0x3704, 0x3001, 0x370E
_CODE_PAGE, _INTERNET_CODE_PAGE, _LOCALE = 0x3FFD, 0x3FDE, 0x3FF1
_STRING8, _UNICODE, _BINARY, _TIME, _INTEGER = 0x001E, 0x001F, 0x0102, 0x0040, 0x0003
_PROPERTIES = "__properties_version1.0"
_HEADER_TOP, _HEADER_INNER, _HEADER_OBJECT = 32, 24, 8
_OF_CODE_PAGE = {
    65001: "utf-8",
    20127: "cp1252",
    28591: "cp1252",
    20866: "koi8-r",
    51949: "cp949",
    54936: "gb18030",
    936: "gb18030",
    50220: "iso2022_jp",
}
_OF_LOCALE = {
    1049: "cp1251",
    2052: "gb18030",
    1028: "cp950",
    3076: "cp950",
    1041: "cp932",
    1042: "cp949",
    1025: "cp1256",
    1055: "cp1254",
    1037: "cp1255",
    1054: "cp874",
}
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in a message; `message` is set where it is itself a message, and `data` then empty."""

    name: str
    media_type: str
    data: bytes
    message: Letter | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """What a MSG file says. `head` holds the head lines in order; `date` is an ISO time in UTC or that of the
    headers.
    """

    head: Mapping[str, str]
    body: str
    charset: str
    attachments: tuple[Attachment, ...] = field(default=())


def read_letter(ole: OleFileIO, prefix: tuple[str, ...] = (), depth: int = 0) -> Letter:
    """The message whose storage is at `prefix`. Raises OSError, struct.error or ValueError where the file is
    broken.
    """
    storage = _Storage(ole, prefix, _HEADER_INNER if prefix else _HEADER_TOP)
    storage.encoding = storage.find_encoding()
    sent = storage.time(_SUBMITTED) or storage.time(_DELIVERED)
    headers = letters.parse(storage.string(_HEADERS).encode("utf-8", "replace"))
    sender = _person(storage.string(_SENDER), storage.string(_SENDER_SMTP) or storage.string(_SENDER_ADDRESS))
    head = {
        "From": sender or letters.header(headers, "From"),
        "To": storage.string(_TO) or letters.header(headers, "To"),
        "Cc": storage.string(_CC) or letters.header(headers, "Cc"),
        "Bcc": storage.string(_BCC),
        "Date": letters.header(headers, "Date") or sent,
        "Subject": storage.string(_SUBJECT) or letters.header(headers, "Subject"),
    }
    names = sorted({entry[len(prefix)] for entry in ole.listdir() if _is_attachment(entry, prefix)})
    attachments = [_attachment(ole, (*prefix, name), storage.encoding, depth) for name in names]
    return Letter(
        {name: " ".join(value.split()) for name, value in head.items()},
        _body(storage),
        storage.encoding,
        tuple(attachments),
    )


def as_eml(letter: Letter) -> bytes:
    """A message found inside another, in the internet's format, so that it can stand as a file; always the same
    bytes.
    """
    message = MIMEMultipart(boundary="tamarisk-part")
    for name, value in letter.head.items():
        if value:
            message[name] = Header(clean(value), "us-ascii" if value.isascii() else "utf-8").encode()
    message.attach(MIMEText(clean(letter.body), "plain", "utf-8"))
    for attachment in letter.attachments:
        data = as_eml(attachment.message) if attachment.message else attachment.data
        part = MIMEApplication(data)
        part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", clean(attachment.name)))
        message.attach(part)
    return message.as_bytes()


class _Storage:
    """The properties of one storage: fixed ones from its table, long ones from their streams."""

    def __init__(self, ole: OleFileIO, prefix: tuple[str, ...], header: int) -> None:
        self._ole, self._prefix = ole, prefix
        self.encoding = "cp1252"
        table = self._stream(_PROPERTIES)[header:]
        self._fixed = {
            struct.unpack_from("<I", table, at)[0]: table[at + 8 : at + 16] for at in range(0, len(table) - 15, 16)
        }

    def _stream(self, name: str) -> bytes:
        path = [*self._prefix, name]
        return bytes(self._ole.openstream(path).read()) if self._ole.exists(path) else b""

    def _long(self, tag: int, kind: int) -> bytes:
        return self._stream(f"__substg1.0_{tag:04X}{kind:04X}")

    def integer(self, tag: int) -> int:
        """A whole number, 0 if there is none."""
        value = self._fixed.get(tag << 16 | _INTEGER)
        return int(struct.unpack("<i", value[:4])[0]) if value else 0

    def time(self, tag: int) -> str:
        """A time in UTC as an e-mail header words it; empty if there is none."""
        value = self._fixed.get(tag << 16 | _TIME)
        ticks = struct.unpack("<Q", value)[0] if value else 0
        try:
            when = datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)
        except OverflowError:
            return ""
        return when.strftime("%a, %d %b %Y %H:%M:%S +0000") if ticks else ""

    def string(self, tag: int) -> str:
        """A text, in Unicode or in the message's code page."""
        wide = self._long(tag, _UNICODE)
        if wide:
            return clean(wide.decode("utf-16-le", "replace"))
        narrow = self._long(tag, _STRING8)
        return clean(decode(narrow, self.encoding).text) if narrow else ""

    def bytes(self, tag: int) -> bytes:
        """A binary property."""
        return self._long(tag, _BINARY)

    def find_encoding(self) -> str:
        """The encoding of the texts that are not Unicode: by the message's locale or code page, else by their
        looks.
        """
        page = self.integer(_CODE_PAGE)
        named = _OF_CODE_PAGE.get(page) or codec(f"cp{page}") if page else ""
        sample = b"\n".join(self._long(tag, _STRING8) for tag in (_SUBJECT, _BODY, _SENDER, _TO))
        if named or sample.isascii():
            return named or "cp1252"
        by_locale = _OF_LOCALE.get(self.integer(_LOCALE), "")
        page = self.integer(_INTERNET_CODE_PAGE)
        return by_locale or _OF_CODE_PAGE.get(page) or (codec(f"cp{page}") if page else "") or detect(sample)


def _body(storage: _Storage) -> str:
    plain = storage.string(_BODY).strip("\n\0 ")
    if plain.strip():
        return plain
    markup = storage.bytes(_HTML)
    if markup:
        return visible_text(decode_html(markup, _OF_CODE_PAGE.get(storage.integer(_INTERNET_CODE_PAGE), "")).text)
    packed = storage.bytes(_RTF)
    return rtf_text(_unpacked(packed)) if packed else ""


def _unpacked(packed: bytes) -> bytes:
    """Compressed RTF ([MS-OXRTFCP]) unpacked; empty where it is broken."""
    from compressed_rtf import decompress

    try:
        return bytes(decompress(packed))
    except Exception:
        # It raises plain Exception for a wrong checksum and struct's or index errors for the rest.
        return b""


def _attachment(ole: OleFileIO, prefix: tuple[str, ...], encoding: str, depth: int) -> Attachment:
    storage = _Storage(ole, prefix, _HEADER_OBJECT)
    storage.encoding = encoding
    name = storage.string(_LONG_NAME) or storage.string(_SHORT_NAME) or storage.string(_SHOWN_NAME)
    name = name.strip("\0 ")
    inner = (*prefix, f"__substg1.0_{_DATA:04X}000D")
    if ole.exists([*inner, _PROPERTIES]) and depth < _DEEPEST:
        letter = read_letter(ole, inner, depth + 1)
        return Attachment((name or letter.head["Subject"] or "message")[:120] + ".eml", "message/rfc822", b"", letter)
    return Attachment(name or f"{prefix[-1].lstrip('_')}.bin", storage.string(_MIME).strip("\0 "), storage.bytes(_DATA))


def _is_attachment(entry: list[str], prefix: tuple[str, ...]) -> bool:
    return (
        tuple(entry[: len(prefix)]) == prefix and len(entry) > len(prefix) and entry[len(prefix)].startswith("__attach")
    )


def _person(name: str, address: str) -> str:
    name, address = name.strip("\0 "), address.strip("\0 ")
    # Exchange's own addresses are long paths that say nothing to a reader.
    if not address or address == name or address.lower().startswith("/o="):
        return name or address
    return f"{name} <{address}>" if name else address
