"""Values of casework fields as a person types them: a term's label in any language to its code."""

from __future__ import annotations

from functools import cache

from archive.cases import fields, shipped
from archive.cases.fields import Type
from index import countries


def value(field: str, words: str) -> str:
    """The value to look for in a casework field: a country's or term's code; other words as they are, in small letters.

    Terms that a desk added itself are found by their codes. Empty where the words name no country.
    """
    about = fields.field(field)
    if about.type is Type.COUNTRY:
        return countries.country(words)
    wanted = words.casefold()
    if about.type is Type.TERM:
        return _labels(about.vocabulary).get(wanted, wanted.replace(" ", "-"))
    return wanted


@cache
def _labels(vocabulary: str) -> dict[str, str]:
    """Codes by label, in small letters; a preferred label goes before another."""
    found: dict[str, str] = {}
    for role in ("preferred", "other"):
        for term in shipped.terms():
            if term.vocabulary == vocabulary:
                for label in term.labels:
                    if label.role == role:
                        found.setdefault(label.text.casefold(), term.code)
    return found
