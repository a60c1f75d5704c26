"""The first window comes without what only an open archive needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

LATER = (
    *("desktop.screen", "desktop.session", "desktop.working", "desktop.workspace", "desktop.updating"),
    *("archive.intake.run", "archive.release.publish", "index.search", "numpy"),
)


SHOWN = f"""
import sys
from pathlib import Path
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication
import desktop.app
app = QApplication([])
window = desktop.app.MainWindow(Path("none.json").absolute(), QFont(app.font()), sys.exit)
window.show()
app.processEvents()
print(*[name for name in {LATER!r} if name in sys.modules])
"""


def test_the_first_window_is_shown_before_the_rest_of_the_program_is_loaded() -> None:
    root = Path(__file__).resolve().parents[2]
    asked = subprocess.run([sys.executable, "-c", SHOWN], cwd=root, capture_output=True, text=True, check=True)
    assert asked.stdout.split() == []
    loaded = subprocess.run(
        [sys.executable, "-c", f"import importlib; [importlib.import_module(name) for name in {LATER!r}]"], cwd=root
    )
    assert loaded.returncode == 0  # they exist, under these names
