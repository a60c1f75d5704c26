"""The window's first run as a reader makes it, by the keyboard of a real display, from the start to a note on a hit."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import psutil
import pytest
from PIL import Image, ImageGrab, features

from tests import tracing
from tests.e2e.parties import PASSPHRASE, ROOM, Computer, Desk, publishers, readers

WORDS = os.environ.get(
    "TAMARISK_WORDS", ""
)  # a file with the passphrase of a release that came with the reader's program
SHOTS = os.environ.get("TAMARISK_SHOTS", "")  # a folder in which the pictures are kept
NOTED = "Ask at the harbour"

pytestmark = [
    pytest.mark.skipif(not shutil.which("xdotool"), reason="xdotool is not installed"),
    pytest.mark.skipif(not features.check("xcb"), reason="Pillow cannot take pictures of this kind of screen"),
]


class Screen:
    """A display with the window of one program on it, and hands on its keyboard."""

    def __init__(self, environment: dict[str, str], folder: Path, program: int) -> None:
        """`folder` keeps the pictures; `program` is the number of the process."""
        self.environment = {**os.environ, **environment}
        self._folder, self._program = folder, program

    def press(self, *words: str) -> str:
        """Has xdotool do something; what it says."""
        done = subprocess.run(
            ["xdotool", *words], check=True, env=self.environment, timeout=120, capture_output=True, text=True
        )
        return done.stdout

    def take(self, title: str) -> None:
        """Waits for the window of a title and gives it the keyboard, which nobody does without a window manager."""
        command = ["xdotool", "search", "--onlyvisible", "--name", title, "windowfocus", "--sync"]

        def taken() -> bool:  # it fails, too, where another window goes while it looks
            return subprocess.run(command, env=self.environment, timeout=120, capture_output=True).returncode == 0

        until(taken, title)

    def shot(self, name: str = "now") -> Image.Image:
        """What is to be seen."""
        seen = ImageGrab.grab(xdisplay=self.environment["DISPLAY"])
        seen.save(self._folder / f"{name}.png")
        return seen

    def rest(self, before: Image.Image, name: str) -> Image.Image:
        """Waits until something else than `before` is to be seen and the program has nothing more to do."""
        still, last = 0, self.shot()

        def stands() -> bool:
            nonlocal still, last
            now = self.shot(name)
            still = still + 1 if _apart(now, last) < 200 and not self._works() else 0  # a cursor may blink
            last = now
            return still >= 4 and _apart(now, before) > 2000

        until(stands, name)
        return last

    def _works(self) -> bool:
        """Whether a thread of the program or of what it started computes or wants to: on a busy machine that shows when
        nothing moves on the screen."""
        tree = [self._program, *(each.pid for each in psutil.Process(self._program).children(recursive=True))]
        states = (file for pid in tree for file in Path("/proc", str(pid), "task").glob("*/stat"))
        return any(_state(file) in "RD" for file in states)


def _state(file: Path) -> str:
    """The state of a thread as proc(5) writes it; Z when it ended meanwhile."""
    try:
        return file.read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"


def _apart(one: Image.Image, other: Image.Image) -> int:
    """How many pixels of two pictures differ."""
    if one.size != other.size:
        return one.width * one.height
    return int(np.count_nonzero(np.any(np.asarray(one) != np.asarray(other), axis=2)))


def until(condition: Callable[[], bool], what: str, seconds: float = 180) -> None:
    """Waits for something to become so."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"{what} did not come about"
        time.sleep(0.4)


def test_from_the_start_by_the_keys_to_a_note_on_what_was_found(tmp_path: Path) -> None:
    at_desk = Desk(publishers(tmp_path))
    partner = readers(tmp_path, "first")
    release = at_desk.publish("2026-11-28")
    mine = partner.home / "given" / release.name
    shutil.copytree(release, partner.path(str(mine)))
    words = partner.home / "words.txt"
    partner.path(str(words)).write_text(PASSPHRASE + "\n")
    shots = Path(SHOTS or tmp_path / "shots")
    shots.mkdir(exist_ok=True)

    came = len(bundled())
    shown(partner, shots, lambda screen: go(screen, mine, came))

    # What was done in the window is so: the key is trusted, and the note hangs on the record that was searched for.
    unlock = ("--passphrase-file", words)
    assert partner.ask("verify", mine, *unlock)["state"] == "valid"
    (hit,) = partner.ask("search", mine, "红色通报", *unlock)["hits"]
    out = partner.home / "notes.json"
    partner.call("notebook", "export", mine, "--out", out, "--yes", *unlock)
    told = partner.path(str(out)).read_text("utf-8")
    assert NOTED in told
    assert hit["id"] in told


def go(screen: Screen, release: Path, came: int) -> None:
    """The first run, up to the end of the program; `came` releases came with it and stand before the other ways."""
    screen.take("^Tamarisk$")
    start = screen.rest(Image.new("RGB", (1, 1)), "1-start")
    screen.press("key", *["Tab"] * came, "Return")
    screen.take("^Open an archive$")
    screen.press("type", "--delay", "30", str(release))
    screen.press("key", "Return")
    screen.take(f"^{release.stem} — Tamarisk$")
    unlock = screen.rest(start, "2-unlock")
    screen.press("type", "--delay", "30", PASSPHRASE)
    screen.press("key", "Return")
    compare = screen.rest(unlock, "3-compare")
    screen.press("key", "space", *["Tab"] * 3)
    screen.rest(compare, "4-compared")
    screen.press("key", "Return")
    opened = screen.rest(compare, "5-search")
    screen.press("type", "--delay", "30", "red notice")
    screen.press("key", "Return")
    found = screen.rest(opened, "6-found")
    screen.press("key", "--delay", "300", "Down", "Return")
    read = screen.rest(found, "7-read")
    screen.press("key", "n")
    screen.rest(read, "8-note")
    screen.press("type", "--delay", "30", NOTED)
    time.sleep(2)
    screen.shot("9-noted")
    screen.press("key", "ctrl+q")


@pytest.mark.skipif(not WORDS, reason="no release with a known passphrase came with the program")
def test_a_release_that_came_with_the_program_is_offered_first(tmp_path: Path) -> None:
    partner = readers(tmp_path, "second")
    shots = Path(SHOTS or tmp_path / "shots")
    shots.mkdir(exist_ok=True)
    first = bundled()[0]

    def unlock(screen: Screen) -> None:
        screen.take("^Tamarisk$")
        start = screen.rest(Image.new("RGB", (1, 1)), "bundled-1-start")
        screen.press("key", "Return")
        screen.take(f"^{first.stem} — Tamarisk$")
        locked = screen.rest(start, "bundled-2-unlock")
        screen.press("type", "--delay", "30", Path(WORDS).read_text().strip())
        screen.press("key", "Return")
        screen.rest(locked, "bundled-3-compare")
        screen.press("key", "ctrl+q")

    shown(partner, shots, unlock)
    inside = Path("/", first.relative_to(ROOM))
    shutil.copy(WORDS, partner.path(str(partner.home / "words.txt")))
    told = partner.ask("verify", inside, "--passphrase-file", partner.home / "words.txt", status=1)
    assert told["state"] == "unknown-key"  # it was not compared, and coming with the program makes no key known


def shown(partner: Computer, shots: Path, drive: Callable[[Screen], None]) -> None:
    """Runs the window on a display of its own while `drive` uses it, to its end, which must be good and silent."""
    with tracing.display() as environment:
        window = partner.window(environment["DISPLAY"])
        try:
            drive(Screen(environment, shots, window.pid))
            said, _ = window.communicate(timeout=60)
        finally:
            window.kill()
            window.communicate()
    assert (window.returncode, said) == (0, "")


def bundled() -> list[Path]:
    """The releases that came with the reader's program."""
    return sorted(Path(ROOM, "usr/share/tamarisk/releases").glob("*")) if ROOM else []
