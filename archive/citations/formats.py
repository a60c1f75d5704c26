"""Citations as CSL-JSON, BibTeX, RIS and formatted text, all from items of CSL-JSON."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Callable, Sequence
from importlib import resources

from archive.citations.items import Item

# braces are counted before commands are read, so an escaped brace would still unbalance a field
LATEX = {
    "\\": r"\textbackslash{}", "{": r"\lbrace{}", "}": r"\rbrace{}", "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}", "`": r"\textasciigrave{}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
}  # fmt: skip
LIGATURES = re.compile("-(?=-)|'(?=')|<(?=<)|>(?=>)|,(?=,)")
"""What TeX would draw as one sign together with what follows."""
NO_TAG = "\ufdd0"
"""Stands for the sign that begins a tag while citations are set: what metadata hold is text, and no markup."""
BIBTEX = {"article-newspaper": "article", "book": "book", "report": "techreport"}
RIS = {
    "article-newspaper": "NEWS", "book": "BOOK", "dataset": "DATA", "graphic": "ART", "motion_picture": "VIDEO",
    "personal_communication": "PCOMM", "report": "RPRT", "song": "SOUND", "speech": "CONF", "webpage": "ELEC",
}  # fmt: skip


def csl(items: Sequence[Item]) -> str:
    """CSL-JSON, as Zotero and others read it."""
    return json.dumps(list(items), ensure_ascii=False, indent=2) + "\n"


def bibtex(items: Sequence[Item]) -> str:
    """BibTeX in UTF-8, for BibTeX with a Unicode engine and for biblatex."""
    from bibtexparser.entrypoint import write_string
    from bibtexparser.library import Library
    from bibtexparser.model import Entry, Field

    library = Library()
    for item in items:
        told = {
            "title": f"{{{latex(item.get('title', ''))}}}" if item.get("title") else "",
            # braced, or a name would be taken apart at commas and at the word "and"
            "author": " and ".join(f"{{{latex(name['literal'])}}}" for name in item.get("author", ())),
            "journal": latex(item.get("container-title", "")),
            "publisher": latex(item.get("publisher", "")),
            "date": _iso(item),
            "year": latex(_year(item)),
            "language": latex(item.get("language", "")),
            "url": item.get("URL", ""),
            "note": latex(item.get("note", "")),
        }
        fields = [Field(name, f"{{{value}}}") for name, value in told.items() if value]
        library.add(Entry(BIBTEX.get(item["type"], "misc"), _key(item), fields))
    return write_string(library, unparse_stack=[])


def ris(items: Sequence[Item]) -> str:
    """RIS, as reference managers read it."""
    import rispy

    told = [
        {
            "type_of_reference": RIS.get(item["type"], "GEN"),
            "id": item["id"],
            "title": item.get("title", ""),
            "authors": [name["literal"] for name in item.get("author", ())],
            "secondary_title": item.get("container-title", ""),
            "publisher": item.get("publisher", ""),
            "year": _year(item),
            "date": _iso(item).partition("/")[0].replace("-", "/"),
            "language": item.get("language", ""),
            # a semicolon would divide one address into two
            "urls": [item["URL"].replace(";", "%3B")] if "URL" in item else [],
            "notes": [item["note"]] if "note" in item else [],
        }
        for item in items
    ]
    return str(rispy.dumps([{name: value for name, value in one.items() if value} for one in told]))


def text(items: Sequence[Item]) -> str:
    """One line for each, in the style that ships with the program."""
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON

    style = resources.files("resources") / "citations" / "desk.csl"
    with warnings.catch_warnings(), style.open("rb") as file:
        warnings.simplefilter("ignore")  # of variables that the library does not know
        sources = CiteProcJSON(json.loads(json.dumps(items).replace("<", NO_TAG)))
        bibliography = CitationStylesBibliography(CitationStylesStyle(file, validate=False), sources, formatter.plain)
        for item in items:
            bibliography.register(Citation([CitationItem(item["id"])]))
        return "".join(f"{entry}\n" for entry in bibliography.bibliography()).replace(NO_TAG, "<")


FORMATS: dict[str, Callable[[Sequence[Item]], str]] = {"csl": csl, "bibtex": bibtex, "ris": ris, "text": text}


def latex(words: str) -> str:
    """Words with everything that TeX or BibTeX would obey escaped."""
    apart = LIGATURES.sub(lambda found: found[0] + "\0", words)
    return "".join(LATEX.get(letter, letter) for letter in apart).replace("\0", "{}")


def _key(item: Item) -> str:
    return f"tamarisk-{item['id'][:13]}"


def _iso(item: Item) -> str:
    """The date as ISO 8601, a stretch with a slash; empty where it is not in numbers."""
    parts = item.get("issued", {}).get("date-parts", ())
    return "/".join(
        "-".join(f"{number:04d}" if at == 0 else f"{number:02d}" for at, number in enumerate(one)) for one in parts
    )


def _year(item: Item) -> str:
    return _iso(item)[:4] or str(item.get("issued", {}).get("literal", ""))
