"""A changelog tells what was added, corrected and withdrawn, and never what must not be told."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from archive import corrections, custody, unlocking
from archive.cases import facts, judging, people, subjects
from archive.cases.records import Citation, Entry, Kind, State
from archive.container import Archive
from archive.errors import Damaged
from archive.notebook.purging import Named
from archive.records import Confidentiality, Document
from archive.release.publish import Published
from archive.update import changelog, comparing
from archive.update.changelog import Changelog, What
from archive.withdrawal import withdrawal
from archive.withdrawal.tombstones import Reason
from tests.archive.cases.conftest import Make, Say
from tests.archive.conftest import Keep
from tests.archive.release.publishing import published

NEXT = "2026-12-05"


def compared(old: Published, new: Published) -> comparing.Compared:
    """What leads from one release to the next."""
    with (
        Archive(old.path, unlocking.unlock(old.path), write=False) as one,
        Archive(new.path, unlocking.unlock(new.path), write=False) as other,
    ):
        return comparing.compare(one.db, other.db, old.statement, new.statement)


def test_what_was_added_and_corrected_is_told_with_its_source(
    archive: Archive, make: Make, say: Say, keep: Keep, document: Document, tmp_path: Path
) -> None:
    person = make(Kind.PERSON, name="Someone")
    (born,) = say(person, ("born", "1970"))
    old = published(archive, tmp_path)
    other = keep("Another page says so in other words.", title="Another page")
    cited = Citation(other.id, 1, 0, 20)
    (better,) = facts.record(archive.db, cited, [Entry(person.id, "born", "1971")], who="desk")
    judging.set_apart(
        archive.db, born.fact, State.CORRECTED, "The year was misread", who="desk", replaced_by=better.fact
    )
    corrections.correct(archive.db, document, replace(document.metadata, title="A page, corrected"), who="desk")
    new = published(archive, tmp_path, date=NEXT, notes="One year was wrong.")
    log = compared(old, new).log
    assert (log.base, log.number, log.date, log.notes, log.gone) == (1, 2, NEXT, "One year was wrong.", False)
    told = {(one.what, one.kind, one.title, one.field, one.old, one.new, one.source) for one in log.changes}
    assert told == {
        (What.ADDED, "document", "Another page", "", "", "", ""),
        (What.CORRECTED, "document", "A page, corrected", "title", "A page", "A page, corrected", ""),
        (What.CORRECTED, "fact", "Someone", "born", "1970", "1971", "Another page"),
    }
    (corrected,) = [one for one in log.changes if one.kind == "fact"]
    assert corrected.reason == "The year was misread"
    assert corrected in log.of(person.id)
    assert corrected in log.of(other.id)
    assert corrected in log.of(born.fact)
    assert corrected not in log.of(document.id)


def test_what_is_gone_is_named_nowhere(
    archive: Archive, make: Make, say: Say, keep: Keep, document: Document, tmp_path: Path
) -> None:
    gone = make(Kind.PERSON, name="Qzarina Qzulu")
    stays = make(Kind.PERSON, name="Someone")
    (worded,) = say(stays, ("position", "assistant to Qzarina Qzulu"))
    page = keep("Words about nobody.", title="Talk with Qzarina Qzulu")
    hidden = keep("Words that are hidden later.", title="Qzecret page")
    paper = keep("Other words about nobody.", title="Another talk")
    archive.db.conn.execute("UPDATE document_name SET shown = 'Talk qzulu.txt' WHERE document = ?", (paper.row,))
    old = published(archive, tmp_path)
    withdrawal.withdraw(archive, withdrawal.preview(archive.db, paper.id), Reason.LEGAL)
    corrections.correct(archive.db, page, replace(page.metadata, title="A talk"), who="desk")
    corrections.correct(archive.db, hidden, hidden.metadata, who="desk", confidentiality=Confidentiality.CONFIDENTIAL)
    judging.set_apart(archive.db, worded.fact, State.SUPERSEDED, "Not with Qzarina Qzulu any more", who="desk")
    withdrawal.withdraw(archive, withdrawal.preview(archive.db, gone.id), Reason.LEGAL)
    found = compared(old, published(archive, tmp_path, date=NEXT))
    log = found.log
    assert log.gone
    assert found.withdrawn >= {gone.id}
    assert "Qzarina Qzulu" in found.names
    assert {"Talk qzulu.txt", "Talk qzulu"} <= set(found.names)
    assert hidden.id not in found.withdrawn
    assert "Qzecret page" not in found.names  # what was only left out is not purged from notebooks
    assert "qz" not in repr(log).casefold()
    told = {one.record: one for one in log.changes}
    assert (told[gone.id].what, told[gone.id].kind, told[gone.id].reason) == (What.WITHDRAWN, "person", "legal")
    assert told[hidden.id].what is What.LEFT_OUT
    assert (told[page.id].old, told[page.id].new, told[page.id].hidden) == ("", "A talk", True)
    path = tmp_path / "kept.changes"
    key = unlocking.unlock(old.path)
    changelog.save(path, key, log)
    assert changelog.load(path, key) == log
    assert b"A talk" not in path.read_bytes()


def test_a_correction_for_safety_hides_the_old_value_once_and_for_all(
    archive: Archive, keep: Keep, tmp_path: Path
) -> None:
    page = keep("Words.", title="Qztold by one", publisher="A desk")
    old = published(archive, tmp_path)
    first = corrections.correct(archive.db, page, replace(page.metadata, title="Qzagain"), who="desk")
    safe = corrections.correct(
        archive.db, first, replace(first.metadata, title="Told by a witness"), who="desk", for_safety=True
    )
    new = published(archive, tmp_path, date=NEXT)
    (one,) = compared(old, new).log.changes
    assert (one.field, one.old, one.new, one.hidden) == ("title", "", "Told by a witness", True)
    assert [(c.old, c.new) for c in corrections.history(archive.db, page.id)] == [
        (corrections.HIDDEN, corrections.HIDDEN),
        (corrections.HIDDEN, "Told by a witness"),
    ]
    assert "Qz" not in str(archive.db.execute("SELECT content FROM custody_content").fetchall())
    assert not list(custody.breaks(archive.db))
    corrections.correct(archive.db, safe, replace(safe.metadata, publisher="Another desk"), who="desk")
    third = published(archive, tmp_path, date="2026-12-19")
    (later,) = compared(new, third).log.changes
    assert (later.field, later.old, later.hidden) == ("publisher", "A desk", False)


def test_who_was_taken_out_for_safety_is_named_apart_from_what_stands_around(
    archive: Archive, keep: Keep, tmp_path: Path
) -> None:
    page = keep("Words.", title="Letter of Qzarina Qzulu, Bangkok", authors=("齐小明", "A. Nunn", "Mara Lind"))
    other = keep("Others.", title="齐小明的来信")
    old = published(archive, tmp_path)
    safe = replace(page.metadata, title="Letter, Bangkok", authors=("Mara Lind",))
    corrections.correct(archive.db, page, safe, who="desk", for_safety=True)
    corrections.correct(archive.db, other, replace(other.metadata, title="某人的来信"), who="desk", for_safety=True)
    found = compared(old, published(archive, tmp_path, date=NEXT))
    assert {"Qzarina Qzulu", "A. Nunn", "齐小明"} <= set(found.names)
    named = Named(found.names)
    assert all(map(named.asks, ("qzulu qzarina", "letters by A. Nunn", "齐小明 来信")))
    assert not any(map(named.asks, ("Bangkok", "Lind", "来信", "letter")))


def test_it_stays_hidden_where_the_new_value_names_who_stays_behind(
    archive: Archive, keep: Keep, make: Make, tmp_path: Path
) -> None:
    person = make(Kind.PERSON, name="Ada Nunn")
    subjects.protect(archive.db, person.id, Confidentiality.CONFIDENTIAL, who="desk")
    page = keep("Words.", title="A page", published_words="Qzday", source_url="https://example.org/qz")
    old = published(archive, tmp_path)
    safe = replace(page.metadata, published_words="as Ada Nunn says", source_url="file:///home/nunn/page.txt")
    corrections.correct(archive.db, page, safe, who="desk", for_safety=True)
    new = published(archive, tmp_path, date=NEXT)
    changes = {one.field: one for one in compared(old, new).log.changes}
    assert set(changes) == {"published_words", "source_url"}
    assert all((one.old, one.hidden) == ("", True) for one in changes.values())
    with Archive(new.path, unlocking.unlock(new.path), write=False) as release:
        assert {(one.old, one.new) for one in corrections.history(release.db, page.id)} == {
            (corrections.HIDDEN, corrections.HIDDEN)
        }


def test_merging_two_persons_is_told(archive: Archive, make: Make, tmp_path: Path) -> None:
    one, other = make(Kind.PERSON, name="Person A"), make(Kind.PERSON, name="Person B")
    old = published(archive, tmp_path)
    people.merge(archive.db, one.id, other.id, "The same person", who="desk")
    log = compared(old, published(archive, tmp_path, date=NEXT)).log
    assert [(c.field, c.record) for c in log.changes if c.field == "merged"] == [("merged", other.id)]
    assert log.of(one.id)


def test_a_changelog_that_is_not_whole_is_damage(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "kept.changes"
    assert changelog.load(path, archive.key) is None
    log = Changelog("a", "b", 1, 2, "2026-12-05", "", ())
    changelog.save(path, archive.key, log)
    whole = path.read_bytes()
    for spoilt in (b"", whole[:-1], os.urandom(len(whole)), whole[:-3] + b"abc"):
        path.write_bytes(spoilt)
        with pytest.raises(Damaged):
            changelog.load(path, archive.key)
