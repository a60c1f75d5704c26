"""Opens the TNEF envelope (winmail.dat) that Outlook puts around attachments, with tnefparse."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial

from archive.reading.charset import decode
from archive.reading.markup import decode_html, visible_text
from archive.reading.result import Member
from archive.reading.rtf import rtf_text
from archive.reading.source import Sink
from archive.reading.text import clean
from archive.records import Relation

_PATH = re.compile(r"[/\\\x00-\x1f\x7f]+")


def unpack(data: bytes, sink: Sink) -> tuple[str, str]:
    """Give the envelope's attachments to the sink; the body it holds, if any, and a note's code if it is damaged."""
    import logging

    from tnefparse import TNEF

    logging.getLogger("tnef-decode").disabled = True
    try:
        envelope = TNEF(data)
    except Exception as fault:
        # Its errors are of every kind: struct's, index and key errors, its own ValueError.
        return "", f"tnef-damaged:{type(fault).__name__}"
    for number, attachment in enumerate(envelope.attachments, 1):
        name = _PATH.sub(" ", clean(str(_try(attachment.long_filename) or ""))).strip() or f"attachment-{number}.bin"
        content = bytes(attachment.data or b"")
        sink.member(Member(name, None, Relation.ATTACHMENT), [content] if content else [])
    return _body(envelope), ""


def _body(envelope: object) -> str:
    for attribute, read in _BODIES.items():
        content = _try(partial(getattr, envelope, attribute))
        if isinstance(content, str):
            content = content.encode("utf-8", "replace")
        text = read(content) if isinstance(content, bytes) else ""
        if text.strip():
            return text.strip("\n")
    return ""


def _try(read: Callable[[], object]) -> object:
    """What tnefparse reads only when asked, or None where it then fails."""
    try:
        return read()
    except Exception:
        return None


_BODIES: Mapping[str, Callable[[bytes], str]] = {
    "body": lambda content: clean(decode(content).text),
    "htmlbody": lambda content: visible_text(decode_html(content).text),
    "rtfbody": rtf_text,
}
