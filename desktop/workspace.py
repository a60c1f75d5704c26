"""An open archive with its index: what the window and the command line ask of the whole of it, free of Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any

import platformdirs

from archive import backup, corrections, documents, importers, verify
from archive.cases.records import Kind
from archive.container import Archive
from archive.corrections import Corrected
from archive.errors import ArchiveError
from archive.intake import run as intake
from archive.intake.report import Progress, Report
from archive.keys import ArchiveKey
from archive.records import Confidentiality, Document, Metadata, Verdict
from archive.update import changelog
from archive.update.changelog import Changelog
from archive.verify import Findings, Step
from desktop.aids import Aids
from desktop.casework import Casework
from desktop.documents import Documents
from desktop.releasing import Releases
from desktop.withdrawing import Withdrawals
from index.answers import FACETS, Answer, Query, Totals
from index.entries import total
from index.explain import Explanation
from index.search import Searcher
from index.sync import Index


@dataclass(frozen=True, slots=True)
class Unsearchable:
    """A document of which nothing, or not all, can be found by its text; `reason` is a code."""

    id: str
    title: str
    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the archive holds: records of every kind, of them documents and cases, and how many documents could
    not be searched in full."""

    records: int
    documents: int
    cases: int
    unsearchable: int


class Workspace:
    """One open archive for one thread; the window has one for each of its lanes.

    Everything raises ArchiveError for what may be expected to go wrong. `interrupt` alone may be called from any
    thread.
    """

    def __init__(self, path: Path, key: ArchiveKey, *, write: bool, frozen: bool = False) -> None:
        self.archive = Archive(path, key, write=write, frozen=frozen)
        self.documents = Documents(self.archive, lambda: self.searcher, self.changed)
        """What is asked about one of them."""
        self._changed: tuple[Changelog | None] | None = None
        self.cases = Casework(self.archive)
        """The archive's case records."""
        self.aids = Aids(self.archive, lambda: self.searcher)
        self.releases = Releases(self.archive)
        self.withdrawals = Withdrawals(self.archive, lambda: self.index)
        self._index: Index | None = None

    def close(self) -> None:
        """Close every file and end the worker processes."""
        self.documents.close()
        if self._index is not None:
            self._index.close()
        self.archive.close()

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def index(self) -> Index:
        """The index, opened when first needed."""
        if self._index is None:
            own = Path(platformdirs.user_data_dir("tamarisk", appauthor=False))
            self._index = Index(self.archive, writable=self.archive.mode != "read", own=own)
        return self._index

    def forget_index(self) -> None:
        """Close the index; the next question opens it as it is by then. After another workspace made it anew."""
        if self._index is not None:
            self._index.close()
            self._index = None

    @property
    def searcher(self) -> Searcher:
        """What answers queries."""
        return self.index.searcher()

    # -- finding

    def search(self, query: Query) -> Answer:
        """The first answer: the hits of one page. Raises Interrupted where a newer question came."""
        return self.searcher.first(query)

    def totals(self, query: Query, facets: Sequence[str] = FACETS) -> Totals:
        """The second answer: the exact count and the facets. Raises Interrupted."""
        return self.searcher.totals(query, facets)

    def explain(self, query: Query, identity: str) -> Explanation | None:
        """Why a query finds a record, and where; None where the index does not hold it."""
        return self.searcher.explain(query, identity)

    def interrupt(self) -> None:
        """End the query that is running, from any thread."""
        if self._index is not None:
            self._index.searcher().interrupt()

    def catch_up(
        self, progress: Callable[[int, int], None] = lambda done, total: None, cancelled: Callable[[], bool] = bool
    ) -> None:
        """Bring the index up to the archive; builds it where there is none, and anew after a withdrawal."""
        self.withdrawals.follow(progress, cancelled)

    def rebuild(
        self, progress: Callable[[int, int], None] = lambda done, total: None, cancelled: Callable[[], bool] = bool
    ) -> None:
        """Build the index anew."""
        self.index.rebuild(progress, cancelled)

    # -- keeping

    def import_(
        self,
        paths: Sequence[Path],
        *,
        jobs: int = 1,
        confidentiality: Confidentiality = Confidentiality.RESTRICTED,
        progress: Callable[[Progress], None] = lambda progress: None,
        cancelled: Callable[[], bool] = bool,
        withdrawn_too: bool = False,
    ) -> Report:
        """Import files and folders; the index is brought up afterwards by `catch_up`. Raises EditorNeeded."""
        importers.require()
        return intake.run(
            self.archive,
            paths,
            jobs=jobs,
            confidentiality=confidentiality,
            progress=progress,
            cancelled=cancelled,
            withdrawn_too=withdrawn_too,
        )

    def reread(
        self,
        identities: Sequence[str] | None = None,
        *,
        failed: bool = False,
        jobs: int = 1,
        progress: Callable[[Progress], None] = lambda progress: None,
        cancelled: Callable[[], bool] = bool,
    ) -> Report:
        """Read documents again from their originals: these, or all; of them only those `unsearchable` if `failed`.

        The index is brought up afterwards by `catch_up`. Raises EditorNeeded.
        """
        importers.require()
        wanted: Sequence[str] = documents.identities(self.archive.db) if identities is None else identities
        if failed:
            poor = {each.id for each in self.unsearchable()}
            wanted = [identity for identity in wanted if identity in poor]
        once = list(dict.fromkeys(wanted))
        return intake.reread(self.archive, once, jobs=jobs, progress=progress, cancelled=cancelled)

    def correct(
        self,
        seen: Document,
        metadata: Metadata,
        confidentiality: Confidentiality | None = None,
        *,
        for_safety: bool = False,
    ) -> Document:
        """Correct what is recorded about a document as it was `seen`, with history; `for_safety` without old values.

        After one for safety `withdrawals.is_erased` tells whether the archive's files keep nothing of the old values
        by now, and `catch_up` makes the index anew. Raises InvalidValue and ChangedMeanwhile, and then nothing is
        changed.
        """
        corrected = corrections.correct(
            self.archive.db,
            seen,
            metadata,
            who=self.archive.desk,
            confidentiality=confidentiality,
            for_safety=for_safety,
        )
        if for_safety:
            self.withdrawals.erase()
        return corrected

    def correct_many(
        self, identities: Sequence[str], changes: Mapping[str, Any], confidentiality: Confidentiality | None = None
    ) -> tuple[Corrected, ...]:
        """Give the same fields of many documents the same values, all or none; returns those that were altered."""
        return corrections.correct_many(
            self.archive.db, identities, changes, who=self.archive.desk, confidentiality=confidentiality
        )

    def take_back(self, altered: Sequence[Corrected]) -> None:
        """Give documents back what was recorded about them before. Raises ChangedMeanwhile; then nothing is changed."""
        corrections.take_back(self.archive.db, altered, who=self.archive.desk)

    def backup(
        self,
        destination: Path,
        progress: Callable[[Step], None] = lambda step: None,
        cancelled: Callable[[], bool] = bool,
    ) -> Path:
        """Make a verified encrypted copy; returns where it lies."""
        return backup.backup(self.archive, destination, progress, cancelled)

    def verify(
        self, progress: Callable[[Step], None] = lambda step: None, cancelled: Callable[[], bool] = bool
    ) -> Findings:
        """Verify everything the archive holds."""
        return verify.check(self.archive, progress, cancelled)

    # -- taking stock

    def changed(self, identity: str) -> Changelog | None:
        """What the last update of a release changed in a record; None where nothing was updated here."""
        if self._changed is None:  # read once: it may be long, and does not change while the release is open
            try:
                self._changed = (changelog.beside(self.archive.path, self.archive.key),)
            except ArchiveError:  # it is told when the whole of it is asked for
                self._changed = (None,)
        (log,) = self._changed
        return replace(log, changes=log.of(identity)) if log else None

    def counts(self) -> Counts:
        """How much there is, and how much of it could not be searched in full."""
        db = self.archive.db
        return Counts(total(db), documents.count(db), self.cases.count(Kind.CASE), documents.count_without_text(db))

    def unsearchable(self) -> tuple[Unsearchable, ...]:
        """Documents of which nothing or not all can be found by text, and why."""
        return tuple(Unsearchable(*row) for row in documents.without_text(self.archive.db))
