"""The bundled fonts as rules of a style sheet, inside an HTML file: for the letters that a computer may lack."""

from __future__ import annotations

import base64
from collections.abc import Iterable

from archive.printing import typefaces


def faces(written: Iterable[str]) -> tuple[str, str]:
    """The rules for what is not Latin, Greek or Cyrillic of these characters, cut down to them, and the names of their
    families, each after a comma."""
    rules, families = "", ""
    for file, characters in typefaces.wanted(written):
        if file.stem == typefaces.BASE or not characters:
            continue
        data = base64.b64encode(typefaces.subset(file, characters | {" "})).decode()
        rules += f'@font-face {{ font-family: "{file.stem}"; src: url(data:font/woff;base64,{data}); }}\n'
        families += f', "{file.stem}"'
    return rules, families
