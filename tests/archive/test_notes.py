"""Notes become documents that are read, verified and read again like any other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive import container, documents, notes, texts, verify
from archive.container import Archive
from archive.errors import InvalidValue
from archive.intake import run
from archive.notes import Note
from archive.records import Confidentiality

NOTE = Note("Call about the lighthouse", "The keeper said:\r\n  nine boats.\n", "2024-05-03", "A keeper", "en")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    path = tmp_path / "Notes.tamarisk"
    key = container.create(path)
    with Archive(path, key, write=True) as archive:
        yield archive


def test_a_note_is_a_document_with_its_text_as_original(archive: Archive) -> None:
    document = notes.add(archive, NOTE, who="desk")
    assert document.metadata.type == "note"
    assert (document.metadata.title, document.metadata.authors) == ("Call about the lighthouse", ("A keeper",))
    assert document.confidentiality is Confidentiality.CONFIDENTIAL
    text = texts.read(archive.db, document.row, document.text_version)
    assert text == "The keeper said:\n  nine boats.\n"
    assert b"".join(archive.originals.read(document.sha256)) == text.encode()
    assert verify.check(archive).faults == ()


def test_a_note_read_again_keeps_its_text_and_an_import_leaves_it(archive: Archive, tmp_path: Path) -> None:
    document = notes.add(archive, NOTE, who="desk")
    (tmp_path / "boats.txt").write_text("Ten boats.", "utf-8")
    run.run(archive, [tmp_path / "boats.txt"])
    run.reread(archive, [document.id])
    again = documents.get(archive.db, document.id)
    assert (again.text_version, again.metadata) == (document.text_version, document.metadata)


@pytest.mark.parametrize(
    ("note", "field"),
    [
        (Note("", "words"), "title"),
        (Note("Call", " \n "), "text"),
        (Note("Call", "words", date="yesterday"), "published"),
        (Note("Call", "words", language="?"), "language"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_is_left(archive: Archive, note: Note, field: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        notes.add(archive, note, who="desk")
    assert refused.value.facts["field"] == field
    assert documents.count(archive.db) == 0


def test_the_same_text_twice_is_refused(archive: Archive) -> None:
    notes.add(archive, NOTE, who="desk")
    with pytest.raises(InvalidValue, match="this very text"):
        notes.add(archive, Note("Another title", NOTE.text), who="desk")
    assert documents.count(archive.db) == 1
