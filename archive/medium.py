"""Has the medium hold what was written, come what may: a small file that is replaced whole, the names in a folder."""

from __future__ import annotations

import contextlib
import glob
import os
import secrets
import time
from pathlib import Path

from archive.connect import translated

LEFT = 3600
"""Seconds after which what was not put in place is what a crash left."""


def replace(target: Path, content: bytes) -> None:
    """Replace a small file so that a crash leaves the old or the new one, never half of one; of two programs at once
    each writes its own, and the later one counts."""
    with translated(target):
        _collect(target)
        fresh = target.with_name(f"{target.name}.{secrets.token_hex(4)}.new")
        binary = getattr(os, "O_BINARY", 0)  # without it Windows puts a carriage return before every line's end
        try:
            handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | binary, 0o600)
            try:
                left = memoryview(content)
                while left:  # a medium that is nearly full takes a part
                    left = left[os.write(handle, left) :]
                os.fsync(handle)
            finally:
                os.close(handle)
            os.replace(fresh, target)
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise
        flush_folder(target.parent)


def _collect(target: Path) -> None:
    """Remove what a crash left of replacing a file."""
    for left in target.parent.glob(f"{glob.escape(target.name)}*.new"):
        with contextlib.suppress(OSError):
            if time.time() - left.lstat().st_mtime > LEFT:
                left.unlink()


def flush_folder(folder: Path) -> None:
    """Have the medium hold the names in a folder, where the system has a call for it."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            with contextlib.suppress(OSError):  # not every file system knows it
                os.fsync(handle)
        finally:
            os.close(handle)
