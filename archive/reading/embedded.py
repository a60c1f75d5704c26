"""Looks into the list of a zipped office document without unpacking it: what it keeps inside, and whether it is
sealed.
"""

from __future__ import annotations

import io
import re
import zipfile

_EMBEDDED = re.compile(r"(?:^|/)(?:embeddings|Object [^/]*|ObjectReplacements)/[^/]+$|(?:^|/)vbaProject\.bin$")

_MANIFEST_AT_MOST = 16 << 20


def count_embedded(data: bytes) -> int:
    """How many embedded objects and macro projects a zipped office document lists; 0 for anything else."""
    if not data.startswith(b"PK"):
        return 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return sum(1 for name in archive.namelist() if _EMBEDDED.search(name) and "ObjectReplacements" not in name)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, UnicodeError):
        return 0


def is_sealed(data: bytes) -> bool:
    """Whether an OpenDocument file is protected by a password: its manifest then says how each part is encrypted."""
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            info = archive.getinfo("META-INF/manifest.xml")
            return info.file_size <= _MANIFEST_AT_MOST and b"encryption-data" in archive.read(info)
    except (KeyError, zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
        return False
