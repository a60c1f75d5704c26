"""The verbs `diff`, `update` and `changes`: what leads on is made, shown and applied, and what is withdrawn is gone."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from archive import texts, unlocking
from archive.container import Archive
from archive.errors import ArchiveError, Cancelled, DiskFull
from archive.notebook import notes, opening, pins, shelves
from archive.signing import minisign
from desktop import updating
from desktop.cli import failures
from tests import pages
from tests.desktop.cli.conftest import Tamarisk

SECRET = minisign.generate()
WORDS = "The lanternkeeper Zorblatt was seen at the old quay of Fennimore."
Release = Callable[[str], Path]
DYING = """
import os, signal, sys
from desktop import updating
from desktop.cli.main import run
updating.erase = lambda prepared: os.kill(os.getpid(), signal.SIGKILL)
sys.exit(run(sys.argv[1:]))
"""


@pytest.fixture
def data_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the reader's own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    return tmp_path / "share" / "tamarisk"


@pytest.fixture
def signing(tmp_path: Path) -> tuple[str, ...]:
    """The options that sign."""
    file, words = tmp_path / "desk.key", tmp_path / "words.txt"
    file.write_text(minisign.serialise_secret(SECRET, "some words", 12))
    words.write_text("some words\n")
    return ("--sign", str(file), "--key-passphrase-file", str(words))


@pytest.fixture
def desk(tamarisk: Tamarisk, tmp_path: Path, data_home: Path) -> Path:
    """A working archive with two documents that go into releases."""
    path, files = tmp_path / "desk.tamarisk", tmp_path / "files"
    files.mkdir()
    (files / "zorblatt.txt").write_text(WORDS)
    (files / "other.txt").write_text("Another page about the quay.")
    assert tamarisk("new", path, "--open").status == 0
    assert tamarisk("import", path, files).status == 0
    return path


@pytest.fixture
def release(desk: Path, tamarisk: Tamarisk, tmp_path: Path, signing: tuple[str, ...]) -> Release:
    """Publishes on a day."""
    out = tmp_path / "out"
    out.mkdir()

    def publish(day: str) -> Path:
        said = tamarisk(
            "publish", desk, out, "--open", "--date", day, *signing, "--publisher", "A desk", "--yes", "--json"
        )
        assert said.status == 0, said.err
        return Path(said.json()["path"])

    return publish


def given(release: Path, tmp_path: Path) -> Path:
    """The reader's own copy."""
    return Path(shutil.copytree(release, tmp_path / "reader" / release.name))


def everything(release: Path, data_home: Path) -> dict[str, bytes]:
    """All pages of a release and of the indexes in the reader's data folder, decrypted."""
    key = unlocking.unlock(release)
    indexes = list(data_home.glob("*.index*.db"))
    assert indexes
    read = {path.name: b"".join(pages.of_file(path, key.secret("index"))) for path in indexes}
    return {**pages.of_archive(release, key), **read}


def id_of(tamarisk: Tamarisk, shelf: Path, words: str) -> str:
    (hit,) = tamarisk("search", shelf, words, "--json").json()["hits"]
    return str(hit["id"])


def test_an_update_is_made_shown_and_applied(
    tamarisk: Tamarisk, desk: Path, release: Release, signing: tuple[str, ...], tmp_path: Path
) -> None:
    first = release("2026-11-28")
    other = id_of(tamarisk, desk, "another")
    assert tamarisk("correct", desk, other, "--title", "The quay", "--published", "2020-05").status == 0
    second = release("2026-12-05")
    stick = tmp_path / "stick"
    stick.mkdir()
    made = tamarisk("diff", first, second, stick, *signing, "--json")
    assert made.status == 0, made.err
    assert (made.json()["base"], made.json()["number"]) == (1, 2)
    mine = given(first, tmp_path)

    assert tamarisk("update", mine, stick).status == failures.USAGE  # nobody can be asked
    look = tamarisk("update", mine, stick, "--preview")
    assert look.status == 0, look.err
    assert "From release 1 to release 2 of 2026-12-05" in look.out
    assert "→ \u2068The quay\u2069" in look.out or "The quay" in look.out
    assert [path.name for path in mine.parent.iterdir()] == [mine.name]

    said = tamarisk("update", mine, stick, "--yes", "--json")
    assert said.status == 0, said.err
    now = Path(said.json()["path"])
    assert now.name == "desk-0002.tamarisk"
    assert said.json()["left"] == []
    found = tamarisk("search", mine, "another", "--json")  # the one that was named leads to the one in use
    assert found.json()["hits"][0]["title"] == "The quay"
    assert "desk-0002.tamarisk is in use" in found.err

    receipt = tamarisk("verify", now, "--key", str(SECRET.public), "--json")
    assert (receipt.status, receipt.json()["state"]) == (0, "valid")
    assert (receipt.json()["updated_from"], receipt.json()["proven"]) == (1, True)
    assert (
        "put together on this computer, or on another reader's, from release 1"
        in tamarisk("verify", now, "--key", str(SECRET.public)).out
    )

    changed = tamarisk("changes", mine, "--record", other[:8], "--json").json()["changes"]["changes"]
    assert {(one["what"], one["field"], one["new"]) for one in changed} == {
        ("corrected", "title", "The quay"),
        ("corrected", "published", "2020-05"),
    }
    assert (
        tamarisk("changes", first, second, "--json").json()["changes"]["changes"] == said.json()["changes"]["changes"]
    )
    again = tamarisk("update", mine, stick, "--yes", "--json")
    assert (again.status, again.json()["error"]["code"]) == (failures.USAGE, "no-update")
    older = tamarisk("update", now, first, "--yes", "--json")
    assert (older.status, older.json()["error"]["code"]) == (failures.USAGE, "older-release")


def test_one_flipped_byte_is_refused_with_the_file_named(
    tamarisk: Tamarisk, desk: Path, release: Release, signing: tuple[str, ...], tmp_path: Path
) -> None:
    first = release("2026-11-28")
    assert tamarisk("correct", desk, id_of(tamarisk, desk, "another"), "--title", "The quay").status == 0
    made = Path(tamarisk("diff", first, release("2026-12-05"), tmp_path, *signing, "--json").json()["path"])
    mine = given(first, tmp_path)
    now = Path(tamarisk("update", mine, made, "--yes", "--json").json()["path"])
    file = now / "data" / "archive.db"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    seen = tamarisk("verify", now, "--key", str(SECRET.public), "--json")
    assert seen.status == failures.DAMAGED
    assert seen.json()["faults"] == [{"path": "data/archive.db", "fault": "altered"}]


def test_what_was_withdrawn_is_nowhere_on_the_readers_disk(
    tamarisk: Tamarisk,
    desk: Path,
    release: Release,
    signing: tuple[str, ...],
    tmp_path: Path,
    data_home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = release("2026-11-28")
    mine = given(first, tmp_path)
    gone, key = id_of(tamarisk, mine, "zorblatt"), unlocking.unlock(mine)
    held = {name for name, _ in pages.holding(everything(mine, data_home), "lanternkeeper")}
    assert any(".index" in name for name in held)
    with opening.of_archive(key, protected=False, release=True) as notebook, Archive(mine, key, write=False) as archive:
        place = notes.passage(archive.db, gone, 1, 4, 28)
        notes.add(notebook.db, gone, "Ask at the harbour.", passage=place)
        shelves.note_export(notebook.db, "dossier", "pdf", [gone])
        shelves.ask(notebook.db, "zorblatt.txt")
    with monkeypatch.context() as elsewhere:  # the desk's computer is another one
        elsewhere.setenv("XDG_DATA_HOME", str(tmp_path / "desk"))
        assert tamarisk("withdraw", desk, gone, "--reason", "person", "--yes").status == 0
        second = release("2026-12-05")
        made = Path(tamarisk("diff", first, second, tmp_path, *signing, "--json").json()["path"])

    look = tamarisk("update", mine, made, "--preview")
    assert "Withdrawn: 1" in look.out
    assert "request of a person concerned" in look.out
    assert "orblatt" not in look.out
    assert mine.exists()
    said = tamarisk("update", mine, made, "--yes")
    assert said.status == 0, said.err
    assert "1 of your notes mentions what was withdrawn. The quotations are gone" in said.out
    assert "Ask at the harbour." in said.out
    assert "You exported a dossier (PDF) with this record on" in said.out
    assert "orblatt" not in said.out
    now = mine.with_name("desk-0002.tamarisk")
    assert not mine.exists()
    assert tamarisk("search", mine, "zorblatt", "--json").json()["hits"] == []
    assert tamarisk("search", mine, "quay", "--json").json()["hits"]
    with opening.of_archive(key, protected=False, release=True) as notebook:
        assert [one.passage for one in notes.every(notebook.db)] == [None]
        assert shelves.history(notebook.db) == ()
    assert pages.holding(everything(now, data_home), "orblatt", "anternkeeper", "ennimore") == []
    for folder in (data_home, now.parent):
        for file in folder.rglob("*"):
            if file.is_file():
                assert not any(words in file.read_bytes() for words in (b"orblatt", b"anternkeeper", b"ennimore"))
    assert [path.name for path in now.parent.glob("*.tamarisk")] == [now.name]


def test_a_release_that_is_older_than_one_that_was_read_says_so(
    tamarisk: Tamarisk, desk: Path, release: Release, tmp_path: Path, data_home: Path
) -> None:
    first = release("2026-11-28")
    assert tamarisk("correct", desk, id_of(tamarisk, desk, "another"), "--title", "The quay").status == 0
    second = release("2026-12-05")
    with opening.of_archive(unlocking.unlock(first), protected=False, release=True) as notebook:
        pins.pin(notebook.db, SECRET.public, "A desk")
    assert "you have read" not in tamarisk("search", first, "quay").err
    assert "you have read" not in tamarisk("search", second, "quay").err
    said = tamarisk("search", first, "quay")
    assert said.status == 0
    assert "This is release 1 of “desk”, and you have read release 2 on this computer." in said.err


@pytest.mark.parametrize("fault", [Cancelled(), DiskFull(path="index.db")])
def test_an_index_that_cannot_be_made_anew_is_told_beside_what_the_update_did(
    tamarisk: Tamarisk,
    desk: Path,
    release: Release,
    tmp_path: Path,
    data_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    fault: ArchiveError,
) -> None:
    mine = given(release("2026-11-28"), tmp_path)
    gone, key = id_of(tamarisk, mine, "zorblatt"), unlocking.unlock(mine)
    with opening.of_archive(key, protected=False, release=True) as notebook:
        notes.add(notebook.db, gone, "Ask at the harbour.")
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("XDG_DATA_HOME", str(tmp_path / "desk"))
        assert tamarisk("withdraw", desk, gone, "--reason", "person", "--yes").status == 0
        second = release("2026-12-05")

    def stopped(*_: object) -> None:
        raise fault

    with monkeypatch.context() as patched:
        patched.setattr(updating, "purge_index", stopped)
        said = tamarisk("update", mine, second, "--yes")
    assert said.status == failures.LISTED
    assert "Release 2 is in use now." in said.out
    assert "1 of your notes mentions what was withdrawn." in said.out
    assert "Ask at the harbour." in said.out
    assert "The index was not made anew" in said.out
    assert tamarisk("search", mine, "quay").status == 0
    now = mine.with_name("desk-0002.tamarisk")
    receipt = tamarisk("verify", mine, "--json")  # by the name it had
    assert (receipt.json()["state"], receipt.json()["number"]) == ("unknown-key", 2)
    trust = tamarisk("key", "trust", mine, "--fingerprint", SECRET.public.fingerprint(), "--json")
    assert trust.json() == tamarisk("key", "list", mine, "--json").json()
    assert [one["name"] for one in trust.json()["trusted"]] == ["A desk"]
    assert tamarisk("key", "forget", mine, SECRET.public, "--json").json() == {"trusted": []}
    assert tamarisk("notebook", "unlock", mine, "--json").status == failures.USAGE  # nobody can be asked
    assert pages.holding(everything(now, data_home), "orblatt", "anternkeeper", "ennimore") == []


def test_a_note_on_a_file_loses_what_an_update_cut_out_of_its_text(
    tamarisk: Tamarisk,
    desk: Path,
    release: Release,
    signing: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    package = tmp_path / "papers.zip"
    with zipfile.ZipFile(package, "w") as packed:
        packed.writestr("a-first.txt", "One page of a sort.")
        packed.writestr("qzorblatt-letter.txt", "The letter of somebody.")
    assert tamarisk("import", desk, package).status == 0
    first = release("2026-11-28")
    mine = given(first, tmp_path)
    key = unlocking.unlock(mine)
    with opening.of_archive(key, protected=False, release=True) as notebook, Archive(mine, key, write=False) as archive:
        ((container, row),) = archive.db.conn.execute("SELECT uuid, row FROM document WHERE media_type LIKE '%zip%'")
        line = texts.read(archive.db, row, 1).index("qzorblatt")
        place = notes.passage(archive.db, container, 1, line, line + 20)
        notes.add(notebook.db, container, "Who is that?", passage=place)
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("XDG_DATA_HOME", str(tmp_path / "desk"))
        (member,) = tamarisk("search", desk, "letter somebody", "--json").json()["hits"]
        assert tamarisk("withdraw", desk, member["id"], "--reason", "person", "--yes").status == 0
        made = Path(tamarisk("diff", first, release("2026-12-05"), tmp_path, *signing, "--json").json()["path"])
    assert tamarisk("update", mine, made, "--yes").status == 0
    with opening.of_archive(key, protected=False, release=True) as notebook:
        assert [(one.text, one.passage) for one in notes.every(notebook.db)] == [("Who is that?", None)]


def test_what_is_left_out_but_not_withdrawn_stays_in_the_notebook_and_that_is_said(
    tamarisk: Tamarisk,
    desk: Path,
    release: Release,
    signing: tuple[str, ...],
    tmp_path: Path,
    data_home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = release("2026-11-28")
    mine = given(first, tmp_path)
    hidden, key = id_of(tamarisk, mine, "zorblatt"), unlocking.unlock(mine)
    with opening.of_archive(key, protected=False, release=True) as notebook, Archive(mine, key, write=False) as archive:
        place = notes.passage(archive.db, hidden, 1, 4, 28)
        notes.add(notebook.db, hidden, "Ask at the harbour.", passage=place)
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("XDG_DATA_HOME", str(tmp_path / "desk"))
        assert tamarisk("correct", desk, hidden, "--confidentiality", "confidential").status == 0
        made = Path(tamarisk("diff", first, release("2026-12-05"), tmp_path, *signing, "--json").json()["path"])
    said = tamarisk("update", mine, made, "--yes")
    assert said.status == 0, said.err
    assert "1 of your notes is on what this release holds no longer, though it was not withdrawn." in said.out
    assert "The quotations are gone" not in said.out
    now = mine.with_name("desk-0002.tamarisk")
    with opening.of_archive(key, protected=False, release=True) as notebook:
        assert [one.passage for one in notes.every(notebook.db)] == [place]
    out = tmp_path / "notes.md"
    assert tamarisk("notebook", "export", now, "--out", out, "--yes").status == 0
    words = out.read_text("utf-8").replace("\\", "")
    assert "This document is no longer in the archive; the words are given as they were quoted." in words
    assert place.quote in words


def test_a_correction_for_safety_tells_no_old_value(
    tamarisk: Tamarisk, desk: Path, release: Release, signing: tuple[str, ...], tmp_path: Path, data_home: Path
) -> None:
    page = id_of(tamarisk, desk, "another")
    assert tamarisk("correct", desk, page, "--title", "Told by Marguerite Qz").status == 0
    first = release("2026-11-28")
    mine = given(first, tmp_path)
    assert tamarisk("search", mine, "marguerite", "--json").json()["hits"]
    with opening.of_archive(unlocking.unlock(mine), protected=False, release=True) as notebook:
        shelves.ask(notebook.db, '"Marguerite Qz"')
        shelves.ask(notebook.db, "lanterns")
    assert tamarisk("correct", desk, page, "--title", "Told by a witness", "--for-safety").status == 0
    desk_key = unlocking.unlock(desk)
    with Archive(desk, desk_key, write=False) as archive:
        for table in ("document_history", "custody_content"):
            assert "Marguerite" not in str(archive.db.execute(f"SELECT * FROM {table}").fetchall())
    second = release("2026-12-05")
    made = Path(tamarisk("diff", first, second, tmp_path, *signing, "--json").json()["path"])
    said = tamarisk("update", mine, made, "--yes", "--json")
    assert said.status == 0, said.err
    (one,) = said.json()["changes"]["changes"]
    assert (one["field"], one["old"], one["new"], one["hidden"]) == ("title", "", "Told by a witness", True)
    assert "arguerite" not in said.out
    assert said.json()["notebook"]["queries"] == 1
    now = Path(said.json()["path"])
    with opening.of_archive(unlocking.unlock(now), protected=False, release=True) as notebook:
        assert [one.text for one in shelves.history(notebook.db)] == ["lanterns"]
    assert not mine.exists()
    assert pages.holding(everything(now, data_home), "arguerite") == []
    assert "(not told)" in tamarisk("changes", now).out


def test_the_desks_own_key_makes_updates_of_protected_releases(
    tamarisk: Tamarisk, desk: Path, signing: tuple[str, ...], tmp_path: Path
) -> None:
    words = tmp_path / "partner.txt"
    words.write_text("six random words\n")
    out = []
    for day, title in (("2026-11-28", "One"), ("2026-12-05", "Two")):
        assert tamarisk("correct", desk, id_of(tamarisk, desk, "another"), "--title", title).status == 0
        lock = ("--new-passphrase-file", words, "--date", day, "--publisher", "A desk", "--yes", "--json")
        out.append(Path(tamarisk("publish", desk, tmp_path, *signing, *lock).json()["path"]))
    refused = tamarisk("diff", *out, tmp_path, *signing, "--json")
    assert refused.status == failures.LOCKED
    assert tamarisk("diff", *out, tmp_path, *signing, "--from", desk, "--json").status == 0


def test_releases_the_wrong_way_round_are_not_compared(
    tamarisk: Tamarisk, desk: Path, release: Release, signing: tuple[str, ...], tmp_path: Path
) -> None:
    """What was withdrawn would be told as added, with its names."""
    first = release("2026-11-28")
    assert tamarisk("withdraw", desk, id_of(tamarisk, desk, "zorblatt"), "--reason", "person", "--yes").status == 0
    second = release("2026-12-05")
    for verb in (("changes", second, first), ("diff", second, first, tmp_path, *signing)):
        said = tamarisk(*verb, "--json")
        assert (said.status, said.json()["error"]["code"]) == (failures.USAGE, "no-delta")
        assert "orblatt" not in said.out


def test_a_number_that_was_given_is_named_and_gone_on_from(
    tamarisk: Tamarisk, desk: Path, release: Release, signing: tuple[str, ...], tmp_path: Path
) -> None:
    kept = tmp_path / "kept.tamarisk"
    assert tamarisk("backup", desk, kept).status == 0
    given = release("2026-11-28")
    how = ("--open", "--date", "2026-12-05", *signing, "--publisher", "A desk", "--line", "desk", "--yes", "--json")
    assert tamarisk("correct", kept, id_of(tamarisk, kept, "another"), "--title", "The quay").status == 0
    said = tamarisk("publish", kept, given.parent, *how)
    assert (said.status, said.json()["error"]["code"]) == (failures.USAGE, "number-taken")
    assert said.json()["error"]["number"] == 1
    assert "--after 1" in said.err
    assert tamarisk("publish", kept, given.parent, *how, "--after", "1").json()["number"] == 2


def test_what_is_mounted_is_tried_until_something_leads_on(
    tamarisk: Tamarisk,
    desk: Path,
    release: Release,
    signing: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An update that starts from a release which nobody has lies beside a full one."""
    from archive.update import planning

    releases = []
    for day, title in (("2026-11-28", "One"), ("2026-12-05", "Two"), ("2026-12-19", "Three")):
        assert tamarisk("correct", desk, id_of(tamarisk, desk, "another"), "--title", title).status == 0
        releases.append(release(day))
    sticks = [tmp_path / "stick-1", tmp_path / "stick-2"]
    for stick in sticks:
        stick.mkdir()
    assert tamarisk("diff", *releases[1:], sticks[0], *signing).status == 0
    shutil.copytree(releases[1], sticks[1] / releases[1].name)
    monkeypatch.setattr(planning, "mounted", lambda: tuple(sticks))
    mine = given(releases[0], tmp_path)
    said = tamarisk("update", mine, "--yes", "--json")
    assert said.status == 0, said.err
    assert said.json()["number"] == 2


def test_the_notebook_of_whoever_did_not_make_the_update_is_purged_too(
    tamarisk: Tamarisk,
    desk: Path,
    release: Release,
    signing: tuple[str, ...],
    tmp_path: Path,
    data_home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A colleague updated the release that both read, and was killed right after it was in use."""
    first = release("2026-11-28")
    mine = given(first, tmp_path)
    gone, key = id_of(tamarisk, mine, "zorblatt"), unlocking.unlock(mine)
    with opening.of_archive(key, protected=False, release=True) as notebook, Archive(mine, key, write=False) as archive:
        notes.add(notebook.db, gone, "Ask at the harbour.", passage=notes.passage(archive.db, gone, 1, 4, 28))
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("XDG_DATA_HOME", str(tmp_path / "desk"))
        assert tamarisk("withdraw", desk, gone, "--reason", "person", "--yes").status == 0
        second = release("2026-12-05")
        made = Path(tamarisk("diff", first, second, tmp_path, *signing, "--json").json()["path"])
        words = ["update", str(mine), str(made), "--yes"]
        done = subprocess.run([sys.executable, "-c", DYING, *words], capture_output=True, check=False)
        assert done.returncode == -signal.SIGKILL, done.stderr
    assert mine.exists()
    said = tamarisk("notebook", "export", mine, "--out", tmp_path / "notes.md", "--yes")
    assert said.status == 0, said.err
    assert not mine.exists()  # what the update left to be deleted
    assert "1 of your notes mentions what was withdrawn" in said.err
    assert "Ask at the harbour" in (tmp_path / "notes.md").read_text()
    assert "anternkeeper" not in (tmp_path / "notes.md").read_text()
    with opening.of_archive(key, protected=False, release=True) as notebook:
        assert [one.passage for one in notes.every(notebook.db)] == [None]
    again = tamarisk("notebook", "export", mine, "--out", tmp_path / "again.md", "--yes")
    assert "withdrawn" not in again.err


def test_a_release_without_its_lists_is_refused_by_every_verb(
    tamarisk: Tamarisk, release: Release, tmp_path: Path, data_home: Path
) -> None:
    mine = given(release("2026-11-28"), tmp_path)
    for file in (*mine.iterdir(), *mine.glob("data/release.txt*")):
        if file.is_file():
            file.unlink()
    for shelf in (mine / "data", Path(shutil.copytree(mine / "data", tmp_path / "copy.tamarisk"))):
        before = {file: file.read_bytes() for file in shelf.rglob("*") if file.is_file()}
        for verb in (("search", shelf, "quay"), ("verify", shelf), ("notebook", "key", shelf), ("import", shelf, mine)):
            said = tamarisk(*verb, "--json")
            assert (said.status, said.json()["error"]["code"]) == (failures.DAMAGED, "refused-release")
            assert "its signature and lists of files are gone" in said.err
        assert tamarisk("search", shelf, "quay", "--although-refused", "--json").json()["hits"]
        written = tamarisk("import", shelf, mine, "--although-refused", "--json")
        assert written.json()["error"]["code"] == "release-frozen"
        assert {file: file.read_bytes() for file in shelf.rglob("*") if file.is_file()} == before


def test_that_a_full_release_opens_otherwise_is_said_before(
    tamarisk: Tamarisk, desk: Path, signing: tuple[str, ...], tmp_path: Path, data_home: Path
) -> None:
    import pyrage

    words, out = [], tmp_path / "out"
    out.mkdir()
    for name in ("one", "other"):
        identity = pyrage.x25519.Identity.generate()
        (tmp_path / name).write_text(f"{identity}\n")
        words.append(str(identity.to_public()))
    locks = (("--recipient", words[0]), ("--recipient", words[1]), ("--open",))
    releases = []
    for title, day, lock in zip("ABC", ("2026-11-28", "2026-12-05", "2026-12-19"), locks, strict=True):
        assert tamarisk("correct", desk, id_of(tamarisk, desk, "another"), "--title", title).status == 0
        how = (*lock, "--date", day, "--publisher", "A desk", *signing, "--yes", "--json")
        releases.append(Path(tamarisk("publish", desk, out, *how).json()["path"]))
    mine = given(releases[0], tmp_path)
    key = ("--identity", tmp_path / "one")
    said = tamarisk("update", mine, releases[1], *key, "--preview")
    assert "it opens with the passphrase or key that its publisher made it for" in said.out
    said = tamarisk("update", mine, releases[2], *key, "--preview")
    assert "was protected, and this one is not" in said.out
    for source, locks in ((releases[1], "other"), (releases[2], "none")):
        assert tamarisk("update", mine, source, *key, "--preview", "--json").json()["locks"] == locks
    assert tamarisk("update", mine, releases[2], *key, "--yes", "--json").json()["locks"] == "none"


def test_another_release_of_a_number_that_was_read_is_not_opened(
    tamarisk: Tamarisk, desk: Path, release: Release, signing: tuple[str, ...], tmp_path: Path, data_home: Path
) -> None:
    kept, elsewhere = tmp_path / "kept.tamarisk", tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert tamarisk("backup", desk, kept).status == 0
    mine = given(release("2026-11-28"), tmp_path)
    assert tamarisk("correct", kept, id_of(tamarisk, kept, "another"), "--title", "The quay").status == 0
    how = ("--open", *signing, "--publisher", "A desk", "--line", "desk", "--yes", "--json")
    other = Path(tamarisk("publish", kept, elsewhere, *how).json()["path"])
    assert other.name == mine.name
    with opening.of_archive(unlocking.unlock(mine), protected=False, release=True) as notebook:
        pins.pin(notebook.db, SECRET.public, "A desk")
    for _ in range(2):
        assert tamarisk("search", mine, "quay").status == 0
    said = tamarisk("search", other, "quay", "--json")
    assert (said.status, said.json()["error"]["state"]) == (failures.DAMAGED, "same-number")
    assert "has the number of a release that you have read before" in said.err
    assert tamarisk("search", other, "quay", "--although-refused").status == 0
    assert tamarisk("search", other, "quay").status == failures.DAMAGED
    assert tamarisk("search", mine, "quay").status == 0
