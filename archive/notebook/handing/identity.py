"""A reader's own age identity: made at first use, kept in the notebook, and never in what leaves it."""

from __future__ import annotations

from archive import meta
from archive.connect import Database, writing

NAME = "age-identity"


def secret(db: Database) -> str:
    """The identity (`AGE-SECRET-KEY-1…`) that opens packages made for this reader."""
    import pyrage

    with writing(db):  # two windows may ask at once
        held = meta.read(db, NAME)
        if not held:
            held = str(pyrage.x25519.Identity.generate())
            meta.write(db, NAME, held)
    return held


def public(db: Database) -> str:
    """The key to give to colleagues (`age1…`): with it they make packages that only this reader opens."""
    import pyrage

    return str(pyrage.x25519.Identity.from_str(secret(db)).to_public())
