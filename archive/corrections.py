"""Corrections of what is recorded about documents: each with its history, never over what another changed meanwhile."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from archive import custody, documents, meta
from archive.connect import Database, writing
from archive.dates import span
from archive.errors import ChangedMeanwhile
from archive.metadata import acceptable, check, columns
from archive.reading.result import Reading
from archive.records import Confidentiality, Document, Metadata
from archive.withdrawal import tombstones

HIDDEN = "[for safety]"
"""Stands in a document's history for a value that was corrected because it could put somebody in danger."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One field of a document that was changed: by which desk, when, and the values before and after."""

    field: str
    old: str
    new: str
    at: str
    who: str


Corrected = tuple[Document, Document]
"""A document as it was and as it is after a correction."""


def correct(
    db: Database,
    seen: Document,
    metadata: Metadata,
    *,
    who: str,
    confidentiality: Confidentiality | None = None,
    for_safety: bool = False,
) -> Document:
    """Record what differs between a document as it was `seen` and the corrected metadata, with history and custody.

    Fields that were left as seen keep what another desk may have put there meanwhile. `for_safety`: what stood in the
    fields that change could put somebody in danger; no value that they had is kept anywhere in the records. Where
    nothing changes, because it was corrected before, what the history still says of earlier values goes. What has to be
    erased beside the records is noted (see `withdrawal.erasing`).
    Raises NoSuchRecord, InvalidValue (date, language, country), and ChangedMeanwhile where another changed one of the
    same fields; then nothing is changed.
    """
    check(metadata)
    with writing(db):
        document = documents.get(db, seen.id)
        before = {**columns(seen.metadata), "confidentiality": str(seen.confidentiality)}
        now = {**columns(document.metadata), "confidentiality": str(document.confidentiality)}
        wanted = {**columns(metadata), "confidentiality": str(confidentiality or seen.confidentiality)}
        altered = sorted(name for name in wanted if wanted[name] not in (before[name], now[name]))
        if any(now[name] != before[name] for name in altered):
            raise ChangedMeanwhile(id=seen.id)
        if altered:
            changed: dict[str, str] = {name: wanted[name] for name in altered}
            if "published" in changed:
                changed["earliest"], changed["latest"] = span(metadata.published)
            db.table("document").update(document.row, changed)
            at = meta.now()
            if for_safety:
                _forget(db, document, altered)
                now = {**now, **dict.fromkeys(altered, HIDDEN)}
            db.table("document_history").insert_all(
                {
                    "document": document.row,
                    "field": name,
                    "old": now[name],
                    "new": wanted[name],
                    "at": at,
                    "who": who,
                }
                for name in altered
            )
            custody.record(db, "corrected", seen.id, {name: wanted[name] for name in altered}, who)
        elif for_safety:
            _forget(db, document, {one.field for one in history(db, seen.id)})
        return documents.get(db, seen.id)


def _forget(db: Database, document: Document, names: Iterable[str]) -> None:
    """Take the values that these fields had out of the history and the custody log, whose chain stays whole."""
    for name in names:
        db.conn.execute(
            "UPDATE document_history SET old = ?, new = ? WHERE document = ? AND field = ?",
            (HIDDEN, HIDDEN, document.row, name),
        )
    db.conn.execute(
        "DELETE FROM custody_content WHERE seq IN"
        " (SELECT seq FROM custody WHERE document = ? AND action IN ('corrected', 'read again'))",
        (document.id,),
    )
    tombstones.to_erase(db, "copies", "database", "derived")


def correct_many(
    db: Database,
    identities: Iterable[str],
    changes: Mapping[str, Any],
    *,
    who: str,
    confidentiality: Confidentiality | None = None,
) -> tuple[Corrected, ...]:
    """Give the same value to the same fields of many documents, all or none; returns those that were altered.

    `changes` holds fields of Metadata by name. Raises as `correct` does.
    """
    altered = []
    with writing(db):
        for identity in identities:
            document = documents.get(db, identity)
            corrected = correct(
                db, document, replace(document.metadata, **changes), who=who, confidentiality=confidentiality
            )
            if corrected != document:
                altered.append((document, corrected))
    return tuple(altered)


def take_back(db: Database, altered: Iterable[Corrected], *, who: str) -> None:
    """Give documents back what was recorded about them before, all or none, with history as any correction.

    Fields corrected otherwise since are in the way: raises ChangedMeanwhile, and NoSuchRecord.
    """
    with writing(db):
        for before, after in altered:
            correct(db, after, before.metadata, who=who, confidentiality=before.confidentiality)


def history(db: Database, identity: str) -> tuple[Correction, ...]:
    """Every correction of a document, oldest first."""
    rows = db.conn.execute(
        "SELECT field, old, new, at, who FROM document_history"
        " WHERE document = (SELECT row FROM document WHERE uuid = ?) ORDER BY rowid",
        (identity,),
    )
    return tuple(Correction(*row) for row in rows)


def complete(db: Database, document: Document, reading: Reading, made_up: Collection[str]) -> dict[str, str]:
    """Take over from a later reading what the record lacks; part of the caller's transaction.

    The type of the file follows the reading. A field that holds something is overwritten only where that is among
    those `made_up` without any source, and never where a person corrected it. Returns the columns that were filled.
    """
    kept = {change.field for change in history(db, document.id)}
    found, _ = acceptable(reading.metadata)
    old, empty = columns(document.metadata), columns(Metadata())
    kept |= {name for name in old if old[name] != empty[name] and name not in made_up}
    filled = {
        name: value
        for name, value in columns(found).items()
        if value not in (empty[name], old[name]) and name not in kept
    }
    altered = dict(filled)
    if "published" in filled:
        altered["earliest"], altered["latest"] = span(found.published)
    if reading.media_type:
        altered["media_type"] = reading.media_type
    if altered:
        db.table("document").update(document.row, altered)
    return filled
