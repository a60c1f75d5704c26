"""Collections, queries of the past and kept ones, and what was exported."""

from __future__ import annotations

import pytest

from archive.errors import AlreadyExists, InvalidValue, NoSuchRecord
from archive.notebook import shelves
from archive.notebook.opening import Notebook


def test_a_collection_keeps_the_order_in_which_records_came(notebook: Notebook) -> None:
    db = notebook.db
    made = shelves.make_collection(db, " For the  dossier ", "two lines\nof it")
    shelves.collect(db, made.id, ["b", "a", "b"])
    shelves.collect(db, made.id, ["a", "c"])
    held = shelves.collection(db, made.id)
    assert (held.name, held.records) == ("For the dossier", ("b", "a", "c"))
    shelves.release(db, made.id, ["b", "not in it"])
    assert shelves.collection(db, made.id).records == ("a", "c")
    assert [one.id for one in shelves.collections(db, "c")] == [made.id]
    assert shelves.collections(db, "b") == ()


def test_collections_are_told_apart_by_name(notebook: Notebook) -> None:
    db = notebook.db
    one, two = shelves.make_collection(db, "one"), shelves.make_collection(db, "two")
    with pytest.raises(AlreadyExists):
        shelves.make_collection(db, "one")
    with pytest.raises(AlreadyExists):
        shelves.rename_collection(db, two.id, "one")
    with pytest.raises(InvalidValue):
        shelves.make_collection(db, "  ")
    assert shelves.rename_collection(db, one.id, "one", "now with words").about == "now with words"
    shelves.collect(db, one.id, ["a"])
    shelves.delete_collection(db, one.id)
    assert shelves.collections(db) == (two,)
    for act in (shelves.collection, shelves.delete_collection):
        with pytest.raises(NoSuchRecord):
            act(db, one.id)


def test_queries_are_remembered_until_that_is_switched_off(notebook: Notebook, monkeypatch: pytest.MonkeyPatch) -> None:
    db = notebook.db
    for text in ("one", "two", "two", " ", "one"):
        shelves.ask(db, text)
    assert [one.text for one in shelves.history(db)] == ["one", "two", "one"]
    shelves.keep_history(db, False)
    shelves.ask(db, "three")
    assert len(shelves.history(db)) == 3
    shelves.clear_history(db, shelves.history(db)[0].id)
    assert [one.text for one in shelves.history(db)] == ["two", "one"]
    shelves.clear_history(db)
    assert shelves.history(db) == ()
    shelves.keep_history(db, True)
    monkeypatch.setattr(shelves, "MOST_ASKED", 3)
    for at in range(5):
        shelves.ask(db, str(at))
    assert [one.text for one in shelves.history(db)] == ["4", "3", "2"]


def test_queries_are_kept_under_names(notebook: Notebook) -> None:
    db = notebook.db
    two, one = shelves.save_query(db, "b", "outcome:returned"), shelves.save_query(db, "a", "country:TH")
    assert shelves.saved(db) == (one, two)
    with pytest.raises(AlreadyExists):
        shelves.save_query(db, "a", "other")
    shelves.delete_saved(db, one.id)
    with pytest.raises(NoSuchRecord):
        shelves.delete_saved(db, one.id)
    assert shelves.saved(db) == (two,)


def test_exports_say_which_records_left(notebook: Notebook) -> None:
    db = notebook.db
    one = shelves.note_export(db, "notes", "html", ["a", "b"])
    two = shelves.note_export(db, "dossier", "pdf", ["b"])
    assert shelves.exports(db) == (two, one)
    assert shelves.exports(db, "a") == (one,)
    shelves.clear_exports(db)
    assert shelves.exports(db) == ()
