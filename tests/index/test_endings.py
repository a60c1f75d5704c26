"""A name of a place is found with the endings and prepositions of its language, in documents of that language alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import endings, gazetteer
from index.answers import Filter
from tests.index.conftest import Desk

TEXTS = {
    "tr": ("Ankarada ve İstanbuldan gelenler; Ankara'da.", "tr"),
    "tr-apostrophe": ("İstanbul’un sokakları.", "tr"),
    "az": ("Gəncədə saxlanılıb.", "az"),
    "fi": ("Hänet pidätettiin Helsingissä, sitten Turussa.", "fi"),
    "fi-lahti": ("Lahdessa ja Tampereella, New Yorkissa ja Bangkokissa.", "fi"),
    "hu": ("Budapesten és Szegedről.", "hu"),
    "et": ("Tallinnas ja Pariisis.", "et"),
    "ug": ("ئۇ ئۈرۈمچىدە تۇتۇلغان، غۇلجىدىن كەلگەن.", "ug"),
    "ug-none": ("ئۈرۈمچىگە قايتتى.", ""),
    "ug-latin": ("U Ürümchide tutulghan.", "ug-Latn"),
    "kk": ("Ол Алматыда ұсталды.", "kk"),
    "ar": ("احتجز ببغداد ونقل لدمشق.", "ar"),
    "en": ("Vantaan, ankarada and tallinnas are no words of English.", "en"),
}
PLACES = {
    "Ankara": {"tr"},
    "Istanbul": {"tr", "tr-apostrophe"},
    "Gəncə": {"az"},
    "Helsinki": {"fi"},
    "Turku": {"fi"},
    "Lahti": {"fi-lahti"},
    "Tampere": {"fi-lahti"},
    "New York": {"fi-lahti"},
    "Bangkok": {"fi-lahti"},
    "Vantaa": set[str](),
    "Budapest": {"hu"},
    "Szeged": {"hu"},
    "Tallinn": {"et"},
    "Ürümqi": {"ug", "ug-none", "ug-latin"},
    "غۇلجا": {"ug"},
    "Алматы": {"kk"},
    "Baghdad": {"ar"},
    "دمشق": {"ar"},
}


@pytest.fixture(scope="module")
def shelf(make_desk: Callable[[], Desk]) -> tuple[Desk, dict[str, str]]:
    desk = make_desk()
    ids = {desk.add(text, language=language): name for name, (text, language) in TEXTS.items()}
    return desk, ids


@pytest.mark.parametrize(("name", "where"), PLACES.items())
def test_a_place_is_found_in_its_cases(shelf: tuple[Desk, dict[str, str]], name: str, where: set[str]) -> None:
    desk, ids = shelf
    assert {ids[one] for one in desk.found(f'place:"{name}"')} == where


def test_what_is_found_is_marked_whole_and_named(shelf: tuple[Desk, dict[str, str]]) -> None:
    desk, _ = shelf
    answer = desk.ask('place:"Ürümqi"')
    marked = {hit.snippet.text[start:end] for hit in answer.hits for start, end in hit.snippet.marks}
    assert marked == {"ئۈرۈمچىدە", "ئۈرۈمچىگە", "Ürümchide"}
    assert {one.found for one in answer.widened} == {"ئۈرۈمچى", "Urumchi"}
    (hit,) = desk.ask('place:"New York"').hits
    assert [hit.snippet.text[start:end] for start, end in hit.snippet.marks] == ["New Yorkissa"]


def test_a_place_left_out_takes_its_cases_with_it(shelf: tuple[Desk, dict[str, str]]) -> None:
    desk, ids = shelf
    (place,) = gazetteer.called("Ürümqi")
    left = {ids[one] for one in desk.found("", Filter("place", place.key, exclude=True))}
    assert left == TEXTS.keys() - PLACES["Ürümqi"]


def test_a_case_is_found_among_however_many_words_that_begin_so(desk: Desk) -> None:
    desk.add(*(" ".join(f"szegedx{page}y{at}" for at in range(400)) for page in range(3)), language="hu")
    rare = desk.add("Szegedről jött.", language="hu")
    desk.add(" ".join(f"szegedx{page}y{at}" for page in range(3) for at in range(400)), language="hu")
    assert desk.found("place:Szeged") == [rare]


def test_every_ending_is_one_that_the_index_can_hold() -> None:
    for language, growth in endings.GROWTHS.items():
        assert growth.after or growth.before, language
        script, after, before = endings._made(language)
        assert len(after) == len(growth.after.split())
        assert all(map(script.fullmatch, after))
        assert all(script.fullmatch(one) for one in before)
