"""What became of a note's passage: another text version, the same number with other words, the document gone."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import texts
from archive.connect import Database, writing
from archive.container import Archive
from archive.notebook import notes, standing
from archive.notebook.opening import Notebook
from archive.notebook.records import Note, Passage
from archive.notebook.standing import State
from archive.reading.result import Page, Reading
from archive.records import Document, Metadata
from tests.archive.conftest import Keep

TEXT = "The harbour was closed in the evening. The harbour was opened in the morning."
CASE = "9f7c51a2-7d0c-4f66-8f0e-4f0c0a8a1b11"


@pytest.fixture
def document(keep: Keep) -> Document:
    return keep(TEXT, title="A page")


def noted(archive: Archive, notebook: Notebook, document: Document, start: int, end: int) -> Note:
    return notes.add(notebook.db, document.id, "a", passage=notes.passage(archive.db, document.id, 1, start, end))


def read_anew(archive: Archive, document: Document, *pages: str) -> str:
    with writing(archive.db):
        made = tuple(Page(number, text) for number, text in enumerate(pages, 1))
        texts.add(archive.db, document.row, Reading("text/plain", Metadata(), made, extractor="test 2"))
        return texts.read(archive.db, document.row, 2)


def test_a_passage_stands_until_its_text_is_another(archive: Archive, notebook: Notebook, document: Document) -> None:
    kept = noted(archive, notebook, document, 39, 76)
    gone = noted(archive, notebook, document, 4, 37)
    assert standing.standing(archive.db, notes.add(notebook.db, document.id, "c")) is None
    before = standing.standing(archive.db, gone)
    assert before is not None
    assert (before.state, before.span) == (State.STANDS, (4, 37))
    newer = read_anew(archive, document, "Corrected.", "The harbour was opened in the morning.")
    after, lost = standing.standing(archive.db, kept), standing.standing(archive.db, gone)
    assert after is not None
    assert after.span is not None
    assert lost is not None
    assert (after.state, after.version, newer[slice(*after.span)], after.page) == (State.MOVED, 2, TEXT[39:76], 2)
    assert (lost.state, lost.span) == (State.LOST, None)
    assert notes.get(notebook.db, gone.id).passage == gone.passage


def test_words_are_found_again_where_only_their_spaces_changed(
    archive: Archive, notebook: Notebook, document: Document
) -> None:
    note = noted(archive, notebook, document, 39, 76)
    newer = read_anew(archive, document, "The harbour was\nopened, once. The  harbour was\nopened in\nthe morning.")
    after = standing.standing(archive.db, note)
    assert after is not None
    assert after.span is not None
    assert (after.state, newer[slice(*after.span)]) == (State.MOVED, "The  harbour was\nopened in\nthe morning")


def test_the_same_number_with_other_words_is_no_proof(archive: Archive, notebook: Notebook, document: Document) -> None:
    note = noted(archive, notebook, document, 4, 11)
    assert note.passage is not None
    for change, state in (
        ({"start": 0, "end": 7}, State.MOVED),
        ({"start": 900, "end": 907}, State.MOVED),
        ({"quote": "the moon"}, State.LOST),
        ({"quote": ""}, State.LOST),
    ):
        other = dataclasses.replace(note, passage=dataclasses.replace(note.passage, **change))  # type: ignore[arg-type]
        found = standing.standing(archive.db, other)
        assert found is not None
        assert found.state is state


def test_a_note_outlives_its_document(archive: Archive, notebook: Notebook, document: Document) -> None:
    note = noted(archive, notebook, document, 0, 11)
    assert note.passage is not None
    elsewhere = dataclasses.replace(note, passage=dataclasses.replace(note.passage, document=CASE))
    found = standing.standing(archive.db, elsewhere)
    assert found is not None
    assert (found.state, found.span) == (State.GONE, None)


@given(st.text("ab \n柽", max_size=30), st.text("ab \n柽", min_size=1, max_size=6))
def test_what_is_found_has_the_same_words_but_for_spaces(text: str, quote: str) -> None:
    span = standing.Text(text).found(Passage("d", 1, 0, len(quote), quote))
    bare = "".join(quote.split())
    if span is not None:
        assert "".join(text[slice(*span)].split()) == bare != ""
    else:
        assert not bare or bare not in "".join(text.split())


def test_the_text_of_many_notes_is_read_once(
    archive: Archive, notebook: Notebook, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [noted(archive, notebook, document, start, start + 3) for start in range(30)]
    read_anew(archive, document, TEXT.replace("The", "A"))
    alone = {one.id: standing.standing(archive.db, one) for one in many}
    read: list[int] = []
    whole = texts.read

    def counted(db: Database, row: int, version: int) -> str:
        read.append(row)
        return whole(db, row, version)

    monkeypatch.setattr(texts, "read", counted)
    assert standing.standings(archive.db, many) == alone
    assert {one.state for one in alone.values() if one} == {State.MOVED, State.LOST}
    assert len(read) == 1
