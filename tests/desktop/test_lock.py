"""Locking: the process that held the key ends, and a fresh one asks for the passphrase."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import psutil

from archive import container

HOLD = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication
from archive import unlocking
from desktop.unlocked import unlocked
from desktop.window import MainWindow

def fail(error):
    raise error

if __name__ == "__main__":
    path = Path(sys.argv[1])
    app = QApplication([])
    window = MainWindow(path.parent / "settings.json", QFont(app.font()), fail)
    window.show()
    window.entry.opened.emit(unlocked(path, unlocking.unlock(path, "nine boats")))
    window.archive.counted_hits.connect(lambda query: window.commands["lock"].trigger())
    sys.exit(app.exec())
"""


def started_on(path: Path) -> list[psutil.Process]:
    """Processes that run this program on the archive."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        if (process.info["cmdline"] or [])[-3:] == ["-m", "desktop", str(path)]:
            found.append(process)
    return found


def test_locking_ends_the_process_and_starts_another_on_the_archive(tmp_path: Path) -> None:
    path = tmp_path / "Boats.tamarisk"
    container.create(path, passphrase="nine boats")
    script = tmp_path / "hold.py"
    script.write_text(HOLD, "utf-8")
    root = Path(__file__).resolve().parents[2]
    ended = subprocess.run(
        [sys.executable, str(script), str(path)],
        timeout=120,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert ended.returncode == 0
    fresh: list[psutil.Process] = []
    for _ in range(200):
        fresh = started_on(path)
        if fresh:
            break
        time.sleep(0.05)
    try:
        (process,) = fresh
        assert not any("archive.db" in file.path for file in process.open_files())
    finally:
        for process in fresh:
            process.kill()
            process.wait()
