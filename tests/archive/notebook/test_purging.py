from __future__ import annotations

import unicodedata

import pytest

from archive.errors import InvalidValue
from archive.notebook import notes, purging, shelves, watching
from archive.notebook.opening import FILE, Notebook
from archive.notebook.records import Colour, Passage
from tests import pages

GONE, STAYS = "0d9a4a55-8b13-4a1e-9f0b-6a3a51f6b001", "0d9a4a55-8b13-4a1e-9f0b-6a3a51f6b002"
QUOTE = "the lanternkeeper Zorblatt was seen"
NAMES = ("Zorblatt Quimby", "王小明")


def passage(record: str, quote: str = QUOTE) -> Passage:
    return Passage(record, 1, 10, 10 + len(quote), quote, "before it Fennimore ", " and after Fennimore", 2)


def purge(notebook: Notebook) -> purging.Purged:
    return purging.purge(notebook, notebook.archive, {GONE}, NAMES)


def everything(notebook: Notebook) -> bytes:
    """All pages of the notebook's file and log."""
    return b"".join(pages.of_file(notebook.folder / FILE, notebook._key.secret("notebook")))


def test_quotations_go_and_the_readers_own_words_stay(notebook: Notebook) -> None:
    db = notebook.db
    mine = notes.add(db, GONE, "I doubt this.", passage=passage(GONE), colour=Colour.PINK, tags=("doubt",))
    notes.add(db, GONE, passage=passage(GONE), colour=Colour.GREEN)
    other = notes.add(db, STAYS, "Another matter.", passage=passage(STAYS, "the harbour was quiet"))
    assert QUOTE.encode() in everything(notebook)

    told = purge(notebook)

    assert (told.mentioning, told.quotations, told.highlights) == ((mine.id,), 1, 1)
    kept = notes.get(db, mine.id)
    assert (kept.text, kept.passage, kept.tags) == ("I doubt this.", None, ("doubt",))
    assert notes.get(db, other.id) == other
    assert len(notes.every(db)) == 2
    held = everything(notebook)
    assert b"Zorblatt" not in held
    assert b"Fennimore and" not in held
    assert held.count(b"Fennimore") == 2 * held.count(b"the harbour was quiet")


def test_notes_on_other_records_are_listed_where_they_name_it(notebook: Notebook) -> None:
    named = notes.add(notebook.db, STAYS, "Ask about ZORBLATT  quimby again.")
    han = notes.add(notebook.db, STAYS, "這是王小明說的。")
    notes.add(notebook.db, STAYS, "Quimby alone, or 王小, is no name that was withdrawn.")
    told = purge(notebook)
    assert set(told.mentioning) == {named.id, han.id}
    assert notes.get(notebook.db, named.id) == named, "own words are never altered"


@pytest.mark.parametrize("name", ["Zo\u0308rblatt Quinb\u00e9", "ZÖRBLATT QUINBÉ", "김철수", "ئايگۈل قادىر", "王小明"])
def test_a_name_is_found_however_its_letters_are_put_together(notebook: Notebook, name: str) -> None:
    said = unicodedata.normalize("NFD" if unicodedata.is_normalized("NFC", name) else "NFC", name)
    told = notes.add(notebook.db, STAYS, f"Ask {said} 는 again.")
    bare = "".join(sign for sign in unicodedata.normalize("NFD", said) if not "\u0300" <= sign <= "\u036f")
    shelves.keep_history(notebook.db, True)
    shelves.ask(notebook.db, unicodedata.normalize("NFC", bare).casefold())
    purged = purging.purge(notebook, notebook.archive, {GONE}, (name,))
    assert (purged.mentioning, purged.queries) == ((told.id,), 1)


def test_queries_and_searches_that_ask_for_it_go(notebook: Notebook) -> None:
    db = notebook.db
    shelves.keep_history(db, True)
    for text in ("quay", "zorblatt quimby bangkok", f"like:{GONE}", '"Zorblatt Quimby"', "王小明 曼谷", "quimby quay"):
        shelves.ask(db, text)
    watching.keep(db, "All about the quay", "quay", (), "", "")
    watching.keep(db, "Quimby", "zorblatt AND quimby", (), "", "")
    watching.keep(db, "By filter", "", (("record", f"{GONE} Someone", False),), "", "")
    shelves.save_query(db, "Zorblatt Quimby", "keeper")
    told = purge(notebook)
    assert [one.text for one in shelves.history(db)] == ["quimby quay", "quay"]
    assert told.queries == 4
    assert {one.name for one in watching.every(db)} == {"All about the quay"}
    assert told.searches == 3


def test_exports_that_held_it_are_told_and_stay_remembered(notebook: Notebook) -> None:
    held = shelves.note_export(notebook.db, "dossier", "pdf", [STAYS, GONE])
    shelves.note_export(notebook.db, "cases", "csv", [STAYS])
    assert purge(notebook).exports == (held,)
    assert purge(notebook).exports == (held,)


def test_it_leaves_collections_which_are_listed_where_their_names_name_it(notebook: Notebook) -> None:
    one = shelves.make_collection(notebook.db, "On Zorblatt Quimby")
    shelves.collect(notebook.db, one.id, [GONE, STAYS])
    told = purge(notebook)
    assert told.collections == ("On Zorblatt Quimby",)
    assert shelves.collection(notebook.db, one.id).records == (STAYS,)


def test_where_it_held_nothing_that_is_said(notebook: Notebook) -> None:
    notes.add(notebook.db, STAYS, "Another matter.")
    assert purge(notebook).nothing


def test_a_notebook_about_another_archive_is_left_alone(notebook: Notebook) -> None:
    mine = notes.add(notebook.db, GONE, passage=passage(GONE), colour=Colour.PINK)
    with pytest.raises(InvalidValue):
        purging.purge(notebook, STAYS, {GONE})
    assert notes.get(notebook.db, mine.id) == mine
