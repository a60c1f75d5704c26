"""What one stretch of a query means: a word with its operators, a phrase, a value of a field, a date."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.dates import span
from archive.errors import InvalidValue
from index import countries, gazetteer, terms
from index import text as texts
from index.entries import CASEWORK
from index.tree import And, Dated, Fuzzy, Node, Phrase, Prefix, Value, Wildcard, Word

VALUES = ("language", "country", "place", "type", "kind", "searchable", *CASEWORK)


def leaf(match: re.Match[str], field: str) -> Node | None:
    """What `language` matched, by the groups of its expressions; None where it holds no word."""
    groups = match.groupdict()
    if "first" in groups:
        dated = _between(groups["first"], groups["last"]) if field == "date" else None
        return dated or words(match[0])
    if "quoted" in groups:
        text = " ".join(groups["quoted"].split())
        if field == "date":
            return _date(text) or _phrase(text, None, "")
        if field in VALUES:
            return _value(field, text)
        return _phrase(text, groups["near"], field, exact=bool(groups["exact"]))
    text = groups["plain"]
    if field == "date":
        return _date(text) or words(text)
    if field in VALUES:
        return _value(field, text)
    return _word(text, field)


def _value(field: str, text: str) -> Node | None:
    """A value; the name of no country or language that CLDR knows is searched as words."""
    text = text.strip().lstrip("=")  # a value is never widened
    code = value(field, text)
    return Value(field, code, text) if code else _phrase(text, None, "")


def value(field: str, text: str) -> str:
    """The value of a field of VALUES that is meant by words; empty where they name none."""
    if field == "country":
        return countries.country(text)
    if field == "language":
        return countries.language(text)
    if field == "place":
        return " ".join(one.key for one in gazetteer.understood(text))
    return terms.value(field, text) if field in CASEWORK else text.casefold()


def _phrase(text: str, near: str | None, column: str, *, exact: bool = False) -> Node | None:
    if not texts.words(text):
        return None
    return Phrase(text, int(near) if near and len(text.split()) > 1 else None, column, exact)


def _word(text: str, column: str) -> Node | None:
    """A word with whatever `=`, `*`, `?` and `~` on it are meant as operators; patterns are never widened anyway."""
    exact = re.match(r"=+['‘’]?(?=[^\W_*?])", text) is not None
    text = text.lstrip("=")
    fuzzy = re.fullmatch(r"(.*[^\W_])~([12]?)", text)
    if fuzzy and len(typed := texts.words(fuzzy[1])) == 1 and not texts.is_unspaced(fuzzy[1]):
        return Fuzzy(typed[0], int(fuzzy[2] or 1), column)
    pattern = re.sub(r"\*{2,}|\?+(?![\w*])", " ", text).strip(" ")  # ** marks bold type, ? ends a question
    if "*" not in pattern and "?" not in pattern:
        found = re.search(r"[^\W_].*[^\W_]|[^\W_]", text, re.DOTALL)  # without the punctuation around it
        word = text[found.start() :].rstrip("~*?.:,_-/'’…)]}>") if found else text
        word = word.lower() if word in ("AND", "OR", "NOT") else word
        return Word(word, column, exact) if texts.words(word) else None
    letters = pattern.replace("*", "").replace("?", "")
    pieces = texts.words(letters)
    if pieces and pattern == f"{letters}*" and letters.endswith(pieces[-1]):
        return Prefix(letters, column)
    if "://" in text:
        return Word(text, column)
    if pieces != [letters] or texts.is_unspaced(letters):  # what stands between Han is no word: all parts, anywhere
        return side_by_side([Word(word, column) for word in texts.words(text)], implied=True)
    return Wildcard(pattern, column)


def _between(first: str, last: str) -> Node | None:
    try:
        earliest, latest = span(first)[0], span(last)[1]
    except InvalidValue:
        return None
    return Dated(earliest, latest, f"[{first} to {last}]") if earliest or latest else None


def _date(text: str) -> Node | None:
    """`2015`, `2014/2016`, `2014..2016` or `>`, `>=`, `<`, `<=` and a date."""
    sign, day = re.fullmatch(r"([<>]=?|=?)(.*)", text, re.DOTALL).groups()  # type: ignore[union-attr]  # matches all
    if ".." in day:
        return _between(*day.split("..", 1))
    try:
        earliest, latest = span(day)
    except InvalidValue:
        return None
    if not earliest:
        return None
    match sign:
        case ">":
            return Dated(_next_day(latest), "", text)
        case ">=":
            return Dated(earliest, "", text)
        case "<":
            return Dated("", _next_day(earliest, -1), text)
        case "<=":
            return Dated("", latest, text)
    return Dated(earliest, latest, day)


def _next_day(day: str, days: int = 1) -> str:
    from datetime import date, timedelta

    try:
        return (date.fromisoformat(day) + timedelta(days)).isoformat()
    except OverflowError:
        return day


def words(text: str) -> Node | None:
    """Plain words, whatever the signs between them."""
    return side_by_side([Word(word) for word in texts.words(text)], implied=True)


def side_by_side(parts: Sequence[Node], *, implied: bool) -> Node | None:
    """All of these; those of an inner group without operators are taken out of it."""
    flat: list[Node] = []
    for part in parts:
        flat += part.parts if isinstance(part, And) and part.implied and implied else (part,)
    return flat[0] if len(flat) == 1 else And(tuple(flat), implied) if flat else None
