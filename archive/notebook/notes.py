"""Notes, highlights and tags: on a record, or anchored to a passage.

All take the notebook's database. Deleting is real: the pages are overwritten and the log is emptied.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from archive import meta
from archive.cases import passages
from archive.connect import Database, writing
from archive.errors import ChangedMeanwhile, InvalidValue, NoSuchRecord
from archive.notebook import words
from archive.notebook.records import Colour, Note, Passage

COLUMNS = (
    "id, record, version, start, end, quote, before, after, page, text, colour, created, changed, revision FROM note"
)


def passage(archive: Database, document: str, version: int, start: int, end: int) -> Passage:
    """The passage at a place of an archive, to anchor a note to. Raises NoSuchRecord and InvalidValue."""
    found = passages.quoted(archive, document, version, start, end)
    return Passage(document, version, start, end, found.quote, found.before, found.after, found.page)


def add(
    db: Database,
    record: str,
    text: str = "",
    *,
    passage: Passage | None = None,
    colour: Colour | None = None,
    tags: Sequence[str] = (),
) -> Note:
    """Add a note on a record, or a note or highlight on a passage of it. Raises InvalidValue where it says nothing."""
    text = words.kept(text)
    if not record or (passage is not None and passage.document != record):
        raise InvalidValue(field="record", value=record, why="not the record that the passage belongs to")
    _require_content(text, passage, colour)
    at = meta.now()
    note = Note(str(uuid.uuid4()), record, passage, text, colour, (), at, at, 1)
    with writing(db):
        insert(db, note)
        for tag in tags:
            tag_record(db, record, tag, note=note.id)
        return get(db, note.id)


def get(db: Database, identity: str) -> Note:
    """One note. Raises NoSuchRecord."""
    found = list(_notes(db, "WHERE id = ?", (identity,)))
    if not found:
        raise NoSuchRecord(id=identity)
    return found[0]


def edit(db: Database, note: Note, text: str, *, colour: Colour | None = None) -> Note:
    """Give a note new words and colour; `note` is what was read before.

    Raises NoSuchRecord, InvalidValue, and ChangedMeanwhile where another window changed it since.
    """
    text = words.kept(text)
    _require_content(text, note.passage, colour)
    with writing(db):
        _require_unchanged(db, note)
        db.conn.execute(
            "UPDATE note SET text = ?, colour = ?, changed = ?, revision = revision + 1 WHERE id = ?",
            (text, str(colour or ""), meta.now(), note.id),
        )
        return get(db, note.id)


def delete(db: Database, note: Note) -> None:
    """Delete a note for good. Raises NoSuchRecord, and ChangedMeanwhile where another window changed it since."""
    with writing(db):
        _require_unchanged(db, note)
        db.conn.execute("DELETE FROM tag WHERE note = ?", (note.id,))
        db.conn.execute("DELETE FROM note WHERE id = ?", (note.id,))
    forget(db)


def of_record(db: Database, record: str) -> tuple[Note, ...]:
    """The notes on a record: those on the whole of it first, then by their place in the text."""
    return tuple(_notes(db, "WHERE record = ? ORDER BY version > 0, start, row", (record,)))


def every(db: Database, tag: str = "") -> tuple[Note, ...]:
    """All notes, newest first; with `tag` only those that bear it."""
    if tag:
        where = "WHERE id IN (SELECT note FROM tag WHERE name = ?) ORDER BY changed DESC, row DESC"
        return tuple(_notes(db, where, (tag,)))
    return tuple(_notes(db, "ORDER BY changed DESC, row DESC", ()))


def search(db: Database, text: str) -> tuple[Note, ...]:
    """The notes that hold every word of `text`, in their own words, their quote or a tag; newest first.

    They are read through one by one: a full-text index would keep the words of what was deleted.
    """
    wanted = words.kept(text).casefold().split()
    return tuple(
        note
        for note in every(db)
        if all(one in "\n".join((note.text, note.passage.quote if note.passage else "", *note.tags)).casefold()
               for one in wanted)
    )  # fmt: skip


def tag_record(db: Database, record: str, tag: str, *, note: str = "") -> None:
    """Put a tag on a record, or on one of its notes. Raises InvalidValue, NoSuchRecord (the note)."""
    with writing(db):
        if note and get(db, note).record != record:
            raise NoSuchRecord(id=note)
        db.conn.execute("INSERT OR IGNORE INTO tag VALUES (?, ?, ?)", (record, note, words.name(tag)))


def untag_record(db: Database, record: str, tag: str, *, note: str = "") -> None:
    """Take a tag off a record, or off one of its notes."""
    with writing(db):
        db.conn.execute("DELETE FROM tag WHERE record = ? AND note = ? AND name = ?", (record, note, tag))
    forget(db)


def tags_of(db: Database, record: str) -> tuple[str, ...]:
    """The tags on a record itself, by name."""
    rows = db.conn.execute("SELECT name FROM tag WHERE record = ? AND note = '' ORDER BY name", (record,))
    return tuple(row[0] for row in rows)


def tags(db: Database) -> dict[str, int]:
    """Every tag with the number of records and notes that bear it."""
    return dict(db.conn.execute("SELECT name, count(*) FROM tag GROUP BY name ORDER BY name"))


def tagged(db: Database, tag: str) -> tuple[str, ...]:
    """The records that bear a tag, themselves or on a note of theirs."""
    rows = db.conn.execute("SELECT DISTINCT record FROM tag WHERE name = ? ORDER BY record", (tag,))
    return tuple(row[0] for row in rows)


def insert(db: Database, note: Note) -> None:
    """Put a note as it is, without its tags; part of the caller's transaction."""
    at = note.passage or Passage(note.record, 0, 0, 0, "")
    db.table("note").insert(
        {
            "id": note.id,
            "record": note.record,
            "version": at.version,
            "start": at.start,
            "end": at.end,
            "page": at.page,
            "quote": at.quote,
            "before": at.before,
            "after": at.after,
            "text": note.text,
            "colour": str(note.colour or ""),
            "created": note.created,
            "changed": note.changed,
            "revision": note.revision,
        }
    )


def forget(db: Database) -> None:
    """Empty the log, so that what was deleted is in no page of it; another program's open reading may put that off
    until the notebook is closed."""
    if not db.conn.in_transaction:
        db.conn.execute("PRAGMA wal_checkpoint(truncate)").fetchone()


def _require_content(text: str, passage: Passage | None, colour: Colour | None) -> None:
    if not text and (passage is None or colour is None):
        raise InvalidValue(field="note", value="", why="empty")


def _require_unchanged(db: Database, note: Note) -> None:
    if get(db, note.id).revision != note.revision:
        raise ChangedMeanwhile(id=note.id)


def _notes(db: Database, where: str, values: Sequence[Any]) -> Iterator[Note]:
    borne: dict[str, list[str]] = {}
    for note, name in db.conn.execute(
        f"SELECT note, name FROM tag WHERE note IN (SELECT id FROM note {where.partition('ORDER')[0]}) ORDER BY name",
        values,
    ):
        borne.setdefault(note, []).append(name)
    for row in db.conn.execute(f"SELECT {COLUMNS} {where}", values):
        place = Passage(row[1], *row[2:9]) if row[2] else None
        tags = tuple(borne.get(row[0], ()))
        yield Note(row[0], row[1], place, row[9], Colour(row[10]) if row[10] else None, tags, *row[11:])
