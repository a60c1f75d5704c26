"""What lists and charts of cases read: one narrow row for each case, read back as arrays once for a state of the index.

A case is one row of `casework`; persons and moments of all cases lie one after another, each with its case's place.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from archive.cases.dockets import Docket
from archive.connect import Database
from index.columns import Columns, Writer, day
from index.entries import Entry
from index.overview import CaseRow, Order

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int32]
    Mask = NDArray[np.bool_]

GROUP = "a group"
"""How a case is counted that adds no person to the count of persons."""
SHOWN = (
    "d.number, lower(hex(d.id)), d.title, c.code, c.outcome, c.outcome_date, c.origins, c.hosts, c.first, c.last,"
    " c.programmes, c.contradictions, c.sources, c.unit"
)
Named = Callable[[str, str], str]
"""What a value of a field is called: field and value in, words out."""


def packed(number: int, entry: Entry, docket: Docket, writer: Writer) -> tuple[object, ...]:
    """The row of the case in slot `number`."""
    moments = array("i")
    for moment in docket.moments:
        moments.extend((day(moment.earliest), day(moment.latest), writer.value("event-type", moment.type)))
    return (
        number,
        entry.names[0] if entry.names else "",
        docket.outcome,
        docket.outcome_date,
        " ".join(entry.several.get("origin", ())),
        " ".join(entry.several.get("host", ())),
        docket.first,
        docket.last,
        "\n".join(entry.several.get("programme", ())),
        docket.contradictions,
        docket.sources,
        docket.unit,
        array("i", docket.persons).tobytes(),
        moments.tobytes(),
    )


def put(db: Database, rows: Sequence[tuple[object, ...]]) -> None:
    """Add or replace rows of cases; part of the caller's transaction."""
    db.conn.executemany(f"INSERT OR REPLACE INTO casework VALUES ({','.join('?' * 14)})", rows)


def remove(db: Database, number: int) -> None:
    """Take the case in a slot out, if there is one; part of the caller's transaction."""
    db.conn.execute("DELETE FROM casework WHERE number = ?", (number,))


@dataclass(frozen=True)
class Cases:
    """All cases. `numbers[at]` is the slot of case `at`, `earliest` and `latest` its days (0 for none); `persons` are
    pairs of place and person, `moments` rows of place, first day, last day, number of the type of event."""

    numbers: Ints
    earliest: Ints
    latest: Ints
    rows: Sequence[tuple[Any, ...]]
    persons: tuple[Ints, Ints]
    moments: Ints

    @staticmethod
    def load(db: Database, columns: Columns) -> Cases:
        """Read every case."""
        import numpy as np

        found = db.conn.execute(
            f"SELECT {SHOWN}, c.persons, c.moments FROM casework AS c"
            " CROSS JOIN document AS d ON d.number = c.number ORDER BY c.number"
        ).fetchall()
        numbers = np.array([row[0] for row in found], np.int32)
        places = np.arange(len(found), dtype=np.int32)
        persons = np.frombuffer(b"".join(row[-2] for row in found), "<i4")
        concerned = np.repeat(places, [len(row[-2]) // 4 for row in found]) if found else places
        moments = np.frombuffer(b"".join(row[-1] for row in found), "<i4").reshape(-1, 3)
        happened = np.repeat(places, [len(row[-1]) // 12 for row in found]) if found else places
        return Cases(
            numbers,
            columns.column("earliest")[numbers],
            columns.column("latest")[numbers],
            [row[:-2] for row in found],
            (concerned, persons),
            np.column_stack((happened, moments)),
        )

    @cached_property
    def groups(self) -> Mask:
        """Which cases are about a group."""
        import numpy as np

        return np.array([row[13] == GROUP for row in self.rows], np.bool_)

    @cached_property
    def counted(self) -> Mask:
        """Which cases say how they are counted."""
        import numpy as np

        return np.array([bool(row[13]) for row in self.rows], np.bool_)

    @cached_property
    def moment_years(self) -> tuple[Ints, Ints]:
        """The first and last year that each moment may lie in."""
        import numpy as np

        days, places = np.unique(self.moments[:, 1:3], return_inverse=True)
        years = np.array([date.fromordinal(int(one)).year for one in days], np.int32)[places].reshape(-1, 2)
        return years[:, 0], years[:, 1]

    @cached_property
    def without_outcome(self) -> Mask:
        """Which cases have no outcome."""
        import numpy as np

        return np.array([not row[4] for row in self.rows], np.bool_)

    def slots(self, identities: Set[str]) -> Ints:
        """The slots of the cases with these UUIDs."""
        wanted = {identity.replace("-", "") for identity in identities}
        return self.numbers[[at for at, row in enumerate(self.rows) if row[1] in wanted]]

    def chosen(self, found: Mask) -> Ints:
        """The places of those cases whose slots are in a mask."""
        import numpy as np

        return np.flatnonzero(found[self.numbers]).astype(np.int32) if len(self.numbers) else self.numbers

    def ordered(self, places: Ints, order: Order, descending: bool, named: Named) -> Ints:
        """These places in an order; whatever has no value for it comes last, either way."""
        import numpy as np

        ranks = self._ranks(order, named)[places]
        names = self._ranks("name", named)[places]
        empty = ranks < 0
        return places[np.lexsort((names, -ranks if descending else ranks, empty))]

    def row(self, place: int) -> CaseRow:
        """One case."""
        _, identity, title, code, outcome, dated, origins, hosts, first, last, programmes, against, sources, unit = (
            self.rows[place]
        )
        return CaseRow(
            f"{identity[:8]}-{identity[8:12]}-{identity[12:16]}-{identity[16:20]}-{identity[20:]}",
            title,
            code,
            outcome,
            dated,
            tuple(origins.split()),
            tuple(hosts.split()),
            first,
            last,
            tuple(programmes.split("\n")) if programmes else (),
            against,
            sources,
            unit == GROUP,
        )

    @cached_property
    def _kept(self) -> dict[str, Ints]:
        return {}

    def _ranks(self, order: Order, named: Named) -> Ints:
        """The rank of each case in an order, equal values sharing one; -1 where there is no value."""
        if order not in self._kept:
            import numpy as np

            if order in ("first", "last"):
                days = self.earliest if order == "first" else self.latest
                self._kept[order] = np.where(days > 0, days, -1)
                return self._kept[order]
            key = _KEYS[order]
            keys = [key(row, named) for row in self.rows]
            ranks: Mapping[Any, int] = {value: at for at, value in enumerate(sorted(set(keys)))}
            self._kept[order] = np.array([ranks[value] if value else -1 for value in keys], np.int32)
        return self._kept[order]


_KEYS: dict[Order, Callable[[tuple[Any, ...], Named], Any]] = {
    "name": lambda row, named: row[2].casefold(),
    "code": lambda row, named: row[3],
    "outcome": lambda row, named: row[4] and f"{named('outcome', row[4])}\t{row[5]}",
    "countries": lambda row, named: _route(row[6], row[7], named),
    "programme": lambda row, named: row[10].casefold(),
    "contradictions": lambda row, named: row[11],
    "sources": lambda row, named: row[12],
}


def _route(origins: str, hosts: str, named: Named) -> str:
    words = [", ".join(named("country", code) for code in codes.split()) for codes in (origins, hosts)]
    return "\t".join(words) if any(words) else ""
