"""The bag: written as the Library of Congress' bagit accepts it, and everything that is wrong with one is found."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.errors import ArchiveError, Cancelled, InvalidValue
from archive.signing import bag, files
from archive.signing.bag import Fault, Finding
from archive.signing.errors import NotARelease
from tests.archive.signing.conftest import FILES, Made, fill

INFO = {"Source-Organization": "人权 desk: Genève", "Bagging-Date": "2026-11-28"}


def found(folder: Path) -> dict[str, Fault]:
    return {finding.path: finding.fault for finding in bag.check(folder)}


def relisted(folder: Path) -> None:
    """Write the tag manifest anew over what now lies there, as somebody who cannot sign could."""
    lines = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in sorted(bag.TAGS)]
    (folder / bag.TAGMANIFEST).write_text("".join(lines))


def validated(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "bagit", "--validate", str(folder)], capture_output=True, text=True
    )


def test_what_is_written_is_whole_and_says_what_it_was_told(tmp_path: Path) -> None:
    folder = fill(tmp_path / "r")
    listed = bag.write(folder, INFO)
    assert bag.check(folder) == ()
    read = bag.read(folder)
    assert read.files == listed
    assert {file.path: file.size for file in listed} == {path: len(content) for path, content in FILES.items()}
    assert {file.path: file.sha256 for file in listed} == {
        path: hashlib.sha256(content).hexdigest() for path, content in FILES.items()
    }
    assert list(read.info)[:2] == list(INFO)
    assert read.info["Payload-Oxum"] == f"{sum(map(len, FILES.values()))}.4"


def test_the_same_files_give_the_same_bag_byte_for_byte(tmp_path: Path) -> None:
    for name in ("a", "b"):
        bag.write(fill(tmp_path / name), INFO)
    for tag in (*bag.TAGS, bag.TAGMANIFEST):
        assert (tmp_path / "a" / tag).read_bytes() == (tmp_path / "b" / tag).read_bytes()


def test_bagit_accepts_what_we_write_and_refuses_it_altered(made: Made) -> None:
    done = validated(made.folder)
    assert done.returncode == 0, done.stderr
    assert "is valid" in done.stderr
    (made.folder / "data/archive.db").write_bytes(FILES["data/archive.db"][:-1] + b"\0")
    assert validated(made.folder).returncode == 1


@pytest.mark.parametrize("path", [path for path, content in FILES.items() if content])
def test_any_byte_altered_is_found_in_its_file(made: Made, path: str) -> None:
    content = bytearray((made.folder / path).read_bytes())
    for at in (0, len(content) // 2, len(content) - 1):
        changed = bytearray(content)
        changed[at] ^= 1
        (made.folder / path).write_bytes(changed)
        assert bag.check(made.folder) == (Finding(path, Fault.ALTERED),)


@pytest.mark.parametrize("path", FILES)
def test_a_file_longer_or_cut_off_is_found_without_reading_it(made: Made, path: str) -> None:
    content = (made.folder / path).read_bytes()
    (made.folder / path).write_bytes(content + b"x")
    wrong = bag.check(made.folder, contents=lambda path: False)
    assert wrong == (Finding(path, Fault.SIZE),)
    if content:
        (made.folder / path).write_bytes(content[:-1])
        assert bag.check(made.folder, contents=lambda path: False) == wrong


@pytest.mark.parametrize("path", [*FILES, *bag.TAGS])
def test_a_missing_file_is_named(made: Made, path: str) -> None:
    (made.folder / path).unlink()
    assert found(made.folder)[path] is Fault.MISSING


def test_all_that_is_wrong_is_told_at_once(made: Made) -> None:
    (made.folder / "data/originals-0001.db").unlink()
    (made.folder / "data/archive.db").write_bytes(b"")
    (made.folder / "data/extra").write_bytes(b"")
    assert found(made.folder) == {
        "data/archive.db": Fault.SIZE,
        "data/extra": Fault.UNLISTED,
        "data/originals-0001.db": Fault.MISSING,
    }


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("data/more.db", Fault.UNLISTED),
        ("data/keys/.DS_Store", Fault.UNLISTED),
        ("index.db", Fault.UNLISTED),
        ("meta/notes.txt", Fault.UNLISTED),
        ("manifest-md5.txt", Fault.UNLISTED),
        ("fetch.txt", Fault.FETCH),
        ("data/archive.db-wal", Fault.JOURNAL),
        ("data/archive.db-journal", Fault.JOURNAL),
        ("data/archive.db-shm", Fault.JOURNAL),
        ("data/Archive.db", Fault.UNLISTED),
    ],
)
def test_a_file_too_many_is_refused(made: Made, path: str, fault: Fault) -> None:
    (made.folder / path).parent.mkdir(exist_ok=True)
    (made.folder / path).write_bytes(b"")
    assert found(made.folder) == {path: fault}


@pytest.mark.parametrize("path", [*FILES, *bag.TAGS, "data/keys", "data/new"])
def test_a_link_is_refused_even_to_the_same_bytes(made: Made, tmp_path: Path, path: str) -> None:
    target = tmp_path / "elsewhere"
    if (made.folder / path).exists():
        shutil.move(made.folder / path, target)
    else:
        target.write_bytes(b"")
    (made.folder / path).symlink_to(target)
    assert found(made.folder)[path] is Fault.LINK


def test_a_pipe_is_refused_and_not_waited_for(made: Made) -> None:
    for path in ("data/archive.db", bag.MANIFEST):
        (made.folder / path).unlink()
        os.mkfifo(made.folder / path)
    wrong = found(made.folder)
    assert wrong["data/archive.db"] is Fault.LINK
    assert wrong[bag.MANIFEST] is Fault.LINK
    with pytest.raises(OSError, match="plain"):
        files.hashed(made.folder / "data/archive.db")


@pytest.mark.parametrize(
    "path",
    [
        "data/../../etc/passwd",
        "data/./archive.db",
        "data//archive.db",
        "/etc/passwd",
        "C:/windows/x",
        "data\\archive.db",
        "data/con.db",
        "data/a\x00b",
        "data/b%0Ac",
        "data/trailing.",
        "data/trailing ",
        "data/.hidden",
        "data/e\u0301",
        "data/\u202efdp.exe",
        "elsewhere/archive.db",
        "data/" + "x" * 130,
        "data/" + "d/" * 12 + "x",
        "data",
        "*data/archive.db",
    ],
)
def test_a_path_that_leads_elsewhere_or_fits_no_system_is_refused(made: Made, path: str) -> None:
    with (made.folder / bag.MANIFEST).open("a", encoding="utf-8") as manifest:
        manifest.write(f"{'0' * 64}  {path}\n")
    relisted(made.folder)
    assert found(made.folder)[path] is Fault.NAME


def test_names_that_differ_in_capitals_only_are_refused(made: Made) -> None:
    (made.folder / "data/ARCHIVE.db").write_bytes(b"")
    with (made.folder / bag.MANIFEST).open("a") as manifest:
        manifest.write(f"{hashlib.sha256().hexdigest()}  data/ARCHIVE.db\n")
    relisted(made.folder)
    assert found(made.folder)["data/ARCHIVE.db"] is Fault.NAME


@pytest.mark.parametrize(
    ("tag", "old", "new"),
    [
        (bag.BAGIT, "1.0", "0.97"),
        (bag.INFO, "Bagging-Date: 2026-11-28\n", "Bagging-Date: 2026-11-28\nBagging-Date: 2026-11-29\n"),
        (bag.INFO, "Bagging-Date: ", "Bagging-Date:\n  "),
        (bag.INFO, "Tamarisk-Size: 0 ", "Tamarisk-Size: 1 "),
        (bag.INFO, "Tamarisk-Size: 0 data/originals-0002.db\n", ""),
        (bag.INFO, "Payload-Oxum: 2", "Payload-Oxum: 9"),
        (bag.INFO, "desk", "de\rsk\n"),
        (bag.MANIFEST, "  data/archive.db", " data/archive.db"),
        (bag.MANIFEST, "data/originals-0001.db", "data/archive.db"),
    ],
)
def test_a_tag_file_of_another_form_is_malformed(made: Made, tag: str, old: str, new: str) -> None:
    content = (made.folder / tag).read_bytes().decode()
    assert old in content
    (made.folder / tag).write_bytes(content.replace(old, new).encode())
    assert found(made.folder)[tag] is Fault.ALTERED
    relisted(made.folder)
    assert found(made.folder)[tag] is Fault.MALFORMED


def test_a_tag_manifest_that_lists_too_little_or_more_is_found(made: Made) -> None:
    whole = (made.folder / bag.TAGMANIFEST).read_text()
    (made.folder / bag.TAGMANIFEST).write_text("".join(whole.splitlines(keepends=True)[1:]))
    assert found(made.folder) == {bag.TAGMANIFEST: Fault.MALFORMED}
    (made.folder / bag.TAGMANIFEST).write_text(whole + f"{'0' * 64}  ../outside\n")
    assert found(made.folder) == {bag.TAGMANIFEST: Fault.MALFORMED}


def test_a_huge_manifest_is_not_read(made: Made) -> None:
    with (made.folder / bag.MANIFEST).open("ab") as manifest:
        manifest.truncate(1 << 40)  # a hole: nothing is written
    assert found(made.folder) == {bag.MANIFEST: Fault.MALFORMED}


def test_a_manifest_of_more_lines_than_any_release_has_is_refused(made: Made) -> None:
    with (made.folder / bag.MANIFEST).open("a") as manifest:
        manifest.writelines(f"{'0' * 64}  data/{n}\n" for n in range(2 * files.MOST_FILES))
    relisted(made.folder)
    assert found(made.folder)[bag.MANIFEST] is Fault.MALFORMED


def test_a_folder_of_more_files_than_any_release_has_is_refused(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_FILES", 5)
    with pytest.raises(NotARelease):
        bag.check(made.folder)


def test_what_is_no_bag_is_told(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "absent"):
        with pytest.raises(NotARelease):
            bag.check(path)
    (tmp_path / bag.TAGMANIFEST).write_bytes(b"")
    assert found(tmp_path)[bag.BAGIT] is Fault.MISSING


def test_what_cannot_be_read_is_a_finding(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(path: Path, progress: object = None) -> str:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(bag, "hashed", failing)
    assert set(found(made.folder).values()) == {Fault.UNREADABLE}


def test_progress_counts_the_bytes_and_can_end_the_work(made: Made) -> None:
    heard: list[tuple[str, int, int]] = []
    bag.check(made.folder, progress=lambda *step: heard.append(step))
    total = sum(map(len, FILES.values()))
    assert heard[-1][1:] == (total, total)
    assert [step[1] for step in heard] == sorted(step[1] for step in heard)
    assert {step[0] for step in heard} == set(FILES)

    def stop(path: str, done: int, total: int) -> None:
        raise Cancelled()

    with pytest.raises(Cancelled):
        bag.check(made.folder, progress=stop)


@pytest.mark.parametrize(
    "info",
    [
        {"Two words": "x"},
        {"A": ""},
        {"A": "two\nlines"},
        {"A": " x"},
        {"Payload-Oxum": "0.0"},
        {"Tamarisk-Size": "0 x"},
        {"A": "\ud800"},
        {"A": "\u2028"},
    ],
)
def test_what_cannot_stand_in_bag_info_is_refused(tmp_path: Path, info: dict[str, str]) -> None:
    with pytest.raises(InvalidValue):
        bag.write(fill(tmp_path / "r"), info)


def test_files_that_no_bag_may_hold_are_not_written_into_one(tmp_path: Path) -> None:
    (tmp_path / "empty/data").mkdir(parents=True)
    with pytest.raises(NotARelease):
        bag.write(tmp_path / "empty", INFO)
    for number, name in enumerate(("archive.db-wal", "ARCHIVE.DB", "naïve")):
        folder = fill(tmp_path / str(number))
        (folder / "data" / unicodedata.normalize("NFC", name)).write_bytes(b"")
        with pytest.raises(NotARelease):
            bag.write(folder, INFO)
    folder = fill(tmp_path / "link")
    (folder / "data/link").symlink_to(folder / "data/archive.db")
    with pytest.raises(NotARelease):
        bag.write(folder, INFO)
    assert not (folder / bag.BAGIT).exists()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(
    st.sampled_from((*bag.TAGS, bag.TAGMANIFEST)),
    st.binary(max_size=300)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))
    | st.lists(
        st.tuples(st.text("0123456789abcdef", min_size=64, max_size=64), st.text(max_size=30)).map("  ".join)
        | st.text(max_size=30).map("Tamarisk-Size: 1 ".__add__)
        | st.text(max_size=30).map("Label: ".__add__)
    ).map(lambda lines: "\n".join([*lines, ""]).encode("utf-8", "replace")),
)
def test_whatever_stands_in_a_tag_file_it_is_refused_in_our_words(made: Made, tag: str, content: bytes) -> None:
    was = (made.folder / tag).read_bytes()
    (made.folder / tag).write_bytes(content)
    try:
        assert (found(made.folder) != {}) == (content != was)
        relisted(made.folder)
        if tag != bag.TAGMANIFEST:
            assert tag == bag.INFO or found(made.folder)
    except ArchiveError as error:
        pytest.fail(f"a finding was due, not {error}")
    finally:
        (made.folder / tag).write_bytes(was)
        relisted(made.folder)
