"""Finding what a query asks for in one state of the index: which tree is searched in the end, and how it is ranked."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from archive.connect import Database
from archive.records import Confidentiality
from index import filters as masks
from index import near, schema
from index.answers import Query, Widen
from index.beyond import PLACE, Numbers
from index.casework import Cases
from index.columns import Columns
from index.compile import Compiler, by_passage, is_text, plan, relaxed
from index.folded import Folded
from index.language import Understood
from index.packed import Words
from index.placed import Placed
from index.ranking import Ranker, Ranking
from index.scoring import Scorer
from index.sets import Sets
from index.tiers import Tiers
from index.tree import And, Forms, Node, Or, Other, Word, wanted
from index.vocabulary import Vocabulary
from index.widen.widener import Sound, Widener

if TYPE_CHECKING:
    from index.sets import Mask

SOUNDS: dict[Widen, Sound] = {"sound": "likely", "any-sound": "any"}
KEPT = 8
"""Questions whose ranking is kept, for the next page and the count."""
QUESTION, ENOUGH = 6, 10
"""So many words side by side are a question: where fewer than ENOUGH passages hold all of them, any will do."""


@dataclass(slots=True)
class Found:
    """What became of a query: the tree that was searched in the end, and its ranking.

    With `any_word` the tree asks for any of the words, and `relaxed` says that no record has them all.
    """

    tree: Node | None
    ranking: Ranking | Tiers
    any_word: bool
    relaxed: bool
    compiler: Compiler
    notes: tuple[str, ...]
    interpretation: str
    matching: Mask | None = None
    folded: Folded | None = None


class Finder:
    """Finds in one state of the index, and keeps what it read and found for the next question.

    `check` is called between steps, and raises where nobody waits for the answer any more.
    """

    def __init__(self, index: Database, check: Callable[[], None], beyond: Numbers, placed: Placed) -> None:
        self._index, self._check, self._beyond, self.placed = index, check, beyond, placed
        self._kept: OrderedDict[Query, Found] = OrderedDict()

    @cached_property
    def columns(self) -> Columns:
        """The values of all documents."""
        return replace(Columns.load(self._index), beyond=self._apart)

    def _apart(self, field: str, value: str) -> Collection[int]:
        return self.placed.documents(value) if field == PLACE else self._beyond(field, value)

    @cached_property
    def cases(self) -> Cases:
        """What lists show of all cases."""
        return Cases.load(self._index, self.columns)

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary(self._index)

    @property
    def words(self) -> Words:
        """The words of the index, in memory."""
        return self._vocabulary.words

    @cached_property
    def _widener(self) -> Widener:
        return Widener(self._index, self._vocabulary)

    def widened(self, tree: Node, query: Query) -> Node:
        """The tree with the other forms of what it asks for."""
        if query.widen == "none":
            return tree
        sound = SOUNDS.get(query.widen, "")
        only_open = masks.leave_out(query.filters, "confidentiality", str(Confidentiality.CONFIDENTIAL))
        return self._widener.widened(tree, words=query.widen != "names", sound=sound, only_open=only_open)

    @cached_property
    def leaders(self) -> dict[int, int]:
        """The documents that are nearly the same as others, each with the one that stands for all of them."""
        return near.of(self._index)

    def listed(self, query: Query, found: Found) -> Ranking | Tiers | Folded:
        """The ranking as the query wants it listed."""
        if not query.fold or not self.leaders:
            return found.ranking
        found.folded = found.folded or Folded(found.ranking, self.leaders)
        return found.folded

    @cached_property
    def _scorer(self) -> Scorer:
        return Scorer(self._index)

    def ranker(self, compiler: Compiler) -> Ranker:
        """What ranks one query. Arrays are only used once there are some: the first answer does not wait for numpy."""
        has_arrays = "columns" in self.__dict__
        return Ranker(self._index, compiler, lambda: self.sets(compiler), self._scorer if has_arrays else None)

    def compiler(self) -> Compiler:
        """What compiles one query."""
        return Compiler(self._vocabulary)

    def sets(self, compiler: Compiler) -> Sets:
        """The exact sets of one query."""
        return Sets(self._index, self.columns, compiler)

    def counted(self, query: Query, found: Found) -> int | None:
        """The number of documents where it can be had without arrays."""
        if (
            query.filters
            or (query.fold and self.leaders)
            or query.widen in SOUNDS
            or found.tree is None
            or not is_text(found.tree)
            or not by_passage(found.tree)
        ):
            return None
        expression = found.compiler.expression(found.tree)
        if expression is None:
            return 0
        if expression in found.compiler.rows and "columns" in self.__dict__:
            sets = self.sets(found.compiler)
            return int(sets.owners(sets.rows(expression)).sum())
        sql = "SELECT count(*) FROM passages WHERE passages MATCH ?"
        if schema.read(self._index, "long"):
            sql = (
                "SELECT count(DISTINCT p.document) FROM passages CROSS JOIN passage AS p ON p.row = passages.rowid"
                " WHERE passages MATCH ?"
            )
        return int(self._index.conn.execute(sql, (expression,)).fetchone()[0])

    def forget_answers(self) -> None:
        """Keep no rankings, which may have been left halfway; what was read of the index stays."""
        self._kept.clear()

    def find(self, query: Query, understood: Understood) -> Found:
        """What becomes of a query."""
        key = replace(query, limit=0, offset=0, fold=False)
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = self._search(query, understood)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return found

    def _search(self, query: Query, understood: Understood) -> Found:
        compiler = self.compiler()
        typed, said = understood.tree, understood.interpretation
        if typed is None and query.text.strip():
            return Found(None, Ranking([]), False, False, compiler, ("no-words",), said)
        if typed and query.widen in SOUNDS:
            return self._sounding(query, compiler.widened(typed), compiler, said)
        loosened = typed is not None and relaxed(typed) is not None
        # by date there is no best: what holds only some of the words would bury what holds all
        asked = self._question(typed, compiler) if typed and query.sort == "relevance" else None
        if typed and loosened and asked is not None:
            nowhere = asked == 0 and not schema.read(self._index, "long")
            looser = self.relaxed(typed, query, compiler)
            wider = self._ranked(query, looser, compiler)
            return Found(looser, wider, True, nowhere, compiler, () if nowhere else ("question",), said)
        tree = compiler.widened(typed) if typed else None
        if tree != typed:
            said = str(tree)
        ranking, wide = self._tiers(query, tree, compiler)
        if typed and loosened and not ranking.page(0, 1):
            self._check()
            if query.widen != "all" and self._tiers(replace(query, widen="all"), tree, compiler)[0].page(0, 1):
                # any of the words would find more than other forms do, which were switched off to find less
                return Found(wide, ranking, False, False, compiler, ("other-forms",), said)
            looser = self.relaxed(typed, query, compiler)
            wider = self._ranked(query, looser, compiler)
            if wider.page(0, 1):
                return Found(looser, wider, True, True, compiler, (), said)
        return Found(wide, ranking, False, False, compiler, (), said)

    def relaxed(self, tree: Node, query: Query, compiler: Compiler) -> Node | None:
        """A query that asks for any of its words, or for another name of whom it names. Forms of a word count as that
        word: each by itself would weigh more the rarer it is."""
        if query.widen == "none":
            return relaxed(tree)
        wide = self.widened(compiler.widened(tree), replace(query, widen="names"))
        looser = relaxed(tree, [leaf for leaf in dict.fromkeys(wanted(wide)) if isinstance(leaf, Other)])
        if looser is None or query.widen != "all":
            return looser
        any_of, rest = (looser.parts[0], looser.parts[1:]) if isinstance(looser, And) else (looser, ())
        if not isinstance(any_of, Or):
            return looser
        either = Or(tuple(map(self._with_forms, any_of.parts)))
        return And((either, *rest)) if rest else either

    def _with_forms(self, node: Node) -> Node:
        if isinstance(node, Word) and not node.exact and not node.column:
            forms = self._widener.counted_as_one(node.text)
            return Forms(node.text, forms) if forms else node
        return node

    def _tiers(self, query: Query, tree: Node | None, compiler: Compiler) -> tuple[Ranking | Tiers, Node | None]:
        """The ranking of what matches as typed and then of what other forms find, and the tree that asks for both."""
        wide = self.widened(tree, query) if tree else None
        if wide == tree:
            return self._ranked(query, tree, compiler), tree
        if query.sort != "relevance":
            return self._ranked(query, wide, compiler), wide
        return Tiers(self._ranked(query, tree, compiler), lambda: self._ranked(query, wide, compiler)), wide

    def _sounding(self, query: Query, tree: Node, compiler: Compiler, said: str) -> Found:
        """What only sounds like what a query asks for."""
        wide, sounding = self.widened(tree, replace(query, widen="all")), self.widened(tree, query)
        if sounding == wide:
            return Found(None, Ranking([]), False, False, compiler, (), said)
        sets = self.sets(compiler)
        matching = sets.documents(sounding) & ~sets.documents(wide)
        passing = matching & masks.chosen(self.columns, query.filters)
        ranking = self._listed(query, sounding, self.ranker(compiler), passing)
        return Found(sounding, ranking, False, False, compiler, (), said, matching)

    def _question(self, tree: Node, compiler: Compiler) -> int | None:
        """How many passages hold all words, where many words stand side by side and few do; else None."""
        text = plan(tree).text
        words = text.parts if isinstance(text, And) else ()
        # an operator on any of them says that it was meant as written
        if not (isinstance(tree, And) and tree.implied and text and len(words) >= QUESTION):
            return None
        if not all(isinstance(word, Word) for word in words):
            return None
        ranker = self.ranker(compiler)
        holding = ranker.count(compiler.expression(text), ENOUGH)
        return holding if holding < ENOUGH else None

    def _ranked(self, query: Query, tree: Node | None, compiler: Compiler) -> Ranking:
        """The ranking of one tree under the query's filters."""
        ranker = self.ranker(compiler)
        if tree is None:
            return self._listed(query, None, ranker, masks.chosen(self.columns, query.filters))
        parts = plan(tree)
        if query.sort != "relevance" or parts.text is None or parts.mixed:
            sets = self.sets(compiler)
            passing = sets.documents(tree) & masks.chosen(sets.columns, query.filters)
            return self._listed(query, tree, ranker, passing)
        mask: Mask | None = None
        if query.filters or parts.conditions:
            mask = masks.chosen(self.columns, query.filters)
            for condition in parts.conditions:
                mask &= self.sets(compiler).documents(condition)
        ranking = ranker.unfiltered(parts.text) if mask is None else ranker.filtered(parts.text, mask)
        if not by_passage(parts.text) and schema.read(self._index, "long"):
            return ranker.across(parts.text, mask, ranking)
        return ranking

    def _listed(self, query: Query, tree: Node | None, ranker: Ranker, mask: Mask) -> Ranking:
        """These documents by date, or, for relevance, by the words of a tree as far as it has some, else by the names
        of its places."""
        dated = ranker.by_date(mask, newest=query.sort != "oldest")
        words = tuple(dict.fromkeys(wanted(tree))) if tree else ()
        sought = words or (self.placed.leaves(query, tree) if query.sort == "relevance" else ())
        if query.sort != "relevance" or not sought:
            return dated
        ranking = ranker.filtered(Or(sought), mask)
        return Ranking(ranking.head, ranking.more, dated.tail, ranking.notes)
