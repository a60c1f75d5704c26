"""Takes the text out of OpenDocument presentations, drawings and formulas (OASIS ODF 1.3), which kreuzberg does not
read.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from archive.reading import dates, language
from archive.reading.result import Page
from archive.reading.source import Unreadable
from archive.reading.text import tidy
from archive.records import Metadata

if TYPE_CHECKING:
    from lxml.etree import _Element

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_BLOCKS = frozenset((_TEXT + "p", _TEXT + "h"))
_SPACES = {_TEXT + "s": " ", _TEXT + "tab": "\t", _TEXT + "line-break": "\n"}
# A part that unpacks to more than this is no presentation that a person made.
_PART_AT_MOST = 64 << 20


def read_pages(data: bytes) -> tuple[tuple[Page, ...], Metadata]:
    """A page for each slide or drawing, notes included, and the metadata. Raises Unreadable."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            content, meta = _tree(_part(archive, "content.xml")), _tree(_part(archive, "meta.xml"))
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, ValueError) as fault:
        raise Unreadable("damaged", f"{type(fault).__name__}: {fault}") from fault
    if content is None:
        raise Unreadable("damaged", "no content.xml")
    pages = [tidy("\n".join(_paragraphs(page))) for page in content.iter(_DRAW + "page")]
    if not pages:
        return (Page(0, tidy("\n".join(_paragraphs(content)))),), _metadata(meta)
    return tuple(Page(number, text) for number, text in enumerate(pages, 1)), _metadata(meta)


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        info = archive.getinfo(name)
    except KeyError:
        return b""
    if info.file_size > _PART_AT_MOST:
        raise Unreadable("too-large", f"{name}: {info.file_size} bytes")
    with archive.open(info) as stream:
        return stream.read(_PART_AT_MOST)


def _tree(data: bytes) -> _Element | None:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    return etree.fromstring(data, parser) if data.strip() else None


def _paragraphs(root: _Element) -> Iterator[str]:
    for block in root.iter(*_BLOCKS):
        if not any(ancestor.tag in _BLOCKS for ancestor in block.iterancestors()):
            yield "".join(_runs(block))


def _runs(block: _Element) -> Iterator[str]:
    from lxml.etree import iterwalk

    for event, element in iterwalk(block, events=("start", "end")):
        if event == "start":
            yield "\n" if element.tag in _BLOCKS and element is not block else _SPACES.get(str(element.tag), "")
            yield element.text or ""
        elif element is not block:
            yield element.tail or ""


def _metadata(tree: _Element | None) -> Metadata:
    def first(*tags: str) -> str:
        found = (element.text for tag in tags for element in tree.iter(tag)) if tree is not None else ()
        return next((" ".join(text.split()) for text in found if text and text.strip()), "")

    author = first(_META + "initial-creator", _DC + "creator")
    return Metadata(
        title=first(_DC + "title"),
        authors=(author,) if author else (),
        published=dates.made(first(_META + "creation-date")),
        language=language.declared(first(_DC + "language")),
    )
