"""How a query may go on: words as they are written, names, terms, fields and values that records have."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.cases import recording
from archive.cases.recording import Draft
from archive.cases.records import Citation, Entry, Kind
from index import gazetteer
from index.answers import Query
from index.complete import MOST, Completer, Completion
from index.language import understand
from index.suggest import Suggester
from index.tree import Value
from resources.places.names import plain
from tests.index.conftest import Desk


@pytest.fixture(scope="module")
def shelf(make_desk: Callable[[], Desk]) -> Desk:
    desk = make_desk()
    first = desk.add(
        "The lighthouse and the lantern. The lantern again, in Guantánamo.", countries=("TH", "LK"), language="en"
    )
    desk.add("A lantern beside a lamp. Şırnak, fener; смотритель маяка.", countries=("KZ",), language="zh-Hans")
    desk.add("ئۇيغۇرلار بىر چىراغ ياقتى. المنارة في الميناء", language="ug")
    drafts = (Draft("p", Kind.PERSON), Draft("q", Kind.PERSON), Draft("o", Kind.ORGANISATION), Draft("case", Kind.CASE))
    entries = (
        Entry("p", "name", "Example Lanternkeeper"),
        Entry("q", "name", "样本人"),
        Entry("o", "name", "Harbour Watch"),
        Entry("case", "outcome", "returned-forced", as_of="2015"),
    )
    recording.record(desk.archive.db, Citation(first, 1, 0, 9), drafts, entries, who="desk")
    desk.index.update()
    return desk


def completed(desk: Desk, typed: str) -> tuple[Completion, ...]:
    searcher = desk.index.searcher()
    names = Suggester(desk.archive.db, searcher)
    return Completer(desk.archive.db, searcher, lambda: names.names).complete(typed)


def texts(desk: Desk, typed: str, kind: str) -> list[str]:
    return [one.text for one in completed(desk, typed) if one.kind == kind]


def test_words_come_most_frequent_first_and_as_they_are_written(shelf: Desk) -> None:
    assert texts(shelf, "la", "word")[:1] == ["lantern"]
    assert set(texts(shelf, "la", "word")) >= {"lantern", "lamp"}
    assert texts(shelf, "harbour AND (gua", "word") == ["harbour AND (guantánamo"]
    assert texts(shelf, "смот", "word") == ["смотритель"]
    assert texts(shelf, "ئۇيغ", "word") == ["ئۇيغۇرلار"]
    assert texts(shelf, "چى", "word") == ["چىراغ"]
    assert texts(shelf, "-lighth", "word") == ["-lighthouse"]


def test_names_go_on_from_any_of_their_words_and_say_of_what_kind_they_are(shelf: Desk) -> None:
    (person,) = (one for one in completed(shelf, "lanternk") if one.kind == "name")
    assert (person.text, person.about) == ('"Example Lanternkeeper"', "person")
    assert texts(shelf, "bangkok example lan", "name") == ['bangkok "Example Lanternkeeper"']
    assert [one.about for one in completed(shelf, "harb") if one.kind == "name"] == ["organisation"]
    assert texts(shelf, "样", "name") == ["样本人"]
    assert {one.about for one in completed(shelf, "extradit") if one.kind == "name"} == {"term"}


def test_names_are_read_anew_when_one_comes_and_not_for_other_facts(desk: Desk) -> None:
    first = desk.add("A page.")
    desk.index.update()
    suggester = Suggester(desk.archive.db, desk.index.searcher())
    before = suggester.names
    assert before.beginning("newc", 5) == []

    def record(field: str, value: str) -> None:
        draft = (Draft("p", Kind.PERSON),)
        named = (Entry("p", field, value),)
        recording.record(desk.archive.db, Citation(first, 1, 0, 4), draft, named, who="desk")

    record("occupation", "lawyer")
    assert suggester.names is before
    record("name", "New Comer")
    record("name", "Newcomb")
    assert {one.name for one in suggester.names.beginning("newc", 5)} == {"Newcomb"}
    assert {one.name for one in suggester.names.beginning("comer", 5)} == {"New Comer"}


def test_fields_and_the_values_that_records_have(shelf: Desk) -> None:
    assert texts(shelf, "lantern cou", "field")[0] == "lantern country:"
    assert texts(shelf, "country:", "value") == ["country:Kazakhstan", 'country:"Sri Lanka"', "country:Thailand"]
    assert texts(shelf, "country:泰", "value") == ["country:泰国"]
    assert texts(shelf, "country:Тай", "value") == ["country:таиланд"]
    assert texts(shelf, 'country:"Sri La', "value") == ['country:"Sri Lanka"']
    assert texts(shelf, "country:Germ", "value") == []
    assert texts(shelf, "language:Uy", "value") == ["language:Uyghur"]
    about = {one.about for one in completed(shelf, "outcome:ret") if one.kind == "value"}
    assert "outcome returned-forced" in about


@pytest.mark.parametrize(
    "typed", ["country:", "country:泰", "country:Тай", 'country:"Sri La', "language:", "outcome:ret", "kind:"]
)
def test_every_value_that_is_offered_finds_what_it_stands_for(shelf: Desk, typed: str) -> None:
    searcher = shelf.index.searcher()
    offered = [one for one in completed(shelf, typed) if one.kind == "value"]
    assert offered
    for one in offered:
        assert searcher.totals(Query(one.text)).total > 0, one


def test_every_word_and_name_that_is_offered_finds_something(shelf: Desk) -> None:
    searcher = shelf.index.searcher()
    for typed in ("la", "gu", "смо", "fe", "چى", "ئۇ", "ال", "المن", "harb", "样", "exam"):
        for one in completed(shelf, typed):
            if one.kind == "word" or one.about in ("person", "organisation"):
                assert searcher.totals(Query(one.text)).total > 0, one


@pytest.mark.parametrize("typed", ["", " ", "l", "lantern ", "qqq", '"', "(", "Guantánamo"])
def test_what_says_too_little_or_stands_already_is_not_completed(shelf: Desk, typed: str) -> None:
    assert [one for one in completed(shelf, typed) if one.kind in ("word", "name")] == []


@given(st.text(max_size=30))
def test_any_text_may_be_completed(shelf: Desk, typed: str) -> None:
    found = completed(shelf, typed)
    assert len(found) <= MOST
    assert len({one.text for one in found}) == len(found)
    assert typed not in {one.text for one in found}


def test_places_are_offered_in_any_language_and_said_to_be_which(shelf: Desk) -> None:
    def offered(typed: str) -> list[tuple[str, str]]:
        return [(one.text, one.about) for one in completed(shelf, typed)]

    assert offered("place:曼")[0] == ("place:曼谷", "place TH-10")
    assert offered("held place:bangk")[0] == ("held place:Bangkok", "place TH-10")
    assert offered("place:กรุงเ")[0] == ("place:กรุงเทพ", "place TH-10")
    assert offered("place:sinkia") == [("place:Sinkiang", "place CN-XJ")]
    assert offered('place:"Mae S')[0] == ('place:"Mae Sot"', "place 1152188")
    assert [one.name for _, one in gazetteer.beginning("ban", 4)] == ["Bangkok", "Banten", "Banaadir", "Bandung"]
    assert ('place:"Tripoli, Libya"', "place LY-TB") in offered("place:trip")
    assert offered("place:") == offered("place:b") == offered("place:zzz") == []
    odd = ("place:ザ・ハンモ", "place:shahrak-e qo", "place:ابردین")  # brackets, a key of three digits, a comma
    for text, about in (one for typed in ("place:san jo", *odd) for one in offered(typed)):
        tree = understand(text).tree
        assert isinstance(tree, Value)
        assert (tree.field, tree.value) == ("place", about.removeprefix("place ")), text


@given(st.text(max_size=12))
def test_whatever_is_typed_after_place_can_be_taken(start: str) -> None:
    for name, one in gazetteer.beginning(start, MOST):
        assert plain(name).startswith(plain(start))
        assert gazetteer.understood(gazetteer.worded(name, one)) == (one,)
