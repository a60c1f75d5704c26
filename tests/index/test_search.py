"""Searching: documents are found by their words wherever these stand, filtered, ordered, counted and shown."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.connect import Interrupted
from archive.records import TextRow
from index.answers import FACETS, Filter, Query
from index.ranking import LATEST, MATCHING, WITHIN
from index.search import Searcher
from index.tiers import Tiers
from tests.index.conftest import Desk

FILLER = "Nothing of note was said in this part of the report. "


@pytest.fixture(scope="module")
def shelf(make_desk: Callable[[], Desk]) -> Desk:
    """A few documents in several languages."""
    desk = make_desk()
    desk.ids = {  # type: ignore[attr-defined]
        "hotel": desk.add(
            "A traveller was kidnapped from his hotel. The police of Thailand opened a file.",
            title="The hotel",
            published="2015-10-17",
            language="en",
            countries=("TH",),
            publisher="Morning Paper",
            authors=("Ann Writer",),
            type="article",
            name="hotel-report.pdf",
        ),
        "long": desk.add(
            "On the first page stands the word kidnapping. " + FILLER * 60,
            FILLER * 60,
            "On the third page stands Thailand, and a red",
            "notice runs on from page to page. " + FILLER * 10,
            title="A long report",
            published="2016",
            language="en",
            countries=("TH", "LA"),
            publisher="Institute",
            type="report",
        ),
        "hans": desk.add(
            "大陆居民在泰国失踪。红色\n通报已经发出。", title="红色通报", language="zh-Hans", published="2014/2016"
        ),
        "hant": desk.add("大陸居民在泰國失蹤。", language="zh-Hant", countries=("CN",), published="2021-03"),
        "uyghur": desk.add("ئۇيغۇر تىلىدىكى ماقالە", language="ug"),
        "empty": desk.add("", title="A scan without text", name="scan 0042.tif", type="picture"),
        "garden": desk.add(
            "The garden has roses, and the roses have thorns. Café, naïve.", title="Garden", published="1999"
        ),
    }
    return desk


def names(desk: Desk, ids: list[str]) -> list[str]:
    known = {identity: name for name, identity in desk.ids.items()}  # type: ignore[attr-defined]
    return [known[identity] for identity in ids]


def found(desk: Desk, text: str, *filters: Filter, **how: object) -> set[str]:
    return set(names(desk, desk.found(text, *filters, **how)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kidnap* AND thailand", {"hotel", "long"}),
        ("kidnap* thailand", {"hotel", "long"}),
        ("kidnapping thailand", {"long"}),
        ("kidnap* NOT thailand", set()),
        ("thailand -kidnapping", {"hotel"}),
        ("thailand -(kidnapping OR roses)", {"hotel"}),
        ("kidnapping OR roses", {"long", "garden"}),
        ("(kidnapping OR roses) -page", {"garden"}),
        ('"red notice"', {"long"}),
        ('"notice red"', set()),
        ('"roses thorns"~3', {"garden"}),
        ('"roses thorns"~0', set()),
        ("kid?apped", {"hotel"}),
        ("kidnaped~", {"hotel"}),
        ("*port", {"long", "hotel"}),
        ("cafe naive", {"garden"}),
        ("大陆", {"hans", "hant"}),
        ("大陸", {"hans", "hant"}),
        ("泰", {"hans", "hant"}),
        ("发", {"hans"}),
        ("失踪", {"hans", "hant"}),
        ("红色通报", {"hans"}),
        ("红*报", {"hans"}),
        ("hotel-rep*", {"hotel"}),
        ("大陆 红色", {"hans"}),
        ("ئۇيغۇر", {"uyghur"}),
        ("scan without", {"empty"}),
        ("scan 0042", {"empty"}),
        ("hotel-report.pdf", {"hotel"}),
        ("title:hotel", {"hotel"}),
        ("title:police", set()),
        ("author:writer", {"hotel"}),
        ("publisher:institute OR publisher:morning", {"hotel", "long"}),
        ("country:thailand", {"hotel", "long"}),
        ("country:laos kidnapping", {"long"}),
        ("-country:thailand roses", {"garden"}),
        ("roses OR country:china", {"garden", "hant"}),
        ("language:chinese", {"hans", "hant"}),
        ("language:zh-Hant", {"hant"}),
        ("type:report", {"long"}),
        ("kind:document", {"hotel", "long", "hans", "hant", "uyghur", "empty", "garden"}),
        ("date:2015", {"hotel", "hans"}),
        ("date:2015-10-17", {"hotel", "hans"}),
        ("date:[2016 to 2021]", {"long", "hans", "hant"}),
        ("date:>2016", {"hant"}),
        ("date:<2000 roses", {"garden"}),
        ("NOT (language:en OR language:zh)", {"uyghur", "empty", "garden"}),
        ("nosuchword", set()),
    ],
)
def test_found(shelf: Desk, text: str, expected: set[str]) -> None:
    assert found(shelf, text) == expected
    assert not shelf.ask(text).relaxed


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ([Filter("country", "TH")], {"hotel", "long"}),
        ([Filter("country", "TH"), Filter("country", "CN")], {"hotel", "long", "hant"}),
        ([Filter("country", "TH"), Filter("country", "LA", exclude=True)], {"hotel"}),
        ([Filter("country", "TH"), Filter("year", "2016")], {"long"}),
        ([Filter("year", "2015")], {"hotel", "hans"}),
        ([Filter("year", "2015/2021")], {"hotel", "long", "hans", "hant"}),
        ([Filter("year", "")], {"uyghur", "empty"}),
        ([Filter("language", "zh")], {"hans", "hant"}),
        ([Filter("author", "Ann Writer")], {"hotel"}),
        ([Filter("country", "")], {"hans", "uyghur", "empty", "garden"}),
        ([Filter("publisher", "Nobody")], set()),
        ([Filter("verdict", "good", exclude=True)], set()),
    ],
)
def test_filters(shelf: Desk, filters: list[Filter], expected: set[str]) -> None:
    assert found(shelf, "", *filters) == expected


def test_a_phrase_over_a_page_break_opens_where_it_begins(shelf: Desk) -> None:
    (hit,) = shelf.ask('"red notice runs"').hits
    assert hit.page == 3
    assert "a red notice runs" in hit.snippet.text
    ((start, end),) = hit.snippet.marks
    assert hit.snippet.text[start:end] == "red notice runs"


def test_a_hit_shows_its_passage(shelf: Desk) -> None:
    hit = next(hit for hit in shelf.ask("thailand").hits if hit.page)
    assert (hit.kind, hit.date, hit.countries, hit.type, hit.page) == ("document", "2016", ("TH", "LA"), "report", 3)
    assert [hit.snippet.text[start:end] for start, end in hit.snippet.marks] == ["Thailand"]
    text = "".join(row.text for row in _rows(shelf, hit.id))
    assert " ".join(text[hit.passage.start : hit.passage.end].split()) == " ".join(hit.snippet.text.split())


def test_marks_in_titles_and_by_what_it_was_found(shelf: Desk) -> None:
    (hans, hant) = sorted(shelf.ask("大陸").hits, key=lambda hit: hit.language)
    assert (hans.matched_by, hant.matched_by) == (("traditional",), ())
    (hit,) = shelf.ask("title:紅色").hits
    assert [hit.title.text[start:end] for start, end in hit.title.marks] == ["红色"]
    assert {way for hit in shelf.ask("kidnap*").hits for way in hit.matched_by} == {"prefix"}
    assert shelf.ask("garden*").hits[0].matched_by == ()
    assert shelf.ask("gardem~").hits[0].matched_by == ("fuzzy",)
    assert shelf.ask("gar?en").hits[0].matched_by == ("wildcard",)
    assert shelf.ask("cafe").hits[0].matched_by == ("variants",)


def test_where_not_all_words_are_together_any_will_do(shelf: Desk) -> None:
    answer = shelf.ask("roses submarine")
    assert (answer.relaxed, names(shelf, [hit.id for hit in answer.hits])) == (True, ["garden"])
    assert answer.hits[0].matched_by == ("any-word",)
    assert shelf.index.searcher().totals(Query("roses submarine")).total == 1
    assert not shelf.ask("roses AND submarine").hits
    assert not shelf.ask('"roses submarine"').hits
    assert shelf.ask("红色通报失踪大陆").relaxed


def test_a_question_never_ends_in_nothing_found(shelf: Desk) -> None:
    answer = shelf.ask("which thorns does a rose in a garden of the seventeenth century have?")
    assert (answer.relaxed, answer.notes) == (False, ("question",))
    assert answer.hits[0].matched_by == ("any-word",)
    assert names(shelf, [hit.id for hit in answer.hits])[0] == "garden"


def test_operators_and_dates_are_no_question(shelf: Desk) -> None:
    words = "garden has roses and the thorns"
    assert shelf.ask(words).notes == ("question",)
    assert found(shelf, words, sort="newest") == {"garden"}
    assert found(shelf, "roses garden -alpha -beta -gamma -delta -epsilon") == {"garden"}
    assert found(shelf, "garden has ros* and the thorns") == {"garden"}


def test_order_by_date(shelf: Desk) -> None:
    everything = ["hant", "long", "hans", "hotel", "garden", "empty", "uyghur"]
    newest = names(shelf, shelf.found("", sort="newest"))
    assert [name for name in newest if name in ("hant", "hotel", "garden")] == ["hant", "hotel", "garden"]
    assert set(newest[-2:]) == {"uyghur", "empty"}
    oldest = names(shelf, shelf.found("", sort="oldest"))
    assert oldest[:3] == ["garden", "hans", "hotel"]
    assert set(oldest[-2:]) == {"uyghur", "empty"}
    assert set(newest) == set(everything)
    assert names(shelf, shelf.found("thailand", sort="oldest")) == ["hotel", "long"]
    assert names(shelf, shelf.found("thailand", sort="newest")) == ["long", "hotel"]


def test_facets_count_documents(shelf: Desk) -> None:
    shelf.index.update()
    totals = shelf.index.searcher().totals(Query(""), FACETS)
    counts = {field: {one.value: one.count for one in values} for field, values in totals.facets.items()}
    assert totals.total == 7
    assert counts["country"] == {"": 4, "TH": 2, "LA": 1, "CN": 1}
    assert counts["language"] == {"": 2, "en": 2, "ug": 1, "zh-Hans": 1, "zh-Hant": 1}
    assert counts["year"] == {"": 2, "2014": 1, "2015": 2, "2016": 2, "2021": 1, "1999": 1}
    assert counts["author"] == {"": 6, "Ann Writer": 1}
    assert counts["kind"] == {"document": 7}
    assert [one.count for one in totals.facets["country"]] == [4, 2, 1, 1]


def test_a_facet_leaves_out_its_own_inclusions(shelf: Desk) -> None:
    query = Query("", (Filter("country", "CN"), Filter("language", "en", exclude=True)))
    totals = shelf.index.searcher().totals(query, ("country", "language"))
    assert totals.total == 1
    assert {one.value for one in totals.facets["country"]} == {"", "CN"}
    assert {one.value for one in totals.facets["language"]} == {"zh-Hant"}


def test_words_that_are_none_find_nothing_and_say_so(shelf: Desk) -> None:
    answer = shelf.ask("!?")
    assert (answer.hits, answer.notes) == ((), ("no-words",))
    assert shelf.index.searcher().totals(Query("!?"), ("type",)).total == 0


def test_marks_for_the_reading_pane(shelf: Desk) -> None:
    searcher = shelf.index.searcher()
    identity = shelf.ids["long"]  # type: ignore[attr-defined]
    rows = _rows(shelf, identity)
    text = "".join(row.text for row in rows)
    marks = searcher.marks(Query('thailand "red notice" kidnap*'), shelf.document(identity), rows)
    assert [" ".join(text[start:end].split()) for start, end in marks] == ["kidnapping", "Thailand", "red notice"]
    assert searcher.marks(Query("nothing-such thailand"), shelf.document(identity), rows)
    assert searcher.marks(Query("?!"), shelf.document(identity), rows) == ()


def test_what_stands_for_too_many_words_says_so(make_desk: Callable[[], Desk]) -> None:
    desk = make_desk()
    for start in range(0, 1200, 100):
        desk.add(" ".join(f"port{number}ing" for number in range(start, start + 100)))
    (few, most) = desk.ask("port1*ing"), desk.ask("port*ing")
    assert (few.notes, most.notes) == ((), ("some-forms",))
    assert 0 < len(most.hits) < 12
    assert desk.ask("port1ing~2").notes == ("some-forms",)
    assert desk.ask("NOT port*ing").notes == ("some-forms",)


def test_what_was_read_outlasts_an_interruption_and_no_hit_is_missing_after_it(
    shelf: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    searcher, query = shelf.index.searcher(), Query("kidnapping OR kidnapped OR thailand OR roses", limit=1)
    shelf.index.update()
    expected = [hit.id for hit in searcher.first(Query(query.text, limit=99)).hits]
    searcher.totals(query, FACETS)
    columns = searcher._finder.columns
    reached = Tiers._look_further

    def halfway(self: Tiers) -> None:
        reached(self)
        searcher.interrupt()
        searcher._check()

    monkeypatch.setattr(Tiers, "_look_further", halfway)
    with pytest.raises(Interrupted):
        searcher.first(Query("kidnapping", limit=99))
    monkeypatch.undo()
    assert searcher._finder.columns is columns
    assert [hit.id for hit in searcher.first(Query(query.text, limit=99)).hits] == expected
    assert len(searcher.first(Query("kidnapping", limit=99)).hits) == searcher.totals(Query("kidnapping")).total


def test_an_interrupted_query_raises(shelf: Desk) -> None:
    class Impatient(Searcher):
        def _check(self) -> None:
            self.interrupt()
            super()._check()

    searcher = Impatient(shelf.archive.db, lambda: shelf.index._db)
    with pytest.raises(Interrupted):
        searcher.first(Query("thailand"))
    assert shelf.ask("thailand").hits


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.one_of(
        st.text(max_size=20),
        st.lists(
            st.sampled_from(
                (
                    *("thailand", "-", "NOT", "OR", "AND", "(", ")", '"', "kidnap*", "title:", "red~", "a?b", "大"),
                    *("陆*", "date:2015", "country:", "^", "{", "}", "+", ":", "NEAR(", "'", ";--", "\0", "body", "\\"),
                )
            ),
            max_size=8,
        ).map(" ".join),
    ),
    sort=st.sampled_from(["relevance", "newest", "oldest"]),
)
def test_any_text_is_answered(shelf: Desk, text: str, sort: str) -> None:
    query = Query(text, sort=sort, limit=10)  # type: ignore[arg-type]
    searcher = shelf.index.searcher()
    answer = searcher.first(query)
    assert searcher.totals(query).total == len(answer.hits)


def _rows(desk: Desk, identity: str) -> list[TextRow]:
    from archive import texts

    document = desk.document(identity)
    return list(texts.rows(desk.archive.db, document.row, document.text_version))


@pytest.mark.parametrize("selection", [MATCHING, WITHIN, LATEST])
def test_fts_stays_the_outer_loop(shelf: Desk, selection: str) -> None:
    shelf.index.update()
    conn = shelf.index._db.conn
    parameters = ("thailand", 1, 10, "[1,2]") if selection is WITHIN else ("thailand",)
    plan = conn.execute(
        f"EXPLAIN QUERY PLAN SELECT best.row, p.document FROM ({selection} ORDER BY score LIMIT 9) AS best"
        " CROSS JOIN passage AS p ON p.row = best.row",
        parameters,
    ).fetchall()
    steps = [row[3] for row in plan if row[3].startswith(("SCAN", "SEARCH"))]
    assert steps[-1] == "SEARCH p USING INTEGER PRIMARY KEY (rowid=?)"
    (match,) = [step for step in steps if "VIRTUAL TABLE" in step and "passages" in step]
    assert "M" in match.partition("INDEX")[2]
    assert "=" not in match.partition("INDEX")[2]


@pytest.mark.parametrize("sign", ["，", "。", "、", "；", "！"])
def test_a_phrase_that_is_copied_with_its_signs_finds_where_it_stands(desk: Desk, sign: str) -> None:
    source = desk.add(f"他在泰国{sign}护照被没收")
    other = desk.add("他在泰国护照被没收")
    (hit,) = desk.ask(f"「泰国{sign}护照」").hits
    assert hit.id == source
    marked = [hit.snippet.text[start:end] for start, end in hit.snippet.marks]
    assert marked == [f"泰国{sign}护照"]
    assert desk.found('"泰国护照"') == [other]
