"""Starts this program anew, in a process that shares no memory with this one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def start(path: Path | None) -> None:
    """Start it, on the archive at `path` or without one."""
    # -P: the folder we stand in, a stick perhaps, must not lend us its code
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-P", "-m", "desktop"]
    subprocess.Popen([*program, *([str(path)] if path is not None else [])], start_new_session=True)  # noqa: S603
