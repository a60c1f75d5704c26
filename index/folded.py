"""A ranking in which of documents that are nearly the same only the first has a place: the others fold under it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from index.placing import Placed, Ranking
from index.tiers import Tiers

if TYPE_CHECKING:
    from index.sets import Mask

STEP = 1_000
"""Places looked through at once where a page lies deep."""


class Folded:
    """`leaders` has every document in a group, with the one that stands for the group (see `near.of`).

    Which of a group comes first is for the ranking to say, so that one which passes the filters is listed even where
    the one that its group began with does not.
    """

    def __init__(self, ranking: Ranking | Tiers, leaders: Mapping[int, int]) -> None:
        self._ranking, self._leaders = ranking, leaders
        self._kept: list[Placed] = []
        self._groups: set[int] = set()
        self._seen = 0
        self._ended = False

    @property
    def notes(self) -> tuple[str, ...]:
        """What must be said about the order."""
        return self._ranking.notes

    def page(self, offset: int, limit: int) -> list[Placed]:
        """The documents in these places."""
        end = offset + limit
        while len(self._kept) < end and not self._ended:
            self._look_further(min(end - len(self._kept), STEP))
        return self._kept[offset:end]

    def _look_further(self, step: int) -> None:
        page = self._ranking.page(self._seen, step)
        self._seen += len(page)
        self._ended = len(page) < step
        for placed in page:
            group = self._leaders.get(placed.document)
            if group is None:
                self._kept.append(placed)
            elif group not in self._groups:
                self._groups.add(group)
                self._kept.append(placed)


def gathered(leaders: Mapping[int, int], passing: Mask) -> dict[int, list[int]]:
    """Those of these documents that are in groups, by the one that stands for the group, in order of number."""
    groups: dict[int, list[int]] = {}
    for document, leader in sorted(leaders.items()):
        if passing[document]:
            groups.setdefault(leader, []).append(document)
    return groups


def folded(leaders: Mapping[int, int], passing: Mask) -> int:
    """How many of these documents fold under others of them."""
    found = [leader for document, leader in leaders.items() if passing[document]]
    return len(found) - len(set(found))
