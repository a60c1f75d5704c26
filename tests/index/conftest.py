"""An archive with its index to search in, and the shortest way to put documents into it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archive import container, documents
from archive.connect import writing
from archive.container import Archive
from archive.reading.result import Page, Reading
from archive.records import Confidentiality, Document, Metadata, Name, Verdict
from index.answers import Answer, Filter, Query, Sort, Widen
from index.sync import Index


class Desk:
    """An archive with its index: documents go in, questions are answered."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.key = container.create(path)
        self.archive = Archive(path, self.key, write=True)
        self.index = Index(self.archive)

    def add(
        self,
        *pages: str,
        name: str = "paper.txt",
        verdict: Verdict = Verdict.GOOD,
        reason: str = "",
        detail: str = "",
        confidentiality: Confidentiality = Confidentiality.PUBLIC,
        **metadata: object,
    ) -> str:
        """Put a document of these pages into the archive; the index does not know it yet. Returns its id."""
        text = "\0".join(pages)
        number = documents.count(self.archive.db)
        numbered = enumerate(pages, 1) if len(pages) > 1 else ((0, page) for page in pages)
        with writing(self.archive.db):
            added = documents.add(
                self.archive.db,
                Reading(
                    "text/plain",
                    Metadata(**metadata),  # type: ignore[arg-type]
                    tuple(Page(at, page) for at, page in numbered),
                    verdict,
                    reason,
                    detail,
                    extractor="test",
                ),
                sha256=hashlib.sha256(f"{number} {text}".encode()).hexdigest(),
                size=len(text),
                name=Name(name, None, "2024-01-01T00:00:00Z"),
                confidentiality=confidentiality,
                who="desk",
            )
        return added.id

    def document(self, identity: str) -> Document:
        return documents.get(self.archive.db, identity)

    def ask(
        self,
        text: str,
        *filters: Filter,
        sort: Sort = "relevance",
        limit: int = 20,
        offset: int = 0,
        widen: Widen = "none",
    ) -> Answer:
        """The first answer from an index that is up to date; to what is typed alone unless `widen` says more."""
        self.index.update()
        return self.index.searcher().first(Query(text, filters, sort, limit, offset, widen))

    def found(self, text: str, *filters: Filter, sort: Sort = "relevance", widen: Widen = "none") -> list[str]:
        """The ids of the hits, after making sure that the exact count says the same."""
        ids = [hit.id for hit in self.ask(text, *filters, sort=sort, limit=10_000, widen=widen).hits]
        totals = self.index.searcher().totals(Query(text, filters, sort, widen=widen))
        assert totals.total == len(ids) == len(set(ids))
        return ids

    def close(self) -> None:
        self.index.close()
        self.archive.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A fresh archive and its index."""
    made = Desk(tmp_path / "desk.tamarisk")
    yield made
    made.close()


@pytest.fixture(scope="module")
def make_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Desk]]:
    """Makes archives that the tests of one module share."""
    made: list[Desk] = []

    def make() -> Desk:
        made.append(Desk(tmp_path_factory.mktemp("archive") / "desk.tamarisk"))
        return made[-1]

    yield make
    for one in made:
        one.close()
