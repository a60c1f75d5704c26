"""Takes the folders of the building machine out of where a library looks for others: RPATH and RUNPATH in ELF files.

An interpreter that was built in somebody's home names that home in its modules. On the computer where the program runs
such a folder may be another person's, who could put libraries of their own there.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

ELF64 = b"\x7fELF\x02\x01"  # of 64 bits, little end first, as every machine is that this builds for
LOAD, DYNAMIC = 1, 2  # kinds of segments
STRINGS, RPATH, RUNPATH = 5, 15, 29  # kinds of entries in the dynamic segment
HERE = "$ORIGIN"  # the folder of the file itself


def settle(file: Path) -> bool:
    """Leave of the file's RPATH or RUNPATH what is said from where the file lies; whether there was anything else.

    The file keeps its length and layout. What is no ELF file of 64 bits is left alone.
    """
    content = bytearray(file.read_bytes())
    if not content.startswith(ELF64):
        return False
    changed = False
    for start, end in list(_paths(content)):
        kept = [one for one in content[start:end].decode().split(":") if one.startswith(HERE)]
        fresh = (":".join(kept) or HERE).encode()
        if fresh != content[start:end] and len(fresh) <= end - start:
            content[start:end] = fresh.ljust(end - start, b"\0")
            changed = True
    if changed:
        file.write_bytes(content)
    return changed


def _paths(content: bytearray) -> Iterator[tuple[int, int]]:
    """Where in the file each path begins and ends."""
    segments = list(_segments(content))
    for kind, offset, _, size in segments:
        if kind == DYNAMIC:
            entries = list(struct.iter_unpack("<qQ", content[offset : offset + size // 16 * 16]))
            (strings,) = (value for tag, value in entries if tag == STRINGS)
            base = next(at + strings - place for what, at, place, long in segments
                        if what == LOAD and place <= strings < place + long)  # fmt: skip
            for tag, value in entries:
                if tag in (RPATH, RUNPATH):
                    yield base + value, content.index(0, base + value)


def _segments(content: bytearray) -> Iterator[tuple[int, int, int, int]]:
    """Kind, place in the file, place in memory and length of each segment."""
    (table,) = struct.unpack_from("<Q", content, 32)
    size, count = struct.unpack_from("<HH", content, 54)
    for at in range(table, table + size * count, size):
        kind, _, offset, place, _, long = struct.unpack_from("<IIQQQQ", content, at)
        yield kind, offset, place, long
