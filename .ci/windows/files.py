"""Writes the part of the installer's script that names each file of the program folder: to put it there and remove it.

Usage: files.py FOLDER SCRIPT [LEFT_OUT]. LEFT_OUT is a folder in FOLDER that is not put there. An uninstaller that
removes its folder as a whole would take along what else is in it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

QUOTED = str.maketrans({"$": "$$", '"': '$\\"'})


def lines(folder: Path, left_out: str | None = None) -> Iterator[str]:
    """The script, line by line; folders and files in the order of their names, so that it is the same every time."""
    folders = sorted(path.relative_to(folder) for path in (folder, *folder.rglob("*")) if path.is_dir())
    folders = [inner for inner in folders if left_out is None or not inner.is_relative_to(left_out)]
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


def main(folder: str, script: str, left_out: str | None = None) -> None:
    written = "\n".join(lines(Path(folder).absolute(), left_out)) + "\n"
    Path(script).write_text(written, "utf-8-sig")  # makensis knows it by the mark


if __name__ == "__main__":
    main(*sys.argv[1:])
