"""From our syntax tree to FTS5's MATCH expressions, with the words that prefixes, patterns and slips stand for."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeGuard

from index import spellings
from index import text as texts
from index.marks import Sought, folded, pieces
from index.tree import (
    LEAVES,
    And,
    Dated,
    Forms,
    Fuzzy,
    Leaf,
    Node,
    Not,
    Or,
    Other,
    Phrase,
    Prefix,
    Value,
    Wildcard,
    Word,
)
from index.vocabulary import MOST, Vocabulary, as_kept

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MANY = 20_000
"""Passages that are ranked in one go; where more match, candidates are chosen first."""
HEAVY = 60_000
"""Occurrences of a prefix in passages from which it is completed for the candidates: merging them takes FTS5 long."""
STRETCH = 72
"""Characters of a phrase that surely lie within the overlap of two passages."""
NEAREST = 24
"""Words that a misspelling may stand for, with itself."""
FREQUENT = 4
"""Words that a heavy prefix is completed to for the candidates."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A leaf for FTS5: `full` finds everything (None: nothing), `light` what is found first and costs less.

    `sought` is what is to be marked, `widened` the code of the widening, empty for a plain word or phrase. It matches
    `often` passages at most, as far as the list of words knows: 0 for words of unspaced scripts. `cut` says that it
    stands for more words than are searched. `terms` are the words as FTS5 keeps them, where it asks for nothing but any
    of them in any column; `begun` is the one beginning, where it asks for nothing but that, and `frequent` are the most
    frequent words with it, where these are very many. With `is_one` all words count as if they were the same.
    """

    full: str | None
    light: str | None
    sought: tuple[Sought, ...]
    often: int = 0
    widened: str = ""
    cut: bool = False
    terms: tuple[str, ...] = ()
    is_one: bool = False
    begun: str = ""
    frequent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A query taken apart: `text` (only leaves, And, Or) is what is ranked, and `conditions` must hold besides.

    `mixed` where it cannot be taken apart: values or negations stand below an Or.
    """

    text: Node | None
    conditions: tuple[Node, ...]
    mixed: bool


class Compiler:
    """Compiles the leaves of one query, each once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._done: dict[Leaf, Compiled] = {}
        self.rows: dict[str, NDArray[np.int64]] = {}
        """The rows that expressions matched, newest first, as far as somebody asked for them."""

    @property
    def cut(self) -> bool:
        """Whether any leaf compiled so far stands for more words than are searched, which must be said."""
        return any(done.cut for done in self._done.values())

    def widened(self, tree: Node) -> Node:
        """The tree with words side by side also as one word, where there is such a word."""
        return spellings.widened(tree, lambda word: self._vocabulary.often(as_kept(word)) > 0)

    def leaf(self, leaf: Leaf) -> Compiled:
        """A leaf as FTS5 and the marking of hits need it."""
        done = self._done.get(leaf)
        if done is None:
            done = self._done[leaf] = self._compile(leaf)
        return done

    def expression(self, node: Node, *, light: bool = False) -> str | None:
        """A tree of leaves, And and Or as a MATCH expression; None where nothing can match."""
        match node:
            case And(parts):
                written = [self.expression(part, light=light) for part in parts]
                return None if None in written else " AND ".join(f"({one})" for one in written)
            case Or(parts):
                some = [one for part in parts if (one := self.expression(part, light=light))]
                return " OR ".join(f"({one})" for one in some) or None
            case Word() | Prefix() | Wildcard() | Fuzzy() | Phrase() | Other() | Forms():
                compiled = self.leaf(node)
                return compiled.light if light else compiled.full
        raise AssertionError(f"{node!r} is no text")

    def _compile(self, leaf: Leaf) -> Compiled:
        match leaf:
            case Wildcard(pattern):
                kept = folded(pattern)
                forms = dict.fromkeys((kept, texts.unarticled(kept)))
                found = list(dict.fromkeys(word for form in forms for word in self._vocabulary.like(form, MOST + 1)))
                cut = len(found) > MOST
                expression = _any(found[:MOST], leaf.column)
                sought = tuple(Sought((form,), pattern=True) for form in forms)
                terms = () if leaf.column else tuple(found[:MOST])
                return Compiled(expression, expression, sought, self._often(found), "wildcard", cut, terms)
            case Fuzzy(text, distance):
                own = as_kept(text)
                near = self._vocabulary.words.near(own, distance, NEAREST)
                cut = len(near) == NEAREST or not self._vocabulary.words.complete
                found = [own, *(one.word for one in near[: NEAREST - 1])]
                expression = _any(found, leaf.column)
                sought = tuple(Sought((word,)) for word in found)
                terms = () if leaf.column else tuple(found)
                return Compiled(expression, expression, sought, self._often(found), "fuzzy", cut, terms)
            case Prefix(text):
                return self._prefix(text, leaf.column)
            case Phrase(text, near) if near is not None:
                inner = [_quoted(*texts.phrase(part)) for part in text.split() if texts.phrase(part)[0]]
                expression = _in(leaf.column, f"NEAR({' '.join(inner)}, {near})")
                return Compiled(expression, expression, tuple(s for part in text.split() for s in _sought(part, False)))
        ways = spellings.phrases(leaf.text)
        expression = _either([_in(leaf.column, _quoted(words, begun)) for words, begun in ways])
        often = sum(self._rarest(words) for words, _ in ways)
        sought = tuple(dict.fromkeys(one for way in spellings.spellings(leaf.text) for one in _sought(way, False)))
        if is_long(leaf):  # which may be broken by a page break further than passages overlap
            sought += tuple(part for stretch in stretches(leaf) for part in _sought(stretch.text, False))
        if isinstance(leaf, Phrase) and leaf.capital:
            sought = tuple(replace(one, capital=True) for one in sought)
        terms = tuple(dict.fromkeys(folded(words) for words, _ in ways))
        if leaf.column or any(begun or " " in words for words, begun in ways) or len(terms) < len(ways):
            terms = ()
        if isinstance(leaf, Forms):
            expression = _either([one for one in (expression, _any(leaf.others, leaf.column)) if one])
            sought += tuple(Sought(tuple(form.split()), capital=leaf.capital) for form in leaf.others)
            terms = tuple(dict.fromkeys((*terms, *leaf.others))) if terms else ()
            return Compiled(expression, expression, sought, often + self._often(leaf.others), terms=terms, is_one=True)
        return Compiled(expression, expression, sought, often, terms=terms)

    def _rarest(self, words: str) -> int:
        """In how many passages the rarest of the words of a phrase stands."""
        return min(map(self._vocabulary.often, folded(words).split()), default=0)

    def _often(self, words: Sequence[str]) -> int:
        return sum(map(self._vocabulary.often, words))

    def _prefix(self, text: str, column: str) -> Compiled:
        words, _ = texts.phrase(text)
        if not words:
            return Compiled(None, None, ())
        if texts.is_unspaced(text[-1]):
            expression = _in(column, _quoted(*texts.phrase(text)))
            return Compiled(expression, expression, _sought(text, False))
        ways = dict.fromkeys((text, spellings.together(text), texts.unarticled(folded(text))))
        beginnings = dict.fromkeys(way for one in ways if (way := texts.phrase(one)[0]))
        full = light = _either([_in(column, _quoted(one, True)) for one in beginnings])
        sought = (one for way in ways for one in _sought(way, True))
        total, begun, frequent = 0, "", list[str]()
        if " " not in words and len(beginnings) == 1:
            begun = "" if column else as_kept(words)
            frequent, total = self._vocabulary.beginning(as_kept(words), FREQUENT)
            if total > HEAVY:
                light = _any(frequent, column) or full
        often = tuple(frequent) if begun and total > HEAVY else ()
        return Compiled(full, light, tuple(dict.fromkeys(sought)), total, "prefix", begun=begun, frequent=often)


def side_by_side(rows: Sequence[Sequence[str]], *, capital: bool = False) -> Compiled:
    """Any of these rows of words as FTS5 keeps them; `capital` as in `Sought`."""
    expression = _any([" ".join(row) for row in rows], "")
    return Compiled(expression, expression, tuple(Sought(tuple(row), capital=capital) for row in rows))


def plan(tree: Node) -> Plan:
    """Take a query apart."""
    parts = tree.parts if isinstance(tree, And) else (tree,)
    text = [part for part in parts if is_text(part)]
    conditions = tuple(part for part in parts if not is_text(part))
    mixed = not all(isinstance(part, Value | Dated | Not) for part in conditions)
    return Plan(text[0] if len(text) == 1 else And(tuple(text)) if text else None, conditions, mixed)


def is_text(node: Node) -> bool:
    """Whether a tree holds nothing but leaves, And and Or, so that FTS5 can take it whole."""
    match node:
        case And(parts) | Or(parts):
            return all(map(is_text, parts))
    return isinstance(node, LEAVES)


def by_passage(node: Node) -> bool:
    """Whether a document matches exactly where one of its passages does: no And that could span passages."""
    match node:
        case Or(parts):
            return all(map(by_passage, parts))
    return isinstance(node, LEAVES) and not is_long(node)


def is_long(leaf: Node) -> TypeGuard[Word | Phrase]:
    """Whether a phrase may reach further into the next passage than passages overlap."""
    return isinstance(leaf, Word | Phrase) and len(leaf.text) > STRETCH


def stretches(leaf: Word | Phrase) -> list[Phrase]:
    """A long phrase as phrases short enough for the overlap of passages."""
    return [Phrase(part, None, leaf.column) for part in textwrap.wrap(leaf.text, STRETCH) if texts.phrase(part)[0]]


def relaxed(tree: Node, others: Sequence[Leaf] = ()) -> Node | None:
    """The same query asking for any of its words, or of `others`, instead of all; None where there is nothing to give
    up."""
    parts = tree.parts if isinstance(tree, And) and tree.implied else (tree,)
    words = [part for part in parts if is_text(part)]
    rest = [part for part in parts if not is_text(part)]
    loosened = list(dict.fromkeys(loose for part in words for loose in _loosened(part)))
    if len(loosened) < 2:
        return None
    any_of = Or((*loosened, *others))
    return And((any_of, *rest)) if rest else any_of


def _loosened(node: Node) -> Iterator[Node]:
    """What a part asks for, in pieces: a word that the index cuts up gives its pieces, each pair of Han one."""
    if not isinstance(node, Word):
        yield node
        return
    for piece in pieces(folded(node.text)):
        if texts.is_unspaced(piece) and len(piece) > 2:
            yield from (Word(piece[at : at + 2], node.column) for at in range(len(piece) - 1))
        else:
            yield Word(piece, node.column)


def _sought(text: str, begun: bool) -> tuple[Sought, ...]:
    words = tuple(pieces(texts.bare(folded(text))))
    return (Sought(words, begun),) if words else ()


def _any(words: Sequence[str], column: str) -> str | None:
    return " OR ".join(_in(column, _quoted(word, False)) for word in words) or None


def _either(expressions: Sequence[str]) -> str | None:
    return " OR ".join(expressions) or None


def _in(column: str, expression: str) -> str:
    return f"{column} : {expression}" if column else expression


def _quoted(words: str, begun: bool) -> str:
    """An FTS5 string; nothing in it can be syntax."""
    return '"' + re.sub(r'["\0]', " ", words) + ('"*' if begun else '"')
