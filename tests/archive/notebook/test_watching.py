"""Saved searches: kept with filters and moment, looked at, deleted for good, exchanged, and read by older programs."""

from __future__ import annotations

import pytest

from archive.errors import AlreadyExists, NoSuchRecord
from archive.notebook import exchange, shelves, watching
from archive.notebook.opening import Notebook

FILTERS = (("country", "TH", False), ("year", "2014/2016", False), ("type", "", True))


def test_a_search_is_kept_whole_and_looked_at(notebook: Notebook) -> None:
    db = notebook.db
    made = watching.keep(db, " Thai  cases ", "kidnap* 绑架", FILTERS, "newest", "gen/5/3/2")
    assert (made.name, made.text, made.filters, made.sort) == ("Thai cases", "kidnap* 绑架", FILTERS, "newest")
    assert watching.every(db) == (made,)
    looked = watching.look(db, made.id, "gen/9/4/2")
    assert (looked.moment, looked.filters) == ("gen/9/4/2", FILTERS)
    assert watching.look(db, made.id, "").moment == "gen/9/4/2"  # up to where is not known: it stays
    with pytest.raises(AlreadyExists):
        watching.keep(db, "Thai cases", "x", (), "", "")
    assert len(watching.every(db)) == 1


def test_dropping_leaves_nothing(notebook: Notebook) -> None:
    db = notebook.db
    made = watching.keep(db, "One", "query", FILTERS, "", "gen/1/1/1")
    watching.drop(db, made.id)
    assert watching.every(db) == ()
    assert db.conn.execute("SELECT count(*) FROM watched").fetchone()[0] == 0
    for gone in (watching.drop, lambda db, identity: watching.look(db, identity, "")):
        with pytest.raises(NoSuchRecord):
            gone(db, made.id)


def test_one_that_an_older_program_saved_has_no_filters_and_can_be_looked_at(notebook: Notebook) -> None:
    saved = shelves.save_query(notebook.db, "Old", "words")
    (one,) = watching.every(notebook.db)
    assert (one.id, one.filters, one.moment, one.looked) == (saved.id, (), "", saved.created)
    assert watching.look(notebook.db, one.id, "gen/1/1/1").moment == "gen/1/1/1"


def test_searches_leave_and_come_back_whole(notebook: Notebook) -> None:
    db = notebook.db
    made = watching.keep(db, "One", "query", FILTERS, "oldest", "gen/1/1/1")
    written = exchange.write(db, notebook.archive)
    watching.drop(db, made.id)
    assert exchange.read(db, notebook.archive, written).new == 1
    assert watching.every(db) == (made,)
    watching.look(db, made.id, "gen/7/7/7")
    exchange.read(db, notebook.archive, written)
    assert watching.every(db)[0].moment == "gen/7/7/7"  # nothing that is there is overwritten
