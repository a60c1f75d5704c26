"""Whether bytes are text in any encoding, and which kind of text: markup, mail, JSON, tables, or plain."""

from __future__ import annotations

import codecs
import re
import unicodedata

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Bytes that text in no encoding uses; tab, line ends, form feed, backspace, end of file and escape are left out.
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\b\x1a\x1b")) + b"\x7f"
_SHARE = 0.01  # of such bytes; random bytes have 0.1, legacy texts with stray ones far less

_EXTENSIONS = {
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".tab": "text/tab-separated-values",
}
_WEB = {".html", ".htm", ".xhtml", ".xht", ".shtml", ".mhtml", ".mht"}

_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|meta|link|script|style|table|div|span|p|h[1-6]|a|br|img|ul|ol|li|center"
    r"|font|b|i|strong|em|article|section|header|nav|main|iframe|form|frameset)\b",
    re.IGNORECASE,
)
_PREAMBLE = re.compile(r"(?:\s+|<!--.*?-->|<\?.*?\?>|<!doctype[^>\[]*(?:\[.*?\]\s*)?>)*", re.IGNORECASE | re.DOTALL)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")
_ROOTS = {"html": "application/xhtml+xml", "svg": "image/svg+xml", "fictionbook": "application/x-fictionbook+xml"}

_FIELD = re.compile(r"([!-9;-~]+)[ \t]*:")
_SEPARATOR = re.compile(r"From \S.*\d\d:\d\d.*\r?\n(?:>?From |[!-9;-~]+:)")
_ENVELOPE = re.compile(r"\AFrom \S.*\r?\n")
_TRANSPORT = {
    "received",
    "return-path",
    "message-id",
    "mime-version",
    "delivered-to",
    "newsgroups",
    "x-mailer",
    "content-transfer-encoding",
}
_FIELDS = 32 << 10  # code points of header fields that are looked at
_LETTER = {"from", "to", "cc", "subject", "date", "reply-to", "sender", "content-type", "in-reply-to", "references"}


def media_type(head: bytes, extension: str) -> str | None:
    """The type of a text whose beginning is `head`, or None where it is not text. `extension` is in lower case."""
    encoding = encoding_of(head)
    if encoding is None:
        return None
    text = head.decode(encoding, "replace").lstrip("\ufeff \t\r\n\0")
    if text.startswith(("{", "[")):
        found = _json(text, extension)
        if found:
            return found
    if text.startswith("<"):
        found = _markup(text, extension)
        if found:
            return found
    found = _mail(text, extension)
    if found:
        return found
    if text.startswith("BEGIN:VCALENDAR"):
        return "text/calendar"
    if extension in _WEB and _HTML.search(text):
        return "text/html"
    return _EXTENSIONS.get(extension, "text/plain")


def encoding_of(head: bytes) -> str | None:
    """How to decode `head` for a look at its markup, None where it is not text.

    Unicode encodings are told exactly, all others are given as latin-1: which one it is matters to the reader alone.
    """
    for mark, encoding in _BOMS:
        if head.startswith(mark) and (encoding == "utf-8" or _plausible(head, encoding, spaces=0)):
            return encoding
    body = head.rstrip(b"\0")
    if not body:
        return None
    controls = len(body) - len(body.translate(None, _CONTROLS))
    if controls <= _SHARE * len(body):
        return "latin-1"
    return next(
        (
            name
            for name in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
            if _plausible(head, name, spaces=_SHARE)
        ),
        None,
    )


def _plausible(head: bytes, encoding: str, spaces: float) -> bool:
    """Whether `head` in this encoding, of two or four bytes a character, reads as writing: spaces, and hardly a
    stray.
    """
    sample = head[:8192]
    sample = sample[: len(sample) - len(sample) % (4 if "32" in encoding else 2)]
    try:
        # The sample may end within a pair of surrogates.
        text = codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return False
    text = text.strip("\0\ufeff")
    if not text:
        return False
    strays = sum(1 for each in text if unicodedata.category(each) in ("Cc", "Cn", "Co") and each not in "\t\n\r\f")
    found = sum(1 for each in text if each in " \n\r\t、。,.，,\u3000")
    return strays <= _SHARE * len(text) and found >= spaces * len(text)


def _json(text: str, extension: str) -> str | None:
    if '"rendered"' in text and '"id"' in text and ('"title"' in text or '"content"' in text or '"guid"' in text):
        return "application/x-wordpress+json"
    if extension in (".json", ".jsonl", ".geojson") or re.match(r"[\[{]\s*[\"\[{}]", text):
        return "application/json"
    return None


def _markup(text: str, extension: str) -> str | None:
    begins = _PREAMBLE.match(text)
    root = _ROOT.match(text, begins.end() if begins else 0)
    name = root[1].lower() if root else ""
    if text.startswith("<?xml"):
        if name == "html":
            return "application/xhtml+xml"
        return "text/html" if extension in _WEB and name not in _ROOTS else _ROOTS.get(name, "application/xml")
    if name == "svg":
        return _ROOTS[name]
    if _HTML.match(text) or (root and _HTML.match(text, root.start())):
        return "text/html"
    if extension in _WEB and _HTML.search(text):
        return "text/html"
    if root and (extension == ".xml" or re.search(rf"</(?:[\w.-]+:)?{re.escape(root[1])}\s*>", text)):
        return _ROOTS.get(name, "application/xml")
    return None


def _mail(text: str, extension: str) -> str | None:
    """A message, a mailbox, or a web page saved as a message (RFC 5322, 4155, 2557)."""
    if extension != ".eml" and (_SEPARATOR.match(text) or (extension == ".mbox" and text.startswith("From "))):
        return "application/mbox"
    text = _ENVELOPE.sub("", text, count=1)
    fields, content_type = _fields(text)
    known = fields & (_LETTER | _TRANSPORT)
    if "content-type" in fields and content_type.startswith("multipart/related"):
        sent = fields & {"to", "received", "delivered-to"}
        if extension in (".mht", ".mhtml") or "snapshot-content-location" in fields or not sent:
            return "multipart/related"
    if extension == ".eml" and known:
        return "message/rfc822"
    if len(known) < 2:
        return None
    if fields & _TRANSPORT or ("from" in fields and len(known & {"to", "subject", "date"}) >= 2):
        return "message/rfc822"
    return None


def _fields(text: str) -> tuple[set[str], str]:
    """The names of the header fields that the text begins with, and the value of Content-Type."""
    names: set[str] = set()
    content_type = ""
    for line in text[:_FIELDS].splitlines():
        if line[:1] in (" ", "\t") and names:
            continue
        field = _FIELD.match(line)
        if not field:
            break
        name = field[1].lower()
        names.add(name)
        if name == "content-type":
            content_type = line[field.end() :].strip().lower()
    return names, content_type
