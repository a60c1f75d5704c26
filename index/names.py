"""The names that casework knows: of persons, organisations and whatever else has one, and the terms of the thesauri."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from archive.connect import Database
from index import text as texts
from index.marks import folded
from index.packed import Words

MOST = 50_000
"""Names that are kept; where there are more, those recorded last."""
TERM = "term"
NAMES = (
    "SELECT s.kind, f.value FROM fact AS f JOIN subject AS s ON s.row = f.subject AND s.merged IS NULL"
    " AND s.kind != 'event' WHERE f.field IN ('name', 'official-name') AND f.state = 'current'"
    " GROUP BY f.value, s.kind ORDER BY max(f.row) DESC LIMIT ?"
)
TERMS = (
    "SELECT DISTINCT text FROM term_label WHERE role != 'definition'"
    " AND (vocabulary, code) IN (SELECT vocabulary, code FROM term) ORDER BY text LIMIT ?"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A name as it was recorded, and the kind of subject it names, or TERM."""

    name: str
    kind: str


class Names:
    """The names of one state of the archive."""

    def __init__(self, archive: Database) -> None:
        self._state = _state(archive)
        found = [Named(value, kind) for kind, value in archive.conn.execute(NAMES, (MOST,))]
        found += [Named(value, TERM) for (value,) in archive.conn.execute(TERMS, (MOST,))]
        self._names = found
        forms = [folded(one.name) for one in found]
        order = sorted(range(len(found)), key=forms.__getitem__)
        self._whole, self._order = Words.of([forms[at] for at in order]), order
        # every word of a name begins it: what is typed may be the family name or the given one
        starts = [(form[place:], at) for at, form in enumerate(forms) for place in _words(form)]
        self._starts = sorted(starts)

    def fit(self, archive: Database) -> bool:
        """Whether the archive has the same names still; one that was set apart meanwhile counts as one."""
        now, then = _state(archive), self._state
        if now != then and now[1] == then[1] and now[0] > then[0]:
            new = "SELECT 1 FROM fact WHERE row > ? AND field IN ('name', 'official-name') LIMIT 1"
            if not archive.conn.execute(new, (then[0],)).fetchone():
                self._state = now  # what was recorded since names nobody
        return now == self._state

    def beginning(self, start: str, most: int) -> list[Named]:
        """The names of which a word begins so, shortest first; each once."""
        wanted = folded(start)
        if not wanted:
            return []
        at = bisect_left(self._starts, (wanted,))
        following = (self._starts[n] for n in range(at, len(self._starts)))
        fitting = takewhile(lambda one: one[0].startswith(wanted), following)
        chosen = dict.fromkeys(self._names[number] for _, number in fitting)
        return sorted(chosen, key=lambda one: (one.kind == TERM, len(one.name), one.name))[:most]

    def near(self, words: str, distance: int, most: int) -> list[Named]:
        """The names at most so many slips away from these words."""
        wanted = folded(words)
        found: dict[Named, None] = {}
        for near in self._whole.near(wanted, distance, most):
            for place in self._whole.beginning(near.word):
                if self._whole[place] == near.word:
                    found[self._names[self._order[place]]] = None
        return list(found)[:most]


def _state(archive: Database) -> tuple[int, int]:
    """What differs as soon as there may be other names: the last fact, and how many labels terms have."""
    (facts,) = archive.conn.execute("SELECT coalesce(max(row), 0) FROM fact").fetchone()
    (terms,) = archive.conn.execute("SELECT count(*) FROM term_label").fetchone()
    return int(facts), int(terms)


def _words(form: str) -> Iterator[int]:
    """Where the words of a folded name begin; within a run of Han nothing does."""
    place = 0
    for word in texts.words(form):
        place = form.index(word, place)
        yield place
        place += len(word)
