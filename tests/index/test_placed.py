"""A place as a filter finds it under all its names, in texts and as recorded, and never an ordinary word."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from archive import texts
from archive.cases import recording
from archive.cases.recording import Draft
from archive.cases.records import Citation, Entry, Kind, Stance
from archive.records import Verdict
from index import gazetteer
from index.answers import PLACE_NAME, Filter, Query
from index.placed import stands_for
from index.suggest import Suggester
from tests.index.conftest import Desk

TEXTS = {
    "en": "He was held in Bangkok in 2015.",
    "zh": "样本人在曼谷被捕。",
    "zh-Hant": "樣本人在仰光被捕。",
    "th": "ถูกจับที่กรุงเทพ เมื่อวาน",
    "ru": "Он был задержан в Бангкоке.",
    "ar": "احتجز في بانكوك عام 2015.",
    "burma": "The office in Rangoon was closed.",
    "uyghur": "ئۇ شىنجاڭ دىن كەلگەن.",
    "old": "A pamphlet of 1944 on East Turkestan.",
    "lower": "What a nice day; the reading was well attended, and the batman came.",
    "nice": "She flew to Nice, and it was a nice flight.",
    "tripoli": "Seen in Tripoli.",
    "title": "Nothing is said here.",
}
BANGKOK = {"en", "zh", "th", "ru", "ar", "case-bangkok"}


@pytest.fixture(scope="module")
def shelf(make_desk: Callable[[], Desk]) -> tuple[Desk, dict[str, str]]:
    desk = make_desk()
    ids = {
        name: desk.add(text, title="Letters from Reading" if name == "title" else "", publisher="Bangkok Daily")
        for name, text in TEXTS.items()
    }
    source = Citation(ids["lower"], 1, 0, 9)
    for name, country, *places in (
        ("case-bangkok", "TH", "Krung Thep, Thailand"),
        ("case-urumqi", "CN", "Urumchi No. 1 prison; Ürümqi"),
        ("case-denied", "CN", ""),
        ("case-tripoli", "LB", "Tripoli"),
    ):
        drafts = (Draft("case", Kind.CASE), Draft("event", Kind.EVENT, "case"))
        entries = [Entry("event", "host", country), *(Entry("event", "place", place) for place in places if place)]
        if name == "case-denied":
            entries.append(Entry("event", "place", "Kashgar", stance=Stance.DENIES))
        ids[name] = recording.record(desk.archive.db, source, drafts, entries, who="desk").made["case"]
    desk.index.update()
    return desk, ids


def found(shelf: tuple[Desk, dict[str, str]], text: str, *filters: Filter) -> set[str]:
    desk, ids = shelf
    return {name for hit in desk.found(text, *filters) for name, one in ids.items() if one == hit}


@pytest.mark.parametrize("name", ["Bangkok", "曼谷", "กรุงเทพ", "Бангкок", "بانكوك", "Krung Thep", "방콕", "बैंकॉक"])
def test_switching_scripts_gives_the_same_hits(shelf: tuple[Desk, dict[str, str]], name: str) -> None:
    (place,) = gazetteer.called(name)
    assert found(shelf, "", Filter("place", place.key)) == BANGKOK  # no publisher of that name is a place
    assert found(shelf, f'place:"{name}"') == BANGKOK
    assert found(shelf, f'place:"{name}" 2015') == {"en", "ar"}
    assert not BANGKOK & found(shelf, "", Filter("place", place.key, exclude=True))
    assert found(shelf, f'NOT place:"{name}"') == found(shelf, "", Filter("place", place.key, exclude=True))


def test_old_names_and_what_is_recorded_within_a_region_are_found(shelf: tuple[Desk, dict[str, str]]) -> None:
    for name in ("Xinjiang", "新疆", "شىنجاڭ", "Sinkiang", "East Turkestan"):
        assert found(shelf, f'place:"{name}"') == {"uyghur", "old", "case-urumqi"}
    assert found(shelf, "place:Yangon") == found(shelf, "place:仰光") == {"burma", "zh-Hant"}
    assert found(shelf, "place:Kashgar") == {"case-denied"}  # as words of the record: no source says that it was there
    assert "case-denied" not in found(shelf, "place:Xinjiang")


def test_ordinary_words_are_no_places_and_add_nothing(shelf: tuple[Desk, dict[str, str]]) -> None:
    assert found(shelf, "place:Nice") == {"nice"}
    assert found(shelf, "place:Reading") == {"title"}
    assert found(shelf, "place:Batman") == set()
    assert found(shelf, "nice") == {"lower", "nice"}  # words stay words
    desk, _ = shelf
    (hit,) = desk.ask("place:Nice").hits
    assert [hit.snippet.text[start:end] for start, end in hit.snippet.marks] == ["Nice"]


def test_passages_that_are_not_read_are_said(
    shelf: tuple[Desk, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, _ = shelf
    assert "places-unread" not in desk.ask("place:Nice").notes
    monkeypatch.setattr("index.named.READ", 1)
    desk.add("Nothing of the kind.")  # what was found before is kept until something changes
    assert "places-unread" in desk.ask("place:Nice").notes
    assert "places-unread" not in desk.ask("place:Bangkok").notes


def test_a_place_adds_no_words_to_a_query(shelf: tuple[Desk, dict[str, str]]) -> None:
    for text in ("bangkok", "曼谷", "Rangoon"):
        answer = shelf[0].ask(text, widen="all")
        assert PLACE_NAME not in [one.way for one in answer.widened]
    assert found(shelf, "bangkok") == {"en", *(name for name in TEXTS if name != "en")}  # by its publisher
    assert found(shelf, "title:bangkok") == set()


def test_places_of_one_name_are_told_apart_by_what_is_recorded(shelf: tuple[Desk, dict[str, str]]) -> None:
    libya, lebanon = gazetteer.called("Tripoli")
    assert found(shelf, "", Filter("place", lebanon.key)) == {"tripoli", "case-tripoli"}
    assert lebanon.key in stands_for("Tripoli", frozenset({"LB"}))
    assert libya.key not in stands_for("Tripoli", frozenset({"LB"}))
    assert libya.key in stands_for("Tripoli", frozenset())
    assert "US-CA" not in stands_for("San José", frozenset())  # nobody knows which one
    assert "US-CA" in stands_for("San José", frozenset({"US"}))


def test_the_answer_says_which_names_stand_there_and_marks_them(shelf: tuple[Desk, dict[str, str]]) -> None:
    desk, ids = shelf
    answer = desk.ask("", Filter("place", "TH-10"))
    assert {one.found for one in answer.widened} == {"Bangkok", "曼谷", "กรุงเทพ", "Бангкок", "بانكوك", "Krung Thep"}
    assert {one.way for one in answer.widened} == {PLACE_NAME}
    marked = {hit.snippet.text[start:end] for hit in answer.hits for start, end in hit.snippet.marks}
    assert marked == {"Bangkok", "曼谷", "กรุงเทพ", "Бангкоке", "بانكوك", "Krung Thep"}
    searcher, document = desk.index.searcher(), desk.document(ids["zh"])
    rows = texts.rows(desk.archive.db, document.row, document.text_version)
    assert searcher.marks(Query("", (Filter("place", "TH-10"),)), document, rows) == ((4, 6),)


def test_places_are_offered_apart_counted_and_never_applied(shelf: tuple[Desk, dict[str, str]]) -> None:
    desk, _ = shelf
    suggester = Suggester(desk.archive.db, desk.index.searcher())

    def offered(text: str, *filters: Filter) -> list[tuple[str, str, int]]:
        query = Query(text, filters)
        return [(one.words, one.query.text, one.found) for one in suggester.suggest(query, wanting=False)
                if one.way == "place"]  # fmt: skip

    assert offered("曼谷") == offered("bangkok") == [("TH-10", "", len(BANGKOK))]
    assert offered("2015 Бангкок") == [("TH-10", "2015", 2)]
    assert [key for key, _, _ in offered("Tripoli")] == ["LY-TB", "266826"]
    assert offered("nice") == []
    assert offered("Nice") == [("2990440", "", 1)]
    assert offered("bangkok", Filter("place", "TH-10")) == []
    assert offered("Oslo") == []  # none of its records
    assert desk.ask("曼谷").query.filters == ()


def test_what_has_no_place_recorded_is_found(shelf: tuple[Desk, dict[str, str]]) -> None:
    without = found(shelf, "", Filter("place", ""))
    assert without == {*TEXTS, "case-denied"}
    assert found(shelf, "", Filter("place", "", exclude=True)) == {"case-bangkok", "case-urumqi", "case-tripoli"}
    assert found(shelf, "", Filter("place", "XX-99")) == set()
    desk, _ = shelf
    assert "places-unknown" in desk.ask("", Filter("place", "XX-99")).notes
    assert "places-unknown" in desk.ask("", Filter("place", "XX-99", exclude=True)).notes
    for value in ("", "TH-10", "TH-10 MM-06"):
        assert "places-unknown" not in desk.ask("", Filter("place", value)).notes


def test_what_could_not_be_read_may_name_the_place_and_is_counted(desk: Desk) -> None:
    desk.add("Held in Bangkok.")
    desk.add("", verdict=Verdict.NONE, reason="no-text-layer")
    assert len(desk.found("", Filter("place", "TH-10"))) == 1
    covered = desk.index.searcher().coverage(Query("", (Filter("place", "TH-10"),)))
    assert (covered.documents, [gap.records for gap in covered.gaps]) == (2, [1])


def test_what_is_recorded_later_is_found(desk: Desk) -> None:
    source = desk.add("A page.")
    assert desk.found("place:Yangon") == []
    drafts, entries = (Draft("e", Kind.ORGANISATION),), (Entry("e", "name", "Desk"), Entry("e", "place", "Rangoon"))
    made = recording.record(desk.archive.db, Citation(source, 1, 0, 6), drafts, entries, who="desk").made
    assert desk.found("place:Yangon") == [made["e"]]


def test_what_is_recorded_is_understood_once_however_often_it_is_said(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = desk.add("A page.")
    for name in ("one", "two", "three"):
        drafts = (Draft(name, Kind.ORGANISATION),)
        entries = [Entry(name, "name", name), Entry(name, "place", "Rangoon; Ürümqi")]
        recording.record(desk.archive.db, Citation(source, 1, 0, 6), drafts, entries, who="desk")
    asked: list[str] = []

    def counted(value: str, countries: frozenset[str]) -> frozenset[str]:
        asked.append(value)
        return stands_for(value, countries)

    monkeypatch.setattr("index.placed.stands_for", counted)
    assert len(desk.found("place:Yangon")) == len(desk.found("place:Xinjiang")) == 3
    assert asked == ["Rangoon; Ürümqi"]


def test_ordinary_words_without_capitals_are_not_looked_for(desk: Desk) -> None:
    desk.add("كان في المدينة أمس")
    medina = desk.add("وصل إلى المدينة المنورة أمس")
    desk.add("他在市中心参加民主青年联合会，追求和平。丹尼斯到过威尼斯。")
    desk.add("ไม่มีเลย")
    for name in ("Cannes", "Nice", "Loei", "Zhongxin", "Heping", "Dongying", "Hòa Bình"):
        assert desk.found(f'place:"{name}"') == [], name
    assert desk.found('place:"المدينة المنورة"') == [medina]
    assert desk.found("place:Madinah") == [medina]


def test_a_name_within_a_longer_one_of_elsewhere_is_not_the_place(desk: Desk) -> None:
    desk.add("He lived in New York.")
    both = desk.add("From York he went to New York.")
    york = desk.add("A street in York; the Duke of York.")
    desk.add("他住在罗马尼亚。")
    rome = desk.add("他从罗马尼亚去了罗马。")
    assert set(desk.found('place:"York, England"')) == {both, york}
    assert len(desk.found('place:"New York"')) == 2
    assert desk.found("place:Rome") == [rome]
    answer = desk.ask("place:Rome")
    assert "罗马" in [one.found for one in answer.widened]
    desk.add("Нью-Йорк и снова Нью-Йорк.")
    assert set(desk.found('place:"York, England"')) == {both, york}


def test_passages_with_the_longer_name_that_are_not_read_are_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.named.READ", 1)
    for _ in range(2):
        desk.add("From York to New York.")
    assert "places-unread" in desk.ask('place:"York, England"').notes
    assert "places-unread" not in desk.ask('place:"New York"').notes
