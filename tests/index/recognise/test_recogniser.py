"""Candidates in a passage: known names, countries, places, terms and numbers, each with a value its field takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.cases import fields, judging, people, values, vocabularies
from archive.cases.records import Kind
from archive.cases.vocabularies import Label, Term
from archive.container import Archive
from index.recognise.recogniser import Recogniser
from index.recognise.records import Candidate, Found
from tests.archive.cases.conftest import Make, Say

FIELDS = {
    Found.DATE: "date",
    Found.PERIOD: "period",
    Found.DURATION: "duration",
    Found.COUNTRY: "host",
    Found.PLACE: "place",
    Found.PERSON: "person-concerned",
    Found.ORGANISATION: "by",
    Found.PROGRAMME: "programme",
    Found.RECORD: "about",
    Found.QUANTITY: "value",
}


def told(found: tuple[Candidate, ...], *kinds: Found) -> list[tuple[str, str]]:
    return [(one.words, one.value) for one in found if not kinds or one.kind in kinds]


def test_a_paragraph_gives_a_candidate_for_everything_in_it(plain: Recogniser) -> None:
    text = "In 2015 a lawyer was abducted in Bangkok, Thailand, for eight months; over 10,000 Swedish people wrote."
    assert [(one.kind, one.value) for one in plain.recognise(text, language="en")] == [
        (Found.DATE, "2015"),
        (Found.TERM, "lawyer"),
        (Found.TERM, "abduction"),
        (Found.TERM, "abduction"),
        (Found.PLACE, "Bangkok"),
        (Found.COUNTRY, "TH"),
        (Found.DURATION, "P8M"),
        (Found.QUANTITY, "over 10000"),
        (Found.COUNTRY, "SE"),
    ]


def test_places_and_countries_are_found_in_many_scripts(plain: Recogniser) -> None:
    text = "桂某在曼谷被带走，送回中國。 他在Таиланд。 في الصين"
    found = plain.recognise(text, language="zh")
    assert told(found, Found.PLACE) == [("曼谷", "Bangkok")]
    assert told(found, Found.COUNTRY) == [("中國", "CN"), ("Таиланд", "TH"), ("الصين", "CN")]
    assert [one.country for one in found if one.kind is Found.PLACE] == ["TH"]


@pytest.mark.parametrize(
    "text", ["a nice bar", "Nice weather", "Reading it", "polish the turkey", "tell us", "大家和平"]
)
def test_words_are_not_taken_for_places(plain: Recogniser, text: str) -> None:
    assert told(plain.recognise(text, language="en"), Found.PLACE, Found.COUNTRY) == []


def test_a_smaller_city_is_one_where_the_words_say_so(plain: Recogniser) -> None:
    assert told(plain.recognise("He fled to Nice. In Hong Kong", language="en"), Found.PLACE) == [("Nice", "Nice")]


def test_known_names_are_found_and_the_longest_counts(archive: Archive, make: Make) -> None:
    recogniser = Recogniser(archive.db)
    text = "The China Harbour Watch and Anna Example met. Later Example left for China; the example stayed."
    assert told(recogniser.recognise(text), Found.PERSON, Found.ORGANISATION) == []
    watch = make(Kind.ORGANISATION, name="China Harbour Watch")
    anna = make(Kind.PERSON, name="Anna Example")
    found = recogniser.recognise(text)
    assert told(found, Found.ORGANISATION, Found.PERSON, Found.COUNTRY) == [
        ("China Harbour Watch", watch.id),
        ("Anna Example", anna.id),
        ("Example", anna.id),
        ("China", "CN"),
    ]
    assert [one.uncertain for one in found if one.kind is Found.PERSON] == [False, True]
    later = recogniser.recognise("Example left.", before="Anna Example came.")
    assert told(later, Found.PERSON) == [("Example", anna.id)]


def test_two_of_one_name_are_both_offered_and_the_anonymised_never(archive: Archive, make: Make) -> None:
    one, other = make(Kind.PERSON, name="陳样本"), make(Kind.PERSON, name="陈样本")
    make(Kind.PERSON, name="王某")
    recogniser = Recogniser(archive.db)
    found = recogniser.recognise("陈样本与王某来了。", language="zh")
    assert {value for _, value in told(found, Found.PERSON)} == {one.id, other.id}
    people.merge(archive.db, one.id, other.id, "checked by hand", who="desk")
    assert told(recogniser.recognise("陈样本来了。", language="zh"), Found.PERSON) == [("陈样本", one.id)]


def test_a_name_that_was_taken_back_is_known_no_longer(archive: Archive, make: Make, say: Say) -> None:
    subject = make(Kind.PROGRAMME)
    recorded = say(subject, ("name", "Project Lantern"))
    recogniser = Recogniser(archive.db)
    assert told(recogniser.recognise("Under Project Lantern"), Found.PROGRAMME) == [("Project Lantern", subject.id)]
    judging.undo(archive.db, recorded, who="desk")
    assert told(recogniser.recognise("Under Project Lantern"), Found.PROGRAMME) == []


def test_terms_are_found_by_the_labels_of_the_language(archive: Archive) -> None:
    recogniser = Recogniser(archive.db)
    assert told(recogniser.recognise("他被綁架了。", language="zh"), Found.TERM) == [("綁架", "abduction")] * 2
    assert told(recogniser.recognise("趁著夜渡離開", language="zh-Hant"), Found.TERM) == []
    labels = (Label("en", "preferred", "Night crossing"), Label("zh-Hans", "preferred", "夜渡"))
    vocabularies.put(archive.db, Term("method", "night-crossing", "", "current", "", labels, ()))
    assert told(recogniser.recognise("趁著夜渡離開", language="zh-Hant"), Found.TERM) == [("夜渡", "night-crossing")]
    assert told(recogniser.recognise("Two night crossings", language="en"), Found.TERM) == [
        ("night crossings", "night-crossing")
    ]
    vocabularies.retire(archive.db, "method", "night-crossing", who="desk")
    assert told(recogniser.recognise("a night crossing", language="en"), Found.TERM) == []


@pytest.mark.parametrize(
    ("text", "language", "term"),
    [
        ("They were forcibly returned.", "en", "returned-forced"),
        ("He was freed in 2019.", "en", "released"),
        ("a kidnapping", "en", "abduction"),
        ("被劝返回国", "zh-Hans", "persuasion"),
        ("Fue secuestrado en Bangkok", "es", "abduction"),
        ("Elle a été enlevée", "fr", "abduction"),
        ("Его похитили", "ru", "abduction"),
        ("اختطاف", "ar", "abduction"),
        ("بۆلگۈنچىلىك", "ug", "separatism"),
    ],
)
def test_what_people_write_for_a_term_is_found(plain: Recogniser, text: str, language: str, term: str) -> None:
    assert term in {value for _, value in told(plain.recognise(text, language=language), Found.TERM)}


@pytest.mark.parametrize(
    "text",
    [
        "They return each spring; a return ticket.",
        "an official report",
        "in many cases",
        "extreme weather",
        "feel free",
    ],
)
def test_everyday_words_are_no_terms(plain: Recogniser, text: str) -> None:
    assert told(plain.recognise(text, language="en"), Found.TERM) == []


def test_a_vocabulary_gives_its_longest_term(plain: Recogniser) -> None:
    found = [
        one for one in plain.recognise("charged with inciting subversion of state power") if one.vocabulary == "charge"
    ]
    assert told(tuple(found)) == [("inciting subversion of state power", "inciting-subversion")]


TEXTS = """in 2015 early the over 10,000 three years Beijing Beijing's 北京 近百 人 被 绑架 Türkiye U.S. US abducted
lawyers ﬁ ß İ é \u0301 الصين 64 % since 去年 Hong Kong ཀ \U0001f333 \x00 Anna Example"""
WORDS = st.sampled_from(TEXTS.split())


@pytest.fixture(scope="module")
def takers() -> dict[str, str]:
    """A field for each vocabulary."""
    return {one.vocabulary: code for code, one in fields.everything().items() if one.vocabulary}


@given(
    st.lists(WORDS | st.text(max_size=3), max_size=14).map(" ".join) | st.lists(WORDS, max_size=8).map("".join),
    st.sampled_from(["", "en", "zh-Hans", "ar", "x-none", "tr", "no such"]),
    st.sampled_from(["", "2022-01-19", "2022/2024", "nonsense"]),
)
def test_any_text_gives_candidates_that_their_fields_take(
    plain: Recogniser, takers: dict[str, str], text: str, language: str, published: str
) -> None:
    for one in plain.recognise(text, language=language, published=published, before=text):
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.words
        field = fields.field(takers[one.vocabulary] if one.kind is Found.TERM else FIELDS[one.kind])
        assert values.canonical(plain._db, field, one.value) == one.value
