"""Two readers of one archive, each with a notebook, and what passes between them."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import strategies as st

from archive import keys
from archive.keys import ArchiveKey
from archive.notebook import notes, opening, shelves, watching
from archive.notebook.handing import content, identity
from archive.notebook.handing.content import Parcel
from archive.notebook.opening import Notebook
from archive.notebook.records import Colour, Passage

ARCHIVE = "0b0c3a51-33bc-4e5b-8d8d-8a43c5e5d0aa"
KEY = keys.generate(ARCHIVE)
RECORDS = ["7ad3a7f3-4ab5-4f0d-a0bb-3d1a4b3f8f4e", "9f7c51a2-7d0c-4f66-8f0e-4f0c0a8a1b11"]
MADE = "2026-05-03T10:00:00Z"

WORDS = st.text("ab柽م \n\u202e<", max_size=6)
NAMES = st.sampled_from(["port", "sea", "待查", "ميناء", "for the desk"])
PLACES = st.none() | st.tuples(st.integers(1, 2), st.integers(0, 3), st.integers(1, 3), st.text("ab柽", max_size=3))
NOTES = st.lists(
    st.tuples(
        st.sampled_from(RECORDS),
        WORDS.map("n".__add__),
        PLACES,
        st.none() | st.sampled_from(Colour),
        st.lists(NAMES, max_size=2),
    ),
    max_size=4,
)
SHELVES = st.lists(
    st.tuples(NAMES, st.lists(st.sampled_from(RECORDS), max_size=2, unique=True)), max_size=2, unique_by=lambda x: x[0]
)
BOOKS = st.tuples(NOTES, SHELVES)
Book = tuple[list, list]  # type: ignore[type-arg]


@contextlib.contextmanager
def reader(key: ArchiveKey = KEY) -> Iterator[Notebook]:
    """A notebook of its own about the archive."""
    with tempfile.TemporaryDirectory() as data, opening.of_archive(key, protected=True, data=Path(data)) as opened:
        yield opened


def fill(opened: Notebook, book: Book) -> None:
    """Note, tag, collect and save what is drawn."""
    noted, collected = book
    for record, text, place, colour, tags in noted:
        passage = Passage(record, place[0], place[1], place[1] + place[2], place[3]) if place else None
        notes.add(opened.db, record, text, passage=passage, colour=colour, tags=tags)
        for tag in tags:
            notes.tag_record(opened.db, record, tag)
    for name, records in collected:
        shelves.collect(opened.db, shelves.make_collection(opened.db, name).id, records)
        watching.keep(opened.db, name, name, (("language", "zh", True),), "newest", "moment")


def parcel(opened: Notebook, collection: str = "", to: str = "") -> Parcel:
    """All of a notebook, or a collection, for `to`."""
    recipients = (to or identity.public(opened.db),)
    return Parcel(opened.archive, recipients, "", MADE, *content.chosen(opened.db, collection, lambda record: record))


def pass_on(opened: Notebook, collection: str = "") -> Parcel:
    """What arrives of it, through the bytes that are sent."""
    return content.read(content.serialised(parcel(opened, collection)))


def said(opened: Notebook) -> set[tuple[object, ...]]:
    """What a notebook says, whatever its ids: notes (the same words on the same place once), tags, members of
    collections, searches."""
    told: set[tuple[object, ...]] = set()
    for one in notes.every(opened.db):
        place = (one.passage.version, one.passage.start, one.passage.end, one.passage.quote) if one.passage else None
        told.add(("note", one.record, one.text, place))
        told |= {("note", one.record, one.text, place, tag) for tag in one.tags}
    told |= {("tag", *row) for row in opened.db.conn.execute("SELECT record, name FROM tag WHERE note = ''")}
    for held in shelves.collections(opened.db):
        told |= {("collected", held.id, record) for record in held.records} | {("collection", held.id)}
    told |= {("search", one.text, one.filters, one.sort) for one in watching.every(opened.db)}
    return told


@pytest.fixture
def two() -> Iterator[tuple[Notebook, Notebook]]:
    """Two readers."""
    with reader() as one, reader() as other:
        yield one, other
