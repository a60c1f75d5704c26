"""The program's own picture, drawn for this project."""

from __future__ import annotations

from pathlib import Path


def program() -> Path:
    """The SVG of the window and the task bar."""
    return Path(__file__).parent / "tamarisk.svg"
