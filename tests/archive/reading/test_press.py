"""The head of an article gives title, authors and date; its furniture gives nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.reading.press import first_sentence, metadata

BODY = (
    "The river rose by two metres on Monday and flooded the lower town. Officials said that the dam had held. "
    "Schools stayed closed, and the bridge was shut to lorries until further notice.\n\n" * 2
)


def test_title_repeated_with_desk_and_date() -> None:
    found = metadata(
        "River floods lower town\n\nThe News Desk\n\nPublished: 3 May 2021, 07:01 PM\n\n"
        f"River floods lower town\n\n{BODY}Link copied!"
    )
    assert (found.title, found.published) == ("River floods lower town", "2021-05-03")
    assert found.published_words == "Published: 3 May 2021, 07:01 PM"
    assert found.authors == ()


def test_authors_said_twice_with_biographies() -> None:
    head = (
        "River floods lower town\n\nBy Ana Ruiz\nAna Ruiz\nReporter\n"
        "Ana Ruiz is a reporter who has written about rivers for ten years. She lives upstream.\n"
        "and Li Wei\nLi Wei\n"
    )
    found = metadata(f"{head}May 4, 2021 Updated: May 6, 2021\n\n{BODY}")
    assert found.authors == ("Ana Ruiz", "Li Wei")
    assert found.published == "2021-05-04"
    assert found.title == "River floods lower town"


def test_untitled() -> None:
    found = metadata(f"Cross posted from:\n\nHere is the report (pdf).\n\n{BODY}")
    assert found.title == "Untitled: The river rose by two metres on Monday and flooded the lower town."
    assert found.published == ""


def test_chinese_article() -> None:
    body = "星期一，河水上涨两米，淹没了下城。官员表示大坝没有受损。学校停课，桥梁禁止卡车通行，直至另行通知。" * 3
    found = metadata(f"河水淹没下城\n\n作者：王小明 李华\n2021年5月3日\n\n{body}")
    assert found.title == "河水淹没下城"
    assert found.authors == ("王小明", "李华")
    assert found.published == "2021-05-03"


def test_an_update_alone_is_no_publication() -> None:
    assert metadata(f"River floods lower town\n\nUpdated: May 6, 2021\n\n{BODY}").published == ""


def test_a_date_in_the_first_sentence_is_not_taken() -> None:
    assert metadata(f"River floods\n\nHarbour, May 3, 2021 saw the worst flood. {BODY}").published == ""


def test_a_headline_may_begin_like_furniture() -> None:
    assert metadata(f"World leaders meet by the river\n\n{BODY}").title == "World leaders meet by the river"


@pytest.mark.parametrize(
    "text", ["a,b,c\n1,2,3\n" * 50, "def f(x):\n    return x\n" * 40, "one\ntwo\nthree\n", "", '{"id": 1, "x": [1, 2]}']
)
def test_what_is_no_article_has_no_title(text: str) -> None:
    assert metadata(text).title == ""


def test_first_sentence() -> None:
    assert (
        first_sentence("Mr. Li met Dr. Wu at 3 p.m. on Monday. They spoke.") == "Mr. Li met Dr. Wu at 3 p.m. on Monday."
    )
    assert first_sentence("他来了。她走了。") == "他来了。"
    assert len(first_sentence("word " * 200)) <= 201


@given(st.text(max_size=600))
def test_any_text(text: str) -> None:
    metadata(text)


@pytest.mark.parametrize(
    ("number", "title", "published", "authors"),
    [
        ("000", "Report: China forcibly returned nearly 10,000", "2022-01-19", 0),
        ("002", "China forcefully brought nearly 10,000", "2022-01-19", 0),
        ("003", "Untitled: In 2014, the People’s Republic", "", 0),
        ("004", "Beijing Uses Involuntary Returns", "2022-03-25", 2),
    ],
)
def test_real_articles(shared: Path, number: str, title: str, published: str, authors: int) -> None:
    path = next((shared / "seeds").glob(f"{number}_*"))
    found = metadata(path.read_text())
    assert found.title.startswith(title)
    assert found.published == published
    assert len(found.authors) == authors
