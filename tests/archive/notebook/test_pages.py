"""Notes printed for people: whatever stands in them is text and never markup."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from archive.cases.passages import Anchor
from archive.notebook import pages
from archive.notebook.records import Note, Passage

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


def test_notes_stand_by_record_with_what_became_of_their_passages() -> None:
    notes = [note("later", "q2", start=30), note("of another", "q3", record="s"), note("early", "q1")]
    anchors = {
        "q1": Anchor(1, 4, 9, moved=False),
        "q2": Anchor(2, 0, 0, moved=True, lost=True),
        "q3": Anchor(2, 7, 12, True),
    }
    ready = pages.shown(notes, lambda record: f"title of {record}", lambda one: anchors[one.passage.quote])  # type: ignore[union-attr]
    for text in (pages.markdown(ready, "Notes"), pages.page(ready, "Notes")):
        plain = text.replace("\\", "")
        order = [
            "title of r",
            "q1",
            "early",
            "q2",
            "later",
            "no longer",
            "title of s",
            "of another",
            "characters 7 to 12",
        ]
        assert [plain.index(word) for word in order] == sorted(plain.index(word) for word in order)
        assert plain.count("title of r") == 1


@given(ODD, ODD, ODD)
def test_html_holds_words_as_words(text: str, quote: str, title: str) -> None:
    ready = pages.shown([note(text, quote)], lambda record: title, lambda one: None)
    parsed = Texts(pages.page(ready, title))
    assert set(parsed.tags) <= {"html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "blockquote"}
    assert all(words in parsed.text for words in (text, quote, title))


@given(ODD, ODD, ODD)
def test_markdown_holds_words_as_words(text: str, quote: str, title: str) -> None:
    ready = pages.shown([note(text, quote)], lambda record: title, lambda one: None)
    parsed = Texts(MarkdownIt("commonmark").render(pages.markdown(ready, "Notes")))
    assert set(parsed.tags) <= {"h1", "h2", "p", "blockquote", "em", "br"}
    for words in (text, quote, title):
        assert "".join(words.split()) in "".join(parsed.text.split())
