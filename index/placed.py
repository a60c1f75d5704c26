"""Which records are of a place: its name stands in their text, or it, or what lies in it, is recorded as their place.

A text does not tell two places of one name apart, but a name within a longer one that means something else (York in New
York) does not count. A name that is also an ordinary word, or is one with its ending, counts only where it begins with
a capital letter (`index.named`); in scripts without capitals an ordinary word is not looked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from archive.cases import digests
from archive.connect import Database, translated
from index import countries, endings, gazetteer
from index import text as texts
from index.answers import PLACE_NAME, Query, Widened
from index.beyond import PLACE
from index.compile import Compiled, Compiler, side_by_side
from index.entries import DOCUMENT
from index.gazetteer import Name, Place
from index.marks import folded, pieces
from index.named import Named
from index.schema import packed
from index.tree import Forms, Leaf, Node, Or, Phrase, valued, wanted
from index.vocabulary import Vocabulary
from index.widen.stems import Stems

LONGER = 48
"""Longer names that are looked at for one name."""
INFLECTED = re.compile("[\u0400-\u052f]{5,}")
"""Names whose other cases are looked for: in Russian text most names of places stand in one of these (в Бангкоке)."""
PARTS = re.compile(r"[,;/()，、；（）،؛]")


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a place stands in an archive: `names` in texts, `recorded` as places of records, each as it is written.

    `documents` are numbers of the index; `leaves` is what marks the names. Where `cut`, a name is so frequent a word
    that only the newest passages with it were read.
    """

    documents: frozenset[int] = frozenset()
    names: tuple[str, ...] = ()
    recorded: tuple[str, ...] = ()
    leaves: tuple[Leaf, ...] = ()
    cut: bool = False


class _Looking:
    """One place on its way: the leaves that mark its names by their folded form, those that are sure to mean it, and by
    language the words that were looked at as names with something written onto them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.compiler = Compiler(vocabulary)
        self.leaves: dict[str, Leaf] = {}
        self.sure: list[Leaf] = []
        self.grown: dict[str, set[str]] = {}
        self._stems = Stems(vocabulary, ())

    def leaf(self, name: str, form: str) -> Leaf:
        """What asks for a name, with its cases where it is a Russian word."""
        if INFLECTED.fullmatch(form):
            return Forms(name, tuple(one.words for one in self._stems.forms(name, ("ru",))))
        return Phrase(name)


class _Grown(NamedTuple):
    """The `words` that a name became; `capital` where some of them are marked only with a capital letter, `cut` where
    some passages with them were not read."""

    words: list[str]
    capital: bool
    cut: bool


class Placed:
    """Finds for one state of an index, and keeps what was found. `check` raises where nobody waits any more."""

    def __init__(self, archive: Database, index: Database, check: Callable[[], None]) -> None:
        self._archive, self._index, self._check = archive, index, check
        self._named = Named(archive, index, check)
        self._found: dict[str, Standing] = {}

    def documents(self, value: str) -> frozenset[int]:
        """The numbers of the documents of these places (keys, blanks between them); of those that have some place
        recorded where `value` is empty."""
        if not value:
            return frozenset(number for number, _, _ in self._recorded)
        return frozenset().union(*(self.standing(key).documents for key in value.split()))

    def standing(self, key: str) -> Standing:
        """What of one place stands in the archive; nothing of a place that is unknown."""
        if key not in self._found:
            place = gazetteer.place(key)
            self._found[key] = self._look(place) if place else Standing()
        return self._found[key]

    def leaves(self, query: Query, tree: Node | None) -> tuple[Leaf, ...]:
        """What can be shown of the places that a query asks for in texts."""
        keys = _keys(query, tree, excluded=False)
        return tuple(dict.fromkeys(leaf for key in keys for leaf in self.standing(key).leaves))

    def shown(self, query: Query, tree: Node | None) -> Node | None:
        """What of a query is marked in texts: its words; where it has none, what its places are called."""
        if tree is None or not any(True for _ in wanted(tree)):
            leaves = self.leaves(query, tree)
            return Or(leaves) if leaves else tree
        return tree

    def looked_for(self, query: Query, tree: Node | None) -> tuple[Widened, ...]:
        """The names of a query's places that stand in texts; of a place that is named nowhere its own."""
        found: list[Widened] = []
        for key in _keys(query, tree, excluded=True):
            about = gazetteer.place(key)
            names = self.standing(key).names or ((about.name,) if about else ())
            found += (Widened(key, name, PLACE_NAME) for name in names)
        return tuple(found)

    def notes(self, query: Query, tree: Node | None) -> list[str]:
        """What must be said of a query's places: `places-unread` where some passages that may name one were not read,
        so that their records are not found; `places-unknown` where the table has none with such a key any more."""
        keys = _keys(query, tree, excluded=True)
        unread = any(self.standing(key).cut for key in keys)
        unknown = any(gazetteer.place(key) is None for key in keys)
        return ["places-unread"] * unread + ["places-unknown"] * unknown

    def _look(self, place: Place) -> Standing:
        looking = _Looking(Vocabulary(self._index))
        documents: set[int] = set()
        cut = False
        every = [name for name in gazetteer.names(place.key) if not name.hidden]
        ordinary = {folded(name.text) for name in every if name.ordinary}
        names: dict[str, Name] = {}
        for name in every:
            names.setdefault(folded(name.text), name)
        for form, name in names.items():
            self._check()
            leaf = Phrase(name.text, capital=True) if form in ordinary else looking.leaf(name.text, form)
            own = looking.compiler.leaf(leaf)
            if own.full is None or not self._named.stands(own.full):
                continue
            if (around := self._around(name.text, place, own, looking.compiler)) or form in ordinary:
                found, more = self._named.outside(own, around)
                documents |= found
                cut = cut or more
                if not found:
                    continue
            else:
                looking.sure.append(leaf)
            looking.leaves[form] = leaf
        if full := " OR ".join(f"({looking.compiler.leaf(leaf).full})" for leaf in looking.sure):
            documents |= self._named.documents(full)
        for form in (one for one in names if one not in ordinary):
            grown = self._grown(names[form], form, place, looking, documents)
            cut = cut or grown.cut
            if grown.words:
                leaf = looking.leaf(names[form].text, form)
                others = tuple(dict.fromkeys((*getattr(leaf, "others", ()), *grown.words)))
                looking.leaves[form] = Forms(leaf.text, others, capital=grown.capital)
        recorded: dict[str, None] = {}
        for number, value, meant in self._recorded:
            if place.key in meant:
                documents.add(number)
                recorded[value] = None
        leaves = tuple(looking.leaves[form] for form in names if form in looking.leaves)
        return Standing(frozenset(documents), tuple(leaf.text for leaf in leaves), tuple(recorded), leaves, cut)

    def _around(self, name: str, place: Place, own: Compiled, compiler: Compiler) -> list[Compiled]:
        """The longer names in which this one stands in some passage and means something else."""
        longer = (compiler.leaf(Phrase(one)) for one in gazetteer.longer(name, place.country)[:LONGER])
        return [one for one in longer if one.full and self._named.stands(f"({own.full}) AND ({one.full})")]

    def _grown(self, name: Name, form: str, place: Place, looking: _Looking, documents: set[int]) -> _Grown:
        """The words that are a name with what some language writes onto it, and that stand in documents of that
        language, which are added to `documents`. Where names have capital letters a word that mostly has none counts
        only with one: karşı (against) is not Kars."""
        found: list[str] = []
        capital = cut = False
        words = pieces(texts.bare(form))
        for language, tags in self._languages.items():
            asked = looking.grown.setdefault(language, set())
            grown = [
                one
                for one in endings.words(words, language, looking.vocabulary)
                if one not in asked and not _is_other(one, name, place)
            ]
            asked.update(grown)
            tags = [*tags, *([""] if endings.is_told(form, language) else [])]
            sure = [one for one in grown if not name.is_cased or self._named.is_capital(_any_of([one], True), tags)]
            for some in (sure, [one for one in grown if one not in sure]):
                own = _any_of(some, some is not sure)
                if own.full is None or not self._named.stands(own.full, tags):
                    continue
                longer = (_within(words, some, one) for one in gazetteer.longer(name.text, place.country)[:LONGER])
                around = [one for one in map(side_by_side, longer) if one.full and self._named.stands(one.full, tags)]
                further, more = self._named.outside(own, around, tags, documents)
                documents |= further
                if further or not documents.isdisjoint(self._named.documents(own.full, tags)):
                    found += some
                capital, cut = capital or some is not sure, cut or more
        return _Grown(found, capital, cut)

    @cached_property
    def _languages(self) -> dict[str, list[str]]:
        """The languages of documents that write something onto names; Uyghur, Kazakh and Arabic in any archive, for
        their scripts tell them."""
        held = [tag for (tag,) in self._index.conn.execute("SELECT value FROM value WHERE field = 'language'")]
        return endings.in_use(list(dict.fromkeys([*held, "ug", "kk", "ky", "ar"])))

    @cached_property
    def _recorded(self) -> tuple[tuple[int, str, frozenset[str]], ...]:
        """Every place that is recorded: the document's number, the place as worded, and the keys that it stands for."""
        with translated(Path("archive.db")):
            told = digests.told(self._archive, "place")
        if not told:
            return ()
        rows = self._index.conn.execute("SELECT id, number, countries FROM document WHERE kind != ?", (DOCUMENT,))
        known = {identity: (number, countries) for identity, number, countries in rows}
        meant: dict[tuple[str, str], frozenset[str]] = {}  # an archive says the same of many records
        found = []
        for identity, value in told:
            if about := known.get(packed(identity)):
                number, countries = about
                if (value, countries) not in meant:
                    self._check()
                    meant[value, countries] = stands_for(value, frozenset(countries.split()))
                found.append((number, value, meant[value, countries]))
        return tuple(found)


def _any_of(words: Sequence[str], capital: bool) -> Compiled:
    return side_by_side([one.split() for one in words], capital=capital)


def _is_other(word: str, name: Name, place: Place) -> bool:
    """Whether a word that looks like a name with something written onto it is known to be something else: the name of
    other places or of another country (Алматы is not Alma), or a word of a script without capitals."""
    if gazetteer.is_ordinary(word) and not name.is_cased:
        return True
    called = gazetteer.called(word)
    if any(one.key in (place.key, place.region) or one.region == place.key for one in called):
        return False
    return bool(called) or countries.called(word) not in ("", place.country)


def _within(words: Sequence[str], grown: Sequence[str], longer: str) -> list[list[str]]:
    """The words of a longer name, with each of these in place of the name that it holds."""
    whole, length = pieces(texts.bare(folded(longer))), len(words)
    at = next((at for at in range(len(whole)) if whole[at : at + length] == words), None)
    return [] if at is None else [[*whole[:at], *one.split(), *whole[at + length :]] for one in grown]


def stands_for(value: str, countries: frozenset[str]) -> frozenset[str]:
    """The keys of the places that a place as worded in a record (`Ürümqi`, `Urumqi, Xinjiang`) is or lies in.

    Of several places that share the name only those in the record's countries are meant, where any is; and that one
    lies in a region counts only where no other is meant.
    """
    keys: set[str] = set()
    for part in dict.fromkeys([value, *PARTS.split(value)]):
        called = gazetteer.called(part)
        meant = tuple(one for one in called if one.country in countries) or called
        keys.update(one.key for one in meant)
        if len(meant) == 1:
            keys.update({meant[0].region} - {""})
    return frozenset(keys)


def _keys(query: Query, tree: Node | None, *, excluded: bool) -> dict[str, None]:
    """The keys of the places that a query asks for, or also of those that it leaves out."""
    asked = [one.value for one in query.filters if one.field == PLACE and (excluded or not one.exclude)]
    asked += [one.value for one in valued(tree) if one.field == PLACE] if tree else []
    return dict.fromkeys(key for value in asked for key in value.split())
