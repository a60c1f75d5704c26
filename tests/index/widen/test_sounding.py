"""What only sounds like what was typed stands apart, is never counted, and is said to be perhaps somebody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.answers import Filter, Query, Widen
from tests.index.conftest import Desk

TEXTS = {
    "latin": "A letter by Yang Benren.",
    "one": "有一封信是杨本仁写的。",
    "other": "有一封信是楊本任寫的。",
    "both": "杨本仁, in Latin letters Yang Benren.",
    "short": "杨仁写信，楊任回信。",
    "nobody": "海洋本来就很大。",
}


@pytest.fixture(scope="module")
def shelf(make_desk: Callable[[], Desk]) -> Desk:
    desk = make_desk()
    for name, text in TEXTS.items():
        desk.add(text, title=name, language="zh" if name != "latin" else "en")
    desk.index.update()
    return desk


def titles(shelf: Desk, text: str, widen: Widen, *filters: Filter) -> set[str]:
    query = Query(text, filters, limit=100, widen=widen)
    hits = shelf.index.searcher().first(query).hits
    assert shelf.index.searcher().totals(query).total == len(hits)
    return {hit.title.text for hit in hits}


@pytest.mark.parametrize("text", ["yang benren", "Yang Ben-ren", "yangbenren", "yáng běnrén", "benren yang"])
def test_a_sound_of_three_syllables_stands_apart(shelf: Desk, text: str) -> None:
    assert titles(shelf, text, "all") == {"latin", "both"}
    assert titles(shelf, text, "sound") == {"one", "other"}


def test_the_characters_are_named_and_marked(shelf: Desk) -> None:
    hits = shelf.index.searcher().first(Query("yang benren", widen="sound")).hits
    found = {hit.title.text: hit for hit in hits}
    assert [one.found for one in found["one"].through] == ["杨本仁"]
    assert [one.found for one in found["other"].through] == ["楊本任"]
    ((start, end),) = found["one"].snippet.marks
    assert found["one"].snippet.text[start:end] == "杨本仁"


def test_fewer_syllables_are_looked_for_on_request_alone(shelf: Desk) -> None:
    assert titles(shelf, '"yang ren"', "all") == set()
    assert titles(shelf, '"yang ren"', "sound") == set()
    assert titles(shelf, '"yang ren"', "any-sound") == {"short"}


def test_filters_and_dates_apply_and_nothing_is_any_word(shelf: Desk) -> None:
    assert titles(shelf, "yang benren", "sound", Filter("language", "en")) == set()
    assert titles(shelf, "yang benren letter", "sound") == set()
    assert titles(shelf, "=yang =benren", "sound") == set()


def test_han_typed_finds_the_spelling_that_stands_in_the_archive(shelf: Desk) -> None:
    assert titles(shelf, "杨本仁", "all") >= {"one", "both", "latin"}
    assert "other" not in titles(shelf, "杨本仁", "all")
