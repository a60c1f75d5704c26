"""What lies folded under a hit: the further passages of it that match, and documents that are nearly the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from archive.connect import Database
from index import folding, schema
from index.answers import Beneath, Hit, Unfolded
from index.finder import Found
from index.hits import Presenter
from index.placing import Placed

Others = Callable[[int], list[int]]
"""Gives the documents found that are nearly the same as one, in the order of their numbers."""


def counted(
    index: Database, found: Found, hits: Sequence[Hit], others: Others, check: Callable[[], None]
) -> tuple[Beneath, ...]:
    """How much lies under these hits of a query; those with nothing under them are left out."""
    under = []
    for hit in hits:
        check()
        if place := _place(index, hit):
            number, rows = place[0], _rows(index, found, place, hit)
            under.append(Beneath(hit.id, len(rows), len(others(number))))
    return tuple(one for one in under if one.passages or one.near)


def unfolded(
    index: Database,
    found: Found,
    hit: Hit,
    others: Others,
    presenter: Presenter,
    check: Callable[[], None],
    most: int = folding.MOST,
) -> Unfolded:
    """What lies under a hit, no more than `most` passages and `most` documents."""
    place = _place(index, hit)
    if place is None:
        return Unfolded(hit.id, (), ())

    def shown(placed: Sequence[Placed]) -> tuple[Hit, ...]:
        made = []
        for one in placed:
            check()
            made.append(presenter.hit(one))
        return tuple(one for one in made if one is not None)

    passages = [Placed(place[0], row, 0.0) for row in _rows(index, found, place, hit)[:most]]
    near = [Placed(number, 0, 0.0) for number in others(place[0])[:most]]
    return Unfolded(hit.id, shown(passages), shown(near))


def _place(index: Database, hit: Hit) -> tuple[int, int, int] | None:
    """Number, first and last row of a hit's record; None where the index lost it meanwhile."""
    sql = "SELECT number, first, last FROM document WHERE id = ?"
    row = index.conn.execute(sql, (schema.packed(hit.id),)).fetchone()
    return None if row is None else (row[0], row[1], row[2])


def _rows(index: Database, found: Found, place: tuple[int, int, int], hit: Hit) -> tuple[int, ...]:
    """The rows of a record that match, but the one which its hit shows."""
    if found.tree is None:
        return ()
    _, first, last = place
    return folding.further(index, found.compiler, found.tree, first, last, first + hit.piece)
