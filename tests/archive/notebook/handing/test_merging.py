"""Merging: nothing is overwritten, what differs stands side by side, and a second time nothing comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings

from archive.notebook import exchange, notes, purging, shelves, watching
from archive.notebook.handing import came
from archive.notebook.handing.merging import Merged, merge, remember_handed
from archive.notebook.opening import Notebook
from archive.notebook.records import Colour, Note, Passage
from tests.archive.notebook.handing.conftest import BOOKS, RECORDS, Book, fill, parcel, pass_on, reader, said

Two = tuple[Notebook, Notebook]


def take(opened: Notebook, other: Notebook) -> Merged:
    """Merge all that the other has."""
    return merge(opened.db, pass_on(other), "Heron")


def send(opened: Notebook, to: Notebook) -> Merged:
    """Hand all over and have it merged, as both programs do it."""
    given = parcel(opened)
    remember_handed(opened.db, given.notes)
    return merge(to.db, given, "")


def texts(opened: Notebook) -> list[str]:
    return sorted(note.text for note in notes.every(opened.db))


@settings(max_examples=25, deadline=None)
@given(BOOKS, BOOKS)
def test_both_say_the_same_afterwards_and_merging_again_adds_nothing(mine: Book, yours: Book) -> None:
    with reader() as one, reader() as other:
        fill(one, mine)
        fill(other, yours)
        before, theirs = said(one), pass_on(other)
        merge(other.db, pass_on(one), "")
        merge(one.db, theirs, "")
        assert said(one) == said(other)
        records = {entry for entry in before if entry[0] != "note"}
        assert records <= said(one)
        written = exchange.write(one.db, one.archive)
        again = merge(one.db, theirs, "")
        assert (again.new, again.added, again.beside) == (0, 0, ())
        back = take(one, other)
        assert (back.new, back.added, back.beside) == (0, 0, ())
        assert exchange.write(one.db, one.archive) == written


def test_of_two_notes_that_say_the_same_the_tag_of_one_does_not_come_back(two: Two) -> None:
    mine, yours = two
    notes.add(mine.db, RECORDS[0], "n")
    notes.add(mine.db, RECORDS[0], "n", tags=["port"])
    merge(yours.db, pass_on(mine), "")
    assert [note.tags for note in notes.every(yours.db)] == [("port",)]
    assert merge(mine.db, pass_on(yours), "").added == 0


def test_a_note_with_an_absurd_revision_is_changed_and_exported_as_any_other(two: Two) -> None:
    mine, yours = two
    note = notes.add(mine.db, RECORDS[0], "n")
    given = parcel(mine)
    merge(yours.db, replace(given, notes=(replace(note, revision=2**63 - 1),)), "")
    (came_in,) = notes.every(yours.db)
    edited = notes.edit(yours.db, came_in, "m")
    assert edited.revision == 2
    text = exchange.write(yours.db, yours.archive)
    assert exchange.read(yours.db, yours.archive, text).same == 1


@settings(max_examples=15, deadline=None)
@given(BOOKS)
def test_what_arrives_is_what_was_handed_over(book: Book) -> None:
    with reader() as one, reader() as other:
        fill(one, book)
        merge(other.db, pass_on(one), "")
        assert said(other) == said(one)
        assert {search.moment for search in watching.every(other.db)} <= {""}


def test_a_note_changed_on_both_sides_stands_side_by_side(two: Two) -> None:
    mine, yours = two
    note = notes.add(mine.db, RECORDS[0], "first", tags=["port"])
    send(mine, yours)
    notes.edit(mine.db, note, "mine")
    notes.edit(yours.db, notes.get(yours.db, note.id), "yours")
    done = take(mine, yours)
    assert (done.new, done.same, len(done.beside)) == (0, 0, 1)
    assert notes.get(mine.db, note.id).text == "mine"
    (beside,) = done.beside
    assert notes.get(mine.db, beside).text == "yours"
    assert notes.get(mine.db, beside).tags == ("port",)
    assert came.every(mine.db)[beside].beside == note.id
    assert came.every(mine.db)[beside].sender == "Heron"
    take(yours, mine)
    assert texts(mine) == texts(yours) == ["mine", "yours"]
    assert take(mine, yours).beside == take(yours, mine).beside == ()
    assert texts(mine) == texts(yours) == ["mine", "yours"]


def test_a_note_changed_on_one_side_alone_comes_back_as_no_conflict(two: Two) -> None:
    mine, yours = two
    note = notes.add(mine.db, RECORDS[0], "first")
    send(mine, yours)
    old = pass_on(yours)
    notes.edit(mine.db, note, "second")
    for back in (old, pass_on(yours)):  # they still have what was handed over
        assert merge(mine.db, back, "").beside == ()
    assert texts(mine) == ["second"]
    notes.edit(yours.db, notes.get(yours.db, note.id), "theirs")
    assert merge(yours.db, old, "").beside == ()
    assert texts(yours) == ["theirs"]


def test_words_that_came_and_were_changed_here_are_not_brought_again(two: Two) -> None:
    mine, yours = two
    notes.add(mine.db, RECORDS[0], "a")
    notes.add(yours.db, RECORDS[0], "b")
    given = pass_on(yours)
    merge(mine.db, given, "")
    brought = next(one for one in notes.every(mine.db) if one.text == "b")
    notes.edit(mine.db, brought, "b, and more")
    assert merge(mine.db, given, "").new == 0
    assert texts(mine) == ["a", "b, and more"]


def test_what_was_deleted_is_remembered_by_nothing(two: Two) -> None:
    mine, yours = two
    notes.add(yours.db, RECORDS[0], "b")
    take(mine, yours)
    (brought,) = notes.every(mine.db)
    notes.delete(mine.db, brought)
    for table in ("known", "came", "note", "tag"):
        assert mine.db.conn.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_one_collection_goes_with_its_notes_and_nothing_else(two: Two) -> None:
    mine, yours = two
    wanted = notes.add(mine.db, RECORDS[0], "in it", tags=["port"])
    notes.add(mine.db, RECORDS[1], "not in it")
    notes.tag_record(mine.db, RECORDS[0], "sea")
    notes.tag_record(mine.db, RECORDS[1], "secret")
    held = shelves.make_collection(mine.db, "For the desk")
    shelves.make_collection(mine.db, "Private")
    shelves.collect(mine.db, held.id, RECORDS[:1])
    shelves.ask(mine.db, "asked")
    shelves.note_export(mine.db, "notebook", "html", RECORDS)
    watching.keep(mine.db, "Boats", "boat", (), "", "")
    merge(yours.db, pass_on(mine, held.id), "")
    assert notes.every(yours.db) == (wanted,)
    assert notes.tags(yours.db) == {"port": 1, "sea": 1}
    assert [one.name for one in shelves.collections(yours.db)] == ["For the desk"]
    assert shelves.history(yours.db) == shelves.exports(yours.db) == watching.every(yours.db) == ()


def test_collections_of_one_name_stay_apart_and_of_one_id_grow_together(two: Two) -> None:
    mine, yours = two
    ours = shelves.make_collection(mine.db, "To read")
    theirs = shelves.make_collection(yours.db, "To read")
    shelves.collect(mine.db, ours.id, RECORDS[:1])
    shelves.collect(yours.db, theirs.id, RECORDS[1:])
    assert take(mine, yours).renamed == (("To read (2)", "To read"),)
    shelves.collect(yours.db, theirs.id, RECORDS[:1])
    again = take(mine, yours)
    assert (again.new, again.added) == (0, 1)
    assert {one.name: set(one.records) for one in shelves.collections(mine.db)} == {
        "To read": {RECORDS[0]},
        "To read (2)": set(RECORDS),
    }


def test_the_order_and_colour_that_one_has_stay(two: Two) -> None:
    mine, yours = two
    place = Passage(RECORDS[0], 1, 0, 3, "abc")
    note = notes.add(mine.db, RECORDS[0], passage=place, colour=Colour.GREEN)
    given = pass_on(mine)
    given = replace(given, notes=(replace(given.notes[0], colour=Colour.BLUE),))
    assert merge(mine.db, given, "").same == 1
    assert notes.every(mine.db) == (note,)
    assert merge(yours.db, given, "").new == 1


def test_ids_that_a_package_makes_up_overwrite_nothing(two: Two) -> None:
    mine, _ = two
    note = notes.add(mine.db, RECORDS[0], "mine")

    def named(text: str, identity: str) -> Note:
        return replace(note, id=identity, text=text, record=RECORDS[1])

    first = merge(mine.db, replace(pass_on(mine), notes=(named("x", note.id),)), "").beside[0]
    # the id under which the next would stand is taken by a note of the same package
    given = replace(pass_on(mine), notes=(named("y", first), named("z", note.id), named("w", note.id)))
    merge(mine.db, given, "")
    assert texts(mine) == ["mine", "w", "x", "y", "z"]
    assert notes.get(mine.db, note.id) == note


def test_no_quotation_of_what_was_withdrawn_comes_in_again(two: Two) -> None:
    mine, yours = two
    place = Passage(RECORDS[0], 1, 0, 3, "abc", "before", "after")
    notes.add(yours.db, RECORDS[0], "their words", passage=place, colour=Colour.GREEN)
    notes.add(yours.db, RECORDS[0], passage=replace(place, start=1), colour=Colour.GREEN)
    shelves.collect(yours.db, shelves.make_collection(yours.db, "For the desk").id, RECORDS)
    kept = notes.add(yours.db, RECORDS[1], "k", passage=replace(place, document=RECORDS[1]))
    given = pass_on(yours)
    for _ in range(2):
        assert merge(mine.db, given, "", frozenset(RECORDS[:1])).left_out == 2
    by_record = {one.record: one for one in notes.every(mine.db)}
    assert len(notes.every(mine.db)) == 2
    assert (by_record[RECORDS[0]].text, by_record[RECORDS[0]].passage) == ("their words", None)
    assert by_record[RECORDS[1]] == kept
    assert [one.records for one in shelves.collections(mine.db)] == [(RECORDS[1],)]


def test_words_that_were_changed_after_a_withdrawal_do_not_come_back_as_they_were(two: Two) -> None:
    mine, yours = two
    place = Passage(RECORDS[0], 1, 0, 3, "abc", "before", "after")
    note = notes.add(mine.db, RECORDS[0], "Ask Qzorblatt", passage=place)
    handed = pass_on(mine)
    remember_handed(mine.db, handed.notes)
    merge(yours.db, handed, "")
    purging.purge(mine, mine.archive, {RECORDS[0]})
    notes.edit(mine.db, notes.get(mine.db, note.id), "Ask her")
    done = merge(mine.db, pass_on(yours), "", frozenset(RECORDS[:1]))
    assert (done.new, done.beside) == (0, ())
    assert texts(mine) == ["Ask her"]


def test_no_search_comes_in_that_names_what_was_withdrawn(two: Two) -> None:
    mine, yours = two
    watching.keep(yours.db, "Similar", "", (("like", f"{RECORDS[0]} a page", False),), "", "")
    watching.keep(yours.db, "Quay", "quay", (), "", "")
    done = merge(mine.db, pass_on(yours), "", frozenset(RECORDS[:1]))
    assert (done.left_out, [one.name for one in watching.every(mine.db)]) == (1, ["Quay"])


def test_a_package_full_of_shelves_is_merged_in_one_pass(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    mine, yours = two
    count, read = 300, {"collections": 0, "searches": 0}

    def counted(name: str, function: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object) -> object:
            read[name] += 1
            return function(*args)

        return call

    watching.keep(mine.db, "Same", "mine", (), "", "")
    shelves.make_collection(mine.db, "Same")
    for at in range(count):
        watching.keep(yours.db, f"Same {at}", f"query {at}", (), "", "")
        shelves.collect(yours.db, shelves.make_collection(yours.db, f"Same {at}").id, RECORDS)
    handed = pass_on(yours)
    handed = replace(
        handed,
        searches=tuple(replace(one, name="Same") for one in handed.searches),
        collections=tuple(replace(one, name="Same") for one in handed.collections),
    )
    monkeypatch.setattr(watching, "every", counted("searches", watching.every))
    monkeypatch.setattr(shelves, "collections", counted("collections", shelves.collections))
    done = merge(mine.db, handed, "")
    assert (done.new, len(done.renamed)) == (2 * count, 2 * count)
    assert read == {"collections": 1, "searches": 1}
    monkeypatch.undo()
    names = {one.name for one in shelves.collections(mine.db)}
    assert names == {"Same", *(f"Same ({n})" for n in range(2, count + 2))}
    assert names == {one.name for one in watching.every(mine.db)}
    again = merge(mine.db, handed, "")
    assert (again.new, again.same) == (0, 2 * count)
