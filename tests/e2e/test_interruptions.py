"""Imports that are killed, met by another, stopped by a full disk or asked to end: nothing is lost, nothing twice."""

from __future__ import annotations

import random
import signal
import sys
import time
import zipfile
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock, Timeout

from archive import documents, texts, unlocking
from archive.container import Archive
from tests.e2e.conftest import Desk, Mount

KILLS = 10


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Some hundred small files, messages with attachments and packed folders among them."""
    made = tmp_path / "given"
    made.mkdir()
    for number in range(240):
        (made / f"note-{number:03}.txt").write_text(f"Note {number} about a wombat. " * (number % 40 + 1))
    for number in range(30):
        message = EmailMessage()
        message["From"], message["To"] = "desk@example.org", "other@example.org"
        message["Subject"] = f"Letter {number}"
        message.set_content(f"The body of letter {number}.\n")
        message.add_attachment(f"attached to {number}", filename=f"attached-{number}.txt")
        (made / f"letter-{number}.eml").write_bytes(bytes(message))
        with zipfile.ZipFile(made / f"packed-{number}.zip", "w") as packed:
            for member in range(6):
                packed.writestr(f"member-{member}.txt", f"Member {member} of {number}. " * 20)
    return made


def records(path: Path) -> dict[str, Any]:
    """What an archive holds, without what differs between two imports: by hash the metadata, text, names and kin."""
    with Archive(path, unlocking.unlock(path), write=False) as archive:
        held = {}
        for document in documents.iterate(archive.db, documents.identities(archive.db)):
            text = texts.read(archive.db, document.row, document.text_version)
            names = sorted(name.shown for name in documents.names(archive.db, document.id))
            parents = sorted(
                (documents.get(archive.db, kin.id).sha256, kin.name)
                for kin in documents.parents(archive.db, document.id)
            )
            held[document.sha256] = (document.metadata, document.verdict, document.size, text, names, parents)
        assert documents.unfinished(archive.db) == ()
        return held


def test_killed_ten_times_it_ends_up_the_same(desk: Desk, folder: Path) -> None:
    archive = desk.new()
    interrupted = 0
    for number in range(KILLS):
        process = desk.start("import", archive, folder, "--jobs", 2)
        time.sleep(0.9 + 0.2 * number)  # from before the first commit to well after some
        process.kill()
        interrupted += process.wait() == -signal.SIGKILL
    assert interrupted
    assert desk.run("import", archive, folder).status == 0
    uninterrupted = desk.folder / "other.tamarisk"
    desk.run("new", uninterrupted, "--open")
    assert desk.run("import", uninterrupted, folder).status == 0
    assert records(archive) == records(uninterrupted)
    assert desk.run("verify", archive).status == 0
    found = [
        desk.run("search", path, "wombat", "--limit", 0, "--json").json()["total"] for path in (archive, uninterrupted)
    ]
    assert found == [240, 240]


def test_asked_to_end_it_keeps_what_it_has(desk: Desk, folder: Path) -> None:
    archive = desk.new()
    process = desk.start("import", archive, folder)
    wait_for_lock(archive)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == 1
    assert desk.run("verify", archive).status == 0
    assert desk.run("import", archive, folder).status == 0
    assert len(records(archive)) == 240 + 60 + 30 + 180


def test_a_second_import_says_that_it_is_busy(desk: Desk, folder: Path) -> None:
    archive = desk.new()
    process = desk.start("import", archive, folder)
    try:
        wait_for_lock(archive)
        second = desk.run("import", archive, folder, "--json")
        assert second.status == 5
        assert second.json()["error"]["code"] == "busy"
    finally:
        process.kill()
        process.wait()


@pytest.mark.skipif(sys.platform != "linux", reason="mounts as Linux does")
def test_a_full_disk_loses_nothing(desk: Desk, mount: Mount) -> None:
    small = desk.folder / "small"
    small.mkdir()
    mount("-t", "tmpfs", "-o", "size=6m", "tamarisk-test", small)
    given = desk.folder / "given"
    given.mkdir()
    for number in range(8):  # what cannot be compressed
        (given / f"{number}.bin").write_bytes(random.Random(number).randbytes(1_200_000))
    (given / "a.txt").write_text("The first words.")
    archive = small / "desk.tamarisk"
    assert desk.run("new", archive, "--open").status == 0
    assert desk.run("import", archive, given / "a.txt").status == 0
    said = desk.run("import", archive, given, "--json")
    assert said.status == 5
    assert said.json()["error"]["code"] == "disk-full"
    mount("-o", "remount,size=60m", small)
    assert desk.run("verify", archive).status == 0
    assert desk.run("search", archive, "first", "--json").json()["total"] == 1
    report = desk.run("import", archive, given, "--json")
    assert report.status == 0
    assert len(records(archive)) == 9
    assert desk.run("verify", archive).status == 0


def wait_for_lock(archive: Path) -> None:
    """Return once an import holds its lock."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            FileLock(archive / "import.lock").acquire(timeout=0).lock.release()
        except Timeout:
            return
        time.sleep(0.01)
    raise AssertionError("no import began")
