"""Writes the part of the installer's script that names each file of the program folder: to put it there and remove it.

Usage: files.py FOLDER SCRIPT. An uninstaller that removes its folder as a whole would take along what else is in it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

QUOTED = str.maketrans({"$": "$$", '"': '$\\"'})


def lines(folder: Path) -> Iterator[str]:
    """The script, line by line; folders and files in the order of their names, so that it is the same every time."""
    folders = sorted(path.relative_to(folder) for path in (folder, *folder.rglob("*")) if path.is_dir())
    yield "!ifdef PUT_FILES"
    for inner in folders:
        yield f'SetOutPath "{installed(inner)}"'
        for file in sorted(path for path in (folder / inner).iterdir() if path.is_file()):
            yield f'File "{str(file).translate(QUOTED)}"'
    yield "!endif"
    yield "!ifdef REMOVE_FILES"
    for inner in reversed(folders):
        for file in sorted(path.name for path in (folder / inner).iterdir() if path.is_file()):
            yield f'Delete "{installed(inner / file)}"'
        if inner != Path():
            yield f'RMDir "{installed(inner)}"'
    yield "!endif"


def installed(path: Path) -> str:
    """Where something of the program folder lies once it is installed, as the script writes it."""
    return "\\".join(["$INSTDIR", *(part.translate(QUOTED) for part in path.parts)])


def main(folder: str, script: str) -> None:
    Path(script).write_text(
        "\n".join(lines(Path(folder).absolute())) + "\n", "utf-8-sig"
    )  # makensis knows it by the mark


if __name__ == "__main__":
    main(*sys.argv[1:])
