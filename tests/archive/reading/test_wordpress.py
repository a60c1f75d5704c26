"""Posts of the WordPress REST API are read from good and from broken JSON, singly and in lists."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.reading.result import Reading
from archive.reading.source import Source
from archive.reading.wordpress import canonical, read
from archive.records import Verdict
from tests.archive.reading.collected import Collected

POST = {
    "id": 7,
    "date": "2022-01-20T19:27:54",
    "slug": "river",
    "link": "https://paper.example/river/",
    "title": {"rendered": "The river &amp; the \u201ctown\u201d"},
    "content": {"rendered": "<p>The river rose.</p>\n<p>The town <b>flooded</b>.</p>", "protected": False},
    "_embedded": {"author": [{"name": "Ana Ruiz"}]},
}


def reading_of(text: str, sink: Collected | None = None) -> Reading:
    return read(Source.of_bytes("a.json", "application/x-wordpress+json", text.encode()), sink or Collected())


def test_a_post() -> None:
    reading = reading_of(json.dumps(POST))
    assert reading.verdict is Verdict.GOOD
    assert reading.metadata.title == "The river & the “town”"
    assert reading.metadata.published == "2022-01-20"
    assert reading.metadata.source_url == "https://paper.example/river/"
    assert reading.metadata.authors == ("Ana Ruiz",)
    assert reading.pages[0].text == "The river rose.\n\nThe town flooded."


def test_a_list_gives_each_post_as_canonical_json() -> None:
    sink, other = Collected(), Collected()
    reading = reading_of(json.dumps([POST, {"id": 8, "title": {"rendered": "Two"}, "slug": "two"}, 5]), sink)
    assert reading.pages[0].text.split("\n")[0] == "2022-01-20\tThe river & the “town”\thttps://paper.example/river/"
    assert [kept.member.name for kept in sink.kept] == ["river.json", "two.json"]
    assert reading.notes == ("not-a-post:3",)
    reading_of(json.dumps([dict(reversed(POST.items()))], indent=3), other)
    assert other.kept[0].content == sink.kept[0].content
    assert reading_of(sink.kept[0].content.decode()).metadata.title == "The river & the “town”"


def test_broken_json_is_salvaged() -> None:
    text = json.dumps(POST | {"content": {"rendered": "First part.\n\nShe said QUOTE and left.</p>"}})
    broken = text.replace("\\n", "\n").replace("QUOTE", '"no"')[:-40]
    reading = reading_of(broken)
    assert (reading.verdict, reading.reason) == (Verdict.POOR, "json-repaired")
    assert reading.metadata.title == "The river & the “town”"
    assert reading.pages[0].text.startswith('First part.\n\nShe said "no" and left.')


def test_what_is_no_post_is_read_as_text() -> None:
    assert reading_of('{"a": "b"}').pages[0].text == '{"a": "b"}'


def test_numbers_beyond_canonical_json() -> None:
    assert canonical({"n": 1 << 60}) == b'{"n":"1152921504606846976"}'


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 400), st.integers(0, 400), st.text(max_size=6))
def test_any_damage(start: int, length: int, between: str) -> None:
    text = json.dumps([POST, POST])
    reading_of(text[:start] + between + text[start + length :])


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=10,
    )
)
def test_canonical_of_any_value(value: object) -> None:
    assert canonical(value) == canonical(json.loads(json.dumps(value)))


def test_real_broken_post(shared: Path) -> None:
    path = next((shared / "seeds").glob("001_*"))
    reading = read(Source.of_path(path, "application/x-wordpress+json"), Collected())
    assert reading.metadata.title == "Chinese Government Has Coerced 10,000 “Fugitives” Back to China"
    assert reading.metadata.published == "2022-01-20"
    assert reading.metadata.source_url.startswith("https://chinadigitaltimes.net/2022/01/")
    assert reading.reason == "json-repaired"
    assert reading.pages[0].text.count("\n\n") >= 5
    assert "kidnap, trap & capture 'fugitives'" in reading.pages[0].text
    assert "</" not in reading.pages[0].text
