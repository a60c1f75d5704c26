"""The self-test of a release that came with the program: found, held against its signature, opened, searched."""

from __future__ import annotations

from pathlib import Path

import pytest

import resources
from archive import container, unlocking
from archive.container import Archive
from archive.intake import run as intake
from archive.release import publish as publisher
from archive.release.choice import Choice
from archive.release.publish import Locks
from desktop import bundled
from desktop.cli import selftest_release
from desktop.workspace import Workspace
from tests.archive.release import publishing

TEXTS = Path(resources.__file__).parent / "selftest"
PASSPHRASE = "six plain words of a test"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A working archive with the texts in five scripts."""
    path = tmp_path / "desk.tamarisk"
    with Workspace(path, container.create(path), write=True) as workspace:
        assert intake.run(workspace.archive, [TEXTS]).added == 5
    return path


def publish(desk: Path, out: Path, locks: Locks = publishing.EVERYBODY) -> Path:
    out.mkdir(parents=True)
    with Archive(desk, unlocking.unlock(desk), write=True) as archive:
        return publisher.publish(
            archive, out, publishing.SECRET, Choice(date=publishing.DAY), locks, publisher="A desk"
        ).path


def test_a_bundled_release_is_searched_in_five_scripts_and_nothing_stays(
    desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    release = publish(desk, tmp_path / "out")
    before = sorted(release.rglob("*"))
    found = list(selftest_release.findings(release))
    assert all(one.ok for one in found), found
    assert [one.check for one in found] == ["signature", "bundled release", *["search"] * 5]
    asked = {one.detail.partition(":")[0]: one.detail for one in found[2:]}
    assert set(asked) == set(selftest_release.SCRIPTS)
    assert not [detail for detail in asked.values() if "in no text" in detail]
    assert publishing.SECRET.public.fingerprint() in found[0].detail
    assert sorted(release.rglob("*")) == before
    assert not (tmp_path / "share").exists()


def test_one_flipped_byte_is_found_and_its_file_named(desk: Path, tmp_path: Path) -> None:
    release = publish(desk, tmp_path / "out")
    file = release / "data" / "archive.db"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    (only,) = selftest_release.findings(release)
    assert not only.ok
    assert "data/archive.db" in only.detail


def test_a_protected_release_is_opened_with_its_passphrase_only(desk: Path, tmp_path: Path) -> None:
    release = publish(desk, tmp_path / "out", Locks(passphrase=PASSPHRASE))
    signature, told = selftest_release.findings(release)
    assert signature.ok
    assert "was not opened" in told.detail
    assert len(list(selftest_release.findings(release, PASSPHRASE))) == 7
    assert not list(selftest_release.findings(release, "another"))[-1].ok


@pytest.mark.parametrize("place", ["lib/tamarisk/releases", "share/tamarisk/releases"])
def test_releases_are_found_beside_the_program_and_where_the_package_puts_them(
    desk: Path, tmp_path: Path, place: str
) -> None:
    program = tmp_path / "usr" / "lib" / "tamarisk"
    program.mkdir(parents=True)
    assert bundled.releases(program) == ()
    release = publish(desk, tmp_path / "usr" / place)
    (release.parent / "not-a-release").mkdir()
    assert bundled.releases(program) == (release,)
