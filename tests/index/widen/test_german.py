"""A German word finds the compounds that begin with it, in German documents alone, behind what was typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answers import Query
from tests.index.conftest import Desk

TEXTS = {
    "word": ("Die Auslieferung wurde bewilligt; das Verfahren ruht.", "de"),
    "compound": ("Im Auslieferungsverfahren schwieg er.", "de"),
    "other": ("Eine Auslieferungsliste lag bei.", "de"),  # nothing else says Liste
    "haft": ("Haft ohne Richter. Der Haftrichter kam. Haftig ist kein Wort.", "de"),
    "short": ("Das Ei im Eierbecher; der Becher.", "de"),
    "english": ("He had a hand in it, and a handgun; the gun was new. Handfunc.", "en"),
    "swiss": ("Minderheiten und der Minderheitenschutz, also Schutz für eine Minderheit.", "de-CH"),
    "party": ("Gewerkschaftsfunktionäre, Funktionäre.", "de"),  # the word itself stands nowhere
}


@pytest.fixture(scope="module")
def shelf(make_desk: Callable[[], Desk]) -> Desk:
    desk = make_desk()
    for title, (text, language) in TEXTS.items():
        desk.add(text, title=title, language=language)
    desk.index.update()
    return desk


def through(shelf: Desk, text: str) -> dict[str, set[str]]:
    """By the title of each hit the compounds that led to it."""
    shelf.found(text, widen="all")
    hits = shelf.ask(text, widen="all").hits
    return {hit.title.text: {one.found for one in hit.through if one.way == "compound"} for hit in hits}


def test_compounds_are_found_behind_the_word_and_said(shelf: Desk) -> None:
    assert list(through(shelf, "Auslieferung").items()) == [("word", set()), ("compound", {"Auslieferungsverfahren"})]
    assert through(shelf, "Gewerkschaft") == {"party": {"Gewerkschaftsfunktionäre"}}
    assert through(shelf, "Haft").keys() == {"haft"}
    assert through(shelf, "Minderheit")["swiss"] == set()  # the word itself stands there
    (hit,) = shelf.ask("Gewerkschaft", widen="all").hits
    assert [hit.snippet.text[start:end] for start, end in hit.snippet.marks] == ["Gewerkschaftsfunktionäre"]


def test_what_is_no_german_compound_is_not_found(shelf: Desk) -> None:
    searched = {text: {one.found for one in shelf.ask(text, widen="all").widened} for text in ("Haft", "hand", "Ei")}
    assert "handgun" not in searched["hand"]
    assert searched["Haft"] == {"haftrichter"}
    assert "eierbecher" not in searched["Ei"]
    assert "other" not in through(shelf, "Auslieferung")


def test_it_can_be_left_out(shelf: Desk) -> None:
    assert through(shelf, "=Auslieferung") == {"word": set()}
    assert len(shelf.found("Auslieferung")) == 1
    question = shelf.ask("Wurde Auslieferung irgendwann irgendwo irgendwie bewilligt", widen="all")
    assert question.relaxed  # any of the words will do, compounds of them not
    assert "compound" not in {one.way for one in question.widened}


@given(st.sampled_from(["auslieferung", "haft", "hand", "minder", "gewerk", "ver", "a", "*", "haft verfahren"]))
def test_compounds_only_add(shelf: Desk, text: str) -> None:
    searcher = shelf.index.searcher()
    exactly = {hit.id for hit in searcher.first(Query(text, limit=100, widen="none")).hits}
    assert exactly <= {hit.id for hit in searcher.first(Query(text, limit=100, widen="all")).hits}
