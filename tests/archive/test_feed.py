"""The change feed: no writer can forget it, not even one that uses plain SQL."""

from __future__ import annotations

from archive import documents, feed, texts
from archive.connect import writing
from archive.container import Archive
from archive.reading.result import Page, Reading
from archive.records import Name, Relation
from tests.archive.conftest import Keep


def test_every_kind_of_change_is_fed(archive: Archive, keep: Keep) -> None:
    document = keep("text")
    seen = feed.position(archive.db)
    assert seen > 0

    def changed() -> set[str]:
        nonlocal seen
        found = feed.changes(archive.db, seen, 100)
        seen = feed.position(archive.db)
        return {change.record for change in found}

    assert changed() == set()
    with writing(archive.db):
        documents.add_name(archive.db, document, Name("second", None, ""), "desk")
    assert changed() == {document.id}
    with writing(archive.db):
        texts.add(archive.db, document.row, Reading("text/plain", pages=(Page(0, "new"),)))
    assert changed() == {document.id}
    archive.db.conn.execute("UPDATE document SET title = 'plain SQL' WHERE row = ?", (document.row,))
    assert changed() == {document.id}
    other = keep("other")
    assert changed() == {other.id}
    with writing(archive.db):
        documents.add_parent(archive.db, document.row, other.row, Relation.MEMBER, "text.txt")
    assert changed() == {document.id}
    archive.db.conn.execute("DELETE FROM document_parent")
    assert changed() == {document.id}
    archive.db.conn.execute("PRAGMA foreign_keys = off")
    archive.db.conn.execute("DELETE FROM document WHERE row = ?", (document.row,))
    assert changed() == {document.id}


def test_changes_come_in_pages(archive: Archive, keep: Keep) -> None:
    for number in range(5):
        keep(f"text {number}")
    found, after = [], 0
    while page := feed.changes(archive.db, after, 3):
        found += page
        after = page[-1].seq
    assert [change.seq for change in found] == list(range(1, feed.position(archive.db) + 1))


def test_numbers_are_never_used_again(archive: Archive, keep: Keep) -> None:
    keep("text")
    position = feed.position(archive.db)
    archive.db.conn.execute("DELETE FROM change")
    document = keep("other")
    assert {change.record for change in feed.changes(archive.db, position, 10)} == {document.id}
