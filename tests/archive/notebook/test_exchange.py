"""A notebook written as JSON and read back, and what is refused or left as it was."""

from __future__ import annotations

import json
import tempfile
import uuid
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive import keys
from archive.errors import ArchiveError, Damaged, InvalidValue, NewerFormat
from archive.notebook import exchange, notes, opening, shelves, watching
from archive.notebook.handing import came
from archive.notebook.opening import Notebook
from archive.notebook.records import Colour, Passage
from tests.archive.notebook.conftest import ARCHIVE

TEXTS = st.text(max_size=40)
NAMES = st.text("abcß柽 é\U0001f333", min_size=1, max_size=8).filter(str.strip)
RECORDS = st.uuids().map(str)
PASSAGES = st.none() | st.tuples(
    st.integers(1, 9), st.integers(0, 99), st.integers(1, 99), st.text("ab\n柽", max_size=9)
)
NOTES = st.lists(
    st.tuples(
        RECORDS, TEXTS.map("n".__add__), PASSAGES, st.none() | st.sampled_from(Colour), st.lists(NAMES, max_size=3)
    ),
    max_size=4,
)
COLLECTIONS = st.lists(
    st.tuples(NAMES.map(lambda name: " ".join(name.split())), TEXTS, st.lists(RECORDS, max_size=3, unique=True)),
    max_size=3,
    unique_by=lambda one: one[0].casefold(),
)


def fill(opened: Notebook, noted: list, collected: list, asked: list[str]) -> None:  # type: ignore[type-arg]
    for record, text, place, colour, tags in noted:
        passage = Passage(record, place[0], place[1], place[1] + place[2], place[3]) if place else None
        notes.add(opened.db, record, text, passage=passage, colour=colour, tags=tags)
        notes.tag_record(opened.db, record, "seen")
    for name, about, records in collected:
        shelves.collect(opened.db, shelves.make_collection(opened.db, name, about).id, records)
        shelves.save_query(opened.db, name, about)
        shelves.note_export(opened.db, name, "json", records)
    for text in asked:
        shelves.ask(opened.db, text)


@settings(max_examples=12)
@given(NOTES, COLLECTIONS, st.lists(TEXTS, max_size=4))
def test_json_comes_back_without_loss(noted: list, collected: list, asked: list[str]) -> None:  # type: ignore[type-arg]
    own = keys.generate(ARCHIVE)
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        with opening.of_archive(own, protected=True, data=Path(one)) as opened:
            fill(opened, noted, collected, asked)
            text = exchange.write(opened.db, ARCHIVE)
            again = exchange.read(opened.db, ARCHIVE, text)
            assert (again.new, again.differing) == (0, ())
            assert exchange.write(opened.db, ARCHIVE) == text
        with opening.of_archive(own, protected=True, data=Path(other)) as opened:
            taken = exchange.read(opened.db, ARCHIVE, text)
            assert (taken.new, taken.same, taken.differing) == (again.same, 0, ())
            assert exchange.write(opened.db, ARCHIVE) == text


def test_what_is_there_is_never_overwritten(notebook: Notebook) -> None:
    note = notes.add(notebook.db, "a", "one")
    held = shelves.make_collection(notebook.db, "port")
    shelves.ask(notebook.db, "harbour")
    data = json.loads(exchange.write(notebook.db, notebook.archive))
    data["notes"][0]["text"] = "another"
    data["notes"].append(dict(data["notes"][0], id="new"))
    data["collections"][0]["id"] = "new"
    data["history"] = [{"text": "other", "at": "2020"}]
    taken = exchange.read(notebook.db, notebook.archive, json.dumps(data))
    assert (taken.new, taken.same, taken.differing) == (1, 0, (note.id, "new"))
    assert notes.get(notebook.db, note.id) == note
    assert notes.get(notebook.db, "new").text == "another"
    assert shelves.collections(notebook.db) == (held,)
    assert [one.text for one in shelves.history(notebook.db)] == ["harbour"]


def test_of_what_was_withdrawn_nothing_comes_in_again(notebook: Notebook) -> None:
    gone, stays = "7ad3a7f3-4ab5-4f0d-a0bb-3d1a4b3f8f4e", "9f7c51a2-7d0c-4f66-8f0e-4f0c0a8a1b11"
    with tempfile.TemporaryDirectory() as other:
        own = keys.generate(notebook.archive)
        with opening.of_archive(own, protected=True, data=Path(other)) as earlier:
            db, place = earlier.db, Passage(gone, 1, 0, 3, "abc", "before", "after")
            notes.add(db, gone, "own words", passage=place, colour=Colour.GREEN, tags=["port"])
            notes.add(db, gone, passage=replace(place, start=1), colour=Colour.GREEN, tags=["port"])
            kept = notes.add(db, stays, "k", passage=replace(place, document=stays))
            shelves.collect(db, shelves.make_collection(db, "For the desk").id, [gone, stays])
            shelves.ask(db, f"like:{gone}")
            shelves.ask(db, "quay")
            watching.keep(db, "Similar", "", (("record", gone, False),), "", "")
            watching.keep(db, "Quay", "quay", (), "", "")
            text = exchange.write(db, notebook.archive)
    taken = exchange.read(notebook.db, notebook.archive, text, {gone})
    assert taken.left_out == 4
    by_record = {one.record: one for one in notes.every(notebook.db)}
    assert len(notes.every(notebook.db)) == 2
    assert (by_record[gone].text, by_record[gone].passage, by_record[gone].colour) == ("own words", None, None)
    assert by_record[stays] == kept
    assert [one.records for one in shelves.collections(notebook.db)] == [(stays,)]
    assert [one.text for one in shelves.history(notebook.db)] == ["quay"]
    assert [one.name for one in watching.every(notebook.db)] == ["Quay"]


def test_another_notebook_or_a_newer_one_is_refused(notebook: Notebook) -> None:
    text = exchange.write(notebook.db, notebook.archive)
    with pytest.raises(InvalidValue):
        exchange.read(notebook.db, ARCHIVE, text)
    data = json.loads(text)
    with pytest.raises(NewerFormat):
        exchange.read(notebook.db, notebook.archive, json.dumps(dict(data, version=exchange.VERSION + 1)))
    with pytest.raises(Damaged):
        exchange.read(notebook.db, notebook.archive, json.dumps(dict(data, kind="another")))


def test_what_says_the_same_twice_is_taken_once(notebook: Notebook) -> None:
    empty = json.loads(exchange.write(notebook.db, notebook.archive))
    ids = [str(uuid.UUID(int=number)) for number in range(5)]
    shelf = {"name": "Port", "about": "", "created": "2026-11-28T00:00:00Z"}
    search = {"name": "Quay", "text": "quay", "created": "2026-11-28T00:00:00Z"}
    given = dict(
        empty,
        collections=[{"id": one, "records": ["r", "s", "r"], **shelf} for one in ids[:2]],
        saved=[{"id": one, **search} for one in ids[2:4]],
        came=[{"note": ids[4], "beside": "", "sender": "Heron", "at": "2026-11-28T00:00:00Z"}],
    )
    taken = exchange.read(notebook.db, notebook.archive, json.dumps(given))
    assert (taken.new, taken.differing) == (2, (ids[1], ids[3]))
    assert [one.records for one in shelves.collections(notebook.db)] == [("r", "s")]
    assert [one.name for one in shelves.saved(notebook.db)] == ["Quay"]
    assert came.every(notebook.db) == {}  # of a note that is not there no sender is kept


def test_a_version_that_is_no_number_is_damage(notebook: Notebook) -> None:
    text = exchange.write(notebook.db, notebook.archive)
    assert f'"version": {exchange.VERSION}' in text
    for version in ("1e999", "-1", "true", "null"):
        with pytest.raises(Damaged):
            exchange.read(
                notebook.db, notebook.archive, text.replace(f'"version": {exchange.VERSION}', f'"version": {version}')
            )


@given(st.text() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_any_text_is_a_notebook_or_damage(text: str) -> None:
    with pytest.raises(Damaged):
        exchange._parsed(ARCHIVE, text)


@settings(max_examples=200)
@given(st.data())
def test_an_altered_notebook_is_taken_whole_or_not_at_all(data: st.DataObject) -> None:
    passage: dict[str, Any] = {
        "document": "r",
        "version": 1,
        "start": 0,
        "end": 2,
        "quote": "q",
        "before": "",
        "after": "",
        "page": 0,
    }
    note: dict[str, Any] = {
        "id": "i",
        "record": "r",
        "passage": passage,
        "text": "t",
        "colour": "blue",
        "tags": ["g"],
        "created": "c",
    }
    note |= {"changed": "c", "revision": 1}
    whole: dict[str, Any] = {
        "kind": exchange.KIND,
        "version": 1,
        "archive": ARCHIVE,
        "notes": [note],
        "tags": [["r", "g"]],
    }
    whole |= {"collections": [], "history": [], "saved": [], "exports": []}
    assert exchange._parsed(ARCHIVE, json.dumps(whole)).notes[0].colour is Colour.BLUE
    inner = data.draw(st.sampled_from([whole, note, passage]))
    name = data.draw(st.sampled_from(sorted(inner)))
    inner[name] = data.draw(st.none() | st.booleans() | st.integers() | st.just("\ud800") | st.lists(st.integers()))
    try:
        parsed = exchange._parsed(ARCHIVE, json.dumps(whole))
    except ArchiveError:
        return
    assert all(isinstance(one.text, str) and one.revision >= 0 for one in parsed.notes)
