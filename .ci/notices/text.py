"""Writes THIRD-PARTY.txt: every work of others in the program, with its version, its licence and the texts of that."""

from __future__ import annotations

from collections.abc import Sequence

from origins import Component

KINDS = {
    "cpython": "the language's interpreter and library",
    "python": "a Python distribution",
    "debian": "a library as Debian builds it",
    "microsoft": "a library as Microsoft builds it",
    "data": "data or fonts",
}
HEAD = """What others have made and Tamarisk contains, with their licences. Tamarisk itself is under the MIT licence.

Qt and PySide6 are used under the GNU Lesser General Public License, version 3, as shared libraries that may be
replaced by others of the same interface. Their source is at https://download.qt.io/official_releases/, that of
Debian's packages in Debian's archive of snapshots, that of every Python distribution in the Python Package Index, each
under its name and version. Libraries that a distribution carries inside (such as ICU in PySide6, OpenBLAS in numpy,
ONNX Runtime in kreuzberg) are named by their files below it.
"""


def write(components: Sequence[Component]) -> str:
    """The whole text: a table of contents, then each component; texts that several share stand once."""
    lines = [HEAD, f"{len(components)} works:", ""]
    lines += [f"  {one.name} {one.version}: {one.licence}" for one in components]
    first: dict[str, str] = {}
    for one in components:
        lines += ["", "=" * 100, f"{one.name} {one.version}", f"{KINDS[one.kind]}; licence: {one.licence}"]
        lines += [one.address] if one.address else []
        libraries = [file for file in one.files if is_library(file)]
        lines += [f"in files: {', '.join(libraries)}"] if libraries else []
        for name, text in one.texts.items():
            where = f"{one.name}, {name}"
            if text in first:
                lines += ["", f"--- {name}: the same text as of {first[text]}"]
            else:
                first[text] = where
                lines += ["", f"--- {name}", "", text.rstrip("\n")]
    return "\n".join(lines) + "\n"


def is_library(name: str) -> bool:
    """Whether a file of the program folder is native code."""
    return ".so" in name.rpartition("/")[2] or name.endswith((".dll", ".pyd", ".exe", ".dylib"))
