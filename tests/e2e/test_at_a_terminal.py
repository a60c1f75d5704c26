"""With a person at the terminal: the passphrase is asked for, hits are coloured, progress is shown."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.e2e.conftest import TAMARISK, Desk

fcntl = pytest.importorskip("fcntl", reason="pseudo-terminals as POSIX has them")
termios = pytest.importorskip("termios")


class Terminal:
    """A pseudo-terminal with the program on it."""

    def __init__(self, desk: Desk, *words: object) -> None:
        self._ours, theirs = os.openpty()
        environment = {**desk.environment, "TERM": "xterm", "COLUMNS": "100"}
        self._process = subprocess.Popen(
            [*TAMARISK, *map(str, words)],
            env=environment,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # else Ctrl+C there interrupts nobody
        )
        os.close(theirs)
        self.seen = ""

    def expect(self, words: str) -> None:
        """Read until `words` were said since the last time."""
        start = len(self.seen)
        while words not in self.seen[start:]:
            self.seen += self._read()

    def type(self, words: str) -> None:
        os.write(self._ours, words.encode())

    def end(self) -> int:
        """Read to the end; the exit status."""
        while True:
            try:
                self.seen += self._read()
            except EOFError:
                os.close(self._ours)
                return self._process.wait(timeout=60)

    def _read(self) -> str:
        try:
            data = os.read(self._ours, 65536)
        except OSError:  # Linux says so where the other side is closed
            data = b""
        if not data:
            raise EOFError(self.seen)
        return data.decode("utf-8", "replace")


def test_a_new_passphrase_is_asked_for_twice_and_never_shown(desk: Desk) -> None:
    archive = desk.folder / "desk.tamarisk"
    terminal = Terminal(desk, "new", archive)
    terminal.expect("New passphrase: ")
    terminal.type("quokka berry jam\n")
    terminal.expect("Once more: ")
    terminal.type("quokka berry ham\n")
    terminal.expect("New passphrase: ")
    terminal.type("quokka berry jam\n")
    terminal.expect("Once more: ")
    terminal.type("quokka berry jam\n")
    assert terminal.end() == 0
    assert "berry" not in terminal.seen
    terminal = Terminal(desk, "info", archive)
    terminal.expect("Passphrase: ")
    terminal.type("quokka berry jam\n")
    assert terminal.end() == 0
    assert "Protected" in terminal.seen
    assert "berry" not in terminal.seen


def test_progress_is_shown_and_hits_are_coloured(desk: Desk) -> None:
    archive = desk.new()
    (desk.folder / "page.txt").write_text("A quokka sat \x1b[2J here.\n")
    terminal = Terminal(desk, "import", archive, desk.folder / "page.txt")
    assert terminal.end() == 0
    assert "Importing" in terminal.seen
    assert "1 of 1 files" in terminal.seen
    terminal = Terminal(desk, "search", archive, "quokka")
    assert terminal.end() == 0
    assert "\x1b[33m" in terminal.seen
    assert "\x1b[2J" not in terminal.seen


def test_ctrl_c_ends_an_import_with_a_report(desk: Desk) -> None:
    archive = desk.new()
    folder = desk.folder / "given"
    folder.mkdir()
    for number in range(400):
        (folder / f"{number}.html").write_text(
            f"<html><title>Page {number}</title><p>Words of page {number}.</p></html>"
        )
    terminal = Terminal(desk, "import", archive, folder)
    terminal.expect("of 400 files")
    terminal.type("\x03")
    assert terminal.end() == 1
    assert "Stopped before the end." in terminal.seen
    assert "Traceback" not in terminal.seen


def test_names_stay_harmless_in_the_progress(desk: Desk) -> None:
    folder = desk.folder / "given"
    folder.mkdir()
    Path(folder / "a\x1b]0;owned\x07b.txt").write_text("Words.")
    terminal = Terminal(desk, "import", desk.new(), folder)
    assert terminal.end() == 0
    assert "\x1b]0" not in terminal.seen
