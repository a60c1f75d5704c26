"""Reads what the WordPress REST API answers: one post, or a list of which each post becomes a member; also broken
JSON.
"""

from __future__ import annotations

import html
import json
import re
from typing import Any

from archive.reading import dates, language
from archive.reading.charset import decode
from archive.reading.markup import visible_text
from archive.reading.result import Member, Page, Reading
from archive.reading.source import Sink, Source
from archive.reading.text import doubt, reading_of, tidy
from archive.records import Metadata, Relation, Verdict

LIMIT = 200 << 20
MEDIA_TYPE = "application/x-wordpress+json"
# What the closing half of a tag looks like once something has cut the opening tags out of a page's markup.
_STRAY_TAGS = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>")
_LEFT_ESCAPES = re.compile(r"\\u([0-9a-fA-F]{4})|\\([nrt/\"\\])")
_ESCAPED = {"n": "\n", "r": "", "t": "\t", "/": "/", '"': '"', "\\": "\\"}


def read(source: Source, sink: Sink) -> Reading:
    """A post with title, date, address, author and text; a list gives its posts to `sink` and has a listing as its
    text.

    The date is that of the site's clock (`date`), else that in UTC. Verdict poor with reason `json-repaired` where
    the JSON was broken and had to be guessed at. A post in a list is given as canonical JSON (RFC 8785), so that the
    same post is the same bytes in whatever list it comes.
    """
    decoded = decode(source.bytes(LIMIT))
    value, repaired = _load(decoded.text)
    if isinstance(value, list) and any(is_post(item) for item in value):
        return _list(value, source, sink, repaired)
    if not is_post(value):
        return reading_of(decoded, source.media_type)
    text = _text(value, broken=bool(repaired))
    verdict, reason, detail = doubt(decoded)
    if repaired:
        verdict, reason, detail = Verdict.POOR, "json-repaired", repaired
    if not text:
        return Reading(source.media_type, _metadata(value, text), (), Verdict.NONE, reason or "no-text", detail)
    return Reading(
        source.media_type,
        _metadata(value, text),
        (Page(0, text),),
        verdict,
        reason,
        detail,
        "tamarisk wordpress 1",
        decoded.notes,
    )


def is_post(value: object) -> bool:
    """Whether a JSON value looks like a post, page or comment of the REST API: it has an id and rendered parts."""
    return (
        isinstance(value, dict)
        and "id" in value
        and any(
            isinstance(value.get(part), dict) and "rendered" in value[part] for part in ("title", "content", "excerpt")
        )
    )


def _load(text: str) -> tuple[Any, str]:
    """The JSON value, and in words what was wrong with it, if anything."""
    try:
        return json.loads(text), ""
    except RecursionError:
        return None, "nested too deeply"
    except ValueError as fault:
        trouble = str(fault)
    try:
        # Raw line ends inside strings, the commonest fault, need no guessing.
        return json.loads(text, strict=False), trouble
    except (ValueError, RecursionError):
        pass
    salvaged = _salvage(text)
    if is_post(salvaged):
        return salvaged, trouble
    from json_repair import repair_json

    try:
        return repair_json(text, return_objects=True, skip_json_loads=True), trouble
    except (ValueError, RecursionError, IndexError):
        return None, trouble


def _salvage(text: str) -> dict[str, Any]:
    """The leading fields of one post, decoded one by one; from the first broken one on, what is left is its content.

    A general repair takes the first bare quotation mark in cut markup for the end of the content and drops the rest
    of it.
    """
    decoder = json.JSONDecoder(strict=False)
    post: dict[str, Any] = {}
    field = re.compile(r'\s*[{,]\s*"(\w+)"\s*:\s*')
    at = 0
    while match := field.match(text, at):
        try:
            post[match[1]], at = decoder.raw_decode(text, match.end())
        except (ValueError, RecursionError):
            rendered = re.compile(r'\{\s*"rendered"\s*:\s*"').match(text, match.end())
            if rendered:
                post[match[1]] = {"rendered": _unescaped(_until_next_field(text[rendered.end() :]))}
            break
    return post


def _until_next_field(rest: str) -> str:
    """A broken string up to where the post's next field begins, or to the end of the file."""
    end = re.search(r'"\s*(?:,\s*"protected"\s*:\s*(?:true|false)\s*)?\}\s*,\s*"\w+"\s*:', rest)
    return rest[: end.start()] if end else rest


def _unescaped(words: str) -> str:
    def character(match: re.Match[str]) -> str:
        return chr(int(match[1], 16)) if match[1] else _ESCAPED[match[2]]

    return _LEFT_ESCAPES.sub(character, words)


def _text(post: dict[str, Any], broken: bool) -> str:
    """The text of a post: its content, else its excerpt. In broken markup only its line ends still tell paragraphs
    apart.
    """
    for part in ("content", "excerpt"):
        markup = _rendered(post, part)
        if broken:
            markup = re.sub(r"\n\s*\n", "<p>", markup)
        text = tidy(_STRAY_TAGS.sub("", visible_text(markup)))
        if text:
            return text
    return ""


def _metadata(post: dict[str, Any], text: str) -> Metadata:
    title = " ".join(visible_text(_rendered(post, "title")).split())
    when = str(post.get("date") or post.get("date_gmt") or "")
    link = str(post.get("link") or "")
    return Metadata(
        title=title,
        authors=tuple(_authors(post)),
        publisher=_site(post),
        published=dates.edtf_of(when),
        published_words=when,
        language=language.declared(str(post.get("lang") or "")),
        source_url=link if link.startswith(("http://", "https://")) else "",
    )


def _authors(post: dict[str, Any]) -> list[str]:
    """Names of authors where the answer embeds them; the bare number of an author is no name."""
    found = [str(post["author_name"])] if post.get("author_name") else []
    embedded = post.get("_embedded")
    people = embedded.get("author") if isinstance(embedded, dict) else None
    for person in people if isinstance(people, list) else []:
        if isinstance(person, dict) and isinstance(person.get("name"), str):
            found.append(html.unescape(person["name"]))
    head = post.get("yoast_head_json")
    if not found and isinstance(head, dict) and isinstance(head.get("author"), str):
        found.append(head["author"])
    return found


def _site(post: dict[str, Any]) -> str:
    head = post.get("yoast_head_json")
    name = head.get("og_site_name") if isinstance(head, dict) else ""
    return name if isinstance(name, str) else ""


def _rendered(post: dict[str, Any], part: str) -> str:
    value = post.get(part)
    rendered = value.get("rendered") if isinstance(value, dict) else value
    return rendered if isinstance(rendered, str) else ""


def _list(values: list[Any], source: Source, sink: Sink, repaired: str) -> Reading:
    """Give each post to the sink; the listing has a line for each: date, title, address."""
    lines: list[str] = []
    notes: list[str] = []
    for number, value in enumerate(values, 1):
        if not is_post(value):
            notes.append(f"not-a-post:{number}")
            continue
        found = _metadata(value, "")
        lines.append("\t".join(part for part in (found.published, found.title, found.source_url) if part))
        name = f"{value.get('slug') or value.get('id')}.json"
        sink.member(Member(name, None, Relation.MEMBER, MEDIA_TYPE), [canonical(value)])
    verdict, reason = (Verdict.POOR, "json-repaired") if repaired else (Verdict.GOOD, "")
    return Reading(
        source.media_type,
        Metadata(),
        (Page(0, "\n".join(lines)),),
        verdict,
        reason,
        repaired,
        "tamarisk wordpress 1",
        tuple(notes),
    )


def canonical(value: Any) -> bytes:
    """Canonical JSON (RFC 8785); numbers beyond its range, which it cannot hold, are written out as strings."""
    import rfc8785

    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError):
        return rfc8785.dumps(_within_range(value))


def _within_range(value: Any) -> Any:
    if isinstance(value, dict):
        return {_within_range(str(key)): _within_range(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_within_range(item) for item in value]
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int) and abs(value) < 1 << 53:
        return value
    return str(value)
