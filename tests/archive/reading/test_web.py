"""Pages give their article where it can be told apart, else everything visible, and never what is hidden."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.reading import web
from archive.reading.markup import decode_html, visible_text
from archive.reading.result import Reading
from archive.reading.source import Source
from archive.records import Verdict
from tests.archive.reading.collected import Collected

PARAGRAPH = "The river rose by two metres on Monday and flooded the lower town, officials of the district said. "
PAGE = f"""<!DOCTYPE html><html lang="en-GB"><head><title>River floods | The Paper</title>
<meta property="og:site_name" content="The Paper"><meta name="author" content="Ana Ruiz">
<meta property="article:published_time" content="2021-05-03T08:00:00Z"><link rel="canonical" href="https://paper.example/river">
<style>p {{}}</style></head><body><nav><a href=/>Home</a><a href=/s>Sport</a></nav>
<article><h1>River floods</h1><p>{PARAGRAPH * 3}</p><p>{PARAGRAPH * 3}</p></article>
<script>track()</script><footer>Imprint</footer></body></html>"""


def reading_of(html: str | bytes) -> Reading:
    data = html.encode() if isinstance(html, str) else html
    return web.read(Source.of_bytes("a.html", "text/html", data), Collected())


def test_article_and_metadata() -> None:
    reading = reading_of(PAGE)
    assert reading.verdict is Verdict.GOOD
    assert reading.metadata.title == "River floods"
    assert reading.metadata.authors == ("Ana Ruiz",)
    assert reading.metadata.publisher == "The Paper"
    assert reading.metadata.published == "2021-05-03"
    assert reading.metadata.language == "en"
    assert reading.metadata.source_url == "https://paper.example/river"
    text = reading.pages[0].text
    assert text.count("\n\n") >= 1
    assert "Imprint" not in text
    assert "track" not in text


def test_page_without_article_is_taken_whole() -> None:
    links = "".join(f"<li><a href=/{n}>Entry number {n}</a></li>" for n in range(300))
    reading = reading_of(f"<html><title>Index</title><body><ul>{links}</ul></body></html>")
    assert "page-whole" in reading.notes or "Entry number 299" in reading.pages[0].text
    assert "Entry number 299" in reading.pages[0].text


def test_little_and_nothing() -> None:
    assert reading_of("<p>Enable JavaScript").reason == "little-text"
    assert reading_of("<html><body><script>x</script></body></html>").verdict is Verdict.NONE


def test_charset_of_the_page() -> None:
    page = PAGE.replace("<head>", '<head><meta charset="gb2312">').replace("River", "长江镕")
    assert "长江镕" in reading_of(page.encode("gb18030")).metadata.title


def test_saved_page_keeps_its_address() -> None:
    saved = "<!-- saved from url=(0027)https://paper.example/other -->" + PAGE.replace("canonical", "x")
    assert reading_of(saved).metadata.source_url == "https://paper.example/other"


def test_visible_text() -> None:
    assert visible_text("<p>One<br>two</p><table><tr><td>a<td>b<tr><td>c</table>") == "One\ntwo\n\na\tb\nc"
    assert visible_text("<p hidden>x</p><p style='display: none'>y</p><img alt=chart>") == "chart"
    assert visible_text("plain & simple") == "plain & simple"
    assert visible_text("<?xml version='1.0' encoding='x'?><p>é") == "é"


def test_pages_nested_without_end() -> None:
    assert visible_text("<div>" * 50_000 + "deep") == "deep"


def test_mhtml_root_and_frames() -> None:
    message = (
        "From: <Saved by browser>\r\nSubject: The subject\r\nSnapshot-Content-Location: https://paper.example/saved\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/html; charset=utf-8\r\n"
        "Content-Transfer-Encoding: 8bit\r\n\r\n"
        + PAGE.replace("canonical", "x")
        + "\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>In a frame</p>\r\n--b--\r\n"
    )
    reading = web.read_mhtml(Source.of_bytes("a.mht", "multipart/related", message.encode()), Collected())
    assert reading.metadata.source_url == "https://paper.example/saved"
    assert reading.pages[0].text.endswith("In a frame")
    assert reading.metadata.title == "River floods"


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    assert reading_of(b"<html><p>" + data).verdict in Verdict
    visible_text(decode_html(data).text)
    web.read_mhtml(Source.of_bytes("a.mht", "multipart/related", data), Collected())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<div>", "</b>", "<table><td>", "<script>", "</script>", "<!--", "-->", "word ", "&amp;"]
        )
    )
)
def test_any_tags(parts: list[str]) -> None:
    visible_text("".join(parts))


def test_real_pages_against_gold(shared: Path) -> None:
    folder = shared / "corpora" / "formats"
    gold = list(json.loads((folder / "web-pages-gold.json").read_text()).values())[:40]
    found = wanted = unwanted = 0
    for page in gold:
        path = folder / "web-pages" / page["file"]
        text = " ".join(web.read(Source.of_path(path, "text/html"), Collected()).pages[0].text.split())
        wanted += len(page["with"])
        found += sum(" ".join(words.split()) in text for words in page["with"])
        unwanted += sum(" ".join(words.split()) in text for words in page["without"])
    assert found / wanted > 0.93
    assert found / (found + unwanted) > 0.88
