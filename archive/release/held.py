"""The stand-in for sources that the publisher keeps: a small document that says so, which facts then rest on."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator

from archive.cases.sources import chain_text
from archive.notes import EXTRACTOR, MEDIA_TYPE
from archive.release.admitting import redigested
from archive.release.content import Record

SENTENCE = "Source held by the publisher."
TEXT = SENTENCE + "\n"
TYPE = "withheld"
SHA256 = hashlib.sha256(TEXT.encode()).hexdigest()
WHO = "publisher"


def document(archive: str, date: str, confidentiality: str) -> Iterator[tuple[str, Record]]:
    """The records of the document that stands in, as (section, record); the same for the same archive and day."""
    identity, at = _identity(archive, "document"), f"{date}T00:00:00Z"
    yield (
        "document",
        {
            "uuid": identity,
            "sha256": SHA256,
            "title": SENTENCE,
            "authors": "[]",
            "countries": "[]",
            **dict.fromkeys(("publisher", "published", "published_words", "earliest", "latest", "source_url"), ""),
            "language": "en",
            "type": TYPE,
            "confidentiality": confidentiality,
            "received": at,
            "media_type": MEDIA_TYPE,
            "size": len(TEXT),
            "text_version": 1,
            "document_name": [[f"{TYPE}.txt", None, at]],
            "document_history": [],
        },
    )
    yield (
        "text_version",
        {
            "document": identity,
            "version": 1,
            "sha256": SHA256,
            "extractor": EXTRACTOR,
            "created": at,
            "verdict": "good",
            **dict.fromkeys(("reason", "detail", "notes"), ""),
            "pages": 0,
            "characters": len(TEXT),
        },
    )
    yield "text_row", {"document": identity, "version": 1, "row": 0, "page": 0, "start": 0, "text": TEXT}


def source(archive: str, date: str, fact: str, stance: str) -> Iterator[tuple[str, Record]]:
    """The records of the source of one fact, with its entry of custody."""
    identity, at = _identity(archive, fact), f"{date}T00:00:00Z"
    record: Record = {
        "uuid": identity,
        "fact": fact,
        "document": _identity(archive, "document"),
        "version": 1,
        "start": 0,
        "end": len(SENTENCE),
        "page": 0,
        "quote": SENTENCE,
        "before": "",
        "after": "",
        "language": "en",
        "chain": chain_text(()),
        "stance": stance,
        **dict.fromkeys(("date_words", "hedge", "note"), ""),
        "state": "current",
        "created": at,
        "who": WHO,
        "salt": hashlib.sha256(identity.encode()).hexdigest()[:32],
    }
    yield "source", record
    entry = {"document": identity, "nth": 1, "at": at, "who": WHO, "action": "source added", "salt": record["salt"]}
    said = f'{{"document":"{record["document"]}","fact":"{fact}","hash":"{redigested(record)}"}}'
    yield "custody", {**entry, "content": said}


def _identity(archive: str, what: str) -> str:
    return str(uuid.uuid5(uuid.UUID(archive), f"held by the publisher: {what}"))
