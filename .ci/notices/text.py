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
replaced by others of the same interface. Python modules under that licence (fpdf2, and in the editor edition py7zr and
others), and libiconv in lxml, are replaced by building the program anew from its source with build.spec, with another
build of that module. The source of Qt is at
https://download.qt.io/official_releases/, that of Debian's packages in Debian's archive of snapshots, that of every
Python distribution in the Python Package Index, that of crates in that of Rust, each under its name and version. What a
distribution carries inside is named below it: libraries as files (such as OpenBLAS in numpy), and what its native code
was put together from (such as OpenSSL in cryptography), crates as the list in its wheel has them. Of a crate under
several licences any one may be chosen; the texts of the MIT, BSD, ISC, Zlib and Unicode licences stand with other works
in this list, with other names.
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
        lines += _carried(one)
        for name, text in one.texts.items():
            where = f"{one.name}, {name}"
            if text in first:
                lines += ["", f"--- {name}: the same text as of {first[text]}"]
            else:
                first[text] = where
                lines += ["", f"--- {name}", "", text.rstrip("\n")]
    return "\n".join(lines) + "\n"


def _carried(one: Component) -> list[str]:
    """What its native code holds of others, a line for each licence."""
    by_licence: dict[str, list[str]] = {}
    for each in one.carried:
        by_licence.setdefault(each.licence, []).append(f"{each.name} {each.version}".rstrip())
    head = ["put together from, by licence:"] if by_licence else []
    return head + [f"  {licence}: {', '.join(names)}" for licence, names in by_licence.items()]


def is_library(name: str) -> bool:
    """Whether a file of the program folder is native code."""
    return ".so" in name.rpartition("/")[2] or name.endswith((".dll", ".pyd", ".exe", ".dylib"))
