"""What lies folded under a hit: the further passages of it that match, and documents that are nearly the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from archive.connect import Database
from index import folding, schema
from index.answers import Beneath, Hit, Unfolded
from index.finder import Found
from index.hits import Presenter
from index.placing import Placed

Others = Callable[[int], list[int]]
"""Gives the documents found that are nearly the same as one, in the order of their numbers."""


@dataclass(frozen=True, slots=True)
class Under:
    """Looks under the hits of one query. `check` is called between steps, and raises where nobody waits any more."""

    index: Database
    found: Found
    presenter: Presenter
    others: Others
    check: Callable[[], None]

    def counted(self, hits: Sequence[Hit]) -> tuple[Beneath, ...]:
        """How much lies under hits; those with nothing under them are left out."""
        under = []
        for hit in hits:
            self.check()
            if place := self._place(hit):
                under.append(Beneath(hit.id, len(self._rows(place, hit)), len(self.others(place[0]))))
        return tuple(one for one in under if one.passages or one.near)

    def unfolded(self, hit: Hit, most: int) -> Unfolded:
        """What lies under a hit, no more than `most` passages and `most` documents."""
        place = self._place(hit)
        if place is None:
            return Unfolded(hit.id, (), ())
        passages = [Placed(place[0], row, 0.0) for row in self._rows(place, hit)[:most]]
        near = [Placed(number, 0, 0.0) for number in self.others(place[0])[:most]]
        return Unfolded(hit.id, self._shown(passages), self._shown(near))

    def _shown(self, placed: Sequence[Placed]) -> tuple[Hit, ...]:
        made = []
        for one in placed:
            self.check()
            made.append(self.presenter.hit(one))
        return tuple(one for one in made if one is not None)

    def _place(self, hit: Hit) -> tuple[int, int, int] | None:
        """Number, first and last row of a hit's record; None where the index lost it meanwhile."""
        sql = "SELECT number, first, last FROM document WHERE id = ?"
        row = self.index.conn.execute(sql, (schema.packed(hit.id),)).fetchone()
        return None if row is None else (row[0], row[1], row[2])

    def _rows(self, place: tuple[int, int, int], hit: Hit) -> list[int]:
        """The rows of a record in whose own text something matches, but the one which its hit shows."""
        if self.found.tree is None:
            return []
        number, first, last = place
        best = first + hit.piece
        rows = folding.further(self.index, self.found.compiler, self.found.tree, first, last, best)
        matching = {*rows, best}
        kept = []
        for row in rows:
            self.check()
            # the first holds the title as well, and one before another that matches the first words of that
            if not (row == first or row + 1 in matching) or self.presenter.holds(number, row):
                kept.append(row)
        return kept
