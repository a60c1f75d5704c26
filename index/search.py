"""Answering queries: the first hits at once, the exact count and the facets as a second answer."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2

from archive import documents, feed
from archive.connect import Database, Interrupted, translated
from archive.errors import Damaged
from archive.records import Document, TextRow
from index import facets as counting
from index import filters as masks
from index import schema
from index.answers import Answer, Query, Totals
from index.columns import Columns
from index.compile import Compiler, by_passage, is_text, plan, relaxed
from index.hits import Presenter
from index.language import Understood, understand
from index.marks import Match, Sought, matches, merged
from index.postings import OVERLAP
from index.ranking import Ranker, Ranking
from index.sets import Sets
from index.tree import And, Node, Or, Word, wanted
from index.vocabulary import Vocabulary

if TYPE_CHECKING:
    from index.sets import Mask

KEPT = 8
"""Questions whose ranking is kept, for the next page and the count."""
QUESTION, ENOUGH = 6, 10
"""So many words side by side are a question: where fewer than ENOUGH passages hold all of them, any will do."""


@dataclass(slots=True)
class _Found:
    """What became of a query: the tree that was searched in the end, and its ranking.

    With `any_word` the tree asks for any of the words, and `relaxed` says that no record has them all.
    """

    tree: Node | None
    ranking: Ranking
    any_word: bool
    relaxed: bool
    compiler: Compiler
    notes: tuple[str, ...]
    interpretation: str
    matching: Mask | None = None


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
        self._columns: Columns | None = None
        self._vocabulary: Vocabulary | None = None
        self._kept: OrderedDict[Query, _Found] = OrderedDict()

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
            found = self._find(query, understood)
            placed = found.ranking.page(query.offset, query.limit)
            presenter = Presenter(self._archive, self._index, found.compiler, found.tree, found.any_word)
            hits = []
            for place in placed:
                self._check()
                if hit := presenter.hit(place):
                    hits.append(hit)
            forms = ("some-forms",) if found.compiler.cut else ()
            notes = (*understood.notes, *found.notes, *forms, *found.ranking.notes, *notes)
            return Answer(
                query,
                found.interpretation,
                found.relaxed,
                tuple(hits),
                _since(started),
                tuple(dict.fromkeys(notes)),
            )

    def totals(self, query: Query, facets: Sequence[str] = ()) -> Totals:
        """The exact number of records found, and for each facet the counts of its values among them.

        A facet with filters on it counts as if its own inclusions were not there, so that others can be added.
        """
        started = perf_counter()
        with self._reading() as notes:
            if "not-indexed" in notes:
                return Totals(0, dict.fromkeys(facets, ()), _since(started))
            found = self._find(query, understand(query.text))
            if found.tree is None and query.text.strip():
                return Totals(0, dict.fromkeys(facets, ()), _since(started))
            if not facets and (total := self._counted(query, found)) is not None:
                return Totals(total, {}, _since(started))
            sets = self._sets(found.compiler)
            if found.matching is None:
                found.matching = sets.documents(found.tree) if found.tree else sets.columns.alive
            matching = found.matching
            self._check()
            passing = matching & masks.chosen(sets.columns, query.filters)
            included = {f.field for f in query.filters if not f.exclude}
            counted = {}
            for facet in facets:
                self._check()
                mask = matching & masks.chosen(sets.columns, query.filters, facet) if facet in included else passing
                counted[facet] = counting.count(sets.columns, facet, mask)
            return Totals(int(passing.sum()), counted, _since(started))

    def marks(self, query_text: str, document: Document, rows: Iterable[TextRow]) -> tuple[tuple[int, int], ...]:
        """Where a query's words stand in these rows of a document's text: code points of the whole text, in order."""
        tree = understand(query_text).tree
        if tree is None:
            return ()
        pieces = list(rows)
        with self._reading() as notes:
            if "not-indexed" in notes:
                return ()
            compiler = Compiler(self._words())
            found = _marked(pieces, _sought(compiler, compiler.widened(tree)))
            if not found and (looser := relaxed(tree)):
                found = _marked(pieces, _sought(compiler, looser))
        return found

    # -- one query

    def _counted(self, query: Query, found: _Found) -> int | None:
        """The number of documents where it can be had without arrays."""
        if query.filters or found.tree is None or not is_text(found.tree) or not by_passage(found.tree):
            return None
        expression = found.compiler.expression(found.tree)
        if expression is None:
            return 0
        sql = "SELECT count(*) FROM passages WHERE passages MATCH ?"
        if schema.read(self._index, "long"):
            sql = (
                "SELECT count(DISTINCT p.document) FROM passages CROSS JOIN passage AS p ON p.row = passages.rowid"
                " WHERE passages MATCH ?"
            )
        return int(self._index.conn.execute(sql, (expression,)).fetchone()[0])

    def _find(self, query: Query, understood: Understood) -> _Found:
        key = Query(query.text, query.filters, query.sort)
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = self._search(query, understood)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return found

    def _search(self, query: Query, understood: Understood) -> _Found:
        compiler = Compiler(self._words())
        typed, said = understood.tree, understood.interpretation
        if typed is None and query.text.strip():
            return _Found(None, Ranking([]), False, False, compiler, ("no-words",), said)
        looser = relaxed(typed) if typed else None
        # by date there is no best: what holds only some of the words would bury what holds all
        asked = self._question(typed, compiler) if typed and query.sort == "relevance" else None
        if looser and asked is not None:
            nowhere = asked == 0 and not schema.read(self._index, "long")
            wider = self._ranked(query, looser, compiler)
            return _Found(looser, wider, True, nowhere, compiler, () if nowhere else ("question",), said)
        tree = compiler.widened(typed) if typed else None
        if tree != typed:
            said = str(tree)
        ranking = self._ranked(query, tree, compiler)
        if looser and not ranking.page(0, 1):
            self._check()
            wider = self._ranked(query, looser, compiler)
            if wider.page(0, 1):
                return _Found(looser, wider, True, True, compiler, (), said)
        return _Found(tree, ranking, False, False, compiler, (), said)

    def _question(self, tree: Node, compiler: Compiler) -> int | None:
        """How many passages hold all words, where many words stand side by side and few do; else None."""
        text = plan(tree).text
        words = text.parts if isinstance(text, And) else ()
        # an operator on any of them says that it was meant as written
        if not (isinstance(tree, And) and tree.implied and text and len(words) >= QUESTION):
            return None
        if not all(isinstance(word, Word) for word in words):
            return None
        ranker = Ranker(self._index, compiler, lambda: self._sets(compiler))
        holding = ranker.count(compiler.expression(text), ENOUGH)
        return holding if holding < ENOUGH else None

    def _ranked(self, query: Query, tree: Node | None, compiler: Compiler) -> Ranking:
        """The ranking of one tree under the query's filters."""
        ranker = Ranker(self._index, compiler, lambda: self._sets(compiler))
        if tree is None:
            return ranker.by_date(masks.chosen(self._loaded(), query.filters), newest=query.sort != "oldest")
        parts = plan(tree)
        if query.sort != "relevance" or parts.text is None or parts.mixed:
            return self._listed(query, tree, ranker, self._sets(compiler))
        mask: Mask | None = None
        if query.filters or parts.conditions:
            mask = masks.chosen(self._loaded(), query.filters)
            for condition in parts.conditions:
                mask &= self._sets(compiler).documents(condition)
        ranking = ranker.unfiltered(parts.text) if mask is None else ranker.filtered(parts.text, mask)
        if not by_passage(parts.text) and schema.read(self._index, "long"):
            return ranker.across(parts.text, mask, ranking)
        return ranking

    def _listed(self, query: Query, tree: Node, ranker: Ranker, sets: Sets) -> Ranking:
        """What matches the whole tree by date, or, for relevance, by its words as far as it has some."""
        mask = sets.documents(tree) & masks.chosen(sets.columns, query.filters)
        dated = ranker.by_date(mask, newest=query.sort != "oldest")
        leaves = tuple(dict.fromkeys(wanted(tree)))
        if query.sort != "relevance" or not leaves:
            return dated
        ranking = ranker.filtered(Or(leaves), mask)
        return Ranking(ranking.head, ranking.more, dated.tail, ranking.notes)

    # -- the state of the index

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
            return ("behind", f"building:{schema.records(self._index)}/{documents.count(self._archive)}")
        return ("behind",) if feed.position(self._archive) > int(schema.read(self._index, "watermark")) else ()

    def forget(self) -> None:
        """Keep nothing of earlier questions."""
        self._columns = self._vocabulary = None
        self._kept.clear()

    def _loaded(self) -> Columns:
        if self._columns is None:
            self._columns = Columns.load(self._index)
        return self._columns

    def _words(self) -> Vocabulary:
        if self._vocabulary is None:
            self._vocabulary = Vocabulary(self._index)
        return self._vocabulary

    def _sets(self, compiler: Compiler) -> Sets:
        return Sets(self._index, self._loaded(), compiler)

    def _check(self) -> None:
        if self._stopped.is_set():
            raise Interrupted


def _sought(compiler: Compiler, tree: Node) -> list[Sought]:
    return [sought for leaf in dict.fromkeys(wanted(tree)) for sought in compiler.leaf(leaf).sought]


def _marked(pieces: Sequence[TextRow], sought: Sequence[Sought]) -> tuple[tuple[int, int], ...]:
    """The marks in all pieces, those that run on into the next piece included."""
    found: list[Match] = []
    for at, piece in enumerate(pieces):
        after = pieces[at + 1].text[:OVERLAP] if at + 1 < len(pieces) else ""
        for match in matches(piece.text + after, sought):
            if match.start < len(piece.text):
                found.append(Match(match.start + piece.start, match.end + piece.start, match.part))
    return merged(found)


def _since(started: float) -> float:
    return (perf_counter() - started) * 1000
