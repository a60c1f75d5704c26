"""What the import of casework asks of the lanes, one function for each question."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from archive import documents
from archive.cases import fields
from archive.cases.exchange import brought, json_import, mapping, table, table_import, table_plan
from archive.cases.exchange.brought import Expected
from archive.cases.exchange.json_import import Item
from archive.cases.exchange.mapping import Map
from archive.cases.exchange.table import Row
from archive.cases.exchange.table_import import Came
from archive.cases.exchange.table_plan import Problem
from archive.cases.fields import Type
from archive.connect import Database
from archive.errors import ArchiveError, Cancelled, EnvironmentFault, InvalidValue, NoSuchRecord
from archive.intake.report import Progress
from archive.records import Confidentiality
from desktop.actions import NOW, SOON
from desktop.casework import Choice
from desktop.incoming import proposing
from desktop.incoming.proposing import Column
from desktop.lanes import Errand
from desktop.session import Session
from desktop.workspace import Workspace

Failed = Callable[[ArchiveError], None]
TABLES = ("text/csv", "text/tab-separated-values", "spreadsheet", "ms-excel")
"""What is found in the media type of every document that may be a table."""

MAP = "map of a table"
"""The topic under which a map is read."""
LARGEST = 512 << 20
"""Bytes of a file of casework or a map: a film that was chosen by mistake would fill the memory."""


@dataclass(frozen=True, slots=True)
class Held:
    """A table that the archive holds."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Looked:
    """A table as the wizard shows it: its rows, sheets and columns, and the map proposed for it."""

    document: str
    title: str
    rows: tuple[Row, ...]
    sheets: tuple[str, ...]
    columns: tuple[Column, ...]
    proposed: Map


@dataclass(frozen=True, slots=True)
class Preview:
    """What a map would bring: rows in all, those with a problem, what would come, columns that are not read, and
    every problem."""

    rows: int
    amiss: int
    comes: Expected
    unread: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Far:
    """How far an import is."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import, and the problems that were left."""

    came: Came
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """What becomes of another desk's casework: counts by sort, and what is not simply new or the same, each with what
    it is called here, if it is here."""

    counts: dict[str, dict[str, int]]
    told: tuple[tuple[Item, str], ...]


def held(session: Session, done: Callable[[tuple[Held, ...]], None], failed: Failed) -> None:
    """The tables of the archive, the newest first."""

    def work(workspace: Workspace, _: object) -> tuple[Held, ...]:
        where = " OR ".join("media_type LIKE '%' || ? || '%'" for _ in TABLES)
        found = workspace.archive.db.conn.execute(
            f"SELECT uuid, title FROM document WHERE {where} ORDER BY row DESC", TABLES
        )
        return tuple(Held(*row) for row in found)

    session.reading.submit(work, done, failed, topic="tables", urgency=NOW)


def bring(
    session: Session,
    path: Path,
    confidentiality: Confidentiality,
    progress: Callable[[Progress], None],
    done: Callable[[str], None],
    failed: Failed,
) -> Errand[Workspace, str]:
    """Import a file as a document and give its id."""

    def work(workspace: Workspace, errand: Errand[Workspace, str]) -> str:
        try:
            with path.open("rb") as opened:
                sha256 = hashlib.file_digest(opened, "sha256").hexdigest()
        except OSError as error:
            raise EnvironmentFault(path=str(path), why=error.strerror or str(error)) from error
        workspace.import_([path], confidentiality=confidentiality, progress=errand.report, cancelled=errand.cancelled)
        document = documents.by_hash(workspace.archive.db, sha256)
        if document is None:
            if errand.cancelled():
                raise Cancelled
            raise InvalidValue(field="table", value=path.name, why="it could not be imported as a document")
        return document.id

    return session.writing.submit(work, done, failed, progress=progress)


def look(session: Session, document: str, done: Callable[[Looked], None], failed: Failed) -> None:
    """Read a stored table and propose a map for it."""

    def work(workspace: Workspace, _: object) -> Looked:
        db = workspace.archive.db
        rows = table.of_document(db, document)
        about = workspace.documents.get(document).metadata
        if not rows:
            raise InvalidValue(field="table", value=about.title, why="it has no rows")
        sheets = tuple(dict.fromkeys(row.sheet for row in rows))
        return looked(db, Looked(document, about.title, rows, sheets, (), Map((), language=about.language)))

    session.reading.submit(work, done, failed, topic="table", urgency=NOW)


def look_again(session: Session, seen: Looked, by: Map, done: Callable[[Looked], None], failed: Failed) -> None:
    """Propose a map for another sheet or header of a table."""
    anew = Looked(seen.document, seen.title, seen.rows, seen.sheets, (), by)
    session.reading.submit(lambda w, _: looked(w.archive.db, anew), done, failed, topic="table", urgency=NOW)


def looked(db: Database, seen: Looked) -> Looked:
    """A table with its columns, and a map for them that keeps sheet, header and language."""
    by = seen.proposed
    sheet = by.sheet or (seen.sheets[0] if len(seen.sheets) > 1 else "")
    found = proposing.columns(seen.rows, by.header, sheet)
    told = proposing.proposed(db, found, Map((), sheet=sheet, header=by.header, language=by.language))
    return Looked(seen.document, seen.title, seen.rows, seen.sheets, found, told)


def opened(session: Session, path: Path, done: Callable[[Map], None], failed: Failed) -> None:
    """Read a map from a file."""
    session.reading.submit(lambda w, _: mapping.read(read_text(path)), done, failed, topic=MAP, urgency=NOW)


def preview(
    session: Session, seen: Looked, by: Map, with_problems: bool, done: Callable[[Preview], None], failed: Failed
) -> None:
    """What a map would bring; a newer question drops this one."""

    def work(workspace: Workspace, errand: Errand[Workspace, Preview]) -> Preview:
        plan = table_plan.plan(workspace.archive.db, by, seen.rows, errand.cancelled)
        comes = brought.expected(workspace.archive.db, seen.document, plan, with_problems=with_problems)
        amiss = sum(bool(row.problems) for row in plan.rows)
        return Preview(len(plan.rows), amiss, comes, plan.unread, plan.every_problem())

    session.reading.submit(work, done, failed, topic="table preview", urgency=SOON)


def take(
    session: Session,
    seen: Looked,
    by: Map,
    with_problems: bool,
    progress: Callable[[Far], None],
    done: Callable[[Imported], None],
    failed: Failed,
) -> Errand[Workspace, Imported]:
    """Import a table by a map; stopped, it keeps the rows that were recorded."""

    def work(workspace: Workspace, errand: Errand[Workspace, Imported]) -> Imported:
        db = workspace.archive.db
        plan = table_plan.plan(db, by, seen.rows, errand.cancelled)

        came = table_import.take(
            db,
            seen.document,
            plan,
            who=workspace.archive.desk,
            with_problems=with_problems,
            progress=lambda done, of: errand.report(Far(done, of)),
            cancelled=errand.cancelled,
        )
        return Imported(came, (*plan.every_problem(), *came.refused))

    return session.writing.submit(work, done, failed, progress=progress)


def choices(session: Session, field: str, done: Callable[[tuple[Choice, ...]], None], failed: Failed) -> None:
    """What may be chosen for a field; countries are named in the window."""
    known = fields.field(field)
    session.reading.submit(
        lambda w, _: () if known.type is Type.COUNTRY else w.cases.choices(known),
        done,
        failed,
        topic=f"choices of {field}",
        urgency=SOON,
    )


def exchange(
    session: Session, path: Path, dry: bool, done: Callable[[Exchange], None], failed: Failed
) -> Errand[Workspace, Exchange]:
    """Take in another desk's casework; `dry` only says what would become of it."""

    def work(workspace: Workspace, errand: Errand[Workspace, Exchange]) -> Exchange:
        plan = json_import.take(workspace.archive, read_text(path), dry=dry, cancelled=errand.cancelled)
        told = [item for item in plan.items if item.what in ("differing", "refused")]
        return Exchange(plan.counts(), tuple((item, _called(workspace, item)) for item in told))

    return session.writing.submit(work, done, failed)


def read_text(path: Path) -> str:
    """The text of a file that a person chose. Raises EnvironmentFault, InvalidValue."""
    try:
        if path.stat().st_size > LARGEST:
            raise InvalidValue(field="file", value=path.name, why=f"larger than {LARGEST >> 20} MB")
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise EnvironmentFault(path=str(path), why=error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise InvalidValue(field="file", value=path.name, why="it is not a text in UTF-8") from error


def _called(workspace: Workspace, item: Item) -> str:
    """What a record is called that is here; "" for one that is not."""
    cases = workspace.cases
    try:
        if item.sort == "subject":
            return cases.subject(item.id).label
        if item.sort == "fact":
            fact = cases.fact(item.id)
            known = fields.field(fact.field)
            return f"{cases.subject(fact.subject).label}: {known.label}: {cases.label(known, fact.value)}"
    except NoSuchRecord:
        pass
    return ""
