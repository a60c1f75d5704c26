"""What a package holds: notes, tags, collections and saved searches, of all the notebook or of one collection."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from archive.cases import passages
from archive.connect import Database
from archive.errors import InvalidValue
from archive.notebook import notes, parsed, shelves, watching, words
from archive.notebook.records import Collection, Note
from archive.notebook.watching import Watched

Part = TypeVar("Part")
KIND = "tamarisk notebook package"
VERSION = 1
MOST = 100_000  # of each kind
MOST_PARTS = 1_000_000
"""Lists and objects: 32 MB of nothing else would take a gigabyte of memory to parse."""
LONGEST_PART = 2_000  # characters of a filter's value, or of what stands around a quote
IDENTITY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)


class Newer(ValueError):
    """A newer program made it; `version` is its format."""

    def __init__(self, version: int) -> None:
        super().__init__(version)
        self.version = version


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is handed over about the archive with this UUID: to whom (`age1…`), when, and under which pseudonym.

    Never in it: past searches, what was exported, and keys.
    """

    archive: str
    recipients: tuple[str, ...]
    sender: str
    made: str
    notes: tuple[Note, ...]
    tags: tuple[tuple[str, str], ...]
    collections: tuple[Collection, ...]
    searches: tuple[Watched, ...]


def chosen(
    db: Database, collection: str, page_of: Callable[[str], str]
) -> tuple[tuple[Note, ...], tuple[tuple[str, str], ...], tuple[Collection, ...], tuple[Watched, ...]]:
    """Notes, tags, collections and searches of all the notebook, or those of one collection by its id.

    `page_of` gives the record on whose page a record is read, so that a note on a fact goes with its case. Saved
    searches are of no collection. Raises NoSuchRecord (the collection).
    """
    every = tuple(sorted(notes.every(db), key=lambda one: (one.created, one.id)))
    tags = tuple(db.conn.execute("SELECT record, name FROM tag WHERE note = '' ORDER BY record, name"))
    if not collection:
        return every, tags, shelves.collections(db), watching.every(db)
    held = shelves.collection(db, collection)
    wanted = set(held.records)

    def goes(record: str) -> bool:
        return record in wanted or page_of(record) in wanted

    return (
        tuple(note for note in every if goes(note.record)),
        tuple((record, tag) for record, tag in tags if goes(record)),
        (held,),
        (),
    )


def serialised(parcel: Parcel) -> bytes:
    """A parcel as JSON in UTF-8."""
    content = {
        "kind": KIND,
        "version": VERSION,
        "archive": parcel.archive,
        "for": parcel.recipients,
        "sender": parcel.sender,
        "made": parcel.made,
        "notes": [asdict(one) for one in parcel.notes],
        "tags": parcel.tags,
        "collections": [asdict(one) for one in parcel.collections],
        # what was new to whoever packed it says nothing to whoever unpacks it
        "searches": [asdict(one) | {"moment": "", "looked": parcel.made} for one in parcel.searches],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def read(content: bytes) -> Parcel:
    """A parcel out of JSON that anybody may have made. Raises ValueError where it is none, and Newer."""
    if content.count(b"[") + content.count(b"{") > MOST_PARTS:
        raise ValueError("too many parts")
    try:
        data = json.loads(content)
        if data["kind"] != KIND:
            raise ValueError("another kind")
        if parsed.count(data["version"]) > VERSION:
            raise Newer(data["version"])
        return Parcel(
            _identity(data["archive"]),
            tuple(map(parsed.text, data["for"])),
            words.name(data["sender"]) if data["sender"] else "",
            _moment(data["made"]),
            _each(_note, data["notes"]),
            _each(_tag, data["tags"]),
            _each(_collection, data["collections"]),
            _each(_search, data["searches"]),
        )
    except ValueError:
        raise
    except (KeyError, TypeError, AttributeError, RecursionError, InvalidValue) as error:
        raise ValueError(f"{type(error).__name__}: not as it must be") from error


def _each(kind: Callable[[Any], Part], given: Any) -> tuple[Part, ...]:
    if not isinstance(given, list) or len(given) > MOST:
        raise ValueError("not a list, or one that is too long")
    return tuple(kind(one) for one in given)


def _note(data: Any) -> Note:
    note = parsed.note(data)
    _identity(note.id)
    _identity(note.record)
    _moment(note.created)
    _moment(note.changed)
    if note.text != words.kept(note.text) or not (note.text or (note.passage and note.colour)):
        raise ValueError("a note without words, or with words that are not kept so")
    if note.passage and len(note.passage.quote) > passages.LONGEST:
        raise ValueError("a quote that is too long")
    if note.passage and max(len(note.passage.before), len(note.passage.after)) > LONGEST_PART:
        raise ValueError("too much around a quote")
    for tag in note.tags:
        _name(tag)
    return note


def _tag(data: Any) -> tuple[str, str]:
    record, tag = data
    return _identity(record), _name(tag)


def _collection(data: Any) -> Collection:
    one: Collection = parsed.with_records(Collection, data)
    _identity(one.id)
    _name(one.name)
    _moment(one.created)
    if one.about != words.kept(one.about) or len(one.records) > MOST:
        raise ValueError("a description that is not kept so, or too many records")
    return Collection(one.id, one.name, one.about, tuple(dict.fromkeys(map(_identity, one.records))), one.created)


def _search(data: Any) -> Watched:
    one = parsed.watched(data)
    _identity(one.id)
    _name(one.name)
    if one.text != words.kept(one.text) or len(one.filters) > MOST:
        raise ValueError("a search that is not kept so")
    if any(len(part) > LONGEST_PART for field, value, _ in one.filters for part in (field, value)):
        raise ValueError("a filter that is too long")
    _moment(one.looked)
    if one.moment or len(one.sort) > words.LONGEST_NAME:
        raise ValueError("not what is handed over of a search")
    return one


def _identity(value: object) -> str:
    if not isinstance(value, str) or not IDENTITY.fullmatch(value):
        raise ValueError("not a UUID")
    return value


def _moment(value: object) -> str:
    if not isinstance(value, str) or not MOMENT.fullmatch(value):
        raise ValueError("not a moment")
    return value


def _name(value: object) -> str:
    name = parsed.text(value)
    if name != words.name(name):
        raise ValueError("a name that is not kept so")
    return name
