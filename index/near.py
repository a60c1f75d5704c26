"""Which documents are nearly the same: groups, each around the document that it began with, kept up as texts change.

Sketches lie packed in blocks, like the columns. Two documents whose sketches agree in a band of values, and in half of
all, are compared by their texts; in a group each is nearly the same as the one it began with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from archive import texts
from archive.connect import Database
from index import schema, sketches
from index.sketches import SHINGLE, SHORT, VALUES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.sketches import Sketches

    Pairs = NDArray[np.int64]

BLOCK = 4096
"""Documents in a block; each takes VALUES bytes."""
BAND = 3
"""Values of which all must agree: of texts that share eight in ten shingles, 997 in 1,000 have such a band."""
ALIKE = 0.5
"""The share of equal values from which on two texts are compared."""
SHARED, KEPT = 0.8, 0.9
"""Nearly the same: so much of all shingles stands in both, or so much of all letters in the same order."""
COMPARED = 200_000
"""Bytes of the longest text whose letters are compared in order: it takes as long as the square of that."""
SIDE = 8
"""With so many that follow in a band each is compared, and with the first: of a thousand equal texts not all pairs."""
FEW = 100
"""Up to so many documents each is compared with all sketches; above, by bands."""


def put(db: Database, documents: Sequence[tuple[int, str]]) -> None:
    """Note the sketches of documents (number, text); those whose sketch changed are to be grouped anew. Part of the
    caller's transaction."""
    if not documents:
        return
    import numpy as np

    found = sketches.of([text for _, text in documents])
    changed = _write(db, np.array([number for number, _ in documents], np.int64), found)
    if schema.read(db, "grouped"):
        _leave(db, changed)
        _ask(db, changed)


def remove(db: Database, numbers: Sequence[int]) -> None:
    """Take documents out of their groups; part of the caller's transaction."""
    if not numbers:
        return
    import numpy as np

    _write(db, np.array(numbers, np.int64), np.zeros((len(numbers), VALUES), np.uint8))
    _leave(db, numbers)
    db.conn.executemany("DELETE FROM ungrouped WHERE document = ?", ((number,) for number in numbers))


def are_outdated(db: Database) -> bool:
    """Whether there is anything to group."""
    waiting = db.conn.execute("SELECT EXISTS (SELECT 1 FROM ungrouped)").fetchone()[0]
    return bool(waiting) or not schema.read(db, "grouped")


def group(db: Database, archive: Database, check: Callable[[], None]) -> None:
    """Group what is new or changed, at first everything; part of the caller's transaction. `check` is called between
    steps, and raises where this is to end."""
    import numpy as np

    every = load(db)
    if schema.read(db, "grouped"):
        rows = db.conn.execute("SELECT document FROM ungrouped ORDER BY document")
        waiting = np.array([row for (row,) in rows if row < len(every)], np.int64)
    else:
        waiting = np.flatnonzero(every.any(axis=1))
    pairs = _by_all(every, waiting, check) if len(waiting) <= FEW else _by_bands(every, check)
    beside: dict[int, list[int]] = {}
    for one, other in pairs.tolist():
        beside.setdefault(one, []).append(other)
        beside.setdefault(other, []).append(one)
    leaders = of(db)
    left = set(waiting.tolist())
    text = lru_cache(maxsize=64)(lambda number: _plain(db, archive, number))
    joined: dict[int, int] = {}
    for number in waiting.tolist():
        left.discard(number)
        others = (other for other in beside.get(number, ()) if other != number and other not in left)
        for leader in sorted({leaders.get(other, other) for other in others}):
            check()
            if same(text(number), text(leader)):
                joined[number] = leaders[number] = leader
                joined[leader] = leaders[leader] = leader
                break
    db.conn.executemany("INSERT OR REPLACE INTO near (document, leader) VALUES (?, ?)", joined.items())
    db.conn.execute("DELETE FROM ungrouped")
    schema.write(db, "grouped", "1")


def of(db: Database) -> dict[int, int]:
    """The documents in groups (numbers), each with the one that its group began with."""
    return dict(db.conn.execute("SELECT document, leader FROM near"))


def load(db: Database) -> Sketches:
    """The sketches of all documents, by number; zeros where there is none."""
    import numpy as np

    blocks = dict(db.conn.execute("SELECT block, sketches FROM sketch"))
    every = np.zeros(((max(blocks, default=-1) + 1) * BLOCK, VALUES), np.uint8)
    for block, packed in blocks.items():
        every[block * BLOCK : (block + 1) * BLOCK] = np.frombuffer(packed, np.uint8).reshape(BLOCK, VALUES)
    return every


def same(one: bytes, other: bytes) -> bool:
    """Whether two texts, as `sketches.plain` gives them, are nearly the same; short ones only where they are equal."""
    if one == other:
        return bool(one)
    shorter, longer = sorted((len(one), len(other)))
    if shorter < SHORT or shorter < longer * SHARED:
        return False
    import numpy as np

    first, second = (np.unique(np.ndarray((len(text) - SHINGLE + 1,), "<u8", text, 0, (1,))) for text in (one, other))
    common = len(np.intersect1d(first, second, assume_unique=True))
    if common >= SHARED * (len(first) + len(second) - common):
        return True
    # a word altered here and there alters many shingles: up to half of them where it is one letter in ten
    if longer > COMPARED or 3 * common < len(first) + len(second) - common:
        return False
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(one.decode(), other.decode(), score_cutoff=KEPT) > 0


def _by_all(every: Sketches, waiting: Pairs, check: Callable[[], None]) -> Pairs:
    """The documents that are waiting with all that may be nearly the same."""
    import numpy as np

    found = [np.zeros((0, 2), np.int64)]
    for number in waiting.tolist():
        check()
        others = np.flatnonzero(_are_alike(every, every[number]))
        found.append(np.stack((np.full(len(others), number), others), axis=1))
    return np.concatenate(found)


def _by_bands(every: Sketches, check: Callable[[], None]) -> Pairs:
    """All pairs of documents that may be nearly the same, each once."""
    import numpy as np

    size, found = len(every), [np.zeros(0, np.int64)]
    for at in range(0, VALUES, BAND):
        band = every[:, at : at + BAND].astype(np.uint32)
        held = np.flatnonzero(band.all(axis=1))
        keys = (band[held] << np.array([16, 8, 0], np.uint32)).sum(axis=1, dtype=np.uint32)
        order = np.argsort(keys, kind="stable")
        keys, numbers = keys[order], held[order]
        begins = np.flatnonzero(np.diff(keys, prepend=keys[:1] + 1))
        first = np.repeat(begins, np.diff(begins, append=len(keys)))
        places = np.arange(len(keys))
        longest = int(np.diff(begins, append=len(keys)).max(initial=0))
        for away in range(1, min(SIDE, longest - 1) + 1):
            check()
            found.append(_alike(every, numbers, places[away:] - away, places[away:], first[away:], size))
        far = places[places - first > SIDE]
        found.append(_alike(every, numbers, first[far], far, first[far], size))
    pairs = np.unique(np.concatenate(found))
    return np.stack((pairs // size, pairs % size), axis=1) if size else np.zeros((0, 2), np.int64)


def _alike(every: Sketches, numbers: Pairs, ones: Pairs, others: Pairs, first: Pairs, size: int) -> Pairs:
    """Of pairs of places in a band, those in one stretch of it whose sketches are alike, as one number each."""
    together = ones >= first
    one, other = numbers[ones[together]], numbers[others[together]]
    kept = _are_alike(every[one], every[other])
    pairs: Pairs = one[kept] * size + other[kept]
    return pairs


def _are_alike(one: Sketches, other: Sketches) -> NDArray[np.bool_]:
    import numpy as np

    equal = np.count_nonzero((one == other) & (other != 0), axis=-1)
    alike: NDArray[np.bool_] = (equal > 0) & (equal >= ALIKE * np.count_nonzero(one | other, axis=-1))
    return alike


def _plain(db: Database, archive: Database, number: int) -> bytes:
    """The text of a document as it was put into the index; empty where the archive lost it meanwhile."""
    found = db.conn.execute("SELECT archive_row, version FROM document WHERE number = ?", (number,)).fetchone()
    return sketches.plain("".join(row.text for row in texts.rows(archive, *found))) if found else b""


def _write(db: Database, numbers: Pairs, found: Sketches) -> list[int]:
    """Write sketches into the blocks, and say of which documents they are new."""
    import numpy as np

    changed: list[int] = []
    blocks = numbers // BLOCK
    for block in np.unique(blocks).tolist():
        row = db.conn.execute("SELECT sketches FROM sketch WHERE block = ?", (block,)).fetchone()
        held = np.frombuffer(row[0], np.uint8).reshape(BLOCK, VALUES).copy() if row else np.zeros((BLOCK, VALUES), "u1")
        inside = blocks == block
        own = numbers[inside] % BLOCK
        changed += numbers[inside][(held[own] != found[inside]).any(axis=1)].tolist()
        held[own] = found[inside]
        db.conn.execute("INSERT OR REPLACE INTO sketch (block, sketches) VALUES (?, ?)", (block, held.tobytes()))
    return changed


def _leave(db: Database, numbers: Iterable[int]) -> None:
    """Take documents out of their groups; a group that loses the one it began with is to be made anew."""
    conn = db.conn
    for number in numbers:
        found = conn.execute("SELECT leader FROM near WHERE document = ?", (number,)).fetchone()
        if found is None:
            continue
        conn.execute("DELETE FROM near WHERE document = ?", (number,))
        rows = conn.execute("SELECT document FROM near WHERE leader = ?", found).fetchall()
        if found[0] == number or len(rows) == 1:
            conn.execute("DELETE FROM near WHERE leader = ?", found)
            if found[0] == number:
                _ask(db, [row for (row,) in rows])


def _ask(db: Database, numbers: Iterable[int]) -> None:
    """Note documents as to be grouped."""
    db.conn.executemany("INSERT OR IGNORE INTO ungrouped (document) VALUES (?)", ((number,) for number in numbers))
