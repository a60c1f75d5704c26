"""Records of a notebook out of JSON of whatever origin; anything that is not one raises ValueError, KeyError, TypeError
or AttributeError."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from archive.notebook.records import Colour, Note, Passage
from archive.notebook.watching import Watched


def note(data: dict[str, Any]) -> Note:
    """A note with its passage, as `dataclasses.asdict` made it."""
    at = data["passage"]
    passage = None
    if at is not None:
        passage = Passage(
            document=text(at["document"]),
            version=count(at["version"]),
            start=count(at["start"]),
            end=count(at["end"]),
            quote=text(at["quote"]),
            before=text(at["before"]),
            after=text(at["after"]),
            page=count(at["page"]),
        )
        if passage.document != data["record"] or passage.version < 1 or not passage.start < passage.end:
            raise ValueError("no passage of the record")
    return Note(
        id=text(data["id"]),
        record=text(data["record"]),
        passage=passage,
        text=text(data["text"]),
        colour=None if data["colour"] is None else Colour(data["colour"]),
        tags=tuple(map(text, data["tags"])),
        created=text(data["created"]),
        changed=text(data["changed"]),
        revision=count(data["revision"]),
    )


def watched(data: dict[str, Any]) -> Watched:
    """A saved search with its filters."""
    filters = tuple((text(field), text(value), bool(exclude)) for field, value, exclude in data["filters"])
    rest = {name: text(value) for name, value in data.items() if name != "filters"}
    return Watched(**rest, filters=filters)


def with_records(kind: Callable[..., Any], data: dict[str, Any]) -> Any:
    """A record of texts and a list of UUIDs called `records`: a collection, an export."""
    rest = {name: text(value) for name, value in data.items() if name != "records"}
    return kind(**rest, records=tuple(map(text, data["records"])))


def text(value: object) -> str:
    """A text that a database takes."""
    if not isinstance(value, str):
        raise TypeError("not a text")
    value.encode()  # no lone halves of characters, which no database takes
    return value


def count(value: object) -> int:
    """A whole number from 0 that a database takes."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**63:
        raise TypeError("not a count")
    return value
