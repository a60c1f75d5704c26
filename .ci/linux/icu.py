"""Takes out of Qt's copy of libicudata the data of languages that nothing here asks ICU for.

Qt sorts, breaks and spells by tables of its own or by ICU's root; the names of languages, regions, currencies and
units in 800 locales, the dictionaries and the converters of old character sets are never read. The library keeps its
length and its layout, so nothing that links to it notices: what is gone is zeros, which a package stores as nothing.
"""

from __future__ import annotations

import re
import struct
from pathlib import Path

MAGIC = re.compile(rb"..\xda\x27..\x00\x00\x00\x00\x02\x00CmnD", re.DOTALL)
LOCALE = re.compile(r"[a-z]{2,3}(_\w+)?\.res")
UNREAD = ("confusables.cfu", "unames.icu")  # which characters look alike, and what each is called
ALWAYS = re.compile(r"(root|res_index|pool)\.res|ucadata\.icu|\w+\.brk")


def is_kept(name: str) -> bool:
    """Whether an item, named without the package's own name in front, stays."""
    folder, _, file = name.rpartition("/")
    if folder:
        return bool(ALWAYS.fullmatch(file))
    return not (LOCALE.fullmatch(file) or file.endswith((".cnv", ".spp")) or file in UNREAD)


def trim(library: Path) -> tuple[int, int]:
    """Write `library` anew with fewer items; returns how many items there were and are. Raises ValueError where the
    file does not hold one package of ICU data in the layout that is known (of this machine's byte order)."""
    content = bytearray(library.read_bytes())
    found = list(MAGIC.finditer(content))
    if len(found) != 1:
        raise ValueError(f"{library} holds {len(found)} packages of ICU data")
    start = found[0].start() + struct.unpack_from("<H", content, found[0].start())[0]
    (count,) = struct.unpack_from("<I", content, start)
    table = [struct.unpack_from("<II", content, start + 4 + 8 * at) for at in range(count)]
    names = [_text(content, start + name) for name, _ in table]
    ends = [*(data for _, data in table[1:]), table[-1][1]]  # how long the last is does not stand there
    kept = [at for at in range(count) if is_kept(names[at].partition("/")[2])]
    if not kept or count - 1 in kept or ends != sorted(ends):
        raise ValueError(f"{library} is not laid out as expected")
    packed = _packed([(names[at], bytes(content[start + table[at][1] : start + ends[at]])) for at in kept])
    length = ends[-1]
    content[start : start + length] = packed.ljust(length, b"\0")
    library.write_bytes(content)
    return count, len(kept)


def _packed(items: list[tuple[str, bytes]]) -> bytes:
    """The table of contents, the names, and the data, each item at a multiple of 16 as ICU wants it."""
    head = 4 + 8 * len(items)
    names, places = b"", []
    for name, _ in items:
        places.append(head + len(names))
        names += name.encode() + b"\0"
    body = bytearray(names.ljust(-(-(head + len(names)) // 16) * 16 - head, b"\xaa"))
    table = struct.pack("<I", len(items))
    for place, (_, data) in zip(places, items, strict=True):
        table += struct.pack("<II", place, head + len(body))
        body += data.ljust(-(-len(data) // 16) * 16, b"\xaa")
    return table + bytes(body)


def _text(content: bytearray, at: int) -> str:
    return content[at : content.index(0, at)].decode()
