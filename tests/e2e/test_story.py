"""A release's whole way: published, unlocked, searched, noted on, updated from a stick, and refused where altered.

By itself it runs the program of this checkout. With TAMARISK_ROOM, the folder of a bare system in which the package is
installed, the reader's part runs in there, and the stick is an image that is mounted (.ci/linux/try, as root).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOM = os.environ.get("TAMARISK_ROOM", "")
PASSPHRASE = "six plain words for the partner"
WITHDRAWN = "The lanternkeeper Zorblatt was seen at the old quay."
STAYS = "A red notice is a request to locate a person. 红色通报\n"


@dataclass(frozen=True, slots=True)
class Computer:
    """Somebody's computer: `root` is its outermost folder as seen from here, `home` the person's folder inside it."""

    root: Path
    home: Path
    start: tuple[str, ...]
    settings: dict[str, str]

    def path(self, inside: str) -> Path:
        """Where a path of this computer lies, as seen from here."""
        return self.root / inside.lstrip("/")

    def call(self, *words: object, status: int = 0) -> str:
        """Runs the program and returns what it prints; it must end with `status`."""
        done = subprocess.run(
            [*self.start, *map(str, words)], env=self.settings, stdin=subprocess.DEVNULL, capture_output=True, text=True
        )
        assert done.returncode == status, f"{words}: {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout

    def ask(self, *words: object, status: int = 0) -> Any:
        """Runs a verb with --json and returns its answer."""
        return json.loads(self.call(*words, "--json", status=status))


@pytest.fixture
def desk(tmp_path: Path) -> Computer:
    """The publisher's: this checkout."""
    home = tmp_path / "desk"
    home.mkdir()
    return Computer(Path("/"), home, (sys.executable, "-m", "desktop"), _settings(home))


@pytest.fixture
def partner(tmp_path: Path) -> Computer:
    """The reader's: the bare system, else this checkout with another home."""
    if ROOM:
        outer = ("chroot", ROOM, "env", "-i", "HOME=/root", "PATH=/usr/bin:/bin", "LANG=C.UTF-8", "tamarisk")
        return Computer(Path(ROOM), Path("/root"), outer, dict(os.environ))
    home = tmp_path / "partner"
    home.mkdir()
    return Computer(Path("/"), home, (sys.executable, "-m", "desktop"), _settings(home))


def _settings(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "TAMARISK_"))}
    return {**kept, "HOME": str(home), "XDG_DATA_HOME": str(home / ".local/share"), "LANG": "C.UTF-8"}


Stick = Callable[[Path], str]


@pytest.fixture
def stick(partner: Computer, tmp_path: Path) -> Iterator[Stick]:
    """Puts a folder's files on a medium and returns where the partner's computer shows it."""
    mounted: list[Path] = []

    def carry(files: Path) -> str:
        seen = "/media/stick" if ROOM else str(tmp_path / "stick")
        at = partner.path(seen)
        at.mkdir(parents=True, exist_ok=True)
        image = tmp_path / "stick.img"
        if ROOM and _made(image) and _succeeds("mount", "-o", "loop", image, at):
            mounted.append(at)
        if ROOM:
            print(f"the stick is {'a mounted image' if mounted else 'a folder: no image can be mounted here'}")
        for file in files.iterdir():
            shutil.copy(file, at)
        if mounted:
            subprocess.run(["mount", "-o", "remount,ro", at], check=True)
        return seen

    yield carry
    for at in mounted:
        subprocess.run(["umount", at], check=True)


def _made(image: Path) -> bool:
    with image.open("wb") as file:
        file.truncate(64 << 20)
    return _succeeds("mkfs.vfat", image) or _succeeds("mkfs.ext4", "-q", "-F", image)


def _succeeds(*command: object) -> bool:
    if not shutil.which(str(command[0])):
        return False
    return subprocess.run(list(map(str, command)), capture_output=True).returncode == 0


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


class Desk:
    """What the publisher does, at its own computer."""

    def __init__(self, computer: Computer) -> None:
        self.computer = computer
        self.archive, self.key = computer.home / "papers.tamarisk", computer.home / "desk.key"
        self._words, self._out = computer.home / "words.txt", computer.home / "out"
        self._words.write_text(PASSPHRASE + "\n")
        self._out.mkdir()
        files = computer.home / "files"
        files.mkdir()
        for name, text in (("notice.txt", STAYS), ("quay.txt", WITHDRAWN), ("later.txt", "The harbourmaster spoke.")):
            (files / name).write_text(text, "utf-8")
        computer.call("new", self.archive, "--open")
        computer.call("key", "new", self.key, "--passphrase-file", self._words)
        computer.call("import", self.archive, files / "notice.txt", files / "quay.txt")

    @property
    def _signing(self) -> tuple[object, ...]:
        return ("--sign", self.key, "--key-passphrase-file", self._words)

    def publish(self, day: str) -> Path:
        """Makes a release that the partner's passphrase opens."""
        lock = ("--new-passphrase-file", self._words, "--publisher", "A desk", "--date", day, "--yes")
        return Path(self.computer.ask("publish", self.archive, self._out, *self._signing, *lock)["path"])

    def withdraw(self, word: str) -> None:
        """Takes out the one document that holds a word, and takes in another."""
        (hit,) = self.computer.ask("search", self.archive, word)["hits"]
        self.computer.call("withdraw", self.archive, hit["id"], "--reason", "person", "--yes")
        self.computer.call("import", self.archive, self.computer.home / "files" / "later.txt")

    def update(self, first: Path, second: Path) -> Path:
        """Makes the update between two releases; the folder with its files."""
        folder = self.computer.home / "update"
        folder.mkdir()
        self.computer.call("diff", first, second, folder, *self._signing, "--from", self.archive)
        return folder

    def note(self, release: Path, record: str, words: str) -> Path:
        """A note on a record, as the JSON that a notebook exports: no verb writes notes, the window does."""
        from archive import unlocking
        from archive.notebook import notes, opening

        elsewhere = self.computer.home / "elsewhere"
        key = unlocking.unlock(release / "data", PASSPHRASE)
        with opening.of_archive(key, protected=True, release=True, data=elsewhere / "tamarisk") as notebook:
            notes.add(notebook.db, record, words)
        out = self.computer.home / "notes.json"
        other = Computer(
            self.computer.root,
            self.computer.home,
            self.computer.start,
            {**self.computer.settings, "XDG_DATA_HOME": str(elsewhere)},
        )
        unlock = ("--passphrase-file", self._words)
        other.call("notebook", "export", release, "--out", out, "--yes", *unlock)
        return out
