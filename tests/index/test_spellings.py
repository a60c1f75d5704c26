"""Words that are written in several ways find each other, and are marked where they stand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import texts as stored
from archive.records import TextRow
from index import compounds, spellings
from index.answers import Query
from index.compounds import JOINT
from index.marks import follow
from index.tree import And, Or, Word
from tests.index.conftest import Desk

TEXTS = {
    "comma": "They paid 10,000 dollars.",
    "blank": "They paid 10 000 dollars.",
    "thin": "They paid 10\u202f000 dollars.",
    "dot": "They paid 10.000 dollars.",
    "plain": "They paid 10000 dollars.",
    "arabic": "دفعوا ١٠٬٠٠٠ دولار",
    "year": "In 2015 and on 2015-10-17, page 2 of 15.",
    "negation": "We don\u2019t know.",
    "negated": "We dont know.",
    "name": "Conan O'Brien, not she'll and not it's.",
    "joined name": "Conan Obrien, a shell of its own.",
    "hyphen": "The case of Gui-Minhai goes on.",
    "blank name": "The case of Gui Minhai goes on.",
    "one word": "The case of Guiminhai goes on.",
    "line": "It is inter-\nnational law against anti-\ncorruption work and well-\r\n  known.",
    "no line": "It is international law against anticorruption work.",
    "book": "قرأت كتاب جديد",
    "the book": "قرأت الكتاب الجديد",
    "and the book": "والكتاب للكتاب",
    "parents": "بر الوالدين والدين",
    "God": "عبد الله",
}


@pytest.fixture(scope="module")
def shelf(make_desk: Callable[[], Desk]) -> Desk:
    desk = make_desk()
    desk.ids = {desk.add(text): name for name, text in TEXTS.items()}  # type: ignore[attr-defined]
    desk.index.update()
    return desk


NUMBERS = {"comma", "blank", "thin", "dot", "plain", "arabic"}
NAMES = {"hyphen", "blank name", "one word"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10000", NUMBERS),
        ("10,000", NUMBERS),
        ("10.000", NUMBERS),
        ("10 000", NUMBERS),
        ("10\u00a0000", NUMBERS),
        ("١٠٬٠٠٠", NUMBERS),
        ("10000 dollars", NUMBERS - {"arabic"}),
        ('"10,000 dollars"', NUMBERS - {"arabic"}),
        ('"paid 10000"', NUMBERS - {"arabic"}),
        ("2015", {"year"}),
        ("2015-10-17", {"year"}),
        ("201510", set()),
        ("215", set()),
        ("don't", {"negation", "negated"}),
        ("don’t", {"negation", "negated"}),
        ("dont", {"negation", "negated"}),
        ("o'brien", {"name", "joined name"}),
        ("OBrien", {"name", "joined name"}),
        ("obri*", {"name", "joined name"}),
        ("o'bri*", {"name", "joined name"}),
        ("obrein~2", {"name", "joined name"}),
        ("shell", {"joined name"}),
        ("she'll", {"name"}),
        ("its", {"joined name"}),
        ("guiminhai", {"hyphen", "one word"}),
        ("gui-minhai", NAMES),
        ("gui minhai", NAMES),
        ("gui minhai case", NAMES),
        ('"gui-minhai goes"', NAMES),
        ("international", {"line", "no line"}),
        ('"international law"', {"line", "no line"}),
        ("national", {"line"}),
        ("corruption", {"line"}),
        ("anti-corruption", {"line", "no line"}),
        ("well-known", {"line"}),
        ("known", {"line"}),
        ("inter", {"line"}),
        ("كتاب", {"book", "the book", "and the book"}),
        ("الكتاب", {"book", "the book", "and the book"}),
        ("وبالكتاب", {"book", "the book", "and the book"}),
        ('"كتاب جديد"', {"book", "the book"}),
        ("الكت*", {"book", "the book", "and the book"}),
        ("الك*", {"book", "the book", "and the book"}),
        ("الكت?ب", {"book", "the book", "and the book"}),
        ("*تاب", {"book", "the book", "and the book"}),
        ("الكتب~", {"book", "the book", "and the book"}),
        ("دين", set()),
        ("والدين", {"parents"}),
        ("له", set()),
        ("الله", {"God"}),
    ],
)
def test_found_and_marked(shelf: Desk, text: str, expected: set[str]) -> None:
    names: dict[str, str] = shelf.ids  # type: ignore[attr-defined]
    assert {names[identity] for identity in shelf.found(text)} == expected
    answer = shelf.ask(text)
    assert not answer.relaxed
    for hit in answer.hits:
        assert hit.snippet.marks, names[hit.id]


@pytest.mark.parametrize(
    ("name", "text", "marked"),
    [
        ("comma", "10000", ["10,000"]),
        ("plain", "10,000", ["10000"]),
        ("arabic", "10,000", ["١٠٬٠٠٠"]),
        ("negation", "dont", ["don’t"]),
        ("hyphen", "guimin*", ["Gui-Minhai"]),
        ("one word", "gui minhai", ["Guiminhai"]),
        ("line", "international", ["inter-\nnational"]),
        ("line", '"international law"', ["inter-\nnational law"]),
        ("line", "corruption AND national", ["national", "corruption"]),
        ("line", "wellknown", ["well-\r\n  known"]),
        ("the book", "كتاب", ["الكتاب"]),
        ("and the book", "كتاب", ["والكتاب", "للكتاب"]),
    ],
)
def test_marks_stand_on_the_stored_characters(shelf: Desk, name: str, text: str, marked: list[str]) -> None:
    identity = next(identity for identity, known in shelf.ids.items() if known == name)  # type: ignore[attr-defined]
    document = shelf.document(identity)
    whole = "".join(row.text for row in rows(shelf, identity))
    spans = shelf.index.searcher().marks(Query(text), document, rows(shelf, identity))
    assert [whole[start:end] for start, end in spans] == marked


def rows(desk: Desk, identity: str) -> list[TextRow]:
    document = desk.document(identity)
    return list(stored.rows(desk.archive.db, document.row, document.text_version))


def test_what_was_searched_is_said(shelf: Desk) -> None:
    assert shelf.index.searcher().first(Query("gui minhai")).interpretation == "(gui minhai) OR guiminhai"
    assert shelf.index.searcher().first(Query("case goes")).interpretation == "case goes"


def test_words_side_by_side_as_one() -> None:
    gui, minhai, trial = Word("gui"), Word("minhai"), Word("trial")
    joined = Or((And((gui, minhai), implied=True), Word("guiminhai")))
    known = {"guiminhai"}.__contains__
    assert spellings.widened(And((gui, minhai), implied=True), known) == joined
    assert spellings.widened(And((trial, gui, minhai), implied=True), known) == And((trial, joined), implied=True)
    for tree in (And((gui, minhai)), And((gui, minhai, trial, trial), implied=True), gui):
        assert spellings.widened(tree, known) == tree


@given(text=st.text(st.sampled_from("ab-'’\n\r \u00ad1Ñ大ب")))
def test_compounds_are_words_with_joints(text: str) -> None:
    spans = list(compounds.compounds(text))
    assert spans == sorted(spans)
    for start, end in spans:
        parts = JOINT.split(text[start:end])
        assert len(parts) > 1
        assert all(part.isalnum() for part in parts)
    joined, positions = follow(text)
    assert positions is None or len(positions) == len(joined) + 1


def test_an_elided_acronym_is_no_name(desk: Desk) -> None:
    desk.add("Une militante d'ONG et l'ONU.", language="fr")
    named = desk.add("Mr O'Brien came.", language="en")
    assert desk.found("dong") == []
    assert desk.found("lonu") == []
    assert desk.found("obrien") == [named]
