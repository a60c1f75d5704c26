"""The real program under strace: whatever it is made to do, the kernel makes local sockets for it and no others."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desktop import guard
from tests import tracing

TAMARISK = [sys.executable, "-m", "desktop"]

pytestmark = [
    pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed"),
    pytest.mark.skipif(
        sys.platform != "linux" or os.uname().machine not in guard._MACHINES, reason="no filter for this system"
    ),
]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An unprotected archive with one page that names things to be fetched."""
    page = tmp_path / "page.html"
    page.write_text(
        "<html><head><title>Red notice</title><link rel=stylesheet href='http://127.0.0.1:9/style.css'></head>"
        "<body><p>A red notice is a request to locate a person.</p><img src='http://127.0.0.1:9/dot.png'></body></html>"
    )
    path = tmp_path / "archive.tamarisk"
    subprocess.run([*TAMARISK, "new", path, "--open"], check=True, stdin=subprocess.DEVNULL)
    subprocess.run([*TAMARISK, "import", path, page], check=True, stdin=subprocess.DEVNULL)
    return path


def assert_shut_in(calls: list[tracing.Call]) -> None:
    assert tracing.Call("socket", "AF_INET", succeeded=False) in calls, "the guard was not there"
    assert tracing.foreign(calls) == []


def test_the_command_line_imports_and_searches(archive: Path, tmp_path: Path) -> None:
    page = tmp_path / "another.html"
    page.write_text("<html><body><p>Another red notice.</p><img src='http://127.0.0.1:9/dot.png'></body></html>")
    assert_shut_in(tracing.trace([*TAMARISK, "import", str(archive), str(page)], tmp_path / "import"))
    assert_shut_in(tracing.trace([*TAMARISK, "search", str(archive), '"red notice"'], tmp_path / "search"))


@pytest.mark.skipif(not shutil.which("xdotool"), reason="xdotool is not installed")
def test_the_window_searches_and_shows(archive: Path, tmp_path: Path) -> None:
    def press(*words: str) -> None:
        subprocess.run(["xdotool", *words], check=True, env={**os.environ, **environment}, timeout=60)

    def drive() -> None:
        # Without a window manager nobody gives the window the keys, so it is told to take them.
        press("search", "--sync", "--onlyvisible", "--name", "— Tamarisk$", "windowfocus", "--sync")
        press("key", "ctrl+f")
        press("type", "--delay", "30", "red notice")
        press("key", "--delay", "300", "Down", "Return", "F3", "ctrl+2", "ctrl+3", "ctrl+q")

    with tracing.display() as environment:
        calls = tracing.trace([*TAMARISK, str(archive)], tmp_path / "window", environment, drive)
    assert tracing.Call("connect", "AF_UNIX", succeeded=True) in calls
    assert_shut_in(calls)
