"""What the window asks of the casework, each as one function: work in a lane, the answer in the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from archive.cases import fields
from archive.cases.pages import SubjectPage, Weighed
from archive.cases.records import Assessment, Fact, Kind, Source
from archive.errors import ArchiveError, NoSuchRecord
from archive.records import Confidentiality
from desktop.actions import NOW
from desktop.cases import lines, words
from desktop.cases.lines import Line, Shape
from desktop.cases.sources import Cited, Weighing
from desktop.figures import lines as figure_lines
from desktop.release import changes
from desktop.session import Session
from desktop.translate import tr
from desktop.workspace import Workspace
from index.answers import Filter, Query

Failed = Callable[[ArchiveError], None]
MOST_FIGURES = 300
FIGURES = Filter("kind", "figure")


@dataclass(frozen=True, slots=True)
class Shown:
    """Lines with the sources of each fact, made in the lane so that the window only shows them. `page` is the record
    shown, None for figures beside each other; `beside` holds, for a fact, those that cannot be true together with it.
    `apart` are the lines of what was set apart, `facts` the facts of all lines by UUID.
    """

    page: SubjectPage | None
    lines: tuple[Line, ...]
    weighed: dict[str, Weighing]
    beside: dict[str, tuple[str, ...]]
    apart: tuple[Line, ...] = ()
    facts: dict[str, Fact] = field(default_factory=dict)


def open_subject(session: Session, record: str, done: Callable[[Shown], None], failed: Failed) -> None:
    """The page of a subject."""
    session.reading.submit(lambda w, _: subject_shown(w, record), done, failed, topic="subject", urgency=NOW)


def open_figures(session: Session, query: Query, done: Callable[[Shown], None], failed: Failed) -> None:
    """The figures that a query finds, those that count the same beside each other."""
    session.reading.submit(lambda w, _: figures_shown(w, query), done, failed, topic="subject", urgency=NOW)


def subject_shown(workspace: Workspace, record: str) -> Shown:
    """The page of a subject as the window shows it; that of an event is that of what it belongs to."""
    subject = workspace.cases.subject(record)
    page = workspace.cases.page(subject.parent or subject.id)
    facts = {one.fact.id: one for one in page.every_fact()}
    beside: dict[str, tuple[str, ...]] = {}
    for found in page.contradictions:
        for identity in found.facts:
            # the other side of a contradiction may stand on another page
            if identity not in facts:
                facts[identity] = workspace.cases.weighed(identity)
            beside[identity] = tuple(dict.fromkeys((*beside.get(identity, ()), *found.facts)))
    parts = (page.subject, *(event.subject for event in page.events))
    # a fact that was taken back, or whose sources went over to another, has none to stand on
    apart = [fact for part in parts for fact in workspace.cases.apart(part.id) if fact.sources]
    merges = workspace.cases.merges(page.subject.id) if page.subject.kind is Kind.PERSON else ()
    merged = [(merge, workspace.cases.subject(gone).label, reason) for merge, gone, reason in merges]
    label = workspace.cases.label
    every = [*facts.values(), *(workspace.cases.weigh(fact, contradicted=False) for fact in apart)]
    return Shown(
        page,
        (*lines.lines(page, label), *_updated(workspace, page.subject.id)),
        _weigh(workspace, every, page.subject.id),
        beside,
        lines.apart(apart, merged, facts, label),
        {one.fact.id: one.fact for one in every},
    )


def _updated(workspace: Workspace, record: str) -> tuple[Line, ...]:
    """What the last update of the release changed in a record, under its heading; no lines where nothing was."""
    log = workspace.changed(record)
    if log is None or not log.changes:
        return ()
    said = (Line(Shape.NOTE, changes.line(one)) for one in log.changes)
    return (Line(Shape.HEADING, tr("Changed with the last update, {date}", date=log.date)), *said)


def figures_shown(workspace: Workspace, query: Query) -> Shown:
    """The figures that a query finds."""
    filters = (*(one for one in query.filters if one.field != "kind"), FIGURES)
    hits = workspace.search(replace(query, filters=filters, limit=MOST_FIGURES, offset=0)).hits
    comparisons = workspace.cases.comparisons([hit.id for hit in hits if hit.kind == "figure"])
    facts = [fact for group in comparisons for figure in group.figures for fact in figure.facts]
    opposed = {identity: tuple(sorted(group.opposed)) for group in comparisons for identity in group.opposed}
    weighed = [workspace.cases.weigh(fact, contradicted=fact.id in opposed) for fact in facts]
    tallies = {one.fact.id: one.tally for one in weighed}
    shown = figure_lines.lines(comparisons, workspace.cases.label, tallies)
    return Shown(None, shown, _weigh(workspace, weighed, ""), opposed, facts={fact.id: fact for fact in facts})


def _weigh(workspace: Workspace, facts: Iterable[Weighed], about: str) -> dict[str, Weighing]:
    """The facts in words with their sources; those of other subjects than `about` name theirs."""
    titles: dict[str, tuple[str, str]] = {}

    def cited(source: Source) -> Cited:
        if source.document not in titles:
            metadata = workspace.documents.get(source.document).metadata
            titles[source.document] = (metadata.title, metadata.published)
        anchor = workspace.cases.anchored(source)
        return Cited(source, *titles[source.document], _chain(workspace, source), anchor)

    weighed = {}
    for one in facts:
        fact, judged, standing = one.fact, "", words.rests_on(one.tally)
        if fact.confidentiality is Confidentiality.CONFIDENTIAL:
            standing = tr("{standing} Confidential.", standing=standing)
        if fact.assessment is not Assessment.NONE:
            judged = tr("We judge it {assessment}: {reason}", assessment=fact.assessment, reason=fact.assessment_reason)
        heading = fields.field(fact.field).label
        if fact.subject != about:
            heading = f"{workspace.cases.subject(fact.subject).label}: {heading}"
        weighed[fact.id] = Weighing(
            fact.id,
            heading,
            words.value(fact, workspace.cases.label),
            standing,
            judged,
            tuple(map(cited, fact.sources)),
        )
    return weighed


def _chain(workspace: Workspace, source: Source) -> tuple[str, ...]:
    """The steps of a chain: each as it was worded, or by what its record is called."""
    return tuple(step.words or _called(workspace, step.id) for step in source.chain)


def _called(workspace: Workspace, identity: str) -> str:
    try:
        return workspace.cases.subject(identity).label
    except NoSuchRecord:
        pass
    try:
        return workspace.documents.get(identity).metadata.title
    except NoSuchRecord:
        return tr("a record that is gone")
