"""An update builds the later release whole beside the one in use, proves it, and only then has it take that place."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import zlib
from itertools import pairwise
from pathlib import Path

import pytest

from archive import connect, corrections, documents, unlocking, verify
from archive.cases import judging
from archive.cases.records import Kind
from archive.cases.records import State as FactState
from archive.container import Archive
from archive.errors import AlreadyExists, Cancelled, Damaged
from archive.signing import bag, minisign, receipt, seal, standing
from archive.signing.errors import BadSignature, OtherKey
from archive.signing.receipt import State, Trusted
from archive.update import header as headers
from archive.update import installed, planning, stream, update
from archive.update.errors import NotADelta, NoUpdate, OlderRelease, OtherContent, UntrustedUpdate, WrongBase
from archive.withdrawal import withdrawal
from archive.withdrawal.tombstones import Reason
from tests import pages
from tests.archive.cases.conftest import Make, Say
from tests.archive.conftest import Keep
from tests.archive.release.publishing import SECRET, published
from tests.archive.update.updating import TRUSTED, given, made, prepared, root, updated

NEXT = "2026-12-05"
LATER = "2026-12-19"


def test_a_delta_leads_to_the_same_content_as_the_full_release(
    archive: Archive, make: Make, say: Say, keep: Keep, out: Path, data: Path, place: Path
) -> None:
    person = make(Kind.PERSON, name="Someone Somewhere")
    first = published(archive, out)
    say(person, ("born", "1970"))
    keep("Another page, with words of its own.", title="Another page")
    second = published(archive, out, date=NEXT)
    change = made(first.path, second.path, out)
    assert change.path.name == "desk-0001-0002.tamarisk-delta"
    mine = given(first.path, place)
    found = updated(mine, change.path, data)
    assert found.path == place / "desk-0002.tamarisk"
    assert root(found.path) == second.statement.content_root != first.statement.content_root
    assert installed.in_use(mine, data) == found.path
    with Archive(found.path, unlocking.unlock(found.path), write=False) as release:
        assert verify.check(release).faults == ()
        for identity in documents.identities(release.db):
            assert b"".join(release.originals.read(documents.get(release.db, identity).sha256))
        assert release.db.execute("SELECT count(*) FROM change").fetchone() == (0,)
    assert not bag.check(found.path)
    assert not list(place.glob(".*"))
    assert (found.path / "data/release.txt").read_bytes() == (second.path / "data/release.txt").read_bytes()


def test_a_chain_of_deltas_applies_in_order_and_the_old_files_are_reused(
    archive: Archive, make: Make, keep: Keep, out: Path, data: Path, place: Path
) -> None:
    releases = []
    for day, name in (("2026-11-28", "One"), (NEXT, "Two"), (LATER, "Three")):
        make(Kind.PERSON, name=name)
        releases.append(published(archive, out, date=day))
    deltas = [made(one.path, other.path, out) for one, other in pairwise(releases)]
    for release in releases[1:]:
        shutil.rmtree(release.path)
    mine = given(releases[0].path, place)
    plan = planning.plan(out, standing.read(mine).said)
    assert plan.deltas == tuple(one.path for one in deltas)
    assert planning.plan(deltas[1].path, standing.read(mine).said) == plan  # the one before lies beside it
    found = updated(mine, out, data)
    assert (found.said.number, root(found.path)) == (3, releases[2].statement.content_root)
    volume = "data/originals-0001.db"
    assert (mine / volume).stat().st_ino == (found.path / volume).stat().st_ino
    assert root(mine) == releases[0].statement.content_root
    assert found.log.base == 1
    shortcut = made(mine, found.path, place)  # a release that was put together is one to make deltas from
    assert shortcut.header.root == releases[2].statement.content_root


def test_a_full_release_is_installed_as_it_is(archive: Archive, make: Make, out: Path, data: Path, place: Path) -> None:
    first = published(archive, out)
    mine = given(first.path, place)
    make(Kind.PERSON, name="Someone")
    second = published(archive, out, date=NEXT)
    found = updated(mine, second.path, data)
    assert receipt.receipt(found.path, TRUSTED, full=True).state is State.VALID
    assert installed.in_use(mine, data) == found.path
    with pytest.raises(OlderRelease) as refused:
        prepared(found.path, first.path, data)
    assert refused.value.facts["installed"] == 2
    with pytest.raises(OlderRelease):  # the release that was opened is not the one in use any more
        prepared(mine, second.path, data)


def test_the_receipt_of_what_an_update_put_together_says_so(
    archive: Archive, make: Make, out: Path, data: Path, place: Path
) -> None:
    first = published(archive, out)
    make(Kind.PERSON, name="Someone")
    second = published(archive, out, date=NEXT)
    change = made(first.path, second.path, out)
    found = updated(given(first.path, place), change.path, data)
    seen = receipt.receipt(found.path, TRUSTED, full=True)
    assert (seen.state, seen.updated_from, seen.proven, seen.refused) == (State.UNPROVEN, 1, False, False)
    assert seen.statement == second.statement
    seen = receipt.receipt(found.path, TRUSTED, full=True, root=lambda: root(found.path))
    assert (seen.state, seen.proven) == (State.VALID, True)
    assert receipt.receipt(found.path, (), full=False).state is State.UNKNOWN_KEY
    other = Trusted(minisign.generate().public, "Others", found.said.archive)
    assert receipt.receipt(found.path, (other,), full=False).state is State.OTHER_KEY
    seen = receipt.receipt(found.path, TRUSTED, full=True, root=lambda: "0" * 64)
    assert (seen.state, seen.findings[0].path) == (State.TAMPERED, "data/archive.db")
    text = found.path / "data/release.txt"
    text.write_text(text.read_text().replace("Tamarisk-Release: 2", "Tamarisk-Release: 9"))
    assert receipt.receipt(found.path, TRUSTED, full=True).state is State.TAMPERED


def test_a_release_cannot_be_passed_off_as_one_that_was_updated(archive: Archive, make: Make, out: Path) -> None:
    """Whoever holds the key of a line, as every partner does, must not make others trust what they altered."""
    make(Kind.PERSON, name="Someone")
    release = published(archive, out)
    make(Kind.PERSON, name="Another")
    second = published(archive, out, date=NEXT)
    shutil.copy(release.path / "data/archive.db", second.path / "data/archive.db")
    (second.path / bag.SIGNATURE).unlink()
    info = {**bag.read(second.path).info, receipt.UPDATED: "1"}
    info.pop(bag.OXUM)
    bag.write(second.path, info)
    assert receipt.receipt(second.path, TRUSTED, full=True).state is State.UNPROVEN
    proven = receipt.receipt(second.path, TRUSTED, full=True, root=lambda: root(second.path))
    assert proven.state is State.TAMPERED


@pytest.mark.parametrize("body", [b"no packed text", zlib.compress(b"\xff\xfe")])
def test_what_cannot_be_read_is_not_what_was_signed(
    archive: Archive, keep: Keep, make: Make, out: Path, data: Path, place: Path, body: bytes
) -> None:
    """Whoever has the line's key may write anything into a release that was put together: it ends as a refusal."""
    keep("Words.", title="A page")
    first = published(archive, out)
    make(Kind.PERSON, name="Someone")
    second = published(archive, out, date=NEXT)
    found = updated(given(first.path, place), made(first.path, second.path, out).path, data)
    db = connect.connect(found.path / "data/archive.db", archive_key(found.path), "write")
    db.conn.execute("UPDATE text_row SET body = ?", (body,))
    connect.close(db)
    info = {name: value for name, value in bag.read(found.path).info.items() if name != bag.OXUM}
    bag.write(found.path, info)
    assert receipt.receipt(found.path, TRUSTED, full=False).state is State.UNPROVEN
    seen = receipt.receipt(found.path, TRUSTED, full=False, root=lambda: root(found.path))
    assert (seen.state, seen.findings[0].path) == (State.TAMPERED, "data/archive.db")
    make(Kind.PERSON, name="Another")
    third = published(archive, out, date=LATER)
    with pytest.raises((OtherContent, Damaged)):
        prepared(found.path, made(second.path, third.path, out).path, data)
    assert installed.in_use(found.path, data) == found.path
    assert root(updated(found.path, third.path, data).path) == third.statement.content_root  # a full one mends it


def archive_key(release: Path) -> connect.FileSecret:
    return unlocking.unlock(release).secret("archive")


def test_a_wrong_base_is_refused_and_the_right_one_named(
    archive: Archive, make: Make, out: Path, data: Path, place: Path
) -> None:
    releases = []
    for day, name in (("2026-11-28", "One"), (NEXT, "Two"), (LATER, "Three")):
        make(Kind.PERSON, name=name)
        releases.append(published(archive, out, date=day))
    last = made(releases[1].path, releases[2].path, out)
    mine = given(releases[0].path, place)
    with pytest.raises(WrongBase) as refused:
        prepared(mine, last.path, data)
    assert (refused.value.facts["needed"], refused.value.facts["installed"]) == (2, 1)
    with pytest.raises(WrongBase):
        made(releases[0].path, published(archive, out, line="far").path, out)
    with pytest.raises(NoUpdate):
        prepared(mine, place, data)
    assert sorted(path.name for path in place.iterdir()) == ["desk-0001.tamarisk"]


def test_only_the_publisher_can_update(archive: Archive, make: Make, out: Path, data: Path, place: Path) -> None:
    first = published(archive, out)
    make(Kind.PERSON, name="Someone")
    second = published(archive, out, date=NEXT)
    mine, stranger = given(first.path, place), minisign.generate()
    forged = made(first.path, second.path, place)
    forged.signature.write_text(minisign.sign(forged.path, stranger, headers.comment(forged.header)))
    with pytest.raises(OtherKey):
        prepared(mine, forged.path, data)
    with pytest.raises(OtherKey):  # nor where nobody has compared the key: it is the one that signed what is in use
        prepared(mine, forged.path, data, trusted=())
    change = made(first.path, second.path, out)
    with pytest.raises(UntrustedUpdate):
        prepared(mine, change.path, data, trusted=(Trusted(stranger.public, "Others", second.statement.archive),))
    assert prepared(mine, change.path, data, trusted=()).said == second.statement
    came = Trusted(stranger.public, "A publisher whose key came with the program")
    assert prepared(mine, change.path, data, trusted=(came,)).said == second.statement


def test_a_key_that_is_named_by_a_release_which_it_did_not_sign_updates_nothing(
    archive: Archive, make: Make, out: Path, data: Path, place: Path
) -> None:
    """Nobody signed what a release that an update put together says of its publisher's key."""
    releases = []
    for day, name in (("2026-11-28", "One"), (NEXT, "Two"), (LATER, "Three")):
        make(Kind.PERSON, name=name)
        releases.append(published(archive, out, date=day))
    mine, stranger = given(releases[0].path, place), minisign.generate()
    now = updated(mine, made(releases[0].path, releases[1].path, out).path, data).path
    info = {name: value for name, value in bag.read(now).info.items() if name != bag.OXUM}
    bag.write(now, {**info, seal.KEY: str(stranger.public)})
    forged = given(releases[2].path, data)
    seal.seal(forged, releases[2].statement, stranger)
    assert receipt.receipt(now, TRUSTED, full=True, root=lambda: root(now)).state is State.VALID
    with pytest.raises(UntrustedUpdate):
        prepared(now, forged, data)
    assert prepared(now, releases[2].path, data).said == releases[2].statement


def test_what_was_altered_or_cut_off_is_refused(
    archive: Archive, make: Make, out: Path, data: Path, place: Path
) -> None:
    first = published(archive, out)
    make(Kind.PERSON, name="Someone")
    second = published(archive, out, date=NEXT)
    change, mine = made(first.path, second.path, out), given(first.path, place)
    whole, signature = change.path.read_bytes(), change.signature.read_text()
    for spoilt in (whole[:-1], whole[:-20] + bytes([whole[-20] ^ 1]) + whole[-19:], whole + b"\0"):
        change.path.write_bytes(spoilt)
        with pytest.raises(BadSignature):
            prepared(mine, change.path, data)
    header = headers.read(change.path)
    change.path.write_bytes(whole)
    change.signature.write_text(signature.replace("number:2", "number:3"))
    with pytest.raises(BadSignature):
        prepared(mine, change.path, data)
    change.signature.unlink()
    with pytest.raises(NotADelta) as refused:
        prepared(mine, change.path, data)
    assert change.signature.name in str(refused.value.facts["why"])
    # signed by the publisher, and yet not what leads there
    for spoilt, expected in ((whole[:-1], Damaged), (whole[: whole.rindex(b"}\n") + 2], Damaged)):
        change.path.write_bytes(spoilt)
        change.signature.write_text(minisign.sign(change.path, SECRET, headers.comment(header)))
        with pytest.raises(expected):
            prepared(mine, change.path, data)
    assert sorted(path.name for path in place.iterdir()) == ["desk-0001.tamarisk"]
    assert installed.in_use(mine, data) == mine


def test_content_that_is_not_what_was_signed_is_refused(
    archive: Archive, make: Make, out: Path, data: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = published(archive, out)
    make(Kind.PERSON, name="Someone")
    second = published(archive, out, date=NEXT)
    mine = given(first.path, place)
    change = made(first.path, second.path, out)
    monkeypatch.setattr("archive.release.writer.Writer.put", lambda self, section, record: None)
    with pytest.raises(OtherContent):
        prepared(mine, change.path, data)
    assert sorted(path.name for path in place.iterdir()) == ["desk-0001.tamarisk"]


def test_minisign_accepts_the_signature_of_a_delta(archive: Archive, make: Make, out: Path) -> None:
    tool = shutil.which("minisign")
    if tool is None:
        pytest.skip("minisign is not installed")
    first = published(archive, out)
    make(Kind.PERSON, name="Someone")
    change = made(first.path, published(archive, out, date=NEXT).path, out)
    command = [tool, "-V", "-P", str(SECRET.public), "-m", str(change.path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "base:1" in done.stdout


def test_a_place_that_cannot_be_written_has_the_update_in_the_data_folder(
    archive: Archive, make: Make, out: Path, data: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = published(archive, out)
    make(Kind.PERSON, name="Someone")
    change = made(first.path, published(archive, out, date=NEXT).path, out)
    mine = given(first.path, place)
    really = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != place and really(path, mode))
    found = updated(mine, change.path, data)
    assert found.path == data / "releases" / found.said.archive / "desk-0002.tamarisk"
    assert installed.in_use(mine, data) == found.path
    assert [path.name for path in place.iterdir()] == [mine.name]
    assert stat.S_IMODE(found.path.parent.stat().st_mode) == 0o700


def test_cancelling_leaves_nothing_and_dropping_takes_it_away(
    archive: Archive, make: Make, out: Path, data: Path, place: Path
) -> None:
    first = published(archive, out)
    make(Kind.PERSON, name="Someone")
    change = made(first.path, published(archive, out, date=NEXT).path, out)
    mine = given(first.path, place)
    for stop in range(0, 40, 3):
        asked = iter(range(1000))
        try:
            found = prepared(mine, change.path, data, cancelled=lambda: next(asked) > stop)  # noqa: B023
        except Cancelled:
            assert [path.name for path in place.iterdir() if path.name != "desk-0002.tamarisk"] == [mine.name]
            continue
        update.drop(found)
    assert [path.name for path in place.iterdir()] == [mine.name]


def test_a_release_that_a_crash_left_unnamed_is_taken_up(
    archive: Archive, make: Make, out: Path, data: Path, place: Path
) -> None:
    first = published(archive, out)
    make(Kind.PERSON, name="Someone")
    change = made(first.path, published(archive, out, date=NEXT).path, out)
    mine = given(first.path, place)
    before = prepared(mine, change.path, data)
    inode = (before.path / "data/archive.db").stat().st_ino
    found = updated(mine, change.path, data)
    assert (found.path / "data/archive.db").stat().st_ino == inode
    (place / "desk-0003.tamarisk").mkdir()
    make(Kind.PERSON, name="Another")
    third = made(out / "desk-0002.tamarisk", published(archive, out, date=LATER).path, out)
    with pytest.raises(AlreadyExists):
        prepared(found.path, third.path, data)


def test_the_size_is_that_of_what_changed(
    archive: Archive, make: Make, say: Say, keep: Keep, out: Path, data: Path, place: Path
) -> None:
    from archive.release import content
    from archive.release.root import canonical
    from archive.release.sections import SECTIONS

    for at in range(40):
        keep(f"Page {at}. " + "Words that stay as they are. " * 200, title=f"Page {at}")
    first = published(archive, out)
    for at in range(12):
        keep("".join(f"{at * n * 7919 % 10007} " for n in range(900)), title=f"New {at}")
        say(make(Kind.PERSON, name=f"Person {at}"), ("born", "1970"))
    second = published(archive, out, date=NEXT)
    change = made(first.path, second.path, out)
    packer = zlib.compressobj(9)
    size = 0
    with (
        Archive(first.path, unlocking.unlock(first.path), write=False) as old,
        Archive(second.path, unlocking.unlock(second.path), write=False) as new,
    ):
        for section in SECTIONS:
            known = {content.key(section, one): one for one in content.records(old.db, section)}
            for one in content.records(new.db, section):
                if known.get(content.key(section, one)) != one:
                    size += len(packer.compress(canonical([section, one])))
                    if section == "original":
                        size += len(packer.compress(b"".join(new.originals.read(one["sha256"]))))
    size += len(packer.flush())
    assert change.size <= 1.3 * size
    assert change.size < (second.path / "data/archive.db").stat().st_size / 5


@pytest.mark.parametrize("length", [0, 1, stream.PIECE - 1, 5 * stream.PIECE + 3])
def test_a_stream_gives_back_what_was_written(archive: Archive, tmp_path: Path, length: int) -> None:
    path, words = tmp_path / "stream", os.urandom(length)
    with path.open("wb") as file:
        sealer = stream.Sealer(file, archive.key, b"before")
        sealer.write(b"a line\n" + b"0" * 3_000_000 + b"\n")
        sealer.write(words)
        sealer.close()
    assert path.stat().st_size < length * 1.01 + 5000
    with path.open("rb") as file:
        opener = stream.Opener(file, archive.key, b"before", "it")
        assert (opener.line(), opener.line()) == (b"a line", b"0" * 3_000_000)
        assert b"".join(opener.read(length)) == words
        assert opener.line() is None
    for before in (b"behind", b""):
        with path.open("rb") as file, pytest.raises(Damaged):
            stream.Opener(file, archive.key, before, "it").line()
    pieces = path.read_bytes()
    size = stream.PIECE + stream.TAG
    if len(pieces) > 2 * size:
        path.write_bytes(pieces[size : 2 * size] + pieces[:size] + pieces[2 * size :])
        with path.open("rb") as file, pytest.raises(Damaged):
            stream.Opener(file, archive.key, b"before", "it").line()


def test_a_correction_leads_on(archive: Archive, keep: Keep, out: Path, data: Path, place: Path) -> None:
    page = keep("What this page says.", title="A titel")
    first = published(archive, out)
    from dataclasses import replace

    corrections.correct(archive.db, page, replace(page.metadata, title="A title"), who="desk")
    second = published(archive, out, date=NEXT)
    found = updated(given(first.path, place), made(first.path, second.path, out).path, data)
    (one,) = found.log.changes
    assert (one.what, one.field, one.old, one.new) == ("corrected", "title", "A titel", "A title")
    assert found.log.of(page.id) == (one,)


def test_the_small_file_is_believed_only_where_the_release_says_the_same(
    archive: Archive, make: Make, out: Path, data: Path, place: Path
) -> None:
    first = published(archive, out)
    make(Kind.PERSON, name="Someone")
    second = published(archive, out, date=NEXT)
    mine = given(first.path, place)
    other = given(published(archive, out, line="far").path, place)
    installed.switch(place, second.statement)
    assert installed.in_use(mine, data) == mine  # the folder it names is not there
    other.rename(place / "desk-0002.tamarisk")
    assert installed.in_use(mine, data) == mine
    small = installed.file_of(place, second.statement)
    for content in (b"", b"[]", b'{"folder": "../../x"}', small.read_bytes().replace(b"desk-0002", b"../desk-2")):
        small.write_bytes(content)
        assert installed.in_use(mine, data) == mine
    shutil.rmtree(place / "desk-0002.tamarisk")
    found = updated(mine, second.path, data)
    assert installed.in_use(mine, data) == found.path


def test_originals_are_added_and_taken_out_without_touching_the_volumes_that_stay(
    archive: Archive, keep: Keep, out: Path, data: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.update.applying.APPENDED", 0)  # new originals go to a new volume
    goes, stays = (
        keep("Words of a page that goes. " * 50, title="Goes"),
        keep("Words of one that stays.", title="Stays"),
    )
    first = published(archive, out)
    keep("Words of a new page.", title="New")
    second = published(archive, out, date=NEXT)
    mine = given(first.path, place)
    before = {path.name: path.read_bytes() for path in (mine / "data").glob("originals-*.db")}
    two = updated(mine, made(first.path, second.path, out).path, data)
    assert sorted(path.name for path in (two.path / "data").glob("originals-*.db")) == [
        "originals-0001.db",
        "originals-0002.db",
    ]
    withdrawal.withdraw(archive, withdrawal.preview(archive.db, goes.id), Reason.ERROR)
    third = published(archive, out, date=LATER)
    assert {path.name: path.read_bytes() for path in (mine / "data").glob("originals-*.db")} == before
    kept = shutil.copytree(mine, place.parent / "kept" / mine.name)
    three = updated(two.path, made(two.path, third.path, out).path, data)
    assert root(three.path) == third.statement.content_root
    with Archive(three.path, unlocking.unlock(three.path), write=False) as release:
        assert verify.check(release).faults == ()
        assert b"".join(release.originals.read(stays.sha256)) == b"Words of one that stays."
        tokens = {row[0] for row in release.db.execute("SELECT token FROM original")}
        for number in release.originals.volumes():
            held = release.originals.database(number).conn.execute("SELECT DISTINCT token FROM chunk")
            assert {row[0] for row in held} <= tokens
    found = pages.holding(pages.of_archive(three.path, unlocking.unlock(three.path)), goes.sha256, "page that goes")
    assert found == []
    assert {path.name: path.read_bytes() for path in (Path(kept) / "data").glob("originals-*.db")} == before
    assert not mine.exists()


@pytest.mark.parametrize("nth", range(6))
def test_what_is_said_again_leads_on(
    archive: Archive, make: Make, say: Say, out: Path, data: Path, place: Path, nth: int
) -> None:
    """A value that was set aside is recorded again: on the way there are two of a kind of which there may be one. Which
    comes first is chance, by their UUIDs."""
    person = make(Kind.PERSON, name="Someone")
    (born,) = say(person, ("born", "1970"))
    first = published(archive, out)
    judging.set_apart(archive.db, born.fact, FactState.SUPERSEDED, "Somebody doubted it", who="desk")
    (again,) = say(person, ("born", "1970"))
    assert again.fact != born.fact
    second = published(archive, out, date=NEXT)
    found = updated(given(first.path, place), made(first.path, second.path, out).path, data)
    with (
        Archive(found.path, unlocking.unlock(found.path), write=False) as one,
        Archive(second.path, one.key, write=False) as other,
    ):
        indexes = "SELECT name, sql FROM sqlite_master WHERE type = 'index' ORDER BY name"
        assert one.db.execute(indexes).fetchall() == other.db.execute(indexes).fetchall()
