"""Makes a saved page, or the HTML of a message, safe to show: words and their layout, nothing active, nothing remote.

A reader like the others, so that it runs in a worker process; its one page holds HTML instead of text.
"""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage

from archive.reading.markup import decode_html
from archive.reading.result import Page, Reading
from archive.reading.source import Sink, Source, Unreadable

LIMIT = 64 << 20
TAGS = {
    "a", "abbr", "article", "aside", "b", "bdi", "bdo", "blockquote", "br", "caption", "center", "cite",
    "code", "col", "colgroup", "dd", "del", "details", "div", "dl", "dt", "em", "figcaption", "figure",
    "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "ins", "kbd", "li", "main", "mark",
    "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span", "strong", "sub",
    "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var",
}  # fmt: skip
ATTRIBUTES = {"*": {"dir", "lang"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}, "ol": {"start"}}
PAGES = ("text/html", "application/xhtml+xml", "multipart/related", "message/rfc822")
READERS = dict.fromkeys(PAGES, "archive.reading.saved_page:read")
"""What `ReadingProcess` takes so that it makes these types safe to show instead of reading their text."""


def read(source: Source, sink: Sink) -> Reading:
    """The page as HTML with none but the tags above: no links that lead anywhere, no pictures, scripts or styles.

    Raises Unreadable (`no-text`) where there is no HTML in it.
    """
    import nh3

    content = source.bytes(LIMIT)
    if source.media_type in ("multipart/related", "message/rfc822"):
        content = _html_part(content)
    safe = nh3.clean(
        decode_html(content).text,
        tags=TAGS,
        clean_content_tags={"script", "style", "title", "template", "noscript"},
        attributes=ATTRIBUTES,
        url_schemes=set(),
        link_rel=None,
    )
    return Reading(source.media_type, pages=(Page(0, safe),), extractor="nh3")


def _html_part(content: bytes) -> bytes:
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return payload
    raise Unreadable("no-text")
