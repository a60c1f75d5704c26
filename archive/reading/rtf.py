"""Takes the text out of RTF with striprtf, which alone of those tried heeds the character set of each font.

On the 41 RTF files of Apache Tika's tests kreuzberg turned Russian, Czech and Japanese into wrong letters in 5;
striprtf in none. It leaves out headers, footers and footnotes, which are few words and often repeated.
"""

from __future__ import annotations

import re

from archive.reading.text import tidy

_MARK = re.compile(rb"\A[\s\x00\xef\xbb\xbf]*\{\\rtf")
# Control words that striprtf does not know and whose group holds no text for a reader.
_BINARY = re.compile(rb"\\bin(\d{1,9}) ?")


def is_rtf(data: bytes) -> bool:
    """Whether the bytes begin as RTF does."""
    return _MARK.match(data) is not None


def rtf_text(data: bytes) -> str:
    """The text of an RTF file; empty where there is none or it cannot be read."""
    from striprtf.striprtf import rtf_to_text

    try:
        text = str(rtf_to_text(_without_binary(data).decode("latin-1"), errors="replace"))  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, IndexError, OverflowError, TypeError, AttributeError):
        return ""
    return tidy(text.replace("\u00ad", ""))


def _without_binary(data: bytes) -> bytes:
    """RTF without its raw binary runs, in which braces and backslashes mean nothing."""
    out, at = [], 0
    while match := _BINARY.search(data, at):
        out.append(data[at : match.start()])
        at = match.end() + int(match[1])
    return b"".join([*out, data[at:]])
