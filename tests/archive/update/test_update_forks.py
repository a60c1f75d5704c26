"""One number is never two releases: of an archive that was restored from an old backup nothing is taken unawares."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive import backup, documents, keys
from archive.cases import subjects
from archive.cases.records import Kind
from archive.container import Archive
from archive.errors import NumberTaken
from archive.release import lines
from archive.release.publish import Published
from archive.signing import standing
from archive.update import installed, planning
from archive.update.errors import SameNumber, WithdrawnIsBack, WrongBase
from archive.withdrawal import withdrawal
from archive.withdrawal.tombstones import Reason
from tests.archive.cases.conftest import Make
from tests.archive.conftest import Keep
from tests.archive.release.publishing import published
from tests.archive.update.updating import given, made, prepared, root, updated

NEXT, LATER = "2026-12-05", "2026-12-19"


class Fork:
    """An archive that published two releases and withdrew a page with the second, and its backup from before, which
    knows of the first alone and publishes another second one."""

    def __init__(self, archive: Archive, make: Make, keep: Keep, old: Archive, first: Published, out: Path) -> None:
        self.first, self.old = first, old
        page = next(iter(documents.identities(archive.db)))
        make(Kind.PERSON, name="Someone")
        withdrawal.withdraw(archive, withdrawal.preview(archive.db, page), Reason.PERSON)
        self.second = published(archive, out, date=NEXT)
        self.other = out / "other"
        self.other.mkdir()
        subjects.create(old.db, Kind.CASE, who="desk")
        self.forked = published(old, self.other, date=NEXT)


@pytest.fixture
def fork(archive: Archive, make: Make, keep: Keep, out: Path, tmp_path: Path) -> Iterator[Fork]:
    keep("Words of a page that is withdrawn.", title="A page")
    first = published(archive, out)
    copy = backup.backup(archive, tmp_path / "restored.tamarisk")
    with Archive(copy, archive.key, write=True) as old:
        yield Fork(archive, make, keep, old, first, out)


def test_another_release_with_the_installed_number_is_refused(fork: Fork, place: Path, data: Path) -> None:
    mine = updated(given(fork.first.path, place), fork.second.path, data).path
    before = root(mine)
    change = made(fork.first.path, fork.forked.path, fork.other)
    assert fork.forked.statement.number == 2
    for source in (fork.forked.path, change.path, fork.other):
        with pytest.raises(SameNumber) as refused:
            prepared(mine, source, data)
        assert refused.value.facts["number"] == 2
    offered = [one for one in planning.offers([fork.other]) if one.concerns(standing.read(mine).said)]
    assert {one.path for one in offered} == {fork.forked.path, change.path}
    assert not any(one.concerns(standing.read(mine).said) for one in planning.offers([place]))
    assert root(mine) == before
    assert installed.in_use(mine, data) == mine


def test_what_leads_on_from_the_other_one_is_refused(fork: Fork, place: Path, data: Path) -> None:
    mine = updated(given(fork.first.path, place), fork.second.path, data).path
    subjects.create(fork.old.db, Kind.CASE, who="desk")
    third = published(fork.old, fork.other, date=LATER)
    with pytest.raises(WrongBase) as refused:
        prepared(mine, made(fork.forked.path, third.path, fork.other).path, data)
    assert refused.value.facts["why"] == "content"
    with pytest.raises(WithdrawnIsBack) as back:
        prepared(mine, third.path, data)
    assert (back.value.facts["number"], back.value.facts["installed"]) == (3, 2)
    assert int(back.value.facts["count"]) >= 1
    assert [path.name for path in place.iterdir() if path.suffix == ".tamarisk"] == ["desk-0002.tamarisk"]
    # withdrawn there as well, it leads on
    page = next(iter(documents.identities(fork.old.db)))
    withdrawal.withdraw(fork.old, withdrawal.preview(fork.old.db, page), Reason.PERSON)
    fourth = published(fork.old, fork.other, date="2026-12-26")
    assert updated(mine, fourth.path, data).said.number == 4


def test_a_line_with_another_key_is_refused(fork: Fork, archive: Archive, place: Path, data: Path) -> None:
    """The backup was older than the line: its key was made anew, and opens nothing that partners have."""
    mine = given(fork.first.path, place)
    with archive.db.conn:
        archive.db.conn.execute(
            "UPDATE release_line SET slot = ?, number = 5", (keys.serialise(keys.generate(archive.id)),)
        )
    sixth = published(archive, fork.other, date=LATER)
    with pytest.raises(WrongBase) as refused:
        prepared(mine, sixth.path, data)
    assert (refused.value.facts["why"], refused.value.facts["path"]) == ("key", str(sixth.path))
    assert [path.name for path in place.iterdir()] == [mine.name]
    beside = given(sixth.path, place)
    with pytest.raises(WrongBase) as refused:
        prepared(mine, beside, data)
    assert (refused.value.facts["why"], refused.value.facts["path"]) == ("key", str(beside))
    assert sorted(path.name for path in place.iterdir()) == [mine.name, beside.name]


def test_nothing_is_published_over_a_number_that_was_given(fork: Fork, archive: Archive, out: Path) -> None:
    before = sorted(path.name for path in out.iterdir())
    for target in (out, out / "mine.tamarisk"):
        with pytest.raises(NumberTaken) as refused:
            published(fork.old, target, date=LATER)
        facts = refused.value.facts
        assert (facts["number"], facts["path"]) == (2, str(fork.second.path))
    assert sorted(path.name for path in out.iterdir()) == before
    assert lines.every(fork.old.db)[0].number == 2
    shutil.rmtree(fork.second.path)
    third = published(fork.old, out, date=LATER)
    assert third.statement.number == 3
    with pytest.raises(NumberTaken):  # the other one has given 2 and would give 3
        published(archive, out, date="2026-12-20")
    after = published(archive, out, date="2026-12-20", after=3)
    assert after.statement.number == 4
    assert lines.every(archive.db)[0].number == 4
    again = published(archive, out.parent, date="2026-12-20")
    assert (again.statement.number, again.statement.content_root) == (4, after.statement.content_root)
