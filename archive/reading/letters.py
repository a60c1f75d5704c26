"""Reads one e-mail message in the internet's format: head lines, body and attachments, however badly it was put
together.

The standard library's older policy is used on purpose: the newer one raises on many malformed headers.
"""

from __future__ import annotations

import email.policy
import email.utils
import mimetypes
import re
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser

from archive.reading import language, tnef
from archive.reading.charset import Decoded, codec, decode
from archive.reading.markup import decode_html, visible_text
from archive.reading.result import Member, Page, Reading
from archive.reading.source import Sink
from archive.reading.text import clean, doubt
from archive.records import Metadata, Relation, Verdict

EXTRACTOR = "tamarisk mail 1"
HEAD = ("From", "To", "Cc", "Bcc", "Date", "Subject")
_SHORT_TEXTS = frozenset(("message/delivery-status", "text/rfc822-headers", "message/disposition-notification"))
_TNEF = frozenset(("application/ms-tnef", "application/vnd.ms-tnef"))
_SEALED = frozenset(("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"))
_PATH = re.compile(r"[/\\\x00-\x1f\x7f]+")
# An HTML body this many times longer than the plain one beside it says what the plain one left out.
_MORE_IN_HTML = 4
_DEEPEST = 60
_HEADER_AT_MOST = 20_000


@dataclass(slots=True)
class _Found:
    """What the parts of a message have given so far."""

    texts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    poor: list[str] = field(default_factory=list)
    attachments: int = 0
    sealed: bool = False


def parse(data: bytes) -> Message:
    """A message out of bytes; defects are tolerated and never raise."""
    parser = BytesParser(policy=email.policy.compat32)
    try:
        return parser.parsebytes(data)
    except RecursionError:
        # Parts nested without end: the body then stands as it is.
        return parser.parsebytes(data, headersonly=True)


def reading_of(message: Message, media_type: str, sink: Sink) -> Reading:
    """The message as text: its head lines, an empty line, its body. Attachments go to the sink in order.

    Verdict poor with reason `encrypted` where the body is sealed, `charset-uncertain` where it could not be decoded;
    none with reason `damaged` where there is neither head nor body.
    """
    found = _Found()
    _walk(message, found, sink, 0)
    head = [f"{name}: {value}" for name in HEAD if (value := header(message, name))]
    body = "\n\n".join(text for text in found.texts if text)
    text = "\n".join(head) + ("\n\n" if head and body else "") + body
    metadata = _metadata(message)
    notes = tuple(dict.fromkeys(found.notes))
    if not text.strip():
        return Reading(media_type, metadata, (), Verdict.NONE, "damaged", "no header and no body", EXTRACTOR, notes)
    verdict, reason = Verdict.GOOD, ""
    if found.sealed and not body:
        verdict, reason = Verdict.POOR, "encrypted"
    elif found.poor:
        verdict, reason = Verdict.POOR, "charset-uncertain" if "undecodable" in found.poor[0] else "incomplete"
    return Reading(media_type, metadata, (Page(0, text),), verdict, reason, "; ".join(found.poor), EXTRACTOR, notes)


def header(message: Message, name: str) -> str:
    """A header's value on one line, encoded words decoded; several of the same name joined by commas."""
    values = [value for key, value in message.raw_items() if key.lower() == name.lower()]
    return ", ".join(words for words in (decode_words(str(value)) for value in values) if words)


def decode_words(value: str) -> str:
    """A raw header value as text: RFC 2047 words in any charset, and bare bytes that should never have stood
    there.
    """
    value = value[:_HEADER_AT_MOST]
    value = decode(value.encode("utf-8", "surrogateescape")).text if _has_bytes(value) else value
    try:
        parts = decode_header(value)
    except (HeaderParseError, ValueError):
        parts = [(value, None)]
    out = []
    for words, charset in parts:
        if isinstance(words, str):
            out.append(words)
        elif charset is None:
            out.append(words.decode("raw-unicode-escape", "replace"))
        else:
            out.append(decode(words, charset).text)
    return " ".join(clean("".join(out)).split())


def addresses(message: Message, name: str) -> list[str]:
    """The people in an address header: their names, or their addresses where they give none."""
    values = [value for key, value in message.raw_items() if key.lower() == name.lower()]
    people: list[str] = []
    try:
        found = email.utils.getaddresses([str(value)[:_HEADER_AT_MOST] for value in values])
    except RecursionError:
        # Comments nested without end.
        found = []
    for shown, address in found:
        words = decode_words(shown).strip(" '\"") or decode_words(address)
        if words and words not in people:
            people.append(words)
    # Newer versions of the standard library give nothing at all for a header with a fault in it.
    return people or [words for words in [header(message, name)] if words]


def day_of(words: str) -> str:
    """The ISO day of a Date header on the sender's calendar; empty if it is none or before there was e-mail."""
    try:
        when = email.utils.parsedate_to_datetime(words)
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
    return when.date().isoformat() if 1971 <= when.year <= 2100 else ""


def _metadata(message: Message) -> Metadata:
    date = header(message, "Date")
    return Metadata(
        title=header(message, "Subject"),
        authors=tuple(addresses(message, "From")),
        published=day_of(date),
        published_words=date,
        language=language.declared(header(message, "Content-Language").split(",")[0]),
    )


def _walk(part: Message, found: _Found, sink: Sink, depth: int) -> None:
    kind = part.get_content_type()
    found.sealed |= kind in _SEALED
    payload = _inner(part)
    if kind == "message/partial":
        found.poor.append("a part of a message sent in several")
    if kind == "message/rfc822" and payload is not None:
        for inner in payload:
            _attach(found, sink, inner.as_bytes(policy=email.policy.compat32), kind, inner, header(inner, "Subject"))
    elif kind in _SHORT_TEXTS and payload is not None:
        found.texts.append("\n\n".join(clean(inner.as_string()).strip() for inner in payload))
    elif payload is not None:
        if depth > _DEEPEST:
            found.notes.append("nested-too-deeply")
            return
        chosen = _alternative(payload) if kind == "multipart/alternative" else None
        for inner in payload:
            if chosen is None or inner is chosen or inner.get_content_maintype() != "text":
                _walk(inner, found, sink, depth + 1)
    elif _is_body(part, kind):
        found.texts.append(_text(part, kind, found))
    else:
        _attach(found, sink, content(part), kind, part, "")


def _inner(part: Message) -> list[Message] | None:
    """The parts of a part, or None where it has none of its own."""
    payload = part.get_payload()
    return [inner for inner in payload if isinstance(inner, Message)] if isinstance(payload, list) else None


def _is_body(part: Message, kind: str) -> bool:
    if part.get_content_maintype() == "multipart":
        # A multipart whose boundary never came is what it looks like: text.
        return True
    return (
        kind in ("text/plain", "text/html", "text/enriched", *_SHORT_TEXTS)
        and part.get_content_disposition() != "attachment"
        and not _name(part)
    )


def _alternative(parts: list[Message]) -> Message | None:
    """Which of several forms of one body to take: the plain one, unless the page beside it says much more."""
    plain = [part for part in parts if part.get_content_type() == "text/plain" and _is_body(part, "text/plain")]
    rich = [part for part in parts if part.get_content_type() == "text/html" and _is_body(part, "text/html")]
    related = [part for part in parts if part.get_content_maintype() == "multipart"]
    if not plain:
        return rich[-1] if rich else related[-1] if related else None
    if rich and not related:
        scratch = _Found()
        page = _text(rich[-1], "text/html", scratch)
        if len(page) > 200 and len(page) > _MORE_IN_HTML * len(_text(plain[0], "text/plain", scratch)):
            return rich[-1]
    return plain[0]


def _text(part: Message, kind: str, found: _Found) -> str:
    decoded = _decoded(part, kind)
    found.notes.extend(decoded.notes)
    verdict, _, detail = doubt(decoded)
    if verdict is not Verdict.GOOD:
        found.poor.append(detail)
    text = visible_text(decoded.text) if kind == "text/html" else clean(decoded.text)
    return text.strip("\n")


def _decoded(part: Message, kind: str) -> Decoded:
    data = content(part)
    return decode_html(data, charset(part)) if kind == "text/html" else decode(data, charset(part))


def charset(part: Message) -> str:
    """The encoding that a part declares, if it is one that exists."""
    try:
        declared = str(part.get_content_charset() or "")
    except (LookupError, UnicodeError, ValueError):
        return ""
    return declared if codec(declared) else ""


def content(part: Message) -> bytes:
    """The decoded content of a part that has no parts of its own."""
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        payload = None
    if isinstance(payload, bytes):
        return payload
    raw = part.get_payload()
    return raw.encode("utf-8", "surrogateescape") if isinstance(raw, str) else b""


def _attach(found: _Found, sink: Sink, data: bytes, kind: str, part: Message, subject: str) -> None:
    found.attachments += 1
    name = _name(part) if kind != "message/rfc822" else ""
    raw = name.encode("utf-8", "surrogateescape") if _has_bytes(name) else None
    shown = _file_name(decode_words(name)) or _file_name(subject)[:80]
    if not name:
        suffix = ".eml" if kind == "message/rfc822" else mimetypes.guess_extension(kind) or ".bin"
        shown = (shown or f"attachment-{found.attachments}") + suffix
    sink.member(Member(shown, raw, Relation.ATTACHMENT, kind), [data] if data else [])
    if kind in _TNEF or shown.lower() == "winmail.dat":
        text, note = tnef.unpack(data, sink)
        found.texts.append(text)
        found.notes.extend([note] if note else [])


def _file_name(words: str) -> str:
    """A name without a path, on one line."""
    return " ".join(_PATH.sub(" ", words).split())


def _name(part: Message) -> str:
    """The raw name of a part; undecodable bytes stand in it as lone surrogates."""
    try:
        return part.get_filename() or ""
    except (ValueError, LookupError, TypeError):
        return ""


def _has_bytes(value: str) -> bool:
    return any("\udc80" <= character <= "\udcff" for character in value)
