"""The order of hits: exact where it can be, of candidates first where very many match, and never one lost or twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import compile as compiling
from index import ranking
from index.answers import Filter, Query
from tests.index.conftest import Desk

NUMBER = 48


@pytest.fixture(scope="module")
def crowd(make_desk: Callable[[], Desk]) -> Desk:
    """Many documents with a common word, some with rarer ones."""
    desk = make_desk()
    for at in range(NUMBER):
        words = ["common"] * (1 + at % 5) + [f"word{at}"]
        words += ["scarce"] * (at % 12 == 7) + ["seldom"] * (at % 8 == 3) + ["comma"] * (at % 2) + ["filler"] * (at % 7)
        pages = [" ".join(words)] if at % 3 else ["preface", " ".join(words)]
        desk.add(
            *pages,
            published=str(1970 + at),
            countries=("TH",) if at % 2 else ("LA",),
            title="common" if at == 4 else "",
        )
    desk.index.update()
    return desk


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a handful of passages were very many."""
    for module, name, value in (
        (ranking, "MANY", 6),
        (ranking, "RARER", 7),
        (ranking, "FIRST", 4),
        (ranking, "CANDIDATES", 5),
        (compiling, "HEAVY", 10),
        (ranking, "LATEST", f"SELECT row, score FROM ({ranking.MATCHING} ORDER BY rowid DESC LIMIT 5)"),
        (ranking, "NEWEST", 5),
    ):
        monkeypatch.setattr(module, name, value)


QUERIES = [
    "common",
    "comm*",
    "common OR scarce",
    "common OR seldom OR scarce",
    "common preface",
    "common -scarce",
    "co?mon",
]


@pytest.mark.parametrize("text", QUERIES)
@pytest.mark.parametrize("filters", [(), (Filter("country", "TH"),)])
def test_no_hit_is_lost_or_doubled_where_very_many_match(
    crowd: Desk, request: pytest.FixtureRequest, text: str, filters: tuple[Filter, ...]
) -> None:
    whole = {hit.id for hit in crowd.ask(text, *filters, limit=100).hits}
    request.getfixturevalue("few")
    crowd.index.searcher().forget()
    paged: list[str] = []
    while page := crowd.ask(text, *filters, limit=7, offset=len(paged)).hits:
        paged += [hit.id for hit in page]
    assert len(paged) == len(set(paged))
    assert set(paged) == whole
    assert crowd.index.searcher().totals(Query(text, filters)).total == len(whole)
    crowd.index.searcher().forget()


def test_where_very_many_match_the_title_and_the_rare_words_come_first(crowd: Desk, few: None) -> None:
    crowd.index.searcher().forget()
    answer = crowd.ask("common", limit=6)
    assert answer.notes == ("newest-first",)
    assert answer.hits[0].title.text == "common"
    assert {hit.date for hit in answer.hits[1:]} <= {str(1970 + NUMBER - 1 - back) for back in range(6)}
    answer = crowd.ask("common OR scarce", limit=4)
    assert answer.notes == ("rarer-first",)
    assert all("scarce" in hit.snippet.text for hit in answer.hits)
    crowd.index.searcher().forget()


@pytest.mark.parametrize("text", ["common", "common scarce", "common OR seldom", '"common common"'])
def test_exact_where_not_too_many_match(crowd: Desk, text: str) -> None:
    answer = crowd.ask(text, limit=100)
    assert answer.notes == ()
    expression = {"common scarce": '"common" AND "scarce"', "common OR seldom": '"common" OR "seldom"'}.get(text)
    rows = crowd.index._db.conn.execute(
        f"SELECT DISTINCT p.document FROM ({ranking.MATCHING}) AS m JOIN passage AS p USING (row) ORDER BY score",
        (expression or (text if '"' in text else f'"{text}"'),),
    ).fetchall()
    scores = [hit.score for hit in answer.hits]
    assert len(scores) == len(rows)
    assert scores == sorted(scores, reverse=True)


def test_a_title_counts_more_than_a_body(make_desk: Callable[[], Desk]) -> None:
    desk = make_desk()
    body, title = desk.add("zebra at the gate of the zoo"), desk.add("an animal at the gate of the zoo", title="zebra")
    desk.add("nothing of the kind at all")
    assert desk.found("zebra") == [title, body]


def test_han_over_a_page_break_with_a_gap_after_it(make_desk: Callable[[], Desk]) -> None:
    desk = make_desk()
    broken = desk.add("前文说到红", "色 通报已经发出" + "以及其他各种消息" * 30)
    assert desk.found('"红色通报已经发出"') == [broken]


def test_a_long_phrase_over_a_page_break(make_desk: Callable[[], Desk]) -> None:
    desk = make_desk()
    words = [f"word{number}" for number in range(60)]
    broken = desk.add("Before it. " + " ".join(words[:30]), " ".join(words[30:]) + " and after.")
    desk.add("word1 word2", "word59")
    assert desk.found(f'"{" ".join(words)}"') == [broken]
    assert desk.found(f'"{" ".join(words[20:40])}"') == [broken]
    assert desk.found("thing -" + f'"{" ".join(words)}"') == []


def test_a_long_document_hides_no_other(make_desk: Callable[[], Desk]) -> None:
    """All of the best passages may be one document's."""
    desk = make_desk()
    long = desk.add(*["rumour rumour"] * 600)
    short = desk.add("a rumour among many other words that are about something else")
    desk.index.update()
    assert [hit.id for hit in desk.ask("rumour").hits] == [long, short]
