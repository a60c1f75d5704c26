"""A notebook as JSON, whole and without loss, and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass, replace
from typing import Any

from archive.connect import Database, writing
from archive.errors import Damaged, InvalidValue, NewerFormat
from archive.notebook import notes, parsed, shelves, watching, words
from archive.notebook.cited import Cited
from archive.notebook.handing import came
from archive.notebook.handing.came import Came
from archive.notebook.records import Asked, Collection, Export, Note, Saved
from archive.notebook.watching import Watched

KIND = "tamarisk notebook"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of what a file held: how many were new, how many were there already, and the ids of those that
    differ from what is there, or whose name is taken; these were left out. `left_out` counts quotations of withdrawn
    records and searches for them, which did not come in again."""

    new: int
    same: int
    differing: tuple[str, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class _Content:
    notes: tuple[Note, ...]
    tags: tuple[tuple[str, str], ...]
    collections: tuple[Collection, ...]
    asked: tuple[Asked, ...]
    saved: tuple[Saved, ...]
    exports: tuple[Export, ...]
    watched: tuple[Watched, ...] = ()
    came: tuple[Came, ...] = ()


def write(db: Database, archive: str, cited: Mapping[str, Cited] | None = None) -> str:
    """Everything in the notebook about the archive with this UUID, as JSON text.

    `cited` says beside it what the records are and how they are cited, for readers without the archive; `read` leaves
    that alone.
    """
    held = _held(db)
    content: dict[str, Any] = {
        "kind": KIND,
        "version": VERSION,
        "archive": archive,
        "notes": [asdict(one) for one in held.notes],
        "tags": held.tags,
        "collections": [asdict(one) for one in held.collections],
        "history": [{"text": one.text, "at": one.at} for one in held.asked],
        "saved": [asdict(one) for one in held.saved],
        "watched": [asdict(one) for one in watching.every(db)],
        "exports": [asdict(one) for one in held.exports],
        "came": [asdict(one) for one in came.every(db).values()],
    }
    if cited is not None:
        content["records"] = {record: asdict(one) for record, one in cited.items()}
    return json.dumps(content, ensure_ascii=False, indent=1)


def read(db: Database, archive: str, text: str, withdrawn: AbstractSet[str] = frozenset()) -> Taken:
    """Take in what `write` wrote, all or nothing; nothing that is there is overwritten.

    Queries of the past come in only where there are none. Of records that were `withdrawn` from the archive (UUIDs) no
    quotation comes in again, nor a search that names one. Raises InvalidValue (another archive's), NewerFormat, and
    Damaged where it is no notebook.
    """
    given, left_out = _without(_parsed(archive, text), withdrawn)
    with writing(db):
        held = _held(db)
        new = same = 0
        differing: list[str] = []
        kinds: tuple[tuple[Any, Any, Callable[[Database, Any], None]], ...] = (
            (given.notes, held.notes, _put_note),
            (given.collections, held.collections, shelves.insert_collection),
            (given.saved, held.saved, shelves.insert_saved),
            (tuple(reversed(given.exports)), held.exports, shelves.insert_export),
        )
        for theirs, ours, put in kinds:
            known = {one.id: one for one in ours}
            names = {getattr(one, "name", None) for one in ours} - {None}
            for one in theirs:
                if one.id in known:
                    same += known[one.id] == one
                    differing += [one.id] * (known[one.id] != one)
                elif getattr(one, "name", None) in names:
                    differing.append(one.id)
                else:
                    put(db, one)
                    known[one.id] = one
                    names |= {getattr(one, "name", None)} - {None}
                    new += 1
        fresh_notes = {one.id for one in given.notes} - {one.id for one in held.notes}
        for one in given.came:
            if one.note in fresh_notes:
                came.put(db, one)
        for record, tag in given.tags:
            notes.tag_record(db, record, tag)
        fresh = {one.id for one in shelves.saved(db)} - {one.id for one in held.saved}
        for search in given.watched:
            if search.id in fresh:
                watching.put(db, search)
        if not held.asked:
            db.conn.executemany(
                "INSERT INTO asked (text, at) VALUES (?, ?)", ((one.text, one.at) for one in reversed(given.asked))
            )
    return Taken(new, same, tuple(differing), left_out)


def _without(given: _Content, withdrawn: AbstractSet[str]) -> tuple[_Content, int]:
    """What was given without what a withdrawal takes out, and how many quotations and searches that is."""

    def asks(*said: str) -> bool:
        return not withdrawn.isdisjoint(words.records_in(*said))

    kept = []
    for note in given.notes:
        if note.record not in withdrawn or note.passage is None:
            kept.append(note)
        elif note.text:
            kept.append(replace(note, passage=None, colour=None))
    asking = {one.id for one in given.watched if asks(one.text, *(value for _, value, _ in one.filters))}
    asking |= {one.id for one in given.saved if asks(one.text)}
    asked = tuple(one for one in given.asked if not asks(one.text))
    quotations = sum(one.record in withdrawn and one.passage is not None for one in given.notes)
    held = replace(
        given,
        notes=tuple(kept),
        collections=tuple(
            replace(one, records=tuple(record for record in one.records if record not in withdrawn))
            for one in given.collections
        ),
        asked=asked,
        saved=tuple(one for one in given.saved if one.id not in asking),
        watched=tuple(one for one in given.watched if one.id not in asking),
    )
    return held, quotations + len(asking) + len(given.asked) - len(asked)


def _held(db: Database) -> _Content:
    tags = tuple(db.conn.execute("SELECT record, name FROM tag WHERE note = '' ORDER BY record, name"))
    every = tuple(sorted(notes.every(db), key=lambda one: (one.created, one.id)))
    return _Content(
        every, tags, shelves.collections(db), shelves.history(db), shelves.saved(db), shelves.exports(db)
    )  # fmt: skip


def _put_note(db: Database, note: Note) -> None:
    notes.insert(db, note)
    for tag in note.tags:
        notes.tag_record(db, note.record, tag, note=note.id)


def _parsed(archive: str, text: str) -> _Content:
    try:
        data = json.loads(text)
        if data["kind"] != KIND:
            raise ValueError("another kind")
        if parsed.count(data["version"]) > VERSION:
            raise NewerFormat(path="notebook", readable_from=data["version"], supported=VERSION)
        if data["archive"] != archive:
            raise InvalidValue(field="archive", value=str(data["archive"]), why="a notebook about another archive")
        return _Content(
            tuple(map(parsed.note, data["notes"])),
            tuple((parsed.text(record), parsed.text(tag)) for record, tag in data["tags"]),
            tuple(_collection(one) for one in data["collections"]),
            tuple(Asked(0, parsed.text(one["text"]), parsed.text(one["at"])) for one in data["history"]),
            tuple(Saved(**{name: parsed.text(value) for name, value in one.items()}) for one in data["saved"]),
            tuple(parsed.with_records(Export, one) for one in data["exports"]),
            tuple(parsed.watched(one) for one in data.get("watched", ())),
            tuple(Came(**{name: parsed.text(value) for name, value in one.items()}) for one in data.get("came", ())),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Damaged(path="notebook", why="not a notebook in JSON") from error


def _collection(data: dict[str, Any]) -> Collection:
    one: Collection = parsed.with_records(Collection, data)
    return replace(one, records=tuple(dict.fromkeys(one.records)))
