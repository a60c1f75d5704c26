"""Markdown gives its front matter as metadata and the rest as text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.reading.markdown import plain, read, split
from archive.reading.result import Reading
from archive.reading.source import Source
from archive.records import Metadata, Verdict
from tests.archive.reading.collected import Collected


def reading_of(text: str) -> Reading:
    return read(Source.of_bytes("a.md", "text/markdown", text.encode()), Collected())


def test_the_keys_of_the_sample_archive() -> None:
    reading = reading_of(
        "---\ntitle: 'A glossary: terms'\nauthors: [Ana Ruiz, Li Wei]\npublisher: The Desk\npublished: 2015-10\n"
        "language: zh-Hans\ncountries: [NO, th]\nsource_url: https://example.org/a\n"
        "type: glossary\n---\n\n# Terms\n\ntext\n"
    )
    assert reading.metadata == Metadata(
        title="A glossary: terms",
        authors=("Ana Ruiz", "Li Wei"),
        publisher="The Desk",
        published="2015-10",
        published_words="2015-10",
        language="zh-Hans",
        countries=("NO", "TH"),
        source_url="https://example.org/a",
        type="glossary",
    )
    assert reading.pages[0].text == "# Terms\n\ntext\n"


def test_first_heading_without_front_matter() -> None:
    assert reading_of("Some [link](x)\n\n## *The* heading ##\n\ntext").metadata.title == "The heading"
    assert reading_of("The heading\n===========\n\ntext").metadata.title == "The heading"


def test_title_that_yaml_refuses() -> None:
    assert reading_of('---\ntitle: "Over": the end: of it\ndate: 2018-04-07 10:00\n---\ntext').metadata == Metadata(
        title='Over": the end: of it', published="2018-04-07", published_words="2018-04-07 10:00"
    )


def test_aliases_are_not_unfolded() -> None:
    bomb = "---\na: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n---\ntext"
    front, body, notes = split(bomb)
    assert (dict(front), body, notes) == ({}, bomb, ("front-matter-broken",))


def test_front_matter_alone_is_still_text() -> None:
    assert reading_of("---\ntitle: x\n---\n").verdict is Verdict.GOOD


def test_plain() -> None:
    assert plain("> **Bold** and [words](https://x) ![picture](y)") == "Bold and words"


@given(st.text(max_size=300), st.text(max_size=100))
def test_any_text(front: str, body: str) -> None:
    reading_of(f"---\n{front}\n---\n{body}")


@pytest.mark.parametrize("number", [0, 100, 300, 600])
def test_real_articles(shared: Path, number: int) -> None:
    path = sorted((shared / "corpora" / "chinese-articles").glob("*.md"))[number]
    reading = read(Source.of_path(path, "text/markdown"), Collected())
    assert reading.metadata.title
    assert len(reading.metadata.published) == 10
    assert not reading.pages[0].text.startswith("---\n\nlayout")
