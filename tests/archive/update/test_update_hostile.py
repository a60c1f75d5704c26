"""What lies on a stick or beside a release may be anything: it is refused, and nothing is lost over it."""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from archive import unlocking
from archive.cases.records import Kind
from archive.container import Archive, create
from archive.errors import AlreadyExists, ArchiveMissing, Damaged
from archive.release.publish import Published
from archive.signing import bag, minisign, receipt, seal, standing, statement
from archive.update import delta, installed, planning, update, work
from archive.update import header as headers
from archive.update.errors import NoDelta, NotADelta, OlderRelease, UntrustedUpdate, WrongBase
from tests.archive.cases.conftest import Make
from tests.archive.release.publishing import SECRET, published
from tests.archive.update.updating import given, made, prepared, root, updated

NEXT, LATER = "2026-12-05", "2026-12-19"


class Line:
    """Two releases, the delta between them, and the reader's copy of the first."""

    def __init__(self, archive: Archive, make: Make, out: Path, place: Path) -> None:
        self.first = published(archive, out)
        make(Kind.PERSON, name="Someone")
        self.second: Published = published(archive, out, date=NEXT)
        self.delta = made(self.first.path, self.second.path, out)
        self.mine = given(self.first.path, place)


@pytest.fixture
def line(archive: Archive, make: Make, out: Path, place: Path) -> Line:
    return Line(archive, make, out, place)


def within(seconds: float, work: Callable[[], object]) -> None:
    """Do something that must not wait for ever."""
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(seconds)
    assert not thread.is_alive()


def test_a_header_may_be_anything(line: Line, out: Path) -> None:
    whole = line.delta.path.read_bytes()
    said = json.loads(whole.split(b"\n")[1])
    lies: list[bytes] = [b"[" * 60_000, b"null", b"7", b"{}", b"[]"]
    for name, value in (
        ("archive", "x"),
        ("line", ""),
        ("line", "a\nb"),
        ("line", "\ud800"),
        ("base", 0),
        ("base", 2),
        ("base", True),
        ("number", 10**30),
        ("root", "0"),
        ("date", "today"),
        ("statement", None),
        ("format", "3"),
    ):
        lies.append(json.dumps({**said, name: value}).encode())
    for at, lie in enumerate(lies):
        (out / f"lie-{at}{delta.ENDING}").write_bytes(headers.OPENING + lie + b"\n")
        with pytest.raises(NotADelta):
            headers.read(out / f"lie-{at}{delta.ENDING}")
    assert [one.path for one in planning.offers([out]) if one.base] == [line.delta.path]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
def test_a_pipe_is_not_waited_for(line: Line, out: Path) -> None:
    pipe = out / f"pipe{delta.ENDING}"
    os.mkfifo(pipe)
    within(10, lambda: planning.offers([out]))
    with pytest.raises(NotADelta):
        headers.read(pipe)


def test_what_cannot_be_looked_at_is_passed_over(line: Line, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken, really = out / "broken", os.stat
    broken.mkdir()

    def look(path: object, *more: object, **how: object) -> os.stat_result:
        if Path(str(path)) == broken:
            raise OSError(errno.EIO, "Input/output error")
        return really(path, *more, **how)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(os, "stat", look)
        assert len(planning.offers([out])) == 3


def test_operations_that_are_none_are_refused(line: Line, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Signed by the publisher, and yet no record: a program's error ends as a refusal, not as a crash."""
    for lie in (b"7", b'["+", [], {}]', b"[" * 50_000, b'["+", "document", {}]', b'["-", "document", 7]', b'["+"]'):

        class Lying(delta.Opener):
            told = False

            def line(self) -> bytes | None:
                self.told, before = True, self.told
                return None if before else lie  # noqa: B023

        with monkeypatch.context() as patch:
            patch.setattr(delta, "Opener", Lying)
            with pytest.raises((NotADelta, Damaged)):
                prepared(line.mine, line.delta.path, data)
    assert [path.name for path in line.mine.parent.iterdir()] == [line.mine.name]


def test_a_release_that_was_there_before_is_not_taken_away(line: Line, place: Path, data: Path) -> None:
    theirs = given(line.second.path, place)
    found = prepared(line.mine, theirs, data)
    assert found.path == theirs
    update.drop(found)
    assert bag.check(theirs) == ()
    found = prepared(line.mine, line.delta.path, data)  # which leads to the same
    update.drop(found)
    assert bag.check(theirs) == ()
    found = prepared(line.mine, theirs, data)
    update.switch(found, data)
    assert installed.in_use(line.mine, data) == theirs


def test_a_small_file_cannot_have_anything_else_deleted(line: Line, place: Path, data: Path, archive: Archive) -> None:
    """Whoever puts one beside a release, on a stick or in a download, must not reach what lies there too."""
    desk, far = place / "casework-2024.tamarisk", place / "far-0001.tamarisk"
    key = create(desk)
    shutil.copytree(published(archive, place.parent, line="far").path, far)
    found = updated(line.mine, line.delta.path, data)
    small = installed.file_of(place, found.said)
    said = json.loads(small.read_bytes())
    said["leaving"] = [desk.name, far.name, line.mine.name, "gone-0001.tamarisk"]
    small.write_text(json.dumps(said))
    assert installed.finish(place, found.said) == ()
    assert not line.mine.exists()
    Archive(desk, key, write=True).close()
    assert bag.check(far) == ()
    assert installed.read(small).leaving == ()  # type: ignore[union-attr]


def test_nothing_is_deleted_where_the_release_in_use_is_not_there(line: Line, place: Path, data: Path) -> None:
    found = prepared(line.mine, line.delta.path, data)
    update.switch(found, data)
    installed.switch(place, found.said, (line.mine.name,))
    shutil.move(found.path, place.parent / "elsewhere.tamarisk")
    assert installed.finish(place, found.said) == (line.mine,)
    assert bag.check(line.mine) == ()


def test_what_is_to_go_is_still_to_go_after_the_next_update(
    line: Line, archive: Archive, make: Make, out: Path, place: Path, data: Path
) -> None:
    """A crash, or an open file on Windows, left a release that holds what was withdrawn."""
    found = prepared(line.mine, line.delta.path, data)
    installed.switch(place, found.said, (line.mine.name,))
    make(Kind.PERSON, name="Another")
    third = made(line.second.path, published(archive, out, date=LATER).path, out)
    later = updated(found.path, third.path, data)
    assert not later.log.gone
    assert not line.mine.exists()
    assert found.path.exists()


def test_deleting_may_be_ended_anywhere(line: Line, place: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = updated(line.mine, line.delta.path, data)
    kept = place.parent / "kept"
    shutil.move(line.mine, kept)
    for stop in range(1, 40):
        shutil.copytree(kept, line.mine)
        installed.switch(place, found.said, (line.mine.name,))
        calls, unlink, rmdir = iter(range(1000)), os.unlink, os.rmdir

        def ending(really: Callable[..., None], calls: object = calls, stop: int = stop) -> Callable[..., None]:
            def act(*given: object, **how: object) -> None:
                if next(calls) >= stop:  # type: ignore[call-overload]
                    raise KeyboardInterrupt
                really(*given, **how)

            return act

        ended = True
        with monkeypatch.context() as patch:
            patch.setattr(os, "unlink", ending(unlink))
            patch.setattr(os, "rmdir", ending(rmdir))
            try:
                installed.finish(place, found.said)
            except KeyboardInterrupt:
                ended = False
        assert installed.finish(place, found.said) == ()
        assert not line.mine.exists()
        if ended:
            assert stop > 5
            return
    raise AssertionError("never done")


@pytest.mark.parametrize("content", [b'{"number": Infinity}', b"[" * 50_000, b"", b"7"])
def test_a_small_file_may_hold_anything(line: Line, place: Path, content: bytes) -> None:
    small = installed.file_of(place, line.second.statement)
    whole = {"archive": "a", "line": "b", "folder": "desk-0002.tamarisk", "leaving": []}
    small.write_bytes(content.replace(b"{", json.dumps(whole).encode()[:-1] + b", ", 1))
    assert installed.read(small) is None


def test_the_base_is_of_the_archive_that_the_key_opens(line: Line, data: Path) -> None:
    """Keys are trusted for an archive; another one's name would have them looked up as if none were."""
    other = minisign.generate()
    text = (line.mine / "data/release.txt").read_text()
    archive_id = line.second.statement.archive
    text = text.replace(archive_id, archive_id[::-1].replace("-", "")[:8] + archive_id[8:])
    said = standing.parse(line.mine, text, "").said
    signature = minisign.sign(text.encode(), other, statement.to_comment(said))
    standing.write(line.mine / "data", standing.Standing(said, text, signature))
    info = bag.read(line.mine).info
    kept = {**statement.to_info(said), seal.KEY: str(other.public), receipt.UPDATED: "1"}
    assert set(kept) - {receipt.UPDATED} <= set(info)
    (line.mine / bag.SIGNATURE).unlink()
    bag.write(line.mine, kept)
    plan = planning.Plan((line.delta.path,), None, 2, NEXT, 1)
    with pytest.raises(UntrustedUpdate):
        update.prepare(line.mine, unlocking.unlock(line.mine), plan, (), data=data)


def test_a_plan_is_not_believed(line: Line, archive: Archive, make: Make, out: Path, data: Path) -> None:
    """What a stick says when it is looked through and when it is read may differ."""
    far = published(archive, out, line="far")
    key = unlocking.unlock(line.mine)
    for plan, refusal in (
        (planning.Plan((), line.first.path, 9, NEXT, 1), OlderRelease),
        (planning.Plan((), far.path, 9, NEXT, 1), WrongBase),
    ):
        with pytest.raises(refusal):
            update.prepare(line.mine, key, plan, (), data=data)
    assert [path.name for path in line.mine.parent.iterdir()] == [line.mine.name]


def test_a_folder_with_a_forged_statement_is_not_taken_up(line: Line, data: Path) -> None:
    found = prepared(line.mine, line.delta.path, data)
    signature = found.path / "data/release.txt.minisig"
    said = standing.read(found.path)
    signature.write_text(minisign.sign(said.text.encode(), minisign.generate(), statement.to_comment(said.said)))
    bag.write(found.path, {name: value for name, value in bag.read(found.path).info.items() if name != bag.OXUM})
    assert not bag.check(found.path)
    with pytest.raises(AlreadyExists):
        prepared(line.mine, line.delta.path, data)


def test_two_at_once_have_the_same_release(line: Line, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    really, inner = work.Work._list, []

    def first(self: work.Work, *given: object) -> None:
        really(self, *given)  # type: ignore[arg-type]
        monkeypatch.setattr(work.Work, "_list", really)
        inner.append(prepared(line.mine, line.delta.path, data))

    monkeypatch.setattr(work.Work, "_list", first)
    outer = prepared(line.mine, line.delta.path, data)
    assert (outer.path, outer.made, inner[0].made) == (inner[0].path, False, True)
    update.drop(outer)
    update.switch(inner[0], data)
    assert root(installed.in_use(line.mine, data)) == line.second.statement.content_root
    assert not list(line.mine.parent.glob(".*.new"))


def test_what_was_taken_away_meanwhile_is_not_put_in_use(line: Line, data: Path) -> None:
    found = prepared(line.mine, line.delta.path, data)
    update.drop(found)
    with pytest.raises(ArchiveMissing):
        update.switch(found, data)
    assert installed.in_use(line.mine, data) == line.mine


def test_an_update_is_signed_with_the_key_of_its_release(line: Line, place: Path) -> None:
    with pytest.raises(NoDelta) as refused:
        made(line.first.path, line.second.path, place, secret=minisign.generate())
    assert refused.value.facts["why"] == "key"
    with pytest.raises(NoDelta) as refused:
        made(line.second.path, line.first.path, place)
    assert refused.value.facts["why"] == "order"
    alone = place / line.delta.signature.name
    alone.write_text("what a crash left")
    assert delta.signed_by(made(line.first.path, line.second.path, place).path, (SECRET.public,))
    assert sorted(path.name for path in place.iterdir()) == sorted(
        [line.mine.name, line.delta.path.name, line.delta.signature.name]
    )


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_whoever_could_open_the_release_can_open_the_next(line: Line, place: Path, data: Path) -> None:
    for path in (line.mine, *line.mine.rglob("*")):
        path.chmod(0o750 if path.is_dir() else 0o440)
    found = updated(line.mine, line.delta.path, data)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (found.path, *found.path.rglob("*")) if path.is_dir()}
    assert modes == {0o750}
    modes = {stat.S_IMODE(path.stat().st_mode) for path in found.path.rglob("*") if path.is_file()}
    assert modes == {0o640}
    for beside in (installed.file_of(place, found.said), installed.changes_file(found.path)):
        assert stat.S_IMODE(beside.stat().st_mode) == 0o640
