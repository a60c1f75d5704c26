"""Where the releases lie that came with the installed program; free of Qt."""

from __future__ import annotations

import sys
from pathlib import Path

from archive.signing import bag

PLACES = ("releases", "../../share/tamarisk/releases")
"""From the program's folder: of a portable archive, and of a Debian package (/usr/lib/tamarisk)."""


def releases(program: Path | None = None) -> tuple[Path, ...]:
    """The releases that came with the program whose folder is `program`, by name; none where it runs from its sources.

    One that is damaged is among them, as long as it looks like a bag.
    """
    if program is None:
        if not getattr(sys, "frozen", False):
            return ()
        program = Path(sys.executable).resolve().parent
    found = (path for place in PLACES for path in (program / place).resolve().glob("*"))
    return tuple(sorted(path for path in found if bag.is_bag(path)))
