"""Finds the text of Office Open XML files (ECMA-376) that stands outside the main flow: text boxes, headers, notes,
charts.

kreuzberg leaves these out in part. Every paragraph of the file is looked for in what was already found, and what is
missing is handed back, so that nothing that stands in a document goes unfound.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from itertools import islice

from archive.reading.markup import decode_html, visible_text
from archive.reading.text import tidy

# Parts that hold words of the author, in the order in which they are added.
_PARTS = re.compile(
    r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml"
    r"|(?:word|xl|ppt)/(?:charts/chart|diagrams/data|drawings/drawing|comments/comment|comments)\d*\.xml"
    r"|xl/(?:comments|threadedComments/threadedComment)\d*\.xml|xl/worksheets/sheet\d+\.xml|xl/sharedStrings\.xml"
    r"|ppt/(?:slides/slide|notesSlides/notesSlide|comments/comment|comments/modernComment)[\w]*\.xml"
)
_CHUNK = re.compile(r"word/[^/]*\.(?:html?|xhtml|mht|txt)", re.IGNORECASE)
# Blocks that are read as one stretch of words, and the elements inside them that hold the words.
_BLOCKS = frozenset(
    ("p", "si", "is", "cmAuthor", "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
)
_WORDS = frozenset(
    ("t", "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter", "v", "delText", "text")
)
_HEADER_CODES = re.compile(r'&(?:[LCRPNDTAFGZSXYEUBIOH]|"[^"]*"|\d+|K[0-9A-F]{6})')
_PART_AT_MOST = 64 << 20
_PARTS_AT_MOST = 5000


def missing_text(data: bytes, found: Iterable[str]) -> str:
    """Paragraphs of the file that are not in `found`, a line each, every one once. Empty for what is no such file."""
    known = _squeezed(" ".join(found))
    lines: dict[str, None] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in islice(sorted(archive.namelist(), key=_by_number), _PARTS_AT_MOST):
                for line in _lines(archive, name):
                    if _squeezed(line) not in known:
                        lines[line] = None
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, ValueError):
        # What could be read until the fault is still worth having; the main text says that the file is damaged.
        pass
    return "\n".join(lines)


def _squeezed(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _by_number(name: str) -> tuple[str, int]:
    digits = re.search(r"(\d+)\.\w+$", name)
    return re.sub(r"\d+\.\w+$", "", name), int(digits[1]) if digits else 0


def _lines(archive: zipfile.ZipFile, name: str) -> Iterator[str]:
    if _CHUNK.fullmatch(name):
        yield from visible_text(decode_html(_part(archive, name)).text).split("\n")
    elif _PARTS.fullmatch(name):
        yield from (line for line in (tidy(words).strip() for words in _paragraphs(_part(archive, name), name)) if line)


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    info = archive.getinfo(name)
    if info.file_size > _PART_AT_MOST:
        return b""
    with archive.open(info) as stream:
        return stream.read(_PART_AT_MOST)


def _paragraphs(data: bytes, name: str) -> Iterator[str]:
    """The words of each block of a part. Values of cells stand in the sheets that kreuzberg reads, and are left
    out.
    """
    from lxml import etree

    if not data.strip():
        return
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    tree = etree.fromstring(data, parser)
    if tree is None:
        return
    in_sheet = name.startswith("xl/worksheets/")
    words: list[str] = []
    for _, element in etree.iterwalk(tree, events=("end",)):
        tag = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if tag == "rPh":
            # How Japanese words are pronounced: its own text comes before it and would be said twice.
            del words[-1:]
        elif tag in _WORDS and not (in_sheet and tag in ("v", "t")):
            text = element.text or ""
            words.append(_HEADER_CODES.sub(" ", text) if in_sheet else text)
        elif tag in ("tab", "ptab", "br", "cr"):
            words.append(" ")
        if tag in _BLOCKS or (tag in ("pt", "text", "threadedComment") and words):
            yield "".join(words)
            words.clear()
    yield "".join(words)
