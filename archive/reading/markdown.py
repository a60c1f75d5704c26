"""Reads Markdown: the metadata of its YAML front matter, and the text as it was written."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping

from archive.reading import dates, language, press
from archive.reading.charset import decode
from archive.reading.result import Reading
from archive.reading.source import Sink, Source
from archive.reading.text import LIMIT, reading_of
from archive.records import Metadata, Verdict

_FRONT = re.compile(r"\A\s*---[ \t]*\n(?P<yaml>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_HEADING = re.compile(r"^(?:#{1,2}[ \t]+(?P<hash>.+?)[ \t]*#*|(?P<under>\S.*)\n(?:={3,}|-{3,}))[ \t]*$", re.MULTILINE)
_MARKS = re.compile(
    r"!\[[^\]]{0,200}\]\([^)]{0,500}\)|\[([^\]]{0,500})\]\([^)]{0,500}\)|[*_`~]{1,3}(?=\S)|(?<=\S)[*_`~]{1,3}|^>\s*|^#+\s*"
)
_COUNTRY = re.compile(r"[A-Za-z]{2}")
# The keys of this project's sample archive first, then those that other programs use for the same.
_KEYS: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "authors": ("authors", "author", "creator", "by"),
    "publisher": ("publisher", "source_name", "site", "sitename", "publication"),
    "published": ("published", "date", "pubdate", "created"),
    "language": ("language", "lang"),
    "countries": ("countries", "country"),
    "source_url": ("source_url", "url", "link", "source", "original", "canonical_url"),
    "type": ("type",),
}
_FRONT_AT_MOST = 64_000


def read(source: Source, sink: Sink) -> Reading:
    """The text of a Markdown file below its front matter, marks kept; the title is the first heading if none is
    declared.

    Note `front-matter-broken` where the front matter is no YAML: it then stays in the text, so that nothing is lost.
    """
    decoded = decode(source.bytes(LIMIT))
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    front, body, notes = split(text)
    if not body.strip() and front:
        body, notes = text, (*notes, "front-matter-only")
    reading = reading_of(dataclasses.replace(decoded, text=body), source.media_type)
    if reading.verdict is Verdict.NONE:
        return reading
    metadata = _declared(front)
    return dataclasses.replace(
        reading, metadata=_completed(metadata, body), notes=reading.notes + notes, extractor="tamarisk markdown 1"
    )


def split(text: str) -> tuple[Mapping[str, object], str, tuple[str, ...]]:
    """Front matter as a mapping with lower-case keys, the text below it, and notes."""
    match = _FRONT.match(text)
    if not match or len(match["yaml"]) > _FRONT_AT_MOST:
        return {}, text, ()
    front = _yaml(match["yaml"])
    if front is None:
        return {}, text, ("front-matter-broken",)
    return front, text[match.end() :].lstrip("\n"), ()


def _yaml(words: str) -> dict[str, object] | None:
    """A mapping out of YAML; None where it is none. Aliases are refused: they can unfold without end."""
    import yaml

    if re.search(r"(?m)(?:^|[\s\[,:-])[&*][A-Za-z0-9_]+(?:\s|$)", words):
        return None
    try:
        # BaseLoader leaves every scalar as it was written: `2015-10` is no number, `NO` is Norway.
        loaded = yaml.load(words, Loader=yaml.BaseLoader)  # noqa: S506 - it makes nothing but strings, lists and dicts
    except (yaml.YAMLError, ValueError, RecursionError):
        return _by_lines(words)
    return {str(key).lower(): value for key, value in loaded.items()} if isinstance(loaded, dict) else None


def _by_lines(words: str) -> dict[str, object] | None:
    """`key: value` line by line, for front matter whose titles hold colons or quotes that YAML does not allow."""
    found: dict[str, object] = {}
    for line in words.split("\n"):
        match = re.match(r"([A-Za-z_][\w -]*?)\s*:\s*(.*)$", line)
        if match:
            found[match[1].lower()] = match[2].strip().strip("\"'")
    return found or None


def _declared(front: Mapping[str, object]) -> Metadata:
    values = {name: next((front[key] for key in keys if front.get(key)), "") for name, keys in _KEYS.items()}
    words = _string(values["published"])
    url = _string(values["source_url"])
    return Metadata(
        title=_string(values["title"]),
        authors=tuple(_strings(values["authors"], split_on=r"\s*(?:;|,\s|、|，|\band\b)\s*")),
        publisher=_string(values["publisher"]) or ("" if url.startswith("http") else url),
        published=dates.edtf_of(words),
        published_words=words,
        language=language.declared(_string(values["language"])),
        countries=tuple(
            code.upper() for code in _strings(values["countries"], split_on=r"[\s,;]+") if _COUNTRY.fullmatch(code)
        ),
        source_url=url if url.startswith("http") else "",
        type=_string(values["type"]),
    )


def _completed(declared: Metadata, body: str) -> Metadata:
    """What front matter left open, from the body: a first heading, a byline, a first sentence."""
    heading = _HEADING.search(body[:20_000])
    headline = plain(heading["hash"] or heading["under"]) if heading else ""
    found = press.metadata("\n".join(plain(line) for line in body[:60_000].split("\n")))
    return dataclasses.replace(
        declared,
        title=declared.title or headline or found.title,
        authors=declared.authors or found.authors,
        published=declared.published or found.published,
        published_words=declared.published_words or found.published_words,
        source_url=declared.source_url or found.source_url,
    )


def plain(line: str) -> str:
    """A line without Markdown's marks; a link leaves its words."""
    return _MARKS.sub(lambda match: match[1] or "", line).strip()


def _string(value: object) -> str:
    return " ".join(str(value).split()) if isinstance(value, str) else ""


def _strings(value: object, split_on: str) -> list[str]:
    items: Iterable[object] = value if isinstance(value, list) else re.split(split_on, _string(value))
    return [words for words in (_string(item) for item in items) if words]
