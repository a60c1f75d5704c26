"""Passages are read from the stored text, and found again in a newer version of it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import documents, texts
from archive.cases import facts, passages, subjects
from archive.cases.records import Citation, Entry, Kind, Source
from archive.connect import writing
from archive.container import Archive
from archive.errors import InvalidValue
from archive.reading.result import Page, Reading
from archive.records import Document, Metadata
from tests.archive.conftest import Keep

LONG = "".join(f"Sentence {n} about nothing. 第{n}句。 " for n in range(1500))


def source_of(archive: Archive, document: Document, start: int, end: int) -> Source:
    programme = subjects.create(archive.db, Kind.PROGRAMME, who="desk")
    citation = Citation(document.id, 1, start, end)
    (one,) = facts.record(archive.db, citation, [Entry(programme.id, "practice", "A practice")], who="desk")
    return facts.get(archive.db, one.fact).sources[0]


def new_version(archive: Archive, document: Document, text: str) -> None:
    reading = Reading("text/plain", Metadata(), (Page(0, text),), extractor="better")
    with writing(archive.db):
        texts.add(archive.db, document.row, reading)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(start=st.integers(0, len(LONG) - 1), length=st.integers(1, 4000))
def test_what_is_quoted_is_what_stands_there(archive: Archive, keep: Keep, start: int, length: int) -> None:
    document = _once(archive, keep)
    end = min(len(LONG), start + length)
    found = passages.quoted(archive.db, document.id, 1, start, end)
    assert found.quote == LONG[start:end]
    assert found.before == LONG[max(0, start - 30) : start]
    assert found.after.rstrip("\n") == LONG[end : end + 30].rstrip("\n")


def _once(archive: Archive, keep: Keep) -> Document:
    row = archive.db.conn.execute("SELECT uuid FROM document").fetchone()
    return documents.get(archive.db, row[0]) if row else keep(LONG)


def test_a_passage_is_found_again_where_its_surroundings_fit(archive: Archive, keep: Keep) -> None:
    document = keep("The bureau moved. Later the bureau closed. Then nothing.")
    source = source_of(archive, document, 28, 34)
    assert source.quote == "bureau"
    new_version(archive, document, "Title. The bureau moved. Later the bureau closed. Then nothing. The bureau again.")
    anchor = passages.anchored(archive.db, source)
    assert (anchor.version, anchor.start, anchor.moved, anchor.lost) == (2, 35, True, False)
    assert passages.matches(archive.db, source)


def test_a_passage_that_is_gone_is_said_to_be_lost(archive: Archive, keep: Keep) -> None:
    document = keep("The bureau moved.")
    source = source_of(archive, document, 4, 10)
    new_version(archive, document, "Something else.")
    assert passages.anchored(archive.db, source).lost


def test_a_passage_that_no_longer_matches_is_told(archive: Archive, keep: Keep) -> None:
    source = source_of(archive, keep("The bureau moved."), 4, 10)
    archive.db.execute("UPDATE source SET quote = 'office' WHERE uuid = ?", (source.id,))
    (changed,) = facts.get(archive.db, source.fact).sources
    assert not passages.matches(archive.db, changed)


def test_too_long_a_passage_is_refused(archive: Archive, keep: Keep) -> None:
    with pytest.raises(InvalidValue):
        passages.quoted(archive.db, keep(LONG).id, 1, 0, passages.LONGEST + 1)
