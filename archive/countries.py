"""The short names that CLDR gives countries and territories, in English."""

from __future__ import annotations

from functools import cache

# the short forms, which babel leaves out
SHORT = {
    "BA": "Bosnia", "GB": "UK", "HK": "Hong Kong", "MM": "Myanmar", "MO": "Macao", "PS": "Palestine", "US": "US",
}  # fmt: skip


def name(code: str) -> str:
    """The short name of an ISO 3166-1 country or territory; the code itself where it is unknown."""
    return SHORT.get(code) or _territories().get(code, code)


@cache
def _territories() -> dict[str, str]:
    from babel import Locale  # to read CLDR takes some 30 ms

    return dict(Locale("en").territories)
