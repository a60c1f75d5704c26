"""The rolling share: at each opening a part of the originals is read and held against its hash, in turn all of them."""

from __future__ import annotations

from collections.abc import Callable

from sqlcipher3 import dbapi2

from archive.container import Archive
from archive.errors import ArchiveError, Cancelled, OriginalAbsent
from archive.verify import Fault, Step

SHARE = 64 << 20  # bytes to read at an opening: some two seconds from a slow stick


def shares(archive: Archive) -> int:
    """In how many shares the originals are read, so that each is of some SHARE bytes."""
    total = archive.db.conn.execute("SELECT coalesce(sum(size), 0) FROM original").fetchone()[0]
    return max(1, -(-int(total) // SHARE))


def check_share(
    archive: Archive,
    nth: int,
    of: int,
    progress: Callable[[Step], None] = lambda step: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[Fault, ...]:
    """The faults among the originals of the `nth` of `of` shares; `nth` counts on from opening to opening, for ever.

    `archive.db` names each original's SHA-256 and is itself verified whole at every opening of a release, so what is
    found here is as good as signed. The shares are even in bytes to about one original. A slim release has none to
    read. Raises Cancelled only.
    """
    rows = archive.db.conn.execute("SELECT sha256, size FROM original ORDER BY sha256").fetchall()
    total = sum(size for _, size in rows)
    wanted, before = [], 0
    for sha256, size in rows:
        if min(before * of // max(total, 1), of - 1) == nth % of:
            wanted.append(sha256)
        before += size
    faults = []
    for done, sha256 in enumerate(wanted):
        progress(Step("originals", sha256[:12], done, len(wanted)))
        try:
            for _ in archive.originals.read(sha256):
                if cancelled():
                    raise Cancelled()
        except Cancelled:
            raise
        except OriginalAbsent:
            continue
        except (ArchiveError, dbapi2.Error) as error:
            faults.append(Fault("original", sha256[:12], str(error)))
    return tuple(faults)
