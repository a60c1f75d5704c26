"""The records that are measured: United Nations speeches in parts, and Chinese poems; a million where asked for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from archive import container, documents, unlocking
from archive.connect import writing
from archive.container import Archive
from archive.keys import ArchiveKey
from archive.reading.result import Page, Reading
from archive.records import Confidentiality, Metadata, Name
from tests.conftest import SHARED

BUILD = Path(__file__).parents[2] / "build" / "bench"
PART = 2_000
"""Code points of a part of a speech, about."""
POEMS = 12_000
MILLION = 1_000_000
PARAGRAPH = 320
"""Code points of a paragraph of a speech among the million, at most."""
VERSION = "1"
"""Changes when the records do: the archive of them is kept."""


@dataclass(frozen=True, slots=True)
class Record:
    """One part of a speech, or one poem."""

    title: str
    text: str
    language: str
    country: str = ""
    year: str = ""
    author: str = ""
    publisher: str = ""
    name: str = ""

    @property
    def beside(self) -> tuple[str, str, str]:
        """Author, publisher and file name: what is searched for words beside title and text."""
        return self.author, self.publisher, self.name


def records(share: float = 1.0, large: bool = False) -> Iterator[Record]:
    """All of them, or an even share, in a fixed order; `large` for the million."""
    taken, number = 0.0, 0
    for record in islice(_all(PARAGRAPH, None), MILLION) if large else _all(PART, POEMS):
        taken += share
        if taken >= 1:
            taken -= 1
            yield replace(record, name=f"{number}.txt")
            number += 1


def _all(size: int, poems: int | None) -> Iterator[Record]:
    """As many of the poems, all if None, and the speeches in parts of this size; all poems come first."""
    from babel.core import get_global

    codes = get_global("territory_aliases")
    if poems is None:
        yield from _poems(None)
    for speech in _lines("un-general-debate"):
        country = codes.get(speech["country"], [""])[0]
        for number, part in enumerate(parts(speech["text"], size), 1):
            title = f"{speech['country']} {speech['year']}, part {number}"
            known = country if len(country) == 2 else ""
            yield Record(title, part, "en", known, str(speech["year"]), publisher="General Debate")
    if poems is not None:
        yield from _poems(poems)


def _poems(number: int | None) -> Iterator[Record]:
    for poem in islice(_lines("classical-chinese-poems"), number):
        yield Record(poem["title"], poem["text"], "zh-Hant", author=poem["author"])


def parts(text: str, size: int) -> Iterator[str]:
    """A text in parts of about this many code points, cut after a line or sentence where there is one."""
    at = 0
    while at < len(text):
        end = min(len(text), at + size)
        if end < len(text):
            cut = max(text.rfind("\n", at + size // 2, end), text.rfind(". ", at + size // 2, end) + 1)
            end = cut + 1 if cut > at else end
        yield text[at:end]
        at = end


def _lines(name: str) -> Iterator[dict[str, str]]:
    from backports.zstd import open as open_zstd

    with open_zstd(SHARED / "corpora" / f"{name}.jsonl.zst", "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def archive(share: float, large: bool = False) -> tuple[Path, ArchiveKey]:
    """An unprotected archive of the records (its files are encrypted all the same), made once and kept."""
    path = BUILD / f"{'million' if large else 'records'}-{VERSION}-{share:g}.tamarisk"
    done = path.with_suffix(".done")
    if done.exists():
        return path, unlocking.unlock(path)
    import shutil

    shutil.rmtree(path, ignore_errors=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    key = container.create(path)
    with Archive(path, key, write=True) as opened:
        source, made = records(share, large), 0
        while batch := list(islice(source, 2_000)):
            with writing(opened.db):
                for record in batch:
                    add(opened, record)
            made += len(batch)
            print(f"\rmaking the archive: {made} records", end="", flush=True)
    print()
    done.touch()
    return path, key


def add(opened: Archive, record: Record) -> None:
    """Put a record into an archive as a document; part of the caller's transaction. Its `name` tells it from others
    with the same text."""
    documents.add(
        opened.db,
        Reading(
            "text/plain",
            Metadata(
                title=record.title,
                authors=(record.author,) if record.author else (),
                publisher=record.publisher,
                published=record.year,
                language=record.language,
                countries=(record.country,) if record.country else (),
                type="poem" if record.author else "speech",
            ),
            (Page(0, record.text),),
            extractor="benchmark",
        ),
        sha256=hashlib.sha256(f"{record.name.removesuffix('.txt')} {record.text}".encode()).hexdigest(),
        size=len(record.text.encode()),
        name=Name(record.name, None, "2024-01-01T00:00:00Z"),
        confidentiality=Confidentiality.PUBLIC,
        who="bench",
    )


def size(paths: Iterable[Path]) -> int:
    """The bytes of these files, and of all files in these folders."""
    return sum(
        file.stat().st_size
        for path in paths
        for file in (path.rglob("*") if path.is_dir() else [path])
        if file.is_file()
    )
