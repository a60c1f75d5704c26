"""A release's whole way: published, unlocked, searched, noted on, updated from a stick, and refused where altered."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.parties import PASSPHRASE, ROOM, Computer, Desk, publishers, readers

FORMATS: dict[str, tuple[str, ...]] = {"vfat": (), "ext4": ("-q", "-F")}
"""Of a stick's image: as most sticks are, and where the kernel does not know that; with options for making it."""


@pytest.fixture
def desk(tmp_path: Path) -> Computer:
    return publishers(tmp_path)


@pytest.fixture
def partner(tmp_path: Path) -> Computer:
    return readers(tmp_path)


Stick = Callable[[Path], str]


@pytest.fixture
def stick(partner: Computer, tmp_path: Path) -> Iterator[Stick]:
    """Puts a folder's files on a medium and returns where the partner's computer shows it: in a bare system a mounted
    image, where one can be mounted, else a folder."""
    mounted: list[Path] = []

    def carry(files: Path) -> str:
        seen = "/media/stick" if ROOM else str(tmp_path / "stick")
        at = partner.path(seen)
        at.mkdir(parents=True, exist_ok=True)
        if ROOM:
            kind = next((kind for kind in FORMATS if mount_new(kind, tmp_path / "stick.img", at)), "")
            print(f"the stick is {f'a mounted image of {kind}' if kind else 'a folder: no image can be mounted here'}")
            mounted.extend([at] if kind else [])
        for file in files.iterdir():
            shutil.copy(file, at)
        if mounted:
            subprocess.run(["mount", "-o", "remount,ro", at], check=True)
        return seen

    yield carry
    for at in mounted:
        subprocess.run(["umount", at], check=True)


def mount_new(kind: str, image: Path, at: Path) -> bool:
    """Makes a file system of a kind in a file and mounts it; whether this machine can do both."""
    with image.open("wb") as file:
        file.truncate(64 << 20)
    commands = ([f"mkfs.{kind}", *FORMATS[kind], image], ["mount", "-t", kind, "-o", "loop", image, at])
    return all(
        shutil.which(str(command[0])) and subprocess.run(command, capture_output=True).returncode == 0
        for command in commands
    )


def test_from_publishing_to_an_update_and_a_refusal(
    desk: Computer, partner: Computer, stick: Stick, tmp_path: Path
) -> None:
    at_desk = Desk(desk)
    first = at_desk.publish("2026-11-28")
    fingerprint = desk.ask("key", "show", at_desk.key)["fingerprint"]
    mine = partner.home / "archives" / first.name
    shutil.copytree(first, partner.path(str(mine)))
    words = partner.home / "words.txt"
    partner.path(str(words)).write_text(PASSPHRASE + "\n")
    unlock = ("--passphrase-file", words)

    # A key that nobody has compared is told as such; compared, the receipt is green.
    assert partner.ask("verify", mine, *unlock, status=1)["state"] == "unknown-key"
    partner.call("key", "trust", mine, "--fingerprint", fingerprint, *unlock)
    assert partner.ask("verify", mine, *unlock)["state"] == "valid"

    hits = partner.ask("search", mine, "红色通报", *unlock)["hits"]
    assert [hit["title"] for hit in hits] == ["notice.txt"]
    assert partner.ask("search", mine, "lanternkeeper", *unlock)["total"] == 1
    notes = partner.home / "notes.json"
    shutil.copy(at_desk.note(first, hits[0]["id"], "Ask at the harbour."), partner.path(str(notes)))
    partner.call("notebook", "import", mine, notes, *unlock)

    # The update comes on a stick. What was withdrawn is gone, the note is there, and the receipt is green.
    at_desk.withdraw("lanternkeeper")
    second = at_desk.publish("2026-12-05")
    place = stick(at_desk.update(first, second))
    now = Path(partner.ask("update", mine, place, "--yes", *unlock)["path"])
    assert now.name.endswith("-0002.tamarisk")
    assert not partner.path(str(mine)).exists()
    assert partner.ask("search", now, "lanternkeeper", *unlock)["hits"] == []
    assert partner.ask("search", now, "harbourmaster", *unlock)["total"] == 1
    kept = partner.home / "kept.md"
    partner.call("notebook", "export", now, "--out", kept, "--yes", *unlock)
    assert "Ask at the harbour" in partner.path(str(kept)).read_text("utf-8")
    green = partner.ask("verify", now, *unlock)
    assert (green["state"], green["updated_from"], green["proven"]) == ("valid", 1, True)
    assert not green["faults"]

    # One byte is flipped.
    file = partner.path(str(now)) / "data" / "archive.db"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    refused = partner.ask("verify", now, *unlock, status=4)
    assert {"path": "data/archive.db", "fault": "altered"} in refused["faults"]
    unopened = partner.ask("search", now, "harbourmaster", *unlock, status=4)["error"]
    assert unopened["code"] == "refused-release"
    assert "data/archive.db" in unopened["message"]
