"""The helpers in .ci/linux: packages that dpkg reads, the same bytes twice, and no locale taken out that is needed."""

from __future__ import annotations

import lzma
import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import PIL
import pytest

from archive import connect, container, unlocking
from archive.container import Archive
from archive.intake import run as intake
from archive.release.choice import Choice
from archive.release.publish import publish
from archive.signing import bag
from tests.archive.release import publishing
from tests.archive.update import updating
from tests.benchmarks import corpora
from tests.packaging import CI, module

HERE = CI / "linux"
MOMENT = 1_700_000_000

deb, icu, package, portable, runpath = map(module, ("deb", "icu", "package", "portable", "runpath"))


def tree(folder: Path) -> Path:
    """A tree with a program, a library, a link, and permissions that differ by who made it."""
    (folder / "usr/bin").mkdir(parents=True)
    (folder / "usr/lib/x").mkdir(parents=True)
    (folder / "usr/lib/x/program").write_bytes(b"#!/bin/sh\necho ok\n")
    (folder / "usr/lib/x/program").chmod(0o700)
    (folder / "usr/lib/x/lib.so.1").write_bytes(b"\xe8\x01\x02\x03\x04" * 999)
    (folder / "usr/lib/x/lib.so.1").chmod(0o775)
    (folder / "usr/bin/program").symlink_to("../lib/x/program")
    return folder


@pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="dpkg-deb is not installed")
def test_a_package_is_read_by_dpkg_and_the_same_twice(tmp_path: Path) -> None:
    scripts = tmp_path / "scripts"
    scripts.mkdir()
    (scripts / "postrm").write_text("#!/bin/sh\n")
    made = []
    for name in ("one", "two"):
        target = tmp_path / f"{name}.deb"
        described = deb.Package("x", "1", "libc6", "what it is\nMore.\n\nAnd more.")
        deb.build(described, tree(tmp_path / name), scripts, target, MOMENT)
        made.append(target)
    assert made[0].read_bytes() == made[1].read_bytes()
    told = subprocess.run(["dpkg-deb", "--field", made[0]], capture_output=True, text=True, check=True).stdout
    assert "Package: x\n" in told
    assert "Description: what it is\n More.\n .\n And more." in told
    subprocess.run(["dpkg-deb", "-R", made[0], tmp_path / "out"], check=True)
    out = tmp_path / "out"
    assert (out / "usr/lib/x/lib.so.1").read_bytes() == b"\xe8\x01\x02\x03\x04" * 999
    assert os.readlink(out / "usr/bin/program") == "../lib/x/program"
    assert (out / "usr/lib/x/program").stat().st_mode & 0o777 == 0o755
    assert (out / "usr/lib/x/lib.so.1").stat().st_mode & 0o777 == 0o644
    assert (out / "DEBIAN/postrm").stat().st_mode & 0o777 == 0o755
    checked = subprocess.run(["md5sum", "-c", "DEBIAN/md5sums"], cwd=out, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout
    assert checked.stdout.count(": OK") == 2


def test_packing_leaves_what_is_in_a_part_and_refuses_what_it_does_not_know(tmp_path: Path) -> None:
    def part(name: str, content: bytes) -> bytes:
        head = f"{name:<16}{0:<12}{0:<6}{0:<6}{'100644':<8}{len(content):<10}`\n".encode()
        return head + content + b"\n" * (len(content) % 2)

    def packed(content: bytes) -> bytes:
        (tmp_path / "plain").write_bytes(content)
        deb.pack(tmp_path / "plain", tmp_path / "packed")
        return (tmp_path / "packed").read_bytes()

    data = bytes(range(256)) * 5_000 + b"x"  # more than is read at once, and an odd number
    made = packed(deb.MAGIC + part("debian-binary", b"2.0\n") + part("data.tar", data))
    at = made.index(b"data.tar.xz")
    size = int(made[at + 48 : at + 58])
    assert lzma.decompress(made[at + deb.HEAD : at + deb.HEAD + size]) == data
    assert len(made) == at + deb.HEAD + size + size % 2
    with pytest.raises(ValueError, match="unknown"):
        packed(deb.MAGIC + part("data.tar.xz", b"x"))
    with pytest.raises(ValueError, match="ar archive"):
        packed(b"something else")
    with pytest.raises(ValueError, match="cut off"):
        packed((deb.MAGIC + part("data.tar", data))[:-9])


def test_a_portable_archive_is_the_same_whoever_packs_it_when(tmp_path: Path) -> None:
    packed = []
    for name in ("one", "two"):
        folder = tree(tmp_path / name)
        deb.settle(folder, MOMENT)
        portable.pack(folder, "x-1", tmp_path / f"{name}.tar.gz", MOMENT)
        packed.append((tmp_path / f"{name}.tar.gz").read_bytes())
    assert packed[0] == packed[1]
    with tarfile.open(tmp_path / "one.tar.gz") as tar:
        entries = tar.getmembers()
    assert {(entry.uname, entry.uid, entry.mtime) for entry in entries} == {("root", 0, MOMENT)}
    assert all(entry.name == "x-1" or entry.name.startswith("x-1/") for entry in entries)


def test_only_a_release_that_is_as_it_was_signed_is_bundled(tmp_path: Path) -> None:
    desk = tmp_path / "desk.tamarisk"
    with Archive(desk, container.create(desk), write=True) as archive:
        choice, locks = Choice(date=publishing.DAY), publishing.EVERYBODY
        release = publish(archive, tmp_path, publishing.SECRET, choice, locks, publisher="A desk").path
    package.require_release(release)
    for other in (desk, tmp_path / "mistyped.tamarisk"):
        with pytest.raises(SystemExit, match="is not a release: nothing was built"):
            package.require_release(other)
    file = release / "data" / "archive.db"
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    with pytest.raises(SystemExit, match=r"not as it was signed .*data/archive\.db"):
        package.require_release(release)


def test_a_release_that_an_update_put_together_is_not_bundled(tmp_path: Path) -> None:
    """Whoever has the line's key can alter its records and make its list of files anew: nobody signed that."""
    desk, place = tmp_path / "desk.tamarisk", tmp_path / "reader"
    place.mkdir()
    with Archive(desk, container.create(desk), write=True) as archive:
        first = publishing.published(archive, tmp_path)
        (tmp_path / "page.txt").write_text("A page.")
        intake.run(archive, [tmp_path / "page.txt"], jobs=1)
        second = publishing.published(archive, tmp_path, date="2026-12-05")
    change = updating.made(first.path, second.path, tmp_path)
    found = updating.updated(updating.given(first.path, place), change.path, tmp_path / "data")
    db = connect.connect(found.path / "data/archive.db", unlocking.unlock(found.path).secret("archive"), "write")
    db.conn.execute("UPDATE document SET title = 'Another title'")
    connect.close(db)
    bag.write(found.path, {name: one for name, one in bag.read(found.path).info.items() if name != bag.OXUM})
    with pytest.raises(SystemExit, match=r"put together by an update: .* nothing was built"):
        package.require_release(found.path)


def test_a_build_begins_anew_and_spares_what_others_made(tmp_path: Path) -> None:
    for name in ("bench", "windows.work", "stage"):
        (tmp_path / name / "inside").mkdir(parents=True)
    (tmp_path / "sources.json").write_text("{}")
    (tmp_path / "link").symlink_to(tmp_path / "bench")
    package.clear(tmp_path)
    package.clear(tmp_path / "nowhere")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bench", "windows.work"]
    assert (corpora.BUILD.parent.name, corpora.BUILD.name) == ("build", "bench")
    assert (tmp_path / "bench" / "inside").is_dir()


def test_no_package_is_made_for_another_machine_than_its_name_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package.platform, "system", lambda: "Linux")
    monkeypatch.setattr(package.platform, "machine", lambda: "x86_64")
    package.require_machine()
    monkeypatch.setattr(package.platform, "machine", lambda: "aarch64")
    with pytest.raises(SystemExit, match="this is Linux aarch64: nothing was built"):
        package.require_machine()


def test_descriptions_fit_the_lines_that_debian_shows() -> None:
    assert all(len(line) < 80 for line in f"{package.READING}\n{package.IMPORTING}".split("\n"))


@pytest.mark.skipif(sys.platform != "linux", reason="ELF files")
def test_no_library_is_looked_for_in_a_home_of_the_building_machine(tmp_path: Path) -> None:
    (library,) = Path(PIL.__file__).parent.glob("_imaging.*.so")
    whole, file = library.read_bytes(), tmp_path / "library.so"
    file.write_bytes(whole)
    assert not runpath.settle(file)
    assert file.read_bytes() == whole
    own, mixed = b"\0$ORIGIN/../pillow.libs\0", b"\0/home/anne:$ORIGIN/lib\0"
    assert whole.count(own) == 1
    file.write_bytes(whole.replace(own, mixed))
    assert runpath.settle(file)
    assert file.read_bytes() == whole.replace(own, b"\0$ORIGIN/lib".ljust(len(own), b"\0"))
    file.write_bytes(whole.replace(own, b"\0/home/anne/.pyenv/lib2\0"))
    assert runpath.settle(file)
    assert file.read_bytes() == whole.replace(own, b"\0$ORIGIN".ljust(len(own), b"\0"))
    file.write_text("no library")
    assert not runpath.settle(file)


@pytest.mark.parametrize("name", ["root.res", "coll/root.res", "coll/ucadata.icu", "brkitr/word.brk", "uts46.nrm"])
def test_what_sorts_and_breaks_text_stays_in_icu(name: str) -> None:
    assert icu.is_kept(name)


@pytest.mark.parametrize("name", ["de.res", "zh_Hant_TW.res", "lang/de.res", "gb18030.cnv", "unames.icu"])
def test_names_and_converters_leave_icu(name: str) -> None:
    assert not icu.is_kept(name)


def test_icu_data_of_another_layout_is_refused(tmp_path: Path) -> None:
    library = tmp_path / "libicudata.so"
    library.write_bytes(b"no data at all")
    with pytest.raises(ValueError, match="0 packages"):
        icu.trim(library)
    assert library.read_bytes() == b"no data at all"


def test_purging_removes_nothing_and_says_where_the_notes_are(tmp_path: Path) -> None:
    home, other = tmp_path / "home of one", tmp_path / "home of a service"
    for place in (home, other):
        (place / ".local/share/tamarisk").mkdir(parents=True)
        (place / ".local/share/tamarisk/notebook.db").write_text("notes")
    users = (
        f"one:x:1000:1000::{home}:/bin/sh\nservice:x:101:101::{other}:/bin/false\nnobody:x:65534:65534::/none:/bin/sh"
    )
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/getent").write_text(f"#!/bin/sh\nprintf '%s\\n' '{users}'\n")
    (tmp_path / "bin/getent").chmod(0o755)
    said = {}
    for word in ("remove", "purge", "upgrade"):
        done = subprocess.run(
            ["sh", HERE / "files" / "postrm", word],
            env={"PATH": f"{tmp_path / 'bin'}:/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=True,
        )
        assert not done.stderr
        said[word] = done.stdout
    place = home / ".local/share/tamarisk"
    assert said == {
        "remove": "",
        "purge": f"tamarisk: kept {place}; to remove it, with the notes and releases in it: rm -r '{place}'\n",
        "upgrade": "",
    }
    assert all((place / ".local/share/tamarisk/notebook.db").is_file() for place in (home, other))


@pytest.mark.parametrize(
    ("command", "file"),
    [
        (("desktop-file-validate",), "tamarisk.desktop"),
        (("appstreamcli", "validate", "--no-net"), "org.tamarisk.Tamarisk.metainfo.xml"),
        (("man", "--warnings", "--local-file"), "tamarisk.1"),
    ],
)
def test_what_the_desktop_reads_is_as_it_should_be(command: tuple[str, ...], file: str, tmp_path: Path) -> None:
    if not shutil.which(command[0]):
        pytest.skip(f"{command[0]} is not installed")
    words = (HERE / "files" / file).read_text("utf-8").replace("@VERSION@", "1.0").replace("@DATE@", "2026-11-28")
    (tmp_path / file).write_text(words, "utf-8")
    done = subprocess.run([*command, tmp_path / file], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert not done.stderr


def test_the_manual_tells_the_statuses_that_the_program_ends_with() -> None:
    from desktop.cli import failures

    words = (HERE / "files" / "tamarisk.1").read_text("utf-8").partition(".SH EXIT STATUS")[2]
    for status in (
        failures.DONE,
        failures.LISTED,
        failures.USAGE,
        failures.LOCKED,
        failures.DAMAGED,
        failures.ENVIRONMENT,
    ):
        assert re.search(rf"(^|; ){status} [a-z]", words.replace("\n", " ").strip()), status
