"""Adds to a query the other forms in which this index holds what it asks for: names, scripts, forms of words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import takewhile
from typing import Literal

from archive.connect import Database
from index import text as texts
from index.marks import folded, pieces
from index.tree import And, Node, Or, Other, Phrase, Word
from index.vocabulary import Vocabulary, as_kept
from index.widen import german, romanised, scripts
from index.widen.form import Form
from index.widen.names import WORDS, Names
from index.widen.stems import Stems

Sound = Literal["", "likely", "any"]
MOST = 96
"""Other forms that are added to one query."""
AS_ONE = 8
"""Forms of a word that may count as the word itself."""
FEW = 24
"""Words of a query that names are looked for among; more are a text."""
SAMPLE = 50
"""Passages, of the oldest as of the newest, whose languages tell in which languages a word is used; one in SHARE of
them must be of a language."""
SHARE = 20
USED_IN = (
    "SELECT d.language, count(*) FROM"
    " (SELECT row FROM (SELECT rowid AS row FROM passages WHERE passages MATCH ?1 ORDER BY rowid LIMIT ?2) UNION"
    " SELECT row FROM (SELECT rowid AS row FROM passages WHERE passages MATCH ?1 ORDER BY rowid DESC LIMIT ?2)) AS s"
    " CROSS JOIN passage AS p ON p.row = s.row CROSS JOIN document AS d ON d.number = p.document GROUP BY d.language"
)
EVERYDAY = 20
"""A word in one of so many passages is no name when it stands alone."""


class Widener:
    """Widens queries in one state of the index.

    What is excluded by NOT, what is written with `=` and what patterns stand for is never widened; phrases and fields
    are widened by names alone. So widening only ever adds to what is found.
    """

    def __init__(self, db: Database, vocabulary: Vocabulary) -> None:
        self._db, self._vocabulary = db, vocabulary
        self._names = Names(db)
        self._languages = [tag for (tag,) in db.conn.execute("SELECT value FROM value WHERE field = 'language'")]
        self._stems = Stems(vocabulary, self._languages)
        self.named = lru_cache(maxsize=512)(self._named)
        self.alike = lru_cache(maxsize=64)(self._alike)
        self.stemmed = lru_cache(maxsize=512)(self._stemmed)

    def widened(self, tree: Node, *, words: bool = True, sound: Sound = "", only_open: bool = False) -> Node:
        """The tree with the other forms of what it asks for; without those of single `words` on demand, and on demand
        with what only sounds alike: `likely` for names of three syllables and more, `any` for whatever does. With
        `only_open` names that confidential records or facts alone tell are not known.

        Each stretch that has other forms becomes an Or of itself, which comes first, and of `Other` leaves.
        """
        return _Widening(self, words, sound, only_open).node(tree)

    def _named(self, text: str, only_open: bool) -> tuple[Form, ...]:
        """The other names of whoever is called so, and the spellings of other scripts; such as only seem likely where
        they stand somewhere."""
        found = [self._sure(form) for form in self._names.forms(text, only_open=only_open) or ()]
        for form in scripts.forms(text, self._vocabulary):
            # what sounds like the name of somebody known is taken to be that name, and leads to the others
            others = self._names.forms(form.words, only_open=only_open)
            found.append(form if others is None else replace(form, sound=False))
            found += map(self._sure, others or ())
        once = {texts.phrase(form.words)[0]: form for form in reversed(found)}  # the first of each stays
        once.pop(texts.phrase(text)[0], None)
        return tuple(form for form in reversed(once.values()) if self._is_likely(form))

    def _is_likely(self, form: Form) -> bool:
        """Whether a form is to be searched: what was only made of a recorded name, where it stands somewhere."""
        match form.way:
            case "order":
                return self._stands(form.words)
            case "initials":
                return self._says_something(form)
        return True

    def _says_something(self, form: Form) -> bool:
        """Whether a name with initials stands somewhere, and says something: I. May is `I may` to all others."""
        words = pieces(folded(form.words))
        return not all(romanised.is_ordinary(word, self._vocabulary) for word in words) and self._stands(form.words)

    def _sure(self, form: Form) -> Form:
        """A name; one that is an everyday word here (Will, May) only by its sound."""
        words = pieces(texts.bare(folded(form.words)))
        often = self._vocabulary.often(words[0]) if len(words) == 1 else 0
        if often <= romanised.FEW or often * EVERYDAY <= self._vocabulary.passages():
            return form
        return replace(form, sound=True)

    def _alike(self, text: str) -> tuple[Form, ...]:
        return tuple(scripts.same_sound(text, self._vocabulary))

    def _stands(self, words: str) -> bool:
        """Whether any passage holds these words side by side."""
        phrase, begun = texts.phrase(words)
        sql = "SELECT 1 FROM passages WHERE passages MATCH ? LIMIT 1"
        return bool(phrase) and not begun and self._db.conn.execute(sql, (f'"{phrase}"',)).fetchone() is not None

    def _stemmed(self, word: str) -> tuple[Form, ...]:
        used_in = list(self._used_in(word))
        found = self._stems.forms(word, used_in)
        if german.LANGUAGE in {tag.split("-")[0] for tag in used_in or self._languages}:
            found += german.compounds(word, self._vocabulary)
        return tuple(found)

    def counted_as_one(self, word: str) -> tuple[str, ...]:
        """The forms of a word that count as the word itself where any word of a query will do. Not so in English, whose
        questions are answered worse with them (docs/measurements.md)."""
        if "en" in {language.split("-")[0] for language in self._used_in(word)}:
            return ()
        return tuple([form.words for form in self.stemmed(word) if form.way != german.WAY][:AS_ONE])

    def _used_in(self, word: str) -> Iterable[str]:
        """The languages of the documents that hold a word, as far as a sample of its passages tells."""
        words, begun = texts.phrase(word)
        if not words or begun or not self._vocabulary.often(as_kept(word)):
            return ()
        found = self._db.conn.execute(USED_IN, (f'"{words}"', SAMPLE)).fetchall()
        total = sum(count for _, count in found)
        return [language for language, count in found if language and count * SHARE >= total]


class _Widening:
    """One query on its way."""

    def __init__(self, widener: Widener, words: bool, sound: Sound, only_open: bool) -> None:
        self._widener, self._words, self._sound, self._only_open = widener, words, sound, only_open
        self._left = MOST

    def node(self, node: Node) -> Node:
        match node:
            case And(parts, implied):
                return And(self._side_by_side(parts) if implied else tuple(map(self.node, parts)), implied)
            case Or(parts):
                return Or(tuple(map(self.node, parts)))
            case Word(text, column, exact) if not exact:
                forms = self._forms(text)
                if self._words and not column:
                    forms += self._widener.stemmed(text)
                return self._or(node, forms, text, column)
            case Phrase(text, None, column, exact) if not exact:
                return self._or(node, self._forms(text), text, column)
        return node

    def _side_by_side(self, parts: tuple[Node, ...]) -> tuple[Node, ...]:
        """Words side by side: the longest run that is a name is taken as one."""
        found: list[Node] = []
        at = 0
        while at < len(parts):
            taken = self._name(parts[at : at + WORDS]) if len(parts) <= FEW else None
            if taken is None:
                found.append(self.node(parts[at]))
                at += 1
            else:
                length, one = taken
                found.append(one)
                at += length
        return tuple(found)

    def _name(self, parts: tuple[Node, ...]) -> tuple[int, Node] | None:
        run = [
            part for part in takewhile(lambda one: isinstance(one, Word) and not one.exact, parts)
            if isinstance(part, Word) and part.column == getattr(parts[0], "column", "")
        ]  # fmt: skip
        for length in range(len(run), 1, -1):
            text = " ".join(word.text for word in run[:length])
            if forms := self._forms(text):
                whole = And(tuple(run[:length]), implied=True)
                return length, self._or(whole, forms, text, run[0].column)
        return None

    def _forms(self, text: str) -> tuple[Form, ...]:
        forms = self._widener.named(text, self._only_open)
        return forms + self._widener.alike(text) if self._sound == "any" else forms

    def _or(self, node: Node, forms: tuple[Form, ...], typed: str, column: str) -> Node:
        kept = [form for form in forms if self._sound or not form.sound]
        said = {scripts.as_phrase(typed)}
        others: list[Other] = []
        for form in kept:
            if (phrase := scripts.as_phrase(form.words)) not in said:  # twice the same would count twice
                said.add(phrase)
                others.append(Other(form.words, form.way, typed, column))
        others = others[: self._left]
        self._left -= len(others)
        return Or((node, *others)) if others else node
