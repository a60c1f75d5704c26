"""How many words each passage holds, packed into blocks: what BM25 weighs a word's frequency by.

FTS5 keeps the same numbers, a row for each passage; to look twenty thousand of them up takes it longer than all the
rest of the ranking.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from archive.connect import Database

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BLOCK = 4096
"""Passages in a block; each takes four bytes."""


def put(db: Database, rows: Iterable[tuple[int, int]]) -> None:
    """Note the lengths of passages that FTS5 has just been given, as stretches of rows (first, last); part of the
    caller's transaction."""
    import numpy as np

    blocks: dict[int, NDArray[np.int32]] = {}
    for first, last in _joined(rows):
        found = db.conn.execute(
            "SELECT id, sz FROM passages_docsize WHERE id BETWEEN ? AND ?", (first, last)
        ).fetchall()
        numbers = np.array([row for row, _ in found], np.int64)
        lengths = _sums(b"".join(sizes for _, sizes in found), len(found))
        for number in range(first // BLOCK, last // BLOCK + 1):
            if number not in blocks:
                blocks[number] = _block(db, number)
            inside = numbers // BLOCK == number
            blocks[number][numbers[inside] % BLOCK] = lengths[inside]
    db.conn.executemany(
        "INSERT OR REPLACE INTO length (block, words) VALUES (?, ?)",
        ((number, block.astype("<i4").tobytes()) for number, block in blocks.items()),
    )


def load(db: Database) -> NDArray[np.int32]:
    """The number of words of each passage, by its row; what was taken out may still have one."""
    import numpy as np

    blocks = dict(db.conn.execute("SELECT block, words FROM length"))
    lengths = np.zeros((max(blocks, default=-1) + 1) * BLOCK, np.int32)
    for number, words in blocks.items():
        lengths[number * BLOCK : (number + 1) * BLOCK] = np.frombuffer(words, "<i4")
    return lengths


def totals(db: Database) -> tuple[int, int]:
    """How many passages there are, and how many words in all of them: FTS5's own count."""
    found = db.conn.execute("SELECT block FROM passages_data WHERE id = 1").fetchone()
    numbers = _numbers(found[0]) if found else [0]
    return numbers[0], sum(numbers[1:])


def _block(db: Database, number: int) -> NDArray[np.int32]:
    import numpy as np

    found = db.conn.execute("SELECT words FROM length WHERE block = ?", (number,)).fetchone()
    return np.frombuffer(found[0], "<i4").astype(np.int32) if found else np.zeros(BLOCK, np.int32)


def _joined(rows: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches that follow each other as one."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted(rows):
        if joined and first == joined[-1][1] + 1:
            joined[-1] = joined[-1][0], last
        else:
            joined.append((first, last))
    return joined


def _sums(packed: bytes, number: int) -> NDArray[np.int64]:
    """The sums of so many equally long lists of SQLite's numbers of one to nine bytes."""
    import numpy as np

    if not number:
        return np.zeros(0, np.int64)
    code = np.concatenate((np.zeros(3, np.uint8), np.frombuffer(packed, np.uint8)))
    goes_on, bits = code >= 128, (code & 127).astype(np.int64)
    ends = np.flatnonzero(~goes_on[3:]) + 3
    values, on = bits[ends], np.ones(len(ends), np.bool_)
    for back in (1, 2, 3):
        on = on & goes_on[ends - back]
        values = values + np.where(on, bits[ends - back] << (7 * back), 0)
    sums: NDArray[np.int64] = values.reshape(number, -1).sum(axis=1)
    return sums


def _numbers(packed: bytes) -> list[int]:
    """A list of SQLite's numbers of one to nine bytes."""
    numbers, value, length = [], 0, 0
    for byte in packed:
        length += 1
        if length == 9:
            value, byte = value << 8 | byte, 0
        else:
            value = value << 7 | byte & 127
        if byte < 128:
            numbers.append(value)
            value, length = 0, 0
    return numbers
