"""Which reader reads which media type, and one reading from call to clean answer."""

from __future__ import annotations

import dataclasses
import importlib
from collections.abc import Mapping
from typing import Any, cast

from archive import importers
from archive.reading import language, wire
from archive.reading.result import Page, Reading
from archive.reading.source import Reader, Sink, Source, Unreadable
from archive.records import Metadata, Verdict

LANGUAGE_FROM = 2_000  # characters of a page that its language is told from
_HERE = "archive.reading."
_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."

OFFICE = (
    *(_OOXML + kind for kind in ("wordprocessingml.document", "wordprocessingml.template")),
    *(_OOXML + kind for kind in ("spreadsheetml.sheet", "spreadsheetml.template")),
    *(_OOXML + kind for kind in ("presentationml.presentation", "presentationml.slideshow")),
    _OOXML + "presentationml.template",
    "application/vnd.ms-word.document.macroEnabled.12",
    "application/vnd.ms-word.template.macroEnabled.12",
    "application/vnd.ms-excel.sheet.macroEnabled.12",
    "application/vnd.ms-excel.template.macroEnabled.12",
    "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
    "application/vnd.ms-powerpoint.presentation.macroEnabled.12",
    "application/vnd.ms-powerpoint.slideshow.macroEnabled.12",
    *(_ODF + kind for kind in ("text", "text-template", "text-master", "spreadsheet", "spreadsheet-template")),
    *(_ODF + kind for kind in ("presentation", "presentation-template", "graphics", "formula")),
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    "application/rtf",
    "application/epub+zip",
    "application/x-fictionbook+xml",
)

READERS: Mapping[str, str] = {
    "application/pdf": _HERE + "pdf:read",
    "application/zip": _HERE + "containers:read_zip",
    "application/x-tar": _HERE + "containers:read_tar",
    "application/gzip": _HERE + "containers:read_packed",
    "application/x-bzip2": _HERE + "containers:read_packed",
    "application/x-xz": _HERE + "containers:read_packed",
    "application/x-7z-compressed": _HERE + "seven_zip:read",
    "application/json": _HERE + "text:read",
    "application/xml": _HERE + "text:read",
    "image/svg+xml": _HERE + "text:read",
    "application/x-wordpress+json": _HERE + "wordpress:read",
    "application/xhtml+xml": _HERE + "web:read",
    "text/html": _HERE + "web:read",
    "multipart/related": _HERE + "web:read_mhtml",
    "message/rfc822": _HERE + "mail:read_eml",
    "application/vnd.ms-outlook": _HERE + "mail:read_msg",
    "application/vnd.ms-tnef": _HERE + "mail:read_tnef",
    "application/mbox": _HERE + "mail:read_mbox",
    "text/markdown": _HERE + "markdown:read",
    "text/csv": _HERE + "tables:read",
    "text/tab-separated-values": _HERE + "tables:read",
    **dict.fromkeys(OFFICE, _HERE + "office:read"),
}
FAMILIES: Mapping[str, str] = {"text/": _HERE + "text:read", "image/": _HERE + "pictures:read"}


def reader_of(media_type: str, readers: Mapping[str, str]) -> Reader | None:
    """The reader for a media type, imported now, or None. `readers` go before the table of this module."""
    place = readers.get(media_type) or READERS.get(media_type)
    if place is None:
        place = next((found for family, found in FAMILIES.items() if media_type.startswith(family)), None)
    if place is None:
        return None
    module, function = place.split(":")
    return cast(Reader, getattr(importlib.import_module(module), function))


def read(source: Source, sink: Sink, readers: Mapping[str, str], text_limit: int) -> Reading:
    """The reading of one file. What a reader raises becomes a reading; MemoryError passes.

    Text above `text_limit` bytes of UTF-8, and pages beyond `wire.PAGES`, are cut off and said to be.
    """
    try:
        if source.size == 0:
            raise Unreadable("empty")
        if source.media_type == "application/x-encrypted-office":
            raise Unreadable("password")
        reader = reader_of(source.media_type, readers)
        if reader is None:
            raise Unreadable("unknown-type")
        reading = reader(source, sink)
    except Unreadable as fault:
        reading = failed(source.media_type, fault.reason, fault.detail)
    except MemoryError:
        raise
    except ImportError as fault:  # the program is not whole, or the reading edition; the file is not to blame
        reason = "reader-missing" if importers.present() else "editor-needed"
        reading = failed(source.media_type, reason, str(fault))
    except Exception as fault:
        reading = failed(source.media_type, "damaged", f"{type(fault).__name__}: {fault}")
    return _checked(reading, text_limit)


def failed(media_type: str, reason: str, detail: str = "") -> Reading:
    """The reading of a file that gives no text."""
    return Reading(media_type=media_type, verdict=Verdict.NONE, reason=reason, detail=detail)


def _checked(reading: Reading, text_limit: int) -> Reading:
    """A reading that can be stored: clean strings, bounded text, and no good verdict without text."""
    pages = []
    whole = len(reading.pages) <= wire.PAGES
    for page in reading.pages[: wire.PAGES]:
        text = clean(page.text)
        encoded = text.encode()
        if len(encoded) > text_limit:
            whole, encoded = False, encoded[:text_limit]
            text = encoded.decode("utf-8", "ignore")  # only a letter that was cut through is ignored
        text_limit -= len(encoded)
        pages.append(Page(page.number, text))
    given = reading.metadata
    names = [field.name for field in dataclasses.fields(Metadata)]
    shortened: dict[str, Any] = {name: _short(getattr(given, name)) for name in names}
    if pages and not shortened["language"]:
        shortened["language"] = language.detect("\n".join(page.text[:LANGUAGE_FROM] for page in pages[:20]))
    verdict, reason, notes = reading.verdict, reading.reason, reading.notes
    if not whole:
        notes = (*notes, "text-limit")
        verdict, reason = (Verdict.POOR, "text-limit") if verdict is Verdict.GOOD else (verdict, reason)
    if verdict is not Verdict.NONE and not any(page.text.strip() for page in pages):
        verdict, reason = Verdict.NONE, reason or "no-text"
    return dataclasses.replace(
        reading,
        media_type=clean(reading.media_type)[: wire.STRING],
        metadata=Metadata(**shortened),
        pages=tuple(pages),
        verdict=verdict,
        reason=clean(reason)[: wire.STRING],
        detail=clean(reading.detail)[:2000],
        extractor=clean(reading.extractor)[: wire.STRING],
        notes=tuple(clean(note)[: wire.ITEM] for note in notes[: wire.ITEMS]),
    )


def clean(text: str) -> str:
    """`text` with NUL and lone surrogates as U+FFFD, one for one: neither can be stored."""
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)
    return text


def _short(value: str | tuple[str, ...]) -> str | tuple[str, ...]:
    """Metadata of a length that a person would write: what is longer is the file's mistake, or an attack."""
    if isinstance(value, str):
        return clean(value)[: wire.STRING]
    return tuple(clean(item)[: wire.ITEM] for item in value[: wire.ITEMS])
