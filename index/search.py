"""Answering queries: the first hits at once, the exact count and the facets as a second answer."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2

from archive import countries, feed
from archive.cases import vocabularies
from archive.cases.records import Kind
from archive.connect import Database, Interrupted, translated
from archive.errors import Damaged
from archive.records import Document, TextRow
from index import beyond, entries, marking, schema
from index import coverage as covering
from index import facets as counting
from index import filters as masks
from index import overview as overviews
from index.answers import Answer, Beneath, Hit, Query, Totals, Unfolded
from index.coverage import Coverage
from index.explain import Explanation, explained
from index.finder import Finder, Found
from index.folded import folded, gathered
from index.folding import MOST
from index.hits import Presenter
from index.language import understand
from index.marking import forms_of
from index.overview import ROLES, CasePage, Counts, Order, Overview
from index.packed import Words
from index.placed import Placed
from index.unfolding import Under

if TYPE_CHECKING:
    from index.sets import Mask

CASE = str(Kind.CASE)


class Searcher:
    """Answers queries over one archive and its index, for one thread; `interrupt` may be called from any.

    `in_force` gives the index to search in at this moment. One that was never built answers with no hits and the note
    `not-indexed`, one that does not know the newest records yet says `behind`, and one that is still being built how
    far it is (`building:120/4000`). Raises Interrupted and the environment faults of `archive.connect`.
    """

    def __init__(self, archive: Database, in_force: Callable[[], Database]) -> None:
        self._archive, self._in_force, self._index = archive, in_force, in_force()
        self._stopped = threading.Event()
        self.damaged = False
        """Whether the index turned out to be damaged; the next update then makes it anew."""
        self._version: tuple[int, int] = (-1, -1)
        self.forget()

    def interrupt(self) -> None:
        """End the call that is running, which then raises Interrupted."""
        self._stopped.set()
        with suppress(dbapi2.ProgrammingError):  # closed, because another file came into force at this moment
            self._index.conn.interrupt()

    def first(self, query: Query) -> Answer:
        """The hits of one page, with snippets."""
        started = perf_counter()
        understood = understand(query.text)
        with self._reading() as notes:
            if "not-indexed" in notes:
                return Answer(query, understood.interpretation, False, (), _since(started), notes)
            found = self._finder.find(query, understood)
            listed = self._finder.listed(query, found)
            placed = listed.page(query.offset, query.limit)
            presenter = self._presenter(query, found)
            hits = []
            for place in placed:
                self._check()
                if hit := presenter.hit(place):
                    hits.append(hit)
            forms = ("some-forms",) if found.compiler.cut else ()
            places = self._finder.placed.notes(query, understood.tree)
            notes = (*understood.notes, *found.notes, *forms, *places, *listed.notes, *notes)
            return Answer(
                query,
                found.interpretation,
                found.relaxed,
                tuple(hits),
                _since(started),
                tuple(dict.fromkeys(notes)),
                (*forms_of(found.tree), *self._finder.placed.looked_for(query, understood.tree)),
            )

    def totals(self, query: Query, facets: Sequence[str] = ()) -> Totals:
        """The exact number of records found, and for each facet the counts of its values among them.

        A facet with filters on it counts as if its own inclusions were not there, so that others can be added.
        """
        started = perf_counter()
        with self._reading() as notes:
            if "not-indexed" in notes:
                return Totals(0, dict.fromkeys(facets, ()), _since(started))
            found = self._finder.find(query, understand(query.text))
            if found.tree is None and query.text.strip():
                return Totals(0, dict.fromkeys(facets, ()), _since(started))
            if not facets and (total := self._finder.counted(query, found)) is not None:
                return Totals(total, {}, _since(started))
            columns, matching = self._finder.columns, self._matching(found)
            passing = matching & masks.chosen(columns, query.filters)
            included = {f.field for f in query.filters if not f.exclude}
            counted = {}
            for facet in facets:
                self._check()
                mask = matching & masks.chosen(columns, query.filters, facet) if facet in included else passing
                counted[facet] = counting.count(columns, facet, mask)
            apart = folded(self._finder.leaders, passing) if query.fold else 0
            return Totals(int(passing.sum()), counted, _since(started), apart)

    def beneath(self, query: Query, hits: Sequence[Hit]) -> tuple[Beneath, ...]:
        """How much lies folded under these hits of a query; a second answer, like the count."""
        with self._reading() as notes:
            return () if "not-indexed" in notes else self._under(query).counted(hits)

    def unfolded(self, query: Query, hit: Hit, most: int = MOST) -> Unfolded:
        """What lies folded under a hit of a query, at most so many passages and so many documents."""
        with self._reading() as notes:
            return Unfolded(hit.id, (), ()) if "not-indexed" in notes else self._under(query).unfolded(hit, most)

    def coverage(self, query: Query) -> Coverage:
        """What in reach of a query's filters could not be searched; a second answer, like the count."""
        started = perf_counter()
        with self._reading() as notes:
            waiting = covering.waiting(self._archive, self._index)
            if "not-indexed" in notes:
                return Coverage(query, 0, (), waiting, _since(started))
            documents, gaps = covering.measured(self._finder.columns, query)
            return Coverage(query, documents, gaps, waiting, _since(started))

    def overview(self, query: Query, without: Set[str] = frozenset()) -> Overview:
        """What a map and a timeline show of all cases among the records found, and how many they are; the cases
        `without` (UUIDs) are passed over."""
        started = perf_counter()
        with self._reading() as notes:
            if "not-indexed" in notes:
                return Overview(query, 0, Counts(), dict.fromkeys(ROLES, ()), (), 0, (), _since(started), notes)
            found, cases, columns = self._cases(query, without), self._finder.cases, self._finder.columns
            years, undated = overviews.years(cases, columns, found)
            self._check()
            return Overview(
                query,
                len(cases.numbers),
                overviews.counts(cases, columns, found),
                overviews.countries(columns, found),
                years,
                undated,
                overviews.spans(cases, columns, found),
                _since(started),
                notes,
            )

    def cases(
        self, query: Query, order: Order, *, descending: bool = False, without: Set[str] = frozenset()
    ) -> CasePage:
        """`query.limit` of the cases among the records found, from `query.offset` on, as rows of a table; the cases
        `without` (UUIDs) are passed over."""
        with self._reading() as notes:
            if "not-indexed" in notes:
                return CasePage(query, order, descending, 0, ())
            cases = self._finder.cases
            chosen = cases.chosen(self._cases(query, without))
            self._check()
            placed = cases.ordered(chosen, order, descending, self._named)[query.offset :][: query.limit]
            return CasePage(query, order, descending, len(chosen), tuple(map(cases.row, placed.tolist())))

    def marks(self, query: Query, document: Document, rows: Iterable[TextRow]) -> tuple[tuple[int, int], ...]:
        """Where a query's words stand in these rows of a document's text: code points of the whole text, in order."""
        tree = understand(query.text).tree
        pieces = list(rows)
        with self._reading() as notes:
            if "not-indexed" in notes:
                return ()
            compiler = self._finder.compiler()
            shown = self._finder.placed.shown(query, tree)
            if tree is None or shown != tree:  # nothing but places, whose names are all there are
                return marking.marked(pieces, compiler, shown) if shown else ()
            wide = self._finder.widened(compiler.widened(tree), query)
            found = marking.marked(pieces, compiler, wide)
            if not found and (looser := self._finder.relaxed(tree, query, compiler)):
                found = marking.marked(pieces, compiler, looser)
        return found

    def explain(self, query: Query, identity: str) -> Explanation | None:
        """Why a query finds a record and where; None where the index does not hold it."""
        with self._reading() as notes:
            if "not-indexed" in notes:
                return None
            found = self._finder.find(query, understand(query.text))
            typed = self._finder.find(replace(query, widen="none"), understand(query.text))
            packed = schema.packed(identity)
            number = self._index.conn.execute("SELECT number FROM document WHERE id = ?", (packed,)).fetchone()
            as_typed = number is not None and bool(self._matching(typed)[number[0]])
            return explained(self._index, typed if as_typed else found, packed, as_typed=as_typed)

    # -- the state of the index

    @contextmanager
    def at_rest(self) -> Iterator[Database | None]:
        """The index in one unchanging state, for questions of other kinds; None where it was never built."""
        with self._reading() as notes:
            yield None if "not-indexed" in notes else self._index

    def words(self) -> Words:
        """The words of the index in memory; to be asked for in `at_rest`, and good for that `version`."""
        return self._finder.words

    @property
    def version(self) -> object:
        """Another one as soon as the index holds something else."""
        return id(self._index), self._version

    @contextmanager
    def _reading(self) -> Iterator[tuple[str, ...]]:
        """One unchanging state of the index for the block; gives the notes that its state calls for."""
        self._stopped.clear()
        with translated(Path("index.db")):
            index = self._in_force()
            if index is not self._index:
                self._index = index
                self.forget()
            conn = index.conn
            conn.execute("BEGIN")
            try:
                yield self._notes()
            except Exception as error:
                if isinstance(error, Interrupted) or "interrupted" in str(error):
                    # whole columns stay: who types fast interrupts at each key, and would wait for them at each
                    self._finder.forget_answers()
                    raise
                self.forget()
                unusable = "vtable constructor failed" in str(error)  # so FTS5 reports damage to its own tables
                self.damaged = isinstance(error, dbapi2.DatabaseError) and (unusable or "malformed" in str(error))
                if self.damaged and unusable:
                    raise Damaged(path="index.db", why=str(error)) from error
                raise
            finally:
                if conn.in_transaction:
                    conn.execute("ROLLBACK")

    def _notes(self) -> tuple[str, ...]:
        standing = schema.standing(self._index, self._archive)
        if standing == schema.FOREIGN:
            return ("not-indexed",)
        version = (self._index.conn.execute("PRAGMA data_version").fetchone()[0], self._index.conn.total_changes)
        if version != self._version:
            self.forget()
            self._version = version
        if standing == schema.UNFINISHED:
            return ("behind", f"building:{schema.records(self._index)}/{entries.total(self._archive)}")
        return ("behind",) if feed.position(self._archive) > int(schema.read(self._index, "watermark")) else ()

    def forget(self) -> None:
        """Keep nothing of earlier questions."""
        elsewhere = partial(beyond.numbers, self._archive, self._index)
        self._finder = Finder(self._index, self._check, elsewhere, Placed(self._archive, self._index, self._check))

    def _cases(self, query: Query, without: Set[str] = frozenset()) -> Mask:
        """The slots of the cases among the records found, but those `without`."""
        columns = self._finder.columns
        found = self._finder.find(query, understand(query.text))
        if found.tree is None and query.text.strip():
            return ~columns.alive & columns.alive
        passing = self._matching(found) & masks.chosen(columns, query.filters)
        cases: Mask = passing & masks.has(columns, "kind", CASE)
        if without:
            cases[self._finder.cases.slots(without)] = False
        return cases

    def _matching(self, found: Found) -> Mask:
        """The records that the words of a query find, whatever the filters."""
        if found.matching is None:
            sets = self._finder.sets(found.compiler)
            found.matching = sets.documents(found.tree) if found.tree else sets.columns.alive
        self._check()
        return found.matching

    def _presenter(self, query: Query, found: Found) -> Presenter:
        shown = self._finder.placed.shown(query, found.tree)
        return Presenter(self._archive, self._index, found.compiler, shown, found.any_word)

    def _under(self, query: Query) -> Under:
        """What looks under the hits of a query; no document is under another where it is not folded."""
        found = self._finder.find(query, understand(query.text))
        leaders = self._finder.leaders if query.fold else {}

        @cache
        def groups() -> dict[int, list[int]]:
            return gathered(leaders, self._matching(found) & masks.chosen(self._finder.columns, query.filters))

        def others(number: int) -> list[int]:
            return [one for one in groups().get(leaders[number], ()) if one != number] if number in leaders else []

        return Under(self._index, found, self._presenter(query, found), others, self._check)

    def _named(self, field: str, value: str) -> str:
        """What a country or a term is called in English, for lists in order of words."""
        return countries.name(value) if field == "country" else vocabularies.label(self._archive, field, value, "en")

    def _check(self) -> None:
        if self._stopped.is_set():
            raise Interrupted


def _since(started: float) -> float:
    return (perf_counter() - started) * 1000
