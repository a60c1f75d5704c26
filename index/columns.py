"""What filters, facets and sorting read: the documents' values packed into blocks, read back as arrays.

A document has a fixed slot by its number; values that may be several (countries, authors) are triples apart.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from archive.connect import Database
from index.beyond import Numbers, nowhere
from index.entries import SEVERAL, SINGLE, Entry

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BLOCK = 4096
"""Documents in a block."""
NUMBERS = ("first", "last", "earliest", "latest")
Pairs = list[tuple[int, int]]
"""The values of a record in fields that may have several: which field of SEVERAL, and the number of the value."""
SLOT = struct.Struct(f"<{len(NUMBERS) + len(SINGLE)}i")


@lru_cache(maxsize=4096)
def day(iso: str) -> int:
    """An ISO day as a number, 0 for none."""
    return date.fromisoformat(iso).toordinal() if iso else 0


class Writer:
    """Puts documents' values into the blocks; `flush` belongs to the caller's transaction."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._slots: dict[int, bytes] = {}
        self._several: dict[int, Pairs] = {}
        self._values: dict[tuple[str, str], int] = {}
        # most records share theirs with others
        self._numbers: dict[tuple[str, ...], tuple[int, ...]] = {}
        self._pairs: dict[tuple[tuple[str, tuple[str, ...]], ...], Pairs] = {}

    def put(self, number: int, entry: Entry, first: int, last: int) -> None:
        """Set the values of the record in slot `number`, whose passages are the rows `first` to `last`."""
        numbers = self._numbers.get(entry.single)
        if numbers is None:
            numbers = self._numbers[entry.single] = tuple(map(self.value, SINGLE, entry.single))
        self._slots[number] = SLOT.pack(first, last, day(entry.earliest), day(entry.latest), *numbers)
        several = tuple([(field, tuple(values)) for field, values in entry.several.items() if values])
        pairs = self._pairs.get(several)
        if pairs is None:
            pairs = self._pairs[several] = [
                (SEVERAL.index(field), self.value(field, value))
                for field, values in several
                for value in dict.fromkeys(values)
                if value
            ]
        self._several[number] = pairs

    def remove(self, number: int) -> None:
        """Empty a slot."""
        self._slots[number] = bytes(SLOT.size)
        self._several[number] = []

    def flush(self) -> None:
        """Write what was put."""
        blocks: dict[int, list[int]] = {}
        for number in self._slots:
            blocks.setdefault(number // BLOCK, []).append(number)
        for block, numbers in sorted(blocks.items()):
            row = self._db.conn.execute("SELECT documents, several FROM block WHERE number = ?", (block,)).fetchone()
            slots, several = (bytearray(row[0]), array("i", row[1])) if row else (bytearray(), array("i"))
            kept = array("i")
            for at in range(0, len(several), 3):
                if several[at] not in self._slots:
                    kept.extend(several[at : at + 3])
            slots.extend(bytes(max(0, (max(numbers) % BLOCK + 1) * SLOT.size - len(slots))))
            for number in numbers:
                at = number % BLOCK * SLOT.size
                slots[at : at + SLOT.size] = self._slots[number]
                for field, value in self._several[number]:
                    kept.extend((number, field, value))
            self._db.conn.execute(
                "INSERT OR REPLACE INTO block (number, documents, several) VALUES (?, ?, ?)",
                (block, bytes(slots), kept.tobytes()),
            )
        self._slots.clear()
        self._several.clear()

    def value(self, field: str, value: str) -> int:
        """The number that stands for a value of a field; 0 for none."""
        if not value:
            return 0
        number = self._values.get((field, value))
        if number is None:
            conn = self._db.conn
            conn.execute("INSERT OR IGNORE INTO value (field, value) VALUES (?, ?)", (field, value))
            found = conn.execute("SELECT number FROM value WHERE field = ? AND value = ?", (field, value)).fetchone()
            number = self._values[field, value] = int(found[0])
        return number


@dataclass(frozen=True)
class Columns:
    """The blocks as arrays. `table` has a row for each document number with the fields NUMBERS and SINGLE (value
    numbers, 0 for none); `several[field]` is a pair of arrays: document numbers, value numbers. A document whose
    `first` is 0 is gone."""

    table: NDArray[np.void]
    several: dict[str, tuple[NDArray[np.int32], NDArray[np.int32]]]
    values: dict[str, dict[str, int]]
    beyond: Numbers = nowhere
    """Finds what stands in no block."""

    @staticmethod
    def load(db: Database) -> Columns:
        """Read every block."""
        import numpy as np

        kind = np.dtype([(name, "<i4") for name in (*NUMBERS, *SINGLE)])
        blocks = db.conn.execute("SELECT number, documents, several FROM block ORDER BY number").fetchall()
        packed = bytearray((blocks[-1][0] * BLOCK * SLOT.size + len(blocks[-1][1])) if blocks else 0)
        for number, documents, _ in blocks:
            start = number * BLOCK * SLOT.size
            packed[start : start + len(documents)] = documents
        triples = np.frombuffer(b"".join(row[2] for row in blocks), "<i4").reshape(-1, 3)
        several = {}
        for at, field in enumerate(SEVERAL):
            chosen = triples[triples[:, 1] == at]
            several[field] = (np.ascontiguousarray(chosen[:, 0]), np.ascontiguousarray(chosen[:, 2]))
        values: dict[str, dict[str, int]] = {field: {} for field in (*SINGLE, *SEVERAL)}
        for number, field, value in db.conn.execute("SELECT number, field, value FROM value"):
            values[field][value] = number
        return Columns(np.frombuffer(bytes(packed), kind), several, values)

    @cached_property
    def alive(self) -> NDArray[np.bool_]:
        """Which document numbers are in use."""
        return self.column("first") > 0

    @cached_property
    def owner(self) -> NDArray[np.int32]:
        """The document number of each passage row."""
        import numpy as np

        first, last = self.column("first"), self.column("last")
        owner = np.zeros(int(last.max(initial=0)) + 1, np.int32)
        used = np.flatnonzero(self.alive)
        owner[first[used]] = used
        longer = used[last[used] > first[used]]
        if len(longer):
            lengths = last[longer] - first[longer] + 1
            starts = np.repeat(first[longer] - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
            owner[starts + np.arange(int(lengths.sum()))] = np.repeat(longer, lengths)
        return owner

    @cached_property
    def years(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """The first and last year that each document's date may lie in; 0 for none."""
        import numpy as np

        bounds = []
        for name in ("earliest", "latest"):
            days, places = np.unique(self.column(name), return_inverse=True)
            bounds.append(np.array([date.fromordinal(int(d)).year if d else 0 for d in days], np.int32)[places])
        return bounds[0], bounds[1]

    @cached_property
    def has_long(self) -> bool:
        """Whether any document has more than one passage, so that its words may stand in different rows."""
        return bool((self.column("last") > self.column("first")).any())

    def column(self, name: str) -> NDArray[np.int32]:
        """One column, a number for each document."""
        if name not in self._copies:
            import numpy as np

            self._copies[name] = np.ascontiguousarray(self.table[name])
        return self._copies[name]

    @cached_property
    def _copies(self) -> dict[str, NDArray[np.int32]]:
        return {}

    def having(self, field: str, values: Sequence[int]) -> NDArray[np.bool_]:
        """Which documents have one of these value numbers in a field."""
        import numpy as np

        if field in SEVERAL:
            documents, numbers = self.several[field]
            mask = np.zeros(len(self.table), np.bool_)
            mask[documents[np.isin(numbers, values)]] = True
            return mask
        return np.isin(self.column(field), values)
