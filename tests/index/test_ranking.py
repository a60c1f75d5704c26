"""The order of hits: exact where it can be, of candidates first where very many match, and never one lost or twice."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from archive import texts
from archive.connect import writing
from archive.reading.result import Page, Reading
from archive.records import Metadata
from index import compile as compiling
from index import folding, heads, lengths, ranking, schema, weighing
from index.answers import Filter, Query
from index.language import understand
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


# -- our own arithmetic and the heads, held to FTS5's bm25()

WORDS = [f"w{number}" for number in range(12)] + ["né", "straße", "红色", "通报", "كتاب"]


def correct(desk: Desk, identity: str, text: str) -> None:
    """Give a document another text."""
    with writing(desk.archive.db):
        texts.add(desk.archive.db, desk.document(identity).row, Reading("text/plain", Metadata(), (Page(0, text),)))


@pytest.fixture(scope="module")
def mixed(make_desk: Callable[[], Desk]) -> Desk:
    """Documents of random words, some of them replaced and removed since."""
    desk, draw = make_desk(), random.Random(11)

    def words(most: int) -> str:
        return " ".join(draw.choices(WORDS, weights=range(len(WORDS), 0, -1), k=draw.randint(1, most)))

    added = [
        desk.add(
            *(words(60) for _ in range(draw.choice((1, 1, 1, 3)))),
            title=words(3) if draw.random() < 0.3 else "",
            authors=(words(2),),
            publisher=words(2),
            countries=(draw.choice(("TH", "LA")),),
        )
        for _ in range(150)
    ]
    desk.index.update()
    for identity in draw.sample(added, 25):
        correct(desk, identity, words(60))
    for _ in range(10):
        desk.add(words(30))
    desk.index.update()
    return desk


@pytest.fixture(params=[0, 1 << 20], ids=["by sorting", "through all rows"])
def eager(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if every word were worth weighing by ourselves."""
    monkeypatch.setattr(weighing, "FEW", 0)
    monkeypatch.setattr(weighing, "ALIKE", 1 << 20)
    monkeypatch.setattr(weighing, "SPARSE", request.param)


def by_fts5(desk: Desk, expression: str, country: str = "") -> list[tuple[str, float]]:
    """Documents and scores as FTS5 alone ranks them, ties by row."""
    rows = desk.index._db.conn.execute(
        f"SELECT lower(hex(d.id)), m.score, d.countries FROM ({ranking.MATCHING}) AS m"
        " JOIN passage AS p USING (row) JOIN document AS d ON d.number = p.document ORDER BY m.score, m.row",
        (expression,),
    ).fetchall()
    best: dict[str, float] = {}
    for identity, score, countries in rows:
        if country in countries:
            best.setdefault(identity, round(-score, 4))
    return list(best.items())


@pytest.mark.parametrize("country", ["", "TH"])
@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("w3", '"w3"'),
        ("ne", '"ne"'),
        ("w1*", '"w1"*'),
        ("w*", '"w"*'),
        ("w3 OR w7", '"w3" OR "w7"'),
        ("w3 OR w7 OR w11 OR ne", '"w3" OR "w7" OR "w11" OR "ne"'),
        ("w9 AND w11", '"w9" AND "w11"'),
        ("(w9 OR w10) AND w1*", '("w9" OR "w10") AND "w1"*'),
        ("w*1", '"w1" OR "w11"'),
        ("كتاب", '"كتاب"'),
    ],
)
def test_our_own_arithmetic_says_what_fts5_says(
    mixed: Desk, eager: None, text: str, expression: str, country: str
) -> None:
    searcher = mixed.index.searcher()
    searcher.forget()
    filters = (Filter("country", country),) if country else ()
    searcher.totals(Query("w1"), ("country",))  # arrays are used once there are some
    found = searcher._finder.find(Query(text, filters), understand(text))
    assert found.compiler.rows, "weighed by FTS5 after all"
    ours = [(hit.id.replace("-", ""), hit.score) for hit in mixed.ask(text, *filters, limit=500).hits]
    theirs = by_fts5(mixed, expression, country)
    assert dict(ours) == dict(theirs)
    assert [score for _, score in ours] == [score for _, score in theirs]


def test_lengths_are_fts5s_own(mixed: Desk) -> None:
    db = mixed.index._db
    kept = lengths.load(db)
    sizes = db.conn.execute(
        "SELECT p.row, d.sz FROM passage AS p JOIN passages_docsize AS d ON d.id = p.row"
    ).fetchall()
    assert [int(kept[row]) for row, _ in sizes] == [sum(lengths._numbers(packed)) for _, packed in sizes]
    assert lengths._numbers(b"\x00\x7f\x81\x00\x83\xff\x7f" + b"\xff" * 9) == [0, 127, 128, 65535, (1 << 64) - 1]
    assert lengths._sums(b"\x01\x7f\x81\x00\x83\xff\x7f", 2).tolist() == [1 + 127, 128 + 65535]


@pytest.fixture
def headed(make_desk: Callable[[], Desk], monkeypatch: pytest.MonkeyPatch) -> Desk:
    """An index in which a handful of passages makes a word frequent, and a few more very many."""
    monkeypatch.setattr(heads, "FREQUENT", 20)
    monkeypatch.setattr(heads, "DEPTH", 15)
    monkeypatch.setattr(ranking, "MANY", 40)
    monkeypatch.setattr(ranking, "FIRST", 12)
    desk, draw = make_desk(), random.Random(5)
    for at in range(200):
        filler = " ".join(draw.choices(("one", "two", "three", "four"), k=draw.randint(5, 40)))
        frequent = "frequent " * (draw.randint(1, 5) if at % 7 == 0 else 0)
        desk.add(f"{filler} {frequent} {'common ' * draw.randint(1, 6) if at % 3 == 0 else ''}")
    desk.index.update()
    return desk


def test_a_head_begins_as_the_whole_ranking_does(headed: Desk) -> None:
    for word, notes in (("frequent", ()), ("common", ("best-first",))):
        assert heads.of(headed.index._db, word)
        theirs = by_fts5(headed, f'"{word}"')
        answer = headed.ask(word, limit=12)
        assert answer.notes == notes
        assert [(hit.id.replace("-", ""), hit.score) for hit in answer.hits] == theirs[:12]
        assert {hit.id.replace("-", "") for hit in headed.ask(word, limit=300).hits} == set(dict(theirs))
    exact = headed.ask("frequent", limit=300).hits
    assert [hit.id.replace("-", "") for hit in exact] == [identity for identity, _ in by_fts5(headed, '"frequent"')]


def test_a_head_is_kept_up_with_changes(headed: Desk) -> None:
    best = [hit.id for hit in headed.ask("common", limit=3).hits]
    correct(headed, best[0], "nothing of the kind")
    new = headed.add("common " * 9)
    headed.index.update()
    assert not heads.fresh(headed.index._db)
    found = [hit.id for hit in headed.ask("common", limit=12).hits]
    assert best[0] not in found
    assert found[0] == new
    assert found[1:3] == best[1:]
    correct(headed, best[1], "common " * 30)  # in the same row, which counts more by now
    headed.index.update()
    assert headed.ask("common", limit=12).hits[0].id == best[1]
    frequent = [hit.id.replace("-", "") for hit in headed.ask("frequent", limit=12).hits]
    assert frequent == [identity for identity, _ in by_fts5(headed, '"frequent"')][:12]
    for _ in range(20):
        headed.add("common and more")
    headed.index.update()
    assert heads.fresh(headed.index._db)


def test_further_passages_of_a_document(make_desk: Callable[[], Desk]) -> None:
    desk = make_desk()
    before = "something else that goes on for longer than passages overlap " * 3
    pages = ("red notice", "nothing", "a red notice, a red notice", "red alone", "notice alone")
    report = desk.add(*(f"{before}{page}" for page in pages))
    other = desk.add(f"{before}red", f"{before}notice")
    single = desk.add("red notice")
    desk.index.update()

    def folded(text: str, identity: str) -> set[int]:
        """The best passage and those under it, by their place in the document."""
        db, tree = desk.index._db, understand(text).tree
        assert tree is not None
        sql = "SELECT first, last FROM document WHERE id = ?"
        first, last = db.conn.execute(sql, (schema.packed(identity),)).fetchone()
        found = desk.index.searcher()._finder.find(Query(text), understand(text))
        best = next(p.row for p in found.ranking.page(0, 10) if first <= p.row <= last)
        rows = folding.further(db, found.compiler, tree, first, last, best)
        assert best not in rows
        return {best - first, *(row - first for row in rows)}

    desk.ask("red")
    assert folded("red notice", report) == {0, 2}
    assert folded("red", report) == {0, 2, 3}
    assert folded("red OR notice", report) == {0, 2, 3, 4}
    assert folded("nothing OR longer", report) == {0, 1, 2, 3, 4}
    assert folded("red notice", other) == {0, 1}  # no passage holds both: those with either
    assert folded("red notice", single) == {0}
