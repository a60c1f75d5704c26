"""What the window asks of the casework, each as one function: work in a lane, the answer in the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from archive import documents
from archive.cases import fields
from archive.cases.fields import Field
from archive.cases.pages import SubjectPage, Weighed
from archive.cases.records import Assessment, Source
from archive.errors import ArchiveError, NoSuchRecord
from desktop.actions import NOW
from desktop.cases import lines, words
from desktop.cases.lines import Line
from desktop.cases.sources import Cited, Weighing
from desktop.session import Session
from desktop.translate import tr
from desktop.workspace import Workspace

Failed = Callable[[ArchiveError], None]


@dataclass(frozen=True, slots=True)
class Shown:
    """A page with its lines and the sources of each fact, made in the lane so that the window only shows them."""

    page: SubjectPage
    lines: tuple[Line, ...]
    weighed: tuple[Weighing, ...]


def open_subject(session: Session, record: str, done: Callable[[Shown], None], failed: Failed) -> None:
    """The page of a subject."""
    session.reading.submit(lambda w, _: shown(w, record), done, failed, topic="subject", urgency=NOW)


def shown(workspace: Workspace, record: str) -> Shown:
    """The page of a subject as the window shows it; that of an event is that of what it belongs to."""
    subject = workspace.cases.subject(record)
    page = workspace.cases.page(subject.parent or subject.id)
    label = workspace.cases.label
    titles: dict[str, tuple[str, str]] = {cited.id: (cited.title, cited.published) for cited in page.documents}
    facts = {one.fact.id: one for one in page.every_fact()}
    # the other side of a contradiction may stand on another page
    for found in page.contradictions:
        for other in found.facts:
            if other not in facts:
                facts[other] = workspace.cases.weighed(other)
    for one in facts.values():
        for source in one.fact.sources:
            if source.document not in titles:
                document = workspace.document(source.document)
                titles[source.document] = (document.metadata.title, document.metadata.published)
    weighed = tuple(_weighing(workspace, one, label, titles, page) for one in facts.values())
    return Shown(page, lines.lines(page, label), weighed)


def _weighing(
    workspace: Workspace,
    one: Weighed,
    label: Callable[[Field, str], str],
    titles: dict[str, tuple[str, str]],
    page: SubjectPage,
) -> Weighing:
    fact = one.fact
    judged = ""
    if fact.assessment is not Assessment.NONE:
        judged = tr("We judge it {assessment}: {reason}", assessment=fact.assessment, reason=fact.assessment_reason)
    cited = tuple(
        Cited(source, *titles[source.document], _chain(workspace, source, page), workspace.cases.anchored(source))
        for source in fact.sources
    )
    heading = fields.field(fact.field).label
    if fact.subject != page.subject.id:
        heading = f"{workspace.cases.subject(fact.subject).label}: {heading}"
    return Weighing(fact.id, heading, words.value(fact, label), words.rests_on(one.tally), judged, cited)


def _chain(workspace: Workspace, source: Source, page: SubjectPage) -> tuple[str, ...]:
    said = []
    for step in source.chain:
        known = page.named.get(step.id)
        if known is not None:
            said.append(known.label)
        elif step.id and not step.words:
            try:
                said.append(documents.get(workspace.archive.db, step.id).metadata.title)
            except NoSuchRecord:
                said.append(tr("a record that is gone"))
        else:
            said.append(step.words)
    return tuple(said)
