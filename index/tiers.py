"""Rankings one after another: what matches as it was typed comes before what only another form of it finds."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from index.ranking import Placed, Ranking

STEP = 100
"""Documents of the second ranking that are looked through at once for such as the first does not have."""


class Tiers:
    """Two rankings as one, each document once. The second is only made where the first has come to its end."""

    def __init__(self, first: Ranking, second: Callable[[], Ranking]) -> None:
        self._first, self._make_second = first, second
        self._length: int | None = None
        self._further: list[Placed] = []
        self._seen = 0
        self._ended = False

    @property
    def notes(self) -> tuple[str, ...]:
        """What must be said about the order."""
        return self._first.notes if self._length is None else (*self._first.notes, *self._second.notes)

    def page(self, offset: int, limit: int) -> list[Placed]:
        """The documents in these places."""
        placed = self._first.page(offset, limit)
        if len(placed) == limit:
            return placed
        if self._length is None:
            self._length = offset + len(placed) if placed or not offset else self._count()
        start = max(0, offset - self._length)
        end = offset + limit - self._length
        while len(self._further) < end and not self._ended:
            self._look_further()
        return placed + self._further[start:end]

    @cached_property
    def _second(self) -> Ranking:
        return self._make_second()

    @cached_property
    def _found_first(self) -> frozenset[int]:
        return frozenset(placed.document for placed in self._first.page(0, self._length or 0))

    def _count(self) -> int:
        """How many documents the first ranking has; asked where a page begins behind its end."""
        low = 0
        while page := self._first.page(low, STEP * STEP):
            low += len(page)
        return low

    def _look_further(self) -> None:
        page = self._second.page(self._seen, STEP)
        self._seen += len(page)
        self._ended = len(page) < STEP
        self._further += [placed for placed in page if placed.document not in self._found_first]
