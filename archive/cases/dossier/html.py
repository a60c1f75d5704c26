"""A dossier as one HTML file: no script, nothing loaded, fonts for the scripts that a computer may lack inside."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from archive.cases.dossier.blocks import blocks, footer, title
from archive.cases.dossier.gather import Dossier
from archive.printing.blocks import Block, Style
from archive.printing.closed import closed_page
from archive.printing.faces import faces

CSS = """
body { font-family: system-ui, sans-serif%(families)s; line-height: 1.5; max-width: 48em; margin: 2em auto;
  padding: 0 1em; color: #1a1a1a; background: #fff; overflow-wrap: anywhere; }
h1, h2, h3 { line-height: 1.5; padding-top: .3em; }
h2 { margin-top: 2em; border-bottom: 1px solid #999; }
h3 { margin: 1.1em 0 .2em; }
p { margin: .3em 0; }
.fact { display: flex; gap: 1em; margin-top: .5em; }
.fact > b { flex: 0 0 15em; font-weight: normal; color: #555; }
.fact > span { flex: 1; }
.detail, .passage { margin-left: 16em; color: #555; }
.passage { margin-top: 1em; }
blockquote { margin: .3em 0 .3em 16em; padding-inline-start: 1em; border-inline-start: 3px solid #999; }
blockquote span { color: #777; }
a { color: inherit; }
footer { margin-top: 3em; border-top: 1px solid #999; color: #555; }
@media screen and (max-width: 40em) { .fact, .fact > b { display: block; }
  .detail, .passage, blockquote { margin-left: 1em; } }
@page { margin: 20mm; @bottom-right { content: "page " counter(page) " of " counter(pages); color: #555; } }
@media print { body { max-width: none; margin: 0; } h2, h3, .passage { break-after: avoid; }
  .detail { break-before: avoid; } h2, h3, .fact, .detail, blockquote { break-inside: avoid; } }
"""
TAGS = {
    Style.TITLE: "h1",
    Style.HEADING: "h2",
    Style.SUBHEADING: "h3",
    Style.TEXT: "p",
}


def render(dossier: Dossier) -> bytes:
    """The file in UTF-8."""
    told = blocks(dossier)
    body = "\n".join([*map(_block, told), f'<footer dir="auto">{escape(footer(dossier))}</footer>'])
    return closed_page(escape(title(dossier)), _style(told), body).encode()


def _block(block: Block) -> str:
    named = f' id="x{escape(block.anchor)}"' if block.anchor else ""
    # the language belongs to what is quoted, not to our own words around it
    spoken = f' lang="{escape(block.language)}"' if block.language and block.style is Style.QUOTE else ""
    text = escape(block.text)
    match block.style:
        case Style.FACT:
            label, refs = escape(block.label), _references(block.marks)
            return f'<div class="fact"><b dir="auto">{label}</b><span dir="auto"><bdi>{text}</bdi>{refs}</span></div>'
        case Style.QUOTE:
            before, after = escape(block.before), escape(block.after)
            quote = f"<span>{before}</span>{text}<span>{after}</span>"
            return f'<blockquote dir="auto"{spoken}>{quote}</blockquote>'
        case Style.DETAIL | Style.PASSAGE:
            return f'<p class="{block.style}" dir="auto"{named}>{text}</p>'
    tag = TAGS[block.style]
    return f'<{tag} dir="auto"{named}>{text}</{tag}>'


def _references(marks: Sequence[str]) -> str:
    linked = ", ".join(f'<a href="#x{escape(mark)}">{escape(mark)}</a>' for mark in marks)
    return f" [{linked}]" if linked else ""


def _style(told: Sequence[Block]) -> str:
    """The style sheet with the fonts for what is not Latin, Greek or Cyrillic: their letters alone."""
    written = {letter for one in told for words in (one.text, one.label, one.before, one.after) for letter in words}
    rules, families = faces(written)
    return rules + CSS.replace("%(families)s", families)
