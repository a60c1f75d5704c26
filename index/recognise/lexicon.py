"""Finds thousands of names in a text at once, in whatever script and spelling; names of countries and cities."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from index import marks, text
from index.countries import EVERYDAY, LOCALES
from index.recognise.records import Candidate, Found

ABBREVIATED = {
    "US": "US",
    "U.S.": "US",
    "USA": "US",
    "U.S.A.": "US",
    "UK": "GB",
    "U.K.": "GB",
    "UAE": "AE",
    "PRC": "CN",
    "DPRK": "KP",
}
LARGE, LARGE_HAN = 500_000, 1_000_000
"""Inhabitants from which a city's name alone is taken; a smaller one's only where the words around it say that it is a
place, for many are words and family names, too."""
LEADING = frozenset("in at from to near of outside into via for through around reached left fled".split())  # noqa: SIM905
HAN_LEADING = "在到从從赴于於往抵飞飛返离離回经經"
HAN_TRAILING = "市县縣区區省州府城"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a name stands for; `name` as it is written, for its capitals. `people` are a city's inhabitants."""

    kind: Found
    value: str
    name: str
    country: str = ""
    people: int = 0


class Lexicon:
    """Names, compiled to be found all at once (Aho and Corasick)."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        import ahocorasick

        self._automaton: Any = ahocorasick.Automaton()
        held: dict[str, list[Entry]] = {}
        for entry in entries:
            folded = marks.folded(entry.name).strip()
            if len(folded) > 1 and entry not in held.setdefault(folded, []):
                held[folded].append(entry)
        for folded, several in held.items():
            self._automaton.add_word(folded, (len(folded), text.is_unspaced(folded), tuple(several)))
        self._empty = not held
        if held:
            self._automaton.make_automaton()

    def find(self, passage: str) -> Iterator[tuple[int, int, Entry]]:
        """Every name in a text as a whole word, with its offsets in the text's code points."""
        if self._empty:
            return
        folded, positions = marks.follow(passage)
        for last, (length, unspaced, entries) in self._automaton.iter(folded):
            start, end = last + 1 - length, last + 1
            if not unspaced and (_in_word(folded, start - 1) or _in_word(folded, end)):
                continue
            if positions is not None:
                start, end = positions[start], positions[end]
            for entry in entries:
                if _as_capital(entry.name, passage[start:end]):
                    yield start, end, entry


def places(passage: str, language: str) -> Iterator[Candidate]:
    """The countries and larger cities named in a text."""
    for start, end, entry in gazetteer(language).find(passage):
        if entry.kind is Found.COUNTRY or _is_place(passage, start, end, entry):
            yield Candidate(start, end, entry.kind, entry.value, passage[start:end], country=entry.country)


def gazetteer(language: str) -> Lexicon:
    """Countries by CLDR's names in the language and those that readers speak, their people's names, and cities."""
    spoken = {locale.partition("_")[0] for several in LOCALES.values() for locale in several}
    return _gazetteer("" if language.split("-")[0] in spoken else language)


@cache
def _gazetteer(further: str) -> Lexicon:
    countries = _countries(further)
    return Lexicon((*countries, *_cities(frozenset(marks.folded(one.name) for one in countries))))


@cache
def _countries(language: str) -> tuple[Entry, ...]:
    from babel import Locale, UnknownLocaleError

    names = [(word, code) for word, code in EVERYDAY.items() if code.isupper()]
    spoken = (locale for several in LOCALES.values() for locale in several)
    for locale in dict.fromkeys((*spoken, language.replace("-", "_"))):
        try:
            territories = Locale.parse(locale).territories if locale else {}
        except (UnknownLocaleError, ValueError):
            continue
        for code, name in territories.items():
            if len(code) == 2 and code.isalpha():
                short, _, inner = name.partition(" (")
                names += [(one, code) for one in (name, short, inner.rstrip(")")) if len(one) > 1]
    table = (resources.files("resources") / "places" / "demonyms.tsv").read_text("utf-8")
    names += [(word, code) for word, _, code in (line.partition("\t") for line in table.splitlines())]
    entries = [Entry(Found.COUNTRY, code, word[0].upper() + word[1:]) for word, code in names if not word.isupper()]
    return (*entries, *(Entry(Found.COUNTRY, code, word) for word, code in ABBREVIATED.items()))


def _cities(taken: frozenset[str]) -> Iterator[Entry]:
    """Cities, the largest of a name alone; those that are called as a country are the country."""
    known = set(taken)
    table = gzip.decompress((resources.files("resources") / "places" / "cities.tsv.gz").read_bytes()).decode()
    for line in table.splitlines():
        name, country, people, *others = line.split("\t")
        for written in (name, *others):
            folded = marks.folded(written)
            if folded not in known:
                known.add(folded)
                yield Entry(Found.PLACE, name, written, country, int(people))


def _is_place(passage: str, start: int, end: int, entry: Entry) -> bool:
    if text.is_unspaced(entry.name):
        near = passage[start - 1 : start] in tuple(HAN_LEADING) if start else False
        return near or entry.people >= LARGE_HAN or passage[end : end + 1] in tuple(HAN_TRAILING) or len(entry.name) > 2
    before = passage[:start].rsplit(None, 1)
    return entry.people >= LARGE or (bool(before) and before[-1].lower() in LEADING)


def _in_word(folded: str, at: int) -> bool:
    return 0 <= at < len(folded) and folded[at].isalnum() and not text.is_unspaced(folded[at])


def _as_capital(name: str, written: str) -> bool:
    """Whether a name that begins with a capital does so in the text; an abbreviation must be all capitals."""
    if name.isupper() and len(name) > 1:
        return written == name
    return not name[:1].isupper() or written[:1].isupper()
