"""What opened a release opens the one that deltas make of it; a full release has locks of its own, and that is said."""

from __future__ import annotations

from pathlib import Path

import pyrage
import pytest

from archive import keys, unlocking
from archive.cases.records import Kind
from archive.container import Archive
from archive.errors import CannotUnlock
from archive.release import publish
from archive.release.choice import Choice
from archive.release.publish import Locks as Opening
from archive.release.publish import Published
from archive.update import delta, planning, update
from archive.update.locking import Locks
from archive.update.update import Prepared
from tests.archive.cases.conftest import Make
from tests.archive.release.publishing import SECRET
from tests.archive.update.updating import TRUSTED, given

ONE, OTHER = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()


def release(archive: Archive, out: Path, date: str, *who: pyrage.x25519.Identity) -> Published:
    opening = Opening(recipients=tuple(str(one.to_public()) for one in who), open=not who)
    return publish.publish(archive, out, SECRET, Choice(date=date), opening, publisher="A desk")


def opened(path: Path, who: pyrage.x25519.Identity) -> keys.ArchiveKey:
    return unlocking.unlock(path, identities=(str(who),))


def prepared(mine: Path, source: Path, data: Path, key: keys.ArchiveKey) -> Prepared:
    plan = planning.plan(source, update.standing.read(mine).said)
    return update.prepare(mine, key, plan, TRUSTED, data=data)


@pytest.fixture
def mine(archive: Archive, out: Path, place: Path) -> Path:
    """The reader's release, which ONE opens."""
    return given(release(archive, out, "2026-11-28", ONE).path, place)


def test_a_delta_leaves_the_locks_as_they_were(
    archive: Archive, make: Make, mine: Path, out: Path, place: Path, data: Path
) -> None:
    key = opened(mine, ONE)
    make(Kind.PERSON, name="Someone")
    second = release(archive, out, "2026-12-05", OTHER)  # ONE is left out of it
    with (
        Archive(out / mine.name, key, write=False) as old,
        Archive(second.path, opened(second.path, OTHER), write=False) as new,
    ):
        change = delta.make(old, new, out, SECRET)
    # the reader wrapped the key anew, for a key or passphrase of their own
    own = pyrage.x25519.Identity.generate()
    slot = mine / "data/keys/recipients.age"
    slot.write_bytes(pyrage.encrypt(keys.serialise(key), [own.to_public()]))
    found = prepared(mine, change.path, data, key)
    assert found.locks is Locks.SAME
    update.switch(found, data)
    update.erase(found)
    assert (found.path / "data/keys/recipients.age").read_bytes() == slot.read_bytes()
    assert opened(found.path, own) == key
    for other in (ONE, OTHER):
        with pytest.raises(CannotUnlock):
            opened(found.path, other)


def test_a_full_release_opens_as_its_publisher_made_it(
    archive: Archive, make: Make, mine: Path, out: Path, data: Path
) -> None:
    key = opened(mine, ONE)
    make(Kind.PERSON, name="Someone")
    second = release(archive, out, "2026-12-05", OTHER)
    found = prepared(mine, second.path, data, key)
    assert found.locks is Locks.OTHER
    assert opened(found.path, OTHER) == key
    update.switch(found, data)
    make(Kind.PERSON, name="Another")
    third = release(archive, out, "2026-12-19")
    last = prepared(found.path, third.path, data, key)
    assert last.locks is Locks.NONE
    update.switch(last, data)
    make(Kind.PERSON, name="One more")
    fourth = release(archive, out, "2026-12-26")
    assert prepared(last.path, fourth.path, data, key).locks is Locks.SAME
