"""The readers of mail: one message in the internet's or Outlook's format, a mailbox of many, and a TNEF envelope."""

from __future__ import annotations

import io
import mimetypes
import struct

from archive.reading import letters, tnef
from archive.reading.mailbox import Mailbox
from archive.reading.outlook import Letter, as_eml, read_letter
from archive.reading.result import Member, Page, Reading
from archive.reading.source import Sink, Source, Unreadable
from archive.reading.text import clean
from archive.records import Metadata, Relation, Verdict

# Parsed messages take several times the memory of their bytes.
LIMIT = 150 << 20
_MESSAGE = "message/rfc822"


def read_eml(source: Source, sink: Sink) -> Reading:
    """One message; `archive.reading.letters` says what its text and verdict are."""
    return letters.reading_of(letters.parse(source.bytes(LIMIT)), source.media_type, sink)


def read_msg(source: Source, sink: Sink) -> Reading:
    """One message of Outlook, laid out as `read_eml` lays out others. A message inside is given out as an EML
    file.
    """
    from olefile import OleFileIO
    from olefile.olefile import OleFileError

    try:
        with OleFileIO(io.BytesIO(source.bytes(LIMIT))) as ole:
            letter = read_letter(ole)
    except (OleFileError, OSError, struct.error, ValueError, IndexError, KeyError, TypeError) as fault:
        raise Unreadable("damaged", f"{type(fault).__name__}: {fault}") from fault
    for attachment in letter.attachments:
        data = as_eml(attachment.message) if attachment.message else attachment.data
        kind = attachment.media_type or mimetypes.guess_type(attachment.name)[0] or ""
        sink.member(Member(attachment.name, None, Relation.ATTACHMENT, kind), [data] if data else [])
    return _letter_reading(letter, source.media_type)


def _letter_reading(letter: Letter, media_type: str) -> Reading:
    head = "\n".join(f"{name}: {value}" for name in letters.HEAD if (value := letter.head.get(name, "")))
    text = head + ("\n\n" if head and letter.body else "") + letter.body
    sender = letter.head.get("From", "").partition(" <")[0]
    date = letter.head.get("Date", "")
    metadata = Metadata(
        title=letter.head.get("Subject", ""),
        authors=(sender,) if sender else (),
        published=letters.day_of(date),
        published_words=date,
    )
    if not text.strip():
        return Reading(media_type, metadata, (), Verdict.NONE, "no-text", extractor=letters.EXTRACTOR)
    return Reading(media_type, metadata, (Page(0, text),), extractor=letters.EXTRACTOR)


def read_mbox(source: Source, sink: Sink) -> Reading:
    """A mailbox: each message is a member, in order; its own text is a listing of number, date, sender and
    subject.
    """
    lines: list[str] = []
    with source.open() as stream:
        for number, message in enumerate(Mailbox(stream), 1):
            sink.member(Member(f"{number:05}.eml", None, Relation.MEMBER, _MESSAGE), message.chunks())
            message.finish()
            lines.append(f"{number}\t{_listed(message.head)}")
    if not lines:
        raise Unreadable("damaged", "no message begins with a line From")
    return Reading(source.media_type, Metadata(), (Page(0, "\n".join(lines)),), extractor=letters.EXTRACTOR)


def _listed(head: bytes) -> str:
    message = letters.parse(head)
    date = letters.header(message, "Date")
    shown = letters.day_of(date) or date
    return clean("\t".join((shown, letters.header(message, "From"), letters.header(message, "Subject"))))


def read_tnef(source: Source, sink: Sink) -> Reading:
    """A TNEF envelope (winmail.dat) that lies alone: its attachments, and the body if it holds one."""
    text, note = tnef.unpack(source.bytes(LIMIT), sink)
    if note:
        return Reading(source.media_type, verdict=Verdict.NONE, reason="damaged", detail=note)
    if not text:
        return Reading(source.media_type, verdict=Verdict.NONE, reason="no-text", extractor="tnefparse")
    return Reading(source.media_type, pages=(Page(0, text),), extractor="tnefparse")
