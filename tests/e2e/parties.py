"""The two computers of a release's way: the publisher's, which is this checkout, and the reader's.

By itself the reader's is this checkout, too, with another home. With TAMARISK_ROOM, the folder of a bare system in
which the package is installed, it is that system (.ci/linux/try, as root).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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

    def window(self, display: str) -> subprocess.Popen[str]:
        """Starts the window on a display of this machine."""
        start = (*self.start[:-1], f"DISPLAY={display}", "tamarisk-window") if self.start[0] == "chroot" else self.start
        shown = {**self.settings, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "WAYLAND_DISPLAY": ""}
        streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        return subprocess.Popen([*start], env=shown, text=True, **streams)


def publishers(folder: Path) -> Computer:
    """The publisher's: this checkout, with a home in this folder."""
    home = folder / "desk"
    home.mkdir()
    return Computer(Path("/"), home, (sys.executable, "-m", "desktop"), _settings(home))


def readers(folder: Path, who: str = "root") -> Computer:
    """The reader's: the bare system, with a home named after the reader, else this checkout with another home."""
    if ROOM:
        home = Path("/", who)
        Path(ROOM, who).mkdir(exist_ok=True)
        outer = ("chroot", ROOM, "env", "-i", f"HOME={home}", "PATH=/usr/bin:/bin", "LANG=C.UTF-8", "tamarisk")
        return Computer(Path(ROOM), home, outer, dict(os.environ))
    home = folder / who
    home.mkdir()
    return Computer(Path("/"), home, (sys.executable, "-m", "desktop"), _settings(home))


def _settings(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "TAMARISK_"))}
    return {**kept, "HOME": str(home), "XDG_DATA_HOME": str(home / ".local/share"), "LANG": "C.UTF-8"}


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
