"""Packs a folder as a .tar.gz whose bytes depend on the files alone: sorted, nobody's, of one time."""

from __future__ import annotations

import gzip
import tarfile
from pathlib import Path


def pack(folder: Path, name: str, archive: Path, moment: int) -> None:
    """Write `archive` with everything in `folder`, under the folder `name`; `moment` in seconds since 1970."""

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = "root"
        entry.mtime = moment
        return entry

    with (
        archive.open("wb") as raw,
        gzip.GzipFile("", "wb", compresslevel=9, fileobj=raw, mtime=moment) as packed,
        tarfile.open(mode="w", fileobj=packed, format=tarfile.GNU_FORMAT) as tar,
    ):
        for path in [folder, *sorted(folder.rglob("*"))]:
            tar.add(path, str(Path(name, path.relative_to(folder))), recursive=False, filter=plain)
