"""Two persons side by side: every fact of both with its sources, those that agree on one line; free of Qt."""

from __future__ import annotations

from dataclasses import dataclass

from archive.cases import fields
from archive.cases.records import Fact, Subject
from desktop.cases import words
from desktop.translate import tr
from desktop.workspace import Workspace

MOST_TITLES = 3


@dataclass(frozen=True, slots=True)
class Cell:
    """A fact in words and what it stands on; both empty where there is none."""

    value: str = ""
    standing: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A field of both persons; `agree` where both have the same value."""

    field: str
    one: Cell
    other: Cell
    agree: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two persons with the rows of both; `apart` says that someone held them for two."""

    one: Subject
    other: Subject
    rows: tuple[Row, ...]
    apart: bool


def compare(workspace: Workspace, one: str, other: str) -> Comparison:
    """Compare two persons. Raises NoSuchRecord."""
    first, second = workspace.cases.subject(one), workspace.cases.subject(other)
    mine, theirs = (_facts(workspace, subject) for subject in (first, second))
    rows = []
    for key in dict.fromkeys((*mine, *theirs)):
        left, right = mine.get(key), theirs.get(key)
        rows.append(Row(_heading(key[0]), _cell(workspace, left), _cell(workspace, right), bool(left and right)))
    order = {key: at for at, key in enumerate(dict.fromkeys(row.field for row in rows))}
    # what agrees stands first within its field, and the values of one field together
    rows.sort(key=lambda row: (order[row.field], not row.agree))
    rows += _elsewhere(workspace, first, second)
    return Comparison(first, second, tuple(rows), workspace.cases.are_apart(one, other))


def _facts(workspace: Workspace, subject: Subject) -> dict[tuple[str, str, str], Fact]:
    page = workspace.cases.page(subject.id)
    return {(one.fact.field, one.fact.value, one.fact.as_of): one.fact for one in page.facts}


def _heading(code: str) -> str:
    return fields.field(code).label


def _cell(workspace: Workspace, fact: Fact | None) -> Cell:
    if fact is None:
        return Cell()
    said = words.value(fact, workspace.cases.label)
    if fact.as_of:
        said = tr("{value}, as of {date}", value=said, date=fact.as_of)
    documents = dict.fromkeys(source.document for source in fact.sources)
    titles = [workspace.documents.get(document).metadata.title for document in list(documents)[:MOST_TITLES]]
    told = [title or tr("Without a title") for title in titles] + (["…"] if len(documents) > MOST_TITLES else [])
    return Cell(said, "; ".join(told))


def _elsewhere(workspace: Workspace, one: Subject, other: Subject) -> list[Row]:
    """The cases, events and relatives that name each."""
    sides = [
        {(fact.subject, fact.field): workspace.cases.subject(fact.subject) for fact in workspace.cases.named(who.id)}
        for who in (one, other)
    ]
    rows = []
    for key in dict.fromkeys((*sides[0], *sides[1])):
        cells = [
            Cell(side[key].label, " ".join(filter(None, (words.kind(side[key].kind), side[key].code))))
            if key in side
            else Cell()
            for side in sides
        ]
        heading = tr("Recorded in: {field}", field=_heading(key[1]))
        rows.append(Row(heading, cells[0], cells[1], all(cell.value for cell in cells)))
    return rows
