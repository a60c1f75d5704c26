"""Turns HTML into its whole visible text: for mail, posts and pages of which an article cannot be told apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.reading.charset import Decoded, decode
from archive.reading.text import tidy

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NOT_SHOWN = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "head",
        "title",
        "meta",
        "link",
        "object",
        "applet",
        "svg",
        "math",
        "iframe",
        "canvas",
        "audio",
        "video",
        "datalist",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
_APART = frozenset(
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table", "ul", "ol", "dl", "pre", "section", "article"]
)
_SPACE = re.compile(r"[ \t\r\n\f\u200b]+")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_META_CHARSET = re.compile(
    rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)",
    re.IGNORECASE,
)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_SCRIPTS = re.compile(r"<(script|style|head|template|noscript)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_TAGS = re.compile(r"<[!/?a-zA-Z][^<>]*>?")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def decode_html(data: bytes, declared: str = "") -> Decoded:
    """The text of an HTML file; `declared` is what a mail or server said, which goes before what the page itself
    says.
    """
    match = _META_CHARSET.search(data[:4096])
    inside = (match[1] or match[2]).decode("ascii", "replace") if match else ""
    if inside.lower().startswith("utf-16"):
        # A page in UTF-16 could not have been read as far as this; the standard takes it for UTF-8.
        inside = "utf-8"
    return decode(data, declared or inside)


def parse(html: str) -> HtmlElement | None:
    """The tree of a page, however broken; None where there is nothing in it. Loads nothing from anywhere."""
    from lxml import etree
    from lxml.html import HTMLParser, fromstring

    html = _CONTROLS.sub("", _XML_DECLARATION.sub("", html))
    if not html.strip():
        return None
    parser = HTMLParser(huge_tree=True, no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        return fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def visible_text(html: str) -> str:
    """Everything a reader of the page would see, a block to a line, with blank lines between paragraphs.

    Scripts, styles and what is hidden by an attribute or inline style are left out; alternative texts of pictures
    stay.
    """
    tree = parse(html)
    text = "" if tree is None else tree_text(tree)
    # The parser gives up where thousands of elements are open; their text is still text.
    return text or tidy(" ".join(_TAGS.sub(" ", _SCRIPTS.sub(" ", html)).split()))


def tree_text(tree: HtmlElement) -> str:
    """`visible_text` of a tree that is already parsed. It walks without recursion: pages can be nested without
    end.
    """
    from lxml.etree import iterwalk

    flow = _Flow()
    skipping = 0
    for event, element in iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if skipping or tag in _NOT_SHOWN or _is_hidden(element):
                skipping += 1
                continue
            flow.preformatted += tag in ("pre", "textarea")
            flow.part(tag)
            flow.say(element.get("alt") if tag == "img" else element.text)
            continue
        if skipping:
            skipping -= 1
        else:
            flow.preformatted -= tag in ("pre", "textarea")
            if tag != "br":
                flow.part(tag)
        if not skipping and element is not tree:
            flow.say(element.tail)
    return tidy("".join(flow.out))


class _Flow:
    """Text as it flows: breaks between blocks do not add up, and a cell is parted from the next by a tab."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.preformatted = 0
        self._breaks = 0
        self._tab = False

    def part(self, tag: str) -> None:
        """A tag opens or closes here."""
        if tag == "br":
            self._breaks = min(self._breaks + 1, 2)
        elif tag in ("td", "th"):
            self._tab = True
        else:
            self._breaks = max(self._breaks, 2 if tag in _APART else 1 if tag in _BLOCKS else 0)

    def say(self, text: str | None) -> None:
        """Text stands here."""
        if not text:
            return
        if not self.preformatted:
            text = _SPACE.sub(" ", text)
            if self._breaks or self._tab or not self.out:
                text = text.lstrip(" ")
            if not text:
                return
        if self.out and self._breaks:
            self.out.append("\n" * self._breaks)
        elif self.out and self._tab:
            self.out.append("\t")
        self._breaks, self._tab = 0, False
        self.out.append(text)


def _is_hidden(element: HtmlElement) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN_STYLE.search(element.get("style") or ""))
