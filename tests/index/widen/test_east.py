"""Korean, kana and Tibetan words find themselves in Latin letters and the reverse, and short ones are never counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answers import Filter, Query, Widen
from index.vocabulary import Vocabulary
from index.widen import hangul, korean, scripts
from tests.index.conftest import Desk

TEXTS = {
    "hangul": "서울과 평양, 그리고 의정부에서. 전라북도. 홍길동이 왔다.",
    "persons": "윤명현, 전경희, 박태우와 장택률.",
    "papers": "Yoon Myung-hyun, Kyung-hee Chun and Park Tae-woo; Jang Thaek Ryul.",
    "revised": "From Seoul to Pyeongyang; Uijeongbu, Jeollabuk-do. Hong Gil-dong came.",
    "mccune": "P’yŏngyang and Ŭijŏngbu, in old books Chŏllabuk-to; Pyongyang. Hong Kil-tong.",
    "kana": "ひらがなで、とうきょうとほっかいどう。カタカナで、オオサカ。",
    "hepburn": "Tokyo, Hokkaidō and Osaka; hiragana.",
    "kunrei": "Tôkyô, hokkaidou, ôsaka.",
    "tibetan": "ལྷ་སའི་གྲོང་ཁྱེར། བཀྲ་ཤིས་ལྷུན་པོ་དང་ནོར་བུ་གླིང་ཀ ལྷ་ས། བསྟན་འཛིན་རྒྱ་མཚོ།",
    "phonetic": "Tashilhunpo and Norbulingka, in Lhasa. Tenzin Gyatso. Trashi Lhunpo.",
    "wylie": "In Wylie: bkra shis lhun po, nor bu gling ka, lha sa, bstan 'dzin rgya mtsho.",
}
LATIN = {"revised", "mccune", "hepburn", "kunrei", "phonetic", "wylie"}


@pytest.fixture(scope="module")
def desk(make_desk: Callable[[], Desk]) -> Desk:
    made = make_desk()
    for title, text in TEXTS.items():
        made.add(text, title=title)
    made.index.update()
    return made


@pytest.fixture(scope="module")
def vocabulary(desk: Desk) -> Vocabulary:
    return Vocabulary(desk.index.searcher()._index)


def titles(desk: Desk, text: str, widen: Widen, *filters: Filter) -> set[str]:
    query = Query(text, filters, limit=100, widen=widen)
    hits = desk.index.searcher().first(query).hits
    assert desk.index.searcher().totals(query).total == len(hits)
    return {hit.title.text for hit in hits}


@pytest.mark.parametrize(
    ("text", "counted", "sound"),
    [
        ("의정부", {"hangul", "revised", "mccune"}, set()),
        ("Uijeongbu", {"hangul", "revised"}, set()),
        ("Ŭijŏngbu", {"hangul", "mccune"}, set()),
        ("전라북도", {"hangul", "revised", "mccune"}, set()),
        ("Jeollabukdo", {"hangul", "revised"}, set()),
        ("홍길동", {"hangul", "revised", "mccune"}, set()),
        ('"Hong Gil-dong"', {"hangul", "revised"}, set()),
        ('"Gildong Hong"', {"hangul"}, set()),
        ("윤명현", {"persons", "papers"}, set()),
        ("전경희", {"persons", "papers"}, set()),
        ("박태우", {"persons", "papers"}, set()),
        ("장택률", {"persons", "papers"}, set()),
        ('"Yoon Myung-hyun"', {"persons", "papers"}, set()),
        ('"Chun Kyung-hee"', {"persons"}, set()),
        ('"Park Tae-woo"', {"persons", "papers"}, set()),
        ('"Jang Thaek-ryul"', {"persons", "papers"}, set()),
        ("서울", {"hangul"}, {"revised"}),
        ("Seoul", {"revised"}, {"hangul"}),
        ("Pyongyang", {"mccune"}, {"hangul"}),
        ("ほっかいどう", {"kana", "hepburn", "kunrei"}, set()),
        ("Hokkaido", {"kana", "hepburn"}, set()),
        ("オオサカ", {"kana", "hepburn", "kunrei"}, set()),
        ("Osaka", {"kana", "hepburn", "kunrei"}, set()),
        ("Tokyo", {"hepburn", "kunrei"}, {"kana"}),
        ("hiragana", {"kana", "hepburn"}, set()),
        ("カタカナ", {"kana"}, set()),
        ("བཀྲ་ཤིས་ལྷུན་པོ", {"tibetan", "phonetic", "wylie"}, set()),
        ("Tashilhunpo", {"tibetan", "phonetic"}, set()),
        ('"bkra shis lhun po"', {"tibetan", "wylie"}, set()),
        ('"Tashi Lhünpo"', {"tibetan"}, set()),
        ('"Tenzin Gyatso"', {"tibetan", "phonetic"}, set()),
        ("ནོར་བུ་གླིང་ཀ", {"tibetan", "phonetic", "wylie"}, set()),
        ("ལྷ་ས", {"tibetan", "wylie"}, {"phonetic"}),
        ("Lhasa", {"phonetic"}, {"tibetan"}),
        ('"lha sa"', {"tibetan", "wylie"}, set()),
    ],
)
def test_scripts_find_one_another(desk: Desk, text: str, counted: set[str], sound: set[str]) -> None:
    assert titles(desk, text, "all") == counted
    assert titles(desk, text, "sound") == sound


def test_it_is_said_at_the_hit_and_marked(desk: Desk) -> None:
    for text, title, way, marked in (
        ("Uijeongbu", "hangul", "korean", "의정부"),
        ("ほっかいどう", "hepburn", "kana", "Hokkaidō"),
        ("Tashilhunpo", "tibetan", "tibetan", "བཀྲ་ཤིས་ལྷུན་པོ"),
        ('"bkra shis lhun po"', "tibetan", "wylie", "བཀྲ་ཤིས་ལྷུན་པོ"),
    ):
        hits = {hit.title.text: hit for hit in desk.ask(text, widen="all").hits}
        assert [one.way for one in hits[title].through] == [way]
        snippet = hits[title].snippet
        assert marked in {snippet.text[start:end] for start, end in snippet.marks}


@pytest.mark.parametrize("text", ["=Uijeongbu", "=의정부", "=Hokkaido", "=Tashilhunpo", "=བཀྲ་ཤིས་ལྷུན་པོ"])
def test_it_is_switched_off_by_a_sign_and_for_good(desk: Desk, text: str) -> None:
    exactly = titles(desk, text, "all")
    assert exactly == titles(desk, text.lstrip("="), "none")
    assert exactly < titles(desk, text.lstrip("="), "all")


@given(st.text(st.sampled_from("서울평양의정부とうきょ་བཀྲཤིས abhkostz'-"), max_size=10))
def test_widening_only_adds(desk: Desk, text: str) -> None:
    assert titles(desk, text, "none") <= titles(desk, text, "all")


@pytest.mark.parametrize("run", ["경정시경정경", "경정시경정", "경정시경", "경정시", "경정"])
def test_the_spellings_of_a_run_are_few_enough_to_be_looked_up(run: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[int] = []

    def counted(ways: Iterator[tuple[int, ...]], **by: Callable[[tuple[int, ...]], object]) -> list[tuple[int, ...]]:
        found = list(ways)
        looked_at.append(len(found))
        return sorted(found, **by)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(korean, "sorted", counted, raising=False)
    spellings = list(korean.spellings(run))
    assert hangul.revised(run) == spellings[0]
    assert len(spellings) < 600
    assert 0 < max(looked_at) <= 1_000


def test_an_archive_without_these_scripts_is_asked_nothing_about_them(make_desk: Callable[[], Desk]) -> None:
    made = make_desk()
    made.add("Seoul, Osaka and Lhasa.")
    made.index.update()
    vocabulary = Vocabulary(made.index.searcher()._index)
    assert scripts.forms("Uijeongbu", vocabulary) == scripts.forms("Tashilhunpo", vocabulary) == []
    assert not vocabulary.kept
