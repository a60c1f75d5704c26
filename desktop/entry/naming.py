"""Reads the names of subjects in a lane: all of them once, and from then on only those that changed; free of Qt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archive import feed
from archive.cases import subjects
from archive.cases.records import Kind
from archive.connect import Database
from desktop.entry.names import Name, Names

FEW = 500
"""Names that may stand beside the others before all are read anew, which takes half a second for a hundred thousand."""
MANY = 20_000
"""Changes that are looked through for subjects; after more of them all names are read anew."""
NAMED = tuple(kind for kind in Kind if kind is not Kind.EVENT)


class Naming:
    """Holds what was read last, for the one archive it is asked about."""

    def __init__(self) -> None:
        self._names: Names | None = None
        self._seen = (-1, "")

    def now(self, db: Database) -> Names:
        """The names as they are now."""
        seen = (feed.position(db), feed.generation(db))
        if self._names is None or seen[1] != self._seen[1]:
            self._names = _read(db)
        elif seen != self._seen:
            self._names = self._follow(db, self._names)
        self._seen = seen
        return self._names

    def _follow(self, db: Database, names: Names) -> Names:
        changes = feed.changes(db, self._seen[0], MANY)
        altered = {one.record for one in changes if one.kind == "subject"}
        if len(changes) == MANY or names.later + len(altered) > FEW:
            return _read(db)
        changed: dict[str, Name | None] = dict.fromkeys(altered)
        changed |= {one.id: one for one in _names(db, sorted(altered))}
        return names.changed(changed)


def _read(db: Database) -> Names:
    return Names(_names(db))


def _names(db: Database, only: Sequence[str] | None = None) -> Iterator[Name]:
    kinds = {str(kind): kind for kind in NAMED}
    return (Name(one, kinds[kind], label, code) for one, kind, label, code in subjects.named(db, NAMED, only))
