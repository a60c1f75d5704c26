"""Puts the libraries of the editor edition within reach of imports, where they are installed beside the program."""

from __future__ import annotations

import sys
from pathlib import Path

FOLDER = "editor"


def extend() -> None:
    """Let imports find the editor edition's libraries, after everything else. The packed
    program alone has them apart."""
    inside = getattr(sys, "_MEIPASS", None)  # PyInstaller's name of the folder of the packed program
    if inside and (Path(inside) / FOLDER).is_dir():
        sys.path.append(str(Path(inside) / FOLDER))
