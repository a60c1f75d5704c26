"""What a reader without the archive is told of the record that a note is on: its name, and how it is cited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from archive import documents
from archive.cases import facts, fields, subjects
from archive.citations import formats, items
from archive.connect import Database
from archive.errors import NoSuchRecord
from archive.records import Confidentiality, Document


@dataclass(frozen=True, slots=True)
class Cited:
    """What a record is called, its citation on one line, its language, whether it is no longer in the archive, and
    whether it is confidential there.

    `subject` is the record on whose page it is read: of a fact the case or person it is about, else the record.
    """

    record: str
    subject: str
    title: str
    citation: str = ""
    language: str = ""
    gone: bool = False
    confidential: bool = False


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
        secret = subject.confidentiality is Confidentiality.CONFIDENTIAL
        return Cited(record, record, items.clean(subject.label), subject.code, confidential=secret)
    except NoSuchRecord:
        pass
    try:
        fact = facts.get(archive, record)
        about = subjects.get(archive, fact.subject)
    except NoSuchRecord:
        return Cited(record, "", "A record that is no longer in the archive", gone=True)
    secret = Confidentiality.CONFIDENTIAL in (fact.confidentiality, about.confidentiality)
    title = f"{items.clean(about.label)}: {fields.field(fact.field).label}"
    return Cited(record, about.id, title, about.code, confidential=secret)


def _document(document: Document) -> Cited:
    title = items.clean(document.metadata.title) or "A document without a title"
    citation = formats.text([items.of_document(document)]).strip()
    secret = document.confidentiality is Confidentiality.CONFIDENTIAL
    return Cited(document.id, document.id, title, citation, document.metadata.language, confidential=secret)


def page_of(archive: Database, record: str) -> str:
    """The record on whose page another is read: of a fact what it is about, else the record itself."""
    try:
        return facts.get(archive, record).subject
    except NoSuchRecord:
        return record
