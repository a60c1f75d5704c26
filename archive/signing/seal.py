"""Makes a filled folder a signed release: the bag around it, its statement, the publisher's key, and the signature."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from archive.connect import translated
from archive.signing import bag, minisign, statement
from archive.signing.minisign import SecretKey
from archive.signing.statement import Statement

KEY = "Tamarisk-Publisher-Key"
"""The label of the publisher's public key in bag-info: whoever does not have it yet can compare it and pin it."""


def seal(
    folder: Path,
    said: Statement,
    secret: SecretKey,
    *,
    more: Mapping[str, str] | None = None,
    progress: Callable[[str, int, int], None] = lambda path, done, total: None,
) -> tuple[bag.File, ...]:
    """Make the bag over `folder`/data and sign it; the signature comes last, so that before it nothing is a release.

    `more` are further labels for bag-info. `progress` hears the file at work, the bytes done and all of them; what it
    raises ends the work. Returns the files of `data`. Raises InvalidValue, NotARelease and environment faults.
    """
    info = {**statement.to_info(said), KEY: str(secret.public), **(more or {})}
    files = bag.write(folder, info, progress)
    signature = minisign.sign(folder / bag.TAGMANIFEST, secret, statement.to_comment(said))
    target = folder / bag.SIGNATURE
    with translated(target), target.open("wb") as file:
        file.write(signature.encode())
        file.flush()
        os.fsync(file.fileno())
    return files
