"""What may have been meant where a query finds nothing or little: words and names of the archive near what was typed;
and the country or place that a word names, as a filter. Nothing is ever searched for in place of what was typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from archive.connect import Database
from index import countries, gazetteer
from index import text as texts
from index.answers import Filter, Hit, Query
from index.language import understand
from index.names import Names
from index.search import Searcher
from index.tree import Leaf, Node, Phrase, Word, wanted
from index.vocabulary import LAST, as_kept

FEW = 3
"""Up to so many records found are few."""
MOST = 3
RARE, FREQUENT = 2, 20
"""A word in so few passages may be a slip where one beside it stands so many times as often."""
SHORT, LONG = 4, 8
"""Letters below which a word is too short to be corrected, and from which it may be two slips away."""
TOGETHER, MANY = 4, 8
"""Words that may be the name of a country together, and of a query that is too long for one to be meant as a filter."""
Slip = tuple[str, list[str]]
"""A word as typed, and what may have been meant by it, as the index has it, best first."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another query, and how many records it finds.

    `way` is `spelling`: `words` is its text with other words in it; or `country` or `place`: `words` is the code of the
    country, or the key of the region or city, that is a filter now instead of words.
    """

    way: str
    query: Query
    words: str
    found: int


class Suggester:
    """Suggests for one archive and its index, in the thread of its searcher; what it reads is kept while it is true."""

    def __init__(self, archive: Database, searcher: Searcher) -> None:
        self._archive, self._searcher = archive, searcher
        self._names: Names | None = None

    @property
    def names(self) -> Names:
        """The names that casework knows by now."""
        if self._names is None or not self._names.fit(self._archive):
            self._names = Names(self._archive)
        return self._names

    def suggest(self, query: Query, *, wanting: bool) -> tuple[Suggestion, ...]:
        """What may have been meant, other words only where the query is found `wanting`; each finds some record.

        Raises Interrupted.
        """
        tree = understand(query.text).tree
        if tree is None:
            return ()
        spelled = self._counted(query, self._slips(tree)) if wanting else []
        return (*spelled, *self._filters(query, tree, "country"), *islice(self._filters(query, tree, "place"), MOST))

    # -- other words

    def _slips(self, tree: Node) -> list[Slip]:
        """The words that the archive lacks, or so rarely holds that they may be slips of others, with those."""
        with self._searcher.at_rest() as index:
            if index is None:
                return []
            leaves = [leaf for leaf in dict.fromkeys(wanted(tree)) if _is_plain(leaf)]
            typed = dict.fromkeys(word for leaf in leaves for word in texts.words(leaf.text))
            slips = [(word, self._instead(index, word)) for word in typed]
        return [(word, others) for word, others in slips if others]

    def _instead(self, index: Database, typed: str) -> list[str]:
        """What may have been meant by a word, best first; nothing where it stands often enough."""
        kept = as_kept(typed)
        if texts.is_unspaced(typed):
            return [] if len(typed) < 3 or _stands(index, typed) else [
                one.name for one in self.names.near(typed, 1, MOST)
            ]  # fmt: skip
        if len(kept) < (SHORT if kept.isascii() else SHORT - 1) or not kept.isalpha() or kept >= LAST:
            return []
        often = _often(index, kept)
        if often > RARE:
            return []
        near = self._searcher.words().near(kept, 2 if len(kept) >= LONG else 1, 2 * MOST)
        found = [one.word for one in near if one.passages >= FREQUENT * often and one.word.isalpha()]
        if not often:
            found[1:1] = _parted(index, kept)
        return found[:MOST]

    def _counted(self, query: Query, slips: Sequence[Slip]) -> list[Suggestion]:
        """The query without its slips, written as the archive writes it; only what finds something."""
        found: list[Suggestion] = []
        for number in range(MOST if len(slips) == 1 else min(1, len(slips))):
            meant = [(typed, others[number]) for typed, others in slips if number < len(others)]
            asked = replace(query, text=_instead_of(query.text, meant), limit=1, offset=0)
            if not meant or asked.text == query.text:
                continue
            answer = self._searcher.first(asked)
            if answer.relaxed or not answer.hits:
                continue
            text = _instead_of(query.text, [(typed, _written(answer.hits[0], kept)) for typed, kept in meant])
            total = self._searcher.totals(asked).total
            if _letters(asked.text) == _letters(query.text) and total <= self._searcher.totals(query).total:
                continue  # other gaps between the same letters, which find no more
            found.append(Suggestion("spelling", replace(query, text=text, offset=0), text, total))
        return found

    # -- countries and places

    def _filters(self, query: Query, tree: Node, field: str) -> Iterator[Suggestion]:
        """The countries and territories, or the regions and cities, that words of the query name in any language, as
        filters; places of one name each apart."""
        in_force = {one.value for one in query.filters if one.field == field}
        for words, codes in _named(tree, _countries if field == "country" else _places):
            text = " ".join(_instead_of(query.text, [(words, "")]).split())
            for code in codes if text != query.text or not text else ():
                if code in in_force:
                    continue
                asked = replace(query, text=text, filters=(*query.filters, Filter(field, code)), offset=0)
                in_force.add(code)
                if total := self._searcher.totals(asked).total:
                    yield Suggestion(field, asked, code, total)


def _is_plain(leaf: Leaf) -> bool:
    return isinstance(leaf, Word) or (isinstance(leaf, Phrase) and leaf.near is None)


def _named(tree: Node, codes: Callable[[str], Sequence[str]]) -> Iterator[tuple[str, Sequence[str]]]:
    """Words side by side that name something, with its codes; the longest where one stands within another."""
    leaves = [leaf for leaf in wanted(tree) if _is_plain(leaf) and not leaf.column]
    at = 0
    while at < len(leaves) <= MANY:
        for length in range(min(TOGETHER, len(leaves) - at), 0, -1):
            words = " ".join(leaf.text for leaf in leaves[at : at + length])
            if found := codes(words):
                yield words, found
                break
        else:
            length = 1
        at += length


def _countries(words: str) -> Sequence[str]:
    """The country that words name."""
    code = countries.called(words) if len(words) > 2 or not words.isascii() else ""
    return (code,) if code else ()


def _places(words: str) -> Sequence[str]:
    """The regions and cities that words name; what is an ordinary word, too, names one with a capital letter only."""
    if gazetteer.is_ordinary(words) and not words[:1].isupper():
        return ()
    return tuple(one.key for one in gazetteer.called(words))


def _parted(index: Database, kept: str) -> list[str]:
    """A word as the two that it was made of by mistake: the most frequent of the archive's."""
    ways = []
    for at in range(3, len(kept) - 2):
        parts = kept[:at], kept[at:]
        if least := min(_often(index, part) for part in parts):
            ways.append((least, " ".join(parts)))
    return [max(ways)[1]] if ways else []


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _often(index: Database, kept: str) -> int:
    row = index.conn.execute("SELECT passages FROM word WHERE term = ?", (kept,)).fetchone()
    return int(row[0]) if row else 0


def _stands(index: Database, run: str) -> bool:
    """Whether a run of an unspaced script stands anywhere."""
    words, begun = texts.phrase(run)
    expression = f'"{words}"' + ("*" if begun else "")
    return bool(index.conn.execute("SELECT 1 FROM passages WHERE passages MATCH ? LIMIT 1", (expression,)).fetchone())


def _instead_of(text: str, meant: Sequence[tuple[str, str]]) -> str:
    """The text of a query with other words in it, wherever they stand as words and without operators on them."""
    for typed, other in meant:
        gap = r"[\s\"]+"
        stretch = gap.join(map(re.escape, typed.split()))
        edge = "" if texts.is_unspaced(typed) else r"(?<![\w:~*?])"
        end = "" if texts.is_unspaced(typed) else r"(?![\w:~*?])"
        text = re.sub(f"{edge}{stretch}{end}", other.replace("\\", r"\\"), text)
    return text


def _written(hit: Hit, kept: str) -> str:
    """Words of the index as the archive's text has them: in small letters where they stand so; else as they are."""
    found: dict[str, list[str]] = {}
    for shown in (hit.snippet, hit.title):
        for start, end in shown.marks:
            for word in texts.words(shown.text[start:end]):
                found.setdefault(as_kept(word), []).append(word)
    parts = []
    for word in kept.split() if not texts.is_unspaced(kept) else ():
        forms = found.get(word, [word])
        parts.append(next((form for form in forms if form == form.lower()), forms[0]))
    return " ".join(parts) or kept
