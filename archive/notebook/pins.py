"""The publishers' keys that the reader has compared and trusts for the archive that the notebook is about."""

from __future__ import annotations

from archive import meta
from archive.connect import Database, writing
from archive.errors import InvalidValue, NoSuchRecord
from archive.signing import minisign
from archive.signing.errors import OtherKey
from archive.signing.minisign import PublicKey
from archive.signing.receipt import Trusted

MOST_NAME = 120  # characters


def pin(db: Database, public: PublicKey, name: str, *, beside: bool = False) -> None:
    """Trust a key under a name; one that is trusted already gets the name.

    Raises InvalidValue (name), and OtherKey where another key is trusted so far and `beside` does not say that both are
    to be.
    """
    name = " ".join(name.split())
    if not name or len(name) > MOST_NAME:
        raise InvalidValue(field="name", value=name[:MOST_NAME], why="empty" if not name else "too long")
    with writing(db):
        held = [public for public, _, _ in _rows(db)]
        if held and public not in held and not beside:
            raise OtherKey(key=public.name(), expected=held[0].name())
        db.table("trusted_key").upsert({"key": str(public), "name": name, "at": meta.now()}, pk="key")


def forget(db: Database, public: PublicKey) -> None:
    """Trust a key no longer. Raises NoSuchRecord where it was not trusted."""
    with writing(db):
        if not db.conn.execute("DELETE FROM trusted_key WHERE key = ?", (str(public),)).rowcount:
            raise NoSuchRecord(id=public.name())


def pinned(db: Database) -> tuple[Trusted, ...]:
    """The trusted keys, the oldest first."""
    archive = meta.read(db, "archive")
    return tuple(Trusted(public, name, archive) for public, name, _ in _rows(db))


def next_share(db: Database) -> int:
    """How often this was asked before: which share of the originals is to be read now (see `release.rolling`)."""
    with writing(db):
        count = int(meta.read(db, "release_share", "0"))
        meta.write(db, "release_share", str(count + 1))
    return count


def _rows(db: Database) -> list[tuple[PublicKey, str, str]]:
    rows = db.conn.execute("SELECT key, name, at FROM trusted_key ORDER BY at, key").fetchall()
    return [(minisign.parse_public(key), name, at) for key, name, at in rows]
