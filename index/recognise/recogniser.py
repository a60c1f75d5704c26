"""Recognises in a passage what an editor may want to enter: one call, typed candidates, nothing decided."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from archive.cases import vocabularies
from archive.cases.people import ANONYMISED
from archive.cases.records import Kind
from archive.connect import Database
from index import text
from index.recognise import dates, quantities, terms
from index.recognise.cover import Cover
from index.recognise.lexicon import Entry, Lexicon, places
from index.recognise.records import Candidate, Found
from index.recognise.terms import Terms

KINDS = {Kind.PERSON: Found.PERSON, Kind.ORGANISATION: Found.ORGANISATION, Kind.PROGRAMME: Found.PROGRAMME}
NAMES = (
    "FROM fact AS f JOIN subject AS s ON s.row = f.subject WHERE f.field IN ('name', 'official-name')"
    " AND f.state = 'current' AND s.merged IS NULL AND s.kind != 'case'"
)
HAN = re.compile(f"[{text.HAN}]")
LONGEST = 8_000
"""Code points of a passage that are looked at; the rest of a longer one is not."""
BEFORE = 4_000
FEW = 200
"""Names that may have come since the others were compiled; compiling twenty thousand takes half a second."""
Named = dict[tuple[str, str], str]
"""The kind of each subject by its UUID and one of its names."""


class Recogniser:
    """Recognises passages with what one archive knows; one thread at a time uses it.

    The first call takes about a second for what it compiles; after that names and terms are compiled anew only where
    many of the archive's changed.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._names, self._later = Lexicon(()), Lexicon(())
        self._compiled: Named = {}
        self._current: Named = {}
        self._state: tuple[int, ...] = ()
        self._terms: dict[str, Terms] = {}
        self._labels: tuple[terms.Row, ...] = ()
        self._revision: str | None = None

    def recognise(
        self, passage: str, *, language: str = "", published: str = "", before: str = ""
    ) -> tuple[Candidate, ...]:
        """The candidates in a passage by their place; of those that overlap the better one, all of several equal ones.

        `language` is BCP 47, `published` the document's date in EDTF (for relative dates) and `before` the text that
        stands before the passage, which may name the date or person that is meant.
        """
        passage, before = passage[:LONGEST], before[-BEFORE:]
        spoken = language.split("-")[0].lower() or "en"
        self._refresh()
        said = [*dates.dates(passage, spoken, published, before)]
        said += _beside(quantities.durations(passage), said)
        said += _beside(_longest(quantities.quantities(passage)), said)
        known = [*self._known(passage), *places(passage, spoken)]
        named = [*_longest(known)]
        named += _beside(self._parts(passage, before, named), named)
        found = [*said, *_beside(self._found_terms(passage, spoken), [one for one in named if one.kind in _RECORDS])]
        found += _beside(named, said)
        return tuple(sorted(found, key=lambda one: (one.start, -one.end, one.kind, one.vocabulary, one.value)))

    def _refresh(self) -> None:
        # the last facts and merges show in these sums, and adding up is far quicker than reading every name
        state = self._db.conn.execute(f"SELECT count(*), total(f.row), total(s.row * 31 + f.row) {NAMES}").fetchone()
        if state != self._state:
            self._state = state
            rows = self._db.conn.execute(f"SELECT s.uuid, f.value, s.kind {NAMES}")
            self._current = {(identity, name): kind for identity, name, kind in rows}
            later = {key: self._current[key] for key in self._current.keys() - self._compiled.keys()}
            if len(later) > FEW:
                self._names, self._compiled, later = Lexicon(_entries(self._current)), self._current, {}
            self._later = Lexicon(_entries(later))
        revision = vocabularies.revision(self._db)
        if revision != self._revision:
            self._revision, self._labels = revision, terms.labels(self._db)
            self._terms.clear()

    def _known(self, passage: str) -> Iterator[Candidate]:
        for lexicon in (self._names, self._later):
            for start, end, entry in lexicon.find(passage):
                if (entry.value, entry.name) in self._current:  # or it was taken back since it was compiled
                    yield Candidate(start, end, entry.kind, entry.value, passage[start:end])

    def _parts(self, passage: str, before: str, named: list[Candidate]) -> Iterator[Candidate]:
        """Persons called by a part of the name that was written out before, there or in the text that precedes."""
        for one in (*self._known(before), *named):
            if one.kind is not Found.PERSON or text.is_unspaced(one.words):
                continue
            parts = [part for part in one.words.split() if len(part) > 2 and part[0].isupper()]
            if parts and len(one.words.split()) > 1:
                start = one.end if one in named else 0
                for match in re.finditer(rf"\b(?:{'|'.join(map(re.escape, parts))})\b", passage[start:]):
                    at = start + match.start()
                    yield Candidate(at, at + len(match[0]), one.kind, one.value, match[0], uncertain=True)

    def _found_terms(self, passage: str, spoken: str) -> Iterator[Candidate]:
        for language in dict.fromkeys((spoken, "zh") if HAN.search(passage) else (spoken,)):
            if language not in self._terms:
                self._terms[language] = Terms(self._labels, language)
            yield from self._terms[language].find(passage)


_RECORDS = frozenset({Found.PERSON, Found.ORGANISATION, Found.PROGRAMME, Found.RECORD})


def _entries(named: Named) -> Iterator[Entry]:
    for (identity, name), kind in named.items():
        if not ANONYMISED.search(name):  # one anonymised person is not another, though both are called 王某
            yield Entry(KINDS.get(Kind(kind), Found.RECORD), identity, name)


def _longest(found: Iterable[Candidate]) -> Iterator[Candidate]:
    """Of candidates that overlap the longest; of those in one place all records, else the first."""
    cover, records = Cover(), set()
    for one in sorted(found, key=lambda one: (one.start - one.end, one.kind not in _RECORDS, one.start)):
        is_record = one.kind in _RECORDS
        if not cover.meets(one) or (is_record and (one.start, one.end) in records):
            cover.add(one)
            if is_record:
                records.add((one.start, one.end))
            yield one


def _beside(found: Iterable[Candidate], held: Iterable[Candidate]) -> list[Candidate]:
    """Those of the candidates that overlap none that is held."""
    cover = Cover(held)
    return [one for one in dict.fromkeys(found) if not cover.meets(one)]
