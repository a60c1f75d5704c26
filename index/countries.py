"""Names of countries and languages in CLDR's words: what a person types after `country:` and `language:` to a code.

A country is known by its name in every locale of CLDR and by its former ones (`resources.places`). Their table is read
when a name is asked for that is no code and no name in English.
"""

from __future__ import annotations

import gzip
import re
from bisect import bisect_left
from functools import cache, lru_cache
from importlib import resources
from itertools import takewhile

from resources.places.names import plain

# English first; then what cases and readers speak, by script. Loading a locale costs some 30 ms, so only those are
# loaded that are written as the name of the language is, and only until one knows it
LOCALES = {
    "a-z": ("en", "es", "fr", "de", "tr", "vi"),
    "\u3400-\u9fff": ("zh_Hans", "zh_Hant", "ja"),
    "\u3041-\u30ff": ("ja",),
    "\u0600-\u06ff": ("ar", "ug", "fa"),
    "\u0400-\u04ff": ("ru", "kk"),
    "\u0e00-\u0e7f": ("th",),
    "\u0f00-\u0fff": ("bo",),
    "\u1100-\u11ff\uac00-\ud7a3": ("ko",),
}

# everyday names that CLDR words otherwise, without marks and in small letters
EVERYDAY = {
    "hong kong": "HK", "香港": "HK", "macao": "MO", "macau": "MO", "澳门": "MO", "澳門": "MO", "uk": "GB",
    "great britain": "GB", "britain": "GB", "america": "US", "korea": "KR", "palestine": "PS", "uae": "AE",
    "bosnia": "BA", "congo": "CD", "uighur": "ug", "uigur": "ug", "mandarin": "zh", "farsi": "fa", "burmese": "my",
}  # fmt: skip


@lru_cache(maxsize=256)
def country(name: str) -> str:
    """The ISO 3166-1 alpha-2 code of a country given by name or by code of two or three letters; empty if unknown."""
    wanted = plain(name)
    code = wanted.upper()
    if code in _codes():
        return code
    from babel.core import get_global

    aliases = get_global("territory_aliases").get(code, ()) if re.fullmatch("[A-Z]{3}", code) else ()
    return aliases[0] if aliases else called(name)


def called(name: str) -> str:
    """The code of the country or territory that goes by this name in any language, or went by it; codes are no names.
    Empty if unknown, and where countries of today share the name."""
    wanted = plain(name)
    if wanted in EVERYDAY:
        return EVERYDAY[wanted] if EVERYDAY[wanted].isupper() else ""
    table = _table()
    at = bisect_left(table, f"{wanted}\t")
    return table[at][-2:] if wanted and at < len(table) and table[at][:-3] == wanted else ""


def beginning(start: str, codes: frozenset[str]) -> list[tuple[str, str]]:
    """The names in any language that begin so, of these countries alone: pairs of name and code, shortest first."""
    wanted = plain(start)
    table = _table()
    at = bisect_left(table, wanted)
    fitting = takewhile(lambda line: line.startswith(wanted), (table[n] for n in range(at, len(table))))
    found = [(line[:-3], line[-2:]) for line in fitting if line[-2:] in codes] if wanted else []
    return sorted(found, key=lambda one: (len(one[0]), one))


def holding(short: str) -> list[tuple[str, str]]:
    """The names in any language that hold this plain one and more: pairs of name and code."""
    text = _text()
    found = []
    at = text.find(short) if short else -1
    while at >= 0:
        stop = text.find("\n", at)
        line = text[text.rfind("\n", 0, at) + 1 : stop]
        if short in line[:-3] and line[:-3] != short:
            found.append((line[:-3], line[-2:]))
        at = text.find(short, stop)
    return found


@cache
def language_name(tag: str) -> str:
    """The name of a BCP 47 language in English without its script or region; the tag itself where it is unknown."""
    from babel import Locale

    return str(Locale("en").languages.get(tag.split("-")[0], tag))


@lru_cache(maxsize=256)
def language(name: str) -> str:
    """The BCP 47 tag of a language given by name or tag; empty if unknown."""
    wanted = plain(name)
    if wanted.split("-")[0] in _languages("en").values():
        return wanted
    code = EVERYDAY.get(wanted, "")
    return code if code.islower() else _known(wanted).replace("_", "-")


@cache
def _table() -> list[str]:
    """Every name with its code, in order: `thailand`, a tabulator, `TH`."""
    folder = resources.files("resources") / "places"
    lines = gzip.decompress((folder / "countries.tsv.gz").read_bytes()).decode().splitlines()
    for line in (folder / "old-names.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            name, code, _ = line.split("\t")
            lines.append(f"{plain(name)}\t{code}")
    lines += [f"{name}\t{code}" for name, code in EVERYDAY.items() if code.isupper()]
    return sorted(lines)


@cache
def _text() -> str:
    """The lines of the table as one text."""
    return "\n".join(_table()) + "\n"


@cache
def _codes() -> frozenset[str]:
    from babel import Locale

    return frozenset(code for code in map(str, Locale("en").territories) if len(code) == 2 and code.isalpha())


def _known(wanted: str) -> str:
    for locale in (one for script, locales in LOCALES.items() if re.search(f"[{script}]", wanted) for one in locales):
        found = _languages(locale).get(wanted)
        if found:
            return found
    return ""


@cache
def _languages(locale: str) -> dict[str, str]:
    from babel import Locale, UnknownLocaleError

    try:
        names = Locale.parse(locale).languages
    except UnknownLocaleError:
        return {}
    found: dict[str, str] = {}
    for code, name in names.items():
        for word in (name, name.partition(" (")[0], re.sub(r".*\((.*)\)", r"\1", name)):
            found.setdefault(plain(word), code)
    return found
