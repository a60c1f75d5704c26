"""Which records are of a place: its name stands in their text, or it, or what lies in it, is recorded as their place.

A text does not tell two places of one name apart, but a name within a longer one that means something else (York in New
York) does not count. A name that is also an ordinary word counts only where it begins with
a capital letter, which is looked up in the stored text; in scripts without capitals it is not looked for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from archive import texts as stored
from archive.cases import digests
from archive.connect import Database, translated
from index import endings, gazetteer
from index import text as texts
from index.answers import PLACE_NAME, Query, Widened
from index.beyond import PLACE
from index.compile import Compiler
from index.entries import DOCUMENT
from index.gazetteer import Place
from index.marks import Sought, folded, matches, pieces
from index.schema import packed
from index.tree import Forms, Leaf, Node, Or, Phrase, valued, wanted
from index.vocabulary import Vocabulary
from index.widen.stems import Stems

READ = 2_000
"""Passages that are read to see whether an ordinary word begins with a capital, the newest first."""
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
    """One place on its way: the leaves that mark its names by their folded form, and those that are sure to mean it."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.compiler = Compiler(vocabulary)
        self.leaves: dict[str, Leaf] = {}
        self.sure: list[Leaf] = []
        self._stems = Stems(vocabulary, ())

    def leaf(self, name: str, form: str) -> Leaf:
        """What asks for a name, with its cases where it is a Russian word."""
        if INFLECTED.fullmatch(form):
            return Forms(name, tuple(one.words for one in self._stems.forms(name, ("ru",))))
        return Phrase(name)


class Placed:
    """Finds for one state of an index, and keeps what was found. `check` raises where nobody waits any more."""

    def __init__(self, archive: Database, index: Database, check: Callable[[], None]) -> None:
        self._archive, self._index, self._check = archive, index, check
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
        names = [name for name in gazetteer.names(place.key) if not name.hidden]
        ordinary = {folded(name.text) for name in names if name.ordinary}
        for name in names:
            self._check()
            form = folded(name.text)
            if form in looking.leaves:
                continue
            leaf = Phrase(name.text, capital=True) if form in ordinary else looking.leaf(name.text, form)
            expression = looking.compiler.leaf(leaf).full
            stands = expression is not None and self._stands(expression)
            around = self._around(name.text, place, leaf, looking) if stands else ()
            if around or (stands and form in ordinary):
                found, more = self._read(leaf, around, looking.compiler)
                documents |= found
                cut, stands = cut or more, bool(found)
            elif stands:
                looking.sure.append(leaf)
            grown = () if form in ordinary else self._grown(form, looking.vocabulary, documents)
            if grown:
                looking.leaves[form] = Forms(name.text, tuple(dict.fromkeys((*getattr(leaf, "others", ()), *grown))))
            elif stands:
                looking.leaves[form] = leaf
        if full := " OR ".join(f"({looking.compiler.leaf(leaf).full})" for leaf in looking.sure):
            documents |= {number for (number,) in self._passages("DISTINCT p.document", full)}
        recorded: dict[str, None] = {}
        for number, value, meant in self._recorded:
            if place.key in meant:
                documents.add(number)
                recorded[value] = None
        found_by = tuple(leaf.text for leaf in looking.leaves.values())
        return Standing(frozenset(documents), found_by, tuple(recorded), tuple(looking.leaves.values()), cut)

    def _around(self, name: str, place: Place, leaf: Leaf, looking: _Looking) -> tuple[Leaf, ...]:
        """The longer names in which this one stands in some passage and means something else."""
        own = looking.compiler.leaf(leaf).full
        longer = [Phrase(one) for one in gazetteer.longer(name, place.country)[:LONGER]]
        compiled = [(one, looking.compiler.leaf(one).full) for one in longer]
        return tuple(one for one, full in compiled if full and self._stands(f"({own}) AND ({full})"))

    def _read(self, leaf: Leaf, around: tuple[Leaf, ...], compiler: Compiler) -> tuple[set[int], bool]:
        """The documents in which a name stands, with a capital letter where only that tells, outside of longer ones;
        whether some passages were not read for it."""
        own = compiler.leaf(leaf)
        longer = [part for one in around for part in compiler.leaf(one).sought]
        inside = " OR ".join(f"({compiler.leaf(one).full})" for one in around)
        found, unsure = set[int](), f"({own.full})"
        if not any(one.capital for one in own.sought):
            sure = f"({own.full}) NOT ({inside})"
            found = {number for (number,) in self._passages("DISTINCT p.document", sure)}
            unsure = f"({own.full}) AND ({inside})"
        newest = list(self._passages("p.document, p.piece", unsure, f"ORDER BY p.row DESC LIMIT {READ + 1}"))
        for number, piece in newest[:READ]:
            if number in found:
                continue
            self._check()
            if any(_stands_outside(text, own.sought, longer) for text in self._texts(number, piece)):
                found.add(number)
        return found, len(newest) > READ

    def _grown(self, form: str, vocabulary: Vocabulary, documents: set[int]) -> list[str]:
        """The words that are a name with what some language writes onto it, and that stand in documents of that
        language, which are added to `documents`."""
        found: list[str] = []
        name = pieces(texts.bare(form))
        for language, tags in self._languages.items():
            if grown := endings.words(name, language, vocabulary):
                tags = [*tags, *([""] if endings.is_told(form, language) else [])]
                matching = set(self._in_language(" OR ".join(f'"{one}"' for one in grown), tags))
                documents |= matching
                found += grown if matching else []
        return found

    def _in_language(self, expression: str, tags: list[str]) -> Iterator[int]:
        rows = self._index.conn.execute(
            "SELECT DISTINCT d.number FROM passages CROSS JOIN passage AS p ON p.row = passages.rowid"
            " CROSS JOIN document AS d ON d.number = p.document WHERE passages MATCH ?"
            " AND d.language IN (SELECT value FROM json_each(?))",
            (f"{{body title}} : ({expression})", json.dumps(tags)),
        )
        return (number for (number,) in rows)

    @cached_property
    def _languages(self) -> dict[str, list[str]]:
        """The languages of documents that write something onto names; Uyghur, Kazakh and Arabic in any archive, for
        their scripts tell them."""
        held = [tag for (tag,) in self._index.conn.execute("SELECT value FROM value WHERE field = 'language'")]
        return endings.in_use(list(dict.fromkeys([*held, "ug", "kk", "ky", "ar"])))

    def _stands(self, expression: str) -> bool:
        return bool(list(self._passages("1", expression, "LIMIT 1")))

    def _passages(self, columns: str, expression: str, end: str = "") -> Iterator[tuple[int, ...]]:
        yield from self._index.conn.execute(
            f"SELECT {columns} FROM passages CROSS JOIN passage AS p ON p.row = passages.rowid"
            f" WHERE passages MATCH ? {end}",
            (f"{{body title}} : ({expression})",),
        )

    def _texts(self, number: int, piece: int) -> Iterator[str]:
        """The title of a record and the text of a passage of it."""
        row, version, kind, title = self._index.conn.execute(
            "SELECT archive_row, version, kind, title FROM document WHERE number = ?", (number,)
        ).fetchone()
        yield title
        with translated(Path("archive.db")):
            if kind == DOCUMENT:
                held = stored.row(self._archive, row, version, piece)
                yield held.text if held else ""
            else:
                yield from (one.text for one in digests.digests(self._archive, [row]))

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


def _stands_outside(text: str, sought: Sequence[Sought], longer: Sequence[Sought]) -> bool:
    """Whether something stands in a text otherwise than within something longer."""
    taken = [(one.start, one.end) for one in matches(text, longer)]
    return any(not any(start <= one.start and one.end <= end for start, end in taken) for one in matches(text, sought))


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
