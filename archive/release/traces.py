"""Finds what originals tell beside their text: senders, authors, places of pictures, paths of somebody's computer.

Nothing is decoded here: it looks for the marks that such things leave in the bytes as they are. What lies compressed
in an office file is told of by the kind of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum


class Trace(StrEnum):
    """What an original tells beside its text."""

    HEADERS = "mail headers"
    """Addresses, servers and programs of a message."""
    AUTHORS = "authors"
    PICTURE = "exif"
    """Time, device and often place of a picture."""
    PATH = "local path"
    OFFICE = "office properties"
    """An office file, which as a rule names who wrote and last saved it."""


MAIL = ("message/rfc822", "application/vnd.ms-outlook", "application/mbox")
OFFICE = ("application/vnd.openxmlformats", "application/vnd.oasis", "application/msword", "application/vnd.ms-")
OVERLAP = 300
"""Bytes of a piece that are looked at again with the next one."""
MARKS = {
    Trace.PICTURE: re.compile(rb"Exif\0\0"),
    Trace.AUTHORS: re.compile(
        rb"/Author[ ]?[(<]|<dc:creator>|<meta[^>]{1,80}name=.author|\{\\author |<(?:[a-z]+:)?lastModifiedBy>",
        re.IGNORECASE,
    ),
    Trace.PATH: re.compile(
        rb"(?:[A-Z]:\\(?:Users|Documents and Settings)\\|/(?:home|Users|Volumes)/|file:///)[\w .\x80-\xff-]{2,}"
        rb"|(?:C\0:\0\\\0U\0s\0e\0r\0s\0\\\0)"
    ),
}


def of_original(media_type: str, pieces: Iterable[bytes]) -> tuple[Trace, ...]:
    """What an original of this type tells, in the order of Trace; `pieces` are its bytes."""
    found = {Trace.HEADERS} if media_type.startswith(MAIL) else set()
    if media_type.startswith(OFFICE) and Trace.HEADERS not in found:
        found.add(Trace.OFFICE)
    tail = b""
    for piece in pieces:
        data = tail + piece
        found |= {trace for trace, mark in MARKS.items() if trace not in found and mark.search(data)}
        tail = data[-OVERLAP:]
    return tuple(trace for trace in Trace if trace in found)
