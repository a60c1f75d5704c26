"""What may have been meant: words and names of the archive, counted, and never searched for by itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.cases import recording
from archive.cases.recording import Draft
from archive.cases.records import Citation, Entry, Kind
from index.answers import Filter, Query
from index.packed import Words
from index.suggest import FEW, Suggester, Suggestion
from tests.index.conftest import Desk

TEXTS = (
    "The lighthouse keeper was sent to Guantánamo; the exit ban was lifted in November.",
    "Another lighthouse, and a harbour with a lantern.",
    "В гавани стоял маяк, и смотритель зажёг фонарь.",
    "ۋادىدا بىر چىراغ بار ئىدى. ئۇيغۇرلار كەلدى.",
    "كانت المنارة في الميناء، وفي السجن ضوء.",
    "样本人在曼谷被捕。",
    "Şırnak'ta bir fener vardı.",
    "A report without a country of its own, on Bangkok.",
)


@pytest.fixture(scope="module")
def shelf(make_desk: Callable[[], Desk]) -> Desk:
    desk = make_desk()
    ids = [desk.add(text) for text in TEXTS]
    for at in range(20):
        desk.add(f"Number {at} of the reports on the prison says nothing of it.", countries=("TH", "LA"))
    desk.add("The prizon was misspelt here.", countries=("TH",))
    drafts = (Draft("p", Kind.PERSON), Draft("o", Kind.ORGANISATION))
    entries = (Entry("p", "name", "样本人"), Entry("o", "name", "Harbour Watch"))
    recording.record(desk.archive.db, Citation(ids[0], 1, 0, 9), drafts, entries, who="desk")
    desk.index.update()
    return desk


def suggested(desk: Desk, text: str, *filters: Filter) -> tuple[Suggestion, ...]:
    searcher = desk.index.searcher()
    query = Query(text, filters)
    wanting = searcher.first(query).relaxed or searcher.totals(query).total <= FEW
    return Suggester(desk.archive.db, searcher).suggest(query, wanting=wanting)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lighthose", "lighthouse"),
        ("lihgthouse", "lighthouse"),
        ("keeper lighthose", "keeper lighthouse"),
        ("guantanmo", "guantánamo"),
        ("exitban", "exit ban"),
        ("смотритиль", "смотритель"),
        ("چىرغ", "چىراغ"),
        ("ئۇيغۇرلا", "ئۇيغۇرلار"),
        ("المنرة", "المنارة"),
        ("fenre", "fener"),
        ("prizon", "prison"),
        ("样木人", "样本人"),
        ("harbor AND lantren", "harbour AND lantern"),
        ('"lighthouse keepr"', '"lighthouse keeper"'),
    ],
)
def test_slips_are_corrected_as_the_archive_writes_it(shelf: Desk, typed: str, meant: str) -> None:
    first = next(one for one in suggested(shelf, typed) if one.way == "spelling")
    assert first.words.casefold() == meant.casefold()
    assert first.query.text == first.words
    assert first.found == shelf.index.searcher().totals(first.query).total > 0


@pytest.mark.parametrize(
    "typed", ["lighthouse", "harbour", "曼谷", "", "qqqqqq", "xy", "lantern~", "lighth*", "2015", "AND"]
)
def test_what_is_found_or_near_nothing_is_left_alone(shelf: Desk, typed: str) -> None:
    assert [one for one in suggested(shelf, typed) if one.way == "spelling"] == []


def test_the_same_letters_are_not_offered_where_they_find_no_more(make_desk: Callable[[], Desk]) -> None:
    desk = make_desk()
    desk.add("该船在泉水镇。", name="2018-shui-lan-lan.txt")
    desk.index.update()
    assert desk.index.searcher().totals(Query("shui lanlan")).total == 1
    assert not suggested(desk, "shui lanlan")


def test_the_answer_itself_is_that_of_what_was_typed(shelf: Desk) -> None:
    assert shelf.ask("lighthose").hits == ()
    assert shelf.ask("lighthose").interpretation == "lighthose"


def test_filters_stay_and_count(shelf: Desk) -> None:
    (one,) = suggested(shelf, "prisom", Filter("country", "TH"))
    assert (one.query.filters, one.found) == ((Filter("country", "TH"),), 20)
    assert suggested(shelf, "lighthose", Filter("country", "TH")) == ()


@pytest.mark.parametrize("name", ["Thailand", "泰国", "泰國", "تايلاند", "Siam", "ไทย", "Tayland", "ТАИЛАНД", "暹罗"])
def test_the_name_of_a_country_is_offered_as_a_filter_and_not_applied(shelf: Desk, name: str) -> None:
    (one,) = (one for one in suggested(shelf, name) if one.way == "country")
    assert (one.words, one.query.text, one.query.filters) == ("TH", "", (Filter("country", "TH"),))
    assert one.found == 21


def test_a_country_beside_other_words_leaves_them(shelf: Desk) -> None:
    (one,) = (one for one in suggested(shelf, "prison Siam") if one.way == "country")
    assert (one.query.text, one.found) == ("prison", 20)
    assert [one for one in suggested(shelf, "prison Siam", Filter("country", "TH")) if one.way == "country"] == []
    assert [one for one in suggested(shelf, "prison Germany") if one.way == "country"] == []  # none of its records
    assert [one for one in suggested(shelf, "it is in no") if one.way == "country"] == []


@given(st.text(max_size=40))
def test_any_text_may_be_asked_about(shelf: Desk, text: str) -> None:
    for one in suggested(shelf, text):
        assert one.found > 0
        assert one.query != Query(text)


WORDS = st.lists(st.text(st.sampled_from("abcдежقكو樣本"), min_size=1, max_size=9), unique=True, max_size=40).map(
    sorted
)


@given(WORDS, st.text(st.sampled_from("abcдежقكو樣本"), max_size=9), st.integers(1, 2))
def test_packed_words_find_all_that_are_near_and_begin_so(words: list[str], typed: str, distance: int) -> None:
    from rapidfuzz.distance import OSA

    packed = Words.of(words)
    assert [packed[at] for at in range(len(packed))] == words
    near = {one.word for one in packed.near(typed, distance, 100)}
    assert near == ({word for word in words if 0 < OSA.distance(word, typed) <= distance} if typed else set())
    assert [packed[at] for at in packed.beginning(typed)] == [word for word in words if word.startswith(typed)]


def test_of_too_many_words_the_rarest_are_left_out(shelf: Desk) -> None:
    index = shelf.index.searcher()
    with index.at_rest() as db:
        assert db is not None
        every, some = Words.load(db), Words.load(db, most=10)
    assert len(every) > 10 >= len(some) > 0
    assert min(some.passages) > 1
