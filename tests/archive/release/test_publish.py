"""A release is whole, opens as an archive, says the same each time it is made, and is never half there."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from archive import backup, corrections, documents, slots, texts, unlocking, verify
from archive.cases import facts, judging, links, people, subjects
from archive.cases.links import Link
from archive.cases.records import Citation, Entry, Kind
from archive.container import Archive
from archive.errors import (
    AlreadyExists,
    Cancelled,
    Damaged,
    DiskFull,
    Frozen,
    InvalidValue,
    NoSuchLine,
    OriginalAbsent,
)
from archive.records import Confidentiality
from archive.release import lines
from archive.release.choice import Choice
from archive.release.publish import Locks, publish
from archive.release.root import content_root
from archive.signing import receipt
from archive.signing.receipt import State, Trusted
from archive.signing.standing import STATEMENT
from tests.archive.cases.conftest import Make, Say
from tests.archive.conftest import Keep
from tests.archive.release.publishing import DAY, SECRET, published

SIGNED = (STATEMENT, STATEMENT + ".minisig")


def test_a_release_is_whole_and_opens_as_an_archive(archive: Archive, make: Make, tmp_path: Path) -> None:
    person = make(Kind.PERSON, name="Someone Somewhere")
    made = published(archive, tmp_path, notes="What is new.")
    assert made.path == tmp_path / "desk-0001.tamarisk"
    found = receipt.receipt(made.path, [Trusted(SECRET.public, "A desk")], full=True)
    assert found.state is State.VALID
    assert found.statement == made.statement
    assert dict(made.statement.counts) == {"cases": 0, "documents": 1, "facts": 1, "originals": 1, "persons": 1}
    assert not list(tmp_path.glob(".*"))
    assert not list(made.path.rglob("*-wal"))
    with Archive(made.path, unlocking.unlock(made.path), write=False) as release:
        assert (release.mode, release.is_release, release.writable) == ("frozen", True, False)
        assert verify.check(release).faults == ()
        assert content_root(release.db) == made.statement.content_root
        assert subjects.get(release.db, person.id).label == "Someone Somewhere"
        (fact,) = facts.of_subject(release.db, subjects.get(release.db, person.id))
        assert fact.who == fact.sources[0].who == "editor 1"
        (identity,) = documents.identities(release.db)
        one = documents.get(release.db, identity)
        assert b"".join(release.originals.read(one.sha256)).decode() == texts.read(archive.db, one.row, 1).rstrip("\n")
        assert release.db.execute("SELECT count(*) FROM release_line").fetchone() == (0,)
        assert release.db.execute("SELECT count(*) FROM change").fetchone() == (0,)
        assert release.key.key != archive.key.key
    assert lines.releases_with(archive.db, person.id) == (("desk", 1),)


def test_a_release_is_never_written(archive: Archive, tmp_path: Path) -> None:
    made = published(archive, tmp_path)
    key = unlocking.unlock(made.path)
    with pytest.raises(Frozen):
        Archive(made.path, key, write=True)
    with pytest.raises(Frozen):
        slots.add_passphrase(made.path, key, "mine", "words")
    (made.path / "data" / "archive.db-wal").touch()
    with pytest.raises(Damaged):
        Archive(made.path, key, write=False)


def test_an_archive_put_beside_the_signed_one_is_not_opened_instead(
    archive: Archive, keep: Keep, tmp_path: Path
) -> None:
    older = published(archive, tmp_path, line="one").path
    keep("A page that came later.")
    made = published(archive, tmp_path, line="one").path
    shutil.copy(older / "data" / "archive.db", made / "archive.db")
    shutil.copytree(older / "data" / "keys", made / "keys")
    assert receipt.receipt(made, [Trusted(SECRET.public, "A desk")], full=True).state is State.DAMAGED
    for path in (made, made / "data"):
        with Archive(path, unlocking.unlock(path), write=False) as opened:
            assert (opened.is_release, opened.home) == (True, made / "data")
            assert len([*documents.identities(opened.db)]) == 1
        with pytest.raises(Frozen):
            Archive(path, unlocking.unlock(path), write=True)


def test_the_same_content_and_day_give_the_same_statement(archive: Archive, make: Make, tmp_path: Path) -> None:
    make(Kind.PERSON, name="Someone")
    (tmp_path / "elsewhere").mkdir()
    first = published(archive, tmp_path)
    again = published(archive, tmp_path / "elsewhere")
    assert again.statement == first.statement
    for name in (STATEMENT, STATEMENT + ".minisig"):
        assert (first.path / "data" / name).read_bytes() == (again.path / "data" / name).read_bytes()
    assert (first.path / "data/archive.db").read_bytes() != (again.path / "data/archive.db").read_bytes()
    other_day = published(archive, tmp_path, date="2026-11-29")
    assert (other_day.statement.number, other_day.statement.content_root) == (2, first.statement.content_root)
    make(Kind.PERSON, name="Someone else")
    later = published(archive, tmp_path, date="2026-11-29")
    assert later.statement.number == 3
    assert later.statement.content_root != first.statement.content_root
    opened = [unlocking.unlock(one.path) for one in (first, later)]
    assert opened[0] == opened[1]


def test_what_was_done_and_taken_back_is_not_told(
    archive: Archive, make: Make, say: Say, keep: Keep, tmp_path: Path
) -> None:
    one, other = make(Kind.PERSON, name="Someone"), make(Kind.PERSON, name="Another")
    page, copy = keep("A page of the desk."), keep("The same page once more.")
    links.add(archive.db, copy.id, Link.CITES, page.id, who="desk")
    before = published(archive, tmp_path / "before.tamarisk")
    second = "Another desk"
    links.add(archive.db, page.id, Link.CITES, copy.id, who=second)
    links.remove(archive.db, page.id, Link.CITES, copy.id, who=second)
    people.keep_apart(archive.db, one.id, other.id, "two persons", who=second)
    people.let_together(archive.db, one.id, other.id, who=second)
    people.unmerge(archive.db, people.merge(archive.db, one.id, other.id, "the same", who=second), who=second)
    recorded = facts.record(archive.db, Citation(page.id, 1, 0, 6), [Entry(one.id, "position", "x")], who=second)
    judging.undo(archive.db, recorded, who=second)
    for level in (Confidentiality.CONFIDENTIAL, Confidentiality.RESTRICTED):
        page = documents.get(archive.db, page.id)
        corrections.correct(archive.db, page, page.metadata, who=second, confidentiality=level)
    archive.db.conn.execute("VACUUM")
    after = published(archive, tmp_path / "after.tamarisk")
    assert after.statement == before.statement
    backup.backup(archive, tmp_path / "copy.tamarisk")
    with Archive(tmp_path / "copy.tamarisk", archive.key, write=True) as copied:
        copied_out = published(copied, tmp_path / "copied.tamarisk")
    signed = {(made.path / "data" / name).read_bytes() for made in (before, after, copied_out) for name in SIGNED}
    assert len(signed) == len(SIGNED)


def test_lines_have_keys_of_their_own(archive: Archive, tmp_path: Path) -> None:
    one, other = published(archive, tmp_path, line="near"), published(archive, tmp_path, line="far")
    assert unlocking.unlock(one.path).key != unlocking.unlock(other.path).key
    assert [line.name for line in lines.every(archive.db)] == ["far", "near"]
    with pytest.raises(NoSuchLine):
        published(archive, tmp_path)
    with pytest.raises(InvalidValue):
        published(archive, tmp_path, line="../up")


def test_nobody_opens_it_by_mistake(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(InvalidValue):
        publish(archive, tmp_path, SECRET, Choice(DAY), Locks(), publisher="A desk")
    made = publish(archive, tmp_path, SECRET, Choice(DAY), Locks("six random words"), publisher="A desk")
    assert slots.is_protected(made.path)
    assert made.cost == slots.passphrase_cost(made.path, "partner") > 9
    assert unlocking.unlock(made.path, "six random words").archive == archive.id


def test_a_slim_release_has_no_originals(archive: Archive, keep: Keep, tmp_path: Path) -> None:
    kept, stays = keep("one page"), keep("another page")
    slim = published(archive, tmp_path, slim=True)
    assert not list((slim.path / "data").glob("originals*"))
    with Archive(slim.path, unlocking.unlock(slim.path), write=False) as release:
        assert verify.check(release).faults == ()
        with pytest.raises(OriginalAbsent):
            release.originals.locate(kept.sha256)
    part = published(archive, tmp_path, text_only=frozenset({stays.id}))
    with Archive(part.path, unlocking.unlock(part.path), write=False) as release:
        assert b"".join(release.originals.read(kept.sha256)) == b"one page"
        with pytest.raises(OriginalAbsent):
            release.originals.locate(stays.sha256)
        assert documents.get(release.db, stays.id).characters


def test_what_was_stopped_leaves_nothing(archive: Archive, keep: Keep, tmp_path: Path) -> None:
    keep("one page")
    heard: list[str] = []
    published(archive, tmp_path / "whole.tamarisk", progress=lambda step: heard.append(step.work))
    out = tmp_path / "out"
    out.mkdir()
    for stop in range(0, len(heard), 3):
        steps: list[object] = []
        with pytest.raises(Cancelled):
            published(archive, out, progress=steps.append, cancelled=lambda steps=steps, stop=stop: len(steps) > stop)
        assert list(out.iterdir()) == []
    with pytest.raises(AlreadyExists):
        published(archive, tmp_path / "whole.tamarisk")


def test_a_full_disk_leaves_nothing(
    archive: Archive, keep: Keep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep("one page")
    out = tmp_path / "out"
    out.mkdir()

    def full(*args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        published(archive, out)
    assert list(out.iterdir()) == []
    assert lines.every(archive.db) == ()


def test_a_damaged_original_is_not_published(archive: Archive, keep: Keep, tmp_path: Path) -> None:
    keep("one page")
    archive.originals.database(1).execute("UPDATE chunk SET data = x'00'")
    with pytest.raises(Damaged):
        published(archive, tmp_path / "release.tamarisk")
    assert not (tmp_path / "release.tamarisk").exists()


DYING = """
import sys
from pathlib import Path
from archive import slots, unlocking
from archive.container import Archive
from tests.archive.release.publishing import published
path, out = map(Path, sys.argv[1:])
with Archive(path, unlocking.unlock(path), write=True) as archive:
    print("ready", flush=True)
    published(archive, out, progress=lambda step: print(step.work, step.where, flush=True))
"""


@pytest.mark.parametrize("last", ["ready", "release fact", "release original", "root document", "seal", "pages"])
def test_killed_at_any_moment_nothing_looks_like_a_release(
    last: str, archive: Archive, make: Make, tmp_path: Path
) -> None:
    make(Kind.PERSON, name="Someone")
    out = tmp_path / "out"
    out.mkdir()
    program = subprocess.Popen(
        [sys.executable, "-c", DYING, str(archive.path), str(out)], stdout=subprocess.PIPE, text=True
    )
    assert program.stdout is not None
    with program:
        for line in program.stdout:
            if line.startswith(last):
                program.send_signal(signal.SIGKILL)
                break
        program.wait()
    assert [path for path in out.iterdir() if not path.name.startswith(".")] == []
    for left in out.iterdir():
        assert receipt.receipt(left, [], full=True).state in receipt.REFUSED if (left / "bagit.txt").exists() else True
        long_ago = time.time() - 10_000
        os.utime(left, (long_ago, long_ago))
    made = published(archive, out)
    assert list(out.iterdir()) == [made.path]
    assert made.statement.number == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_or_a_file_without_end_in_place_of_a_key_is_refused(archive: Archive, tmp_path: Path) -> None:
    made = published(archive, tmp_path).path
    slot = made / "data" / "keys" / "open.key"
    slot.unlink()
    os.mkfifo(slot)
    with pytest.raises(Damaged, match=r"open\.key"):
        unlocking.unlock(made)
    slot.unlink()
    with slot.open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(Damaged, match=r"open\.key"):
        unlocking.unlock(made)
