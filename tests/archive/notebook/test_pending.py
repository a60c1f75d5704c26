"""A notebook that missed a withdrawal is purged of it when it is next at hand, and looked through no further."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive import meta, texts
from archive.connect import writing
from archive.container import Archive
from archive.notebook import notes, opening, pending, purging, shelves
from archive.notebook.opening import Notebook
from archive.notebook.records import Colour
from archive.records import Document
from archive.withdrawal import withdrawal
from archive.withdrawal.tombstones import Reason
from tests.archive.conftest import Keep
from tests.archive.withdrawal.conftest import packed, take_in


@pytest.fixture
def notebook(archive: Archive, tmp_path: Path) -> Iterator[Notebook]:
    with opening.of_archive(archive.key, protected=False, data=tmp_path / "data") as opened:
        yield opened


@pytest.fixture
def page(archive: Archive, notebook: Notebook, keep: Keep) -> Document:
    """A page that a note quotes, that is in a collection, was exported and searched for by its id."""
    page = keep("A lantern stood on the mountain. Nobody lit it.", title="A page")
    place = notes.passage(archive.db, page.id, 1, 0, 9)
    notes.add(notebook.db, page.id, "Ask again.", passage=place)
    notes.add(notebook.db, page.id, "", passage=place, colour=Colour.PINK)
    shelves.collect(notebook.db, shelves.make_collection(notebook.db, "Lanterns").id, (page.id,))
    shelves.note_export(notebook.db, "dossier", "pdf", [page.id])
    shelves.ask(notebook.db, f"id:{page.id}")
    return page


def test_what_was_missed_is_made_up_for_once(archive: Archive, notebook: Notebook, page: Document, keep: Keep) -> None:
    stays = keep("Words that stay.", title="Another page")
    kept = notes.add(notebook.db, stays.id, "Mine.", passage=notes.passage(archive.db, stays.id, 1, 0, 5))
    assert pending.purge(notebook, archive.db) is None
    withdrawal.withdraw(archive, withdrawal.preview(archive.db, page.id), Reason.PERSON)
    found = pending.purge(notebook, archive.db)
    assert found is not None
    assert (found.quotations, found.highlights, found.queries, len(found.exports)) == (1, 1, 1, 1)
    assert [notes.get(notebook.db, one).text for one in found.mentioning] == ["Ask again."]
    assert shelves.collections(notebook.db)[0].records == ()
    assert notes.get(notebook.db, kept.id) == kept
    before = notebook.db.conn.execute("PRAGMA data_version").fetchone()
    assert pending.purge(notebook, archive.db) is None
    assert notebook.db.conn.execute("PRAGMA data_version").fetchone() == before


def test_whoever_was_purged_in_time_is_not_told_again(archive: Archive, notebook: Notebook, page: Document) -> None:
    came = withdrawal.withdraw(archive, withdrawal.preview(archive.db, page.id), Reason.PERSON)
    purging.purge(notebook, archive.id, set(came.records), came.names)
    found = pending.purge(notebook, archive.db)
    assert found is None or found.nothing
    assert pending.purge(notebook, archive.db) is None


def test_what_comes_into_it_again_is_purged_again(archive: Archive, notebook: Notebook, page: Document) -> None:
    place = notes.passage(archive.db, page.id, 1, 0, 9)
    withdrawal.withdraw(archive, withdrawal.preview(archive.db, page.id), Reason.PERSON)
    assert pending.purge(notebook, archive.db)
    notes.add(notebook.db, page.id, "From a colleague.", passage=place)
    assert pending.pending(notebook, archive.db) == {page.id}
    found = pending.purge(notebook, archive.db)
    assert found is not None
    assert found.quotations == 1
    assert "lantern" not in str(notebook.db.conn.execute("SELECT * FROM note").fetchall())


@pytest.mark.parametrize("release", [False, True])
def test_what_was_quoted_of_a_container_goes_where_it_named_it(
    archive: Archive, notebook: Notebook, tmp_path: Path, release: bool
) -> None:
    papers = tmp_path / "papers.zip"
    papers.write_bytes(packed({"lantern.txt": b"A lantern stood there.", "river.txt": b"The river stays."}))
    held = take_in(archive, papers)
    listing, gone = held["papers.zip"], held["lantern.txt"]
    text = texts.read(archive.db, listing.row, 1)
    for name in ("lantern.txt", "river.txt"):
        at = text.index(name)
        passage = notes.passage(archive.db, listing.id, 1, at, at + len(name))
        notes.add(notebook.db, listing.id, f"On {passage.page}.", passage=passage)
    withdrawal.withdraw(archive, withdrawal.preview(archive.db, gone.id), Reason.PERSON)
    if release:  # which does not say which originals went
        with writing(archive.db):
            archive.db.conn.execute("DELETE FROM stripped")
    found = pending.purge(notebook, archive.db)
    assert found is not None
    assert found.quotations == 1
    quoted = [note.passage.quote for note in notes.every(notebook.db) if note.passage]
    assert quoted == ["river.txt"]
    assert "lantern" not in str(notebook.db.conn.execute("SELECT * FROM note").fetchall())


def test_ten_thousand_withdrawals_cost_nothing_at_opening(archive: Archive, notebook: Notebook) -> None:
    """A plan that looks records up, and reads no table of the notebook through."""
    rows = notebook.db.conn.execute("EXPLAIN QUERY PLAN " + pending.QUERY, ("[]",)).fetchall()
    assert [row[3] for row in rows if row[3].startswith("SCAN")] == ["SCAN t VIRTUAL TABLE INDEX 1:"]


def test_names_that_were_noted_before_are_searched_for_and_forgotten(
    archive: Archive, notebook: Notebook, page: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = withdrawal.preview(archive.db, page.id)
    assert seen.names == ("A page", "47.txt")  # its title, and the name of the file
    shelves.ask(notebook.db, "a page")
    shelves.ask(notebook.db, "une page")
    pending.intend(notebook, seen.id, seen.names)
    assert pending.purge(notebook, archive.db) is None  # it may be under way just now
    assert notebook.db.conn.execute("SELECT count(*) FROM leaving").fetchone() == (2,)
    withdrawal.withdraw(archive, seen, Reason.PERSON)
    spelling = purging.Spelling(others=lambda name: ("une page",) if name == "A page" else ())
    found = pending.purge(notebook, archive.db, spelling)
    assert found is not None
    assert found.queries == 3
    assert shelves.history(notebook.db) == ()
    assert notebook.db.conn.execute("SELECT count(*) FROM leaving").fetchone() == (0,)


def test_names_of_what_was_not_withdrawn_after_all_do_not_stay(
    archive: Archive, notebook: Notebook, page: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meta, "now", lambda: "2020-01-01T00:00:00Z")
    pending.intend(notebook, page.id, ("A page",))
    monkeypatch.undo()
    assert pending.purge(notebook, archive.db) is None
    assert notebook.db.conn.execute("SELECT count(*) FROM leaving").fetchone() == (0,)
