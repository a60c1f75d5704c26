"""Back and forward: what was searched and read, kept in memory only."""

from __future__ import annotations

from dataclasses import dataclass, replace

from index.answers import Query

KEPT = 200


@dataclass(frozen=True, slots=True)
class Visit:
    """A query and the record read with it, if any: its id, whether it is a document, and the place in its text or the
    fact on its page."""

    query: Query
    record: str = ""
    at: int = 0
    fact: str = ""
    is_document: bool = True


class History:
    """The visits in order and where one stands among them."""

    def __init__(self) -> None:
        self._visits: list[Visit] = []
        self._here = -1

    def go(self, visit: Visit) -> None:
        """Arrive somewhere. What was only typed on the way, with nothing read, is not kept."""
        if self._here >= 0:
            here = self._visits[self._here]
            if here == visit:
                return
            typed_on = not here.record and here.query.filters == visit.query.filters
            if typed_on or (here.query == visit.query and not here.record):
                self._here -= 1
        del self._visits[self._here + 1 :]
        self._visits.append(visit)
        del self._visits[:-KEPT]
        self._here = len(self._visits) - 1

    def stay_at(self, fact: str) -> None:
        """Remember at which fact one stands, for when one comes back."""
        if self._here >= 0:
            self._visits[self._here] = replace(self._visits[self._here], fact=fact)

    def back(self) -> Visit | None:
        """Go one back, if there is one."""
        if self._here <= 0:
            return None
        self._here -= 1
        return self._visits[self._here]

    def forward(self) -> Visit | None:
        """Go one forward, if there is one."""
        if self._here + 1 >= len(self._visits):
            return None
        self._here += 1
        return self._visits[self._here]

    @property
    def can_go_back(self) -> bool:
        """Whether there is one before."""
        return self._here > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether there is one after."""
        return self._here + 1 < len(self._visits)
