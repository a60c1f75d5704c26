"""Every form is read back by a library as what was put into it, whatever the metadata hold."""

from __future__ import annotations

import json

import rispy
from bibtexparser import parse_string
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text

from archive.citations import formats
from archive.citations.items import Item, address, clean

HOSTILE = [
    "{", "}", "}{", "\\", "\\input{x}", "a } @misc{x, title={y}", "ER  - ", "TY  - BOOK", "\n\nER  - \n", "a, b and c",
    "``''", "--- -- -", "50 % & $x_1^2~#", "\u202eabc", "\x00\x1b[31m", "ئۇيغۇر (2015)", "维权律师“某甲”", "བོད་ཡིག",
    "<span class=\"nocase\">x</span>", "<i>x</i> &amp;", "\"quoted\" 'single'", "?` !`", "<<>>",
    "\ufdd0", "\ud800", ",,", "a; b",
]  # fmt: skip
texts = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_characters="\u02c6"), max_size=40)).map(clean)
dates = st.one_of(
    st.just({}),
    st.builds(lambda year: {"date-parts": [[year]]}, st.integers(1, 9999)),
    st.builds(
        lambda y, m, d: {"date-parts": [[y, m, d]]}, st.integers(1, 9999), st.integers(1, 12), st.integers(1, 28)
    ),
    texts.map(lambda words: {"literal": words} if words else {}),
)


@st.composite
def cited(draw: st.DrawFn) -> Item:
    """An item with any metadata, as `items.of_document` makes it."""
    made: Item = {
        "id": str(draw(st.uuids())),
        "type": draw(st.sampled_from(["document", "article-newspaper", "book", "report", "webpage"])),
        "title": draw(texts),
        "author": [{"literal": name} for name in draw(st.lists(texts.filter(bool), max_size=3))],
        "publisher": draw(texts),
        "issued": draw(dates),
        "URL": address(draw(texts)),
        "note": draw(texts),
    }
    return {name: value for name, value in made.items() if value}


def every(words: str) -> Item:
    return {"id": "0" * 36, "type": "document", "title": words, "author": [{"literal": words}], "note": words}


def several(test: object) -> object:
    for words in filter(None, map(clean, HOSTILE)):
        test = example([every(words)])(test)  # type: ignore[arg-type]
    return test


@several
@given(st.lists(cited(), max_size=3, unique_by=lambda item: item["id"]))
def test_csl_comes_back(items: list[Item]) -> None:
    assert json.loads(formats.csl(items)) == items


@several
@settings(max_examples=60)
@given(st.lists(cited(), max_size=3, unique_by=lambda item: item["id"][:13]))
def test_bibtex_comes_back(items: list[Item]) -> None:
    library = parse_string(formats.bibtex(items))
    assert not library.failed_blocks
    assert len(library.blocks) == len(library.entries) == len(items)
    for item, entry in zip(items, library.entries, strict=True):
        told = {name: field.value for name, field in entry.fields_dict.items()}
        assert plain(told.get("title", "")) == item.get("title", "")
        assert [plain(name) for name in split(told.get("author", ""))] == [
            name["literal"] for name in item.get("author", ())
        ]
        assert plain(told.get("note", "")) == item.get("note", "")
        assert plain(told.get("year", "")).endswith(item.get("issued", {}).get("literal", ""))
        assert told.get("url", "") == item.get("URL", "")


@several
@given(st.lists(cited(), min_size=1, max_size=3))
def test_ris_comes_back(items: list[Item]) -> None:
    told = rispy.loads(formats.ris(items))
    assert len(told) == len(items)
    for item, entry in zip(items, told, strict=True):
        assert entry["id"] == item["id"]
        assert entry.get("title", "") == item.get("title", "")
        assert entry.get("authors", []) == [name["literal"] for name in item.get("author", ())]
        assert entry.get("publisher", "") == item.get("publisher", "")
        assert entry.get("urls", []) == ([item["URL"].replace(";", "%3B")] if "URL" in item else [])
        assert entry.get("notes", []) == ([item["note"]] if "note" in item else [])


@several
@settings(max_examples=40)
@given(st.lists(cited(), max_size=3, unique_by=lambda item: item["id"]))
def test_text_is_one_line_for_each_and_holds_their_words(items: list[Item]) -> None:
    lines = formats.text(items).split("\n")
    assert len(lines) == len(items) + 1
    for item, line in zip(items, lines, strict=False):
        assert item.get("URL", "") in line
        assert letters(item.get("title", "")) in letters(line)


def test_text_reads_as_a_person_would_write_it() -> None:
    item = {
        "id": "1",
        "type": "article-newspaper",
        "title": "某甲 and the <i>desk</i>",
        "author": [{"literal": "A. Author"}, {"literal": "某作者"}],
        "container-title": "The Paper",
        "issued": {"date-parts": [[2022, 1, 19]]},
        "URL": "https://example.org/a",
        "note": "SHA-256 00ff",
    }
    assert formats.text([item, {"id": "2", "type": "document", "title": "Other"}]) == (
        "A. Author and 某作者, “某甲 and the <i>desk</i>”, The Paper, 19 January 2022, https://example.org/a, "
        "SHA-256 00ff.\n"
        "“Other”, no date.\n"
    )


def plain(latex: str) -> str:
    """What TeX would print; the library takes the circumflex for the accent that looks like it."""
    printed = str(LatexNodes2Text(keep_comments=True, strict_latex_spaces=True).latex_to_text(latex))
    return printed.replace("\u02c6", "^")


def split(authors: str) -> list[str]:
    """The names of a BibTeX author field: the word "and" divides only outside of braces."""
    names, depth, last = [], 0, 0
    for at, letter in enumerate(authors):
        depth += (letter == "{") - (letter == "}")
        if depth == 0 and authors.startswith(" and ", at):
            names.append(authors[last:at])
            last = at + 5
    return [*names, authors[last:]] if authors else []


def letters(words: str) -> str:
    """The letters and digits alone: a style may set other quotation marks and points."""
    return "".join(letter for letter in words if letter.isalnum())
