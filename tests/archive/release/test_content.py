"""Content comes back as it was written, in whatever order, and every table has its place on one of two lists."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import connect, custody, migrations
from archive.connect import Database
from archive.container import Archive
from archive.errors import Damaged
from archive.release import content, sections
from archive.release.content import Record
from archive.release.root import content_root
from archive.release.writer import Writer
from tests.archive.conftest import Keep
from tests.archive.release.making import Content, contents


@contextmanager
def written(found: Content) -> Iterator[Database]:
    with connect.scratch() as db:
        migrations.archive.apply(db)
        bring(db, found)
        yield db


def bring(db: Database, found: Content) -> None:
    writer = Writer(db)
    for section, several in found.items():
        for record in several:
            if section != "original":
                writer.put(section, record)
    writer.finish()


def read(db: Database) -> Content:
    return {section: list(content.records(db, section)) for section in sections.SECTIONS}


def ordered(found: Content) -> Content:
    return {name: sorted(found[name], key=lambda record: content.key(name, record)) for name in sections.SECTIONS}


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=40)
@given(contents())
def test_what_is_written_is_read(found: Content) -> None:
    with written(found) as db:
        assert read(db) == ordered(found)
        assert not list(custody.breaks(db))
        assert not db.conn.execute("PRAGMA foreign_key_check").fetchall()
        for section, several in found.items():
            assert content.count(db, section) == len(several)
            for record in several:
                assert content.get(db, section, content.key(section, record)) == record


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=40)
@given(contents(), st.randoms(use_true_random=False))
def test_neither_order_nor_row_numbers_matter(found: Content, chance: object) -> None:
    # entries of custody about one record follow one another
    shuffled = {name: list(several) for name, several in found.items()}
    for name, several in shuffled.items():
        if name != "custody":
            chance.shuffle(several)  # type: ignore[attr-defined]
    with written(found) as one, written(shuffled) as other:
        for table in ("document_history", "source"):
            other.execute(f"UPDATE {table} SET rowid = rowid + 1000 WHERE rowid > 1")
        other.execute("UPDATE document SET open = 1")
        assert read(one) == read(other)
        assert content_root(one) == content_root(other)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=40)
@given(contents(), contents())
def test_one_archive_is_brought_up_to_another(old: Content, new: Content) -> None:
    new["original"] = old["original"] = []
    with written(old) as db, written(new) as wanted:
        before, after = read(db), read(wanted)
        writer = Writer(db)
        for name in reversed(sections.SECTIONS):
            kept = {content.key(name, record) for record in after[name]}
            for record in before[name]:
                if content.key(name, record) not in kept:
                    writer.remove(name, content.key(name, record))
        for name in sections.SECTIONS:
            for record in after[name]:
                writer.put(name, record)
        writer.finish()
        assert read(db) == after
        assert content_root(db) == content_root(wanted)
        assert not list(custody.breaks(db))


def test_every_table_and_column_of_an_archive_has_its_place() -> None:
    with connect.scratch() as db:
        migrations.archive.apply(db)
        tables = {row[0] for row in db.conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert not sections.RELEASED & sections.STAYS
        assert tables == sections.RELEASED | sections.STAYS
        for table in sections.RELEASED:
            there = {row[1] for row in db.conn.execute(f"PRAGMA table_info({table})")}
            assert there == released_columns(table) | sections.STAYING_COLUMNS.get(table, set()), table


def released_columns(table: str) -> set[str]:
    if table == "custody_content":
        return {"salt", "content"}
    if table in sections.SECTIONS:
        made = {"custody": {"nth", "salt", "content"}, "text_row": {"text"}}.get(table, set())
        return set(sections.SECTIONS[table].columns) - made
    return next(set(one.parts[table]) for one in sections.SECTIONS.values() if table in one.parts)


def test_a_record_that_names_a_missing_one_is_refused() -> None:
    fact: Record = dict.fromkeys(sections.SECTIONS["fact"].columns, "")
    with written({}) as db:
        with pytest.raises(Damaged):
            Writer(db).put("fact", {**fact, "uuid": "a", "subject": "b", "salt": "00"})
        writer = Writer(db)
        subject: Record = dict.fromkeys(sections.SECTIONS["subject"].columns, "")
        writer.put("subject", {**subject, "uuid": "a", "parent": "b", "merged": None})
        with pytest.raises(Damaged):
            writer.finish()


def test_reading_takes_no_memory_that_grows(archive: Archive, keep: Keep) -> None:
    for at in range(40):
        keep(f"{at} " + "A lantern stood in the harbour. " * 8000, title=str(at))
    content_root(archive.db)
    tracemalloc.start()
    try:
        content_root(archive.db)
        assert tracemalloc.get_traced_memory()[1] < 1_500_000  # the texts are 10 MB
    finally:
        tracemalloc.stop()
