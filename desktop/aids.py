"""What helps in finding, for the window and the command line: suggestions, completions, more like this, what is new."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from archive import documents, texts
from archive.cases import digests, subjects
from archive.container import Archive
from archive.errors import NoSuchRecord
from index import alike, beyond
from index.answers import Filter, Query
from index.beyond import Moment
from index.complete import Completer, Completion
from index.search import Searcher
from index.suggest import FEW, Suggester, Suggestion


@dataclass(frozen=True, slots=True)
class News:
    """How many of the records that a query finds were added, and how many altered, since a moment, up to `now`.

    `known` is false in another history of the archive, where that cannot be told. `now` is empty while the index is
    being built.
    """

    query: Query
    added: int
    altered: int
    now: str
    known: bool = True


class Aids:
    """For one archive, in one thread. What is asked of the index raises Interrupted where a newer question came."""

    def __init__(self, archive: Archive, searcher: Callable[[], Searcher]) -> None:
        self._archive, self._find_searcher = archive, searcher
        self._searcher: Searcher | None = None
        self._suggester: Suggester | None = None
        self._completer: Completer | None = None

    def suggest(self, query: Query) -> tuple[Suggestion, ...]:
        """What else may have been meant by a query; other words only where it finds nothing or few."""
        searcher = self._find_searcher()
        wanting = searcher.first(replace(query, limit=1)).relaxed or searcher.totals(query).total <= FEW
        return self._made()[0].suggest(query, wanting=wanting)

    def complete(self, typed: str) -> tuple[Completion, ...]:
        """How a query may go on at the cursor, before which `typed` stands."""
        return self._made()[1].complete(typed)

    def similar(self, identity: str, passage: tuple[int, int] | None = None) -> Query:
        """A query for what is like a document, a passage of it (code points) or a record of casework; empty where no
        word of it stands anywhere else. Raises NoSuchRecord."""
        title, language, parts = self._text(identity)
        if passage is not None:
            parts = iter(("".join(parts)[slice(*passage)],))
        with self._find_searcher().at_rest() as index:
            return Query("") if index is None else alike.query(index, parts, identity, title, language)

    def now(self) -> str:
        """The moment up to which the index knows the archive; empty while it is being built."""
        with self._find_searcher().at_rest() as index:
            return str((index and beyond.moment(index)) or "")

    def news(self, query: Query, then: str) -> News:
        """What of a query came since a moment, as `now` gave it."""
        moment = Moment.parse(then)
        searcher = self._find_searcher()
        with searcher.at_rest() as index:
            now = str((index and beyond.moment(index)) or "")
            found = beyond.since(self._archive.db, index, moment) if index and moment else None
        if found is None:
            return News(query, 0, 0, now, known=False)
        if not found[0] and not found[1]:
            return News(query, 0, 0, now)
        both = searcher.totals(replace(query, filters=(*query.filters, Filter(beyond.SINCE, then)))).total
        if not both or not found[1]:
            return News(query, both, 0, now)
        added = searcher.totals(replace(query, filters=(*query.filters, Filter(beyond.ADDED, then)))).total
        return News(query, added, both - added, now)

    def _made(self) -> tuple[Suggester, Completer]:
        searcher = self._find_searcher()
        if self._suggester is None or self._completer is None or self._searcher is not searcher:
            self._searcher = searcher
            self._suggester = suggester = Suggester(self._archive.db, searcher)
            self._completer = Completer(self._archive.db, searcher, lambda: suggester.names)
        return self._suggester, self._completer

    def _text(self, identity: str) -> tuple[str, str, Iterator[str]]:
        """What a record is called, its language, and its text in parts."""
        db = self._archive.db
        try:
            document = documents.get(db, identity)
        except NoSuchRecord:
            subject = subjects.get(db, subjects.followed(db, identity))
            shown = (f"{one.title} {one.shown}" for one in digests.digests(db, [subject.row]))
            return subject.label, "", shown
        rows = texts.rows(db, document.row, document.text_version)
        return document.metadata.title, document.metadata.language, (row.text for row in rows)
