"""Notes and highlights: anchored to passages, changed by one window at a time, and gone when deleted."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st

from archive.container import Archive
from archive.errors import ChangedMeanwhile, InvalidValue, NoSuchRecord
from archive.notebook import notes, words
from archive.notebook.opening import Notebook
from archive.notebook.records import Colour
from archive.records import Document
from tests.archive.conftest import Keep

TEXT = "The harbour was closed in the evening. The harbour was opened in the morning."
CASE = "9f7c51a2-7d0c-4f66-8f0e-4f0c0a8a1b11"


@pytest.fixture
def document(keep: Keep) -> Document:
    return keep(TEXT, title="A page")


def test_notes_of_a_document_stand_in_the_order_of_its_text(
    archive: Archive, notebook: Notebook, document: Document
) -> None:
    late = notes.passage(archive.db, document.id, 1, 39, 50)
    early = notes.passage(archive.db, document.id, 1, 4, 11)
    third = notes.add(notebook.db, document.id, colour=Colour.GREEN, passage=late)
    second = notes.add(notebook.db, document.id, "early", passage=early, tags=["port", "port", " to  check "])
    first = notes.add(notebook.db, document.id, "on the whole")
    notes.add(notebook.db, CASE, "on a case")
    assert notes.of_record(notebook.db, document.id) == (first, second, third)
    assert second.tags == ("port", "to check")
    assert third.passage is not None
    assert (third.passage.quote, third.passage.before[-2:]) == ("The harbour", ". ")


def test_a_note_says_something_about_its_record(archive: Archive, notebook: Notebook, document: Document) -> None:
    place = notes.passage(archive.db, document.id, 1, 0, 3)
    for record, text, passage in [
        (document.id, " \n", None),
        (document.id, "", place),
        (CASE, "x", place),
        ("", "x", None),
    ]:
        with pytest.raises(InvalidValue):
            notes.add(notebook.db, record, text, passage=passage)
    with pytest.raises(InvalidValue):
        notes.add(notebook.db, CASE, "x", colour=None, tags=[" "])
    assert notes.every(notebook.db) == ()
    with pytest.raises(InvalidValue):
        notes.add(notebook.db, CASE, "x" * (words.LONGEST + 1))


def test_a_window_that_read_an_older_note_changes_nothing(notebook: Notebook) -> None:
    read = notes.add(notebook.db, CASE, "one")
    changed = notes.edit(notebook.db, read, "two", colour=Colour.BLUE)
    assert (changed.text, changed.colour, changed.revision) == ("two", Colour.BLUE, 2)
    with pytest.raises(ChangedMeanwhile):
        notes.edit(notebook.db, read, "three")
    with pytest.raises(ChangedMeanwhile):
        notes.delete(notebook.db, read)
    notes.delete(notebook.db, changed)
    with pytest.raises(NoSuchRecord):
        notes.edit(notebook.db, changed, "four")


def test_notes_are_found_by_words_quotes_and_tags(archive: Archive, notebook: Notebook, document: Document) -> None:
    one = notes.add(notebook.db, CASE, "Ask again about Straße 5", tags=["urgent"])
    two = notes.add(notebook.db, document.id, "柽柳", passage=notes.passage(archive.db, document.id, 1, 4, 11))
    for text, found in [("STRASSE ask", [one]), ("harbour", [two]), ("柳", [two]), ("urg", [one]), ("ask harbour", [])]:
        assert list(notes.search(notebook.db, text)) == found
    assert set(notes.search(notebook.db, "")) == {one, two}


def test_tags_are_borne_by_records_and_notes(notebook: Notebook) -> None:
    note = notes.add(notebook.db, CASE, "x", tags=["port"])
    notes.tag_record(notebook.db, CASE, "port")
    notes.tag_record(notebook.db, CASE, "sea")
    notes.tag_record(notebook.db, "another", "sea")
    assert notes.tags(notebook.db) == {"port": 2, "sea": 2}
    assert notes.tags_of(notebook.db, CASE) == ("port", "sea")
    assert notes.tagged(notebook.db, "sea") == tuple(sorted(("another", CASE)))
    assert notes.every(notebook.db, tag="port") == (note,)
    notes.untag_record(notebook.db, CASE, "port", note=note.id)
    assert notes.every(notebook.db, tag="port") == ()
    with pytest.raises(NoSuchRecord):
        notes.tag_record(notebook.db, "another", "port", note=note.id)


def decrypted(notebook: Notebook, ending: str) -> bytes:
    """What whoever has the key can read in the pages of the file, deleted or not (SQLCipher 4's page format)."""
    content = (notebook.folder / f"notebook.db{ending}").read_bytes()
    pages = [content[at : at + 4096] for at in range(0, len(content), 4096)]
    plain = b""
    for page in (pages[0][16:], *pages[1:]):  # the file begins with the salt
        body, vector = page[:-80], page[-80:-64]
        plain += Cipher(algorithms.AES(notebook._key.key), modes.CBC(vector)).decryptor().update(body)
    return plain


def test_what_is_deleted_is_in_no_page(notebook: Notebook) -> None:
    sentinel = "quince" * 3_000  # long enough for overflow pages, too
    note = notes.add(notebook.db, CASE, sentinel, tags=["blossom-sentinel"])
    notes.forget(notebook.db)
    held = decrypted(notebook, "")
    assert b"quincequince" in held
    assert b"blossom-sentinel" in held
    notes.delete(notebook.db, note)
    held = decrypted(notebook, "")
    assert b"quincequince" not in held
    assert b"blossom-sentinel" not in held
    assert (notebook.folder / "notebook.db-wal").stat().st_size == 0


@given(st.text())
def test_any_words_are_kept_as_they_are_read(text: str) -> None:
    kept = words.kept(text)
    assert words.kept(kept) == kept
    kept.encode()
