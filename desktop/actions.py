"""What the window does, one plain function for each: which lane, what work, and how urgent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from archive.errors import ArchiveError, Cancelled
from archive.intake.report import Progress, Report
from archive.reading.render import Rendering
from archive.records import Confidentiality, Document
from archive.verify import Findings, Step
from desktop.aids import News
from desktop.documents import Details, StoredText
from desktop.lanes import Errand
from desktop.session import Session
from desktop.workspace import Counts, Unsearchable, Workspace
from index.answers import Answer, Beneath, Hit, Query, Totals, Unfolded
from index.complete import Completion
from index.coverage import Coverage
from index.explain import Explanation
from index.suggest import Suggestion

Failed = Callable[[ArchiveError], None]

FIRST = 20  # hits of the first answer
NOW, SOON, SOMETIME = 3, 2, 1


@dataclass(frozen=True, slots=True)
class Opened:
    """A document with its text and where a query matches in it."""

    stored: StoredText
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Indexed:
    """How far the index is: records done of all that wait."""

    done: int
    total: int


def search(session: Session, query: Query, done: Callable[[Answer], None], failed: Failed) -> None:
    """The first hits; drops every earlier search, its count and its pages, and what is only drawn ahead."""
    for topic in ("count", "cover", "alike", "more", "ahead", "suggest", "beneath", "unfold"):
        session.reading.drop(topic)
    first = replace(query, limit=FIRST, offset=0)
    session.reading.submit(lambda w, _: w.search(first), done, failed, topic="search", urgency=NOW)


def count(
    session: Session, query: Query, facets: Sequence[str], done: Callable[[Totals], None], failed: Failed
) -> None:
    """The exact count and the facets: the second answer."""
    session.reading.submit(lambda w, _: w.totals(query, facets), done, failed, topic="count", urgency=SOON)


def cover(session: Session, query: Query, done: Callable[[Coverage], None], failed: Failed) -> None:
    """What could not be searched: part of the second answer."""
    session.reading.submit(lambda w, _: w.searcher.coverage(query), done, failed, topic="cover", urgency=SOON)


def alike(session: Session, query: Query, done: Callable[[Answer, int], None], failed: Failed) -> None:
    """What only sounds like what a query asks for, with how many records that are: the third answer."""

    def work(workspace: Workspace, _: Errand[Workspace, tuple[Answer, int]]) -> tuple[Answer, int]:
        return workspace.search(replace(query, limit=FIRST, offset=0)), workspace.totals(query, ()).total

    session.reading.submit(work, lambda found: done(*found), failed, topic="alike", urgency=SOMETIME)


def more_hits(session: Session, page: Query, done: Callable[[Answer], None], failed: Failed) -> None:
    """One further page of hits."""
    session.reading.submit(lambda w, _: w.search(page), done, failed, topic="more", urgency=SOON)


def beneath(
    session: Session,
    query: Query,
    hits: Sequence[Hit],
    done: Callable[[tuple[Beneath, ...]], None],
    failed: Failed,
) -> None:
    """How much is folded under these hits: part of the second answer."""
    session.reading.submit(
        lambda w, _: w.searcher.beneath(query, hits), done, failed, topic="beneath", urgency=SOMETIME
    )


def unfold(session: Session, query: Query, hit: Hit, done: Callable[[Unfolded], None], failed: Failed) -> None:
    """What is folded under a hit."""
    session.reading.submit(lambda w, _: w.searcher.unfolded(query, hit), done, failed, topic="unfold", urgency=NOW)


def explain(
    session: Session, query: Query, record: str, done: Callable[[Explanation | None], None], failed: Failed
) -> None:
    """Why a query finds a record."""
    session.reading.submit(lambda w, _: w.explain(query, record), done, failed, topic="explain", urgency=NOW)


def suggest(session: Session, query: Query, done: Callable[[tuple[Suggestion, ...]], None], failed: Failed) -> None:
    """What else may have been meant: the third answer."""
    session.reading.submit(lambda w, _: w.aids.suggest(query), done, failed, topic="suggest", urgency=SOMETIME)


def complete(session: Session, typed: str, done: Callable[[tuple[Completion, ...]], None], failed: Failed) -> None:
    """How a query may go on."""
    session.reading.submit(lambda w, _: w.aids.complete(typed), done, failed, topic="complete", urgency=NOW)


def similar(
    session: Session,
    record: str,
    passage: tuple[int, int] | None,
    done: Callable[[Query], None],
    failed: Failed,
) -> None:
    """A query for what is like a record or a passage of it."""
    session.reading.submit(lambda w, _: w.aids.similar(record, passage), done, failed, topic="similar", urgency=NOW)


def moment(session: Session, done: Callable[[str], None], failed: Failed) -> None:
    """Up to where the index knows the archive."""
    session.reading.submit(lambda w, _: w.aids.now(), done, failed, topic="moment", urgency=SOON)


def news(session: Session, name: str, query: Query, then: str, done: Callable[[News], None], failed: Failed) -> None:
    """What of a query came since a moment; a later question of the same `name` stands for an earlier one."""
    session.reading.submit(lambda w, _: w.aids.news(query, then), done, failed, topic=f"news {name}", urgency=SOMETIME)


def read(session: Session, record: str, query: Query, done: Callable[[Opened], None], failed: Failed) -> None:
    """The text of a document and the hits in it."""

    def work(workspace: Workspace, errand: Errand[Workspace, Opened]) -> Opened:
        stored = workspace.documents.text(record)
        if errand.cancelled():  # another document is wanted by now; to mark this one might take seconds
            raise Cancelled()
        return Opened(stored, workspace.documents.marks(query, record) if query.text.strip() else ())

    session.reading.submit(work, done, failed, topic="read", urgency=NOW)


def details(session: Session, record: str, done: Callable[[Details], None], failed: Failed) -> None:
    """Everything about a document beside its text."""
    session.reading.submit(lambda w, _: w.documents.details(record), done, failed, topic="details", urgency=SOON)


def draw(
    session: Session,
    record: str,
    page: int,
    scale: float,
    query: Query,
    done: Callable[[Rendering], None],
    failed: Failed,
    *,
    ahead: bool,
) -> None:
    """A page of the original as pixels; one drawn ahead gives way to everything else."""
    session.reading.submit(
        lambda w, errand: w.documents.page(record, page, scale, query, errand.cancelled),
        done,
        failed,
        topic="ahead" if ahead else "original",
        urgency=0 if ahead else SOMETIME,
    )


def saved_page(session: Session, record: str, done: Callable[[str], None], failed: Failed) -> None:
    """A saved page as harmless HTML."""
    session.reading.submit(
        lambda w, errand: w.documents.web_page(record, errand.cancelled),
        done,
        failed,
        topic="original",
        urgency=SOMETIME,
    )


def save_copy(session: Session, record: str, destination: Path, done: Callable[[None], None], failed: Failed) -> None:
    """An unprotected copy of the original."""
    session.copying.submit(
        lambda w, errand: w.documents.save_original(record, destination, errand.cancelled), done, failed
    )


def take_stock(session: Session, done: Callable[[Counts], None], failed: Failed) -> None:
    """How much the archive holds."""
    session.reading.submit(lambda w, _: w.counts(), done, failed, topic="stock", urgency=SOMETIME)


def unsearchable(session: Session, done: Callable[[tuple[Unsearchable, ...]], None], failed: Failed) -> None:
    """What could not be searched."""
    session.reading.submit(lambda w, _: w.unsearchable(), done, failed, topic="unsearchable", urgency=SOON)


def catch_up(
    session: Session,
    progress: Callable[[Indexed], None],
    done: Callable[[None], None],
    failed: Failed,
    *,
    anew: bool = False,
) -> Errand[Workspace, None]:
    """Bring the index up to the archive; with `anew` a damaged one is thrown away and readers open the new one."""

    def work(w: Workspace, errand: Errand[Workspace, None]) -> None:
        (w.rebuild if anew else w.catch_up)(lambda at, of: errand.report(Indexed(at, of)), errand.cancelled)

    def reopen(_: None) -> None:
        session.reading.submit(lambda w, _: w.forget_index(), done, failed, urgency=NOW)

    return session.indexing.submit(
        work,
        reopen if anew else done,
        failed,
        progress=progress,
        topic="catch up",
    )


def import_files(
    session: Session,
    paths: Sequence[Path],
    confidentiality: Confidentiality,
    progress: Callable[[Progress], None],
    done: Callable[[Report], None],
    failed: Failed,
) -> Errand[Workspace, Report]:
    """Import files and folders; cancelling keeps what is done and still answers with the report."""
    return session.writing.submit(
        lambda w, errand: w.import_(
            paths, confidentiality=confidentiality, progress=errand.report, cancelled=errand.cancelled
        ),
        done,
        failed,
        progress=progress,
    )


def look_up(session: Session, record: str, done: Callable[[Document], None], failed: Failed) -> None:
    """What is recorded about a document."""
    session.reading.submit(lambda w, _: w.documents.get(record), done, failed, topic="document again", urgency=SOON)


def back_up(
    session: Session,
    destination: Path,
    progress: Callable[[Step], None],
    done: Callable[[Path], None],
    failed: Failed,
) -> Errand[Workspace, Path]:
    """A verified encrypted copy."""
    return session.writing.submit(
        lambda w, errand: w.backup(destination, errand.report, errand.cancelled), done, failed, progress=progress
    )


def verify(
    session: Session, progress: Callable[[Step], None], done: Callable[[Findings], None], failed: Failed
) -> Errand[Workspace, Findings]:
    """Verify everything the archive holds."""
    return session.writing.submit(
        lambda w, errand: w.verify(errand.report, errand.cancelled), done, failed, progress=progress
    )
