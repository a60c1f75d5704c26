"""The first window comes without what only an open archive needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

LATER = (
    *("desktop.screen", "desktop.session", "desktop.working", "desktop.workspace", "desktop.updating"),
    *("archive.intake.run", "archive.release.publish", "index.search", "numpy"),
)


def test_the_first_window_is_shown_before_the_rest_of_the_program_is_loaded() -> None:
    code = f"import sys; import desktop.app; print(*[name for name in {LATER!r} if name in sys.modules])"
    root = Path(__file__).resolve().parents[2]
    asked = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert asked.stdout.split() == []
    loaded = subprocess.run(
        [sys.executable, "-c", f"import importlib; [importlib.import_module(name) for name in {LATER!r}]"], cwd=root
    )
    assert loaded.returncode == 0  # they exist, under these names
