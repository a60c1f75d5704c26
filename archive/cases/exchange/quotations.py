"""Quotations: small documents that hold a passage of a document that this archive does not have.

Another desk's facts rest on its documents. Where those are not here, the passage itself becomes a document, which
names the one it was taken from, with its hash, so that no source is lost and nobody takes it for the original.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from archive import documents, meta
from archive.container import Archive
from archive.notes import EXTRACTOR, MEDIA_TYPE
from archive.reading.result import Page, Reading
from archive.records import Confidentiality, Document, Metadata, Name

QUOTATION = "quotation"


@dataclass(frozen=True, slots=True)
class Original:
    """The document a passage was taken from, as the other desk names it."""

    id: str
    sha256: str
    title: str


def worded(quote: str, original: Original, place: str) -> str:
    """The text of a quotation: the passage, then what it was taken from. Equal passages give equal text."""
    named = original.title or "a document without title"
    return f"{quote}\n\nQuoted from: {named}\nDocument: {original.id}\nSHA-256: {original.sha256}\nPlace: {place}\n"


def keep(
    archive: Archive, text: str, title: str, confidentiality: Confidentiality, *, language: str = "", dry: bool = False
) -> Document:
    """The document with exactly this text; made where there is none. Part of the caller's transaction, which a caller
    that says `dry` must not commit: then no original is written."""
    content = text.encode()
    sha256 = hashlib.sha256(content).hexdigest()
    known = documents.by_hash(archive.db, sha256)
    if known:
        return known
    if not dry:
        with archive.originals.stage() as staging:
            staging.write(content)
            staged = staging.finish()
        archive.originals.commit()
        archive.originals.register(staged)
    reading = Reading(
        MEDIA_TYPE,
        Metadata(title=title, language=language, type=QUOTATION),
        (Page(0, text),),
        extractor=EXTRACTOR,
    )
    return documents.add(
        archive.db,
        reading,
        sha256=sha256,
        size=len(content),
        name=Name(f"{QUOTATION}-{sha256[:12]}.txt", None, meta.now()),
        confidentiality=confidentiality,
        who=archive.desk,
    )
