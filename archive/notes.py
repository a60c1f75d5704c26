"""Notes of the desk: what was heard in a call, told by a witness or seen, kept as documents like any other."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from archive import documents, meta, metadata
from archive.connect import writing
from archive.container import Archive
from archive.errors import Damaged, InvalidValue, OriginalAbsent
from archive.originals import Staged
from archive.reading.result import Page, Reading
from archive.reading.text import clean
from archive.records import Confidentiality, Document, Metadata, Name
from archive.withdrawal import tombstones

TYPE = "note"
MEDIA_TYPE = "text/plain"
EXTRACTOR = "tamarisk text 1"
"""As of plain text files, which a note's original is: read again, it gives the same."""


@dataclass(frozen=True, slots=True)
class Note:
    """What was noted: `date` is EDTF and `language` BCP 47, either may be empty; `told_by` is who was spoken to."""

    title: str
    text: str
    date: str = ""
    told_by: str = ""
    language: str = ""
    confidentiality: Confidentiality = Confidentiality.CONFIDENTIAL


def add(archive: Archive, note: Note, *, who: str) -> Document:
    """Keep a note; its original are the bytes of its text in UTF-8.

    Raises InvalidValue for a title or text that is empty, a date or language that cannot be kept, and a text that the
    archive holds already; Withdrawn for one that was withdrawn; Busy while an import holds the originals.
    """
    title, text = " ".join(note.title.split()), clean(note.text).replace("\f", "\n").strip() + "\n"
    if not title or not text.strip():
        raise InvalidValue(field="text" if title else "title", value="", why="empty")
    authors = (note.told_by.strip(),) if note.told_by.strip() else ()
    about = Metadata(title, authors, published=note.date.strip(), language=note.language.strip(), type=TYPE)
    metadata.check(about)
    reading = Reading(MEDIA_TYPE, about, (Page(0, text),), extractor=EXTRACTOR)
    data = text.encode()
    tombstones.refuse(archive.db, hashlib.sha256(data).hexdigest())
    if documents.by_hash(archive.db, hashlib.sha256(data).hexdigest()) is not None:
        raise InvalidValue(field="text", value=title, why="the archive holds a document with this very text")
    while True:
        staged = _stage(archive, data)
        with writing(archive.db):
            # an import that began between the two has collected what no record named yet
            if _is_there(archive, staged):
                archive.originals.register(staged)
                return documents.add(
                    archive.db,
                    reading,
                    sha256=staged.sha256,
                    size=staged.size,
                    name=Name(f"{title}.txt", None, meta.now()),
                    confidentiality=note.confidentiality,
                    who=who,
                )


def _stage(archive: Archive, data: bytes) -> Staged:
    with archive.originals.stage() as staging:
        staging.write(data)
        staged = staging.finish()
    archive.originals.commit()
    return staged


def _is_there(archive: Archive, staged: Staged) -> bool:
    try:
        return bool(archive.originals.read_at(staged, 0))
    except (Damaged, OriginalAbsent):
        return False
