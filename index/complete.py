"""How what is being typed may go on: words of the archive, names and terms of casework, fields and their values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from archive import countries as territories
from archive import texts as stored
from archive.cases import vocabularies
from archive.connect import Database, translated
from index import countries, gazetteer, leaves
from index import text as texts
from index.beyond import PLACE
from index.entries import CASEWORK, DOCUMENT
from index.language import FIELDS, SIGNS
from index.marks import Sought, folded, matches
from index.names import Names
from index.search import Searcher
from index.vocabulary import LAST, as_kept

MOST = 8
WORDS = 5
"""Words of the archive among them: each is looked up in a text, to be shown as it is written there."""
LEAST = 2
"""Letters of a spaced script from which something is offered."""
REMEMBERED = 4_096
STUB = re.compile(r"[^\s()\"]*\Z")
VALUE = re.compile(rf"(?P<field>{'|'.join(leaves.VALUES)}):\"?(?P<value>[^\"()]*)\Z", re.IGNORECASE)
COUNTRIES = ("country", "host", "origin", "transit", "lure", "resettlement")
BEFORE = re.compile(r"(?:[^\s()\":]+\s+){0,3}\Z")
"""Words before the one being typed that may be the beginning of the same name."""


@dataclass(frozen=True, slots=True)
class Completion:
    """The query up to the cursor as it would be then, and what is offered in it.

    `kind` is `word`, `field`, `value` (`about` is field and code, a blank between them) or `name` (`about` is the kind
    of subject, or `term`).
    """

    text: str
    words: str
    kind: str
    about: str = ""


class Completer:
    """Completes for one archive and its index, in the thread of its searcher."""

    def __init__(self, archive: Database, searcher: Searcher, names: Callable[[], Names]) -> None:
        self._archive, self._searcher, self._names = archive, searcher, names
        self._written: dict[str, str] = {}
        self._values: tuple[object, dict[str, list[tuple[str, str]]]] = (None, {})

    def complete(self, typed: str) -> tuple[Completion, ...]:
        """How the query may go on at the cursor, before which `typed` stands; nothing where that says too little."""
        with self._searcher.at_rest() as index:
            if index is None:
                return ()
            value = VALUE.search(typed)
            ways = self._of_field(index, typed, value) if value else self._of_word(index, typed)
            once: dict[str, Completion] = {}
            for one in ways:
                once.setdefault(folded(one.text).replace('"', ""), one)
                if len(once) > MOST:
                    break
            return tuple(one for one in once.values() if one.text != typed)[:MOST]

    def _of_word(self, index: Database, typed: str) -> Iterator[Completion]:
        stub = STUB.search(typed)
        stub_text = stub[0].lstrip("-+~*?") if stub else ""
        if len(stub_text) < LEAST and not texts.is_unspaced(stub_text):
            return
        before = typed[: len(typed) - len(stub_text)]
        for field in FIELDS:
            if field.startswith(stub_text.lower()):
                yield Completion(f"{before}{field}:", f"{field}:", "field")
        yield from islice(self._named(before, stub_text), MOST - WORDS)
        kept = as_kept(stub_text)
        if kept and kept < LAST and len(texts.words(stub_text)) == 1:
            rows = index.conn.execute(
                "SELECT term FROM word WHERE term BETWEEN ? AND ? AND term != ? ORDER BY passages DESC, term LIMIT ?",
                (kept, kept + "\U0010ffff", kept, WORDS),
            ).fetchall()
            for (term,) in rows:
                word = self._as_written(index, term)
                yield Completion(before + word, word, "word")

    def _named(self, before: str, stub: str) -> Iterator[Completion]:
        """Names and terms that go on from the words typed last, as many of them as fit."""
        tail = BEFORE.search(before)
        starts = [tail.start() + word.start() for word in re.finditer(r"\S+", tail[0])] if tail else []
        for start in [*starts, len(before)]:
            beginning = f"{before[start:]}{stub}"
            found = self._names().beginning(beginning, MOST)
            for one in found:
                if folded(one.name) != folded(beginning):
                    quoted = f'"{one.name}"' if re.search(r"[\s():]", one.name) else one.name
                    yield Completion(f"{before[:start]}{quoted}", one.name, "name", one.kind)
            if found:
                return

    def _of_field(self, index: Database, typed: str, value: re.Match[str]) -> Iterator[Completion]:
        """The values that records have in a field, by their names."""
        field, start = value["field"].lower(), value["value"]
        before = typed[: value.start()]
        if field == PLACE:
            yield from self._places(f"{before}{field}:", start)
            return
        for code, name in self._having(index, field, start):
            said = name if leaves.value(field, name) == code else code  # a desk's own terms are found by their codes
            quoted = f'"{said}"' if re.search(r"\s", said) else said
            yield Completion(f"{before}{field}:{quoted}", name, "value", f"{field} {code}")

    def _places(self, before: str, start: str) -> Iterator[Completion]:
        """Regions and cities, whether or not records name them: to know that takes a search for each."""
        if len(start) < LEAST and not texts.is_unspaced(start):
            return
        for name, one in gazetteer.beginning(start, MOST):
            said = gazetteer.worded(name, one)
            said = said if said == said.translate(SIGNS) else one.key
            quoted = f'"{said}"' if re.search(r"[\s,()]", said) else said
            yield Completion(f"{before}{quoted}", name, "value", f"{PLACE} {one.key}")

    def _having(self, index: Database, field: str, start: str) -> Iterator[tuple[str, str]]:
        if self._values[0] != self._searcher.version:
            self._values = self._searcher.version, {}
        if field not in self._values[1]:
            rows = index.conn.execute("SELECT value FROM value WHERE field = ?", (field,)).fetchall()
            named = sorted((self._name(field, code), code) for (code,) in rows)
            self._values[1][field] = [(code, name) for name, code in named]
        held, wanted = self._values[1][field], folded(start)
        fitting = [(c, n) for c, n in held if f" {wanted}" in f" {folded(n)}" or c.casefold().startswith(wanted)]
        yield from fitting
        if field in COUNTRIES and start:
            codes = frozenset(code for code, _ in held) - {code for code, _ in fitting}
            seen: set[str] = set()
            for name, code in countries.beginning(start, codes):
                if code not in seen:
                    seen.add(code)
                    yield code, name

    def _name(self, field: str, code: str) -> str:
        if field in COUNTRIES:
            return territories.name(code)
        if field == "language":
            return countries.language_name(code)
        return vocabularies.label(self._archive, field, code, "en") if field in CASEWORK else code

    def _as_written(self, index: Database, term: str) -> str:
        """A word of the index, which is folded, as some text of the archive has it, in small letters."""
        if term not in self._written:
            if len(self._written) >= REMEMBERED:
                self._written.clear()
            self._written[term] = self._looked_up(index, term)
        return self._written[term]

    def _looked_up(self, index: Database, term: str) -> str:
        found = index.conn.execute(
            "SELECT d.archive_row, d.version, d.kind, p.piece FROM (SELECT rowid AS row FROM passages"
            " WHERE passages MATCH ? ORDER BY rowid DESC LIMIT 1) AS best CROSS JOIN passage AS p ON p.row = best.row"
            " CROSS JOIN document AS d ON d.number = p.document",
            (f'body : "{term}"',),
        ).fetchone()
        if not found or found[2] != DOCUMENT:
            return term
        with translated(Path("archive.db")):
            piece = stored.row(self._archive, found[0], found[1], found[3])
        for match in matches(piece.text, [Sought((term,))]) if piece else ():
            word = piece.text[match.start : match.end].lower() if piece else ""
            if as_kept(word) == term:
                return word
        return term
