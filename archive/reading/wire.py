"""What travels between the program and a worker: JSON headers and raw frames, checked on arrival, never pickled.

A message is one header frame (a JSON object in ASCII with `kind`), followed by the raw frames that the kind calls for:
`chunk` and `rendering` one, `reading` one for the text of each page in UTF-8. Paths travel as their bytes in hex.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from archive.reading.render import PIXELS, Mark, Rectangle, Rendering
from archive.reading.result import Member, Page, Reading
from archive.reading.source import Budget
from archive.records import Metadata, Relation, Verdict

CHUNK = 1 << 20
REQUEST_LIMIT = 16 << 20  # of a header of the program, in bytes
ANSWER_LIMIT = 4 << 20  # of a header of a worker
STRING = 4_000  # characters of a field; the same for all, so that nothing in a header is long
ITEMS = 500  # of authors, countries or notes
ITEM = 500  # characters of each
RAW_NAME = 16_000  # bytes of a member's name as the container has it
NAMES = 64 << 20  # characters and bytes of all names of the members of one file
PAGES = 200_000
RECTANGLES = 50_000

Header = Mapping[str, Any]
_Code = TypeVar("_Code", bound=StrEnum)


class Malformed(Exception):
    """A frame that is not what it must be: the other side has gone wrong."""


class Pipe(Protocol):
    """The part of `multiprocessing.connection.Connection` that is used."""

    def send_bytes(self, buf: bytes) -> None: ...

    def recv_bytes(self, maxlength: int | None = None) -> bytes: ...


def send(pipe: Pipe, kind: str, *raw: bytes, **fields: Any) -> None:
    """One message. Raises OSError where the other side is gone."""
    pipe.send_bytes(json.dumps({"kind": kind, **fields}).encode("ascii"))
    for frame in raw:
        pipe.send_bytes(frame)


def receive(pipe: Pipe, limit: int) -> Header:
    """The header of the next message, of at most `limit` bytes.

    Raises Malformed, and OSError or EOFError where it is longer or the other side is gone.
    """
    try:
        header = json.loads(pipe.recv_bytes(limit).decode("ascii"))
    except (ValueError, RecursionError) as fault:
        raise Malformed(str(fault)) from fault
    if not isinstance(header, dict) or not isinstance(header.get("kind"), str):
        raise Malformed("a header is an object with a kind")
    return header


def text(header: Header, name: str, most: int = STRING) -> str:
    """The string `name` of a header, of at most `most` characters, without lone surrogates. Raises Malformed."""
    value = header.get(name)
    if not isinstance(value, str) or len(value) > most:
        raise Malformed(f"{name} is not a string of at most {most} characters")
    return value.encode("utf-8", "replace").decode("utf-8") if not value.isascii() else value


def number(header: Header, name: str, least: int = 0, most: int = 1 << 62) -> int:
    """The whole number `name` of a header, between `least` and `most`. Raises Malformed."""
    value = header.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise Malformed(f"{name} is not a whole number from {least} to {most}")
    return value


def measure(header: Header, name: str) -> float:
    """The number `name` of a header. Raises Malformed."""
    value = header.get(name)
    if not isinstance(value, int | float) or isinstance(value, bool) or not abs(value) < 1e12:
        raise Malformed(f"{name} is not a number")
    return float(value)


@dataclasses.dataclass(frozen=True, slots=True)
class More:
    """The worker asks for `CHUNK` bytes of the file from `start` on."""

    start: int


@dataclasses.dataclass(frozen=True, slots=True)
class Ended:
    """A member ended; `reason` says why where it is not complete."""

    complete: bool
    reason: str


Answer = More | Member | bytes | Ended | Reading | Rendering


def receive_answer(pipe: Pipe, text_limit: int) -> Answer:
    """The next answer of a worker, wholly received and within the limits above. Raises Malformed, OSError, EOFError.

    `text_limit` is for the text of a reading, in bytes of UTF-8.
    """
    header = receive(pipe, ANSWER_LIMIT)
    match header["kind"]:
        case "more":
            return More(number(header, "start"))
        case "member":
            return read_member(header)
        case "chunk":
            chunk = pipe.recv_bytes(CHUNK)
            if not chunk:
                raise Malformed("an empty chunk")
            return chunk
        case "ended":
            return Ended(header.get("complete") is True, text(header, "reason"))
        case "reading":
            return receive_reading(pipe, header, text_limit)
        case "rendering":
            return receive_rendering(pipe, header)
        case _:
            raise Malformed("an answer of unknown kind")


def send_reading(pipe: Pipe, reading: Reading) -> None:
    """A reading; its text must hold no lone surrogates."""
    fields = {
        field.name: getattr(reading, field.name) for field in dataclasses.fields(Reading) if field.name != "pages"
    }
    fields["metadata"] = dataclasses.asdict(reading.metadata)
    pages = [page.text.encode("utf-8") for page in reading.pages]
    send(pipe, "reading", *pages, **fields, pages=[page.number for page in reading.pages])


def receive_reading(pipe: Pipe, header: Header, text_limit: int) -> Reading:
    """The reading whose header has come. Raises Malformed where it is wrong, OSError above `text_limit` bytes of
    text.
    """
    pages = []
    for page in _page_numbers(header):
        frame = pipe.recv_bytes(text_limit)
        text_limit -= len(frame)
        try:
            pages.append(Page(page, frame.decode("utf-8")))
        except UnicodeDecodeError as fault:
            raise Malformed("the text of a page is not UTF-8") from fault
    return Reading(
        media_type=text(header, "media_type"),
        metadata=_metadata(header.get("metadata")),
        pages=tuple(pages),
        verdict=_one_of(Verdict, header, "verdict"),
        reason=text(header, "reason"),
        detail=text(header, "detail"),
        extractor=text(header, "extractor"),
        notes=_texts(header, "notes"),
    )


def send_member(pipe: Pipe, member: Member) -> None:
    """The beginning of a member; its bytes follow as `chunk`s, then `ended`."""
    raw = None if member.raw_name is None else member.raw_name.hex()
    send(
        pipe,
        "member",
        name=member.name,
        raw_name=raw,
        relation=member.relation,
        media_type=member.media_type,
    )


def read_member(header: Header) -> Member:
    """The member that a header describes. Raises Malformed."""
    raw = header.get("raw_name")
    return Member(
        name=text(header, "name"),
        raw_name=None if raw is None else _hex(header, "raw_name"),
        relation=_one_of(Relation, header, "relation"),
        media_type=text(header, "media_type"),
    )


def length_of_names(member: Member) -> int:
    """What a member takes of NAMES."""
    return len(member.name) + len(member.raw_name or b"") + len(member.media_type)


def send_rendering(pipe: Pipe, rendering: Rendering) -> None:
    """A drawn page."""
    fields = {field.name: getattr(rendering, field.name) for field in dataclasses.fields(Rendering)}
    pixels = fields.pop("pixels")
    fields["rectangles"] = [dataclasses.astuple(rectangle) for rectangle in rendering.rectangles[:RECTANGLES]]
    send(pipe, "rendering", pixels, **fields)


def receive_rendering(pipe: Pipe, header: Header) -> Rendering:
    """The drawn page whose header has come. Raises Malformed."""
    pixels = pipe.recv_bytes(PIXELS * 4 + 1)
    width, height = number(header, "width", most=PIXELS), number(header, "height", most=PIXELS)
    if len(pixels) != width * height * 4:
        raise Malformed("the pixels do not fill the picture")
    rectangles = header.get("rectangles")
    if not isinstance(rectangles, list) or len(rectangles) > RECTANGLES:
        raise Malformed("rectangles is not a list that is short enough")
    return Rendering(
        width=width,
        height=height,
        pixels=pixels,
        page=number(header, "page"),
        pages=number(header, "pages"),
        page_width=measure(header, "page_width"),
        page_height=measure(header, "page_height"),
        rectangles=tuple(_rectangle(item) for item in rectangles),
        reason=text(header, "reason"),
        detail=text(header, "detail"),
    )


def budget_fields(budget: Budget) -> dict[str, int]:
    """A budget as fields of a header."""
    return dataclasses.asdict(budget)


def read_budget(header: Header) -> Budget:
    """The budget in a header."""
    return Budget(**header["budget"])


def mark_fields(marks: Sequence[Mark]) -> list[tuple[str, int, int]]:
    """Marks as fields of a header."""
    return [(mark.quote, mark.start, mark.end) for mark in marks]


def read_marks(header: Header) -> list[Mark]:
    """The marks in a header."""
    return [Mark(quote, start, end) for quote, start, end in header["marks"]]


def _metadata(header: object) -> Metadata:
    if not isinstance(header, dict):
        raise Malformed("metadata is not an object")
    lists = {"authors", "countries"}
    fields: dict[str, Any] = {
        field.name: _texts(header, field.name) if field.name in lists else text(header, field.name)
        for field in dataclasses.fields(Metadata)
    }
    return Metadata(**fields)


def _texts(header: Header, name: str) -> tuple[str, ...]:
    value = header.get(name)
    if not isinstance(value, list) or len(value) > ITEMS:
        raise Malformed(f"{name} is not a list of at most {ITEMS}")
    return tuple(text({name: item}, name, ITEM) for item in value)


def _page_numbers(header: Header) -> list[int]:
    value = header.get("pages")
    if not isinstance(value, list) or len(value) > PAGES:
        raise Malformed("pages is not a list that is short enough")
    return [number({"page": item}, "page") for item in value]


def _rectangle(item: object) -> Rectangle:
    if not isinstance(item, list) or len(item) != 5:
        raise Malformed("a rectangle is five numbers")
    most = 1 << 31
    mark, *edges = (number({"edge": edge}, "edge", -most, most) for edge in item)
    return Rectangle(mark, *edges)


def _hex(header: Header, name: str) -> bytes:
    try:
        return bytes.fromhex(text(header, name, 2 * RAW_NAME))
    except ValueError as fault:
        raise Malformed(f"{name} is not hex") from fault


def _one_of(kind: type[_Code], header: Header, name: str) -> _Code:
    try:
        return kind(text(header, name))
    except ValueError as fault:
        raise Malformed(f"{name} is none of the known codes") from fault
