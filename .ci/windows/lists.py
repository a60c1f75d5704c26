"""Writes, for the program for Windows, THIRD-PARTY.txt and the bill of materials, from what its build has noted.

Usage: lists.py SOURCES PYTHON FOLDER VERSION MOMENT, at the checkout's root. SOURCES is the list of files with where
each came from, as build.spec writes it under Wine; PYTHON the interpreter's folder; MOMENT in seconds since 1970.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "notices"))

import bill
import interpreter
import origins
import pins
import text


def python(folder: Path) -> interpreter.Python:
    """The Python for Windows that lies in a folder, as .ci/windows/package unpacks it."""
    version = str(pins.WINDOWS["python_full_version"])
    return interpreter.Python(folder / "Lib" / "site-packages", (folder,), version, folder / "LICENSE.txt", ".exe")


def here(source: str) -> str:
    """A path as Wine writes it, as one of this machine's. Raises UnknownOrigin where it is not on drive Z:."""
    if source[1:2] == ":" and source[:2].upper() != "Z:":
        raise origins.UnknownOrigin(f"{source} is of Wine's own disk")
    return (source[2:] if source[1:2] == ":" else source).replace("\\", "/")


def main(sources: str, folder: str, made: str, version: str, moment: str) -> None:
    """Write both lists."""
    noted: dict[str, str] = json.loads(Path(sources).read_text("utf-8"))
    listed = {name.replace("\\", "/"): here(source) for name, source in noted.items() if source not in (None, "", "-")}
    components = origins.components(listed, python(Path(folder).resolve()))
    Path(made, "THIRD-PARTY.txt").write_text(text.write(components), "utf-8")
    Path(made, f"tamarisk-{version}.cdx.json").write_text(bill.write(components, version, int(moment)), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
