"""A name of a place is found with the endings and prepositions of its language, in documents of that language alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import endings, gazetteer
from index.answers import Filter
from index.named import SAMPLE
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


def test_what_only_looks_like_a_case_of_a_name_is_not_the_place(desk: Desk) -> None:
    desk.add("Buna karşı çıktı, buna karşın gitti.", language="tr")  # against; although
    desk.add("Shu yilida, 2015-yildan beri; yiliga.", language="uz")  # in the year
    desk.add("Ол Алматы қаласында.", language="kk")
    desk.add("وصل إلى باريس", language="ar")
    desk.add("قالت وكالة الأنباء إن إبادة جماعية", language="ar")  # agency; genocide
    desk.add("New Orleansissa.", language="fi")
    for place in ("Kars", "Ghulja", "Alma, Canada", "Arys", "Orléans, France", "Calais", "Abadeh"):
        assert desk.found(f'place:"{place}"') == [], place
    kars = desk.add("Kars'a gitti, Karstan döndü; buna karşı çıktı.", language="tr")
    only = desk.add("Karsta kaldı. Karşın.", language="tr")
    ili = desk.add("Yilida qamalgan.", language="uz")
    both = desk.add("New Orleansissa ja Orleansissa.", language="fi")
    assert set(desk.found("place:Kars")) == {kars, only}
    assert desk.found("place:Ghulja") == [ili]
    assert desk.found('place:"Orléans, France"') == [both]
    marked = {hit.snippet.text[start:end] for hit in desk.ask("place:Kars").hits for start, end in hit.snippet.marks}
    assert marked == {"Kars'a", "Karstan", "Karsta", "Karşın"}  # at the beginning of a sentence nothing tells


def test_passages_with_a_case_that_are_not_read_are_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.named.READ", 1)
    known, read = (desk.add(f"{word} kaldı.", language="tr") for word in ("Ankara", "Ankarada"))
    desk.add("Ankara ve Ankarada.", language="tr")  # is found without its case
    assert "places-unread" not in desk.ask("place:Ankara").notes
    assert {known, read} <= set(desk.found("place:Ankara"))
    desk.add("Ankarada durdu.", language="tr")
    assert "places-unread" in desk.ask("place:Ankara").notes


def test_a_case_that_mostly_has_a_capital_letter_is_the_place_without_one_too(desk: Desk) -> None:
    for _ in range(SAMPLE - 1):
        desk.add("Ankarada kaldı.", language="tr")
    small = desk.add("ankarada kaldı.", language="tr")
    english = desk.add("ankarada", language="en")
    found = desk.found("place:Ankara")
    assert len(found) == SAMPLE
    assert small in found
    assert english not in found
    marks = {hit.id: hit.snippet.marks for hit in desk.ask("place:Ankara", limit=SAMPLE).hits}
    assert marks[small] == ((0, 8),)


def test_every_ending_is_one_that_the_index_can_hold() -> None:
    for language, growth in endings.GROWTHS.items():
        assert growth.after or growth.before, language
        script, after, before = endings._made(language)
        assert len(after) == len(growth.after.split())
        assert all(map(script.fullmatch, after))
        assert all(script.fullmatch(one) for one in before)
