"""What is asked about one document: its text, the hits in it, all that is known of it, its pages, its original."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from archive import corrections, custody, documents, texts
from archive.container import Archive
from archive.errors import Cancelled
from archive.reading import saved_page
from archive.reading.process import ReadingProcess
from archive.reading.render import Mark, Rendering
from archive.reading.result import Member
from archive.reading.source import Consumer
from archive.records import Document, Kin, Name
from archive.update.changelog import Changelog
from desktop import new_file
from index.answers import Query
from index.search import Searcher

NOTHING_ASKED = Query("")


@dataclass(frozen=True, slots=True)
class StoredText:
    """The whole text of a document, and where its pages begin: pairs of page number and offset in code points."""

    document: Document
    text: str
    pages: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Details:
    """All that is known about a document beside its text."""

    document: Document
    names: tuple[Name, ...]
    parents: tuple[Kin, ...]
    children: tuple[Kin, ...]
    history: tuple[corrections.Correction, ...]
    custody: tuple[custody.Entry, ...]
    changed: Changelog | None = None
    """What the last update of the release changed in it; None where nothing was updated here."""


class Documents:
    """For one archive, in one thread. Pages are drawn, and saved pages cleaned, in worker processes of its own."""

    def __init__(
        self, archive: Archive, searcher: Callable[[], Searcher], changed: Callable[[str], Changelog | None]
    ) -> None:
        self._archive, self._searcher, self._changed = archive, searcher, changed
        self._reading: ReadingProcess | None = None
        self._showing: ReadingProcess | None = None

    def close(self) -> None:
        """End the worker processes."""
        for process in (self._reading, self._showing):
            if process is not None:
                process.close()

    def get(self, identity: str) -> Document:
        """One document by its UUID. Raises NoSuchRecord."""
        return documents.get(self._archive.db, identity)

    def text(self, identity: str) -> StoredText:
        """The current text of a document."""
        document = self.get(identity)
        parts, pages, last = [], [], None
        for row in texts.rows(self._archive.db, document.row, document.text_version):
            parts.append(row.text)
            if row.page != last:
                pages.append((row.page, row.start))
                last = row.page
        return StoredText(document, "".join(parts), tuple(pages))

    def marks(self, query: Query, identity: str) -> tuple[tuple[int, int], ...]:
        """Where a query matches in a document's text: pairs of start and end in code points, in order."""
        document = self.get(identity)
        rows = texts.rows(self._archive.db, document.row, document.text_version)
        return self._searcher().marks(query, document, rows)

    def details(self, identity: str) -> Details:
        """Everything about a document beside its text."""
        db = self._archive.db
        return Details(
            self.get(identity),
            documents.names(db, identity),
            documents.parents(db, identity),
            documents.children(db, identity),
            corrections.history(db, identity),
            custody.entries(db, identity),
            self._changed(identity),
        )

    def page(
        self,
        identity: str,
        page: int,
        scale: float,
        query: Query = NOTHING_ASKED,
        cancelled: Callable[[], bool] = bool,
    ) -> Rendering:
        """A page of a PDF or frame of a picture as pixels, with the hits of a query marked on it."""
        document = self.get(identity)
        marks = self._page_marks(document, page, query) if query.text.strip() else ()
        if self._reading is None:
            self._reading = ReadingProcess()
        piece_at = partial(self._archive.originals.read_at, self._archive.originals.locate(document.sha256))
        name = documents.names(self._archive.db, identity)[0].shown
        return self._reading.render(name, (document.size, piece_at), page, scale, marks, cancelled)

    def web_page(self, identity: str, cancelled: Callable[[], bool] = bool) -> str:
        """The saved page, or the HTML of a message, as harmless HTML; empty where there is none."""
        document = self.get(identity)
        if self._showing is None:
            self._showing = ReadingProcess(readers=saved_page.READERS)
        piece_at = partial(self._archive.originals.read_at, self._archive.originals.locate(document.sha256))
        name = documents.names(self._archive.db, identity)[0].shown
        reading = self._showing.read(name, (document.size, piece_at), _unexpected, cancelled)
        return "".join(page.text for page in reading.pages)

    def original(self, identity: str) -> Iterator[bytes]:
        """The bytes as received. Raises OriginalAbsent, Damaged."""
        return self._archive.originals.read(self.get(identity).sha256)

    def save_original(self, identity: str, destination: Path, cancelled: Callable[[], bool] = bool) -> None:
        """Write an unprotected copy of the original to a new file. Raises AlreadyExists and environment faults."""
        new_file.write(destination, _until(cancelled, self.original(identity)))

    def _page_marks(self, document: Document, page: int, query: Query) -> list[Mark]:
        """The hits of a query on one page, with their offsets in the page's own text."""
        rows = [row for row in texts.rows(self._archive.db, document.row, document.text_version) if row.page == page]
        if not rows:
            return []
        first, text = rows[0].start, "".join(row.text for row in rows)
        found = self._searcher().marks(query, document, rows)
        return [Mark(text[start - first : end - first], start - first, end - first) for start, end in found]


def _until(cancelled: Callable[[], bool], chunks: Iterator[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        if cancelled():
            raise Cancelled()
        yield chunk


def _unexpected(member: Member) -> Consumer:
    raise AssertionError("a saved page has no members")
