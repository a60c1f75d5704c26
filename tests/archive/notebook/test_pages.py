"""Notebooks printed for people: whatever stands in them is text and never markup, and every quote is cited."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from archive.notebook import pages
from archive.notebook.cited import Cited
from archive.notebook.pages import Book, Shown
from archive.notebook.records import Collection, Note, Passage
from archive.notebook.standing import Standing, State
from archive.notebook.watching import Watched

ODD = st.text("ab柽<>&\"'`*_[]()#+-.!|\\~\n 1>{}=:/", max_size=40)


def note(text: str, quote: str, record: str = "r", start: int = 4) -> Note:
    place = Passage(record, 1, start, start + 5, quote, page=2)
    return Note("n", record, place, text, None, ("port",), "2024-01-01T00:00:00Z", "2024-01-02T00:00:00Z", 1)


class Texts(HTMLParser):
    """The elements of a page and the text of those that may hold a reader's words."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def book(title: str, *notes: Shown, records: str = "rs", **shelves: object) -> Book:
    cited = {one: Cited(one, one, f"{title} {one}", f"Anna, “{title}”, 2019.", "zh-Hans") for one in records}
    return Book(title, notes, cited, **{"tags": {}, **shelves})  # type: ignore[arg-type]


def test_notes_stand_by_record_with_what_became_of_their_passages() -> None:
    held = book(
        "Title",
        Shown(note("later", "q2", start=30), Standing(State.LOST, 2)),
        Shown(note("of another", "q3", record="s"), Standing(State.MOVED, 2, 7, 12, 5)),
        Shown(note("early", "q1"), Standing(State.STANDS, 1, 4, 9, 2)),
        Shown(note("of what is gone", "q4", record="t"), Standing(State.GONE)),
        records="rst",
    )
    for text in (pages.markdown(held), pages.page(held)):
        plain = text.replace("\\", "")
        order = [
            *("Title r", "q1", "Page 2, characters 4 to 9 of text version 1.", "early"),
            *("q2", "no longer in the text", "later"),
            *("Title s", "q3", "on page 5, at characters 7 to 12 of text version 2", "of another"),
            *("q4", "no longer in the archive", "of what is gone"),
        ]
        assert [plain.index(word) for word in order] == sorted(plain.index(word) for word in order)
        assert plain.count("Title r") == 1
        assert plain.count("Anna, “Title”, 2019.") == 4


def test_tags_collections_and_searches_are_printed_too() -> None:
    held = book(
        "Title",
        records="rt",
        tags={"r": ("port", "sea")},
        collections=(Collection("c", "For the desk", "to read", ("t",), ""),),
        searches=(Watched("w", "Boats", "boat*", (("language", "zh", True),), "", "", ""),),
    )
    for text in (pages.markdown(held), pages.page(held)):
        plain = text.replace("\\", "")
        for words in ("Tags: port, sea.", "Collection: For the desk", "to read", "Title t: Anna", "Boats: boat*; not "
                      "language: zh"):  # fmt: skip
            assert words in plain


def test_what_runs_from_right_to_left_moves_nothing_and_chinese_has_its_language() -> None:
    arabic = "ميناء \u202eقديم"
    held = book(arabic, Shown(note(f"{arabic}\nدفتر", "灯笼"), None), records="r", tags={"r": (arabic,)})
    page = pages.page(held)
    assert '<blockquote class="words" dir="auto" lang="zh-Hans">灯笼</blockquote>' in page
    assert '<p class="words" dir="auto">ميناء قديم\nدفتر</p>' in page
    assert "Tags: <bdi>ميناء قديم</bdi>." in page
    assert page.count("<bdi>") == page.count("</bdi>")
    assert "font-face" in page
    text = pages.markdown(held)
    assert "\u202e" not in page + text
    assert "\u2068ميناء قديم\u2069" in text


def test_a_page_loads_nothing() -> None:
    hostile = "<script src=http://example.org/x></script><img src=x onerror=y>[a](http://example.org) ![b](x)"
    held = book(hostile, Shown(note(hostile, hostile), None), records="r", tags={"r": (hostile,)})
    parsed = Texts(pages.page(held))
    assert not {"script", "img", "a", "link", "iframe"} & set(parsed.tags)
    assert "default-src 'none'" in pages.page(held)
    assert not {"img", "a", "script"} & set(Texts(MarkdownIt("commonmark").render(pages.markdown(held))).tags)


@settings(max_examples=50, deadline=None)
@given(ODD, ODD, ODD)
def test_html_holds_words_as_words(text: str, quote: str, title: str) -> None:
    parsed = Texts(pages.page(book(title, Shown(note(text, quote), None), records="r", tags={"r": (title,)})))
    allowed = {"html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "blockquote", "bdi"}
    assert set(parsed.tags) <= allowed
    assert all(words in parsed.text for words in (text, quote, title))


@given(ODD, ODD, ODD)
def test_markdown_holds_words_as_words(text: str, quote: str, title: str) -> None:
    held = book(title, Shown(note(text, quote), None), records="r", tags={"r": (title,)})
    parsed = Texts(MarkdownIt("commonmark").render(pages.markdown(held)))
    assert set(parsed.tags) <= {"h1", "h2", "p", "blockquote", "em", "strong", "br"}
    for words in (text, quote, title):
        assert "".join(words.split()) in "".join(parsed.text.split())


def test_lines_that_begin_with_blanks_are_words_and_no_code() -> None:
    text = "one\n\n    four *blanks*\n\n\ta tab"
    held = book("t", Shown(note(text, "    quoted"), None), records="r")
    parsed = Texts(MarkdownIt("commonmark").render(pages.markdown(held)))
    assert not {"pre", "code"} & set(parsed.tags)
    assert "four *blanks*" in parsed.text


def test_what_a_colleague_quotes_is_not_said_to_have_stood_in_the_text() -> None:
    lost = Standing(State.LOST, 1)
    mine, theirs = (book("t", Shown(note("n", "q"), lost, came), records="r") for came in (False, True))
    assert "no longer in the text" in pages.page(mine)
    assert "no longer in the text" not in pages.page(theirs)
    assert "as a colleague&#x27;s package quotes them" in pages.page(theirs)
