"""A ranking as it is handed out: documents in their places, page by page, each document once.

It is a head of scored passages and a tail of documents without score. The head is all there is where all that match
were ranked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Tail = tuple[NDArray[np.int32], NDArray[np.int64]]

Found = tuple[int, int, float]
"""A passage: row, document, score as bm25() gives it, the lower the better."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A document (its number) in its place, with its best passage (a row, 0 if it is not known yet) and score."""

    document: int
    row: int
    score: float


@dataclass(slots=True)
class Ranking:
    """`head` in order, each document once; `more` gives a longer one, None where it is complete; `tail` follows."""

    head: list[Placed]
    more: Callable[[int], tuple[list[Placed], bool]] | None = None
    tail: Callable[[], Tail] | None = None
    notes: tuple[str, ...] = ()
    _asked: int = field(default=0, repr=False)
    _tail: Tail | None = field(default=None, repr=False)

    def page(self, offset: int, limit: int) -> list[Placed]:
        """The documents in these places."""
        end = offset + limit
        while len(self.head) < end and self.more is not None:
            # of passages, not documents: one long document may hold thousands of the best
            self._asked = max(4 * self._asked, 4 * end)
            self.head, complete = self.more(self._asked)
            if complete:
                self.more = None
        page = self.head[offset:end]
        if len(page) < limit and self.tail is not None:
            documents, rows = self._following()
            start = max(0, offset - len(self.head))
            stop = end - len(self.head)
            page += [Placed(int(d), int(r), 0.0) for d, r in zip(documents[start:stop], rows[start:stop], strict=True)]
        return page

    def _following(self) -> Tail:
        """The tail without what stands in the head."""
        if self._tail is None:
            import numpy as np

            assert self.tail is not None
            documents, rows = self.tail()
            kept = ~np.isin(documents, [placed.document for placed in self.head])
            self._tail = documents[kept], rows[kept]
        return self._tail


def each_once(found: list[Found]) -> list[Placed]:
    """The documents of passages that are in order, each by its best."""
    best: dict[int, Placed] = {}
    for row, document, score in found:
        if document not in best:
            best[document] = Placed(document, row, -score)
    return list(best.values())
