"""Names of countries and languages in CLDR's words: what a person types after `country:` and `language:` to a code."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

# English first; then what cases and readers speak, by script. Loading a locale costs some 30 ms, so only those are
# loaded that are written as the name is, and only until one knows it
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
    wanted = _plain(name)
    code = wanted.upper()
    if code in _names("en", "territories").values():
        return code
    from babel.core import get_global

    aliases = get_global("territory_aliases").get(code, ()) if re.fullmatch("[A-Z]{3}", code) else ()
    return aliases[0] if aliases else EVERYDAY.get(wanted) or _known(wanted, "territories")


@lru_cache(maxsize=256)
def language(name: str) -> str:
    """The BCP 47 tag of a language given by name or tag; empty if unknown."""
    wanted = _plain(name)
    if wanted.split("-")[0] in _names("en", "languages").values():
        return wanted
    return EVERYDAY.get(wanted) or _known(wanted, "languages").replace("_", "-")


def _known(wanted: str, kind: str) -> str:
    for locale in (one for script, locales in LOCALES.items() if re.search(f"[{script}]", wanted) for one in locales):
        found = _names(locale, kind).get(wanted)
        if found:
            return found
    return ""


@cache
def _names(locale: str, kind: str) -> dict[str, str]:
    from babel import Locale, UnknownLocaleError

    try:
        names = getattr(Locale.parse(locale), kind)
    except UnknownLocaleError:
        return {}
    found: dict[str, str] = {}
    for code, name in names.items():
        if kind == "languages" or (len(code) == 2 and code.isalpha()):
            for word in (name, name.partition(" (")[0], re.sub(r".*\((.*)\)", r"\1", name)):
                found.setdefault(_plain(word), code)
    return found


def _plain(name: str) -> str:
    """A name without case, accents and the signs between its words."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(char for char in letters if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^\w-]+", " ", kept).split())
