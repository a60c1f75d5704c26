"""A notebook as a page for people, in Markdown or HTML: notes by record, each quote cited, and what became of it.

What is written so is not protected; the caller says so, and remembers it with `shelves.note_export`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from archive.notebook.cited import Cited
from archive.notebook.records import Collection, Note
from archive.notebook.standing import Standing, State
from archive.notebook.watching import Watched
from archive.printing.closed import closed_page
from archive.printing.faces import faces

SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&$^=:])")
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")  # what would change the order of what stands around it
CSS = """
body { font-family: system-ui, sans-serif%(families)s; line-height: 1.5; max-width: 42em; margin: 2em auto;
  padding: 0 1em; color: #1a1a1a; background: #fff; overflow-wrap: anywhere; }
h2 { margin-top: 2em; border-bottom: 1px solid #999; }
blockquote { margin: 1.5em 0 .3em; padding-inline-start: 1em; border-inline-start: 3px solid #999; }
.words { white-space: pre-wrap; unicode-bidi: plaintext; text-align: start; }
.about { color: #555; margin: .3em 0; }
.became { color: #8a4b00; margin: .3em 0; }
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """A note as it is printed, and where its passage stands now; `came` where it came in a package, so that nobody here
    has seen the words that it quotes."""

    note: Note
    standing: Standing | None
    came: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """What is printed of a notebook. `cited` names every record in it; `tags` are those that records bear
    themselves."""

    heading: str
    notes: tuple[Shown, ...]
    cited: Mapping[str, Cited]
    tags: Mapping[str, tuple[str, ...]]
    collections: tuple[Collection, ...] = ()
    searches: tuple[Watched, ...] = ()

    def by_record(self) -> Iterator[tuple[Cited, list[Shown]]]:
        """Each record with its notes by their place in the text, in the order in which the records first come; then
        those that only bear a tag."""
        order: dict[str, list[Shown]] = {}
        for one in self.notes:
            order.setdefault(one.note.record, []).append(one)
        for record in self.tags:
            order.setdefault(record, [])
        for record, held in order.items():
            yield self.cited[record], sorted(held, key=_place)


def markdown(book: Book) -> str:
    """The notebook as CommonMark; nothing in it is taken for markup."""
    lines = [f"# {_plain(_straight(book.heading))}", ""]
    for record, held in book.by_record():
        lines += [
            f"## {_plain(_straight(record.title))}",
            "",
            _plain(_head(record, book.tags.get(record.record, ()))),
            "",
        ]
        for one in held:
            if one.note.passage:
                lines += [*(f"> {_plain(line)}" for line in _lines(one.note.passage.quote)), ""]
                lines += [_plain(_source(record, one)), ""]
            if became := _became(one):
                lines += [f"**{_plain(became)}**", ""]
            if one.note.text:
                lines += [*(_plain(line) + ("  " if line.strip() else "") for line in _lines(one.note.text)), ""]
            lines += [f"*{_plain(_written(one.note))}*", ""]
    for title, entries in _shelves(book):
        lines += [f"## {_plain(title)}", "", *(f"- {_plain(entry)}" for entry in entries), ""]
    return "\n".join(lines)


def page(book: Book) -> str:
    """The notebook as one HTML page: no script, nothing loaded, fonts for what a computer may lack inside."""
    body = [f'<h1 dir="auto">{_escaped(book.heading)}</h1>']
    for record, held in book.by_record():
        spoken = f' lang="{escape(record.language)}"' if record.language else ""
        body.append(f'<h2 dir="auto"{spoken}>{_escaped(record.title)}</h2>')
        body.append(f'<p class="about">{_isolating(_head(record, book.tags.get(record.record, ())))}</p>')
        for one in held:
            if one.note.passage:
                quote = _escaped(one.note.passage.quote)
                body.append(f'<blockquote class="words" dir="auto"{spoken}>{quote}</blockquote>')
                body.append(f'<p class="about">{_isolating(_source(record, one))}</p>')
            if became := _became(one):
                body.append(f'<p class="became">{escape(became)}</p>')
            if one.note.text:
                body.append(f'<p class="words" dir="auto">{_escaped(one.note.text)}</p>')
            body.append(f'<p class="about">{_isolating(_written(one.note))}</p>')
    for title, entries in _shelves(book):
        listed = "".join(f'<li dir="auto">{_isolating(entry)}</li>' for entry in entries)
        body.append(f'<h2 dir="auto">{escape(title)}</h2>\n<ul>{listed}</ul>')
    return _whole(book.heading, "\n".join(body))


def _whole(heading: str, body: str) -> str:
    rules, families = faces(body)
    style = rules + CSS.replace("%(families)s", families)
    return closed_page(_escaped(heading), style, body)


def _place(one: Shown) -> tuple[bool, int]:
    at = one.note.passage
    return (at is not None, at.start if at else 0)


def _head(record: Cited, tags: Sequence[str]) -> str:
    told = [f"Record {record.record}"]
    if tags:
        told.append(f"Tags: {', '.join(map(_isolated, tags))}")
    return ". ".join(told) + "."


def _source(record: Cited, one: Shown) -> str:
    """The citation of a passage: the document, and the place in it as it was quoted."""
    at = one.note.passage
    if at is None:
        return ""
    page = f"page {at.page}, " if at.page else ""
    where = f"{page}characters {at.start} to {at.end} of text version {at.version}"
    return (
        f"{_isolated(record.citation)} {where[0].upper()}{where[1:]}." if record.citation else f"Quoted from {where}."
    )


def _became(one: Shown) -> str:
    now = one.standing
    match now.state if now else None:
        case State.LOST if one.came:
            return "These words are not in the text; they are given as a colleague's package quotes them."
        case State.GONE if one.came:
            return "This document is not in the archive; the words are given as a colleague's package quotes them."
        case State.LOST:
            return "These words are no longer in the text; they are given as they were quoted."
        case State.GONE:
            return "This document is no longer in the archive; the words are given as they were quoted."
        case State.MOVED if now is not None:
            page = f"on page {now.page}, " if now.page else ""
            return f"The text has changed since: found again {page}at characters {now.start} to {now.end}" + (
                f" of text version {now.version}."
            )
    return ""


def _written(note: Note) -> str:
    return "; ".join([*([", ".join(map(_isolated, note.tags))] if note.tags else []), f"written {note.changed}"])


def _shelves(book: Book) -> Iterator[tuple[str, list[str]]]:
    for one in book.collections:
        about = [_isolated(" ".join(one.about.split()))] if one.about else []
        yield f"Collection: {_isolated(one.name)}", about + [_listed(book.cited[record]) for record in one.records]
    if book.searches:
        yield "Saved searches", [f"{_isolated(one.name)}: {_asked(one)}" for one in book.searches]


def _listed(record: Cited) -> str:
    citation = f": {_isolated(record.citation)}" if record.citation else ""
    return f"{_isolated(record.title)}{citation} (record {record.record})"


def _asked(one: Watched) -> str:
    narrowed = [f"{'not ' if exclude else ''}{field}: {_isolated(value)}" for field, value, exclude in one.filters]
    return "; ".join([*([_isolated(one.text)] if one.text else []), *narrowed])


def _isolated(text: str) -> str:
    """Words within a sentence of ours: where they run from right to left they move none of it."""
    text = _straight(text)
    return f"\u2068{text}\u2069" if any(unicodedata.bidirectional(sign) in ("R", "AL", "AN") for sign in text) else text


def _isolating(sentence: str) -> str:
    """Such a sentence as HTML, which has elements for that."""
    return escape(sentence).replace("\u2068", "<bdi>").replace("\u2069", "</bdi>")


def _lines(text: str) -> list[str]:
    return _straight(text).splitlines()


def _straight(text: str) -> str:
    return TURNING.sub("", text)


def _escaped(text: str) -> str:
    return escape(_straight(text))


def _plain(text: str) -> str:
    """Text in which CommonMark finds no markup: four blanks before a line would make it code."""
    bare = text.lstrip(" \t")
    before = text[: len(text) - len(bare)].expandtabs(4).replace(" ", "\u00a0")
    return before + SPECIAL.sub(r"\\\1", bare)
