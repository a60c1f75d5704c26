"""Boolean logic holds between documents: what single pages cannot show, checked against plain sets."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.answers import Query
from index.compile import STRETCH
from tests.index.conftest import Desk

WORDS = ["ant", "bee", "cat", "dog", "elk"]
PAGES: list[list[str]] = [
    ["ant bee", "cat", "dog"],
    ["ant", "bee"],
    ["bee cat dog"],
    ["cat cat", "elk", "", "ant"],
    ["dog"],
    ["elk bee", "elk"],
    ["ant bee cat dog elk"],
    [""],
    ["fly"],
]

Tree = tuple[str, list["Tree"]] | str
TREES: st.SearchStrategy[Tree] = st.recursive(
    st.sampled_from(WORDS),
    lambda inner: st.one_of(
        st.tuples(st.just("AND"), st.lists(inner, min_size=2, max_size=3)),
        st.tuples(st.just("OR"), st.lists(inner, min_size=2, max_size=3)),
        st.tuples(st.just("NOT"), st.lists(inner, min_size=1, max_size=1)),
    ),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def zoo(make_desk: Callable[[], Desk]) -> Desk:
    desk = make_desk()
    desk.ids = [desk.add(*pages, countries=("TH",) if at % 2 else ()) for at, pages in enumerate(PAGES)]  # type: ignore[attr-defined]
    desk.index.update()
    return desk


def written(tree: Tree) -> str:
    if isinstance(tree, str):
        return tree
    operator, parts = tree
    if operator == "NOT":
        return f"NOT ({written(parts[0])})"
    return f" {operator} ".join(f"({written(part)})" for part in parts)


def holds(tree: Tree, words: set[str]) -> bool:
    if isinstance(tree, str):
        return tree in words
    operator, parts = tree
    if operator == "NOT":
        return not holds(parts[0], words)
    return (all if operator == "AND" else any)(holds(part, words) for part in parts)


@settings(max_examples=150)
@given(tree=TREES, narrowed=st.sampled_from(["", " AND country:TH", " AND NOT country:TH"]))
def test_documents_match_as_a_whole(zoo: Desk, tree: Tree, narrowed: str) -> None:
    text = f"({written(tree)}){narrowed}"
    expected = {
        identity
        for at, (identity, pages) in enumerate(zip(zoo.ids, PAGES, strict=True))  # type: ignore[attr-defined]
        if holds(tree, {word for page in pages for word in page.split()})
        and (not narrowed or (at % 2 == 1) == ("NOT" not in narrowed))
    }
    searcher = zoo.index.searcher()
    for sort in ("relevance", "newest", "oldest"):
        answer = searcher.first(Query(text, sort=sort, limit=50))  # type: ignore[arg-type]
        assert {hit.id for hit in answer.hits} == expected, answer.interpretation
        assert len(answer.hits) == len(expected)
    assert searcher.totals(Query(text)).total == len(expected)


def test_words_on_one_page_come_before_words_on_several(zoo: Desk) -> None:
    hits = zoo.ask("ant AND dog").hits
    assert [zoo.ids.index(hit.id) for hit in hits] == [6, 0]  # type: ignore[attr-defined]


def test_pages_of_a_long_list_fit_together(make_desk: Callable[[], Desk]) -> None:
    desk = make_desk()
    for at in range(60):
        desk.add(*(["common rare"] if at % 3 else ["common", "rare words"]), published=str(1950 + at))
    whole = [hit.id for hit in desk.ask("common rare", limit=100).hits]
    assert len(set(whole)) == 60
    for sort in ("relevance", "newest", "oldest"):
        paged: list[str] = []
        for offset in range(0, 60, 7):
            paged += [hit.id for hit in desk.ask("common rare", sort=sort, limit=7, offset=offset).hits]  # type: ignore[arg-type]
        assert sorted(paged) == sorted(whole)
        assert paged == [hit.id for hit in desk.ask("common rare", sort=sort, limit=100).hits]  # type: ignore[arg-type]


def test_a_long_phrase_leaves_out_only_what_holds_all_of_it(make_desk: Callable[[], Desk]) -> None:
    desk = make_desk()
    phrase = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    first, second = textwrap.wrap(phrase, STRETCH)
    whole = desk.add(phrase, title="title")
    apart = desk.add(f"{second} and then {first}", "title")
    assert desk.found(f'title NOT "{phrase}"') == [apart]
    assert set(desk.found(f'title NOT (NOT "{phrase}")')) >= {whole}
