"""Regions and cities: a name in any language to the places that go by it, and a place to all its names.

The tables (`resources.places`) are read when a name of a place is first asked for: 11 MB, searched as they are.
"""

from __future__ import annotations

import gzip
import heapq
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from archive import countries as territories
from index import countries
from index import text as texts
from resources.places.names import plain

KEY = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}|\d{1,9}")
CASED = re.compile("[A-Za-z\u00c0-\u024f\u0370-\u052f\u0531-\u0587\u1e00-\u1fff]")
"""Letters of scripts that begin names with a capital one; Georgian has capitals, but no name begins with one."""
LINE = re.compile(rb"^[^\t]*\t[^\t\n]*", re.MULTILINE)
BETWEEN = re.compile("[ |]")
"""What stands between the keys of places that share a name: a | before those that the name alone does not mean."""
OTHERWISE = 0.05
"""What a name that is not a place's own weighs beside it when names are offered."""
LEAST = 3
"""Letters of a name in Latin script; the table has none that is shorter."""


@dataclass(frozen=True, slots=True)
class Place:
    """A region (`key` is its ISO 3166-2 code) or a city (GeoNames' number, as is a region's that has no code).

    `name` is what CLDR calls a region in English and GeoNames a city; `country` is ISO 3166-1, `region` the key of the
    region that a city lies in, empty where unknown; `people` are the inhabitants of a city, of a region those of its
    cities.
    """

    key: str
    name: str
    country: str
    region: str
    people: int


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a place as it is written. `ordinary` where it is a word of some language, too, so that only a capital
    letter tells a place from it; `hidden` where its script has none, so that nothing does."""

    text: str
    ordinary: bool

    @property
    def is_cased(self) -> bool:
        """Whether it begins with a capital letter where it is written as a name."""
        return CASED.match(self.text) is not None

    @property
    def hidden(self) -> bool:
        return self.ordinary and not self.is_cased


@lru_cache(maxsize=8192)
def called(name: str) -> tuple[Place, ...]:
    """The regions and cities that go by this name in any language, the largest first; small ones that share it with a
    much larger one are left out. Empty where no place does."""
    return _standing(_meant(plain(name))[0])


@lru_cache(maxsize=256)
def understood(words: str) -> tuple[Place, ...]:
    """The places meant by a name, by a key, or by a name with its country or region behind a comma (`Paris, Texas`)."""
    if KEY.fullmatch(key := words.strip().upper()) and (keyed := _standing([key])):
        return keyed  # not so AL-AIN, which is a name
    name, comma, where = re.sub("[，،、]", ",", words).rpartition(",")
    if not comma:
        return called(words)
    around = {one.key for one in called(where)} | {countries.country(where)} - {""}
    both = _standing([key for keys in _meant(plain(name)) for key in keys]) if around else ()
    return tuple(one for one in both if around & {one.country, one.region})


def beginning(start: str, most: int) -> list[tuple[str, Place]]:
    """Names in any language that begin so, each with a place that goes by it, the one with the most inhabitants first.
    Each place stands there once: by its own name where that begins so, else by the shortest."""
    wanted = plain(start).encode()
    known = _places()
    best: dict[str, tuple[float, int, str]] = {}
    for match in LINE.finditer(_table(), _line_at(wanted), _line_at(wanted + b"\xff")) if wanted else ():
        short, keys = match[0].decode().split("\t")
        for key in BETWEEN.split(keys):
            one = known[key]
            is_own = len(one.name) == len(short) and plain(one.name) == short
            found = -(one.people if is_own else one.people * OTHERWISE), len(short), short
            if key not in best or found < best[key]:
                best[key] = found
    first = heapq.nsmallest(most, best.items(), key=lambda one: one[1])
    return [(_written(short, key), known[key]) for key, (_, _, short) in first]


def worded(name: str, one: Place) -> str:
    """Words that `understood` takes for this place and no other: a name of it, with its region or country where other
    places share the name; its key where nothing else will do."""
    around = place(one.region)
    ways = [name, *([f"{name}, {around.name}"] if around else []), f"{name}, {territories.name(one.country)}"]
    return next((words for words in ways if '"' not in words and understood(words) == (one,)), one.key)


def place(key: str) -> Place | None:
    """The place with this key; None where the table has none."""
    return _places().get(key)


@lru_cache(maxsize=64)
def names(key: str) -> tuple[Name, ...]:
    """What a place is called, its own name first, the others in order; but for those that mostly mean another place
    of the same name."""
    about = _places().get(key)
    if about is None:
        return ()
    own = plain(about.name)
    found: dict[str, Name] = {}
    for line in _lines_with(key):
        short, keys, _ = f"{line}\t".split("\t", 2)
        if BETWEEN.split(keys)[0] == key or short == own:
            found[short] = Name(_as_written(line, key), short in _ordinary())
    first = [found.pop(own)] if own in found else []
    return (*first, *found.values())


@lru_cache(maxsize=1024)
def longer(name: str, country: str) -> tuple[str, ...]:
    """Names that hold this one, the name of a place in a country, and mean something elsewhere: New York for York,
    罗马尼亚 (Romania) for 罗马; the shortest first."""
    short = plain(name)
    table, sought = _table(), short.encode()
    found = {one: one for one, code in countries.holding(short) if code != country}
    at = table.find(sought) if short else -1
    while at >= 0:
        start, stop = table.rfind(b"\n", 0, at) + 1, table.find(b"\n", at)
        line = table[start:stop].decode()
        longer, keys, *_ = line.split("\t")
        key = BETWEEN.split(keys)[0]
        if short in longer and short != longer and _places()[key].country != country:
            found[longer] = _as_written(line, key)
        at = table.find(sought, stop)
    whole = re.compile(re.escape(short) if texts.is_unspaced(short) else rf"(?<!\w){re.escape(short)}(?!\w)")
    return tuple(written for one, written in sorted(found.items(), key=lambda one: len(one[0])) if whole.search(one))


def is_ordinary(name: str) -> bool:
    """Whether a name is a word of some language, too."""
    return plain(name) in _ordinary()


def _standing(keys: list[str]) -> tuple[Place, ...]:
    known = _places()
    return tuple(known[key] for key in keys if key in known)


def _meant(short: str) -> tuple[list[str], list[str]]:
    """The keys of the places that a plain name means, and of those that it means where more is said."""
    table = _table()
    wanted = f"{short}\t".encode()
    if len(short) < (LEAST if short.isascii() else 2) or "\n" in short:
        return [], []
    low = _line_at(wanted)
    if not table.startswith(wanted, low):
        return [], []
    keys = table[low : table.find(b"\n", low)].decode().split("\t")[1]
    meant, *others = keys.split("|")
    return meant.split(" "), others


def _line_at(wanted: bytes) -> int:
    """Where the first line begins that is not before `wanted`."""
    table = _table()
    low, high = 0, len(table)
    while low < high:  # `low` is the beginning of a line whenever it is looked at
        middle = table.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = table.find(b"\n", middle)
        if table[middle:end] < wanted:
            low = end + 1
        else:
            high = middle
    return low


def _written(short: str, key: str) -> str:
    """How a plain name is written where it means this place."""
    at = _line_at(f"{short}\t".encode())
    return _as_written(_table()[at : _table().find(b"\n", at)].decode(), key)


def _as_written(line: str, key: str) -> str:
    short, keys, *written = line.split("\t")
    if written:
        return written[BETWEEN.split(keys).index(key)]
    return short.title() if _is_cased(short) else short


def _lines_with(key: str) -> Iterator[str]:
    """The lines of the names of one place."""
    table, wanted = _table(), key.encode()
    at = table.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        start, stop = table.rfind(b"\n", 0, at) + 1, table.find(b"\n", end)
        if table[at - 1 : at] in (b"\t", b" ", b"|") and table[end : end + 1] in (b"\t", b" ", b"|", b"\n"):
            yield table[start:stop].decode()
        at = table.find(wanted, stop)


def _is_cased(short: str) -> bool:
    return short != short.upper() and not texts.is_unspaced(short)


def _read(name: str) -> bytes:
    return gzip.decompress((resources.files("resources") / "places" / f"{name}.tsv.gz").read_bytes())


@cache
def _table() -> bytes:
    """Every plain name in order of its bytes, with keys and how it is written: a line each."""
    return _read("place-names")


@cache
def _ordinary() -> frozenset[str]:
    return frozenset(_read("ordinary").decode().splitlines())


@cache
def _places() -> dict[str, Place]:
    found = {}
    for line in _read("places").decode().splitlines():
        key, name, country, region, people = line.split("\t")
        found[key] = Place(key, name, country, region, int(people))
    return found
