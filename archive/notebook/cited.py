"""What a reader without the archive is told of the record that a note is on: its name, and how it is cited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from archive import documents
from archive.cases import facts, fields, subjects
from archive.citations import formats, items
from archive.connect import Database
from archive.errors import NoSuchRecord
from archive.records import Document


@dataclass(frozen=True, slots=True)
class Cited:
    """What a record is called, its citation on one line, its language, and whether it is no longer in the archive.

    `subject` is the record on whose page it is read: of a fact the case or person it is about, else the record.
    """

    record: str
    subject: str
    title: str
    citation: str = ""
    language: str = ""
    gone: bool = False


def every(archive: Database, records: Iterable[str]) -> dict[str, Cited]:
    """These records by their UUIDs."""
    return {record: cited(archive, record) for record in dict.fromkeys(records)}


def cited(archive: Database, record: str) -> Cited:
    """A document, a case or other subject, or a fact by its UUID; one that is none of these is gone."""
    try:
        return _document(documents.get(archive, record))
    except NoSuchRecord:
        pass
    try:
        subject = subjects.get(archive, record)
        return Cited(record, record, items.clean(subject.label), subject.code)
    except NoSuchRecord:
        pass
    try:
        fact = facts.get(archive, record)
        about = subjects.get(archive, fact.subject)
    except NoSuchRecord:
        return Cited(record, "", "A record that is no longer in the archive", gone=True)
    return Cited(record, about.id, f"{items.clean(about.label)}: {fields.field(fact.field).label}", about.code)


def _document(document: Document) -> Cited:
    title = items.clean(document.metadata.title) or "A document without a title"
    citation = formats.text([items.of_document(document)]).strip()
    return Cited(document.id, document.id, title, citation, document.metadata.language)
