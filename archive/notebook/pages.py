"""Notes as a page for people, in Markdown or HTML: by record, each with its quote and what became of the passage.

What is written so is not protected; the caller says so, and remembers it with `shelves.note_export`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from archive.cases.passages import Anchor
from archive.notebook.records import Note

SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&$^=:])")
HEAD = (
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    "<title>{title}</title>\n<style>body{{max-width:42em;margin:2em auto;font-family:sans-serif;line-height:1.5}}"
    "blockquote{{border-left:3px solid #999;margin-left:0;padding-left:1em}}.note{{white-space:pre-wrap}}"
    ".about{{color:#555}}</style>\n</head>\n<body>\n"
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A note as it is printed: `title` of its record, and where its passage stands now."""

    note: Note
    title: str
    anchor: Anchor | None


def shown(
    notes: Iterable[Note], title: Callable[[str], str], standing: Callable[[Note], Anchor | None]
) -> tuple[Shown, ...]:
    """Notes ready for printing, those of one record together in the order in which the records first come."""
    order: dict[str, list[Note]] = {}
    for note in notes:
        order.setdefault(note.record, []).append(note)
    return tuple(
        Shown(note, title(record), standing(note))
        for record, held in order.items()
        for note in sorted(held, key=lambda one: (one.passage is not None, one.passage.start if one.passage else 0))
    )


def markdown(notes: Iterable[Shown], heading: str) -> str:
    """The notes as CommonMark; nothing in them is taken for markup."""
    lines = [f"# {_plain(heading)}", ""]
    for _, held in groupby(notes, lambda one: one.note.record):
        for at, one in enumerate(held):
            if not at:
                lines += [f"## {_plain(one.title)}", "", f"Record {one.note.record}", ""]
            if one.note.passage:
                lines += [*(f"> {_plain(line)}" for line in one.note.passage.quote.splitlines()), ""]
            if one.note.text:
                lines += [*(_plain(line) + ("  " if line else "") for line in one.note.text.splitlines()), ""]
            lines += [f"*{_plain('; '.join(_about(one)))}*", ""]
    return "\n".join(lines)


def page(notes: Iterable[Shown], heading: str) -> str:
    """The notes as one HTML page that loads nothing."""
    out = [HEAD.format(title=html.escape(heading)), f"<h1>{html.escape(heading)}</h1>\n"]
    for record, held in groupby(notes, lambda one: one.note.record):
        for at, one in enumerate(held):
            if not at:
                out.append(f'<h2>{html.escape(one.title)}</h2>\n<p class="about">Record {html.escape(record)}</p>\n')
            if one.note.passage:
                out.append(f'<blockquote class="note">{html.escape(one.note.passage.quote)}</blockquote>\n')
            if one.note.text:
                out.append(f'<p class="note">{html.escape(one.note.text)}</p>\n')
            out.append(f'<p class="about">{html.escape("; ".join(_about(one)))}</p>\n')
    return "".join([*out, "</body>\n</html>\n"])


def _about(one: Shown) -> Iterator[str]:
    passage = one.note.passage
    if passage:
        where = f"page {passage.page}, " if passage.page else ""
        yield f"{where}characters {passage.start} to {passage.end} of text version {passage.version}"
    if one.anchor and one.anchor.lost:
        yield "these words are no longer in the text"
    elif one.anchor and one.anchor.moved:
        yield f"in text version {one.anchor.version} at characters {one.anchor.start} to {one.anchor.end}"
    if one.note.tags:
        yield ", ".join(one.note.tags)
    yield one.note.changed


def _plain(text: str) -> str:
    """Text in which CommonMark finds no markup."""
    return SPECIAL.sub(r"\\\1", text)
