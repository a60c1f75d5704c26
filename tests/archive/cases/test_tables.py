"""Whatever changes what a page of a record shows is told by the change feed, whoever writes it."""

from __future__ import annotations

import pytest

from archive import feed
from archive.cases import links
from archive.cases.links import Link
from archive.cases.records import Kind
from archive.container import Archive
from archive.records import Document
from tests.archive.cases.conftest import Make
from tests.archive.conftest import Keep


def told(archive: Archive, after: int) -> set[str]:
    return {change.record for change in feed.changes(archive.db, after, 1000)}


def test_an_event_that_goes_elsewhere_changes_both(archive: Archive, make: Make) -> None:
    case, other = make(Kind.CASE), make(Kind.CASE)
    event = make(Kind.EVENT, case.id)
    before = feed.position(archive.db)
    archive.db.conn.execute("UPDATE subject SET parent = ? WHERE row = ?", (other.row, event.row))
    assert told(archive, before) == {case.id, other.id, event.id}
    before = feed.position(archive.db)
    archive.db.conn.execute("DELETE FROM subject WHERE row = ?", (event.row,))
    assert told(archive, before) == {other.id, event.id}


@pytest.mark.parametrize("statement", ["DELETE FROM source", "UPDATE source SET fact = (SELECT max(row) FROM fact)"])
def test_a_source_that_goes_changes_what_it_was_of(archive: Archive, make: Make, statement: str) -> None:
    one, other = make(Kind.PERSON, name="A One"), make(Kind.PERSON, name="B Two")
    before = feed.position(archive.db)
    archive.db.conn.execute(statement)
    assert told(archive, before) == {one.id, other.id}


def test_a_fact_that_goes_over_changes_both(archive: Archive, make: Make) -> None:
    one, other = make(Kind.PERSON, name="A One"), make(Kind.PERSON)
    before = feed.position(archive.db)
    archive.db.conn.execute("UPDATE fact SET subject = ?", (other.row,))
    assert told(archive, before) == {one.id, other.id}


def test_links_change_what_rests_on_the_document(archive: Archive, make: Make, document: Document, keep: Keep) -> None:
    case, other = make(Kind.CASE, name="A case"), keep("Another page.")
    for change in (links.add, links.remove):
        before = feed.position(archive.db)
        change(archive.db, document.id, Link.TRANSLATION, other.id, who="desk")
        assert told(archive, before) == {case.id}
