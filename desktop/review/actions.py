"""What reviewing asks of the archive, each as one function: work in a lane, the answer in the window's thread."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from archive import matching
from archive.cases import fields
from archive.cases.records import Kind
from archive.cases.review import Item
from archive.errors import ArchiveError, Cancelled
from desktop.actions import NOW, SOON
from desktop.cases import words
from desktop.casework import Casework
from desktop.documents import Details
from desktop.review import comparing
from desktop.review.choices import MOST, Choice
from desktop.review.comparing import Comparison
from desktop.review.hanging import Hanging, hanging
from desktop.session import Session
from desktop.workspace import Workspace

Failed = Callable[[ArchiveError], None]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Listed:
    """Something to review with its fact in words; empty where it is about none."""

    item: Item
    heading: str = ""
    value: str = ""


def keep(session: Session, work: Callable[[Casework], T], done: Callable[[T], None], failed: Failed) -> None:
    """Change something by hand."""
    session.recording.submit(lambda w, _: work(w.cases), done, failed, urgency=NOW)


def to_review(session: Session, done: Callable[[tuple[Listed, ...]], None], failed: Failed) -> None:
    """Everything to look at again.

    It takes seconds among ten thousand cases, and no search may wait for it: hence the lane of copies.
    """
    session.copying.submit(lambda w, errand: listed(w, errand.cancelled), done, failed, topic="review", urgency=SOON)


def compare(session: Session, one: str, other: str, done: Callable[[Comparison], None], failed: Failed) -> None:
    """Two persons side by side."""
    session.reading.submit(lambda w, _: comparing.compare(w, one, other), done, failed, topic="compare", urgency=NOW)


def persons(
    session: Session,
    person: str,
    typed: str,
    likely: Sequence[Choice],
    done: Callable[[tuple[Sequence[Choice], Sequence[Choice]]], None],
    failed: Failed,
) -> None:
    """Those who may be the same, and then the other persons of whom every word typed is said, those first.

    `likely` are those who may be the same where that was found out before.
    """
    known = tuple(likely)

    def work(workspace: Workspace) -> tuple[Sequence[Choice], Sequence[Choice]]:
        alike = known or _alike(workspace, person)
        return alike, _persons(workspace, person, typed, alike)

    session.reading.submit(lambda w, _: work(w), done, failed, topic="persons", urgency=NOW)


def details(session: Session, record: str, done: Callable[[tuple[Details, Hanging]], None], failed: Failed) -> None:
    """Everything about a document beside its text, and what hangs on it."""
    session.reading.submit(
        lambda w, _: (w.documents.details(record), hanging(w, record)), done, failed, topic="details", urgency=SOON
    )


def listed(workspace: Workspace, cancelled: Callable[[], bool] = bool) -> tuple[Listed, ...]:
    """Everything to look at again, in words. Raises Cancelled."""
    cases = workspace.cases
    found = []
    for item in cases.to_review(datetime.date.today()):
        if cancelled():
            raise Cancelled()
        if not item.fact:
            found.append(Listed(item))
            continue
        fact = cases.fact(item.fact)
        found.append(Listed(item, fields.field(fact.field).label, words.value(fact, cases.label)))
    return tuple(found)


def _alike(workspace: Workspace, person: str) -> tuple[Choice, ...]:
    """Those who may be the same as a person, with the fields in which they agree."""
    return tuple(
        Choice(other.id, other.label, ", ".join(fields.field(code).label for code in one.agree))
        for one in workspace.cases.proposals()
        for mine, other in ((one.one, one.other), (one.other, one.one))
        if mine.id == person
    )


def _persons(workspace: Workspace, person: str, typed: str, alike: Sequence[Choice]) -> tuple[Choice, ...]:
    wanted = typed.casefold().split()
    first = [one for one in alike if all(word in f"{one.words} {one.lead} {one.id}".casefold() for word in wanted)]
    held = {one.id for one in alike}
    found = matching.called(workspace.archive.db, Kind.PERSON, typed, MOST, but=person)
    return (*first, *(Choice(identity, label) for identity, label in found if identity not in held))[:MOST]
