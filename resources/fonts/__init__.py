"""The fonts that ship with the program, for scripts that a computer may lack."""

from __future__ import annotations

from pathlib import Path


def files() -> list[Path]:
    """The font files, in the order in which they should be tried: Han first, since most text lies there."""
    folder = Path(__file__).parent
    return sorted(folder.glob("*.otf")) + sorted(folder.glob("*.ttf"))
