"""Names values of fields and facets for people: types, languages, countries, confidentiality and verdicts."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from archive import countries
from archive.cases import fields, shipped
from archive.cases.fields import Type
from desktop import shown
from desktop.translate import tr
from index import gazetteer


def field(name: str) -> str:
    """The heading of a facet or metadata field."""
    if name in _FIELDS:
        return _FIELDS[name]()
    known = fields.everything().get(name)
    return known.label if known else name


def value(facet: str, code: str) -> str:
    """One value of a facet in words; an empty value is one that was not recorded."""
    if not code:
        return tr("not recorded")
    if facet == "language":
        return language(code)
    if facet in ("record", "since"):  # what people call it stands behind the blank
        return shown.line(code.partition(" ")[2])
    if facet == "place" and all(map(gazetteer.KEY.fullmatch, code.split())):  # else the words of a record
        return place(code)
    known = fields.everything().get(facet)
    if facet == "country" or (known and known.type is Type.COUNTRY):
        return country(code)
    if known and known.type is Type.TERM:
        return shown.line(shipped.label(known.vocabulary, code))
    words = _VALUES.get((facet, code))
    if words is not None:
        return words()
    code = shown.line(code)
    return code[:1].upper() + code[1:] if facet in ("type", "kind") else code


def language(tag: str) -> str:
    """The name of a BCP 47 language; the tag itself where it is unknown."""
    return _name(tag)


def country(code: str) -> str:
    """The short name of an ISO 3166-1 country or territory; the code itself where it is unknown."""
    return shown.line(countries.name(code))


def place(keys: str) -> str:
    """What a region or city is called, with the region around it and its country; the key itself where it is unknown.
    Several keys, with blanks between them, are several places."""
    return tr(" or ").join(map(_place, keys.split()))


def _place(key: str) -> str:
    about = gazetteer.place(key)
    if about is None:
        return shown.line(key)
    around = gazetteer.place(about.region)
    name, where = shown.line(about.name), country(about.country)
    if around is None or around.name == about.name:
        return tr("{place} ({country})", place=name, country=where)
    return tr("{place}, {region} ({country})", place=name, region=shown.line(around.name), country=where)


@cache
def _name(tag: str) -> str:
    from babel import Locale  # loading CLDR takes longer than showing the window

    names = Locale("en").languages
    parts = tag.replace("_", "-").split("-")
    for length in range(len(parts), 0, -1):
        found = names.get("_".join(parts[:length]))
        if found:
            rest = "-".join(parts[length:])
            return f"{found} ({shown.line(rest)})" if rest else str(found)
    return shown.line(tag)


_FIELDS: dict[str, Callable[[], str]] = {
    "type": lambda: tr("Type"),
    "language": lambda: tr("Language"),
    "country": lambda: tr("Country or territory"),
    "countries": lambda: tr("Countries or territories"),
    "year": lambda: tr("Year"),
    "record": lambda: tr("Record"),
    "since": lambda: tr("New or changed"),
    "publisher": lambda: tr("Publisher"),
    "author": lambda: tr("Author"),
    "kind": lambda: tr("Kind of record"),
    "confidentiality": lambda: tr("Confidentiality"),
    "verdict": lambda: tr("Text obtained"),
    "searchable": lambda: tr("Searchable"),
    "title": lambda: tr("Title"),
    "authors": lambda: tr("Authors"),
    "published": lambda: tr("Published"),
    "published_words": lambda: tr("Date as worded"),
    "source_url": lambda: tr("Source address"),
}

_KINDS: dict[str, Callable[[], str]] = {
    "person": lambda: tr("Person"),
    "case": lambda: tr("Case"),
    "event": lambda: tr("Event"),
    "organisation": lambda: tr("Organisation"),
    "programme": lambda: tr("Programme"),
    "law": lambda: tr("Law"),
    "figure": lambda: tr("Figure"),
    "statement": lambda: tr("Statement"),
    "response": lambda: tr("Official response"),
    "term": lambda: tr("Term"),
    "work": lambda: tr("Cited work"),
}

_VALUES: dict[tuple[str, str], Callable[[], str]] = {
    ("type", "pdf"): lambda: tr("PDF"),
    ("type", "article"): lambda: tr("Article"),
    ("type", "abstract of"): lambda: tr("Abstract"),
    ("type", "book"): lambda: tr("Book"),
    ("type", "container"): lambda: tr("Container of files"),
    ("type", "glossary"): lambda: tr("Glossary"),
    ("type", "mailbox"): lambda: tr("Mailbox"),
    ("type", "message"): lambda: tr("Message"),
    ("type", "note"): lambda: tr("Note"),
    ("type", "other"): lambda: tr("Other"),
    ("type", "picture"): lambda: tr("Picture"),
    ("type", "presentation"): lambda: tr("Presentation"),
    ("type", "sound"): lambda: tr("Sound"),
    ("type", "spreadsheet"): lambda: tr("Spreadsheet"),
    ("type", "table"): lambda: tr("Table"),
    ("type", "text"): lambda: tr("Text"),
    ("type", "text document"): lambda: tr("Text document"),
    ("type", "video"): lambda: tr("Video"),
    ("type", "web page"): lambda: tr("Web page"),
    ("kind", "document"): lambda: tr("Document"),
    **{(facet, kind): words for facet in ("kind", "type") for kind, words in _KINDS.items()},
    ("confidentiality", "public"): lambda: tr("Public"),
    ("confidentiality", "restricted"): lambda: tr("Restricted"),
    ("confidentiality", "confidential"): lambda: tr("Confidential"),
    ("verdict", "good"): lambda: tr("Good"),
    ("verdict", "poor"): lambda: tr("Poor: check the original"),
    ("verdict", "none"): lambda: tr("No text"),
    ("searchable", "in-full"): lambda: tr("Searchable in full"),
    ("searchable", "no-text"): lambda: tr("Not searchable: no text"),
    ("searchable", "locked"): lambda: tr("Not searchable: locked"),
    ("searchable", "unreadable"): lambda: tr("Not searchable: unreadable"),
    ("searchable", "in-part"): lambda: tr("Searchable in part"),
    ("searchable", "poor-text"): lambda: tr("Text with errors"),
    ("searchable", "no-word-analysis"): lambda: tr("Without word analysis"),
}
