"""Makes countries.json out of Natural Earth's shapefile: `python -m resources.outlines.convert FOLDER`; see README."""

from __future__ import annotations

import json
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

NAME = "naturalearth_lowres"
UNIT = 100
"""Coordinates are kept as hundredths of a degree."""
LEFT_OUT = ("Antarctica", "Fr. S. Antarctic Lands")
# ISO 3166-1 has no code for these; they are drawn, but nothing is counted there
UNCODED = ("N. Cyprus", "Somaliland")

Ring = list[int]


def main(folder: Path) -> None:
    """Write countries.json beside this script: rings by ISO 3166-1 alpha-2 code, "" for areas without one."""
    from babel.core import get_global

    aliases = get_global("territory_aliases")
    outlines: dict[str, list[Ring]] = {}
    records = zip(_attributes(folder / f"{NAME}.dbf"), _shapes(folder / f"{NAME}.shp"), strict=True)
    for about, rings in records:
        if about["name"] in LEFT_OUT:
            continue
        if about["name"] in UNCODED:
            code = ""
        elif about["name"] == "Kosovo":
            code = "XK"
        else:
            code = aliases[about["iso_a3"]][0]
        outlines.setdefault(code, []).extend(rings)
    lines = (f"{json.dumps(code)}: {json.dumps(outlines[code], separators=(',', ':'))}" for code in sorted(outlines))
    Path(__file__).with_name("countries.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


def _attributes(path: Path) -> Iterator[dict[str, str]]:
    """The records of a dBASE III table."""
    data = path.read_bytes()
    count, header, width = struct.unpack_from("<IHH", data, 4)
    fields = []
    for at in range(32, header - 1, 32):
        fields.append((data[at : at + 11].split(b"\0")[0].decode("ascii"), data[at + 16]))
    for number in range(count):
        at, record = header + number * width + 1, {}
        for name, length in fields:
            record[name] = data[at : at + length].decode("latin-1").strip()
            at += length
        yield record


def _shapes(path: Path) -> Iterator[list[Ring]]:
    """The rings of each polygon of a shapefile (ESRI Shapefile Technical Description, 1998, shape type 5)."""
    data, at = path.read_bytes(), 100
    while at < len(data):
        (length,) = struct.unpack_from(">i", data, at + 4)
        kind, *_, parts, points = struct.unpack_from("<i4d2i", data, at + 8)
        if kind != 5:
            raise ValueError(f"not a polygon: {kind}")
        begins = struct.unpack_from(f"<{parts}i", data, at + 52)
        numbers = struct.unpack_from(f"<{points * 2}d", data, at + 52 + 4 * parts)
        yield [
            _rounded(numbers[2 * first : 2 * last]) for first, last in zip(begins, (*begins[1:], points), strict=True)
        ]
        at += 8 + 2 * length


def _rounded(numbers: tuple[float, ...]) -> Ring:
    """Longitude, latitude, longitude …, without points that are one after rounding."""
    ring: Ring = []
    for at in range(0, len(numbers), 2):
        point = [round(number * UNIT) for number in numbers[at : at + 2]]
        if ring[-2:] != point:
            ring += point
    return ring


if __name__ == "__main__":
    main(Path(sys.argv[1]))
