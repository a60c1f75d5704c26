"""Where a release lies and what lies beside it: paths of dots, small files that are stale, other updates."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

import pytest

from archive.container import Archive
from archive.errors import Damaged, EnvironmentFault
from archive.release.publish import Published
from archive.signing import bag, standing
from archive.update import installed, planning, update
from tests.archive.conftest import Keep
from tests.archive.release.publishing import published
from tests.archive.update.updating import given, made, prepared, root, updated


@dataclass(frozen=True)
class Line:
    """Three releases, and the reader's copy of the first."""

    first: Published
    second: Published
    third: Published
    mine: Path


@pytest.fixture
def line(archive: Archive, keep: Keep, out: Path, place: Path) -> Line:
    releases = []
    for day, words in (("2026-11-28", "One"), ("2026-12-05", "Two"), ("2026-12-19", "Three")):
        keep(words, title=words)
        releases.append(published(archive, out, date=day))
    return Line(*releases, given(releases[0].path, place))


def test_a_release_that_is_named_by_dots_is_left_as_it_is(
    line: Line, place: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for inside, dots in ((line.mine, "."), (line.mine / bag.DATA, "..")):
        monkeypatch.chdir(inside)
        found = prepared(Path(dots), line.third.path, data)
        assert found.path == place / line.third.path.name
        assert not bag.check(line.mine)
        update.drop(found)


def test_a_release_that_was_deleted_by_hand_can_be_installed_again(line: Line, place: Path, data: Path) -> None:
    shutil.rmtree(updated(line.mine, line.third.path, data).path)
    assert installed.in_use(line.mine, data) == line.mine
    assert installed.installed_number(place, line.first.statement) == 0
    again = updated(line.mine, line.third.path, data)
    assert root(again.path) == line.third.statement.content_root
    assert installed.in_use(line.mine, data) == again.path


def test_the_update_that_is_named_is_used_though_a_shorter_way_lies_beside(line: Line, out: Path) -> None:
    said, folder = standing.read(line.mine).said, out / "updates"
    folder.mkdir()
    steps = [made(line.first.path, line.second.path, folder), made(line.second.path, line.third.path, folder)]
    short = made(line.first.path, line.third.path, folder)
    assert planning.plan(steps[1].path, said).deltas == tuple(one.path for one in steps)
    assert planning.plan(short.path, said).deltas == (short.path,)
    assert planning.plan(folder, said).deltas == (short.path,)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_in_place_of_the_small_file_is_passed_over(line: Line, place: Path, data: Path) -> None:
    os.mkfifo(place / f"any{installed.CURRENT}")
    assert ended(lambda: installed.in_use(line.mine, data)) == line.mine


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_in_place_of_a_slot_is_damage(line: Line, out: Path, data: Path) -> None:
    os.mkfifo(line.mine / "data" / "keys" / "other.passphrase.age")
    change = made(line.first.path, line.second.path, out)
    with pytest.raises(Damaged):
        ended(lambda: prepared(line.mine, change.path, data))


def ended(work: Callable[[], object]) -> object:
    """What comes of work that might wait for ever: then the thread is left behind, and the test fails."""
    came: Future[object] = Future()

    def run() -> None:
        try:
            came.set_result(work())
        except BaseException as error:
            came.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return came.result(60)


def test_a_place_for_an_update_that_is_none_is_named(line: Line, out: Path) -> None:
    (out / "a file").write_bytes(b"")
    for wanted in (out / "nowhere" / "x", out / "a file" / "x", out / ("n" * 300)):
        with pytest.raises(EnvironmentFault) as refused:
            made(line.first.path, line.second.path, wanted)
        assert refused.value.facts["path"] == str(wanted)
    assert not list(out.glob(".*"))
