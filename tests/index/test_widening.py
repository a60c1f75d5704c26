"""Promises about all widening together: it only ever adds, and what was imported is found by its own words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.cases import recording
from archive.cases.recording import Draft
from archive.cases.records import Citation, Entry, Kind
from index.answers import Filter, Query, Sort, Widen
from index.language import understand
from index.text import is_unspaced, words
from tests.index.conftest import Desk

TEXTS = (
    ("A woman was kidnapped at the harbour and returned.", "en"),
    ("They kidnap nobody; returns are voluntary, returning is not.", "en"),
    ("Secuestros y deportaciones en el puerto.", "es"),
    ("Un secuestro, una deportación.", "es"),
    ("有人在港口見過樣本人，他沒有回來。", "zh-Hant"),
    ("样本人于二〇一五年被带走。", "zh-Hans"),
    ("Yang Benren wrote: I return in spring.", "en"),
    ("Anna Yang returned.", "fr"),
    ("ۋادىدا بىر چىراغ بار ئىدى، چىراغلار يورۇق.", "ug"),
    ("Похищение и похищения.", "ru"),
    ("المعارض ومعارضون في الميناء", "ar"),
    ("Köyde bir liman vardı, köyler boştu.", "tr"),
    ("མི་ཞིག་གིས་ཡི་གེ་བྲིས།", "bo"),
    ("ท่าเรือเก่าในหมู่บ้าน", "th"),
)
WORDS = ("kidnap", "kidnapped", "returned", "return", "secuestro", "deportaciones", "样本人", "樣本", "yang", "benren",
         "anna", "похищения", "معارض", "köy", "liman", "چىراغ", "harbour", "nosuchword", "在港口")  # fmt: skip

LONG = "the very long phrase of words that runs over the break of the page and goes on and on to where nobody returned"


@pytest.fixture(scope="module")
def shelf(make_desk: Callable[[], Desk]) -> Desk:
    desk = make_desk()
    for at, (text, language) in enumerate(TEXTS):
        desk.add(text, title=f"Paper {at}", language=language, published=str(2000 + at))
    filler = "Nothing of note was said in this part of the report. "
    first, second = LONG[:75], LONG[76:]
    desk.add(f"{filler * 60} {first}", f"{second}. {filler * 4} Benren Yang returned.", title="Long", language="en")
    desk.add("He kidnaps nobody.", title="Kidnaps", authors=("Yang Anna",), language="en", name="returns.pdf")
    for at in range(25):
        desk.add(f"kidnaps {at} and returns", language="en", published=str(1950 + at))
    entries = [Entry("person", "name", name) for name in ("Yang Benren", "样本人", "Anna Yang")]
    note = desk.add("Yang Benren, 样本人, Anna Yang", title="note")
    drafts = (Draft("person", Kind.PERSON),)
    recording.record(desk.archive.db, Citation(note, 1, 0, 5), drafts, entries, who="desk")
    desk.index.update()
    return desk


def found(shelf: Desk, query: Query) -> set[str]:
    searcher = shelf.index.searcher()
    ids = [hit.id for hit in searcher.first(query).hits]
    assert len(ids) == len(set(ids)) == searcher.totals(query).total
    paged: list[str] = []
    while page := searcher.first(replace(query, offset=len(paged), limit=7)).hits:
        paged += [hit.id for hit in page]
    assert paged == ids
    return set(ids)


leaf = st.sampled_from(WORDS).flatmap(
    lambda word: st.sampled_from(
        (
            word,
            f"={word}",
            f'"{word}"',
            f"-{word}",
            f"-={word}",
            f"{word}*",
            f"={word}*",
            f"title:{word}",
            f"title:={word}",
            f"author:{word}",
            f"{word}~",
            f'="{word}"',
            f"a={word}",
        )
    )
)
RUNS = ("anna yang", '"anna yang"', '="anna yang"', '"yang anna"~3', '="yang benren"~5', "author:anna author:yang",
        "who saw yang benren at the harbour when he returned", f'"{LONG}"')  # fmt: skip
query = st.lists(
    leaf | st.sampled_from(RUNS) | st.sampled_from(("AND", "OR", "NOT", "(", ")", "kind:document", "date:2001..2010")),
    max_size=6,
)


@settings(max_examples=150)
@given(
    query.map(" ".join),
    st.sampled_from(("relevance", "newest")),
    st.sampled_from(((), (Filter("language", "en"),), (Filter("language", "es", exclude=True),))),
)
def test_switching_widening_off_only_ever_removes_hits(
    shelf: Desk, text: str, sort: Sort, filters: tuple[Filter, ...]
) -> None:
    def at(widen: Widen) -> set[str]:
        return found(shelf, Query(text, filters, sort, limit=1_000, widen=widen))

    none, names, everything = at("none"), at("names"), at("all")
    assert none <= names <= everything


@settings(max_examples=100)
@given(st.text(max_size=80))
def test_any_text_is_a_valid_query_with_all_its_widenings(shelf: Desk, text: str) -> None:
    found(shelf, Query(text, limit=1_000))
    assert understand(text).interpretation is not None


@pytest.mark.parametrize("widen", ["none", "all"])
def test_what_was_imported_is_found_by_each_of_its_words(shelf: Desk, widen: Widen) -> None:
    for at, (text, _) in enumerate(TEXTS):
        for word in words(text):
            stretches = [word]
            if is_unspaced(word):
                stretches = [word[start : start + 2] for start in range(max(1, len(word) - 1))]
            for stretch in stretches:
                titles = {hit.title.text for hit in shelf.ask(stretch, widen=widen, limit=100).hits}
                assert f"Paper {at}" in titles, stretch


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(categories=("L", "M", "Nd"), max_codepoint=0x2FFFF), min_size=1, max_size=24))
def test_any_word_that_was_imported_is_found(make_desk: Callable[[], Desk], text: str) -> None:
    """Whatever letters a text is made of: each of its words finds it, whether other forms are searched or not. Raised
    digits are footnotes and no words."""
    desk = make_desk()
    identity = desk.add(f"before {text} behind")
    for word in words(text):
        for widen in ("none", "all"):
            assert identity in desk.found(f'"{word}"', widen=widen)


def test_a_question_in_which_any_word_will_do_takes_other_forms_and_names(shelf: Desk) -> None:
    answer = shelf.ask("кто видел похищению около порта вчера вечером", widen="all")
    assert "question" in answer.notes
    assert {"Paper 9"} <= {hit.title.text for hit in answer.hits}
    assert {one.found for one in answer.widened} >= {"похищение", "похищения"}
    named = shelf.ask("did anyone hear that yang benren spoke at nosuchplace yesterday", widen="all")
    assert {"Paper 4", "Paper 5", "Paper 7"} <= {hit.title.text for hit in named.hits}
    assert not shelf.ask("кто видел похищению около порта вчера вечером").hits
